//! Colour-word Stroop: in which colour is the word written?
//!
//! After Stroop (1935), "Studies of interference in serial verbal reactions", Journal of
//! Experimental Psychology 18, 643–662, with single trials and manual answers (review: MacLeod 1991,
//! Psychological Bulletin 109, 163–203). A third each congruent, incongruent and neutral. From one
//! trial to the next neither ink (and so answer) nor word repeats, and the ink is never the word
//! that was to be ignored just before (control of negative priming, Dalrymple-Alford & Budayr 1966).

mod params;
mod score;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook, SceneId,
    arrange::{Cell, Feature, arrange_where},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Ink, Shape},
    script::{Feedback, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, usual},
};
use contract::task::{Extra, Trial};
use params::Stroop;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "stroop",
    version: "1",
    name: words("Stroop", "Stroop"),
    summary: words(
        "Name the colour of a word that may say another colour. Measures control of a habit.",
        "Donner la couleur d’un mot qui peut en désigner une autre. Mesure le contrôle d’une habitude.",
    ),
    domain: "executive",
    source: "Stroop 1935, J Exp Psychol 18:643–662; MacLeod 1991, Psychol Bull 109:163–203",
    group: Group::Conflict,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| Stroop::new(params).usual.minutes(0.75),
    check: params::check,
    build: |params: &Params| Box::new(Stroop::new(params)),
    score: score::score,
};

const NONE: SceneId = SceneId::BLANK;

/// What the word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Congruent,
    Incongruent,
    Neutral,
}

impl Condition {
    const ALL: [Self; 3] = [Self::Congruent, Self::Incongruent, Self::Neutral];

    const fn word(self) -> &'static str {
        match self {
            Self::Congruent => "congruent",
            Self::Incongruent => "incongruent",
            Self::Neutral => "neutral",
        }
    }
}

/// Code, key of the word, keys and ink of each colour; in the order of the patches.
const COLOURS: [(&str, &str, &[&str], Ink); 4] = [
    ("red", "word.red", &["KeyD", "Digit1"], Ink::Red),
    ("green", "word.green", &["KeyF", "Digit2"], Ink::Green),
    ("blue", "word.blue", &["KeyJ", "Digit3"], Ink::Blue),
    ("yellow", "word.yellow", &["KeyK", "Digit4"], Ink::Yellow),
];
const LETTERS: [&str; 4] = ["D", "F", "J", "K"];

/// A word, or letters without a meaning, in an ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    ink: u8,
    word: Option<u8>,
}

impl Kind {
    const fn condition(self) -> Condition {
        match self.word {
            None => Condition::Neutral,
            Some(word) if word == self.ink => Condition::Congruent,
            Some(_) => Condition::Incongruent,
        }
    }

    /// All 20: four congruent, twelve incongruent, four neutral.
    fn all() -> impl Iterator<Item = Self> {
        let words = (0..4).map(Some).chain([None]);
        words.flat_map(|word| (0..4).map(move |ink| Self { ink, word }))
    }

    /// Trials of this kind among `each` of every ink in every condition. An ink's incongruent
    /// trials are dealt to the other three words; `turn` says which distance gets what is left.
    const fn count(self, each: u32, turn: u32) -> u32 {
        let distance = match self.word {
            Some(word) if word != self.ink => (word + 4 - self.ink) % 4 - 1,
            _ => return each,
        };
        let place = (distance as u32 + turn) % 3;
        each / 3 + (place < each % 3) as u32
    }

    fn word_code(self) -> &'static str {
        self.word.map_or("none", |word| COLOURS[usize::from(word)].0)
    }
}

/// Whether a trial may follow another: no ink, no word again, nor the ignored word as ink.
fn may_follow(before: Kind, next: Kind) -> bool {
    let word_again = before.word.is_some() && before.word == next.word;
    before.ink != next.ink && !word_again && before.word != Some(next.ink)
}

/// The four patches with their keys, in letters `h` thousandths of the stage high.
fn patches(h: i32) -> Scene {
    let mut scene = Scene::new("patches");
    for (x, ((_, _, _, ink), letter)) in
        [-375, -125, 125, 375].into_iter().zip(COLOURS.iter().zip(LETTERS))
    {
        scene = scene.with(Shape::Block, [x, 360, 190, 130], *ink).with(
            Shape::Text(letter.into()),
            [x, 440 + h / 2, 190, h],
            Ink::Muted,
        );
    }
    scene
}

impl Stroop {
    fn trial(
        &self,
        kind: Kind,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let (code, _, _, ink) = COLOURS[usize::from(kind.ink)];
        let word = kind.word.map_or("word.none", |word| COLOURS[usize::from(word)].1);
        let name = format!("{}/{code}", kind.word_code());
        // The patches lie under everything, and stay between trials
        let under = scenes.add(patches(50));
        let fixation = Scene::new("fixation").with(Shape::Plus, [0, 0, 80, 80], Ink::Ink);
        let shown = Scene::new(&name).with(Shape::Text(text(word)), [0, 0, 900, 170], ink);
        let [fixation, shown] =
            [fixation, shown].map(|scene| [scenes.add(scene), NONE, NONE, NONE]);
        let steps = vec![
            Step::lead(under, self.usual.fixation).over(fixation),
            Step::target(under, self.usual.timeout).over(shown),
        ];
        let script = self.usual.script(steps, feedback, under);
        TrialPlan::new(kind.condition().word(), name, Some(Choice(kind.ink)), script)
            .with("word", Extra::Text(kind.word_code().into()))
            .with("ink", Extra::Text(code.into()))
    }
}

impl Task for Stroop {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.usual.practice, self.usual.trials, self.usual.blocks)
    }

    fn responses(&self) -> Responses {
        let ends = [(i32::MIN, -251), (-250, -1), (0, 249), (250, i32::MAX)];
        let options = ends.into_iter().zip(&COLOURS).map(|((left, right), colour)| {
            ResponseOption::new(colour.0, colour.2, Some(Zone { left, right, ..Zone::ALL }))
        });
        // What is drawn on the stage is what is touched: no buttons beside it
        Responses { options: options.collect(), buttons: true, ..Responses::default() }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        let letters = Shape::Text("XXXX".into());
        let example = Scene::new("blue").with(letters, [0, 0, 900, 170], Ink::Blue);
        // Larger than on the stage: the picture is small
        vec![Some(example), Some(patches(90))]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let kinds: Vec<Kind> = Kind::all().collect();
        let turn = rng.below(3);
        let cell = |kind: &Kind| Cell {
            count: kind.count(block.trials / params::CELLS, turn),
            levels: smallvec![kind.condition() as u8],
        };
        let cells: Vec<Cell> = kinds.iter().map(cell).collect();
        let features = [Feature { name: "condition", max_run: self.max_run }];
        let beside = |before: usize, next: usize| may_follow(kinds[before], kinds[next]);
        let order = arrange_where(&cells, &features, &beside, rng)?;
        Ok(order.into_iter().map(|i| self.trial(kinds[i], text, scenes, feedback)).collect())
    }

    /// The condition of the trial that was really run before, if there was one in this part.
    fn annotate(&self, trial: &mut Trial, before: &[Trial]) {
        usual::note_before(trial, before, "prev_congruency", |last| last.condition.clone());
    }
}
