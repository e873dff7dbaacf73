//! Keys: one master secret, a derived key for each purpose.
#[derive(Clone)]
pub struct Keyring;
