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

/// The scenes of one block, each once.
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

    /// All scenes, in order of their ids.
    #[must_use]
    pub fn scenes(&self) -> &[Scene] {
        &self.scenes
    }
}
