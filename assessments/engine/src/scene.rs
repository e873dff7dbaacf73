//! What is on the stage, as data: the runtime draws it once and flips it when told.

/// Horizontal or vertical direction of an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heading {
    Left,
    Right,
    Up,
    Down,
}

/// What to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A plus sign, such as a fixation cross.
    Plus,
    /// An X made of two strokes.
    Cross,
    Disc,
    Ring,
    /// Outline of a rectangle.
    Frame,
    /// Filled rectangle.
    Block,
    /// Filled arrow with a head.
    Arrow(Heading),
    /// Horizontal bar without a head.
    Dash,
    /// Text in the middle of the item's box, already in the participant's language; `h` is its line height.
    Text(String),
}

/// Colour by role; the runtime holds the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// Full contrast with the background.
    Ink,
    Muted,
    /// Right answer.
    Good,
    /// Wrong answer.
    Bad,
    Red,
    Green,
    Blue,
    Yellow,
}

/// One shape. Lengths are thousandths of the stage's short side; `x`, `y` is the centre of its
/// box, measured from the centre of the stage, right and down positive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub shape: Shape,
    pub x: i32,
    pub y: i32,
    pub w: i32,
    pub h: i32,
    pub ink: Ink,
}

/// Everything that is visible at one time, drawn in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// For the accessibility tree and for tests, e.g. `fixation` or `<<><<`.
    pub name: String,
    pub pieces: Vec<Piece>,
}

impl Scene {
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.into(), pieces: Vec::new() }
    }

    /// With one more shape.
    #[must_use]
    pub fn with(mut self, shape: Shape, [x, y, w, h]: [i32; 4], ink: Ink) -> Self {
        self.pieces.push(Piece { shape, x, y, w, h, ink });
        self
    }
}

/// Index into [`SceneBook`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SceneId(pub u16);

impl SceneId {
    /// The empty stage: always scene 0.
    pub const BLANK: Self = Self(0);
}

/// Layers on top of a scene; [`SceneId::BLANK`] where there is none.
pub type Over = [SceneId; 4];

/// Nothing on top.
pub const NOTHING_OVER: Over = [SceneId::BLANK; 4];

/// Layers that together show a whole number from 0 to 9999; see [`SceneBook::digits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits(SceneId);

impl Digits {
    /// The layers of a number, leading zeros left out; 9999 for more.
    #[must_use]
    pub fn of(self, number: u32) -> Over {
        let mut rest = u16::try_from(number).unwrap_or(9999).min(9999);
        let mut over = NOTHING_OVER;
        for (layer, place) in over.iter_mut().zip(0..) {
            if rest > 0 || place == 0 {
                *layer = SceneId(self.0.0 + place * 10 + rest % 10);
            }
            rest /= 10;
        }
        over
    }
}

/// The scenes of one block, each once. Later scenes lie above earlier ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneBook {
    scenes: Vec<Scene>,
}

impl Default for SceneBook {
    fn default() -> Self {
        Self { scenes: vec![Scene::new("blank")] }
    }
}

impl SceneBook {
    /// The id of `scene`, which is added unless it is there. The book holds 65,536 at most; what
    /// comes after is the blank scene.
    pub fn add(&mut self, scene: Scene) -> SceneId {
        let found = self.scenes.iter().position(|known| *known == scene);
        let index = found.unwrap_or(self.scenes.len());
        let Ok(id) = u16::try_from(index) else {
            return SceneId::BLANK;
        };
        if found.is_none() {
            self.scenes.push(scene);
        }
        SceneId(id)
    }

    /// Layers for numbers of up to four digits, `h` high, around `x`, `y`. Forty layers, the same
    /// ones when asked again.
    pub fn digits(&mut self, [x, y, h]: [i32; 3], ink: Ink) -> Digits {
        let mut first = None;
        for place in 0..4 {
            for digit in 0..10 {
                let name = format!("digit.{place}.{digit}");
                let centre = x + (3 - 2 * place) * h * 3 / 10;
                let text = Shape::Text(digit.to_string());
                let id = self.add(Scene::new(&name).with(text, [centre, y, h, h], ink));
                first.get_or_insert(id);
            }
        }
        Digits(first.unwrap_or_default())
    }

    /// All scenes, in order of their ids.
    #[must_use]
    pub fn scenes(&self) -> &[Scene] {
        &self.scenes
    }
}
