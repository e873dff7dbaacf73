//! Task switching: is the digit odd or even, small or large? A question before it says which.
//!
//! After Rogers and Monsell (1995), "Costs of a predictable switch between simple cognitive tasks",
//! Journal of Experimental Psychology: General 124, 207–231, with random, cued switches (Meiran 1996,
//! Journal of Experimental Psychology: Learning, Memory, and Cognition 22, 1423–1442) and the digit
//! tasks of Sudevan and Taylor (1987). First each task alone, then both mixed with one half of
//! switches. Digits never repeat; every digit comes equally often in each task, transition and
//! preparation; half of the digits ask for the same side in both tasks.

mod params;
mod score;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook, SceneId,
    arrange::{Cell, Feature, arrange_where},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Heading, Ink, Shape},
    script::{Ends, Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, usual::text_of},
};
use contract::task::{Extra, Trial};
use params::TaskSwitching;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "task_switching",
    version: "1",
    name: words("Task switching", "Alternance de tâches"),
    summary: words(
        "Judge digits by one of two questions that change. Measures the cost of switching and of readiness for both.",
        "Juger des chiffres selon une question sur deux, qui change. Mesure le coût de l’alternance et de la double consigne.",
    ),
    domain: "executive",
    source: "Rogers & Monsell 1995, J Exp Psychol Gen 124:207–231; Meiran 1996, J Exp Psychol LMC 22:1423–1442",
    group: Group::Planning,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| TaskSwitching::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(TaskSwitching::new(params)),
    score: score::score,
};

/// Left: odd, small.
const LEFT: Choice = Choice(0);
/// Right: even, large.
const RIGHT: Choice = Choice(1);

const DIGITS: [u8; 8] = [1, 2, 3, 4, 6, 7, 8, 9];

/// Parts: one task alone, or both.
const PARITY: u8 = 0;
const SIZE: u8 = 1;
const BOTH: u8 = 2;

/// Code and key of the question, by part.
const TASKS: [(&str, &str); 2] = [("parity", "question.parity"), ("size", "question.size")];

/// One trial to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    /// [`PARITY`] or [`SIZE`].
    task: u8,
    switch: bool,
    /// Index into `csi`.
    delay: usize,
    digit: u8,
}

const fn answer(task: u8, digit: u8) -> Choice {
    let right = if task == PARITY { digit.is_multiple_of(2) } else { digit > 5 };
    if right { RIGHT } else { LEFT }
}

const fn is_congruent(digit: u8) -> bool {
    answer(PARITY, digit).0 == answer(SIZE, digit).0
}

fn reminder(text: &dyn Fn(&str) -> String) -> Scene {
    let side = |scene: Scene, x: i32, parity: &str, size: &str| {
        scene.with(Shape::Text(text(parity)), [x, 340, 400, 52], Ink::Muted).with(
            Shape::Text(text(size)),
            [x, 410, 400, 52],
            Ink::Muted,
        )
    };
    let scene = side(Scene::new("reminder"), -280, "answer.odd", "answer.small");
    side(scene, 280, "answer.even", "answer.large")
}

