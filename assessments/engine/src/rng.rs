//! The one source of chance: PCG64 (XSL-RR 128/64), named and versioned.
//!
//! M. E. O'Neill, "PCG: A family of simple fast space-efficient statistically good algorithms for
//! random number generation", 2014. Integer arithmetic only: the same in WASM and natively.

/// Name and version of algorithm and stream layout; a change of either is a new name.
pub const NAME: &str = "pcg64-xsl-rr/1";

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// What a stream is drawn for. Numbers are part of [`NAME`]'s version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The list of trials of a block.
    Plan = 1,
    /// New timing of a trial that is run again.
    Redraw = 2,
    /// Simulated participants and browsers; never part of a real run.
    Simulation = 3,
    /// What a trial draws that is adapted to those before it.
    Tailor = 4,
}

/// A seeded generator on a stream of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rng {
    state: u128,
    increment: u128,
}

impl Rng {
    /// The generator of `seed` on `stream`, as the reference implementation sets it up.
    #[must_use]
    pub fn new(seed: u128, stream: u128) -> Self {
        let increment = (stream << 1) | 1;
        let mut rng = Self { state: seed.wrapping_add(increment), increment };
        rng.state = rng.state.wrapping_mul(MULTIPLIER).wrapping_add(increment);
        rng
    }

    /// The generator of a session's `seed` for one purpose and place, e.g. module, block, attempt.
    ///
    /// Seed and stream are both mixed from all of them (SplitMix64's finaliser): neighbouring
    /// streams of one seed would be alike without it.
    #[must_use]
    pub fn of(seed: u64, purpose: Purpose, place: &[u32]) -> Self {
        let mut word = mix(seed ^ mix(purpose as u64));
        for part in place {
            word = mix(word ^ u64::from(*part).wrapping_add(1));
        }
        let mut next = || {
            word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
            u128::from(mix(word))
        };
        let seed = (next() << 64) | next();
        let stream = (next() << 64) | next();
        Self::new(seed, stream)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
        let folded = low(self.state >> 64) ^ low(self.state);
        folded.rotate_right(u32::try_from(self.state >> 122).unwrap_or(0))
    }

    /// Uniform in `[0, 1)`, with 53 bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Uniform in `[min, max)`.
    pub fn between(&mut self, min: f64, max: f64) -> f64 {
        min + (max - min) * self.unit()
    }

    /// Uniform in `0..n`, without bias (Lemire 2019); 0 when `n` is 0.
    pub fn below(&mut self, n: u32) -> u32 {
        let threshold = if n == 0 { 0 } else { n.wrapping_neg() % n };
        loop {
            let product = u64::from(n) * (self.bits() >> 32);
            if product & 0xffff_ffff >= u64::from(threshold) {
                return u32::try_from(product >> 32).unwrap_or(0);
            }
        }
    }

    /// A whole number from `min` to `max`, both included.
    pub fn whole(&mut self, min: i64, max: i64) -> i64 {
        let span = u32::try_from(max - min).unwrap_or(0).saturating_add(1);
        min + i64::from(self.below(span))
    }

    /// Puts `items` in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let n = u32::try_from(i + 1).unwrap_or(u32::MAX);
            items.swap(i, self.below(n) as usize);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
const fn low(wide: u128) -> u64 {
    wide as u64
}

/// SplitMix64's finaliser (Steele, Lea and Flood 2014).
const fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}
