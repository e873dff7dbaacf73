//! Divided attention: letters on the left, shapes on the right; targets in one of them or in both.
//!
//! What attending to two streams costs against attending to each alone: Sperling and Melchner (1978),
//! "The attention operating characteristic: examples from visual search", Science 202, 315–318, and
//! Pashler (1994), "Dual-task interference in simple tasks: data and theory", Psychological Bulletin
//! 116, 220–244. The displays are our own, and the same in all parts: only what counts differs. Parts
//! come in the order letters, shapes, both, both, shapes, letters, so that learning and fatigue weigh
//! on all alike. A stream that does not count has no targets; two targets never come together or one
//! right after the other; no sign follows itself.

mod params;
mod score;
mod texts;

use crate::{
    Choice, Responses, Scene, SceneBook, SceneId,
    arrange::{Cell, Feature, arrange},
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Ink, Shape},
    script::{Feedback, Script, Step, TrialPlan},
    spec::{Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, streams},
};
use contract::task::Phase;
use params::{Divided, HALVES};
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "divided_attention",
    version: "1",
    name: words("Divided attention", "Attention divisée"),
    summary: words(
        "Find targets among letters, among shapes, and among both at once. Measures the cost of dividing attention.",
        "Repérer des cibles parmi des lettres, des formes, puis les deux à la fois. Mesure le coût de l’attention divisée.",
    ),
    domain: "attention",
    source: "Sperling & Melchner 1978, Science 202:315–318; Pashler 1994, Psychol Bull 116:220–244",
    group: Group::Conflict,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| Divided::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(Divided::new(params)),
    score: score::score,
};

/// The streams, and the answer to their targets.
const STREAMS: [(&str, &str); 2] = [("letters", "left"), ("shapes", "right")];

/// Parts: one stream alone, or both.
const LETTERS: u8 = 0;
const SHAPES: u8 = 1;
const BOTH: u8 = 2;

/// Signs of the streams, the target first.
const LETTER_SIGNS: [&str; 7] = ["X", "A", "E", "H", "N", "S", "T"];
const SHAPE_SIGNS: [(&str, Shape); 4] =
    [("ring", Shape::Ring), ("disc", Shape::Disc), ("square", Shape::Block), ("plus", Shape::Plus)];
/// From the cross to the signs, thousandths of the stage's short side.
const APART: i32 = 240;

/// What a trial holds: the stream with a target, if any.
const NOTHING: u8 = 2;

fn letter(sign: usize) -> Scene {
    let text = LETTER_SIGNS[sign.min(6)];
    Scene::new(text).with(Shape::Text(text.into()), [-APART, 0, 300, 220], Ink::Ink)
}

fn shape(sign: usize) -> Scene {
    let (name, shape) = SHAPE_SIGNS[sign.min(3)].clone();
    Scene::new(name).with(shape, [APART, 0, 200, 200], Ink::Ink)
}

fn fixation() -> Scene {
    Scene::new("fixation").with(Shape::Plus, [0, 0, 60, 60], Ink::Muted)
}

fn example(letter: usize, shape: usize) -> Scene {
    let mut scene = fixation();
    scene.name = "example".into();
    scene.pieces.extend(self::letter(letter).pieces);
    scene.pieces.extend(self::shape(shape).pieces);
    scene
}

/// The next sign that is no target: not the one before.
fn another(count: u32, before: usize, rng: &mut Rng) -> usize {
    let others: Vec<usize> = (1..count as usize).filter(|sign| *sign != before).collect();
    others[rng.below(u32::try_from(others.len()).unwrap_or(1)) as usize]
}

impl Divided {
    /// Which stream has a target, trial by trial.
    fn order(&self, block: &Block, rng: &mut Rng) -> Result<Vec<u8>, String> {
        let targets = self.targets(block.trials);
        let counts = [LETTERS, SHAPES]
            .map(|stream| if block.part == stream || block.part == BOTH { targets } else { 0 });
        let cell = |count, level| Cell { count, levels: smallvec![level] };
        let rest = block.trials.saturating_sub(counts.iter().sum());
        let cells = [cell(counts[0], 0), cell(counts[1], 0), cell(rest, Cell::FREE)];
        let order = arrange(&cells, &[Feature { name: "target", max_run: 1 }], rng)?;
        Ok(order.into_iter().map(|cell| u8::try_from(cell).unwrap_or(NOTHING)).collect())
    }

    fn trial(
        &self,
        (part, target): (u8, u8),
        signs: [usize; 2],
        [ground, left, right]: [SceneId; 3],
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let script = Script {
            steps: smallvec![
                Step::target(ground, self.stimulus).over([
                    left,
                    right,
                    SceneId::BLANK,
                    SceneId::BLANK
                ]),
                Step::window(ground, self.soa - self.stimulus),
            ],
            feedback,
            rest: ground,
            iti_ms: streams::REST,
            anticipation_ms: self.anticipation,
            ..Script::default()
        };
        let condition = match (target, part) {
            (LETTERS, BOTH) => "letters_both",
            (SHAPES, BOTH) => "shapes_both",
            (LETTERS, _) => "letters_single",
            (SHAPES, _) => "shapes_single",
            (_, LETTERS) => "no_target_letters",
            (_, SHAPES) => "no_target_shapes",
            _ => "no_target_both",
        };
        let stimulus =
            format!("{} {}", LETTER_SIGNS[signs[0].min(6)], SHAPE_SIGNS[signs[1].min(3)].0);
        let correct = (target < NOTHING).then_some(Choice(target));
        TrialPlan::new(condition, stimulus, correct, script)
    }
}

impl Task for Divided {
    fn blocks(&self) -> Vec<Block> {
        let intro = |part: u8| ["intro.letters", "intro.shapes", "intro.both"][usize::from(part)];
        let mut blocks = Vec::new();
        if self.practice.trials > 0 {
            for part in [LETTERS, SHAPES, BOTH] {
                let block = Block::practice(self.practice.trials, self.practice.criterion);
                blocks.push(block.part(part).intro(intro(part)));
            }
        }
        for part in [LETTERS, SHAPES, BOTH, BOTH, SHAPES, LETTERS] {
            let block = Block::test(self.trials / HALVES).stream().part(part);
            // Said again only where something else counts
            let last = blocks.last().filter(|last: &&Block| last.phase == Phase::Test);
            let known = last.is_some_and(|last| last.part == part);
            blocks.push(if known { block } else { block.intro(intro(part)) });
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
        vec![Some(example(3, 2))]
    }

    fn picture(&self, intro: &str) -> Option<Scene> {
        Some(match intro {
            "intro.letters" => example(0, 1),
            "intro.shapes" => example(1, 0),
            _ => example(0, 2),
        })
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let ground = scenes.add(fixation());
        let letters: Vec<SceneId> = (0..7).map(|sign| scenes.add(letter(sign))).collect();
        let shapes: Vec<SceneId> = (0..4).map(|sign| scenes.add(shape(sign))).collect();
        let mut before = [0, 0];
        let mut plans = Vec::new();
        for target in self.order(block, rng)? {
            let mut next = |stream: u8, count: u32| {
                let before = before[usize::from(stream)];
                if target == stream { 0 } else { another(count, before, rng) }
            };
            let signs = [next(LETTERS, 7), next(SHAPES, 4)];
            before = signs;
            let shown = [ground, letters[signs[0]], shapes[signs[1]]];
            plans.push(self.trial((block.part, target), signs, shown, feedback));
        }
        Ok(plans)
    }
}