impl TaskSwitching {
    fn trial(
        &self,
        kind: Kind,
        (condition, mixed): (&'static str, bool),
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let Kind { task, delay, digit, .. } = kind;
        let (code, question) = TASKS[usize::from(task)];
        let under = if self.reminder { scenes.add(reminder(text)) } else { SceneId::BLANK };
        let words = Shape::Text(text(question));
        let cue = Scene::new(question).with(words, [0, -190, 900, 76], Ink::Ink);
        let figure = Shape::Text(digit.to_string());
        let figure = Scene::new(&format!("digit {digit}")).with(figure, [0, 0, 300, 230], Ink::Ink);
        let [cue, figure] = [cue, figure].map(|scene| scenes.add(scene));
        let none = SceneId::BLANK;
        #[expect(clippy::cast_precision_loss, reason = "milliseconds far below 2^53")]
        let [csi, rsi] = [self.csi[delay], self.rsi].map(|ms| ms as f64);
        let script = Script {
            steps: smallvec![
                Step::lead(under, rsi - csi),
                Step::signal(under, csi).over([cue, none, none, none]),
                Step::target(under, self.usual.timeout).over([cue, figure, none, none]),
            ],
            ends: Ends::OnResponse,
            feedback,
            rest: under,
            lead_includes_rest: true,
            anticipation_ms: self.usual.anticipation,
            ..Script::default()
        };
        let congruency = if is_congruent(digit) { "congruent" } else { "incongruent" };
        let right = answer(task, digit);
        TrialPlan::new(condition, format!("{code} {digit}"), Some(right), script)
            .with("task", Extra::Text(code.into()))
            .with("csi_ms", Extra::Int(self.csi[delay]))
            .with("congruency", Extra::Text(congruency.into()))
            .with("mixed", Extra::Flag(mixed))
    }

    /// One task alone, each digit as often with each delay.
    fn single(&self, task: u8, trials: u32, rng: &mut Rng) -> Result<Vec<Kind>, String> {
        let kinds: Vec<Kind> = DIGITS
            .iter()
            .flat_map(|digit| {
                [0, 1].map(|delay| Kind { task, switch: false, delay, digit: *digit })
            })
            .collect();
        self.order(&kinds, trials / params::SINGLE, rng)
    }

    /// Both tasks, every kind equally often: a switch is a trial whose task differs from the one before.
    fn mixed(&self, trials: u32, rng: &mut Rng) -> Result<Vec<Kind>, String> {
        let mut kinds = Vec::new();
        for task in [PARITY, SIZE] {
            for switch in [false, true] {
                for delay in [0, 1] {
                    kinds.extend(DIGITS.map(|digit| Kind { task, switch, delay, digit }));
                }
            }
        }
        self.order(&kinds, trials / params::MIXED, rng)
    }

    fn order(&self, kinds: &[Kind], each: u32, rng: &mut Rng) -> Result<Vec<Kind>, String> {
        let single = kinds.iter().all(|kind| !kind.switch);
        let cell = |kind: &Kind| Cell {
            count: each,
            levels: smallvec![if single { Cell::FREE } else { u8::from(kind.switch) }],
        };
        let cells: Vec<Cell> = kinds.iter().map(cell).collect();
        let features = [Feature { name: "transition", max_run: self.max_run }];
        let beside = |before: usize, next: usize| {
            let (before, next) = (kinds[before], kinds[next]);
            before.digit != next.digit && (before.task != next.task) == next.switch
        };
        let order = arrange_where(&cells, &features, &beside, rng)?;
        Ok(order.into_iter().map(|i| kinds[i]).collect())
    }

    /// Trials of practice: tasks by turns of two, other digits each time.
    fn practice(&self, part: u8, trials: u32, rng: &mut Rng) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = Vec::new();
        for i in 0..trials {
            let task = match part {
                BOTH => u8::from(i / 2 % 2 == 1),
                task => task,
            };
            let before = kinds.last().map(|kind| (kind.task, kind.digit));
            let others: Vec<u8> =
                DIGITS.into_iter().filter(|digit| before.is_none_or(|b| b.1 != *digit)).collect();
            let digit = others[rng.below(u32::try_from(others.len()).unwrap_or(1)) as usize];
            let switch = before.is_some_and(|b| b.0 != task);
            kinds.push(Kind { task, switch, delay: usize::from(rng.below(2) == 1), digit });
        }
        kinds
    }

    /// The trial that begins a part: it is neither switch nor repetition.
    fn opening(&self, first: Kind, rng: &mut Rng) -> Kind {
        let task = if first.switch { 1 - first.task } else { first.task };
        let others: Vec<u8> = DIGITS.into_iter().filter(|digit| *digit != first.digit).collect();
        let digit = others[rng.below(7) as usize];
        Kind { task, switch: false, delay: usize::from(rng.below(2) == 1), digit }
    }
}

