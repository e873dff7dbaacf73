//! Texts of simple reaction time for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Press when you see the X", "Appuyez quand vous voyez le X")),
    (
        "intro.1.body",
        words(
            "Look at the box. After a short wait, an X comes up in it.\nAs soon as you see the X, tap the screen or press the space bar.\nBe as quick as you can, but do not press before the X is there.",
            "Regardez le carré. Après une courte attente, un X y apparaît.\nDès que vous voyez le X, touchez l’écran ou appuyez sur la barre d’espace.\nSoyez aussi rapide que possible, mais n’appuyez pas avant que le X soit là.",
        ),
    ),
    ("feedback.right", words("Good", "Bien")),
    ("feedback.wrong", words("Try again", "Essayez encore")),
    ("feedback.slow", words("Press when you see the X", "Appuyez quand vous voyez le X")),
    ("feedback.early", words("Wait for the X", "Attendez le X")),
];
