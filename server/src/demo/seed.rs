//! Lives the demonstration study through, day by day, with the very services that real people
//! use; only the clock is set.

use super::file::{DemoUser, refused};
use super::people;
use super::runs::{self, RunKind};
use super::story::{
    AGES, FATES, FULL_BATTERY, Fate, NAMES, SHORT_BATTERY, SITES, STUDY_CODE, STUDY_DESCRIPTION,
    STUDY_NAME, STUDY_UNFINISHED, VISITS,
};
use crate::commands::CommandError;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use contract::identity::AddMember;
use contract::ids::{Battery, Participant, Site, Study};
use contract::measure::{BatteryStatus, CreateAssignment, CreateBattery, ModuleInput};
use contract::participant::{
    ChangeParticipantStatus, ContactChange, CreateParticipant, ParticipantStatus,
};
use contract::permission::{StudyRole, SystemRole};
use contract::study::{
    ChangeStudyStatus, CreateSite, CreateStudy, IntegrationMode, StudyStatus, UpdateStudy,
};
use contract::visit::{CompleteVisit, CreateVisitWindow, MissVisit, Visit};
use contract::{ApiError, Id, Locale};
use platform::{Actor, Clock, Ctx};
use serde_json::{Map, json};
use std::path::Path;

/// What the seed made, or found.
pub struct Seeded {
    pub study: Id<Study>,
    pub users: Vec<DemoUser>,
}

const WHO: Actor = Actor::System { name: "demo" };

/// The demonstration study, made where it is not there yet.
///
/// # Errors
/// [`CommandError`]; what was made so far stays, and is found half done by the next start, which
/// says so.
pub async fn seed(ctx: &Ctx, data_dir: &Path) -> Result<Seeded, CommandError> {
    let passwords = people::passwords(data_dir)?;
    if let Some(study) = studies::study::id_by_code(ctx, STUDY_CODE).await? {
        let view = studies::study::get(ctx, &WHO, study).await.map_err(ApiError::from);
        if view.map_err(refused)?.description == STUDY_UNFINISHED {
            return Err(CommandError::Refused(
                "the demonstration was stopped while it was being set up. Remove the data \
                 directory (METRICIS_DATA_DIR, .data) and start again"
                    .into(),
            ));
        }
        let users = people::known(ctx, &WHO, &passwords).await.map_err(refused)?;
        return Ok(Seeded { study, users });
    }
    crate::commands::say("  Making the demonstration study …");
    let users = people::register(ctx, &WHO, &passwords).await.map_err(refused)?;
    let study = live(ctx, &users).await.map_err(refused)?;
    Ok(Seeded { study, users })
}

/// One thing that happens on a day.
enum Step {
    Create,
    Enroll,
    /// The session of a visit (its index), and how it goes.
    Session(usize, RunKind),
    Miss(usize),
    /// The battery of a visit is given and waits.
    Assign(usize),
    Withdraw,
    Complete,
}

/// A step of a participant (index of site, index in the site).
struct Event {
    at: DateTime<Utc>,
    site: usize,
    person: usize,
    step: Step,
}

