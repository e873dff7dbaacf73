//! Texts of the SART for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Press at the digits", "Appuyez aux chiffres")),
    (
        "intro.1.body",
        words(
            "Digits from 1 to 9 come up one after the other, large or small.\nPress once at each digit, like at the one below.",
            "Des chiffres de 1 à 9 apparaissent l’un après l’autre, grands ou petits.\nAppuyez une fois à chaque chiffre, comme à celui ci-dessous.",
        ),
    ),
    ("intro.2.title", words("But not at this one", "Mais pas à celui-ci")),
    (
        "intro.2.body",
        words(
            "There is one exception. Do not press when you see the digit below.\nLet it pass and wait for the next one.",
            "Il y a une exception. N’appuyez pas quand vous voyez le chiffre ci-dessous.\nLaissez-le passer et attendez le suivant.",
        ),
    ),
    ("intro.3.title", words("How to answer", "Comment répondre")),
    (
        "intro.3.body",
        words(
            "On a phone or tablet: tap anywhere on the screen.\nOn a keyboard: press the space bar.\nBeing quick and being right matter alike. If you make a mistake, just go on.",
            "Sur un téléphone ou une tablette : touchez l’écran n’importe où.\nAu clavier : appuyez sur la barre d’espace.\nÊtre rapide et avoir juste comptent autant. Si vous vous trompez, continuez simplement.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Let this digit pass", "Laissez passer ce chiffre")),
    ("feedback.slow", words("Press at this digit", "Appuyez à ce chiffre")),
    ("feedback.early", words("Wait for the digit", "Attendez le chiffre")),
];
