//! What span tasks share: lists that grow until two of one length fail, answers of several presses,
//! scores.

use super::{parts, usual::int_of};
use crate::{
    Choice, Press,
    params::{ParamError, ParamKind, ParamSpec, Params},
    rng::Rng,
    score::{self, Board, Limits, counts, right, rules, validity},
    script::TrialPlan,
    spec::{Before, Block, Criterion, words},
    stats::{self, Estimated, real},
};
use contract::task::{Extra, Phase, Trial};

/// Lists of each length.
pub(super) const LISTS: u32 = 2;
/// The longest list: each of nine things once.
pub(super) const MOST: u8 = 9;

/// Order in which a list is to be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Forward,
    Backward,
}

impl Order {
    pub(super) const fn of(block: &Block) -> Self {
        if block.part == 0 { Self::Forward } else { Self::Backward }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Backward => "backward",
        }
    }
}

/// Parameters of a span task in force. Times are milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spans {
    /// Shortest and longest list, forward and backward.
    pub lengths: [[u8; 2]; 2],
    pub forward: bool,
    pub backward: bool,
    pub practice: u32,
    pub rounds: u32,
    pub on: f64,
    pub off: f64,
    pub timeout: f64,
}

const fn length(
    name: &'static str,
    default: i64,
    [en, fr]: [&'static str; 2],
    source: Option<&'static str>,
) -> ParamSpec {
    ParamSpec {
        name,
        kind: ParamKind::Int { default, min: 2, max: MOST as i64 },
        unit: "items",
        label: words(en, fr),
        meaning: words(
            "Lists of this length; each list has each thing once at most, so nine is the longest.",
            "Listes de cette longueur ; chaque élément y vient au plus une fois, donc neuf au plus.",
        ),
        source,
    }
}

const fn flag(name: &'static str, default: bool, [en, fr]: [&'static str; 2]) -> ParamSpec {
    ParamSpec {
        name,
        kind: ParamKind::Flag { default },
        unit: "",
        label: words(en, fr),
        meaning: words(
            "Whether lists are to be given back in this order.",
            "Si les listes doivent être rendues dans cet ordre.",
        ),
        source: None,
    }
}

