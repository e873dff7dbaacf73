//! N-back: is this letter the same as n letters ago?
//!
//! After Kirchner (1958), "Age differences in short-term retention of rapidly changing information",
//! Journal of Experimental Psychology 55, 352–358, with the times and counts of Jaeggi, Buschkuehl,
//! Perrig and Meier (2010), Memory 18, 394–412; canonical values: letters of 500 ms every 3000 ms,
//! 20 + n a part with 6 matches. Lures (the same as n − 1 or n + 1 letters ago) are planned and
//! counted; there are no matches and no lures by accident. One key, for matches only.

mod params;
mod score;
mod sequence;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook, SceneId,
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Ink, Shape},
    script::{Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::parts,
};
use contract::task::Extra;
use params::Nback;
use sequence::{Kind, LETTERS, Sequence};
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "nback",
    version: "1",
    name: words("N-back", "N-back"),
    summary: words(
        "Press when a letter is the same as n letters ago. Measures updating of working memory.",
        "Appuyer quand une lettre est la même que n lettres plus tôt. Mesure la mise à jour de la mémoire de travail.",
    ),
    domain: "memory",
    source: "Kirchner 1958, J Exp Psychol 55:352–358; Jaeggi et al. 2010, Memory 18:394–412",
    group: Group::Memory,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::RestartBlock,
    texts: texts::TEXTS,
    minutes: |params| Nback::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(Nback::new(params)),
    score: score::score,
};

const MATCH: Choice = Choice(0);

/// Pause after a practice trial and its feedback, milliseconds.
const REST: f64 = 300.0;

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Start => "start",
        Kind::Target => "target",
        Kind::Lure => "lure",
        Kind::Other => "other",
    }
}

fn letter(text: &str) -> Scene {
    Scene::new(text).with(Shape::Text(text.into()), [0, 0, 500, 260], Ink::Ink)
}

impl Nback {
    fn trial(
        &self,
        sequence: &Sequence,
        i: usize,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let kind = sequence.kinds[i];
        let text = LETTERS[usize::from(sequence.letters[i])];
        let correct = (kind == Kind::Target).then_some(MATCH);
        let script = Script {
            steps: smallvec![
                Step::target(scenes.add(letter(text)), self.stimulus),
                Step::window(SceneId::BLANK, self.soa - self.stimulus),
            ],
            feedback,
            iti_ms: if feedback.is_some() { REST } else { 0.0 },
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        TrialPlan::new(word(kind), text.into(), correct, script)
            .with("level", Extra::Int(i64::try_from(sequence.level).unwrap_or(0)))
            .with("lure", Extra::Text(sequence.lure(i).into()))
    }
}

impl Task for Nback {
    /// Each level: its page, practice with feedback, then its parts as streams.
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for level in self.each_level() {
            let intro = ["intro.back1", "intro.back2", "intro.back3", "intro.back4"]
                [usize::from(level - 1).min(3)];
            let n = u32::from(level);
            let first = blocks.len();
            if self.practice.trials > 0 {
                let practice = Block::practice(self.practice.trials + n, self.practice.criterion);
                blocks.push(practice.part(level));
            }
            let test = Block::test(self.trials + n).part(level).stream();
            blocks.extend((0..self.blocks).map(|_| test));
            if let Some(block) = blocks.get_mut(first) {
                *block = block.intro(intro);
            }
        }
        blocks
    }

    fn responses(&self) -> Responses {
        Responses {
            options: vec![ResponseOption::new("match", &["Space", "Enter"], Some(Zone::ALL))],
            any_key: true,
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![None]
    }

    fn picture(&self, intro: &str) -> Option<Scene> {
        let row = match intro {
            "intro.back1" => "K  M  M",
            "intro.back2" => "K  M  K",
            "intro.back3" => "K  M  R  K",
            _ => "K  M  R  F  K",
        };
        Some(Scene::new(row).with(Shape::Text(row.into()), [0, 0, 950, 150], Ink::Ink))
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let counts = match block.criterion {
            // A third of matches, so that there are some in a short sequence
            Some(_) => [self.practice.trials, self.practice.trials.div_ceil(3), 0],
            None => [self.trials, self.targets, self.lures],
        };
        let sequence = Sequence::new(block.part, counts, rng)?;
        let trials = 0..sequence.kinds.len();
        Ok(trials.map(|i| self.trial(&sequence, i, scenes, feedback)).collect())
    }
}
