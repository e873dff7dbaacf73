//! Simon task: answer the colour of a disc, wherever it appears.
//!
//! After Simon and Rudell (1967), "Auditory S-R compatibility", Journal of Applied Psychology 51,
//! 300–304, in its visual form: colour is relevant, place is not (review: Lu and Proctor 1995,
//! Psychonomic Bulletin & Review 2, 174–207). Colour and side are balanced within each part.

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
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, usual},
};
use contract::task::{Extra, Trial};
use params::Simon;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "simon",
    version: "1",
    name: words("Simon task", "Tâche de Simon"),
    summary: words(
        "Answer the colour of a disc that appears left or right. Measures the pull of an irrelevant place.",
        "Répondre à la couleur d’un disque qui apparaît à gauche ou à droite. Mesure l’attrait d’une position sans importance.",
    ),
    domain: "attention",
    source: "Simon & Rudell 1967, J Appl Psychol 51:300–304; Lu & Proctor 1995, Psychon Bull Rev 2:174–207",
    group: Group::Conflict,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| Simon::new(params).usual.minutes(0.5),
    check: params::check,
    build: |params: &Params| Box::new(Simon::new(params)),
    score: score::score,
};

const LEFT: Choice = Choice(0);
const RIGHT: Choice = Choice(1);

/// Distance of a disc from the centre, thousandths of the short side.
const ASIDE: i32 = 330;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    answer: Choice,
    side: Choice,
}

impl Kind {
    const ALL: [Self; 4] = [
        Self { answer: LEFT, side: LEFT },
        Self { answer: RIGHT, side: RIGHT },
        Self { answer: LEFT, side: RIGHT },
        Self { answer: RIGHT, side: LEFT },
    ];

    const fn is_congruent(self) -> bool {
        self.answer.0 == self.side.0
    }
}

const fn word(side: Choice) -> &'static str {
    if side.0 == LEFT.0 { "left" } else { "right" }
}

const fn aside(side: Choice) -> i32 {
    if side.0 == LEFT.0 { -ASIDE } else { ASIDE }
}

impl Simon {
    fn ink(&self, answer: Choice) -> Ink {
        if (answer == LEFT) == self.blue_left { Ink::Blue } else { Ink::Yellow }
    }

    fn colour(&self, answer: Choice) -> &'static str {
        if self.ink(answer) == Ink::Blue { "blue" } else { "yellow" }
    }

    fn trial(&self, kind: Kind, scenes: &mut SceneBook, feedback: Option<Feedback>) -> TrialPlan {
        let Kind { answer, side } = kind;
        let name = format!("{} {}", self.colour(answer), word(side));
        let plus = |name: &str| Scene::new(name).with(Shape::Plus, [0, 0, 80, 80], Ink::Ink);
        let disc = [aside(side), 0, 200, 200];
        let shown = plus(&name).with(Shape::Disc, disc, self.ink(answer));
        let steps = vec![
            Step::lead(scenes.add(plus("fixation")), self.usual.fixation),
            Step::target(scenes.add(shown), self.usual.timeout),
        ];
        let condition = if kind.is_congruent() { "congruent" } else { "incongruent" };
        let script = self.usual.script(steps, feedback, SceneId::BLANK);
        TrialPlan::new(condition, name, Some(answer), script)
            .with("side", Extra::Text(word(side).into()))
    }
}

impl Task for Simon {
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

    /// The second page shows which colour belongs to which side.
    fn pages(&self) -> Vec<Option<Scene>> {
        let mapping = Scene::new("mapping")
            .with(Shape::Disc, [-250, -90, 180, 180], self.ink(LEFT))
            .with(Shape::Arrow(Heading::Left), [-250, 100, 160, 100], Ink::Ink)
            .with(Shape::Disc, [250, -90, 180, 180], self.ink(RIGHT))
            .with(Shape::Arrow(Heading::Right), [250, 100, 160, 100], Ink::Ink);
        vec![Some(mapping), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let count = block.trials / params::CELLS;
        let cell = |kind: Kind| Cell {
            count,
            levels: smallvec![u8::from(kind.is_congruent()), kind.answer.0],
        };
        let features = ["congruency", "answer"].map(|name| Feature { name, max_run: self.max_run });
        let order = arrange(&Kind::ALL.map(cell), &features, rng)?;
        Ok(order.into_iter().map(|i| self.trial(Kind::ALL[i], scenes, feedback)).collect())
    }

    /// The condition of the trial that was really run before, if there was one in this part.
    fn annotate(&self, trial: &mut Trial, before: &[Trial]) {
        usual::note_before(trial, before, "prev_congruency", |last| last.condition.clone());
    }
}
