//! Wakes the islands of both portals: what cargo-leptos builds. `cargo bundle` builds one program
//! a portal instead (`src/bin`).

// An island is an export of the program; the linker keeps it only if its crate is named here
use account as _;
use patient as _;
use researcher as _;
use ui as _;

mod wake;
