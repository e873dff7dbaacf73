//! Sustained attention to response task: press at every digit but one.
//!
//! After Robertson, Manly, Andrade, Baddeley and Yiend (1997), "'Oops!': performance correlates of
//! everyday attentional failures in traumatic brain injured and normal subjects", Neuropsychologia
//! 35, 747–758: digits 1 to 9 in five sizes, 25 times each, 250 ms, then a mask for 900 ms, no press
//! at the 3, 18 practice trials (canonical values). No digit follows itself, so that the 3 never
//! comes twice in a row; in the fixed order the digits count from 1 to 9. Own additions: feedback and
//! a criterion in practice.

mod params;
mod score;
mod texts;

use crate::{
    Responses, Scene, SceneBook,
    params::Params,
    rng::Rng,
    scene::{Ink, Shape},
    script::{Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{
        parts,
        streams::{self, PRESS},
    },
};
use contract::task::Extra;
use params::Sart;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "sart",
    version: "1",
    name: words("SART", "SART"),
    summary: words(
        "Press at every digit but the 3. Measures sustained attention and lapses of it.",
        "Appuyer à chaque chiffre sauf le 3. Mesure l’attention soutenue et ses défaillances.",
    ),
    domain: "attention",
    source: "Robertson et al. 1997, Neuropsychologia 35:747–758",
    group: Group::Speed,
    params: params::PARAMS,
    presets: params::PRESETS,
    resume: ResumePolicy::RestartBlock,
    texts: texts::TEXTS,
    minutes: |params| Sart::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(Sart::new(params)),
    score: score::score,
};

pub(super) const DIGITS: u32 = 9;
const KINDS: u8 = 9;
/// Sizes of the source in points, equally frequent for every digit.
const FONTS: [u32; 5] = [48, 72, 94, 100, 120];
/// Thousandths of the stage for one point.
const POINT: u32 = 2;

/// A ring with a cross in it.
fn mask() -> Scene {
    Scene::new("mask").with(Shape::Ring, [0, 0, 300, 300], Ink::Ink).with(
        Shape::Cross,
        [0, 0, 200, 200],
        Ink::Ink,
    )
}

fn digit(number: u32, font: u32) -> Scene {
    let mut scene =
        streams::glyph(&number.to_string(), i32::try_from(font * POINT).unwrap_or_default());
    scene.name = format!("{number}.{font}");
    scene
}

impl Sart {
    fn trial(
        &self,
        number: u32,
        font: u32,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let [shown, mask] = [digit(number, font), mask()].map(|scene| scenes.add(scene));
        let script = Script {
            steps: smallvec![
                Step::target(shown, self.stimulus),
                Step::window(mask, self.soa - self.stimulus),
            ],
            feedback,
            iti_ms: streams::REST,
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        let is_go = number != self.no_go;
        let condition = if is_go { "go" } else { "no_go" };
        let correct = is_go.then_some(PRESS);
        let mut plan = TrialPlan::new(condition, number.to_string(), correct, script);
        plan.lean = Some(PRESS);
        plan.with("font", Extra::Int(font.into()))
    }

    /// The digits of so many rounds, in order.
    fn digits(&self, rounds: u32, rng: &mut Rng) -> Result<Vec<u32>, String> {
        if self.fixed {
            return Ok((0..rounds * DIGITS).map(|i| i % DIGITS + 1).collect());
        }
        let order = streams::letters(KINDS, &[rounds; DIGITS as usize], rng)?;
        Ok(order.into_iter().map(|i| u32::try_from(i).unwrap_or(0) + 1).collect())
    }
}

impl Task for Sart {
    fn blocks(&self) -> Vec<Block> {
        streams::blocks(self.practice, self.trials(), 1)
    }

    fn responses(&self) -> Responses {
        streams::responses()
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        let go = if self.no_go == 7 { 6 } else { 7 };
        vec![Some(digit(go, 120)), Some(digit(self.no_go, 120)), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let rounds = block.trials / DIGITS;
        let order = self.digits(rounds, rng)?;
        // For each digit a pile with all sizes as equally as can be
        let mut piles: Vec<Vec<u32>> = Vec::new();
        for _ in 0..DIGITS {
            let counts = streams::shares(rounds, 5, rng);
            let sizes = FONTS.iter().zip(counts);
            let mut pile: Vec<u32> =
                sizes.flat_map(|(font, n)| (0..n).map(move |_| *font)).collect();
            rng.shuffle(&mut pile);
            piles.push(pile);
        }
        let trial = |number: u32| {
            let font = piles.get_mut(number as usize - 1).and_then(Vec::pop);
            self.trial(number, font.unwrap_or(FONTS[0]), scenes, feedback)
        };
        Ok(order.into_iter().map(trial).collect())
    }
}
