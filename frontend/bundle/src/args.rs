use clap::Parser;

/// Builds what the browser loads: the islands of both portals, the task runner, the style sheets.
#[derive(Debug, Parser)]
#[command(name = "cargo bundle", bin_name = "cargo bundle", version)]
pub(crate) struct Args {
    /// Smallest output: optimised WASM (needs wasm-opt), brotli at its highest quality
    #[arg(long)]
    pub(crate) release: bool,

    /// Fail when a file is larger than its budget (meant for --release)
    #[arg(long)]
    pub(crate) check_budgets: bool,

    /// Run the wasm-bindgen tests of these crates in headless Chromium instead of building
    #[arg(long, value_name = "CRATE", num_args = 1.., conflicts_with_all = ["release", "check_budgets"])]
    pub(crate) test_wasm: Vec<String>,
}
