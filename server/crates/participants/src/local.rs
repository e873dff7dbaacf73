//! Local dates. A participant's dates are dates at the participant's site.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use contract::ApiError;
use platform::Failure;

/// No record of a living participant begins before this day; also keeps dates within what the
/// database can hold.
const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// The calendar day at `now` in the IANA zone `zone`.
///
/// # Errors
/// [`Failure`] when the zone is not in the tz database that this program was built with; sites
/// are only saved with known zones.
pub fn date(now: DateTime<Utc>, zone: &str) -> Result<NaiveDate, Failure> {
    let zone: Tz =
        zone.parse().map_err(|_| Failure::other(format!("unknown time zone {zone} of a site")))?;
    Ok(now.with_timezone(&zone).date_naive())
}

/// `date` must not lie after `today`, nor before anybody could have written it down.
///
/// # Errors
/// 422 naming `field`.
pub fn check_not_future(field: &str, date: NaiveDate, today: NaiveDate) -> Result<(), ApiError> {
    if date > today {
        let message = format!("must not be in the future; today is {today} at the site.");
        return Err(ApiError::field(field, "future", message));
    }
    if date < EARLIEST {
        let message = format!("must be {EARLIEST} or later.");
        return Err(ApiError::field(field, "range", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn one_instant_is_three_calendar_days_around_the_date_line() {
        let now = "2026-03-10T10:30:00Z".parse().unwrap();
        assert_eq!(date(now, "Pacific/Kiritimati").unwrap(), day("2026-03-11"));
        assert_eq!(date(now, "Europe/Paris").unwrap(), day("2026-03-10"));
        assert_eq!(date(now, "Pacific/Niue").unwrap(), day("2026-03-09"));
        assert!(date(now, "Mars/Olympus").is_err());
    }

    #[test]
    fn a_date_that_has_begun_somewhere_else_is_still_the_future_here() {
        let now = "2026-03-10T10:30:00Z".parse().unwrap();
        let niue = date(now, "Pacific/Niue").unwrap();
        assert_eq!(
            check_not_future("date", day("2026-03-10"), niue).unwrap_err().fields[0].rule,
            "future"
        );
        assert!(check_not_future("date", niue, niue).is_ok());
        assert_eq!(
            check_not_future("date", day("0026-03-10"), niue).unwrap_err().fields[0].rule,
            "range"
        );
    }
}
