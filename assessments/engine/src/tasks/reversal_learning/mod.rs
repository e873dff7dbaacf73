//! Probabilistic reversal learning: which of two pictures wins more often, and when does it change?
//!
//! After Swainson et al. (2000), "Probabilistic learning and reversal deficits in patients with
//! Parkinson's disease or frontal or temporal lobe lesions", Neuropsychologia 38, 596–612 (feedback
//! right in 8 of 10 trials, criterion of eight in a row, 40 trials a stage), with serial reversals
//! (Cools, Clark, Owen & Robbins 2002, Journal of Neuroscience 22, 4563–4567). Misleading feedback is
//! dealt out by tens, never twice in a row. Practice is without misleading feedback and reversals.

mod params;
mod score;
mod stage;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook, SceneId,
    arrange::{Cell, Feature, arrange, arrange_where},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Heading, Ink, Shape},
    script::{Feedback, Step, TrialPlan},
    spec::{Answer, Before, Block, Group, Outcome, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, usual::text_of},
};
use contract::task::{Extra, Trial};
use params::ReversalLearning;
use smallvec::smallvec;
use stage::{Stage, chosen};

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "reversal_learning",
    version: "1",
    name: words("Probabilistic reversal learning", "Apprentissage par renversement probabiliste"),
    summary: words(
        "Find out which picture wins more often, and notice when that changes. Measures learning from feedback and flexibility.",
        "Trouver quelle image gagne le plus souvent, et remarquer quand cela change. Mesure l’apprentissage et la flexibilité.",
    ),
    domain: "decision",
    source: "Swainson et al. 2000, Neuropsychologia 38:596–612; Cools et al. 2002, J Neurosci 22:4563–4567",
    group: Group::Decisions,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| {
        let task = ReversalLearning::new(params);
        let shown = f64::from(task.usual.trials + task.usual.practice.trials);
        task.usual.minutes(0.7) + shown * task.feedback_time / 60_000.0
    },
    check: params::check,
    build: |params: &Params| Box::new(ReversalLearning::new(params)),
    score: score::score,
};

const LEFT: Choice = Choice(0);
const RIGHT: Choice = Choice(1);

/// The pictures of the test by code, and those of practice.
const PICTURES: [&str; 2] = ["first", "second"];

const fn middle(side: Choice) -> i32 {
    if side.0 == LEFT.0 { -240 } else { 240 }
}

const fn other(side: Choice) -> Choice {
    if side.0 == LEFT.0 { RIGHT } else { LEFT }
}

/// A picture of a few shapes. None of them means anything.
fn picture(scene: Scene, practice: bool, which: usize, side: Choice) -> Scene {
    let x = middle(side);
    let framed = scene.with(Shape::Frame, [x, 0, 400, 400], Ink::Muted);
    match (practice, which) {
        (true, 0) => framed.with(Shape::Arrow(Heading::Up), [x, 0, 180, 240], Ink::Green),
        (true, _) => framed.with(Shape::Ring, [x, 0, 240, 240], Ink::Ink),
        (false, 0) => framed.with(Shape::Disc, [x, -40, 220, 220], Ink::Blue).with(
            Shape::Dash,
            [x, 120, 260, 40],
            Ink::Blue,
        ),
        (false, _) => framed.with(Shape::Cross, [x, 40, 200, 200], Ink::Yellow).with(
            Shape::Block,
            [x, -130, 200, 60],
            Ink::Yellow,
        ),
    }
}

/// Both pictures, the first one on this side.
fn both(practice: bool, first: Choice) -> Scene {
    let [left, right] = if first == LEFT { PICTURES } else { [PICTURES[1], PICTURES[0]] };
    let kind = if practice { "practice " } else { "" };
    let scene = Scene::new(&format!("{kind}{left} | {right}"));
    picture(picture(scene, practice, 0, first), practice, 1, other(first))
}

impl ReversalLearning {
    fn trial(
        &self,
        practice: bool,
        first: Choice,
        misleading: bool,
        feedback: Feedback,
        scenes: &mut SceneBook,
    ) -> TrialPlan {
        let plus = Scene::new("fixation").with(Shape::Plus, [0, 0, 80, 80], Ink::Ink);
        let shown = both(practice, first);
        let name = shown.name.clone();
        let steps = vec![
            Step::lead(scenes.add(plus), self.usual.fixation),
            Step::target(scenes.add(shown), self.usual.timeout),
        ];
        let script = self.usual.script(steps, Some(feedback), SceneId::BLANK);
        let left = PICTURES[usize::from(first != LEFT)];
        let mut plan = TrialPlan::new("stage", name, Some(first), script)
            .with("left", Extra::Text(left.into()))
            .with("misleading", Extra::Flag(misleading));
        set_stage(&mut plan, Stage::default());
        plan
    }

