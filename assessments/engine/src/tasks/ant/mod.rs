//! Attention network test: a flanker task with cues about when and where.
//!
//! After Fan, McCandliss, Sommer, Raz and Posner (2002), "Testing the efficiency and independence of
//! attentional networks", Journal of Cognitive Neuroscience 14, 340–347; canonical values: cross of
//! 400 to 1600 ms, cue of 100 ms, 400 ms later the arrows until the answer, 1700 ms at most, the next
//! trial 4000 ms after the beginning of this one; 24 practice trials, 3 parts of 96. Cues, flankers,
//! directions and places are balanced within each part.

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
    script::{Ends, Feedback, Script, Step, TrialPlan},
    spec::{Before, Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, usual::int_of},
};
use contract::task::{Extra, Micros, Trial};
use params::Ant;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "ant",
    version: "1",
    name: words("Attention network test", "Test des réseaux attentionnels"),
    summary: words(
        "Flanker arrows after cues of time and place. Measures alerting, orienting and conflict.",
        "Flèches entourées, après des indices de temps et de lieu. Mesure l’alerte, l’orientation et le conflit.",
    ),
    domain: "attention",
    source: "Fan et al. 2002, J Cogn Neurosci 14:340–347",
    group: Group::Conflict,
    params: params::PARAMS,
    presets: params::PRESETS,
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| {
        let task = Ant::new(params);
        let trials = f64::from(task.usual.trials + task.usual.practice.trials);
        let rests = f64::from(task.usual.blocks.saturating_sub(1)) * 30.0;
        1.5 + (trials * task.trial_time / 1000.0 + rests) / 60.0
    },
    check: params::check,
    build: |params: &Params| Box::new(Ant::new(params)),
    score: score::score,
};

const LEFT: Choice = Choice(0);
const RIGHT: Choice = Choice(1);

/// Distance of the arrows from the cross, thousandths of the short side.
const AWAY: i32 = 200;

/// Pause in which a trial is stored; part of the time of a trial.
const STORING_MS: f64 = 100.0;

/// Cues and flankers, in the order of [`CONDITIONS`].
const CUES: [&str; 4] = ["none", "center", "double", "spatial"];
const FLANKERS: [&str; 3] = ["congruent", "incongruent", "neutral"];

const CONDITIONS: [[&str; 3]; 4] = [
    ["none_congruent", "none_incongruent", "none_neutral"],
    ["center_congruent", "center_incongruent", "center_neutral"],
    ["double_congruent", "double_incongruent", "double_neutral"],
    ["spatial_congruent", "spatial_incongruent", "spatial_neutral"],
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    /// Index into [`CUES`].
    cue: usize,
    /// Index into [`FLANKERS`].
    flanker: usize,
    answer: Choice,
    above: bool,
}

const fn heading(side: Choice) -> Heading {
    if side.0 == LEFT.0 { Heading::Left } else { Heading::Right }
}

const fn height(above: bool) -> i32 {
    if above { -AWAY } else { AWAY }
}

fn cross() -> Scene {
    Scene::new("fixation").with(Shape::Plus, [0, 0, 60, 60], Ink::Ink)
}

fn star(scene: Scene, y: i32) -> Scene {
    let place = [0, y, 56, 56];
    scene.with(Shape::Plus, place, Ink::Ink).with(Shape::Cross, [0, y, 40, 40], Ink::Ink)
}

impl Kind {
    /// The layer with the stars; none without a cue.
    fn stars(self) -> Option<Scene> {
        let scene = |name: &str| Scene::new(name);
        match CUES[self.cue] {
            "center" => Some(star(scene("cue center"), 0)),
            "double" => Some(star(star(scene("cue double"), -AWAY), AWAY)),
            "spatial" if self.above => Some(star(scene("cue above"), -AWAY)),
            "spatial" => Some(star(scene("cue below"), AWAY)),
            _ => None,
        }
    }

    /// The layer with the five signs.
    fn row(self) -> Scene {
        let target = heading(self.answer);
        let (flanker, sign) = match (FLANKERS[self.flanker], target) {
            ("neutral", _) => (Shape::Dash, '-'),
            ("congruent", Heading::Left) | ("incongruent", Heading::Right) => {
                (Shape::Arrow(Heading::Left), '<')
            }
            _ => (Shape::Arrow(Heading::Right), '>'),
        };
        let middle = if target == Heading::Left { '<' } else { '>' };
        let mut scene = Scene::default();
        for place in -2..=2 {
            let (shape, sign) = match place {
                0 => (Shape::Arrow(target), middle),
                _ => (flanker.clone(), sign),
            };
            scene.name.push(sign);
            scene = scene.with(shape, [place * 130, height(self.above), 104, 88], Ink::Ink);
        }
        scene.name.push_str(if self.above { " above" } else { " below" });
        scene
    }
}

