//! Texts of go/no-go for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Press at the disc", "Appuyez au disque")),
    (
        "intro.1.body",
        words(
            "You will see discs and squares, one after the other.\nPress as quickly as you can when you see a disc.\nDo not press when you see a square. Let it pass.",
            "Vous allez voir des disques et des carrés, l’un après l’autre.\nAppuyez le plus vite possible quand vous voyez un disque.\nN’appuyez pas quand vous voyez un carré. Laissez-le passer.",
        ),
    ),
    ("intro.2.title", words("How to answer", "Comment répondre")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap anywhere on the screen.\nOn a keyboard: press the space bar.\nThe next sign comes by itself. If you made a mistake, just go on.",
            "Sur un téléphone ou une tablette : touchez l’écran n’importe où.\nAu clavier : appuyez sur la barre d’espace.\nLe signe suivant vient tout seul. Si vous vous trompez, continuez simplement.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Do not press at the square", "N’appuyez pas au carré")),
    ("feedback.slow", words("Press at the disc", "Appuyez au disque")),
    ("feedback.early", words("Wait for the sign", "Attendez le signe")),
];
