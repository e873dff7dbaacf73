//! A new file in `/migrations` must be noticed, also where no known one changed.

fn main() {
    println!("cargo::rerun-if-changed=../../../migrations");
}
