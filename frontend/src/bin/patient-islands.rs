//! Wakes the islands on the pages of participants.

// A library for JavaScript that is linked as a program, because a package has only one library
#![no_main]

// An island is an export of the program; the linker keeps it only if its crate is named here
use account as _;
use patient as _;
use ui as _;

#[path = "../wake.rs"]
mod wake;
