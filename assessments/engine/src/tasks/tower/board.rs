//! Three balls on three pegs: moves, distances, and what presses do.

/// How many balls each peg holds (Shallice 1982).
const ROOM: [u8; 3] = [3, 2, 1];
/// First of the six places of each peg, counted from the bottom.
const FIRST_PLACE: [u8; 3] = [0, 3, 5];
/// Places of balls on pegs; after them, one above each peg for a ball that is lifted.
const PLACES: u8 = 6;
/// Letters of the balls in rows: red, blue, yellow.
const LETTERS: &[u8; 3] = b"rby";

/// Where the balls are. Equal states are equal bytes: places without a ball hold 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    balls: [[u8; 3]; 3],
    heights: [u8; 3],
}

impl State {
    /// The six shapes that three balls can make, with the balls in order of their numbers.
    pub(super) fn shapes() -> [Self; 6] {
        let heights = [[3, 0, 0], [2, 1, 0], [2, 0, 1], [1, 2, 0], [1, 1, 1], [0, 2, 1]];
        heights.map(|heights| {
            let mut state = Self { balls: [[0; 3]; 3], heights: [0; 3] };
            let mut ball = 0;
            for (peg, height) in (0..).zip(heights) {
                for _ in 0..height {
                    state.put(peg, ball);
                    ball += 1;
                }
            }
            state
        })
    }

    fn lift(&mut self, peg: u8) -> Option<u8> {
        let peg = usize::from(peg.min(2));
        let top = usize::from(self.heights[peg].checked_sub(1)?);
        self.heights[peg] -= 1;
        Some(core::mem::take(&mut self.balls[peg][top]))
    }

    /// Whether there was room.
    fn put(&mut self, peg: u8, ball: u8) -> bool {
        let peg = usize::from(peg.min(2));
        let height = self.heights[peg];
        let room = height < ROOM[peg];
        if room {
            self.balls[peg][usize::from(height)] = ball;
            self.heights[peg] += 1;
        }
        room
    }

    /// The state after a move that the rules allow.
    fn moved(mut self, [from, to]: [u8; 2]) -> Option<Self> {
        let ball = self.lift(from).filter(|_| from != to)?;
        self.put(to, ball).then_some(self)
    }

    fn next(self) -> impl Iterator<Item = ([u8; 2], Self)> {
        let moves = (0..9).map(|i| [i / 3, i % 3]);
        moves.filter_map(move |step| Some((step, self.moved(step)?)))
    }

    /// Every state with the fewest moves to it, nearest first.
    pub(super) fn distances(self) -> Vec<(Self, u8)> {
        let mut known = vec![(self, 0)];
        let mut at = 0;
        while let Some((state, distance)) = known.get(at).copied() {
            for (_, next) in state.next() {
                if known.iter().all(|(other, _)| *other != next) {
                    known.push((next, distance + 1));
                }
            }
            at += 1;
        }
        known
    }

    /// A shortest way to `goal`: pegs from and to.
    pub(super) fn way(self, goal: Self) -> Vec<[u8; 2]> {
        let distances = goal.distances();
        let left = |state: Self| distances.iter().find(|(s, _)| *s == state).map_or(0, |(_, d)| *d);
        let (mut state, mut way) = (self, Vec::new());
        while let Some((step, next)) =
            state.next().find(|(_, next)| left(*next) < left(state)).filter(|_| state != goal)
        {
            way.push(step);
            state = next;
        }
        way
    }

    /// With other balls: `colours[i]` instead of ball i.
    pub(super) fn recoloured(mut self, colours: [u8; 3]) -> Self {
        for (balls, height) in self.balls.iter_mut().zip(self.heights) {
            for ball in balls.iter_mut().take(usize::from(height)) {
                *ball = colours[usize::from(*ball)];
            }
        }
        self
    }

    /// Place of each ball, 0 to 5.
    pub(super) fn places(self) -> [u8; 3] {
        let mut places = [0; 3];
        for ((balls, height), first) in self.balls.iter().zip(self.heights).zip(FIRST_PLACE) {
            for (place, ball) in (first..first + height).zip(balls) {
                places[usize::from(*ball)] = place;
            }
        }
        places
    }

    /// Pegs from left to right, balls from the bottom, e.g. `ry/b/-`.
    pub(super) fn written(self) -> String {
        let peg = |(balls, height): (&[u8; 3], u8)| -> String {
            let letters = balls.iter().take(usize::from(height));
            let letters: String =
                letters.map(|ball| char::from(LETTERS[usize::from(*ball)])).collect();
            if letters.is_empty() { "-".into() } else { letters }
        };
        let pegs: Vec<String> = self.balls.iter().zip(self.heights).map(peg).collect();
        pegs.join("/")
    }

    /// Reads what [`Self::written`] wrote.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut state = Self { balls: [[0; 3]; 3], heights: [0; 3] };
        for (peg, balls) in (0..3).zip(text.split('/')) {
            for letter in balls.bytes().filter(|letter| *letter != b'-') {
                let ball = (0..3).zip(LETTERS).find(|(_, known)| **known == letter)?.0;
                if !state.put(peg, ball) {
                    return None;
                }
            }
        }
        Some(state)
    }
}

/// What presses of pegs did, from a start on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Course {
    state: State,
    /// A ball in the air and the peg that it came from.
    held: Option<(u8, u8)>,
    /// Balls put on another peg.
    pub moves: u32,
    /// Attempts to put a ball on a full peg.
    pub violations: u32,
    /// Whether any ball was lifted so far.
    pub begun: bool,
}

impl Course {
    pub(super) const fn new(start: State) -> Self {
        Self { state: start, held: None, moves: 0, violations: 0, begun: false }
    }

    /// Lifts the upper ball of a peg, or puts the lifted ball on it; back on its own is no move.
    pub(super) fn press(&mut self, peg: u8) {
        match self.held {
            None => {
                self.held = self.state.lift(peg).map(|ball| (ball, peg));
                self.begun |= self.held.is_some();
            }
            Some((ball, from)) => {
                if self.state.put(peg, ball) {
                    self.moves += u32::from(peg != from);
                    self.held = None;
                } else {
                    self.violations += 1;
                }
            }
        }
    }

    /// The state with a ball in the air back where it came from.
    pub(super) fn state(mut self) -> State {
        if let Some((ball, from)) = self.held {
            self.state.put(from, ball);
        }
        self.state
    }

    /// Whether the balls are as in `goal`, none in the air.
    pub(super) fn is_at(&self, goal: State) -> bool {
        self.held.is_none() && self.state == goal
    }

    /// Place of each ball, 0 to 8: on pegs, then above each peg.
    pub(super) fn places(&self) -> [u8; 3] {
        let mut places = self.state.places();
        if let Some((ball, from)) = self.held {
            places[usize::from(ball)] = PLACES + from;
        }
        places
    }
}
