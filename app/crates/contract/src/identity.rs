//! Data transfer objects: identity.
