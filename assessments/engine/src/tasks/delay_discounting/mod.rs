//! Delay discounting: a smaller amount today, or a larger one later?
//!
//! Three procedures: the 27 questions of the Monetary Choice Questionnaire (Kirby, Petry and Bickel
//! 1999, Journal of Experimental Psychology: General 128, 78–87), the adjusting-amount procedure (Du,
//! Green and Myerson 2002, The Psychological Record 52, 479–492) and the 5-trial adjusting delay
//! (Koffarnus and Bickel 2014, Experimental and Clinical Psychopharmacology 22, 222–228). The
//! amounts are hypothetical. Practice offers two amounts at the same time, so that it has a right answer.

mod curve;
mod items;
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
    script::{Ends, Feedback, Script, Step, TrialPlan},
    spec::{Before, Block, Group, ResumePolicy, Task, TaskSpec, words},
    tasks::{
        parts,
        usual::{int_of, text_of},
    },
    text::fill,
};
use contract::task::{Extra, Trial};
use items::{ADJUSTING, Delay, LADDER, MCQ, Question};
use params::{DelayDiscounting, Procedure};
use smallvec::smallvec;

pub(super) const SPEC: TaskSpec = TaskSpec {
    id: "delay_discounting",
    version: "1",
    name: words("Delay discounting", "Dévalorisation temporelle"),
    summary: words(
        "Choose between a smaller amount today and a larger one later. Measures how much waiting costs.",
        "Choisir entre un montant plus petit aujourd’hui et un plus grand plus tard. Mesure ce que coûte l’attente.",
    ),
    domain: "decision",
    source: "Kirby, Petry & Bickel 1999, J Exp Psychol Gen 128:78–87; Koffarnus & Bickel 2014, Exp Clin Psychopharmacol 22:222–228",
    group: Group::Decisions,
    params: params::PARAMS,
    presets: &[],
    resume: ResumePolicy::NextTrial,
    texts: texts::TEXTS,
    minutes: |params| DelayDiscounting::new(params).minutes(),
    check: params::check,
    build: |params: &Params| Box::new(DelayDiscounting::new(params)),
    score: score::score,
};

const LEFT: Choice = Choice(0);
const RIGHT: Choice = Choice(1);
const SIDES: [Choice; 2] = [LEFT, RIGHT];

/// Rate at which simulated participants discount, per day.
const USUAL_RATE: f64 = 0.012;

const fn word(side: Choice) -> &'static str {
    if side.0 == LEFT.0 { "left" } else { "right" }
}

const fn other(side: Choice) -> Choice {
    if side.0 == LEFT.0 { RIGHT } else { LEFT }
}

const fn middle(side: Choice) -> i32 {
    if side.0 == LEFT.0 { -248 } else { 248 }
}

/// Looks up a text.
type Text<'a> = &'a dyn Fn(&str) -> String;

/// The frame of an offer and when it is paid.
fn frame(scene: Scene, side: Choice, when: String) -> Scene {
    let x = middle(side);
    scene.with(Shape::Frame, [x, 0, 460, 360], Ink::Muted).with(
        Shape::Text(when),
        [x, 90, 430, 58],
        Ink::Ink,
    )
}

fn sum(scene: Scene, side: Choice, amount: String) -> Scene {
    scene.with(Shape::Text(amount), [middle(side), -50, 430, 110], Ink::Ink)
}

/// In words for the row: `6 months`.
fn notation(delay: Delay) -> String {
    let unit = delay.text.strip_prefix("delay.").unwrap_or(delay.text);
    format!("{} {unit}", delay.number)
}

/// The amount in sixty-fourths, rounded half up.
const fn part(amount: u32, sixty_fourths: u32) -> u32 {
    (amount * sixty_fourths + 32) / 64
}

/// What a simulated participant would take.
fn lean(sooner: f64, later: f64, days: f64, later_side: Choice) -> Option<Choice> {
    let waits = later / (1.0 + USUAL_RATE * days) > sooner;
    Some(if waits { later_side } else { other(later_side) })
}

/// The choices made before, in order; omissions left out.
fn choices<'a>(trials: impl Iterator<Item = &'a Trial>) -> Vec<bool> {
    trials.filter_map(chose_later).collect()
}

/// Whether the later amount was taken; none when nothing was.
fn chose_later(trial: &Trial) -> Option<bool> {
    let choice = trial.resp_code.as_deref()?;
    Some(choice == text_of(trial, "later_side"))
}

impl DelayDiscounting {
    fn script(&self, scene: SceneId, feedback: Option<Feedback>) -> Script {
        Script {
            steps: smallvec![Step::target(scene, self.timeout)],
            ends: Ends::OnResponse,
            feedback,
            iti_ms: self.iti,
            anticipation_ms: self.anticipation,
            ..Script::default()
        }
    }

    fn amount(&self, text: Text<'_>, amount: u32) -> String {
        fill(&text(self.currency), &[("n", amount)])
    }

