//! Data transfer objects: study.
