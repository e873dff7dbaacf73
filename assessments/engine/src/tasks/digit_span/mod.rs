//! Digit span: type digits in the order in which they were shown, or in reverse.
//!
//! Lists, lengths and the rule to stop are those of the Wechsler scales (canonical values): one
//! digit a second, two lists of each length from 3 (backward 2), over when both of a length fail.
//! Digits are shown, not spoken, as in Woods et al. (2011), "Improving digit span assessment of
//! short-term verbal memory", Journal of Clinical and Experimental Neuropsychology 33, 101–111,
//! from whom the mean span comes. Each session draws its own lists: no digit twice, no list twice,
//! no three digits that count up or down.

mod params;
mod texts;

use crate::{
    Choice, Press, Responses, Scene, SceneBook, SceneId,
    params::Params,
    responses::ResponseOption,
    rng::Rng,
    scene::{Ink, Shape},
    script::{Ends, Feedback, Script, Step, TrialPlan},
    spec::{Before, Block, Group, Reaction, ResumePolicy, Task, TaskSpec, words},
    tasks::{
        parts,
        spans::{self, Order, Spans},
    },
};
use contract::task::{Phase, Trial};
use smallvec::SmallVec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "digit_span",
    version: "1",
    name: words("Digit span", "Empan de chiffres"),
    summary: words(
        "Type digits in the order shown, then in reverse. Measures verbal short-term and working memory.",
        "Taper des chiffres dans l’ordre montré, puis à l’envers. Mesure la mémoire verbale à court terme et de travail.",
    ),
    domain: "working_memory",
    source: "Wechsler 2008, WAIS-IV; Woods et al. 2011, J Clin Exp Neuropsychol 33:101–111",
    group: Group::Memory,
    params: params::PARAMS,
    presets: params::PRESETS,
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| params::new(params).minutes(),
    check: Spans::check,
    build: |params: &Params| Box::new(DigitSpan { spans: params::new(params) }),
    score: |params, trials, board| spans::score(&params::new(params), trials, board),
};

const DELETE: Choice = Choice(9);
const DONE: Choice = Choice(10);
/// The cross before the first digit, milliseconds.
const WAIT: f64 = 1000.0;
/// Pause between lists, milliseconds.
const PAUSE: f64 = 800.0;
/// Height and distance of the digits of an answer, thousandths of the stage's short side.
const ENTRY: [i32; 2] = [110, 95];

struct DigitSpan {
    spans: Spans,
}

/// The layer that shows `digit` (0 to 8) as item number `place` (from 0) of an answer; the layers
/// follow the scene on which answers are given.
const fn layer(answer: SceneId, place: usize, digit: Choice) -> SceneId {
    SceneId(answer.0 + 1 + 9 * place as u16 + digit.0 as u16)
}

fn text(name: &str, words: String, place: [i32; 4], ink: Ink) -> Scene {
    Scene::new(name).with(Shape::Text(words), place, ink)
}

/// Not the third of three that count up or down.
fn allows(list: &[u8], next: u8) -> bool {
    let step = |a: u8, b: u8| i16::from(b) - i16::from(a);
    match list {
        [.., a, b] => step(*a, *b) != step(*b, next) || step(*a, *b).abs() != 1,
        _ => true,
    }
}

impl DigitSpan {
    fn trial(
        &self,
        list: &[u8],
        order: Order,
        scenes: &mut SceneBook,
        [answer, fixation]: [SceneId; 2],
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let mut steps: SmallVec<[Step; 4]> = SmallVec::new();
        steps.push(Step::lead(fixation, WAIT));
        for digit in list {
            let shown = spans::written(&[*digit]);
            let scene = text(&format!("digit.{shown}"), shown, [0, 0, 500, 300], Ink::Ink);
            steps.push(Step::lead(scenes.add(scene), self.spans.on));
            if self.spans.off > 0.0 {
                steps.push(Step::lead(SceneId::BLANK, self.spans.off));
            }
        }
        steps.push(Step::target(answer, self.spans.timeout));
        let script =
            Script { steps, ends: Ends::WhenTold, feedback, iti_ms: PAUSE, ..Script::default() };
        let mut plan = TrialPlan::new(order.word(), spans::written(list), None, script);
        spans::describe(&mut plan, list, order);
        plan
    }
}

