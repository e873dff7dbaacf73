//! embedded_postgres.
