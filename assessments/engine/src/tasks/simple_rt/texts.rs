//! Texts of simple reaction time for participants.

use crate::spec::{Texts, Words};

pub(super) const TEXTS: Texts = &[
    (
        "intro.1.title",
        Words { en: "Press when you see the X", fr: "Appuyez quand vous voyez le X" },
    ),
    (
        "intro.1.body",
        Words {
            en: "Look at the box. After a short wait, an X comes up in it.\nAs soon as you see the X, tap the screen or press the space bar.\nBe as quick as you can, but do not press before the X is there.",
            fr: "Regardez le carré. Après une courte attente, un X y apparaît.\nDès que vous voyez le X, touchez l’écran ou appuyez sur la barre d’espace.\nSoyez aussi rapide que possible, mais n’appuyez pas avant que le X soit là.",
        },
    ),
    ("feedback.right", Words { en: "Good", fr: "Bien" }),
    ("feedback.wrong", Words { en: "Try again", fr: "Essayez encore" }),
    (
        "feedback.slow",
        Words { en: "Press when you see the X", fr: "Appuyez quand vous voyez le X" },
    ),
    ("feedback.early", Words { en: "Wait for the X", fr: "Attendez le X" }),
];
