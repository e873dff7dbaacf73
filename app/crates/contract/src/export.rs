//! Data transfer objects: export.
