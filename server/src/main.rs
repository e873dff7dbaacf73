//! The `metricis` program. `metricis --help` lists the subcommands.

use clap::Parser;
use metricis::commands::{self, Command};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "metricis", version, about = "Clinical research platform")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(commands::run(arguments.command)),
        Err(error) => {
            commands::complain(&format!("the runtime cannot start: {error}"));
            ExitCode::FAILURE
        }
    }
}
