//! Card sorting: which rule holds, and when does it change?
//!
//! After Grant and Berg (1948), "A behavioral analysis of degree of reinforcement and ease of
//! shifting to new responses in a Weigl-type card-sorting problem", Journal of Experimental
//! Psychology 38, 404–411, with the unambiguous cards and the criterion of Nelson (1976), "A modified
//! card sorting test sensitive to frontal lobe defects", Cortex 12, 313–324: 24 cards that share one
//! feature each with three of four key cards, a rule changes after six right ones in a row, six
//! categories or 48 cards. Changes are not announced. The cards are our own drawings.

mod params;
mod score;
mod sorting;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook, SceneId,
    arrange::{Cell, arrange_where},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Heading, Ink, Shape},
    script::{Feedback, Step, TrialPlan},
    spec::{Answer, Before, Block, Group, Outcome, ResumePolicy, Task, TaskSpec, words},
    tasks::parts,
};
use contract::task::{Extra, Phase, Trial};
use params::CardSort;
use smallvec::smallvec;
use sorting::{Card, KEYS, Rule, State, sorted_by};

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "card_sort",
    version: "1",
    name: words("Card sorting", "Tri de cartes"),
    summary: words(
        "Sort cards by a rule that nobody tells and that changes. Measures finding, keeping and leaving a rule.",
        "Trier des cartes selon une règle que personne ne dit et qui change. Mesure trouver, garder et quitter une règle.",
    ),
    domain: "executive",
    source: "Grant & Berg 1948, J Exp Psychol 38:404–411; Nelson 1976, Cortex 12:313–324",
    group: Group::Decisions,
    params: params::PARAMS,
    presets: params::PRESETS,
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| {
        let task = CardSort::new(params);
        task.usual.minutes(1.8 + task.feedback_time / 1000.0)
    },
    check: params::check,
    build: |params: &Params| Box::new(CardSort::new(params)),
    score: score::score,
};

const INKS: [Ink; 4] = [Ink::Red, Ink::Green, Ink::Blue, Ink::Yellow];
const SHAPES: [Shape; 4] = [Shape::Disc, Shape::Block, Shape::Arrow(Heading::Up), Shape::Cross];
const LETTERS: [&str; 4] = ["D", "F", "J", "K"];
/// Middles of the key cards, thousandths of the short side.
const COLUMNS: [i32; 4] = [-375, -125, 125, 375];
const KEYS_Y: i32 = -270;
const CARD_Y: i32 = 250;

const NONE: SceneId = SceneId::BLANK;

/// A card with its signs, in pairs from top to bottom.
fn card(scene: Scene, [x, y]: [i32; 2], [colour, shape, number]: [u8; 3]) -> Scene {
    let places: &[[i32; 2]] = match number {
        0 => &[[0, 0]],
        1 => &[[0, -70], [0, 70]],
        2 => &[[-45, -70], [45, -70], [0, 70]],
        _ => &[[-45, -70], [45, -70], [-45, 70], [45, 70]],
    };
    let framed = scene.with(Shape::Frame, [x, y, 220, 320], Ink::Muted);
    places.iter().fold(framed, |scene, [dx, dy]| {
        let place = [x + dx, y + dy, 76, 76];
        scene.with(SHAPES[usize::from(shape)].clone(), place, INKS[usize::from(colour)])
    })
}

/// The four key cards.
fn key_cards() -> Scene {
    let scene = Scene::new("key cards");
    (0..4).zip(COLUMNS).fold(scene, |scene, (k, x)| card(scene, [x, KEYS_Y], [k, k, k]))
}

/// The key cards with their letters.
fn lettered() -> Scene {
    COLUMNS.into_iter().zip(LETTERS).fold(key_cards(), |scene, (x, letter)| {
        let place = [x, KEYS_Y + 195, 120, 44];
        scene.with(Shape::Text(letter.into()), place, Ink::Muted)
    })
}

impl CardSort {
    fn trial(
        &self,
        shown: Card,
        under: SceneId,
        scenes: &mut SceneBook,
        feedback: Feedback,
    ) -> TrialPlan {
        let name = shown.notation();
        let layer = scenes.add(card(Scene::new(&name), [0, CARD_Y], shown.0));
        let steps = vec![Step::target(under, self.usual.timeout).over([layer, NONE, NONE, NONE])];
        let script = self.usual.script(steps, Some(feedback), under);
        let mut plan = TrialPlan::new(Rule::Colour.word(), name, None, script);
        set_state(&mut plan, shown, State::default());
        plan
    }

