//! Data transfer objects: measure.
