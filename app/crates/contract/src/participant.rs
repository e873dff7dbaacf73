//! Data transfer objects: participant.
