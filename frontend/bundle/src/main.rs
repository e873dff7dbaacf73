#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod args;
mod assess;
mod budget;
mod cache;
mod compile;
mod compress;
mod error;
mod files;
mod glue;
mod lock;
mod manifest;
mod naming;
mod optimize;
mod portals;
mod profile;
mod public;
mod report;
mod site;
mod style;
mod wasm_tests;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Args;
use crate::error::Error;
use crate::profile::Profile;
use crate::site::Site;
use crate::workspace::Workspace;

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(code) => code,
        Err(error) => {
            report::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<ExitCode, Error> {
    let workspace = Workspace::read()?;
    if !args.test_wasm.is_empty() {
        return wasm_tests::run(&workspace, &args.test_wasm);
    }
    let manifest = build(&workspace, Profile::from(args))?;
    report::sizes(&manifest);
    if args.check_budgets {
        let exceeded = budget::exceeded(&manifest);
        report::budgets(&exceeded);
        if !exceeded.is_empty() {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything the browser loads, put in `<target dir>/site` in one move at the end, so that a
/// running server never sees half a build.
fn build(workspace: &Workspace, profile: Profile) -> Result<manifest::Manifest, Error> {
    // Asked for first: it is cheaper to learn now than after minutes of compiling
    let optimizer = optimize::Optimizer::find(workspace, profile)?;
    let programs = compile::programs(workspace, profile)?;

    let _lock = lock::Lock::take(workspace)?;
    let cache = cache::Cache::open(workspace, profile)?;
    let mut site = Site::begin(workspace, profile)?;
    public::copy(workspace, &mut site)?;
    let style = style::portals(workspace, profile, &mut site)?;
    let pages = glue::bind_all(workspace, &programs, &optimizer, &cache)?;
    let frontend = portals::place(&pages, style, &mut site)?;
    let assess = assess::place(workspace, profile, &pages, &mut site)?;
    let sizes = site.compress(&cache)?;
    site.refuse_local_paths(workspace)?;

    let manifest = manifest::Manifest::new(profile, &frontend, &assess, &sizes)?;
    site.finish(workspace, &manifest)?;
    cache.sweep()?;
    Ok(manifest)
}
