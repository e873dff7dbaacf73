//! Continuous performance test, not-X: press at every sign but the X.
//!
//! After Conners (2000), "Conners' Continuous Performance Test II": 360 letters in 18 runs of 20, at
//! 1, 2 and 4 s from onset to onset, 250 ms each, 10 % X, never among the first two of a run, letters
//! as in the version of the UCLA Consortium for Neuropsychiatric Phenomics (canonical values). Each
//! sixth of the test has one run of every pace, in random order, so that pace and time on task are
//! not mixed up. Own additions: no sign follows itself, practice with feedback and a criterion.
//! There are no rests: holding out is what is measured.

mod params;
mod score;
mod texts;

use crate::{
    Responses, Scene, SceneBook, SceneId,
    params::Params,
    rng::Rng,
    scene::{Heading, Ink, Shape},
    script::{Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    stats::real,
    tasks::{
        parts,
        streams::{self, PRESS, milliseconds},
    },
};
use contract::task::{Extra, Phase};
use params::Cpt;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "cpt",
    version: "1",
    name: words("Continuous performance test", "Test de performance continue"),
    summary: words(
        "Press at every letter but X for a quarter of an hour. Measures sustained attention and impulsivity.",
        "Appuyer à chaque lettre sauf X pendant un quart d’heure. Mesure l’attention soutenue et l’impulsivité.",
    ),
    domain: "attention",
    source: "Conners 2000, Conners’ Continuous Performance Test II",
    group: Group::Speed,
    params: params::PARAMS,
    presets: params::PRESETS,
    resume: ResumePolicy::RestartBlock,
    texts: texts::TEXTS,
    minutes: |params| Cpt::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(Cpt::new(params)),
    score: score::score,
};

/// Signs to press at.
const LETTERS: [&str; 9] = ["A", "B", "C", "D", "F", "I", "L", "O", "T"];
const SHAPES: [(&str, Shape); 9] = [
    ("disc", Shape::Disc),
    ("ring", Shape::Ring),
    ("frame", Shape::Frame),
    ("block", Shape::Block),
    ("plus", Shape::Plus),
    ("dash", Shape::Dash),
    ("left", Shape::Arrow(Heading::Left)),
    ("right", Shape::Arrow(Heading::Right)),
    ("up", Shape::Arrow(Heading::Up)),
];
const SIGNS: u8 = 9;
/// First places of a run without an X.
const HEAD: u32 = 2;
/// Practice needs room for an X and for signs before it.
pub(super) const PRACTICE_LEAST: u32 = 6;

/// One of the trials of a run, before it is drawn.
#[derive(Debug, Clone, Copy)]
struct Slot {
    /// The sign; none for the X.
    sign: Option<usize>,
    isi: i64,
    /// Both from 1; 0 in practice.
    cycle: u32,
    run: u32,
}

impl Cpt {
    fn scene(&self, sign: Option<usize>) -> (Scene, &'static str) {
        let shape =
            |shape: &Shape, name| Scene::new(name).with(shape.clone(), [0, 0, 240, 240], Ink::Ink);
        match sign {
            None if self.shapes => (shape(&Shape::Cross, "X"), "X"),
            None => (streams::glyph("X", 240), "X"),
            Some(i) if self.shapes => {
                let (name, drawn) = &SHAPES[i % SHAPES.len()];
                (shape(drawn, name), name)
            }
            Some(i) => {
                let letter = LETTERS[i % LETTERS.len()];
                (streams::glyph(letter, 240), letter)
            }
        }
    }

    fn trial(&self, slot: Slot, scenes: &mut SceneBook, feedback: Option<Feedback>) -> TrialPlan {
        let (scene, name) = self.scene(slot.sign);
        let script = Script {
            steps: smallvec![
                Step::target(scenes.add(scene), self.stimulus),
                Step::window(SceneId::BLANK, milliseconds(slot.isi) - self.stimulus),
            ],
            feedback,
            iti_ms: streams::REST,
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        let condition = if slot.sign.is_some() { "go" } else { "no_go" };
        let correct = slot.sign.map(|_| PRESS);
        let mut plan = TrialPlan::new(condition, name.into(), correct, script);
        plan.lean = Some(PRESS);
        plan.with("isi_ms", Extra::Int(slot.isi))
            .with("cycle", Extra::Int(slot.cycle.into()))
            .with("run", Extra::Int(slot.run.into()))
    }

    /// The paces of all runs: each once in every cycle, in random order.
    fn paces(&self, rng: &mut Rng) -> Vec<(u32, i64)> {
        let mut runs = Vec::new();
        for cycle in 1..=self.cycles {
            let mut isis = self.isis.clone();
            rng.shuffle(&mut isis);
            runs.extend(isis.into_iter().map(|isi| (cycle, isi)));
        }
        runs
    }

    /// Signs and X of `runs`, given as (cycle, pace), with `trials` and `x` in each.
    fn slots(runs: &[(u32, i64)], trials: u32, x: u32, rng: &mut Rng) -> Result<Vec<Slot>, String> {
        let mut is_x = Vec::new();
        for _ in runs {
            let from = is_x.len();
            is_x.resize(from + trials as usize, false);
            for place in streams::apart(trials.saturating_sub(HEAD), x, rng)? {
                is_x[from + (place + HEAD) as usize] = true;
            }
        }
        let all = u32::try_from(is_x.iter().filter(|x| !**x).count()).unwrap_or(0);
        let counts = streams::shares(all, SIGNS.into(), rng);
        let mut signs = streams::letters(SIGNS, &counts, rng)?.into_iter();
        let place = |(i, x): (usize, bool)| {
            let run = i / (trials as usize).max(1);
            let (cycle, isi) = runs.get(run).copied().unwrap_or_default();
            let sign = if x { None } else { signs.next() };
            let run = if cycle == 0 { 0 } else { u32::try_from(run + 1).unwrap_or(0) };
            Slot { sign, isi, cycle, run }
        };
        Ok(is_x.into_iter().enumerate().map(place).collect())
    }
}

impl Task for Cpt {
    fn blocks(&self) -> Vec<Block> {
        streams::blocks(self.practice, self.trials(), 1)
    }

    fn responses(&self) -> Responses {
        streams::responses()
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![Some(self.scene(Some(1)).0), Some(self.scene(None).0), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let slots = if block.phase == Phase::Practice {
            let pace = self.isis.get(1).copied().unwrap_or(2000);
            let x = block.trials / 10;
            Self::slots(&[(0, pace)], block.trials, x.max(1), rng)?
        } else {
            let runs = self.paces(rng);
            Self::slots(&runs, self.run_trials, self.run_x, rng)?
        };
        Ok(slots.into_iter().map(|slot| self.trial(slot, scenes, feedback)).collect())
    }
}

/// Standard error of the mean, SD / √n.
fn standard_error(values: &[f64]) -> crate::stats::Estimated {
    Ok(crate::stats::sd(values)? / libm::sqrt(real(values.len())))
}
