//! What the form about visit windows posts to.

use leptos::prelude::*;
use ui::ServerError;

/// Adds a visit window to a study. Days are counted from enrollment; `days_before` and `days_after`
/// left empty are none.
#[server(prefix = "/_fn", endpoint = "create_visit_window")]
pub async fn create_visit_window(
    study: String,
    name: String,
    target_day: String,
    days_before: String,
    days_after: String,
    battery_id: String,
) -> Result<(), ServerError> {
    let cx = crate::frame::request()?;
    let id = crate::frame::id_in_form(&study)?;
    let new = read::window(name, &target_day, &days_before, &days_after, &battery_id)?;
    schedule::create_window(&cx.ctx, &cx.actor, id, &new).await?;
    leptos_axum::redirect(&format!("/studies/{id}/visit-windows"));
    Ok(())
}

#[cfg(feature = "ssr")]
mod read {
    use contract::ApiError;
    use contract::validate::Check;
    use contract::visit::CreateVisitWindow;

    /// The fields as the service takes them; every one that cannot be read is named at once.
    pub(super) fn window(
        name: String,
        target_day: &str,
        days_before: &str,
        days_after: &str,
        battery_id: &str,
    ) -> Result<CreateVisitWindow, ApiError> {
        let mut check = Check::default();
        check.text("name", &name, 1, 100);
        let new = CreateVisitWindow {
            name,
            target_day: day(&mut check, "target_day", target_day, -365, 7300, None),
            days_before: day(&mut check, "days_before", days_before, 0, 365, Some(0)),
            days_after: day(&mut check, "days_after", days_after, 0, 365, Some(0)),
            battery_id: match battery_id.trim() {
                "" => None,
                text => text
                    .parse()
                    .map_err(|_| check.fail("battery_id", "unknown", UNKNOWN.to_owned(), &[]))
                    .ok(),
            },
        };
        check.done()?;
        Ok(new)
    }

    const UNKNOWN: &str = "must be a battery of this study.";

    /// A whole number of days; `empty` is what stands for nothing typed.
    fn day(
        check: &mut Check,
        field: &str,
        text: &str,
        min: i32,
        max: i32,
        empty: Option<i32>,
    ) -> i32 {
        match (text.trim(), empty) {
            ("", Some(days)) => days,
            ("", None) => {
                check.text(field, "", 1, 10);
                0
            }
            // A minus sign, as typed by who writes well
            (text, _) => match text.replace('\u{2212}', "-").parse::<i32>() {
                Ok(days) => {
                    check.range(field, days, min, max);
                    days
                }
                Err(_) => {
                    let message = format!("must be a whole number between {min} and {max}.");
                    let limits = [("min", min.to_string()), ("max", max.to_string())];
                    check.fail(field, "range", message, &limits);
                    0
                }
            },
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn faults(target: &str, before: &str, battery: &str) -> Vec<(String, String)> {
            let error = window("Week 4".into(), target, before, "", battery).unwrap_err();
            error.fields.into_iter().map(|fault| (fault.field, fault.rule)).collect()
        }

        #[test]
        fn what_is_left_empty_is_no_day_before_or_after_and_no_battery() {
            let read = window("Week 4".into(), " 28 ", "", "7", "").unwrap();
            assert_eq!((read.target_day, read.days_before, read.days_after), (28, 0, 7));
            assert_eq!(read.battery_id, None);
        }

        #[test]
        fn days_before_enrollment_may_have_either_minus_sign() {
            for typed in ["-14", "\u{2212}14"] {
                assert_eq!(window("S".into(), typed, "", "", "").unwrap().target_day, -14);
            }
        }

        #[test]
        fn every_field_that_cannot_be_read_is_named() {
            let found = faults("", "a week", "none");
            let expected =
                [("target_day", "required"), ("days_before", "range"), ("battery_id", "unknown")];
            let expected = expected.map(|(field, rule)| (field.to_owned(), rule.to_owned()));
            assert_eq!(found, expected);
            assert_eq!(faults("9999", "", "")[0].1, "range");
            assert_eq!(faults("1.5", "", "")[0].1, "range");
        }
    }
}
