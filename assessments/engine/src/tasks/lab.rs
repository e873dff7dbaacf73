//! A task for tests of the framework: one small script for each feature.

use crate::{
    Choice, Press, Responses, Scene, SceneBook, SceneId,
    params::{ParamKind, ParamSpec, Params, Value},
    responses::ResponseOption,
    rng::Rng,
    scene::{Ink, Shape},
    script::{Early, Ends, Feedback, Script, Step, TrialPlan},
    spec::{
        Answer, Before, Block, Group, Outcome, Preset, Reaction, ResumePolicy, Task, TaskSpec,
        words,
    },
};
use contract::task::{Extra, Trial};
use smallvec::smallvec;

pub(crate) const SPEC: TaskSpec = TaskSpec {
    id: "lab",
    version: "1",
    name: words("Lab", "Labo"),
    summary: words("For tests.", "Pour les tests."),
    domain: "attention",
    source: "none",
    group: Group::Speed,
    params: &[ParamSpec {
        name: "mode",
        kind: ParamKind::Choice {
            default: "vigil",
            options: &["vigil", "restart", "stop", "stream", "cards", "span", "parts", "cue"],
        },
        unit: "",
        label: words("Mode", "Mode"),
        meaning: words("What is tried.", "Ce qui est essayé."),
        source: None,
    }],
    presets: &[Preset {
        id: "children",
        name: words("Children", "Enfants"),
        meaning: words("From 6 to 9 years.", "De 6 à 9 ans."),
        source: "nobody",
        values: &[("mode", Value::Choice("span"))],
    }],
    resume: ResumePolicy::NextTrial,
    texts: &[("answer.b", words("Second", "Second"))],
    minutes: |_| 1.0,
    check: |_| Vec::new(),
    build: |params: &Params| Box::new(Lab { mode: params.choice("mode") }),
    score: |_, _, _| (),
};

/// The same with blocks that begin again after an interruption.
pub(crate) const RESTARTING: TaskSpec =
    TaskSpec { id: "lab_restarting", resume: ResumePolicy::RestartBlock, ..SPEC };

struct Lab {
    mode: &'static str,
}

fn scene(name: &str) -> Scene {
    Scene::new(name).with(Shape::Disc, [0, 0, 100, 100], Ink::Ink)
}

impl Lab {
    fn trial(&self, i: u32, scenes: &mut SceneBook) -> TrialPlan {
        let mut add = |name: &str| scenes.add(scene(name));
        let [wait, target, signal, mask, rest] =
            ["wait", "target", "signal", "mask", "rest"].map(&mut add);
        let [right, wrong, slow, early] = ["right", "wrong", "slow", "early"].map(&mut add);
        let rt = (self.mode == "vigil").then(|| scenes.digits([0, 0, 100], Ink::Ink));
        let feedback = Some(Feedback { right, wrong, slow, early, ms: 500.0, rt });
        let base = Script { rest, iti_ms: 500.0, anticipation_ms: 100.0, ..Script::default() };
        let go = Some(Choice(0));
        let script = match self.mode {
            "stream" => Script {
                steps: smallvec![Step::target(target, 250.0), Step::window(mask, 900.0)],
                ..base
            },
            "stop" => Script {
                steps: smallvec![
                    Step::lead(wait, 250.0),
                    Step::target(target, 200.0),
                    Step::signal(signal, 1000.0),
                ],
                ends: Ends::OnResponse,
                ..base
            },
            "cue" => Script {
                steps: smallvec![
                    Step::lead(wait, 500.0),
                    Step::signal(signal, 100.0),
                    Step::lead(SceneId::BLANK, 400.0),
                    Step::target(target, 1000.0),
                ],
                ends: Ends::OnResponse,
                ..base
            },
            "span" => Script {
                steps: smallvec![Step::lead(wait, 500.0), Step::target(target, 5000.0)],
                ends: Ends::WhenTold,
                feedback,
                ..base
            },
            mode => Script {
                steps: smallvec![Step::lead(wait, 1000.0), Step::target(target, 1000.0)],
                ends: Ends::OnResponse,
                early: match mode {
                    "vigil" => Early::Ends,
                    "restart" => Early::Restarts,
                    _ => Early::Counts,
                },
                feedback,
                ..base
            },
        };
        let correct = if self.mode == "stop" { None } else { go };
        let mut plan = TrialPlan::new(self.mode, format!("{i}"), correct, script);
        plan.lean = go;
        plan
    }
}

impl Task for Lab {
    fn blocks(&self) -> Vec<Block> {
        match self.mode {
            "vigil" => vec![Block::test(100).timed(10_000.0)],
            "stream" => vec![Block::test(6).stream()],
            "parts" => vec![
                Block::test(1),
                Block::test(1).part(1).intro("backward"),
                Block::test(1).part(2),
            ],
            _ => vec![Block::test(20)],
        }
    }

    fn responses(&self) -> Responses {
        Responses {
            options: vec![
                ResponseOption::new("a", &["KeyA"], None),
                ResponseOption::new("b", &["KeyB"], None),
            ],
            buttons: true,
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![None]
    }

    fn plan(
        &self,
        block: &Block,
        _text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        _rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        Ok((0..block.trials).map(|i| self.trial(i, scenes)).collect())
    }

    /// A staircase: 50 ms later after a stop, sooner after a failure.
    fn tailor(&self, plan: &mut TrialPlan, before: Before<'_>, rng: &mut Rng) {
        if self.mode == "stop" {
            let steps = before.here().map(|t| if t.resp_code.is_none() { 50 } else { -50 });
            let delay: i64 = 200 + steps.sum::<i64>();
            #[expect(clippy::cast_precision_loss, reason = "small")]
            plan.script.set_delay(delay as f64);
            plan.set("ssd_plan_ms", Extra::Int(delay));
            plan.set("drawn", Extra::Int(rng.whole(0, 1_000_000)));
        }
    }

    fn enough(&self, _block: &Block, before: Before<'_>) -> bool {
        self.mode == "cards" && before.here().filter(|t| t.correct == Some(true)).count() >= 3
    }

    /// The second trial says the contrary of the truth.
    fn outcome(&self, plan: &TrialPlan, answer: Answer<'_>) -> Option<Outcome> {
        let feedback = plan.script.feedback.filter(|_| self.mode == "cards")?;
        let lie = plan.stimulus == "1";
        let scene = if answer.right == lie { feedback.wrong } else { feedback.right };
        Some(Outcome::new(scene, 300.0))
    }

    /// Three presses make the answer: a, b, a. Each lights a layer; the mask stays on from the second.
    fn react(&self, plan: &TrialPlan, presses: &[Press]) -> Reaction {
        let layer = |by: u16| SceneId(plan.script.rest.0 - by);
        let mut reaction = Reaction { flash: Some((layer(2), 100.0)), ..Reaction::default() };
        if presses.len() == 2 {
            reaction.lay.push((layer(1), true));
        }
        if presses.len() == 3 {
            let codes = presses.iter().map(|press| press.choice.0);
            reaction.done = Some(codes.eq([0, 1, 0]));
        }
        reaction
    }

    fn solution(&self, _plan: &TrialPlan) -> Vec<Choice> {
        vec![Choice(0), Choice(1), Choice(0)]
    }

    fn annotate(&self, trial: &mut Trial, _before: &[Trial]) {
        if self.mode == "span" && !trial.interrupted {
            let codes: Vec<&str> = trial.actions.iter().map(|a| a.code.as_str()).collect();
            trial.correct_code = Some("aba".into());
            trial.resp_code = (!codes.is_empty()).then(|| codes.concat());
        }
    }
}
