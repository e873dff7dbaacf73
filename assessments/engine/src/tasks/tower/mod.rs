//! Tower of London: move balls between pegs until they are as in a model, in the fewest moves.
//!
//! After Shallice (1982), "Specific impairments of planning", Philosophical Transactions of the Royal
//! Society of London B 298, 199–209; canonical values: three balls, pegs for three, two and one, twelve
//! problems of two to five moves, a minute each. Scores as in Culbertson and Zillmer (1998), Archives
//! of Clinical Neuropsychology 13, 285–301. Problems are drawn anew for each session: a search in
//! breadth over the 36 states gives the fewest moves of each; no two of a test are the same but for
//! the colours. A problem is given once.
//!
//! A peg is chosen twice a move: to lift its upper ball, and where to put it. What the rules forbid
//! does nothing and is counted.

mod board;
mod params;
mod score;
mod texts;

use crate::{
    Choice, Press, Responses, Scene, SceneBook, SceneId,
    params::Params,
    responses::{ResponseOption, Zone},
    rng::Rng,
    scene::{Ink, Shape},
    script::{Ends, Feedback, Script, Step, TrialPlan},
    spec::{Answer, Block, Group, Outcome, Reaction, ResumePolicy, Task, TaskSpec, words},
    tasks::{parts, usual::text_of},
};
use board::{Course, State};
use contract::task::{Extra, Phase, Trial};
use params::Tower;
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "tower",
    version: "1",
    name: words("Tower of London", "Tour de Londres"),
    summary: words(
        "Move balls between pegs to match a model in the fewest moves. Measures planning.",
        "Déplacer des billes entre des tiges pour reproduire un modèle en peu de coups. Mesure la planification.",
    ),
    domain: "executive",
    source: "Shallice 1982, Phil Trans R Soc Lond B 298:199–209; Culbertson & Zillmer 1998, Arch Clin Neuropsychol 13:285–301",
    group: Group::Planning,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| Tower::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(Tower::new(params)),
    score: score::score,
};

/// Codes of the pegs from left to right.
const PEGS: [&str; 3] = ["1", "2", "3"];
/// Conditions, by fewest moves less two.
const CONDITIONS: [&str; 6] = ["moves_2", "moves_3", "moves_4", "moves_5", "moves_6", "moves_7"];
/// Problems of two moves that are kept for practice.
const KEPT: usize = 6;
/// Empty board before the balls, and pause between problems, milliseconds.
const WAIT: f64 = 500.0;
const PAUSE: f64 = 1000.0;

