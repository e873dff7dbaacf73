//! Texts of the vigilance task for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Watch for the X", "Guettez le X")),
    (
        "intro.1.body",
        words(
            "Letters come up one after the other. Most of them do not matter.\nPress as quickly as you can when you see an X.\nDo not press at any other letter.",
            "Des lettres apparaissent l’une après l’autre. La plupart ne comptent pas.\nAppuyez le plus vite possible quand vous voyez un X.\nN’appuyez à aucune autre lettre.",
        ),
    ),
    ("intro.2.title", words("How to answer", "Comment répondre")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap anywhere on the screen.\nOn a keyboard: press the space bar.\nThe task takes a while and has no rests. Find a quiet place. Stay with it to the end.",
            "Sur un téléphone ou une tablette : touchez l’écran n’importe où.\nAu clavier : appuyez sur la barre d’espace.\nLa tâche dure un moment, sans pause. Installez-vous au calme. Restez attentif jusqu’au bout.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Press at the X only", "Appuyez seulement au X")),
    ("feedback.slow", words("That was an X", "C’était un X")),
    ("feedback.early", words("Wait for the letter", "Attendez la lettre")),
];
