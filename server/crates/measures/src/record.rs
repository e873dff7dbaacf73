//! Words and rows as they come back from the database, and the study's state.

use crate::MeasureError;
use contract::ids::Study;
use contract::permission::Permission;
use contract::study::StudyStatus;
use contract::{ApiError, Id, Locale};
use core::str::FromStr;
use platform::{AuditedTx, Authorized, Denied, Failure};

/// The study for which `auth` grants `permission`.
pub(crate) fn study_for(auth: Authorized, permission: Permission) -> Result<Id<Study>, Denied> {
    if auth.permission() == permission {
        auth.study().ok_or(Denied::NotAllowed)
    } else {
        Err(Denied::NotAllowed)
    }
}

/// A word of ours as it came back from the database, where a check constraint guards it.
pub(crate) fn word<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::other(format!("unknown word in the database: {text}")))
}

/// A language as it came back from the database.
pub(crate) fn locale(tag: &str) -> Result<Locale, Failure> {
    Locale::from_tag(tag)
        .ok_or_else(|| Failure::other(format!("unknown language in the database: {tag}")))
}

/// A number from the browser's side as the database keeps it.
pub(crate) fn int(number: u32) -> Result<i32, Failure> {
    i32::try_from(number).map_err(|_| Failure::other("a sequence number beyond 2^31"))
}

/// The same on the way back.
pub(crate) fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// Refuses for a study whose design cannot be changed any more.
pub(crate) async fn study_open(tx: &mut AuditedTx, study: Id<Study>) -> Result<(), MeasureError> {
    match study_status(tx, study).await? {
        StudyStatus::Archived => Err(MeasureError::StudyArchived),
        _ => Ok(()),
    }
}

/// Refuses unless participants may be given tasks. A draft study is being tried out, a paused one
/// goes on with those who are in it.
pub(crate) async fn study_runs(tx: &mut AuditedTx, study: Id<Study>) -> Result<(), MeasureError> {
    match study_status(tx, study).await? {
        StudyStatus::Draft | StudyStatus::Active | StudyStatus::Paused => Ok(()),
        status @ StudyStatus::Completed => Err(MeasureError::StudyNotActive(status)),
        StudyStatus::Archived => Err(MeasureError::StudyArchived),
    }
}

async fn study_status(tx: &mut AuditedTx, study: Id<Study>) -> Result<StudyStatus, MeasureError> {
    let status = sqlx::query_scalar!("select status from app.study where id = $1", study.uuid())
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Denied::NotAMember)?;
    Ok(word(&status)?)
}

/// What is left of a text of a query after trimming; nothing of an empty one.
pub(crate) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// One of the known words, or 422 that names them.
pub(crate) fn one_of<T: FromStr>(
    field: &str,
    text: Option<&str>,
    known: &[&str],
) -> Result<Option<T>, ApiError> {
    given(text)
        .map(|text| {
            text.parse().map_err(|_| {
                ApiError::field(field, "unknown", format!("must be one of {}.", known.join(", ")))
            })
        })
        .transpose()
}

/// The column to sort by, or 422 that names those there are.
pub(crate) fn sort<'a>(text: Option<&'a str>, known: &[&str]) -> Result<Option<&'a str>, ApiError> {
    match given(text) {
        Some(text) if !known.contains(&text) => {
            Err(ApiError::field("sort", "unknown", format!("must be one of {}.", known.join(", "))))
        }
        text => Ok(text),
    }
}

/// A pattern that finds `text` anywhere, whatever the case; its own `%`, `_` and `\` mean
/// themselves.
pub(crate) fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::measure::BatteryStatus;

    #[test]
    fn wildcards_in_a_search_mean_themselves() {
        assert_eq!(like("P_0%\\"), "%p\\_0\\%\\\\%");
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_known_ones() {
        let known = ["draft", "active"];
        let error = one_of::<BatteryStatus>("status", Some("new"), &known).unwrap_err();
        assert_eq!(error.fields[0].field, "status");
        assert!(error.message.contains("draft, active"));
        assert_eq!(one_of::<BatteryStatus>("status", Some(" "), &known).unwrap(), None);
        assert!(sort(Some("nmae"), &["name"]).unwrap_err().message.contains("name"));
    }
}
