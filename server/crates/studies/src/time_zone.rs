//! Names of time zones.

use chrono_tz::{TZ_VARIANTS, Tz};
use contract::ApiError;

/// `name` as the IANA database spells it.
///
/// # Errors
/// 422 on `field` for a name that we do not know.
pub fn known(field: &str, name: &str) -> Result<&'static str, ApiError> {
    name.trim().parse::<Tz>().map(Tz::name).map_err(|_| {
        ApiError::field(
            field,
            "time_zone",
            "must be the name of a time zone such as America/Toronto or Europe/Paris.",
        )
    })
}

/// All names, for a list to choose from.
pub fn all() -> impl Iterator<Item = &'static str> {
    TZ_VARIANTS.iter().map(|zone| zone.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iana_names_are_known_and_others_name_the_field() {
        assert_eq!(known("time_zone", " America/Toronto ").unwrap(), "America/Toronto");
        for name in ["", "EST5", "america/toronto", "Mars/Olympus", "UTC+2"] {
            let error = known("time_zone", name).unwrap_err();
            assert_eq!(error.fields[0].field, "time_zone", "{name}");
            assert_eq!(error.fields[0].rule, "time_zone", "{name}");
        }
    }

    #[test]
    fn every_listed_name_is_known() {
        assert!(all().count() > 400);
        assert!(all().all(|name| known("time_zone", name).is_ok()));
    }
}
