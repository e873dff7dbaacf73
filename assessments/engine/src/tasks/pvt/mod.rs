//! Psychomotor vigilance task: press as soon as the dot comes up, for ten or three minutes.
//!
//! After Dinges and Powell (1985), "Microcomputer analyses of performance on a portable, simple
//! visual RT task during sustained operations", Behavior Research Methods 17, 652–655, and Basner
//! and Dinges (2011), "Maximizing sensitivity of the psychomotor vigilance test (PVT) to sleep loss",
//! Sleep 34, 581–591: 10 minutes by the clock, 2 to 10 s from a response to the next target, in which
//! the RT is shown for 1 s, lapses from 500 ms, false starts without a target or below 100 ms
//! (canonical values); the brief version PVT-B of Basner, Mollicone and Dinges (2011) is a preset. A
//! false start is a row of its own, and a new interval begins. Own version: a dot instead of a running counter, as the
//! frames of a counter would be what is measured on slow screens.

mod params;
mod score;
mod texts;

use crate::{
    Responses, Scene, SceneBook,
    params::Params,
    rng::Rng,
    scene::{Ink, Shape},
    script::{Early, Ends, Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::streams::{self, PRESS, milliseconds},
};
use contract::task::Extra;
use params::{Pvt, SHOWN};
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "pvt",
    version: "1",
    name: words("Psychomotor vigilance (PVT)", "Vigilance psychomotrice (PVT)"),
    summary: words(
        "Press as soon as the dot comes up, for ten minutes or three. Measures alertness and lapses of it.",
        "Appuyer dès que le point apparaît, pendant dix minutes ou trois. Mesure l’éveil et ses défaillances.",
    ),
    domain: "attention",
    source: "Dinges & Powell 1985, Behavior Research Methods 17:652–655; Basner & Dinges 2011, Sleep 34:581–591",
    group: Group::Speed,
    params: params::PARAMS,
    presets: params::PRESETS,
    resume: ResumePolicy::RestartBlock,
    texts: texts::TEXTS,
    minutes: |params| Pvt::new(params).planned_minutes(),
    check: params::check,
    build: |params: &Params| Box::new(Pvt::new(params)),
    score: score::score,
};

fn empty_box() -> Scene {
    Scene::new("box").with(Shape::Frame, [0, 0, 420, 260], Ink::Muted)
}

fn target() -> Scene {
    let mut scene = empty_box().with(Shape::Disc, [0, 0, 130, 130], Ink::Red);
    scene.name = "target".into();
    scene
}

impl Pvt {
    fn feedback(text: &dyn Fn(&str) -> String, scenes: &mut SceneBook) -> Feedback {
        let mut said = |key: &str, ink: Ink| {
            let mut scene = empty_box().with(Shape::Text(text(key)), [0, 220, 900, 80], ink);
            scene.name = key.into();
            scenes.add(scene)
        };
        let [wrong, slow, early] =
            ["feedback.wrong", "feedback.slow", "feedback.early"].map(|key| said(key, Ink::Bad));
        let right = said("feedback.right", Ink::Muted);
        // Four places from the right; the usual three are in the middle
        let rt = Some(scenes.digits([-36, 0, 120], Ink::Ink));
        Feedback { right, wrong, slow, early, ms: milliseconds(SHOWN), rt }
    }

    fn trial(&self, scenes: &mut SceneBook, feedback: Feedback, rng: &mut Rng) -> TrialPlan {
        let [empty, target] = [empty_box(), target()].map(|scene| scenes.add(scene));
        let script = Script {
            steps: smallvec![Step::lead(empty, 0.0), Step::target(target, self.timeout)],
            ends: Ends::OnResponse,
            early: Early::Ends,
            feedback: Some(feedback),
            rest: empty,
            lead_includes_rest: true,
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        let mut plan = TrialPlan::new("target", "dot".into(), Some(PRESS), script);
        self.draw(&mut plan, rng);
        plan
    }

    /// The interval without the second in which the RT before is shown.
    fn draw(&self, plan: &mut TrialPlan, rng: &mut Rng) {
        let rsi = rng.whole(self.rsi_min, self.rsi_max);
        if let Some(lead) = plan.script.steps.first_mut() {
            lead.ms = milliseconds(rsi - SHOWN);
        }
        plan.set("rsi_ms", Extra::Int(rsi));
    }
}

impl Task for Pvt {
    fn blocks(&self) -> Vec<Block> {
        vec![
            Block::practice(self.practice.trials, self.practice.criterion),
            Block::test(self.most_trials()).timed(self.minutes * 60_000.0),
        ]
    }

    fn responses(&self) -> Responses {
        streams::responses()
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![Some(target()), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = Self::feedback(text, scenes);
        Ok((0..block.trials).map(|_| self.trial(scenes, feedback, rng)).collect())
    }

    /// Somebody who saw the interval begin must not know its length.
    fn redraw(&self, plan: &mut TrialPlan, rng: &mut Rng) {
        self.draw(plan, rng);
    }
}
