//! Counts allocations of WASM memory, for the test that the frame callback makes none.
//!
//! Only with the feature `count-allocations`; without it the count is always 0 and costs nothing.

#[cfg(feature = "count-allocations")]
mod counting {
    use std::{
        alloc::{GlobalAlloc, Layout, System},
        sync::atomic::{AtomicU32, Ordering},
    };

    static COUNT: AtomicU32 = AtomicU32::new(0);

    struct Counting;

    #[expect(unsafe_code, reason = "an allocator cannot be written without; it only passes on")]
    // SAFETY: every call goes to the system's allocator with the same arguments.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            COUNT.fetch_add(1, Ordering::Relaxed);
            // SAFETY: the caller keeps the rules of `GlobalAlloc::alloc`.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: `block` came from `alloc` above, so from `System`.
            unsafe { System.dealloc(block, layout) }
        }
    }

    #[global_allocator]
    static ALLOCATOR: Counting = Counting;

    pub(crate) fn count() -> u32 {
        COUNT.load(Ordering::Relaxed)
    }
}

/// Allocations since the page was loaded.
pub(crate) fn count() -> u32 {
    #[cfg(feature = "count-allocations")]
    return counting::count();
    #[cfg(not(feature = "count-allocations"))]
    0
}
