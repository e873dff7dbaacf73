//! Arrow flanker: which way does the middle arrow point?
//!
//! After Eriksen and Eriksen (1974), "Effects of noise letters upon the identification of a target
//! letter in a nonsearch task", Perception & Psychophysics 16, 143–149, with five arrows, as in the
//! NIH Toolbox version (Zelazo et al. 2013). Congruency and direction are balanced within each part.

mod params;
mod score;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook,
    arrange::{Cell, Feature, arrange},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Heading, Ink, Shape},
    script::{Ends, Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::parts,
};
use contract::task::{Extra, Trial};
use params::Flanker;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "flanker",
    version: "1",
    name: words("Flanker", "Flanker"),
    summary: words(
        "Say which way the middle arrow points, whatever its neighbours do. Measures selective attention.",
        "Dire où pointe la flèche du milieu, quelles que soient ses voisines. Mesure l’attention sélective.",
    ),
    domain: "attention",
    source: "Eriksen & Eriksen 1974, Perception & Psychophysics 16:143–149",
    group: Group::Conflict,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| Flanker::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(Flanker::new(params)),
    score: score::score,
};

/// What the neighbours do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Congruency {
    Congruent,
    Incongruent,
    Neutral,
}

impl Congruency {
    const ALL: [Self; 3] = [Self::Congruent, Self::Incongruent, Self::Neutral];

    const fn word(self) -> &'static str {
        match self {
            Self::Congruent => "congruent",
            Self::Incongruent => "incongruent",
            Self::Neutral => "neutral",
        }
    }
}

const LEFT: Choice = Choice(0);
const RIGHT: Choice = Choice(1);

const fn heading(side: Choice) -> Heading {
    if side.0 == LEFT.0 { Heading::Left } else { Heading::Right }
}

const fn other(side: Choice) -> Choice {
    if side.0 == LEFT.0 { RIGHT } else { LEFT }
}

const fn sign(shape: &Shape) -> char {
    match shape {
        Shape::Arrow(Heading::Left) => '<',
        Shape::Arrow(_) => '>',
        _ => '-',
    }
}

/// Five places in a row, the middle one empty when there is no target yet.
fn row(flanker: &Shape, target: Option<&Shape>) -> Scene {
    let mut scene = Scene::default();
    for place in -2..=2 {
        let shape = if place == 0 { target } else { Some(flanker) };
        scene.name.push(shape.map_or(' ', sign));
        if let Some(shape) = shape {
            scene = scene.with(shape.clone(), [place * 170, 0, 130, 110], Ink::Ink);
        }
    }
    scene
}

impl Flanker {
    fn congruencies(&self) -> &'static [Congruency] {
        &Congruency::ALL[..if self.neutral { 3 } else { 2 }]
    }

    fn trial(
        &self,
        congruency: Congruency,
        side: Choice,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let target = Shape::Arrow(heading(side));
        let flanker = match congruency {
            Congruency::Congruent => target.clone(),
            Congruency::Incongruent => Shape::Arrow(heading(other(side))),
            Congruency::Neutral => Shape::Dash,
        };
        let fixation = Scene::new("fixation").with(Shape::Plus, [0, 0, 80, 80], Ink::Ink);
        let shown = row(&flanker, Some(&target));
        let stimulus = shown.name.clone();
        let mut steps = smallvec![Step::lead(scenes.add(fixation), self.fixation)];
        if self.flanker_lead > 0.0 {
            steps.push(Step::lead(scenes.add(row(&flanker, None)), self.flanker_lead));
        }
        steps.push(Step::target(scenes.add(shown), self.timeout));
        let script = Script {
            steps,
            ends: Ends::OnResponse,
            feedback,
            iti_ms: self.iti,
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        TrialPlan::new(congruency.word(), stimulus, Some(side), script)
    }
}

impl Task for Flanker {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.practice, self.trials, self.blocks)
    }

    fn responses(&self) -> Responses {
        Responses {
            options: vec![
                ResponseOption::new("left", &["ArrowLeft", "KeyF"], Some(Zone::LEFT_HALF)),
                ResponseOption::new("right", &["ArrowRight", "KeyJ"], Some(Zone::RIGHT_HALF)),
            ],
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        let right = Shape::Arrow(Heading::Right);
        vec![Some(row(&Shape::Arrow(Heading::Left), Some(&right))), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let kinds: Vec<(Congruency, Choice)> =
            self.congruencies().iter().flat_map(|c| [(*c, LEFT), (*c, RIGHT)]).collect();
        let each = block.trials / u32::try_from(kinds.len()).unwrap_or(1);
        let cell = |(congruency, side): &(Congruency, Choice)| Cell {
            count: each,
            levels: smallvec![*congruency as u8, side.0],
        };
        let cells: Vec<Cell> = kinds.iter().map(cell).collect();
        let order = arrange(&cells, &self.features(), rng)?;
        let trial = |i: usize| {
            let (congruency, side) = kinds[i];
            self.trial(congruency, side, scenes, feedback)
        };
        Ok(order.into_iter().map(trial).collect())
    }

    /// The condition of the trial that was really run before, if there was one in this part.
    fn annotate(&self, trial: &mut Trial, before: &[Trial]) {
        let here = |t: &&Trial| (t.block, t.attempt) == (trial.block, trial.attempt);
        if let Some(last) = before.last().filter(here) {
            let value = Extra::Text(last.condition.clone());
            trial.extra.insert("prev_congruency".into(), value);
        }
    }
}

impl Flanker {
    fn features(&self) -> [Feature; 2] {
        [
            Feature { name: "congruency", max_run: self.max_run },
            Feature { name: "direction", max_run: 0 },
        ]
    }
}