    fn stage(&self, before: Before<'_>) -> Stage {
        let after =
            |stage: Stage, t: &Trial| stage.after(chosen(t), self.criterion, self.stage_trials);
        before.here().fold(Stage::default(), after)
    }
}

fn is_set(plan: &TrialPlan, name: &str) -> bool {
    matches!(plan.get(name), Some(Extra::Flag(true)))
}

/// The better picture's side is the right answer.
fn set_stage(plan: &mut TrialPlan, stage: Stage) {
    let better = PICTURES[stage.better()];
    let left = matches!(plan.get("left"), Some(Extra::Text(left)) if left == better);
    plan.correct = Some(if left { LEFT } else { RIGHT });
    plan.condition = if stage.number == 0 { "acquisition" } else { "reversal" };
    plan.set("stage", Extra::Int(i64::try_from(stage.number).unwrap_or(0)));
}

impl Task for ReversalLearning {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.usual.practice, self.usual.trials, 1)
    }

    fn responses(&self) -> Responses {
        let option = |code, keys, zone| ResponseOption::new(code, keys, Some(zone));
        Responses {
            options: vec![
                option("left", &["ArrowLeft", "KeyF"], Zone::LEFT_HALF),
                option("right", &["ArrowRight", "KeyJ"], Zone::RIGHT_HALF),
            ],
            // What is drawn on the stage is what is touched: no buttons beside it
            buttons: true,
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![Some(both(true, LEFT)), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let practice = block.criterion.is_some();
        let feedback = Feedback { ms: self.feedback_time, ..parts::feedback(text, scenes) };
        let odd = rng.below(2);
        let side = |first: Choice| Cell {
            count: block.trials / 2 + (block.trials % 2) * u32::from(u32::from(first.0) == odd),
            levels: smallvec![first.0],
        };
        let sides = [Feature { name: "side", max_run: 3 }];
        let sides = arrange(&[LEFT, RIGHT].map(side), &sides, rng)?;
        let mut misleading = vec![false; if practice { block.trials as usize } else { 0 }];
        while misleading.len() < block.trials as usize {
            // Ten at a time; the first of them is told right, so that no two in a row are misleading
            let cells = [params::ROUND - self.misleading, self.misleading]
                .map(|count| Cell { count, levels: smallvec![Cell::FREE] });
            let mut ten = vec![0];
            let rest = [Cell { count: cells[0].count - 1, ..cells[0].clone() }, cells[1].clone()];
            let apart = |before: usize, next: usize| before == 0 || next == 0;
            ten.extend(arrange_where(&rest, &[], &apart, rng)?);
            misleading.extend(ten.into_iter().map(|i| i == 1));
        }
        let trials = sides.into_iter().zip(misleading);
        let trial = |(first, misleading): (usize, bool)| {
            let first = if first == 0 { LEFT } else { RIGHT };
            self.trial(practice, first, misleading, feedback, scenes)
        };
        Ok(trials.map(trial).collect())
    }

    fn tailor(&self, plan: &mut TrialPlan, before: Before<'_>, _rng: &mut Rng) {
        let practises = plan.stimulus.starts_with("practice");
        let stage = if practises { Stage::default() } else { self.stage(before) };
        set_stage(plan, stage);
    }

    /// Gain for the better picture and loss for the other, or the other way round.
    fn outcome(&self, plan: &TrialPlan, answer: Answer<'_>) -> Option<Outcome> {
        let feedback = plan.script.feedback?;
        let scene = if answer.choice.is_none() {
            feedback.slow
        } else if answer.right != is_set(plan, "misleading") {
            feedback.right
        } else {
            feedback.wrong
        };
        Some(Outcome::new(scene, feedback.ms))
    }

    /// What was said, and about which picture.
    fn annotate(&self, trial: &mut Trial, _before: &[Trial]) {
        let Some(choice) = chosen(trial) else { return };
        let right = trial.resp_code == trial.correct_code;
        let misleading = matches!(trial.extra.get("misleading"), Some(Extra::Flag(true)));
        let told = if right == misleading { "loss" } else { "gain" };
        trial.extra.insert("told".into(), Extra::Text(told.into()));
        trial.extra.insert("chosen".into(), Extra::Text(PICTURES[choice].into()));
    }
}

/// What was said after a choice.
fn told(trial: &Trial) -> &str {
    text_of(trial, "told")
}
