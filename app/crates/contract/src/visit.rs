//! Data transfer objects: visit.