impl Task for DigitSpan {
    fn blocks(&self) -> Vec<Block> {
        self.spans.blocks()
    }

    fn responses(&self) -> Responses {
        const DIGITS: [(&str, &[&str]); 9] = [
            ("1", &["Digit1", "Numpad1"]),
            ("2", &["Digit2", "Numpad2"]),
            ("3", &["Digit3", "Numpad3"]),
            ("4", &["Digit4", "Numpad4"]),
            ("5", &["Digit5", "Numpad5"]),
            ("6", &["Digit6", "Numpad6"]),
            ("7", &["Digit7", "Numpad7"]),
            ("8", &["Digit8", "Numpad8"]),
            ("9", &["Digit9", "Numpad9"]),
        ];
        let digits = DIGITS.into_iter().map(|(code, keys)| ResponseOption::new(code, keys, None));
        let more = [
            ResponseOption::new("delete", &["Backspace", "Delete"], None),
            ResponseOption::new("done", &["Enter", "NumpadEnter"], None),
        ];
        let options = digits.chain(more).collect();
        Responses { options, buttons: true, ..Responses::default() }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        Vec::new()
    }

    fn picture(&self, intro: &str) -> Option<Scene> {
        let row = if intro == "intro.backward" { "7  2  →  2  7" } else { "7  2  4" };
        Some(text("example", row.into(), [0, 0, 900, 150], Ink::Ink))
    }

    fn plan(
        &self,
        block: &Block,
        words: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let order = Order::of(block);
        let feedback = (block.phase == Phase::Practice).then(|| parts::feedback(words, scenes));
        let fixation = Scene::new("fixation").with(Shape::Plus, [0, 0, 80, 80], Ink::Ink);
        let fixation = scenes.add(fixation);
        let sign = words(match order {
            Order::Forward => "sign.forward",
            Order::Backward => "sign.backward",
        });
        let answer = scenes.add(text("answer", sign, [0, -180, 900, 70], Ink::Muted));
        for place in 0..i32::from(spans::MOST) {
            for digit in 0..spans::MOST {
                let shown = spans::written(&[digit]);
                let name = format!("entry.{}.{shown}", place + 1);
                let [height, pitch] = ENTRY;
                let x = (place - 4) * pitch;
                scenes.add(text(&name, shown, [x, 20, height, height], Ink::Ink));
            }
        }
        let mut lists: Vec<Vec<u8>> = Vec::new();
        for length in self.spans.lengths_of(block) {
            lists.push(spans::list(length, &lists, &allows, rng)?);
        }
        let trial = |list: &Vec<u8>| self.trial(list, order, scenes, [answer, fixation], feedback);
        Ok(lists.iter().map(trial).collect())
    }

    fn enough(&self, block: &Block, before: Before<'_>) -> bool {
        spans::is_over(block, before)
    }

    fn react(&self, plan: &TrialPlan, presses: &[Press]) -> Reaction {
        let mut reaction = Reaction::default();
        let Some((last, earlier)) = presses.split_last() else {
            return reaction;
        };
        let answer = plan.script.steps.last().map_or(SceneId::BLANK, |step| step.scene);
        let before = spans::entered(earlier, Some(DELETE));
        if last.choice == DONE {
            reaction.done = Some(spans::is_right(&before, spans::due_in(plan)));
        } else if last.choice == DELETE {
            if let Some((gone, rest)) = before.split_last() {
                reaction.lay.push((layer(answer, rest.len(), *gone), false));
            }
        } else if before.len() < usize::from(spans::MOST) {
            reaction.lay.push((layer(answer, before.len(), last.choice), true));
        }
        reaction
    }

    fn solution(&self, plan: &TrialPlan) -> Vec<Choice> {
        spans::presses(spans::due_in(plan)).chain([DONE]).collect()
    }

    fn annotate(&self, trial: &mut Trial, _before: &[Trial]) {
        spans::annotate(trial);
    }
}
