//! Corsi block span: touch the blocks in the order in which they lit up.
//!
//! After Corsi (1972) as standardised by Kessels, van Zandvoort, Postma, Kappelle and de Haan (2000),
//! "The Corsi Block-Tapping Task: standardization and normative data", Applied Neuropsychology 7,
//! 252–258; canonical values: nine blocks, one a second, two lists of each length from 2 to 9, on
//! with one right list of a length, over when both fail. The places of the blocks are our own, not
//! those of the wooden board, and each session draws its own lists, no block twice in a list.
//!
//! The answer ends with as many touches as the list has blocks, or with the button. Places are
//! answered by pointing: there are no keys for blocks, which would have to bear names.

mod params;
mod texts;

use crate::{
    Choice, Press, Responses, Scene, SceneBook, SceneId,
    params::Params,
    responses::{ResponseOption, Zone},
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
    id: "corsi",
    version: "1",
    name: words("Corsi block span", "Empan de blocs de Corsi"),
    summary: words(
        "Touch blocks in the order in which they lit up. Measures visuospatial working memory.",
        "Toucher des blocs dans l’ordre où ils se sont allumés. Mesure la mémoire de travail visuospatiale.",
    ),
    domain: "working_memory",
    source: "Kessels et al. 2000, Applied Neuropsychology 7:252–258",
    group: Group::Memory,
    params: params::PARAMS,
    presets: params::PRESETS,
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| params::new(params).minutes(),
    check: Spans::check,
    build: |params: &Params| Box::new(Corsi { spans: params::new(params) }),
    score: |params, trials, board| spans::score(&params::new(params), trials, board),
};

/// Centres of the blocks, thousandths of the stage's short side.
const PLACES: [[i32; 2]; 9] = [
    [-320, -330],
    [30, -350],
    [340, -250],
    [-110, -130],
    [170, -60],
    [-380, 10],
    [-190, 240],
    [360, 180],
    [90, 320],
];
/// Side of a block.
const SIDE: i32 = 150;
/// Choice that ends the answer before all touches are made.
const DONE: Choice = Choice(9);
/// The board before the first block, milliseconds.
const WAIT: f64 = 1000.0;
/// How long a touched block stays lit, milliseconds.
const FLASH: f64 = 200.0;
/// Pause between lists, milliseconds.
const PAUSE: f64 = 1000.0;

struct Corsi {
    spans: Spans,
}

fn board(name: &str) -> Scene {
    let block = |scene: Scene, [x, y]: &[i32; 2]| {
        scene.with(Shape::Block, [*x, *y, SIDE, SIDE], Ink::Muted)
    };
    PLACES.iter().fold(Scene::new(name), block)
}

fn lit(i: u8) -> Scene {
    let [x, y] = PLACES[usize::from(i.min(8))];
    let name = format!("lit.{}", i + 1);
    Scene::new(&name).with(Shape::Block, [x, y, SIDE, SIDE], Ink::Yellow)
}

/// The layer of a block that is lit; the layers follow the board on which answers are given.
const fn layer(board: SceneId, block: u8) -> SceneId {
    SceneId(board.0 + 1 + block as u16)
}

impl Corsi {
    fn trial(&self, list: &[u8], order: Order, scenes: &mut SceneBook, texts: Texts) -> TrialPlan {
        let watch = scenes.add(board("board"));
        let mut answer = board("answer");
        answer = answer.with(Shape::Text(texts.sign), [0, 460, 900, 60], Ink::Ink);
        let answer = scenes.add(answer);
        for block in 0..spans::MOST {
            scenes.add(lit(block));
        }
        let mut steps: SmallVec<[Step; 4]> = SmallVec::new();
        steps.push(Step::lead(watch, WAIT));
        for block in list {
            let on = Step::lead(watch, self.spans.on);
            steps.push(on.over([
                layer(answer, *block),
                SceneId::BLANK,
                SceneId::BLANK,
                SceneId::BLANK,
            ]));
            if self.spans.off > 0.0 {
                steps.push(Step::lead(watch, self.spans.off));
            }
        }
        steps.push(Step::target(answer, self.spans.timeout));
        let script = Script {
            steps,
            ends: Ends::WhenTold,
            feedback: texts.feedback,
            rest: watch,
            iti_ms: PAUSE,
            ..Script::default()
        };
        let mut plan = TrialPlan::new(order.word(), spans::written(list), None, script);
        spans::describe(&mut plan, list, order);
        plan
    }
}

/// What a trial says in words.
struct Texts {
    sign: String,
    feedback: Option<Feedback>,
}

impl Task for Corsi {
    fn blocks(&self) -> Vec<Block> {
        self.spans.blocks()
    }

    fn responses(&self) -> Responses {
        const CODES: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
        // A finger's width around each block belongs to it
        let half = SIDE / 2 + 10;
        let block = |(code, [x, y]): (&'static str, [i32; 2])| {
            let zone = Zone { left: x - half, top: y - half, right: x + half, bottom: y + half };
            ResponseOption::new(code, &[], Some(zone))
        };
        let mut options: Vec<ResponseOption> = CODES.into_iter().zip(PLACES).map(block).collect();
        options.push(ResponseOption::new("done", &["Enter", "NumpadEnter"], None));
        Responses { options, buttons: true, ..Responses::default() }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        Vec::new()
    }

    fn picture(&self, _intro: &str) -> Option<Scene> {
        let [x, y] = PLACES[4];
        Some(board("board").with(Shape::Block, [x, y, SIDE, SIDE], Ink::Yellow))
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let order = Order::of(block);
        let feedback = (block.phase == Phase::Practice).then(|| parts::feedback(text, scenes));
        let mut lists: Vec<Vec<u8>> = Vec::new();
        for length in self.spans.lengths_of(block) {
            lists.push(spans::list(length, &lists, &|_, _| true, rng)?);
        }
        let sign = text(match order {
            Order::Forward => "sign.forward",
            Order::Backward => "sign.backward",
        });
        let trial = |list: &Vec<u8>| {
            self.trial(list, order, scenes, Texts { sign: sign.clone(), feedback })
        };
        Ok(lists.iter().map(trial).collect())
    }

    fn enough(&self, block: &Block, before: Before<'_>) -> bool {
        spans::is_over(block, before)
    }

    fn react(&self, plan: &TrialPlan, presses: &[Press]) -> Reaction {
        let entered = spans::entered(presses, None);
        let due = spans::due_in(plan);
        let last = presses.last().map(|press| press.choice);
        let answer = plan.script.steps.last().map_or(SceneId::BLANK, |step| step.scene);
        Reaction {
            flash: last.filter(|c| *c != DONE).map(|c| (layer(answer, c.0), FLASH)),
            done: (last == Some(DONE) || entered.len() >= due.len())
                .then(|| spans::is_right(&entered, due)),
            ..Reaction::default()
        }
    }

    fn solution(&self, plan: &TrialPlan) -> Vec<Choice> {
        spans::presses(spans::due_in(plan)).collect()
    }

    fn annotate(&self, trial: &mut Trial, _before: &[Trial]) {
        spans::annotate(trial);
    }
}
