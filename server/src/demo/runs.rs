//! Sessions of the demonstration: simulated people at simulated browsers, uploaded like real ones.

use chrono::TimeDelta;
use contract::ids::{Assignment, Participant, Study};
use contract::task::{EventBatch, Interruption, RunConfig};
use contract::{ApiError, ErrorCode, Id};
use platform::{Actor, Clock, Ctx, ParticipantActor};
use task_engine::simulate::{self, Kind, Log, Setup};

/// How a session goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunKind {
    Good,
    Careless,
    /// A call comes in the middle.
    Interrupted,
    /// A device that drops frames and tells no presentation times.
    SlowDevice,
    /// The participant leaves half way.
    Left,
}

/// Runs the assignment at the context's time. Tells whether it was done to its end.
pub(super) async fn run(
    ctx: &Ctx,
    study: Id<Study>,
    participant: Id<Participant>,
    assignment: Id<Assignment>,
    age_years: f64,
    kind: RunKind,
    seed: u64,
) -> Result<bool, ApiError> {
    let who = ParticipantActor { participant, study, session: ctx.new_id() };
    let launched = measures::launch(ctx, &who, assignment).await?;
    let config = measures::start(ctx, &launched.run).await?;
    let setup = setup(ctx, age_years, kind);
    let log = simulate::run(&config, seed, &setup).map_err(|error| {
        ApiError::new(ErrorCode::Internal, "simulation", format!("no simulated session: {error}"))
    })?;
    upload(ctx, &config, &setup, &log, (study, participant)).await?;
    Ok(log.complete)
}

fn setup(ctx: &Ctx, age_years: f64, kind: RunKind) -> Setup {
    let mut setup = Setup::honest(age_years);
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
    let started_at_ms = ctx.clock.now().timestamp_millis() as f64;
    setup.started_at_ms = started_at_ms;
    match kind {
        RunKind::Good => {}
        RunKind::Careless => setup.participant.kind = Kind::Careless,
        RunKind::Interrupted => setup.interrupt_after = Some((12, Interruption::Hidden)),
        RunKind::SlowDevice => {
            setup.element_timing = false;
            setup.late_frames = 0.06;
        }
        RunKind::Left => setup.leave_after = Some(18),
    }
    setup
}

async fn upload(
    ctx: &Ctx,
    config: &RunConfig,
    setup: &Setup,
    log: &Log,
    (study, participant): (Id<Study>, Id<Participant>),
) -> Result<(), ApiError> {
    let who = Actor::TaskRunner { session: config.session_id, participant, study };
    #[expect(clippy::cast_possible_truncation, reason = "a session lasts minutes")]
    let elapsed = TimeDelta::milliseconds(log.elapsed_ms as i64);
    let ctx = &ctx.with_clock(Clock::set_to(ctx.clock.now() + elapsed));
    if log.complete {
        measures::submit(ctx, &who, config.session_id, &log.submit(config, setup)).await?;
        measures::end(ctx, &who, config.session_id).await?;
    } else {
        let batch = EventBatch { first_seq: 1, items: log.items.clone() };
        measures::append(ctx, &who, config.session_id, &batch).await?;
    }
    Ok(())
}
