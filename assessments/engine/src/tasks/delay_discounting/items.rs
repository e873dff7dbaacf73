//! What is offered: the 27 questions of the MCQ, the delays of the adjusting procedures.

/// A smaller amount today against a larger one later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Question {
    pub sooner: u32,
    pub later: u32,
    pub days: u32,
    /// Index into [`RATES`]: at that rate both are worth the same.
    pub rank: u8,
    /// 0 small (25 to 35), 1 medium (50 to 60), 2 large (75 to 85).
    pub size: u8,
}

/// Rates of indifference of the nine ranks, per day (Kirby, Petry & Bickel 1999, table 1).
pub(super) const RATES: [f64; 9] =
    [0.00016, 0.00040, 0.0010, 0.0025, 0.0060, 0.016, 0.041, 0.10, 0.25];

const fn ask(sooner: u32, later: u32, days: u32, rank: u8) -> Question {
    let size = if later <= 35 {
        0
    } else if later <= 60 {
        1
    } else {
        2
    };
    Question { sooner, later, days, rank, size }
}

/// The Monetary Choice Questionnaire in its order (Kirby, Petry & Bickel 1999, J Exp Psychol Gen
/// 128:78–87); canonical values.
pub(super) const MCQ: [Question; 27] = [
    ask(54, 55, 117, 0),
    ask(55, 75, 61, 4),
    ask(19, 25, 53, 4),
    ask(31, 85, 7, 8),
    ask(14, 25, 19, 6),
    ask(47, 50, 160, 1),
    ask(15, 35, 13, 7),
    ask(25, 60, 14, 7),
    ask(78, 80, 162, 0),
    ask(40, 55, 62, 4),
    ask(11, 30, 7, 8),
    ask(67, 75, 119, 2),
    ask(34, 35, 186, 0),
    ask(27, 50, 21, 6),
    ask(69, 85, 91, 3),
    ask(49, 60, 89, 3),
    ask(80, 85, 157, 1),
    ask(24, 35, 29, 5),
    ask(33, 80, 14, 7),
    ask(28, 30, 179, 1),
    ask(34, 50, 30, 5),
    ask(25, 30, 80, 3),
    ask(41, 75, 20, 6),
    ask(54, 60, 111, 2),
    ask(54, 80, 30, 5),
    ask(22, 25, 136, 2),
    ask(20, 55, 7, 8),
];

/// A delay: its text, the number in it and its length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Delay {
    /// Key of the text.
    pub text: &'static str,
    pub number: u32,
    pub days: f64,
}

/// Days of a month and of a year.
const MONTH: f64 = 30.4375;
const YEAR: f64 = 365.25;

const fn delay(text: &'static str, number: u32, days: f64) -> Delay {
    Delay { text, number, days }
}

/// One week, one month, six months, one year, five years (after Du, Green & Myerson 2002).
pub(super) const ADJUSTING: [Delay; 5] = [
    delay("delay.week", 1, 7.0),
    delay("delay.month", 1, MONTH),
    delay("delay.months", 6, 6.0 * MONTH),
    delay("delay.year", 1, YEAR),
    delay("delay.years", 5, 5.0 * YEAR),
];

/// The 31 delays of the 5-trial procedure, from short to long (Koffarnus & Bickel 2014, Exp Clin
/// Psychopharmacol 22:222–228); canonical values. The first choice is in the middle, at three weeks.
pub(super) const LADDER: [Delay; 31] = [
    delay("delay.hour", 1, 1.0 / 24.0),
    delay("delay.hours", 2, 2.0 / 24.0),
    delay("delay.hours", 3, 3.0 / 24.0),
    delay("delay.hours", 4, 4.0 / 24.0),
    delay("delay.hours", 6, 6.0 / 24.0),
    delay("delay.hours", 9, 9.0 / 24.0),
    delay("delay.hours", 12, 12.0 / 24.0),
    delay("delay.day", 1, 1.0),
    delay("delay.hours", 36, 1.5),
    delay("delay.days", 2, 2.0),
    delay("delay.days", 3, 3.0),
    delay("delay.days", 4, 4.0),
    delay("delay.week", 1, 7.0),
    delay("delay.week_half", 1, 10.5),
    delay("delay.weeks", 2, 14.0),
    delay("delay.weeks", 3, 21.0),
    delay("delay.month", 1, MONTH),
    delay("delay.months", 2, 2.0 * MONTH),
    delay("delay.months", 3, 3.0 * MONTH),
    delay("delay.months", 4, 4.0 * MONTH),
    delay("delay.months", 6, 6.0 * MONTH),
    delay("delay.months", 8, 8.0 * MONTH),
    delay("delay.year", 1, YEAR),
    delay("delay.years", 2, 2.0 * YEAR),
    delay("delay.years", 3, 3.0 * YEAR),
    delay("delay.years", 4, 4.0 * YEAR),
    delay("delay.years", 5, 5.0 * YEAR),
    delay("delay.years", 8, 8.0 * YEAR),
    delay("delay.years", 12, 12.0 * YEAR),
    delay("delay.years", 18, 18.0 * YEAR),
    delay("delay.years", 25, 25.0 * YEAR),
];
