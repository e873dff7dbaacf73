//! Scores of a whole run.

use contract::task::{Item, ModuleSummary, RunConfig, Trial};
use run_outbox::json;
use task_engine::tasks;

/// Scores of the modules that have trials; see `bin/scores.rs`.
#[must_use]
pub fn summaries(config: &str, items: &str) -> Option<String> {
    let config: RunConfig = json::read(config).ok()?;
    let items: Vec<Item> = json::read(items).ok()?;
    let is_run = |module: u32| {
        items.iter().filter_map(Item::trial).any(|trial: &Trial| trial.module == module)
    };
    let scored: Vec<ModuleSummary> = (0..)
        .zip(&config.modules)
        .filter(|(index, _)| is_run(*index))
        .filter_map(|(index, module)| tasks::score(index, module, &items).ok())
        .collect();
    json::write(&scored).ok()
}