impl Task for TaskSwitching {
    fn blocks(&self) -> Vec<Block> {
        let parts::Practice { trials, criterion } = self.usual.practice;
        let tasks = if self.parity_first { [PARITY, SIZE] } else { [SIZE, PARITY] };
        let intro = |part: u8| ["intro.parity", "intro.size", "intro.both"][usize::from(part)];
        let mut blocks = Vec::new();
        // The page stands before practice, or before the test where nothing is practised
        let mut add = |part: u8, trials: u32, tests: &[u32]| {
            let practised = trials > 0;
            if practised {
                blocks.push(Block::practice(trials, criterion).part(part).intro(intro(part)));
            }
            for (i, n) in tests.iter().enumerate() {
                let block = Block::test(n + 1).part(part);
                let opens = i == 0 && !practised;
                blocks.push(if opens { block.intro(intro(part)) } else { block });
            }
        };
        for task in tasks {
            add(task, trials, &[self.single_trials]);
        }
        let parts = self.usual.blocks.max(1);
        add(BOTH, 2 * trials, &vec![self.usual.trials / parts; parts as usize]);
        blocks
    }

    fn responses(&self) -> Responses {
        let option = |code, keys, zone| ResponseOption::new(code, keys, Some(zone));
        Responses {
            options: vec![
                option("left", &["ArrowLeft", "KeyF"], Zone::LEFT_HALF),
                option("right", &["ArrowRight", "KeyJ"], Zone::RIGHT_HALF),
            ],
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        let example = Scene::new("7").with(Shape::Text("7".into()), [0, 0, 300, 230], Ink::Ink);
        vec![Some(example)]
    }

    fn picture(&self, intro: &str) -> Option<Scene> {
        let digits = match intro {
            "intro.parity" => ["1 3 7 9", "2 4 6 8"],
            "intro.size" => ["1 2 3 4", "6 7 8 9"],
            _ => return None,
        };
        let [left, right] = digits.map(|digits| Shape::Text(digits.into()));
        let scene = Scene::new("sides")
            .with(left, [-250, -70, 440, 110], Ink::Ink)
            .with(Shape::Arrow(Heading::Left), [-250, 90, 160, 100], Ink::Ink)
            .with(right, [250, -70, 440, 110], Ink::Ink)
            .with(Shape::Arrow(Heading::Right), [250, 90, 160, 100], Ink::Ink);
        Some(scene)
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let kinds = if block.criterion.is_some() {
            self.practice(block.part, block.trials, rng)
        } else {
            let trials = block.trials.saturating_sub(1);
            let mut kinds = match block.part {
                BOTH => self.mixed(trials, rng)?,
                task => self.single(task, trials, rng)?,
            };
            let first = kinds.first().copied().map(|first| self.opening(first, rng));
            kinds.splice(0..0, first);
            kinds
        };
        let condition = |i: usize, kind: Kind| match (i, block.part, kind.switch) {
            (0, ..) => "first",
            (_, BOTH, true) => "switch",
            (_, BOTH, false) => "repeat",
            _ => "single",
        };
        let trial = |(i, kind): (usize, Kind)| {
            self.trial(kind, (condition(i, kind), block.part == BOTH), text, scenes, feedback)
        };
        Ok(kinds.into_iter().enumerate().map(trial).collect())
    }

    /// What the trial really was: one that is run again later has another neighbour.
    fn annotate(&self, trial: &mut Trial, before: &[Trial]) {
        let here =
            |t: &&Trial| (t.block, t.attempt) == (trial.block, trial.attempt) && !t.interrupted;
        let mixed = matches!(trial.extra.get("mixed"), Some(Extra::Flag(true)));
        let condition = match before.last().filter(here) {
            None => "first",
            Some(_) if !mixed => "single",
            Some(last) if text_of(last, "task") == text_of(trial, "task") => "repeat",
            Some(_) => "switch",
        };
        trial.condition = condition.into();
    }
}