/// Sites, batteries and people as far as they exist.
struct Stage {
    study: Id<Study>,
    sites: Vec<(Id<Site>, Tz)>,
    batteries: Vec<(&'static str, Id<Battery>)>,
    people: Vec<Vec<Option<Id<Participant>>>>,
}

async fn live(ctx: &Ctx, users: &[DemoUser]) -> Result<Id<Study>, ApiError> {
    let now = ctx.clock.now();
    let mut stage = set_the_stage(ctx, users, now).await?;
    let mut events = Vec::new();
    for (site, (_, zone)) in stage.sites.iter().enumerate() {
        for (person, fate) in FATES.iter().enumerate() {
            plan(&mut events, (site, person), *fate, *zone, now);
        }
    }
    events.sort_by_key(|event| event.at);
    for event in events {
        let ctx = at(ctx, event.at);
        act(&ctx, &mut stage, &event).await?;
    }
    // Last: only a demonstration that was made whole says what it is.
    let told = UpdateStudy {
        description: Some(STUDY_DESCRIPTION.into()),
        name: None,
        languages: None,
        time_zone: None,
        integration_mode: None,
    };
    studies::study::update(ctx, &WHO, stage.study, &told).await?;
    Ok(stage.study)
}

/// The same context, at another time.
fn at(ctx: &Ctx, now: DateTime<Utc>) -> Ctx {
    ctx.with_clock(Clock::set_to(now))
}

async fn set_the_stage(
    ctx: &Ctx,
    users: &[DemoUser],
    now: DateTime<Utc>,
) -> Result<Stage, ApiError> {
    let ctx = &at(ctx, now - TimeDelta::days(130));
    let new = CreateStudy {
        code: STUDY_CODE.into(),
        name: STUDY_NAME.into(),
        description: STUDY_UNFINISHED.into(),
        languages: vec![Locale::En, Locale::Fr],
        time_zone: "America/Halifax".into(),
        integration_mode: Some(IntegrationMode::Metricis),
    };
    let study = studies::study::create_demo(ctx, &WHO, &new).await?.id;
    for user in users {
        let role = match user.role {
            SystemRole::Admin => StudyRole::Admin,
            SystemRole::Researcher => StudyRole::Researcher,
            SystemRole::Coordinator => StudyRole::Coordinator,
            SystemRole::Viewer => StudyRole::Viewer,
        };
        let member = AddMember { email: user.email.clone(), role };
        identity::member::add(ctx, &WHO, study, &member).await?;
    }
    let mut sites = Vec::new();
    for site in &SITES {
        let new = CreateSite {
            code: site.code.into(),
            name: site.name.into(),
            time_zone: Some(site.time_zone.into()),
        };
        let id = studies::site::create(ctx, &WHO, study, &new).await?.id;
        sites.push((id, site.time_zone.parse().unwrap_or(Tz::UTC)));
    }
    let flanker = ModuleInput { task_id: "flanker".into(), params: Map::new() };
    let full = vec![simple_rt(20), flanker];
    let mut batteries = Vec::new();
    for (name, modules) in [(FULL_BATTERY, full), (SHORT_BATTERY, vec![simple_rt(16)])] {
        let new = CreateBattery {
            name: name.into(),
            description: String::new(),
            status: BatteryStatus::Active,
            modules,
        };
        batteries.push((name, measures::create_battery(ctx, &WHO, study, &new).await?.summary.id));
    }
    for visit in &VISITS {
        let new = CreateVisitWindow {
            name: visit.name.into(),
            target_day: visit.target_day,
            days_before: visit.days_before,
            days_after: visit.days_after,
            battery_id: battery_of(&batteries, visit.battery),
        };
        schedule::create_window(ctx, &WHO, study, &new).await?;
    }
    let active = ChangeStudyStatus { status: StudyStatus::Active, reason: None };
    studies::study::change_status(ctx, &WHO, study, &active).await?;
    Ok(Stage { study, sites, batteries, people: vec![vec![None; FATES.len()]; SITES.len()] })
}

fn simple_rt(trials: u32) -> ModuleInput {
    let mut params = Map::new();
    params.insert("trials".into(), json!(trials));
    ModuleInput { task_id: "simple_rt".into(), params }
}

fn battery_of(batteries: &[(&'static str, Id<Battery>)], name: &str) -> Option<Id<Battery>> {
    batteries.iter().find(|(known, _)| *known == name).map(|(_, id)| *id)
}

/// Writes down when what happens to one participant.
fn plan(
    events: &mut Vec<Event>,
    (site, person): (usize, usize),
    fate: Fate,
    zone: Tz,
    now: DateTime<Utc>,
) {
    let today = now.with_timezone(&zone).date_naive();
    // Each person comes at an own time of the day, so that no two steps share an instant.
    let minute = u32::try_from(person * 25 + site * 11).unwrap_or(0);
    let mut push = |day: NaiveDate, hour: u32, step: Step| {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        let local = day.and_time(time) + TimeDelta::minutes(i64::from(minute));
        let at = zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc));
        // What falls later today has happened a moment ago.
        let at = at.filter(|at| *at < now).unwrap_or(now - TimeDelta::minutes(30));
        events.push(Event { at, site, person, step });
    };
    let back = |days: i64| today - TimeDelta::days(days);
    let enrolled = match fate {
        Fate::Screened { days_ago } => {
            push(back(days_ago), 9, Step::Create);
            return;
        }
        Fate::Enrolled { days_ago }
        | Fate::MissedSecond { days_ago }
        | Fate::LeftFirst { days_ago }
        | Fate::Completed { days_ago }
        | Fate::Withdrawn { days_ago, .. } => days_ago,
    };
    push(back(enrolled + 3), 9, Step::Create);
    push(back(enrolled), 8, Step::Enroll);
    let gone = match fate {
        Fate::Withdrawn { withdrew, .. } => Some(back(withdrew)),
        _ => None,
    };
    for (index, visit) in VISITS.iter().enumerate() {
        let target = back(enrolled) + TimeDelta::days(i64::from(visit.target_day));
        let first = target - TimeDelta::days(i64::from(visit.days_before));
        let shift = i64::try_from((person + index) % 3).unwrap_or(0);
        let day = target + TimeDelta::days(shift.min(i64::from(visit.days_after)));
        if gone.is_some_and(|gone| day >= gone) {
            break;
        }
        match fate {
            Fate::MissedSecond { .. } if index == 1 => {
                push(target + TimeDelta::days(i64::from(visit.days_after) + 1), 10, Step::Miss(1));
            }
            Fate::LeftFirst { .. } if index == 0 => push(day, 9, Step::Session(0, RunKind::Left)),
            // Whoever is due now still has it before them.
            _ if day < today => push(day, 9, Step::Session(index, kind_of(person, index))),
            _ if first <= today => push(first.max(back(enrolled)), 9, Step::Assign(index)),
            _ => {}
        }
    }
    match fate {
        Fate::Completed { days_ago } => push(back((days_ago - 90).max(1)), 16, Step::Complete),
        Fate::Withdrawn { withdrew, .. } => push(back(withdrew), 16, Step::Withdraw),
        _ => {}
    }
}

/// Most sessions go well; a few show what the quality marks are for.
const fn kind_of(person: usize, visit: usize) -> RunKind {
    match (person, visit) {
        (4, 0) => RunKind::Careless,
        (6, 1) => RunKind::Interrupted,
        (3, 0) => RunKind::SlowDevice,
        _ => RunKind::Good,
    }
}

async fn act(ctx: &Ctx, stage: &mut Stage, event: &Event) -> Result<(), ApiError> {
    let &Event { site, person, .. } = event;
    let today = ctx.clock.now().with_timezone(&stage.sites[site].1).date_naive();
    if let Step::Create = event.step {
        let id = create(ctx, stage, site, person).await?;
        stage.people[site][person] = Some(id);
        return Ok(());
    }
    let Some(id) = stage.people[site][person] else { return Ok(()) };
    match &event.step {
        Step::Create => {}
        Step::Enroll => {
            change(ctx, stage.study, id, ParticipantStatus::Enrolled, None, today).await?
        }
        Step::Complete => {
            change(ctx, stage.study, id, ParticipantStatus::Completed, None, today).await?;
        }
        Step::Withdraw => {
            let reason = Some("Moved away; prefers not to go on.".to_owned());
            change(ctx, stage.study, id, ParticipantStatus::Withdrawn, reason, today).await?;
        }
        Step::Miss(index) => {
            let visit = visit(ctx, stage.study, id, *index).await?;
            let outcome = MissVisit {
                version: visit.version,
                reason: "Could not be reached by phone or mail.".into(),
            };
            schedule::miss(ctx, &WHO, stage.study, visit.id, &outcome).await?;
        }
        Step::Assign(index) => {
            assign(ctx, stage, id, *index).await?;
        }
        Step::Session(index, kind) => {
            let assignment = assign(ctx, stage, id, *index).await?;
            let seed = u64::try_from(1000 * (site + 1) + 10 * person + index).unwrap_or(1);
            let whole =
                runs::run(ctx, stage.study, id, assignment, AGES[person], *kind, seed).await?;
            if whole {
                let visit = visit(ctx, stage.study, id, *index).await?;
                let outcome =
                    CompleteVisit { version: visit.version, actual_date: today, reason: None };
                schedule::complete(ctx, &WHO, stage.study, visit.id, &outcome).await?;
            }
        }
    }
    Ok(())
}

async fn create(
    ctx: &Ctx,
    stage: &Stage,
    site: usize,
    person: usize,
) -> Result<Id<Participant>, ApiError> {
    let code = format!("{}-{:03}", SITES[site].code, person + 1);
    let (given, family) = NAMES[site][person];
    let language = if site == 1 || person == 2 { Locale::Fr } else { Locale::En };
    let new = CreateParticipant {
        participant_code: code.clone(),
        site_id: stage.sites[site].0,
        language,
        enrollment_date: None,
        contact: ContactChange {
            email: Some(format!("{}@demo.example", code.to_lowercase())),
            phone: None,
            given_name: Some(given.into()),
            family_name: Some(family.into()),
        },
    };
    Ok(schedule::create_participant(ctx, &WHO, stage.study, &new).await?.summary.id)
}

async fn change(
    ctx: &Ctx,
    study: Id<Study>,
    id: Id<Participant>,
    status: ParticipantStatus,
    reason: Option<String>,
    date: NaiveDate,
) -> Result<(), ApiError> {
    let version = participants::get(ctx, &WHO, study, id).await?.version;
    let change = ChangeParticipantStatus { version, status, date, reason };
    schedule::change_status(ctx, &WHO, study, id, &change).await?;
    Ok(())
}

/// The planned visit of the `index`-th visit window.
async fn visit(
    ctx: &Ctx,
    study: Id<Study>,
    participant: Id<Participant>,
    index: usize,
) -> Result<Visit, ApiError> {
    let visits = schedule::visits(ctx, &WHO, study, participant).await?;
    let missing = || ApiError::new(contract::ErrorCode::Internal, "internal", "a visit is missing");
    visits.into_iter().find(|visit| visit.name == VISITS[index].name).ok_or_else(missing)
}

async fn assign(
    ctx: &Ctx,
    stage: &Stage,
    participant: Id<Participant>,
    index: usize,
) -> Result<Id<contract::ids::Assignment>, ApiError> {
    let visit = visit(ctx, stage.study, participant, index).await?;
    let missing =
        || ApiError::new(contract::ErrorCode::Internal, "internal", "a battery is missing");
    let new = CreateAssignment {
        participant_id: participant,
        battery_id: battery_of(&stage.batteries, VISITS[index].battery).ok_or_else(missing)?,
        visit_id: Some(visit.id),
        due_from: Some(visit.window_start),
        due_to: Some(visit.window_end),
    };
    Ok(measures::assign(ctx, &WHO, stage.study, &new).await?.id)
}
