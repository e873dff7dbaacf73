//! Keys that travel in links and headers. A key names its study, so that one look-up touches one
//! study only (and one node, when studies are spread over several).

use contract::Id;
use contract::ids::Study;
use platform::token;

/// A fresh key as its holder sees it, and what the database keeps of it.
pub(crate) fn generate(study: Id<Study>) -> (String, [u8; 32]) {
    let key = format!("{}.{}", study.uuid().simple(), token::generate().expose());
    let hash = token::hash(&key);
    (key, hash)
}

/// Study and hash of a key; none for what cannot be one.
pub(crate) fn parse(key: &str) -> Option<(Id<Study>, [u8; 32])> {
    let (study, secret) = key.split_once('.')?;
    let form = study.len() == 32 && secret.len() == 43;
    let study = form.then(|| study.parse().ok())??;
    Some((study, token::hash(key)))
}

/// 64 bits from the operating system's generator.
pub(crate) fn seed() -> u64 {
    let bytes = token::generate().hash();
    let (head, _) = bytes.split_at(8);
    head.iter().fold(0, |seed, byte| (seed << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_back_to_its_study_and_hash() {
        let study = Id::from_uuid("0190a5b4-7c1e-7d2f-8a3b-123456789abc".parse().unwrap());
        let (key, hash) = generate(study);
        assert_eq!(parse(&key), Some((study, hash)));
        assert_ne!(generate(study).0, key);
    }

    #[test]
    fn what_is_no_key_is_not_looked_up() {
        for text in ["", ".", "x.y", "0190a5b47c1e7d2f8a3b123456789abc", &"é".repeat(40)] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn seeds_differ() {
        assert_ne!(seed(), seed());
    }
}
