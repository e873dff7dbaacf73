//! Stop-signal task: which way does the arrow point, and stop when it turns red.
//!
//! After Verbruggen et al. (2019), "A consensus guide to capturing the ability to inhibit actions and
//! impulsive behaviors in the stop-signal task", eLife 8:e46323; canonical values: a quarter of stop
//! trials, 32 practice trials and 4 parts of 64, cross of 250 ms, window of 1250 ms, pause of 500 ms,
//! delay (SSD) from 200 ms on, 50 ms longer after a stop, 50 ms shorter after a failure. The delay
//! runs from the frame in which the arrow was shown, and scores use the delay that was shown.

mod params;
mod score;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook, SceneId,
    arrange::{Cell, Feature, arrange},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Heading, Ink, Shape},
    script::{Feedback, Step, TrialPlan},
    spec::{Before, Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, usual::int_of},
};
use contract::task::{Extra, Trial};
use params::StopSignal;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "stop_signal",
    version: "1",
    name: words("Stop-signal task", "Tâche du signal d’arrêt"),
    summary: words(
        "Answer arrows, and hold back when one turns red. Measures how long stopping takes.",
        "Répondre à des flèches, et se retenir quand l’une devient rouge. Mesure le temps qu’il faut pour s’arrêter.",
    ),
    domain: "executive",
    source: "Verbruggen et al. 2019, eLife 8:e46323",
    group: Group::Conflict,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| StopSignal::new(params).usual.minutes(0.75),
    check: params::check,
    build: |params: &Params| Box::new(StopSignal::new(params)),
    score: score::score,
};

const LEFT: Choice = Choice(0);
const RIGHT: Choice = Choice(1);

const fn heading(side: Choice) -> Heading {
    if side.0 == LEFT.0 { Heading::Left } else { Heading::Right }
}

fn arrow(side: Choice, ink: Ink) -> Scene {
    let name = match (side == LEFT, ink == Ink::Bad) {
        (true, false) => "<",
        (false, false) => ">",
        (true, true) => "< stop",
        (false, true) => "> stop",
    };
    let scene = Scene::new(name).with(Shape::Arrow(heading(side)), [0, 0, 300, 240], ink);
    // Who does not tell red from black sees the ring
    if ink == Ink::Bad { scene.with(Shape::Ring, [0, 0, 470, 470], ink) } else { scene }
}

/// Feedback for go trials and for stop trials.
struct Words {
    go: Feedback,
    stop: Feedback,
}

impl StopSignal {
    fn trial(
        &self,
        side: Choice,
        stop: bool,
        scenes: &mut SceneBook,
        words: Option<&Words>,
    ) -> TrialPlan {
        let plus = Scene::new("fixation").with(Shape::Plus, [0, 0, 80, 80], Ink::Ink);
        let fixation = Step::lead(scenes.add(plus), self.usual.fixation);
        let shown = scenes.add(arrow(side, Ink::Ink));
        let mut steps = vec![fixation, Step::target(shown, self.usual.timeout)];
        if stop {
            steps.push(Step::signal(scenes.add(arrow(side, Ink::Bad)), 0.0));
        }
        let feedback = words.map(|words| if stop { words.stop } else { words.go });
        let script = self.usual.script(steps, feedback, SceneId::BLANK);
        let correct = (!stop).then_some(side);
        let condition = if stop { "stop" } else { "go" };
        let direction = if side == LEFT { "left" } else { "right" };
        let stimulus = if side == LEFT { "<" } else { ">" };
        let mut plan = TrialPlan::new(condition, stimulus.into(), correct, script)
            .with("direction", Extra::Text(direction.into()));
        plan.lean = Some(side);
        if stop {
            set_delay(&mut plan, self.ssd_start);
        }
        plan
    }

    /// The next delay after the stop trials so far, milliseconds: up after a stop, down after an
    /// answer, never below one step; one step below the window when it has reached it.
    fn delay<'a>(&self, stops: impl Iterator<Item = &'a Trial>) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of milliseconds")]
        let window = self.usual.timeout as i64;
        stops.fold(self.ssd_start, |delay, trial| {
            let now = int_of(trial, "ssd_plan_ms").unwrap_or(delay);
            let step = if trial.resp_code.is_none() { self.ssd_step } else { -self.ssd_step };
            let next = (now + step).max(self.ssd_step);
            if next >= window { window - self.ssd_step } else { next }
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds far below 2^53")]
fn set_delay(plan: &mut TrialPlan, ms: i64) {
    plan.script.set_delay(ms as f64);
    plan.set("ssd_plan_ms", Extra::Int(ms));
}

impl Task for StopSignal {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.usual.practice, self.usual.trials, self.usual.blocks)
    }

    fn responses(&self) -> Responses {
        let option = |code, keys, zone| ResponseOption::new(code, keys, Some(zone));
        Responses {
            options: vec![
                option("left", &["ArrowLeft", "KeyF"], Zone::LEFT_HALF),
                option("right", &["ArrowRight", "KeyJ"], Zone::RIGHT_HALF),
            ],
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![Some(arrow(RIGHT, Ink::Ink)), Some(arrow(RIGHT, Ink::Bad)), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let words = block.criterion.map(|_| {
            let go = parts::feedback(text, scenes);
            let mut scene = |key: &str, ink: Ink| {
                let words = Shape::Text(text(key));
                scenes.add(Scene::new(key).with(words, [0, 0, 900, 90], ink))
            };
            let right = scene("feedback.stopped", Ink::Good);
            let wrong = scene("feedback.pressed", Ink::Bad);
            Words { go, stop: Feedback { right, wrong, early: wrong, ..go } }
        });
        let kinds = [(LEFT, false), (RIGHT, false), (LEFT, true), (RIGHT, true)];
        let eighth = block.trials / params::CELLS;
        let cells = kinds.map(|(_, stop)| Cell {
            count: if stop { eighth } else { 3 * eighth },
            levels: smallvec![if stop { 0 } else { Cell::FREE }],
        });
        let features = [Feature { name: "stop signal", max_run: self.max_run }];
        let order = arrange(&cells, &features, rng)?;
        let trial = |i: usize| {
            let (side, stop) = kinds[i];
            self.trial(side, stop, scenes, words.as_ref())
        };
        Ok(order.into_iter().map(trial).collect())
    }

    /// One staircase through practice, another one through all parts of the test.
    fn tailor(&self, plan: &mut TrialPlan, before: Before<'_>, _rng: &mut Rng) {
        if plan.condition != "stop" {
            return;
        }
        let practice = before.block == 0;
        let mine = |t: &&Trial| {
            let same = if practice { t.attempt == before.attempt } else { t.block > 0 };
            same && (t.block == 0) == practice && t.condition == "stop" && !t.interrupted
        };
        let delay = self.delay(before.module.iter().filter(mine));
        set_delay(plan, delay);
    }
}
