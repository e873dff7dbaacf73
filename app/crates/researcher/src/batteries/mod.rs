//! Pages: batteries.