const fn time(
    name: &'static str,
    [default, min, max]: [i64; 3],
    [en, fr]: [&'static str; 2],
    source: Option<&'static str>,
) -> ParamSpec {
    ParamSpec {
        name,
        kind: ParamKind::Int { default, min, max },
        unit: "ms",
        label: words(en, fr),
        meaning: words(
            "Part of the rhythm: one item a second is usual.",
            "Partie du rythme : un élément par seconde est habituel.",
        ),
        source,
    }
}

/// The parameters of a span task: first lengths forward and backward, times on and off, publication.
pub(super) const fn params(
    starts: [i64; 2],
    times: [i64; 2],
    backward: bool,
    source: Option<&'static str>,
) -> [ParamSpec; 11] {
    [
        flag("forward", true, ["Forward", "À l’endroit"]),
        flag("backward", backward, ["Backward", "À l’envers"]),
        length(
            "start_forward",
            starts[0],
            ["First length, forward", "Première longueur, à l’endroit"],
            source,
        ),
        length(
            "max_forward",
            9,
            ["Last length, forward", "Dernière longueur, à l’endroit"],
            source,
        ),
        length(
            "start_backward",
            starts[1],
            ["First length, backward", "Première longueur, à l’envers"],
            source,
        ),
        length(
            "max_backward",
            8,
            ["Last length, backward", "Dernière longueur, à l’envers"],
            source,
        ),
        time("on", [times[0], 100, 3000], ["Time of an item", "Durée d’un élément"], source),
        time(
            "off",
            [times[1], 0, 3000],
            ["Time between items", "Durée entre les éléments"],
            source,
        ),
        ParamSpec {
            name: "timeout",
            kind: ParamKind::Int { default: 30_000, min: 5000, max: 120_000 },
            unit: "ms",
            label: words("Time to answer", "Temps pour répondre"),
            meaning: words(
                "The answer is taken as it stands after this time.",
                "Après ce temps, la réponse est prise telle qu’elle est.",
            ),
            source: None,
        },
        parts::practice_trials(2, None),
        parts::ROUNDS,
    ]
}

impl Spans {
    pub(super) fn new(params: &Params) -> Self {
        let length = |name| u8::try_from(params.count(name)).unwrap_or(MOST);
        Self {
            lengths: [
                [length("start_forward"), length("max_forward")],
                [length("start_backward"), length("max_backward")],
            ],
            forward: params.flag("forward"),
            backward: params.flag("backward"),
            practice: params.count("practice_trials"),
            rounds: params.count("practice_rounds"),
            on: params.number("on"),
            off: params.number("off"),
            timeout: params.number("timeout"),
        }
    }

    pub(super) fn check(params: &Params) -> Vec<ParamError> {
        let task = Self::new(params);
        let mut errors = Vec::new();
        if !task.forward && !task.backward {
            let message = "must be true, or backward must be.".into();
            errors.push(ParamError::new("forward", "order", message));
        }
        for (name, [start, max]) in ["max_forward", "max_backward"].into_iter().zip(task.lengths) {
            if max < start {
                let message = format!("must be at least the first length, {start}.");
                errors.push(ParamError::new(name, "order", message));
            }
        }
        errors
    }

    /// Each direction in use: its practice and its test.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let used = [(0, self.forward, "intro.forward"), (1, self.backward, "intro.backward")];
        let mut blocks = Vec::new();
        for (part, _, intro) in used.into_iter().filter(|(_, wanted, _)| *wanted) {
            let [start, max] = self.lengths[usize::from(part)];
            let trials = LISTS * u32::from(max - start + 1);
            let mut test = Block::test(trials).part(part);
            if self.practice > 0 {
                let criterion = Criterion { share: 0.5, rounds: self.rounds };
                blocks.push(Block::practice(self.practice, criterion).part(part).intro(intro));
            } else {
                test = test.intro(intro);
            }
            blocks.push(test);
        }
        blocks
    }

    /// Three quarters of the lists are reached; a list takes its items, a second of waiting and a
    /// second an item to answer. Half a minute of reading and practice for each direction.
    pub(super) fn minutes(&self) -> f64 {
        let item = (self.on + self.off) / 1000.0 + 1.0;
        let mut seconds = 0.0;
        for ([start, max], _) in
            self.lengths.iter().zip([self.forward, self.backward]).filter(|(_, wanted)| *wanted)
        {
            let lists = (*start..=*max).map(|n| f64::from(LISTS) * (f64::from(n) * item + 3.0));
            seconds += 30.0 + 0.75 * lists.sum::<f64>();
        }
        0.5 + seconds / 60.0
    }

    /// Lengths of the lists of a block: practice is as short as can be.
    pub(super) fn lengths_of(&self, block: &Block) -> Vec<u8> {
        let [start, max] = self.lengths[usize::from(block.part.min(1))];
        if block.phase == Phase::Practice {
            return vec![start.clamp(2, 3); block.trials as usize];
        }
        (start..=max).flat_map(|length| [length; LISTS as usize]).collect()
    }
}

/// A list of `length` of the numbers 0 to 8, each once at most, that `allows` each next number
/// after those before; different from all in `known`. Searched, so that it is found if there is one.
///
/// # Errors
/// There is none; says of which length.
pub(super) fn list(
    length: u8,
    known: &[Vec<u8>],
    allows: &dyn Fn(&[u8], u8) -> bool,
    rng: &mut Rng,
) -> Result<Vec<u8>, String> {
    let mut list = Vec::with_capacity(usize::from(length));
    if extend(&mut list, usize::from(length), known, allows, rng) {
        Ok(list)
    } else {
        Err(format!("there is no other list of {length}"))
    }
}

fn extend(
    list: &mut Vec<u8>,
    length: usize,
    known: &[Vec<u8>],
    allows: &dyn Fn(&[u8], u8) -> bool,
    rng: &mut Rng,
) -> bool {
    if list.len() >= length {
        return !known.contains(list);
    }
    let mut next: Vec<u8> = (0..MOST).collect();
    rng.shuffle(&mut next);
    for item in next {
        if !list.contains(&item) && allows(list, item) {
            list.push(item);
            if extend(list, length, known, allows, rng) {
                return true;
            }
            list.pop();
        }
    }
    false
}

