//! A ring of fixed size: made once, never grows, never allocates again.

/// The last `N` values pushed. `N` must be a power of two.
#[derive(Debug)]
pub(crate) struct Ring<T, const N: usize> {
    slots: Box<[T; N]>,
    /// How many values were pushed in all; the newest is at `pushed - 1`.
    pushed: usize,
}

impl<T: Copy + Default, const N: usize> Ring<T, N> {
    const POWER_OF_TWO: () = assert!(N.is_power_of_two(), "the size of a ring is a power of two");

    pub(crate) fn new() -> Self {
        let () = Self::POWER_OF_TWO;
        Self { slots: Box::new([T::default(); N]), pushed: 0 }
    }

    /// Adds a value; the oldest falls out when the ring is full.
    pub(crate) fn push(&mut self, value: T) {
        if let Some(slot) = self.slots.get_mut(self.pushed & (N - 1)) {
            *slot = value;
        }
        self.pushed = self.pushed.wrapping_add(1);
    }

    /// How many values were pushed so far: a position to read on from with [`Self::since`].
    pub(crate) const fn position(&self) -> usize {
        self.pushed
    }

    /// The values pushed after `position`, oldest first; those that fell out are skipped.
    pub(crate) fn since(&self, position: usize) -> impl Iterator<Item = T> + '_ {
        let oldest = self.pushed.saturating_sub(N);
        (position.max(oldest)..self.pushed)
            .filter_map(|index| self.slots.get(index & (N - 1)).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::Ring;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn gives_back_what_was_pushed_since_a_position_in_order() {
        let mut ring = Ring::<u32, 8>::new();
        ring.push(1);
        let position = ring.position();
        ring.push(2);
        ring.push(3);
        assert_eq!(ring.since(position).collect::<Vec<_>>(), [2, 3]);
    }

    #[wasm_bindgen_test]
    fn keeps_the_newest_when_more_is_pushed_than_fits() {
        let mut ring = Ring::<u32, 4>::new();
        for value in 0..10 {
            ring.push(value);
        }
        assert_eq!(ring.since(0).collect::<Vec<_>>(), [6, 7, 8, 9]);
        assert_eq!(ring.since(8).collect::<Vec<_>>(), [8, 9]);
        assert_eq!(ring.since(10).count(), 0);
    }
}
