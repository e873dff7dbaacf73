//! Letter-number switching: of a pair such as G7, now the letter counts, now the number.
//!
//! After Rogers and Monsell (1995), "Costs of a predictable switch between simple cognitive tasks",
//! Journal of Experimental Psychology: General 124, 207–231; canonical values: letters G, K, M, R and
//! A, E, I, U, digits 2 to 9, pairs that go round four boxes clockwise, so that every second trial is a
//! switch. Or a word before each pair tells the question, in random order (Meiran 1996, Journal of
//! Experimental Psychology: Learning, Memory, and Cognition 22, 1423–1442). Questions, transitions,
//! sides and congruency come equally often with one another; no letter or digit comes twice in a row.

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
use params::LetterNumber;
use smallvec::{SmallVec, smallvec};

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "letter_number",
    version: "1",
    name: words("Letter-number switching", "Alternance lettre-nombre"),
    summary: words(
        "Judge the letter or the number of a pair, by turns. Measures the cost of switching.",
        "Juger tour à tour la lettre ou le nombre d’une paire. Mesure le coût de l’alternance.",
    ),
    domain: "working_memory",
    source: "Rogers & Monsell 1995, J Exp Psychol Gen 124:207–231",
    group: Group::Memory,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| LetterNumber::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(LetterNumber::new(params)),
    score: score::score,
};

/// Left: consonant, odd. Right: vowel, even.
const LEFT: Choice = Choice(0);
const RIGHT: Choice = Choice(1);

/// Letters and digits by side.
const LETTERS: [&[u8; 4]; 2] = [b"GKMR", b"AEIU"];
const DIGITS: [&[u8; 4]; 2] = [b"3579", b"2468"];

/// Parts: one question alone, or both.
const LETTER: u8 = 0;
const NUMBER: u8 = 1;
const BOTH: u8 = 2;

/// Code and key of the word, by question.
const QUESTIONS: [(&str, &str); 2] = [("letter", "cue.letter"), ("number", "cue.number")];

/// Centres of the boxes clockwise from the upper left one, and their side.
const BOXES: [[i32; 2]; 4] = [[-160, -220], [160, -220], [160, 100], [-160, 100]];
const BOX: i32 = 300;

/// One trial to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    /// [`LETTER`] or [`NUMBER`].
    question: u8,
    switch: bool,
    congruent: bool,
    /// Whether the answer is the right side.
    right: bool,
}

impl Kind {
    /// Sides of letter and digit: 0 left, 1 right.
    const fn sides(self) -> [usize; 2] {
        let (asked, other) = (self.right as usize, (self.right == self.congruent) as usize);
        if self.question == LETTER { [asked, other] } else { [other, asked] }
    }

    /// Box of the pair: round and round clockwise, both upper ones for letters.
    const fn place(self) -> usize {
        match (self.question, self.switch) {
            (LETTER, true) => 0,
            (LETTER, false) => 1,
            (_, true) => 2,
            (_, false) => 3,
        }
    }
}

/// One of four that is not `before`.
fn another(of: &[u8; 4], before: Option<u8>, rng: &mut Rng) -> u8 {
    let others: SmallVec<[u8; 4]> = of.iter().copied().filter(|one| Some(*one) != before).collect();
    others[rng.below(u32::try_from(others.len()).unwrap_or(1)) as usize]
}

fn draw_boxes(scene: Scene) -> Scene {
    let frame =
        |scene: Scene, [x, y]: &[i32; 2]| scene.with(Shape::Frame, [*x, *y, BOX, BOX], Ink::Muted);
    BOXES.iter().fold(scene, frame)
}

impl LetterNumber {
    /// What stays between trials.
    fn ground(&self, text: &dyn Fn(&str) -> String) -> Scene {
        let mut scene = Scene::new("ground");
        if self.by_place {
            scene = draw_boxes(scene);
        }
        if self.reminder {
            let mut word = |key: &str, [x, y]: [i32; 2]| {
                let place = [x, y, 400, 48];
                let drawn = core::mem::take(&mut scene);
                scene = drawn.with(Shape::Text(text(key)), place, Ink::Muted);
            };
            for (x, letter, number) in
                [(-280, "answer.consonant", "answer.odd"), (280, "answer.vowel", "answer.even")]
            {
                word(letter, [x, 370]);
                word(number, [x, 430]);
            }
            if self.by_place {
                word("cue.letter", [0, -410]);
                word("cue.number", [0, 290]);
            }
        }
        scene
    }

