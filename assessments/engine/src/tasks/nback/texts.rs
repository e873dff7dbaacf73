//! Texts of the n-back task for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Which letter was it?", "Quelle lettre était-ce ?")),
    (
        "intro.1.body",
        words(
            "Letters come up one after another. Watch for letters that come again.\nOn a phone or tablet: tap the screen when you see a match.\nOn a keyboard: press the space bar.\nDo nothing when it is no match.",
            "Des lettres apparaissent l’une après l’autre. Guettez celles qui reviennent.\nSur un téléphone ou une tablette : touchez l’écran quand vous voyez une répétition.\nAu clavier : appuyez sur la barre d’espace.\nNe faites rien si ce n’est pas une répétition.",
        ),
    ),
    ("intro.back1.title", words("The letter before", "La lettre d’avant")),
    (
        "intro.back1.body",
        words(
            "Now a match is a letter that is the same as the one just before it.\nIn the picture below, the last letter is a match.",
            "Maintenant, une répétition est une lettre identique à celle juste avant.\nDans l’image ci-dessous, la dernière lettre est une répétition.",
        ),
    ),
    ("intro.back2.title", words("Two letters back", "Deux lettres plus tôt")),
    (
        "intro.back2.body",
        words(
            "Now a match is a letter that is the same as two letters ago.\nThere is one other letter between them.\nIn the picture below, the last letter is a match.",
            "Maintenant, une répétition est une lettre identique à celle de deux places plus tôt.\nIl y a une autre lettre entre elles.\nDans l’image ci-dessous, la dernière lettre est une répétition.",
        ),
    ),
    ("intro.back3.title", words("Three letters back", "Trois lettres plus tôt")),
    (
        "intro.back3.body",
        words(
            "Now a match is a letter that is the same as three letters ago.\nThere are two other letters between them.\nIn the picture below, the last letter is a match.",
            "Maintenant, une répétition est une lettre identique à celle de trois places plus tôt.\nIl y a deux autres lettres entre elles.\nDans l’image ci-dessous, la dernière lettre est une répétition.",
        ),
    ),
    ("intro.back4.title", words("Four letters back", "Quatre lettres plus tôt")),
    (
        "intro.back4.body",
        words(
            "Now a match is a letter that is the same as four letters ago.\nThere are three other letters between them.\nIn the picture below, the last letter is a match.",
            "Maintenant, une répétition est une lettre identique à celle de quatre places plus tôt.\nIl y a trois autres lettres entre elles.\nDans l’image ci-dessous, la dernière lettre est une répétition.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("That was no match", "Ce n’était pas une répétition")),
    ("feedback.slow", words("That was a match", "C’était une répétition")),
    ("feedback.early", words("Look at the letter first", "Regardez d’abord la lettre")),
];
