use super::*;
use hkdf::Hkdf;
use proptest::prelude::*;
use uuid::Uuid;

fn keyring(letter: &str) -> Keyring {
    Keyring::new(&SecretString::from(letter.repeat(32))).unwrap()
}

fn row(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

#[test]
fn a_sealed_value_opens_where_it_was_sealed_and_nowhere_else() {
    let keys = keyring("a");
    let sealed = keys.seal("participant", "email", row(1), "ada@example.org").unwrap();
    assert_eq!(keys.open_text("participant", "email", row(1), &sealed).unwrap(), "ada@example.org");

    assert_eq!(keys.open("participant", "email", row(2), &sealed), Err(KeyringError::Damaged));
    assert_eq!(keys.open("participant", "phone", row(1), &sealed), Err(KeyringError::Damaged));
    assert_eq!(keys.open("user", "email", row(1), &sealed), Err(KeyringError::Damaged));
    // table and column do not flow into each other
    assert_eq!(keys.open("participante", "mail", row(1), &sealed), Err(KeyringError::Damaged));
}

#[test]
fn sealing_twice_gives_different_bytes() {
    let keys = keyring("a");
    let [one, two] = [(); 2].map(|()| keys.seal("t", "c", row(1), "same").unwrap());
    assert_ne!(one, two);
}

#[test]
fn every_flipped_bit_is_noticed() {
    let keys = keyring("a");
    let sealed = keys.seal("t", "c", row(1), "text").unwrap();
    for byte in 0..sealed.len() {
        for bit in 0..8 {
            let mut altered = sealed.clone();
            altered[byte] ^= 1 << bit;
            assert!(keys.open("t", "c", row(1), &altered).is_err(), "bit {bit} of byte {byte}");
        }
    }
    for length in 0..sealed.len() {
        assert!(keys.open("t", "c", row(1), &sealed[..length]).is_err(), "cut to {length}");
    }
}

#[test]
fn after_a_change_of_the_master_secret_old_values_still_open() {
    let old = keyring("a");
    let sealed = old.seal("t", "c", row(1), "text").unwrap();
    let new = Keyring::with_previous(&"b".repeat(32).into(), &["a".repeat(32).into()]).unwrap();

    assert_eq!(new.open_text("t", "c", row(1), &sealed).unwrap(), "text");
    assert!(new.is_outdated(&sealed));
    let again = new.seal("t", "c", row(1), "text").unwrap();
    assert!(!new.is_outdated(&again));
    assert_eq!(old.open("t", "c", row(1), &again), Err(KeyringError::UnknownKey));

    assert!(new.signed(b"message", &old.sign(b"message")));
    assert!(!old.signed(b"message", &new.sign(b"message")));
    assert_eq!(
        new.blind_indexes("email", "x"),
        [new.blind_index("email", "x"), old.blind_index("email", "x")]
    );
}

#[test]
fn the_blind_index_ignores_case_and_white_space_and_keeps_purposes_apart() {
    let keys = keyring("a");
    assert_eq!(
        keys.blind_index("email", " Ada@Example.org\n"),
        keys.blind_index("email", "ada@example.org")
    );
    assert_ne!(
        keys.blind_index("email", "ada@example.org"),
        keys.blind_index("phone", "ada@example.org")
    );
    assert_ne!(keys.blind_index("email", "a"), keyring("b").blind_index("email", "a"));
}

#[test]
fn purposes_have_keys_of_their_own() {
    let keys = keyring("a");
    assert_eq!(keys.derive("csrf"), keys.derive("csrf"));
    assert_ne!(keys.derive("csrf"), keys.derive("launch"));
    assert_ne!(keys.derive("csrf"), keyring("b").derive("csrf"));
}

/// The derivation is part of the stored format: if this changes, nothing sealed opens any more.
#[test]
fn derivation_is_pinned() {
    let root = Hkdf::<Sha256>::new(None, "a".repeat(32).as_bytes());
    let mut expected = [0; 32];
    root.expand(b"metricis/v1/app/csrf", &mut expected).unwrap();
    assert_eq!(keyring("a").derive("csrf"), expected);
    assert_eq!(hex::encode(keyring("a").0.current.id), "b45240c0");
    assert_eq!(
        hex::encode(keyring("a").audit_public_key()),
        "50ff6620c40b6f91eb2882255cc045c95fe9fdf0724016bbc9efbe7674df5569"
    );
}

#[test]
fn a_short_master_secret_is_refused_and_debug_shows_no_secret() {
    assert_eq!(Keyring::new(&"a".repeat(31).into()).err(), Some(KeyringError::TooShort));
    let shown = format!("{:?}", keyring("a"));
    assert_eq!(shown.len(), "Keyring(00000000)".len());
}

#[test]
fn signatures_hold_for_their_message_only() {
    let keys = keyring("a");
    let signature = keys.sign(b"message");
    assert!(verify_signature(&keys.audit_public_key(), b"message", &signature));
    assert!(!verify_signature(&keys.audit_public_key(), b"massage", &signature));
    assert!(!verify_signature(&keyring("b").audit_public_key(), b"message", &signature));
    assert!(!keys.signed(b"message", &[0; 64]));
    assert!(!keys.signed(b"message", b""));
}

proptest! {
    #[test]
    fn whatever_is_sealed_comes_back(plaintext: Vec<u8>, table: String, column: String, id: u128) {
        let keys = keyring("a");
        let sealed = keys.seal(&table, &column, row(id), &plaintext).unwrap();
        prop_assert_eq!(keys.open(&table, &column, row(id), &sealed).unwrap(), plaintext);
    }

    #[test]
    fn rubbish_never_opens_and_never_panics(sealed: Vec<u8>) {
        prop_assert!(keyring("a").open("t", "c", row(1), &sealed).is_err());
    }
}