    fn trial(
        &self,
        (kind, pair): (Kind, &str),
        (condition, mixed): (&'static str, bool),
        ground: SceneId,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
    ) -> TrialPlan {
        let (code, cue) = QUESTIONS[usize::from(kind.question)];
        let [x, y] = if self.by_place { BOXES[kind.place()] } else { [0, 0] };
        let figure = Shape::Text(pair.into());
        let figure = scenes.add(Scene::new(pair).with(figure, [x, y, BOX, 150], Ink::Ink));
        let none = SceneId::BLANK;
        let target = Step::target(ground, self.usual.timeout);
        let steps = if self.by_place {
            smallvec![Step::lead(ground, self.rsi), target.over([figure, none, none, none])]
        } else {
            let word = Shape::Text(text(cue));
            let word = scenes.add(Scene::new(cue).with(word, [0, -190, 900, 76], Ink::Ink));
            smallvec![
                Step::lead(ground, self.rsi - self.csi),
                Step::signal(ground, self.csi).over([word, none, none, none]),
                target.over([word, figure, none, none]),
            ]
        };
        let script = Script {
            steps,
            ends: Ends::OnResponse,
            rest: ground,
            lead_includes_rest: true,
            anticipation_ms: self.usual.anticipation,
            ..Script::default()
        };
        let congruency = if kind.congruent { "congruent" } else { "incongruent" };
        let correct = if kind.right { RIGHT } else { LEFT };
        let place = i64::try_from(kind.place()).unwrap_or(0);
        let plan = TrialPlan::new(condition, format!("{code} {pair}"), Some(correct), script)
            .with("task", Extra::Text(code.into()))
            .with("congruency", Extra::Text(congruency.into()))
            .with("mixed", Extra::Flag(mixed));
        if self.by_place { plan.with("place", Extra::Int(place)) } else { plan }
    }

    /// Both questions, every kind equally often.
    fn mixed(&self, trials: u32, rng: &mut Rng) -> Result<Vec<Kind>, String> {
        let bits = |i: u8| [1, 2, 4, 8].map(|bit| i & bit != 0);
        let kinds: Vec<Kind> = (0..16)
            .map(bits)
            .map(|[number, switch, congruent, right]| Kind {
                question: u8::from(number),
                switch,
                congruent,
                right,
            })
            .collect();
        let cell = |kind: &Kind| Cell {
            count: trials / params::MIXED,
            levels: smallvec![u8::from(kind.right), u8::from(kind.switch)],
        };
        let cells: Vec<Cell> = kinds.iter().map(cell).collect();
        let features = ["side", "transition"].map(|name| Feature { name, max_run: self.max_run });
        let beside = |before: usize, next: usize| {
            let (before, next) = (kinds[before], kinds[next]);
            let round = !self.by_place || before.switch != next.switch;
            round && (before.question != next.question) == next.switch
        };
        let order = arrange_where(&cells, &features, &beside, rng)?;
        let kinds: Vec<Kind> = order.into_iter().map(|i| kinds[i]).collect();
        // The trial that begins a part is neither switch nor repetition
        let flip = |rng: &mut Rng| rng.below(2) == 1;
        let opening = kinds.first().map(|first| Kind {
            question: if first.switch { 1 - first.question } else { first.question },
            switch: !first.switch,
            congruent: flip(rng),
            right: flip(rng),
        });
        Ok(opening.into_iter().chain(kinds).collect())
    }

    /// Trials of practice, questions by turns of two; every side with every congruency.
    fn practice(part: u8, trials: u32, rng: &mut Rng) -> Vec<Kind> {
        let mut sides: Vec<(bool, bool)> = (0..trials).map(|i| (i & 1 != 0, i & 2 != 0)).collect();
        rng.shuffle(&mut sides);
        let kind = |(i, (right, congruent)): (usize, (bool, bool))| Kind {
            question: if part == BOTH { u8::from(i / 2 % 2 == 1) } else { part },
            switch: i % 2 == 0,
            congruent,
            right,
        };
        sides.into_iter().enumerate().map(kind).collect()
    }
}

impl Task for LetterNumber {
    fn blocks(&self) -> Vec<Block> {
        let parts::Practice { trials, criterion } = self.usual.practice;
        let both = if self.by_place { "intro.both_place" } else { "intro.both_word" };
        let practised = trials > 0;
        let mut blocks = Vec::new();
        if practised {
            for (part, trials, intro) in [
                (LETTER, trials, "intro.letter"),
                (NUMBER, trials, "intro.number"),
                (BOTH, 2 * trials, both),
            ] {
                blocks.push(Block::practice(trials, criterion).part(part).intro(intro));
            }
        }
        let parts = self.usual.blocks.max(1);
        for i in 0..parts {
            let block = Block::test(self.usual.trials / parts + 1).part(BOTH);
            blocks.push(if i == 0 && !practised { block.intro(both) } else { block });
        }
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
        let pair = Shape::Text("G7".into());
        vec![Some(Scene::new("G7").with(pair, [0, 0, 400, 200], Ink::Ink))]
    }

    fn picture(&self, intro: &str) -> Option<Scene> {
        let [left, right] = match intro {
            "intro.letter" => ["G K M R", "A E I U"],
            "intro.number" => ["3 5 7 9", "2 4 6 8"],
            "intro.both_place" => {
                let pair = Shape::Text("G7".into());
                let [x, y] = BOXES[0];
                let scene = draw_boxes(Scene::new("boxes"));
                return Some(scene.with(pair, [x, y, BOX, 150], Ink::Ink));
            }
            _ => return None,
        };
        let [left, right] = [left, right].map(|row| Shape::Text(row.into()));
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
        let practice = block.criterion.is_some();
        let feedback: Option<Feedback> = practice.then(|| parts::feedback(text, scenes));
        let ground = scenes.add(self.ground(text));
        let kinds = if practice {
            Self::practice(block.part, block.trials, rng)
        } else {
            self.mixed(block.trials.saturating_sub(1), rng)?
        };
        let mixed = block.part == BOTH;
        let mut before: [Option<u8>; 2] = [None; 2];
        let mut plans = Vec::with_capacity(kinds.len());
        for (i, kind) in kinds.into_iter().enumerate() {
            let [letter, digit] = kind.sides();
            let letter = another(LETTERS[letter], before[0], rng);
            let digit = another(DIGITS[digit], before[1], rng);
            before = [Some(letter), Some(digit)];
            let mut pair = [letter, digit].map(char::from);
            if rng.below(2) == 1 {
                pair.reverse();
            }
            let condition = match (i, mixed, kind.switch) {
                (0, ..) => "first",
                (_, false, _) => "single",
                (_, _, true) => "switch",
                _ => "repeat",
            };
            let pair = String::from_iter(pair);
            let mut plan = self.trial((kind, &pair), (condition, mixed), ground, text, scenes);
            plan.script.feedback = feedback;
            plans.push(plan);
        }
        Ok(plans)
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
