//! Simple reaction time: an X in a box, one answer.
//!
//! After Deary, Liewald and Nissan (2011), "A free, easy-to-use, computer-based simple and
//! four-choice reaction time programme", Behavior Research Methods 43, 258–268: 8 practice and 20
//! test trials, time between a response and the next X uniform from 1 to 3 s, any key. Own
//! additions: feedback and a criterion in practice, breaks.

mod params;
mod score;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook,
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Ink, Shape},
    script::{Ends, Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::parts,
};
use contract::task::Extra;
use params::SimpleRt;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "simple_rt",
    version: "1",
    name: words("Simple reaction time", "Temps de réaction simple"),
    summary: words(
        "Press as soon as the X appears. Measures processing speed and its variability.",
        "Appuyer dès que le X apparaît. Mesure la vitesse de traitement et sa variabilité.",
    ),
    domain: "speed",
    source: "Deary, Liewald & Nissan 2011, Behavior Research Methods 43:258–268",
    group: Group::Speed,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| SimpleRt::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(SimpleRt::new(params)),
    score: score::score,
};

fn empty_box() -> Scene {
    Scene::new("box").with(Shape::Frame, [0, 0, 320, 320], Ink::Muted)
}

fn target() -> Scene {
    let mut scene = empty_box().with(Shape::Cross, [0, 0, 200, 200], Ink::Ink);
    scene.name = "target".into();
    scene
}

impl SimpleRt {
    fn trial(
        &self,
        foreperiod: i64,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let [empty, target] = [empty_box(), target()].map(|scene| scenes.add(scene));
        let script = Script {
            steps: smallvec![Step::lead(empty, 0.0), Step::target(target, self.timeout)],
            ends: Ends::OnResponse,
            feedback,
            rest: empty,
            lead_includes_rest: true,
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        let mut plan = TrialPlan::new("target", "X".into(), Some(Choice(0)), script);
        set_foreperiod(&mut plan, foreperiod);
        plan
    }

    fn draw(&self, rng: &mut Rng) -> i64 {
        rng.whole(self.foreperiod_min, self.foreperiod_max)
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds in milliseconds")]
fn set_foreperiod(plan: &mut TrialPlan, foreperiod: i64) {
    if let Some(lead) = plan.script.steps.first_mut() {
        lead.ms = foreperiod as f64;
    }
    plan.set("foreperiod_ms", Extra::Int(foreperiod));
}

impl Task for SimpleRt {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.practice, self.trials, self.blocks)
    }

    fn responses(&self) -> Responses {
        Responses {
            options: vec![ResponseOption::new("press", &["Space", "Enter"], Some(Zone::ALL))],
            any_key: true,
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![Some(target())]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        Ok((0..block.trials).map(|_| self.trial(self.draw(rng), scenes, feedback)).collect())
    }

    /// Somebody who saw the foreperiod begin must not know its length.
    fn redraw(&self, plan: &mut TrialPlan, rng: &mut Rng) {
        set_foreperiod(plan, self.draw(rng));
    }
}
