//! What a person at the terminal sees: progress on standard error, results on standard output.

use crate::budget::Exceeded;
use crate::error::Error;
use crate::manifest::Manifest;

/// A step that takes a moment.
pub(crate) fn step(text: &str) {
    eprintln!("    Bundling {text}");
}

pub(crate) fn failure(error: &Error) {
    eprintln!("cargo bundle: {error}");
}

#[expect(clippy::print_stdout, reason = "the result of a command line tool")]
pub(crate) fn sizes(manifest: &Manifest) {
    println!("{:<18}{:>12}{:>12}{:>12}   file", "bytes", "raw", "gzip", "brotli");
    for (label, file) in manifest.files() {
        let size = file.size;
        let url = &file.url;
        println!("{label:<18}{:>12}{:>12}{:>12}   {url}", size.raw, size.gzip, size.brotli);
    }
}

#[expect(clippy::print_stdout, reason = "the result of a command line tool")]
pub(crate) fn budgets(exceeded: &[Exceeded]) {
    if exceeded.is_empty() {
        println!("all sizes are within their budgets");
    }
    for Exceeded { what, size, budget } in exceeded {
        println!("over budget: {what} is {size} bytes, {} more than {budget}", size - budget);
    }
}
