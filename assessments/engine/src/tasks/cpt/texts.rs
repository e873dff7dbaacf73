//! Texts of the continuous performance test for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Press at nearly everything", "Appuyez à presque tout")),
    (
        "intro.1.body",
        words(
            "Signs come up one after the other, sometimes quickly, sometimes slowly.\nPress as quickly as you can at every sign.\nThe picture below shows one of them.",
            "Des signes apparaissent l’un après l’autre, parfois vite, parfois lentement.\nAppuyez le plus vite possible à chaque signe.\nL’image ci-dessous en montre un.",
        ),
    ),
    ("intro.2.title", words("But not at the X", "Mais pas au X")),
    (
        "intro.2.body",
        words(
            "There is one exception. Do not press when you see an X.\nLet the X pass and wait for the next sign.",
            "Il y a une exception. N’appuyez pas quand vous voyez un X.\nLaissez passer le X et attendez le signe suivant.",
        ),
    ),
    ("intro.3.title", words("How to answer", "Comment répondre")),
    (
        "intro.3.body",
        words(
            "On a phone or tablet: tap anywhere on the screen.\nOn a keyboard: press the space bar.\nThe test takes a while and has no rests. Find a quiet place. If you make a mistake, just go on.",
            "Sur un téléphone ou une tablette : touchez l’écran n’importe où.\nAu clavier : appuyez sur la barre d’espace.\nLe test dure un moment, sans pause. Installez-vous au calme. Si vous vous trompez, continuez simplement.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Do not press at the X", "N’appuyez pas au X")),
    ("feedback.slow", words("Press at this sign", "Appuyez à ce signe")),
    ("feedback.early", words("Wait for the sign", "Attendez le signe")),
];
