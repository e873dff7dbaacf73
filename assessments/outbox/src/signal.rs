//! Waiting for what the browser calls back about, on the one thread there is.

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

/// A mailbox for values of one kind, first in, first out. Clones share it; one task at a time
/// waits on it.
pub struct Signal<T> {
    inner: Rc<RefCell<Inner<T>>>,
}

struct Inner<T> {
    values: VecDeque<T>,
    waker: Option<Waker>,
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Self { inner: Rc::clone(&self.inner) }
    }
}

impl<T> Default for Signal<T> {
    fn default() -> Self {
        let inner = Inner { values: VecDeque::with_capacity(8), waker: None };
        Self { inner: Rc::new(RefCell::new(inner)) }
    }
}

impl<T> Signal<T> {
    /// An empty mailbox.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves a value for who waits, now or later.
    pub fn send(&self, value: T) {
        let mut inner = self.inner.borrow_mut();
        inner.values.push_back(value);
        if let Some(waker) = inner.waker.take() {
            drop(inner);
            waker.wake();
        }
    }

    /// Takes the oldest value, if any is there.
    pub fn take(&self) -> Option<T> {
        self.inner.borrow_mut().values.pop_front()
    }

    /// Whether a value is there.
    pub fn is_waiting(&self) -> bool {
        !self.inner.borrow().values.is_empty()
    }

    /// Waits for the next value.
    pub async fn wait(&self) -> T {
        poll_fn(|cx| {
            let mut inner = self.inner.borrow_mut();
            if let Some(value) = inner.values.pop_front() {
                Poll::Ready(value)
            } else {
                inner.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::Signal;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_value_sent_before_the_wait_is_not_lost() {
        let signal = Signal::new();
        signal.send(1);
        assert!(signal.is_waiting());
        assert_eq!(signal.wait().await, 1);
        assert_eq!(signal.take(), None);
    }

    #[wasm_bindgen_test]
    async fn a_waiting_task_is_woken_and_gets_the_values_in_order() {
        let signal = Signal::new();
        let sender = signal.clone();
        wasm_bindgen_futures::spawn_local(async move {
            sender.send("first");
            sender.send("second");
        });
        assert_eq!(signal.wait().await, "first");
        assert_eq!(signal.wait().await, "second");
    }
}