/// A list as it is written in rows: numbers from 1.
pub(super) fn written(list: &[u8]) -> String {
    list.iter().map(|item| char::from(b'1' + item.min(&8))).collect()
}

/// The answer that is due.
pub(super) fn due(plan_list: &str, order: Order) -> String {
    match order {
        Order::Forward => plan_list.into(),
        Order::Backward => plan_list.chars().rev().collect(),
    }
}

/// Puts list and length into a plan.
pub(super) fn describe(plan: &mut TrialPlan, list: &[u8], order: Order) {
    plan.set("length", Extra::Int(i64::try_from(list.len()).unwrap_or(0)));
    plan.set("due", Extra::Text(due(&written(list), order)));
}

/// The answer that is due in a planned trial.
pub(super) fn due_in(plan: &TrialPlan) -> &str {
    match plan.get("due") {
        Some(Extra::Text(text)) => text,
        _ => "",
    }
}

/// How many items an answer has so far, when deletions are taken away.
pub(super) fn entered(presses: &[Press], delete: Option<Choice>) -> Vec<Choice> {
    let mut entered = Vec::with_capacity(usize::from(MOST));
    for press in presses {
        if Some(press.choice) == delete {
            entered.pop();
        } else if press.choice.0 < MOST && entered.len() < usize::from(MOST) {
            entered.push(press.choice);
        }
    }
    entered
}

/// Whether the items are the ones that are due.
pub(super) fn is_right(entered: &[Choice], due: &str) -> bool {
    entered.iter().map(|choice| b'1' + choice.0.min(8)).eq(due.bytes())
}

/// The presses that give an answer.
pub(super) fn presses(due: &str) -> impl Iterator<Item = Choice> {
    due.bytes().map(|digit| Choice(digit.wrapping_sub(b'1')))
}

/// Both lists of a length failed.
pub(super) fn is_over(block: &Block, before: Before<'_>) -> bool {
    if block.phase == Phase::Practice {
        return false;
    }
    let rows: Vec<&Trial> = before.here().collect();
    rows.chunk_by(|a, b| length_of(a) == length_of(b))
        .any(|same| same.iter().filter(|t| !right(t)).count() >= LISTS as usize)
}

fn length_of(trial: &Trial) -> i64 {
    int_of(trial, "length").unwrap_or(0)
}

/// Writes the answer into the row: items without deletions, and what was due.
pub(super) fn annotate(trial: &mut Trial) {
    if trial.interrupted {
        return;
    }
    let mut answer = String::new();
    for action in score::answer(trial) {
        match action.code.as_str() {
            "delete" => {
                answer.pop();
            }
            digit if digit.len() == 1 && answer.len() < usize::from(MOST) => answer.push_str(digit),
            _ => {}
        }
    }
    let due = super::usual::text_of(trial, "due").to_owned();
    trial.correct = Some(answer == due);
    trial.correct_code = Some(due);
    trial.resp_code = (!answer.is_empty()).then_some(answer);
}

/// Writes for each direction that was planned, with `_forward` or `_backward` after the name:
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `span` | longest length with a right list; canonical; 0 without any | 0 to 9 items |
/// | `total_correct` | right lists, count; canonical | ≥ 0 |
/// | `product` | span × right lists (Kessels et al. 2000); canonical for block spans | 0 to 144 |
/// | `mean_span` | (first length − 0.5) + Σ over lengths of the share of right lists (Woods et al. 2011) | items |
/// | `two_error_span` | longest right list before two failures in a row of one length (Woods et al. 2011) | 0 to 9 items |
/// | `position_accuracy` | places of all lists that were filled rightly / places of all lists | 0 to 1 |
/// | `partial_score` | mean of 1 − Levenshtein distance / the longer of list and answer | 0 to 1 |
/// | `first_latency` | median time from the sign to answer to the first press, right lists, ms | ≥ 0 |
/// | `inter_press` | median time between presses of items, right lists, ms | ≥ 0 |
pub(super) fn score(task: &Spans, trials: &[&Trial], board: &mut Board) {
    let counted: Vec<&Trial> = trials.iter().copied().filter(|t| counts(t)).collect();
    board.count("n_trials", rules::COUNTED, counted.len(), counted.len());
    let orders = [(Order::Forward, task.forward), (Order::Backward, task.backward)];
    for ((order, _), [start, _]) in
        orders.into_iter().zip(task.lengths).filter(|((_, planned), _)| *planned)
    {
        let mine: Vec<&Trial> =
            counted.iter().copied().filter(|t| t.condition == order.word()).collect();
        score_order(order, start, &mine, board);
    }
    parts::clean_share(board, &counted);
    validity(board, trials, Limits { chance: None });
}

