//! Texts of divided attention for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Two things at once", "Deux choses à la fois")),
    (
        "intro.1.body",
        words(
            "Letters come and go on the left, shapes on the right.\nSometimes only the letters count, sometimes only the shapes, sometimes both.\nYou are told before each part. First you practise.",
            "Des lettres passent à gauche, des formes à droite.\nParfois, seules les lettres comptent, parfois seules les formes, parfois les deux.\nOn vous le dit avant chaque partie. Vous vous entraînez d’abord.",
        ),
    ),
    ("intro.letters.title", words("Only the letters", "Seulement les lettres")),
    (
        "intro.letters.body",
        words(
            "Watch the letters on the left. Leave the shapes alone.\nWhen an X comes, tap the left half of the screen.\nOn a keyboard: press the left arrow key, or F.\nDo nothing at all other letters.",
            "Regardez les lettres à gauche. Ne tenez pas compte des formes.\nQuand un X vient, touchez la moitié gauche de l’écran.\nAu clavier : appuyez sur la flèche gauche, ou sur F.\nNe faites rien pour toutes les autres lettres.",
        ),
    ),
    ("intro.shapes.title", words("Only the shapes", "Seulement les formes")),
    (
        "intro.shapes.body",
        words(
            "Watch the shapes on the right. Leave the letters alone.\nWhen a ring comes, tap the right half of the screen.\nOn a keyboard: press the right arrow key, or J.\nDo nothing at all other shapes.",
            "Regardez les formes à droite. Ne tenez pas compte des lettres.\nQuand un anneau vient, touchez la moitié droite de l’écran.\nAu clavier : appuyez sur la flèche droite, ou sur J.\nNe faites rien pour toutes les autres formes.",
        ),
    ),
    ("intro.both.title", words("Letters and shapes", "Lettres et formes")),
    (
        "intro.both.body",
        words(
            "Watch both sides. Look at the cross in the middle.\nWhen an X comes: left. When a ring comes: right.\nThey never come together.\nBoth sides are equally important.",
            "Surveillez les deux côtés. Regardez la croix au milieu.\nQuand un X vient : à gauche. Quand un anneau vient : à droite.\nIls ne viennent jamais ensemble.\nLes deux côtés sont aussi importants l’un que l’autre.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Not this time", "Pas cette fois")),
    ("feedback.slow", words("There was a target", "Il y avait une cible")),
    ("feedback.early", words("Wait for the signs", "Attendez les signes")),
];
