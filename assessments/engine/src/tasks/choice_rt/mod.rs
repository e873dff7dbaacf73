//! Choice reaction time: in which of four boxes is the X?
//!
//! After Deary, Liewald and Nissan (2011), "A free, easy-to-use, computer-based simple and
//! four-choice reaction time programme", Behavior Research Methods 43, 258–268: 8 practice and 40
//! test trials, 10 for each box, time between a response and the next X uniform from 1 to 3 s, keys
//! of the lower row (canonical values). Own additions: the keys D, F, J, K and 1 to 4, touch,
//! at most three in a row in one box, feedback and a criterion in practice, breaks.

mod params;
mod score;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook,
    arrange::{Cell, Feature, arrange},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Ink, Shape},
    script::{Ends, Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, usual},
};
use contract::task::{Extra, Trial};
use params::{BOXES, ChoiceRt};
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "choice_rt",
    version: "1",
    name: words("Choice reaction time", "Temps de réaction au choix"),
    summary: words(
        "Say in which of four boxes the X appears. Measures processing speed with a choice.",
        "Dire dans lequel de quatre carrés le X apparaît. Mesure la vitesse de traitement avec un choix.",
    ),
    domain: "speed",
    source: "Deary, Liewald & Nissan 2011, Behavior Research Methods 43:258–268",
    group: Group::Speed,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| {
        let task = ChoiceRt::new(params);
        task.usual.minutes(task.wait.mean() / 1000.0 + 0.5)
    },
    check: params::check,
    build: |params: &Params| Box::new(ChoiceRt::new(params)),
    score: score::score,
};

/// The four boxes, from left to right: as condition, as response code.
const CODES: [&str; 4] = ["box_1", "box_2", "box_3", "box_4"];

/// Centre of a box, thousandths of the stage's short side; boxes are 200 wide, 40 apart.
const fn place(location: u8) -> i32 {
    location as i32 * 240 - 360
}

fn empty_boxes() -> Scene {
    (0..4).fold(Scene::new("boxes"), |scene, location| {
        scene.with(Shape::Frame, [place(location), 0, 200, 200], Ink::Muted)
    })
}

fn target(location: u8) -> Scene {
    let mut scene = empty_boxes().with(Shape::Cross, [place(location), 0, 120, 120], Ink::Ink);
    scene.name = CODES[usize::from(location)].into();
    scene
}

/// From half-way to the box on the left to half-way to the one on the right; the outer ones on and on.
const fn zone(location: u8) -> Zone {
    let mut zone = Zone::ALL;
    if location > 0 {
        zone.left = place(location) - 120;
    }
    if location < 3 {
        zone.right = place(location) + 119;
    }
    zone
}

impl ChoiceRt {
    fn trial(&self, location: u8, scenes: &mut SceneBook, feedback: Option<Feedback>) -> TrialPlan {
        let [empty, shown] = [empty_boxes(), target(location)].map(|scene| scenes.add(scene));
        let script = Script {
            steps: smallvec![Step::lead(empty, 0.0), Step::target(shown, self.usual.timeout)],
            ends: Ends::OnResponse,
            feedback,
            rest: empty,
            lead_includes_rest: true,
            anticipation_ms: self.usual.anticipation,
            ..Script::default()
        };
        let code = CODES[usize::from(location)];
        TrialPlan::new(code, (location + 1).to_string(), Some(Choice(location)), script)
            .with("location", Extra::Int(i64::from(location) + 1))
    }
}

impl Task for ChoiceRt {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.usual.practice, self.usual.trials, self.usual.blocks)
    }

    fn responses(&self) -> Responses {
        let option = |location: u8, keys| {
            ResponseOption::new(CODES[usize::from(location)], keys, Some(zone(location)))
        };
        Responses {
            options: vec![
                option(0, &["KeyD", "KeyZ", "Digit1", "Numpad1"]),
                option(1, &["KeyF", "KeyX", "Digit2", "Numpad2"]),
                option(2, &["KeyJ", "Comma", "Digit3", "Numpad3"]),
                option(3, &["KeyK", "Period", "Digit4", "Numpad4"]),
            ],
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![Some(target(1)), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let cell = |location: u8| Cell { count: block.trials / BOXES, levels: smallvec![location] };
        let cells: Vec<Cell> = (0..4).map(cell).collect();
        let features = [Feature { name: "box", max_run: self.max_run }];
        let order = arrange(&cells, &features, rng)?;
        let trial = |i: usize| {
            let mut plan = self.trial(u8::try_from(i).unwrap_or(0), scenes, feedback);
            self.wait.draw(&mut plan, rng);
            plan
        };
        Ok(order.into_iter().map(trial).collect())
    }

    /// Somebody who saw the foreperiod begin must not know its length. The box stays, as the
    /// balance of the part rests on it.
    fn redraw(&self, plan: &mut TrialPlan, rng: &mut Rng) {
        self.wait.draw(plan, rng);
    }

    /// The box of the trial that was really run before, if there was one in this part.
    fn annotate(&self, trial: &mut Trial, before: &[Trial]) {
        usual::note_before(trial, before, "prev_location", |last| last.condition.clone());
    }
}