const COLOURS: [Ink; 3] = [Ink::Red, Ink::Blue, Ink::Yellow];
/// Orders of the colours.
const ORDERS: [[u8; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// A board in thousandths of the stage's short side.
#[derive(Clone, Copy)]
struct Size {
    /// Distance of the pegs, and where their feet are.
    pitch: i32,
    foot: i32,
    ball: i32,
}

const LARGE: Size = Size { pitch: 300, foot: 440, ball: 130 };
const SMALL: Size = Size { pitch: 140, foot: -200, ball: 80 };

/// Which peg a press chose.
fn peg_of(code: &str) -> Option<u8> {
    (0..).zip(PEGS).find(|(_, known)| *known == code).map(|(peg, _)| peg)
}

impl Size {
    fn pegs(self, scene: Scene) -> Scene {
        let Self { pitch, foot, ball } = self;
        let scene = scene.with(Shape::Block, [0, foot, 2 * pitch + 2 * ball, 12], Ink::Muted);
        (0..).zip([3, 2, 1]).fold(scene, |scene, (peg, room)| {
            let height = room * ball + ball / 4;
            scene.with(Shape::Block, [(peg - 1) * pitch, foot - height / 2, 14, height], Ink::Muted)
        })
    }

    /// A ball in its place; each has a mark, so that nobody depends on colours.
    fn ball(self, scene: Scene, ball: u8, place: u8) -> Scene {
        const PLACES: [[i32; 2]; 9] =
            [[-1, 0], [-1, 1], [-1, 2], [0, 0], [0, 1], [1, 0], [-1, 3], [0, 3], [1, 3]];
        let [column, level] = PLACES[usize::from(place.min(8))];
        let side = self.ball;
        let lifted = if level == 3 { side / 5 } else { 0 };
        let [x, y] = [column * self.pitch, self.foot - 8 - side / 2 - level * side - lifted];
        let scene = scene.with(Shape::Disc, [x, y, side, side], COLOURS[usize::from(ball.min(2))]);
        let mark = side * 2 / 5;
        match ball {
            0 => scene,
            1 => scene.with(Shape::Plus, [x, y, mark, mark], Ink::Ink),
            _ => scene.with(Shape::Ring, [x, y, mark, mark], Ink::Ink),
        }
    }

    fn balls(self, scene: Scene, state: State) -> Scene {
        (0..).zip(state.places()).fold(scene, |scene, (ball, place)| self.ball(scene, ball, place))
    }
}

/// The layer of a ball in a place; the layers follow the board.
const fn layer(board: SceneId, ball: u8, place: u8) -> SceneId {
    SceneId(board.0 + 1 + 9 * ball as u16 + place as u16)
}

/// Start or goal of a planned problem.
fn state_in(plan: &TrialPlan, name: &str) -> Option<State> {
    match plan.get(name) {
        Some(Extra::Text(text)) => State::read(text),
        _ => None,
    }
}

/// What the presses on a problem have done so far.
fn course_of(plan: &TrialPlan, presses: &[Press]) -> Option<Course> {
    let mut course = Course::new(state_in(plan, "start")?);
    for press in presses.iter().filter(|press| press.choice.0 < 3) {
        course.press(press.choice.0);
    }
    Some(course)
}

impl Tower {
    /// Start and goal of each problem of a block.
    fn draw(&self, block: &Block, rng: &mut Rng) -> Result<Vec<[State; 2]>, String> {
        let practice = block.phase == Phase::Practice;
        let levels = if practice { vec![2; block.trials as usize] } else { self.levels() };
        let mut drawn: Vec<[State; 2]> = Vec::new();
        for same in levels.chunk_by(PartialEq::eq) {
            let mut problems = params::problems_of(same[0]);
            // The first ones of two moves are practised, so that the test is new
            let kept = if same[0] == 2 { KEPT.min(problems.len()) } else { 0 };
            let others = problems.split_off(kept);
            let mut problems = if practice { problems } else { others };
            rng.shuffle(&mut problems);
            if problems.is_empty() || (!practice && problems.len() < same.len()) {
                return Err(format!("there are {} problems of {} moves", problems.len(), same[0]));
            }
            for problem in problems.iter().cycle().take(same.len()) {
                let mut orders = ORDERS;
                rng.shuffle(&mut orders);
                // Neither start nor goal is that of the problem before
                let coloured = orders.map(|order| problem.map(|state| state.recoloured(order)));
                let before = drawn.last().copied();
                let is_new = |p: &&[State; 2]| before.is_none_or(|b| b[0] != p[0] && b[1] != p[1]);
                let new = coloured.iter().find(is_new).copied();
                drawn.push(new.ok_or("start or goal would be those of the problem before")?);
            }
        }
        Ok(drawn)
    }

    fn trial(
        &self,
        [start, goal]: [State; 2],
        board: SceneId,
        model: SceneId,
        feedback: Option<Feedback>,
    ) -> TrialPlan {
        let [r, b, y] = start.places();
        let balls = [layer(board, 0, r), layer(board, 1, b), layer(board, 2, y), model];
        let script = Script {
            steps: smallvec![
                Step::lead(board, WAIT),
                Step::target(board, self.timeout).over(balls),
            ],
            ends: Ends::WhenTold,
            feedback,
            rest: board,
            iti_ms: PAUSE,
            ..Script::default()
        };
        let least = start.way(goal).len();
        let condition = CONDITIONS[least.clamp(2, 7) - 2];
        let (start, goal) = (start.written(), goal.written());
        TrialPlan::new(condition, format!("{start} {goal}"), None, script)
            .with("start", Extra::Text(start))
            .with("goal", Extra::Text(goal))
            .with("min_moves", Extra::Int(i64::try_from(least).unwrap_or(0)))
    }
}

impl Task for Tower {
    fn blocks(&self) -> Vec<Block> {
        let test = u32::try_from(self.levels().len()).unwrap_or(0);
        parts::blocks(self.practice, test, 1)
    }

    fn responses(&self) -> Responses {
        let keys: [&[&str]; 3] = [
            &["Digit1", "Numpad1", "ArrowLeft"],
            &["Digit2", "Numpad2", "ArrowDown"],
            &["Digit3", "Numpad3", "ArrowRight"],
        ];
        let half = LARGE.pitch / 2;
        let ends = [(i32::MIN, -half - 1), (-half, half), (half + 1, i32::MAX)];
        let options = PEGS.into_iter().zip(keys).zip(ends).map(|((code, keys), (left, right))| {
            ResponseOption::new(code, keys, Some(Zone { left, right, ..Zone::ALL }))
        });
        // The pegs on the stage are what is touched: no buttons beside it
        Responses { options: options.collect(), buttons: true, ..Responses::default() }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        let [_, start, _, _, goal, _] = State::shapes();
        let scene = SMALL.balls(SMALL.pegs(Scene::new("example")), goal);
        vec![Some(LARGE.balls(LARGE.pegs(scene), start)), None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let feedback = block.criterion.map(|_| parts::feedback(text, scenes));
        let sign = Shape::Text(text("sign.goal"));
        let board = Scene::new("board").with(sign, [0, -478, 900, 44], Ink::Muted);
        let board = scenes.add(SMALL.pegs(LARGE.pegs(board)));
        for ball in 0..3 {
            for place in 0..9 {
                let name = format!("ball.{}.{}", ball + 1, place + 1);
                scenes.add(LARGE.ball(Scene::new(&name), ball, place));
            }
        }
        let problems = self.draw(block, rng)?;
        let trial = |problem: [State; 2]| {
            let model = SMALL.balls(Scene::new(&problem[1].written()), problem[1]);
            self.trial(problem, board, scenes.add(model), feedback)
        };
        Ok(problems.into_iter().map(trial).collect())
    }

    fn react(&self, plan: &TrialPlan, presses: &[Press]) -> Reaction {
        let mut reaction = Reaction::default();
        let board = plan.script.rest;
        let Some((_, earlier)) = presses.split_last() else {
            return reaction;
        };
        if let (Some(was), Some(is)) = (course_of(plan, earlier), course_of(plan, presses)) {
            for ((ball, before), after) in (0..).zip(was.places()).zip(is.places()) {
                if before != after {
                    reaction.lay.push((layer(board, ball, before), false));
                    reaction.lay.push((layer(board, ball, after), true));
                }
            }
            let solved = state_in(plan, "goal").is_some_and(|goal| is.is_at(goal));
            reaction.done = solved.then_some(true);
        }
        reaction
    }

    /// In practice: whether fewer moves were enough, and that time is up.
    fn outcome(&self, plan: &TrialPlan, answer: Answer<'_>) -> Option<Outcome> {
        let feedback = plan.script.feedback?;
        let least = plan.get("min_moves");
        let moves = course_of(plan, answer.presses).map(|course| i64::from(course.moves));
        let scene = match moves {
            Some(moves) if answer.right && least == Some(&Extra::Int(moves)) => feedback.right,
            Some(_) if answer.right => feedback.wrong,
            _ => feedback.slow,
        };
        Some(Outcome::new(scene, feedback.ms))
    }

    fn solution(&self, plan: &TrialPlan) -> Vec<Choice> {
        let ends = state_in(plan, "start").zip(state_in(plan, "goal"));
        let way = ends.map(|(start, goal)| start.way(goal)).unwrap_or_default();
        way.into_iter().flatten().map(Choice).collect()
    }

    /// Goal and last state as codes; moves and violations of rules.
    fn annotate(&self, trial: &mut Trial, _before: &[Trial]) {
        let start = State::read(text_of(trial, "start"));
        let Some(start) = start.filter(|_| !trial.interrupted) else {
            return;
        };
        let mut course = Course::new(start);
        for action in crate::score::answer(trial) {
            if let Some(peg) = peg_of(&action.code) {
                course.press(peg);
            }
        }
        let goal = text_of(trial, "goal").to_owned();
        let reached = course.state().written();
        trial.extra.insert("moves".into(), Extra::Int(course.moves.into()));
        trial.extra.insert("rule_violations".into(), Extra::Int(course.violations.into()));
        trial.correct = Some(reached == goal);
        trial.correct_code = Some(goal);
        trial.resp_code = trial.resp_code.is_some().then_some(reached);
    }
}