    fn state(&self, before: Before<'_>) -> State {
        before.here().fold(State::default(), |state, t| state.after(sorted_by(t), self.run))
    }
}

/// The rule in force says which key card is right.
fn set_state(plan: &mut TrialPlan, shown: Card, state: State) {
    let rule = state.rule();
    plan.condition = rule.word();
    plan.correct = Some(Choice(shown.key(rule)));
    plan.set("category", Extra::Int(i64::try_from(state.categories).unwrap_or(0)));
}

/// The words of feedback, between key cards and card.
fn words_of(text: &dyn Fn(&str) -> String, scenes: &mut SceneBook, ms: f64) -> Feedback {
    let mut scene = |key: &str, ink: Ink| {
        let words = Shape::Text(text(key));
        scenes.add(Scene::new(key).with(words, [0, 10, 900, 80], ink))
    };
    Feedback {
        right: scene("feedback.right", Ink::Good),
        wrong: scene("feedback.wrong", Ink::Bad),
        slow: scene("feedback.slow", Ink::Bad),
        early: scene("feedback.early", Ink::Bad),
        ms,
        rt: None,
    }
}

impl Task for CardSort {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.usual.practice, self.usual.trials, 1)
    }

    fn responses(&self) -> Responses {
        let keys: [&[&str]; 4] =
            [&["KeyD", "Digit1"], &["KeyF", "Digit2"], &["KeyJ", "Digit3"], &["KeyK", "Digit4"]];
        let ends = [(i32::MIN, -251), (-250, -1), (0, 249), (250, i32::MAX)];
        let options = KEYS.into_iter().zip(keys).zip(ends).map(|((code, keys), (left, right))| {
            ResponseOption::new(code, keys, Some(Zone { left, right, ..Zone::ALL }))
        });
        // What is drawn on the stage is what is touched: no buttons beside it
        Responses { options: options.collect(), buttons: true, ..Responses::default() }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        // In a small picture letters could not be read: the page says what they are
        vec![Some(card(key_cards(), [0, CARD_Y - 120], [2, 3, 1])), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let under = scenes.add(lettered());
        let cards = Card::all();
        let each = block.trials.div_ceil(params::CARDS);
        let cells: Vec<Cell> =
            cards.iter().map(|_| Cell { count: each, levels: smallvec![] }).collect();
        // Neighbours share neither colour nor shape nor number
        let differ = |before: usize, next: usize| {
            cards[before].0.iter().zip(cards[next].0).all(|(before, next)| *before != next)
        };
        let order = arrange_where(&cells, &[], &differ, rng)?;
        let feedback = words_of(text, scenes, self.feedback_time);
        let order = order.into_iter().take(block.trials as usize);
        Ok(order.map(|i| self.trial(cards[i], under, scenes, feedback)).collect())
    }

    fn tailor(&self, plan: &mut TrialPlan, before: Before<'_>, _rng: &mut Rng) {
        let state = self.state(before);
        if let Some(shown) = Card::read(&plan.stimulus) {
            set_state(plan, shown, state);
        }
    }

    /// The test is over when all categories are complete.
    fn enough(&self, block: &Block, before: Before<'_>) -> bool {
        block.phase == Phase::Test && self.state(before).categories >= self.categories
    }

    /// Right or wrong, with the cards still there.
    fn outcome(&self, plan: &TrialPlan, answer: Answer<'_>) -> Option<Outcome> {
        let feedback = plan.script.feedback?;
        let words = if answer.choice.is_none() {
            feedback.slow
        } else if answer.right {
            feedback.right
        } else {
            feedback.wrong
        };
        let step = plan.script.steps.first()?;
        let mut outcome = Outcome::new(step.scene, feedback.ms);
        outcome.over = [step.over[0], words, NONE, NONE];
        Some(outcome)
    }

    /// The rule that the answer follows.
    fn annotate(&self, trial: &mut Trial, _before: &[Trial]) {
        if trial.resp_code.is_some() {
            let rule = sorted_by(trial).map_or("none", Rule::word);
            trial.extra.insert("sorted_by".into(), Extra::Text(rule.into()));
        }
    }
}
