//! Vigilance: press at the X among other letters, for a long time.
//!
//! After the X task of Rosvold, Mirsky, Sarason, Bransome and Beck (1956), "A continuous performance
//! test of brain damage", Journal of Consulting Psychology 20, 343–350: letters for 0.2 s, one every
//! 0.92 s, about a quarter of them X (canonical values); with periods of equal make-up, as Nuechterlein
//! and Asarnow's versions have them, to see sensitivity and bias change with time on task. No X
//! follows another or begins a period, no other letter follows itself. There are no rests: holding
//! out is what is measured.

mod params;
mod score;
mod texts;

use crate::{
    Responses, Scene, SceneBook, SceneId,
    params::Params,
    rng::Rng,
    script::{Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{
        parts,
        streams::{self, PRESS},
    },
};
use contract::task::{Extra, Phase};
use params::Vigilance;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "vigilance",
    version: "1",
    name: words("Vigilance", "Vigilance"),
    summary: words(
        "Press at the X among many other letters. Measures how attention holds over time.",
        "Appuyer au X parmi beaucoup d’autres lettres. Mesure la tenue de l’attention dans le temps.",
    ),
    domain: "attention",
    source: "Rosvold et al. 1956, Journal of Consulting Psychology 20:343–350",
    group: Group::Speed,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::RestartBlock,
    texts: texts::TEXTS,
    minutes: |params| Vigilance::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(Vigilance::new(params)),
    score: score::score,
};

/// Letters that are no target and do not look like it.
const LETTERS: [&str; 12] = ["A", "C", "E", "H", "L", "N", "O", "P", "R", "S", "T", "U"];
const KINDS: u8 = 12;

impl Vigilance {
    /// `letter`: one of [`LETTERS`]; none for the target. `period` from 1; 0 in practice.
    fn trial(
        &self,
        letter: Option<usize>,
        period: u32,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let name = letter.map_or("X", |i| LETTERS[i % LETTERS.len()]);
        let script = Script {
            steps: smallvec![
                Step::target(scenes.add(streams::glyph(name, 240)), self.stimulus),
                Step::window(SceneId::BLANK, self.soa - self.stimulus),
            ],
            feedback,
            iti_ms: streams::REST,
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        let (condition, correct) =
            if letter.is_none() { ("target", Some(PRESS)) } else { ("other", None) };
        TrialPlan::new(condition, name.into(), correct, script)
            .with("period", Extra::Int(period.into()))
    }
}

impl Task for Vigilance {
    fn blocks(&self) -> Vec<Block> {
        streams::blocks(self.practice, self.trials(), 1)
    }

    fn responses(&self) -> Responses {
        streams::responses()
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![Some(streams::glyph("X", 240)), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let practice = block.phase == Phase::Practice;
        let (periods, trials) =
            if practice { (1, block.trials) } else { (self.periods, self.period_trials) };
        let targets = self.targets(trials);
        let counts = streams::shares(periods * (trials - targets), KINDS.into(), rng);
        let mut letters = streams::letters(KINDS, &counts, rng)?.into_iter();
        let mut plans = Vec::new();
        for period in 1..=periods {
            // Places behind the first letter of the period
            let mut places =
                streams::apart(trials.saturating_sub(1), targets, rng)?.into_iter().peekable();
            for i in 0..trials {
                let is_target = places.next_if(|place| place + 1 == i).is_some();
                let letter = if is_target { None } else { letters.next() };
                let period = if practice { 0 } else { period };
                plans.push(self.trial(letter, period, scenes, feedback));
            }
        }
        Ok(plans)
    }
}
