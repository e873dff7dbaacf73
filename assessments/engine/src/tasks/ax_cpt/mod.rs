//! AX-CPT: was it an X after an A?
//!
//! After Barch, Braver, Nystrom, Forman, Noll and Cohen (1997), "Dissociating working memory from
//! task difficulty in human prefrontal cortex", Neuropsychologia 35, 1373–1380, and Braver (2012):
//! a letter for 0.5 s, a delay of 1 to 5 s, a letter for 0.5 s; 70 % A then X, 10 % each A then
//! another, another then X, two others; at most three pairs other than AX in a row (canonical
//! values). A and X come nowhere else, K and Y never: they look like X. Own version: one answer a
//! pair, to the second letter; the delay is drawn for each pair.

mod params;
mod score;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook, SceneId,
    arrange::{Cell, Feature, arrange},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Ink, Shape},
    script::{Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{
        parts,
        streams::{self, milliseconds},
    },
};
use contract::task::Extra;
use params::AxCpt;
use smallvec::{SmallVec, smallvec};

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "ax_cpt",
    version: "1",
    name: words("AX-CPT", "AX-CPT"),
    summary: words(
        "Tell an X after an A from all other pairs of letters. Measures how a goal is kept in mind.",
        "Distinguer un X après un A de toutes les autres paires de lettres. Mesure le maintien d’un but.",
    ),
    domain: "executive",
    source: "Barch et al. 1997, Neuropsychologia 35:1373–1380",
    group: Group::Speed,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| AxCpt::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(AxCpt::new(params)),
    score: score::score,
};

/// Pairs: whether the first letter is an A, whether the second is an X.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Ax,
    Ay,
    Bx,
    By,
}

impl Pair {
    const ALL: [Self; 4] = [Self::Ax, Self::Ay, Self::Bx, Self::By];

    const fn word(self) -> &'static str {
        match self {
            Self::Ax => "ax",
            Self::Ay => "ay",
            Self::Bx => "bx",
            Self::By => "by",
        }
    }
}

const NO: Choice = Choice(0);
const YES: Choice = Choice(1);

/// Letters other than A and X.
const OTHERS: [&str; 16] =
    ["B", "C", "D", "E", "F", "G", "H", "L", "M", "N", "P", "R", "S", "T", "U", "Z"];

/// Height of a letter, thousandths of the stage.
const HEIGHT: i32 = 220;

/// One of the other letters.
fn other(rng: &mut Rng) -> &'static str {
    let n = u32::try_from(OTHERS.len()).unwrap_or(1);
    OTHERS[rng.below(n) as usize]
}

/// One of the other letters but the one given; each is as likely.
fn another(but: &str, rng: &mut Rng) -> &'static str {
    let n = u32::try_from(OTHERS.len()).unwrap_or(1);
    let i = rng.below(n - 1) as usize;
    let skip = usize::from(OTHERS[..=i].contains(&but));
    OTHERS[i + skip]
}

/// The two letters of a pair.
fn letters(pair: Pair, rng: &mut Rng) -> [&'static str; 2] {
    match pair {
        Pair::Ax => ["A", "X"],
        Pair::Ay => ["A", other(rng)],
        Pair::Bx => [other(rng), "X"],
        Pair::By => {
            let first = other(rng);
            [first, another(first, rng)]
        }
    }
}

impl AxCpt {
    fn trial(
        &self,
        pair: Pair,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
        rng: &mut Rng,
    ) -> TrialPlan {
        let [cue, probe] = letters(pair, rng);
        let [cue_scene, probe_scene] =
            [cue, probe].map(|letter| scenes.add(streams::glyph(letter, HEIGHT)));
        let delay = rng.whole(self.delay_min, self.delay_max);
        let mut steps: SmallVec<[Step; 4]> = smallvec![
            Step::lead(cue_scene, self.cue),
            Step::lead(SceneId::BLANK, milliseconds(delay)),
            Step::target(probe_scene, self.probe),
        ];
        let rest = self.usual.timeout - self.probe;
        if rest > 0.0 {
            steps.push(Step::window(SceneId::BLANK, rest));
        }
        let script = Script {
            steps,
            feedback,
            iti_ms: self.usual.iti,
            anticipation_ms: self.usual.anticipation,
            ..Script::default()
        };
        let correct = if pair == Pair::Ax { YES } else { NO };
        TrialPlan::new(pair.word(), [cue, probe].concat(), Some(correct), script)
            .with("cue", Extra::Text(cue.into()))
            .with("probe", Extra::Text(probe.into()))
            .with("delay_ms", Extra::Int(delay))
    }
}

impl Task for AxCpt {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.usual.practice, self.usual.trials, self.usual.blocks)
    }

    fn responses(&self) -> Responses {
        Responses {
            options: vec![
                ResponseOption::new("no", &["KeyF", "ArrowLeft"], Some(Zone::LEFT_HALF)),
                ResponseOption::new("yes", &["KeyJ", "ArrowRight"], Some(Zone::RIGHT_HALF)),
            ],
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        let pair = Scene::new("pair")
            .with(Shape::Text("A".into()), [-200, 0, 300, HEIGHT], Ink::Ink)
            .with(Shape::Arrow(crate::scene::Heading::Right), [0, 0, 90, 70], Ink::Muted)
            .with(Shape::Text("X".into()), [200, 0, 300, HEIGHT], Ink::Ink);
        vec![Some(pair), None, None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let (ax, each) = self.split(block.trials);
        let cell = |pair: &Pair| match pair {
            Pair::Ax => Cell { count: ax, levels: smallvec![Cell::FREE] },
            _ => Cell { count: each, levels: smallvec![0] },
        };
        let cells: Vec<Cell> = Pair::ALL.iter().map(cell).collect();
        let features = [Feature { name: "other pairs", max_run: self.max_others }];
        let order = arrange(&cells, &features, rng)?;
        let trial = |i: usize| self.trial(Pair::ALL[i % 4], scenes, feedback, rng);
        Ok(order.into_iter().map(trial).collect())
    }

    /// Somebody who saw the delay begin must not know its length.
    fn redraw(&self, plan: &mut TrialPlan, rng: &mut Rng) {
        let delay = rng.whole(self.delay_min, self.delay_max);
        if let Some(step) = plan.script.steps.get_mut(1) {
            step.ms = milliseconds(delay);
        }
        plan.set("delay_ms", Extra::Int(delay));
    }
}