fn score_order(order: Order, start: u8, mine: &[&Trial], board: &mut Board) {
    let n = mine.len();
    let name = |metric: &str| format!("{metric}_{}", order.word());
    let solved: Vec<&Trial> = mine.iter().copied().filter(|t| right(t)).collect();
    let known = stats::need(&vec![0.0; n], 1);
    let span = |rows: &[&Trial]| rows.iter().map(|t| length_of(t)).max().unwrap_or(0);
    let items = |length: i64| known.map(|()| real(usize::try_from(length).unwrap_or(0)));
    board.put(&name("span"), "items", rules::COUNTED, n, items(span(&solved)));
    board.count(&name("total_correct"), rules::COUNTED, n, solved.len());
    let product = span(&solved) * i64::try_from(solved.len()).unwrap_or(0);
    board.put(&name("product"), "", rules::COUNTED, n, items(product));
    let by_length = || mine.chunk_by(|a, b| length_of(a) == length_of(b));
    let shares = by_length()
        .map(|rows| real(rows.iter().filter(|t| right(t)).count()) / real(rows.len()))
        .sum::<f64>();
    let mean = known.map(|()| f64::from(start) - 0.5 + shares);
    board.put(&name("mean_span"), "items", rules::COUNTED, n, mean);
    let failed =
        by_length().position(|rows| rows.windows(2).any(|pair| !right(pair[0]) && !right(pair[1])));
    let before: Vec<&Trial> = by_length()
        .take(failed.unwrap_or(usize::MAX))
        .flat_map(|rows| rows.iter().copied().filter(|t| right(t)))
        .collect();
    board.put(&name("two_error_span"), "items", rules::COUNTED, n, items(span(&before)));
    positions(&name, mine, board);
    latencies(&name, &solved, board);
}

fn positions(name: &dyn Fn(&str) -> String, mine: &[&Trial], board: &mut Board) {
    let (mut filled, mut places) = (0, 0);
    let mut partial = Vec::new();
    for trial in mine {
        let due = trial.correct_code.as_deref().unwrap_or("").as_bytes();
        let given = trial.resp_code.as_deref().unwrap_or("").as_bytes();
        filled += due.iter().zip(given).filter(|(a, b)| a == b).count();
        places += due.len();
        let longer = due.len().max(given.len()).max(1);
        partial.push(1.0 - real(distance(due, given)) / real(longer));
    }
    board.share(&name("position_accuracy"), rules::COUNTED, places, filled);
    let mean = stats::mean(&partial);
    board.put(&name("partial_score"), "proportion", rules::COUNTED, partial.len(), mean);
}

fn latencies(name: &dyn Fn(&str) -> String, solved: &[&Trial], board: &mut Board) {
    let solved = || solved.iter().copied().filter(|t| board.keeps(t));
    let stamps = |trial: &Trial| -> Vec<contract::task::Micros> {
        let items = score::answer(trial).iter().filter(|action| action.code.len() == 1);
        items.map(|action| action.at_us).collect()
    };
    let first: Vec<f64> =
        solved().filter_map(|t| Some((*stamps(t).first()? - t.onset_us?).ms())).collect();
    let between: Vec<f64> = solved()
        .flat_map(|t| {
            let stamps = stamps(t);
            stamps.windows(2).map(|pair| (pair[1] - pair[0]).ms()).collect::<Vec<_>>()
        })
        .collect();
    let [latency, pace]: [Estimated; 2] = [stats::median(&first), stats::median(&between)];
    let names = [name("first_latency"), name("inter_press")];
    board.put(&names[0], "ms", rules::ANSWERED, first.len(), latency);
    board.put(&names[1], "ms", rules::ANSWERED, between.len(), pace);
}

/// Levenshtein distance: fewest insertions, deletions and replacements from one to the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
