//! Tests of the whole server.

mod architecture;
