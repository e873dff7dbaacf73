//! `participants.csv`: one row a participant, by code, without contact data.

use super::column;
use crate::cell::Row;
use crate::sink::{Sink, Stop};
use contract::Id;
use contract::export::ColumnInfo;
use contract::ids::Study;
use futures::TryStreamExt;
use sqlx::{Postgres, Transaction};

pub(super) const COLUMNS: &[ColumnInfo] = &[
    column("participant_code", "", "Pseudonym of the participant, unique in the study."),
    column("participant_id", "", "Identifier (UUID) of the participant."),
    column("site_code", "", "Code of the participant's site."),
    column("status", "", "screened, enrolled, completed or withdrawn."),
    column("status_date", "", "Local date of the site from which the status holds."),
    column("enrollment_date", "", "Local date of the site; empty until enrolled."),
    column("arm", "", "Treatment arm, empty where none is set."),
    column("language", "", "Language of the participant: en or fr."),
    column("created_at", "", "When the record was made, UTC."),
    column("assignments", "count", "Batteries given to the participant, cancelled ones left out."),
    column("assignments_completed", "count", "Of those, completed."),
    column("sessions_completed", "count", "Sessions submitted and scored."),
];

pub(super) async fn write(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    sink: &mut Sink,
) -> Result<(), Stop> {
    let mut rows = sqlx::query!(
        r#"select p.id, p.participant_code, s.code as site_code, p.status, p.status_date,
                  p.enrollment_date, p.arm, p.language, p.created_at,
                  (select count(*) from app.assignment a
                   where a.study_id = p.study_id and a.participant_id = p.id
                     and a.status <> 'cancelled') as "assignments!",
                  (select count(*) from app.assignment a
                   where a.study_id = p.study_id and a.participant_id = p.id
                     and a.status = 'completed') as "completed!",
                  (select count(*) from app.assessment_session t
                   where t.study_id = p.study_id and t.participant_id = p.id
                     and t.status = 'completed') as "sessions!"
           from app.participant p
           join app.site s on s.study_id = p.study_id and s.id = p.site_id
           where p.study_id = $1
           order by lower(p.participant_code) collate "C""#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    let mut row = Row::default();
    while let Some(p) = rows.try_next().await? {
        row.clear();
        row.text(&p.participant_code)
            .text(&p.id.to_string())
            .text(&p.site_code)
            .text(&p.status)
            .date(Some(p.status_date))
            .date(p.enrollment_date)
            .maybe_text(p.arm.as_deref())
            .text(&p.language)
            .time(Some(p.created_at))
            .int(p.assignments)
            .int(p.completed)
            .int(p.sessions);
        sink.row(&row).await?;
        sink.count("participants");
    }
    Ok(())
}