impl Ant {
    fn trial(
        &self,
        kind: Kind,
        fixation: i64,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let under = scenes.add(cross());
        let mut layer = |scene: Scene| [scenes.add(scene), NONE, NONE, NONE];
        let stars = kind.stars().map_or([NONE; 4], &mut layer);
        let row = kind.row();
        let name = row.name.clone();
        let row = layer(row);
        let script = Script {
            steps: smallvec![
                Step::lead(under, 0.0),
                Step::signal(under, self.cue).over(stars),
                Step::lead(under, self.cue_delay),
                Step::target(under, self.usual.timeout).over(row),
            ],
            ends: Ends::OnResponse,
            feedback,
            rest: under,
            iti_ms: STORING_MS,
            lead_includes_rest: true,
            anticipation_ms: self.usual.anticipation,
            ..Script::default()
        };
        let mut plan =
            TrialPlan::new(CONDITIONS[kind.cue][kind.flanker], name, Some(kind.answer), script)
                .with("cue", Extra::Text(CUES[kind.cue].into()))
                .with("flanker", Extra::Text(FLANKERS[kind.flanker].into()))
                .with("place", Extra::Text(if kind.above { "above" } else { "below" }.into()));
        set_fixation(&mut plan, fixation, 0.0);
        plan
    }

    fn draw(&self, rng: &mut Rng) -> i64 {
        rng.whole(self.fixation_min, self.fixation_max)
    }

    /// What is left of the time of a trial when its target is gone, milliseconds. The target goes
    /// with the frame after the answer: frames tell when that was.
    fn left(&self, trial: &Trial) -> f64 {
        let interval = Micros::from_ms(trial.t_ms);
        let frames = |n: u32| Micros(interval.0 * i64::from(n));
        let shown = trial.frames_shown.map(frames);
        let fixation = Micros(int_of(trial, "fixation_ms").unwrap_or(0) * 1000);
        let shown = shown.map_or(self.usual.timeout, Micros::ms);
        let spent = fixation.ms() + self.cue + self.cue_delay + shown;
        (self.trial_time - spent).max(STORING_MS)
    }
}

const NONE: SceneId = SceneId::BLANK;

/// The cross stays `left` for the trial before and `fixation` for this one.
#[expect(clippy::cast_precision_loss, reason = "milliseconds far below 2^53")]
fn set_fixation(plan: &mut TrialPlan, fixation: i64, left: f64) {
    if let Some(lead) = plan.script.steps.first_mut() {
        lead.ms = fixation as f64 + left;
    }
    plan.set("fixation_ms", Extra::Int(fixation));
}

fn fixation_of(plan: &TrialPlan) -> i64 {
    match plan.get("fixation_ms") {
        Some(Extra::Int(ms)) => *ms,
        _ => 0,
    }
}

impl Task for Ant {
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
        let kind = Kind { cue: 3, flanker: 1, answer: RIGHT, above: true };
        let mut example = kind.row();
        example.pieces.extend(cross().pieces);
        let mut cue = cross();
        cue.pieces.extend(kind.stars().unwrap_or_default().pieces);
        vec![Some(example), Some(cue), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let cells = (0..4_u8).flat_map(|cue| (0..3_u8).map(move |flanker| [cue, flanker]));
        let cells: Vec<Cell> = cells
            .map(|levels| Cell {
                count: block.trials / params::CELLS,
                levels: levels.into_iter().collect(),
            })
            .collect();
        let features = ["cue", "flanker"].map(|name| Feature { name, max_run: self.max_run });
        let order = arrange(&cells, &features, rng)?;
        // Each cell goes through its four combinations of direction and place, in an order of its own
        let mut combinations: Vec<[(Choice, bool); 4]> = Vec::new();
        for _ in &cells {
            let mut four = [(LEFT, true), (LEFT, false), (RIGHT, true), (RIGHT, false)];
            rng.shuffle(&mut four);
            combinations.push(four);
        }
        let mut used = vec![0_usize; cells.len()];
        let mut trial = |cell: usize| {
            let (answer, above) = combinations[cell][used[cell] % 4];
            used[cell] += 1;
            let kind = Kind { cue: cell / 3, flanker: cell % 3, answer, above };
            let fixation = self.draw(rng);
            self.trial(kind, fixation, scenes, feedback)
        };
        Ok(order.into_iter().map(&mut trial).collect())
    }

    /// Somebody who saw the cross come must not know how long it stays.
    fn redraw(&self, plan: &mut TrialPlan, rng: &mut Rng) {
        set_fixation(plan, self.draw(rng), 0.0);
    }

    /// The cross first makes up the time that the trial before has left.
    fn tailor(&self, plan: &mut TrialPlan, before: Before<'_>, _rng: &mut Rng) {
        let place = (before.block, before.attempt);
        let last = before.module.last().filter(|t| (t.block, t.attempt) == place && !t.interrupted);
        let left = last.map_or(0.0, |trial| self.left(trial));
        set_fixation(plan, fixation_of(plan), left);
    }
}
