#![doc = include_str!("../README.md")]

use sqlx::migrate::Migrator;

/// All migrations of this build, oldest first.
pub static MIGRATOR: Migrator = sqlx::migrate!("../../../migrations");
