//! Where a visit stands, from what is recorded and today's date at the site. Pure: the same rule
//! serves pages, exports and, later, reminders.

use chrono::NaiveDate;
use contract::participant::ParticipantStatus;
use contract::visit::VisitStatus;
use core::str::FromStr;

/// What people have recorded of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    Planned,
    Completed,
    Missed,
}

impl State {
    /// The word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Completed => "completed",
            Self::Missed => "missed",
        }
    }
}

impl FromStr for State {
    type Err = contract::permission::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Planned, Self::Completed, Self::Missed]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(contract::permission::UnknownWord)
    }
}

/// What the status of a visit follows from, beside today's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub state: State,
    /// First and last day on which the visit counts, both included.
    pub window: (NaiveDate, NaiveDate),
    /// Since when the participant has not been taking part any more.
    pub left_on: Option<NaiveDate>,
}

/// The day from which no visits are expected: of who has withdrawn, or is done.
#[must_use]
pub const fn left_on(status: ParticipantStatus, since: NaiveDate) -> Option<NaiveDate> {
    match status {
        ParticipantStatus::Withdrawn | ParticipantStatus::Completed => Some(since),
        ParticipantStatus::Screened | ParticipantStatus::Enrolled => None,
    }
}

/// The status on `today`, the local date at the participant's site.
///
/// A window that closed before the participant left stays overdue: somebody still has to say what
/// became of that visit.
#[must_use]
pub fn status(facts: &Facts, today: NaiveDate) -> VisitStatus {
    let (start, end) = facts.window;
    match facts.state {
        State::Completed => VisitStatus::Completed,
        State::Missed => VisitStatus::Missed,
        State::Planned if facts.left_on.is_some_and(|left| left <= end) => VisitStatus::Cancelled,
        State::Planned if today < start => VisitStatus::Upcoming,
        State::Planned if today <= end => VisitStatus::Due,
        State::Planned => VisitStatus::Overdue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Days, Utc};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn planned(start: &str, end: &str) -> Facts {
        Facts { state: State::Planned, window: (day(start), day(end)), left_on: None }
    }

    /// The status at an instant, in a zone.
    fn at(facts: &Facts, now: &str, zone: &str) -> VisitStatus {
        let now: DateTime<Utc> = now.parse().unwrap();
        status(facts, participants::local::date(now, zone).unwrap())
    }

    #[test]
    fn a_visit_becomes_due_and_overdue_with_the_days_of_its_window() {
        let visit = planned("2026-03-08", "2026-03-14");
        for (today, expected) in [
            ("2026-03-07", VisitStatus::Upcoming),
            ("2026-03-08", VisitStatus::Due),
            ("2026-03-14", VisitStatus::Due),
            ("2026-03-15", VisitStatus::Overdue),
        ] {
            assert_eq!(status(&visit, day(today)), expected, "{today}");
        }
    }

    #[test]
    fn the_same_instant_is_due_on_one_side_of_the_date_line_and_upcoming_on_the_other() {
        let visit = planned("2026-03-11", "2026-03-11");
        let now = "2026-03-10T11:00:00Z";
        assert_eq!(at(&visit, now, "Pacific/Kiritimati"), VisitStatus::Due); // UTC+14
        assert_eq!(at(&visit, now, "UTC"), VisitStatus::Upcoming);
        assert_eq!(at(&visit, now, "Pacific/Niue"), VisitStatus::Upcoming); // UTC-11
        let later = "2026-03-12T10:30:00Z";
        assert_eq!(at(&visit, later, "Pacific/Kiritimati"), VisitStatus::Overdue);
        assert_eq!(at(&visit, later, "Pacific/Niue"), VisitStatus::Due);
    }

    #[test]
    fn a_day_of_23_or_25_hours_opens_and_closes_at_local_midnight() {
        // New York, spring: 8 March 2026 has 23 hours, from 05:00Z to 04:00Z
        let spring = planned("2026-03-08", "2026-03-08");
        let new_york = "America/New_York";
        assert_eq!(at(&spring, "2026-03-08T04:59:59Z", new_york), VisitStatus::Upcoming);
        assert_eq!(at(&spring, "2026-03-08T05:00:00Z", new_york), VisitStatus::Due);
        assert_eq!(at(&spring, "2026-03-09T03:59:59Z", new_york), VisitStatus::Due);
        assert_eq!(at(&spring, "2026-03-09T04:00:00Z", new_york), VisitStatus::Overdue);
        // London, autumn: 25 October 2026 has 25 hours, from 23:00Z to 00:00Z
        let autumn = planned("2026-10-25", "2026-10-25");
        let london = "Europe/London";
        assert_eq!(at(&autumn, "2026-10-24T22:59:59Z", london), VisitStatus::Upcoming);
        assert_eq!(at(&autumn, "2026-10-24T23:00:00Z", london), VisitStatus::Due);
        assert_eq!(at(&autumn, "2026-10-25T23:59:59Z", london), VisitStatus::Due);
        assert_eq!(at(&autumn, "2026-10-26T00:00:00Z", london), VisitStatus::Overdue);
    }

    #[test]
    fn shifts_of_half_an_hour_and_missing_midnights_keep_the_calendar() {
        // Lord Howe moves by 30 minutes on 4 October 2026 at 02:00, from +10:30 to +11
        let visit = planned("2026-10-05", "2026-10-05");
        assert_eq!(
            at(&visit, "2026-10-04T12:59:59Z", "Australia/Lord_Howe"),
            VisitStatus::Upcoming
        );
        assert_eq!(at(&visit, "2026-10-04T13:00:00Z", "Australia/Lord_Howe"), VisitStatus::Due);
        // São Paulo, 4 November 2018: 00:00 to 00:59 never were; the day begins at 01:00 = 03:00Z
        let visit = planned("2018-11-04", "2018-11-04");
        assert_eq!(at(&visit, "2018-11-04T02:59:59Z", "America/Sao_Paulo"), VisitStatus::Upcoming);
        assert_eq!(at(&visit, "2018-11-04T03:00:00Z", "America/Sao_Paulo"), VisitStatus::Due);
        // Apia skipped 30 December 2011: a window of that day alone is never due, only over
        let visit = planned("2011-12-30", "2011-12-30");
        assert_eq!(at(&visit, "2011-12-30T09:59:59Z", "Pacific/Apia"), VisitStatus::Upcoming);
        assert_eq!(at(&visit, "2011-12-30T10:00:00Z", "Pacific/Apia"), VisitStatus::Overdue);
    }

    #[test]
    fn leaving_cancels_what_was_still_to_come_and_nothing_else() {
        let left = left_on(ParticipantStatus::Withdrawn, day("2026-03-10"));
        let open = Facts { left_on: left, ..planned("2026-03-08", "2026-03-14") };
        let closed = Facts { left_on: left, ..planned("2026-03-01", "2026-03-09") };
        let done = Facts { state: State::Completed, ..open };
        let today = day("2026-04-01");
        assert_eq!(status(&open, today), VisitStatus::Cancelled);
        assert_eq!(status(&closed, today), VisitStatus::Overdue);
        assert_eq!(status(&done, today), VisitStatus::Completed);
        assert_eq!(left_on(ParticipantStatus::Enrolled, today), None);
    }

    proptest! {
        #[test]
        fn an_open_visit_never_goes_back(
            start in 0_u64..1_000, length in 0_u64..60, first in 0_u64..1_200, later in 0_u64..400,
        ) {
            let zero = day("2026-01-01");
            let facts = Facts {
                state: State::Planned,
                window: (zero + Days::new(start), zero + Days::new(start + length)),
                left_on: None,
            };
            let rank = |status| match status {
                VisitStatus::Upcoming => 0,
                VisitStatus::Due => 1,
                _ => 2,
            };
            let before = status(&facts, zero + Days::new(first));
            let after = status(&facts, zero + Days::new(first + later));
            prop_assert!(rank(before) <= rank(after));
        }
    }
}
