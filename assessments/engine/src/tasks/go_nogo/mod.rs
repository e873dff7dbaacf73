//! Go/no-go: press at discs, not at squares.
//!
//! The form that most studies share (Simmonds, Pekar and Mostofsky 2008, "Meta-analysis of Go/No-go
//! tasks demonstrating that fMRI activation associated with response inhibition is task-dependent",
//! Neuropsychologia 46, 224–232): 75 to 80 % go trials, short stimuli, 1 to 1.5 s from one to the
//! next, 1 to 4 go trials before each no-go (canonical values). Signs differ in shape, not in
//! colour. Each sign comes at a fixed time after the one before, whatever is answered.

mod params;
mod score;
mod texts;

use crate::{
    Responses, Scene, SceneBook, SceneId,
    params::Params,
    rng::Rng,
    scene::{Ink, Shape},
    script::{Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{
        parts,
        streams::{self, PRESS, milliseconds},
    },
};
use contract::task::Extra;
use params::GoNogo;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "go_nogo",
    version: "1",
    name: words("Go/No-go", "Go/No-go"),
    summary: words(
        "Press at every disc, not at the rare squares. Measures the control of impulses.",
        "Appuyer à chaque disque, pas aux rares carrés. Mesure le contrôle des impulsions.",
    ),
    domain: "attention",
    source: "Simmonds, Pekar & Mostofsky 2008, Neuropsychologia 46:224–232",
    group: Group::Speed,
    params: params::PARAMS,
    presets: params::PRESETS,
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| GoNogo::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(GoNogo::new(params)),
    score: score::score,
};

const SIZE: [i32; 4] = [0, 0, 260, 260];

fn go() -> Scene {
    Scene::new("go").with(Shape::Disc, SIZE, Ink::Ink)
}

fn no_go() -> Scene {
    Scene::new("no_go").with(Shape::Block, SIZE, Ink::Ink)
}

impl GoNogo {
    fn trial(
        &self,
        is_go: bool,
        before: u32,
        soa: i64,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let sign = if is_go { go() } else { no_go() };
        let stimulus = if is_go { "O" } else { "#" };
        let script = Script {
            steps: smallvec![
                Step::target(scenes.add(sign), self.stimulus),
                Step::window(SceneId::BLANK, milliseconds(soa) - self.stimulus),
            ],
            feedback,
            iti_ms: streams::REST,
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        let condition = if is_go { "go" } else { "no_go" };
        let mut plan = TrialPlan::new(condition, stimulus.into(), is_go.then_some(PRESS), script);
        plan.lean = Some(PRESS);
        plan.with("n_go_before", Extra::Int(before.into())).with("soa_ms", Extra::Int(soa))
    }
}

impl Task for GoNogo {
    fn blocks(&self) -> Vec<Block> {
        streams::blocks(self.practice, self.trials, self.blocks)
    }

    fn responses(&self) -> Responses {
        streams::responses()
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        let both = Scene::new("signs").with(Shape::Disc, [-220, 0, 200, 200], Ink::Ink).with(
            Shape::Block,
            [220, 0, 200, 200],
            Ink::Ink,
        );
        vec![Some(both), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let (gos, no_gos) = self.split(block.trials);
        let order = streams::alternate(gos, no_gos, self.max_gos, rng)?;
        let before = streams::gos_before(&order);
        let trial = |(is_go, before): (bool, u32)| {
            let soa = rng.whole(self.soa_min, self.soa_max);
            self.trial(is_go, before, soa, scenes, feedback)
        };
        Ok(order.into_iter().zip(before).map(trial).collect())
    }
}
