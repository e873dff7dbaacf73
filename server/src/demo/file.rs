//! `demo.json` in the data directory.

use super::seed::Seeded;
use crate::commands::CommandError;
use chrono::TimeDelta;
use contract::ids::{Battery, Participant, Study, User};
use contract::measure::AssignmentFilter;
use contract::permission::SystemRole;
use contract::{ApiError, Id, ListQuery};
use identity::magic_link;
use platform::audit::Entry;
use platform::{Actor, Ctx, Failure};
use serde::Serialize;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// A demonstration's links live longer than the 15 minutes of a mailed one: they are made for
/// all participants at every start. Each still works once.
const LINK_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// What scripts and tests need to know.
#[derive(Debug, Serialize)]
pub struct DemoFile {
    pub base_url: String,
    pub study: DemoStudy,
    pub users: Vec<DemoUser>,
    pub participants: Vec<DemoParticipant>,
    pub batteries: Vec<DemoBattery>,
    /// The participant whose link is printed: has something to do today.
    #[serde(skip)]
    pub greeting: Option<DemoParticipant>,
}

#[derive(Debug, Serialize)]
pub struct DemoStudy {
    pub id: Id<Study>,
    pub code: String,
}

/// A login.
#[derive(Debug, Clone, Serialize)]
pub struct DemoUser {
    pub id: Id<User>,
    pub role: SystemRole,
    pub email: String,
    pub password: String,
}

/// A participant with a link for one use.
#[derive(Debug, Clone, Serialize)]
pub struct DemoParticipant {
    pub id: Id<Participant>,
    pub code: String,
    pub magic_link: String,
}

#[derive(Debug, Serialize)]
pub struct DemoBattery {
    pub id: Id<Battery>,
    pub name: String,
}

impl DemoFile {
    /// Makes a fresh link for every participant and writes the file, readable by its owner only.
    ///
    /// # Errors
    /// [`CommandError`] when the study cannot be read or the file cannot be written.
    pub async fn write(data_dir: &Path, ctx: &Ctx, seeded: &Seeded) -> Result<Self, CommandError> {
        let file = Self::collect(ctx, seeded).await.map_err(refused)?;
        let text = serde_json::to_string_pretty(&file).map_err(Failure::from)?;
        let path = data_dir.join("demo.json");
        let fresh = data_dir.join("demo.json.new");
        let write = || -> std::io::Result<()> {
            use std::io::Write as _;
            let mut out = std::fs::OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&fresh)?;
            out.write_all(text.as_bytes())?;
            out.write_all(b"\n")?;
            std::fs::rename(&fresh, &path)
        };
        write().map_err(Failure::from)?;
        Ok(file)
    }

    async fn collect(ctx: &Ctx, seeded: &Seeded) -> Result<Self, ApiError> {
        let who = Actor::System { name: "demo" };
        let all = ListQuery { per_page: Some(200), ..ListQuery::default() };
        let study = seeded.study;
        let people = participants::list(
            ctx,
            &who,
            study,
            &all,
            &contract::participant::ParticipantFilter::default(),
        )
        .await?;
        let mut participants = Vec::new();
        for person in people.data {
            let mut tx = ctx.write(&who, Some(study)).await?;
            let token = magic_link::issue_for(&mut tx, person.id, study, LINK_LIFETIME).await?;
            tx.commit(Entry::new("magic_link.issue", person.id)).await?;
            participants.push(DemoParticipant {
                id: person.id,
                code: person.participant_code,
                magic_link: format!("{}/portal/verify?token={}", ctx.base_url, token.expose()),
            });
        }
        let open = ListQuery { status: Some("assigned".into()), ..all.clone() };
        let assigned =
            measures::assignments(ctx, &who, study, &open, &AssignmentFilter::default()).await?;
        let greeting = assigned
            .data
            .iter()
            .find_map(|a| participants.iter().find(|p| p.id == a.participant_id))
            .cloned();
        let batteries = measures::batteries(ctx, &who, study, &all)
            .await?
            .data
            .into_iter()
            .map(|battery| DemoBattery { id: battery.id, name: battery.name })
            .collect();
        Ok(Self {
            base_url: ctx.base_url.to_string(),
            study: DemoStudy { id: study, code: super::story::STUDY_CODE.to_owned() },
            users: seeded.users.clone(),
            participants,
            batteries,
            greeting,
        })
    }
}

/// The demonstration's own error text for the person at the terminal.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
pub(super) fn refused(error: ApiError) -> CommandError {
    CommandError::Refused(format!("the demonstration could not be set up: {error}"))
}
