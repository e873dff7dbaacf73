//! Data transfer objects: task.