    /// Two amounts at the same time: the larger one is right.
    fn practice(&self, i: u32, side: Choice, text: Text<'_>, scenes: &mut SceneBook) -> TrialPlan {
        let (less, more) = (10 + 5 * (i % 3), 40 + 10 * (i % 4));
        let when = if i.is_multiple_of(2) {
            text("delay.now")
        } else {
            fill(&text("delay.days"), &[("n", 30)])
        };
        let name = format!("{less} or {more}");
        let mut scene = Scene::new(&name);
        for (at, amount) in [(other(side), less), (side, more)] {
            scene = sum(frame(scene, at, when.clone()), at, self.amount(text, amount));
        }
        let feedback = Some(parts::feedback(text, scenes));
        let script = self.script(scenes.add(scene), feedback);
        TrialPlan::new("practice", name, Some(side), script)
            .with("later_side", Extra::Text(word(side).into()))
    }

    /// A choice without right and wrong.
    fn offer(
        &self,
        condition: &'static str,
        name: String,
        scene: SceneId,
        later: Choice,
    ) -> TrialPlan {
        let mut plan = TrialPlan::new(condition, name, None, self.script(scene, None))
            .with("later_side", Extra::Text(word(later).into()));
        plan.open = true;
        plan
    }

    fn question(
        &self,
        q: Question,
        side: Choice,
        text: Text<'_>,
        scenes: &mut SceneBook,
    ) -> TrialPlan {
        let Question { sooner, later, days, rank, size } = q;
        let name = format!("{sooner} now, {later} in {days} days");
        let now = frame(Scene::new(&name), other(side), text("delay.now"));
        let both = frame(now, side, fill(&text("delay.days"), &[("n", days)]));
        let both = sum(both, other(side), self.amount(text, sooner));
        let both = sum(both, side, self.amount(text, later));
        let condition = ["small", "medium", "large"][usize::from(size)];
        let mut plan = self
            .offer(condition, name, scenes.add(both), side)
            .with("sooner", Extra::Int(sooner.into()))
            .with("later", Extra::Int(later.into()))
            .with("days", Extra::Int(days.into()))
            .with("rank", Extra::Int(rank.into()));
        plan.lean = lean(sooner.into(), later.into(), days.into(), side);
        plan
    }

    /// The later amount at a delay, and where the sooner one goes.
    fn later_offer(&self, delay: Delay, side: Choice, text: Text<'_>) -> Scene {
        let name = format!("{} in {}", self.amount, notation(delay));
        let now = frame(Scene::new(&name), other(side), text("delay.now"));
        let both = frame(now, side, fill(&text(delay.text), &[("n", delay.number)]));
        sum(both, side, self.amount(text, self.amount))
    }

    /// Six choices at each delay, delays in random order; the amount of today is a layer of its own.
    fn adjusting(&self, text: Text<'_>, scenes: &mut SceneBook, rng: &mut Rng) -> Vec<TrialPlan> {
        let side = SIDES[usize::from(rng.below(2) == 1)];
        let mut order: [usize; 5] = [0, 1, 2, 3, 4];
        rng.shuffle(&mut order);
        let below: Vec<SceneId> =
            ADJUSTING.iter().map(|d| scenes.add(self.later_offer(*d, side, text))).collect();
        let mut first = None;
        for share in 1..64 {
            let amount = part(self.amount, share);
            // By share, not by amount: of a small amount several shares are alike
            let layer = Scene::new(&format!("share {share}"));
            let id = scenes.add(sum(layer, other(side), self.amount(text, amount)));
            first.get_or_insert(id);
        }
        let first = first.unwrap_or_default();
        let mut plans = Vec::new();
        for delay in order {
            for _ in 0..params::STEPS {
                let mut plan = self
                    .offer("adjusting", String::new(), below[delay], side)
                    .with("delay", Extra::Int(i64::try_from(delay).unwrap_or(0)))
                    .with("later", Extra::Int(self.amount.into()));
                if let Some(step) = plan.script.steps.first_mut() {
                    step.over[0] = first;
                }
                self.set_share(&mut plan, 1, 32, side);
                plans.push(plan);
            }
        }
        plans
    }

    /// Offers `share` sixty-fourths today, where `shown` were offered before.
    fn set_share(&self, plan: &mut TrialPlan, shown: u32, share: u32, side: Choice) {
        let Some(delay) = delay_of(plan) else { return };
        let layer = |id: u16| u32::from(id) + share - shown;
        if let Some(step) = plan.script.steps.first_mut() {
            step.over[0] = SceneId(u16::try_from(layer(step.over[0].0)).unwrap_or(0));
        }
        let sooner = part(self.amount, share);
        plan.stimulus = format!("{sooner} now, {} in {}", self.amount, notation(delay));
        plan.set("share", Extra::Int(share.into()));
        plan.set("sooner", Extra::Int(sooner.into()));
        plan.lean = lean(sooner.into(), self.amount.into(), delay.days, side);
    }

