//! Pages: participants.
