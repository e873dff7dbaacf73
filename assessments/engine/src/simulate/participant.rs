//! How simulated people answer.

use crate::{
    Choice,
    rng::Rng,
    script::{Role, TrialPlan},
};
use contract::task::Device;

/// How somebody takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Does the task: ex-Gaussian RTs, few errors.
    Honest,
    /// Slow and variable, a quarter of errors, many omissions, presses ahead of time.
    Careless,
    /// Presses at 120 to 240 ms whatever is shown.
    FastGuesser,
    /// Always the first answer.
    OneKey,
}

/// A simulated person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Participant {
    pub kind: Kind,
    pub age_years: f64,
    pub device: Device,
}

/// A press to come: milliseconds after the onset, and what.
pub(super) type Answer = Option<(f64, Choice)>;

impl Participant {
    /// A person who answers by touch.
    #[must_use]
    pub const fn new(kind: Kind, age_years: f64) -> Self {
        Self { kind, age_years, device: Device::Touch }
    }

    /// Reaction to the target of a trial with `options` possible answers.
    pub(super) fn react(&self, plan: &TrialPlan, options: u32, rng: &mut Rng) -> Answer {
        match plan.correct {
            None if self.tries() => self.hold_back(plan, options, rng),
            _ => self.answer(plan, options, rng),
        }
    }

    /// Whether it matters to this person what is shown.
    const fn tries(&self) -> bool {
        matches!(self.kind, Kind::Honest | Kind::Careless)
    }

    /// Where nothing is right: the answer that is near at hand, if the trial is about preferences;
    /// else a slip now and then, and in a race against a stop signal whatever is quicker
    /// (stopping: mean 220 ms, SD 25 ms at 30 years).
    fn hold_back(&self, plan: &TrialPlan, options: u32, rng: &mut Rng) -> Answer {
        let choice = plan.lean.unwrap_or(Choice(0));
        let rt = self.rt(plan, options, rng);
        let ticket = rng.unit();
        let stopping = self.pace() * (220.0 + 25.0 * normal(rng));
        if plan.open {
            return (ticket > if self.kind == Kind::Honest { 0.004 } else { 0.12 })
                .then_some((rt, choice));
        }
        let slips = if let Some(delay) = delay(plan) {
            rt < delay + stopping
        } else {
            ticket < if self.kind == Kind::Honest { 0.1 } else { 0.35 }
        };
        slips.then_some((rt * if delay(plan).is_some() { 1.0 } else { 0.85 }, choice))
    }

    /// An answer of several presses, each with the time since the one before: `solution`, with
    /// slips; its last press, which ends the trial, is kept.
    pub(super) fn assemble(
        &self,
        solution: &[Choice],
        options: u32,
        rng: &mut Rng,
    ) -> Vec<(f64, Choice)> {
        let (slips, least, most) = match self.kind {
            Kind::Honest => (0.02, 350.0, 900.0),
            Kind::Careless => (0.2, 300.0, 1500.0),
            Kind::FastGuesser => (1.0, 90.0, 180.0),
            Kind::OneKey => (1.0, 300.0, 700.0),
        };
        let last = solution.len().saturating_sub(1);
        // Seven things are easy to keep in mind, each one more is a strain (Miller 1956)
        let strain = 0.05 * f64::from(u32::try_from(last).unwrap_or(0).saturating_sub(6));
        let press = |(i, right): (usize, &Choice)| {
            let ms = rng.between(least, most);
            let slip = rng.unit() < slips + strain;
            let any = Choice(u8::try_from(rng.below(options.max(1))).unwrap_or(0));
            let choice = match self.kind {
                _ if i == last || !slip => *right,
                Kind::OneKey => Choice(0),
                _ => any,
            };
            (ms, choice)
        };
        solution.iter().enumerate().map(press).collect()
    }

    fn answer(&self, plan: &TrialPlan, options: u32, rng: &mut Rng) -> Answer {
        let any = |rng: &mut Rng| Choice(u8::try_from(rng.below(options.max(1))).unwrap_or(0));
        let (omits, errs) = match self.kind {
            Kind::Honest => (0.004, 0.02),
            Kind::Careless => (0.12, 0.22),
            Kind::FastGuesser => return Some((rng.between(120.0, 240.0), any(rng))),
            Kind::OneKey => return Some((self.rt(plan, options, rng), Choice(0))),
        };
        if rng.unit() < omits {
            return None;
        }
        let conflict = if plan.condition == "incongruent" { 0.05 } else { 0.0 };
        let wrong = options > 1 && rng.unit() < errs + conflict;
        let rt = self.rt(plan, options, rng);
        let correct = plan.correct?;
        // A wrong answer comes a little sooner
        Some(if wrong {
            let shift = 1 + rng.below(options - 1);
            let shifted = (u32::from(correct.0) + shift) % options;
            (rt * 0.85, Choice(u8::try_from(shifted).unwrap_or(0)))
        } else {
            (rt, correct)
        })
    }

    /// Milliseconds from the beginning of a foreperiod to a press ahead of the target, if any.
    pub(super) fn jumps(&self, lead_ms: f64, rng: &mut Rng) -> Option<f64> {
        let share = match self.kind {
            Kind::Honest => 0.006,
            Kind::Careless => 0.08,
            Kind::FastGuesser | Kind::OneKey => 0.02,
        };
        (rng.unit() < share && lead_ms > 300.0).then(|| rng.between(200.0, lead_ms - 50.0))
    }

    /// How much slower than at 18 to 30 years.
    fn pace(&self) -> f64 {
        let young = (18.0 - self.age_years).max(0.0) * 0.03;
        let old = (self.age_years - 30.0).max(0.0) * 0.007;
        1.0 + young + old
    }

    /// Ex-Gaussian RT: mu 400, sigma 40, tau 100 in a choice at 30 years; less for one answer;
    /// slower in children and with age; slower in conflict, quicker after a long wait.
    fn rt(&self, plan: &TrialPlan, options: u32, rng: &mut Rng) -> f64 {
        let (mu, sigma, tau) = if options > 1 { (400.0, 40.0, 100.0) } else { (235.0, 24.0, 45.0) };
        let pace = self.pace();
        let spread = if self.kind == Kind::Careless { 2.2 } else { 1.0 };
        let lead: f64 =
            plan.script.steps.iter().filter(|s| s.role == Role::Lead).map(|s| s.ms).sum();
        let wait = -12.0 * (lead / 1000.0).min(4.0);
        let conflict = match plan.condition {
            "incongruent" => 55.0,
            "neutral" => 10.0,
            _ => 0.0,
        };
        let exponential = -tau * spread * libm::log(1.0 - rng.unit());
        let rt = pace * (mu + conflict + wait + sigma * spread * normal(rng) + exponential);
        rt.max(120.0)
    }
}

/// From the target to the signal that comes after it, milliseconds.
fn delay(plan: &TrialPlan) -> Option<f64> {
    let steps = &plan.script.steps;
    let target = steps.iter().position(|step| step.role == Role::Target)?;
    let signal = steps.iter().position(|step| step.role == Role::Signal)?;
    (signal > target).then(|| steps[target..signal].iter().map(|step| step.ms).sum())
}

/// A standard normal number (Box and Muller 1958).
pub(super) fn normal(rng: &mut Rng) -> f64 {
    let radius = libm::sqrt(-2.0 * libm::log(1.0 - rng.unit()));
    radius * libm::cos(2.0 * core::f64::consts::PI * rng.unit())
}