    /// Five choices between half the amount today and all of it at a delay that they lead to.
    fn five_trial(&self, text: Text<'_>, scenes: &mut SceneBook, rng: &mut Rng) -> Vec<TrialPlan> {
        let side = SIDES[usize::from(rng.below(2) == 1)];
        let half = part(self.amount, 32);
        let ids: Vec<SceneId> = LADDER
            .iter()
            .map(|delay| {
                let later = self.later_offer(*delay, side, text);
                scenes.add(sum(later, other(side), self.amount(text, half)))
            })
            .collect();
        let first = ids.first().copied().unwrap_or_default();
        let plan = || {
            let mut plan = self
                .offer("five_trial", String::new(), first, side)
                .with("sooner", Extra::Int(half.into()))
                .with("later", Extra::Int(self.amount.into()));
            self.set_rung(&mut plan, 0, 15, side);
            plan
        };
        (0..params::RUNGS).map(|_| plan()).collect()
    }

    fn set_rung(&self, plan: &mut TrialPlan, shown: usize, rung: usize, side: Choice) {
        let Some(delay) = LADDER.get(rung) else { return };
        if let Some(step) = plan.script.steps.first_mut() {
            let id = usize::from(step.scene.0) + rung - shown;
            step.scene = SceneId(u16::try_from(id).unwrap_or(0));
        }
        let half = part(self.amount, 32);
        plan.stimulus = format!("{half} now, {} in {}", self.amount, notation(*delay));
        plan.set("rung", Extra::Int(i64::try_from(rung).unwrap_or(0)));
        plan.lean = lean(half.into(), self.amount.into(), delay.days, side);
    }
}

fn delay_of(plan: &TrialPlan) -> Option<Delay> {
    match plan.get("delay") {
        Some(Extra::Int(delay)) => ADJUSTING.get(usize::try_from(*delay).ok()?).copied(),
        _ => None,
    }
}

fn whole(plan: &TrialPlan, name: &str) -> usize {
    match plan.get(name) {
        Some(Extra::Int(n)) => usize::try_from(*n).unwrap_or(0),
        _ => 0,
    }
}

impl Task for DelayDiscounting {
    fn blocks(&self) -> Vec<Block> {
        parts::blocks(self.practice, self.trials(), 1)
    }

    fn responses(&self) -> Responses {
        let option = |code, keys, zone| ResponseOption::new(code, keys, Some(zone));
        Responses {
            options: vec![
                option("left", &["ArrowLeft", "KeyF"], Zone::LEFT_HALF),
                option("right", &["ArrowRight", "KeyJ"], Zone::RIGHT_HALF),
            ],
            // What is drawn on the stage is what is touched: no buttons beside it
            buttons: true,
            ..Responses::default()
        }
    }

    fn pages(&self) -> Vec<Option<Scene>> {
        vec![None, None]
    }

    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String> {
        let fixed = block.criterion.is_some() || self.procedure == Procedure::Mcq;
        if !fixed {
            return Ok(match self.procedure {
                Procedure::FiveTrial => self.five_trial(text, scenes, rng),
                Procedure::Adjusting | Procedure::Mcq => self.adjusting(text, scenes, rng),
            });
        }
        // Sides as equal as can be, at most four alike in a row
        let odd = rng.below(2);
        let cell = |side: Choice| Cell {
            count: block.trials / 2 + (block.trials % 2) * u32::from(u32::from(side.0) == odd),
            levels: smallvec![side.0],
        };
        let sides = arrange(&SIDES.map(cell), &[Feature { name: "side", max_run: 4 }], rng)?;
        let sides = sides.into_iter().map(|i| SIDES[i]);
        Ok(if block.criterion.is_some() {
            (0..).zip(sides).map(|(i, side)| self.practice(i, side, text, scenes)).collect()
        } else {
            MCQ.into_iter()
                .zip(sides)
                .map(|(q, side)| self.question(q, side, text, scenes))
                .collect()
        })
    }

    /// The offer that the choices so far lead to.
    fn tailor(&self, plan: &mut TrialPlan, before: Before<'_>, _rng: &mut Rng) {
        let side = match plan.get("later_side") {
            Some(Extra::Text(side)) if side == "left" => LEFT,
            _ => RIGHT,
        };
        match plan.condition {
            "adjusting" => {
                let delay = whole(plan, "delay");
                let here = |t: &&Trial| int_of(t, "delay") == i64::try_from(delay).ok();
                let made = choices(before.here().filter(here));
                let share = curve::sixty_fourths(&made);
                let shown = u32::try_from(whole(plan, "share")).unwrap_or(1);
                self.set_share(plan, shown, share, side);
            }
            "five_trial" => {
                let rung = curve::rung(&choices(before.here()));
                let shown = whole(plan, "rung");
                self.set_rung(plan, shown, rung, side);
            }
            _ => {}
        }
    }
}
