//! Texts of letter-number switching for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("A letter and a number", "Une lettre et un nombre")),
    (
        "intro.1.body",
        words(
            "You will see a letter and a number side by side. Only one of them counts.\nYou first learn what to do with letters, then with numbers.\nOn a phone or tablet: tap the left or the right half of the screen.\nOn a keyboard: press the left or the right arrow key, or F for left and J for right.",
            "Vous allez voir une lettre et un nombre côte à côte. Un seul des deux compte.\nVous apprenez d’abord quoi faire des lettres, puis des nombres.\nSur un téléphone ou une tablette : touchez la moitié gauche ou droite de l’écran.\nAu clavier : appuyez sur la flèche gauche ou droite, ou sur F pour gauche et J pour droite.",
        ),
    ),
    ("intro.letter.title", words("The letter", "La lettre")),
    (
        "intro.letter.body",
        words(
            "Now only the letter counts.\nG, K, M and R are consonants: left. A, E, I and U are vowels: right.\nAnswer quickly, and try to be right.",
            "Maintenant, seule la lettre compte.\nG, K, M et R sont des consonnes : à gauche. A, E, I et U sont des voyelles : à droite.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("intro.number.title", words("The number", "Le nombre")),
    (
        "intro.number.body",
        words(
            "Now only the number counts.\n3, 5, 7 and 9 are odd: left. 2, 4, 6 and 8 are even: right.\nAnswer quickly, and try to be right.",
            "Maintenant, seul le nombre compte.\n3, 5, 7 et 9 sont impairs : à gauche. 2, 4, 6 et 8 sont pairs : à droite.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("intro.both_place.title", words("The place tells you", "La place vous le dit")),
    (
        "intro.both_place.body",
        words(
            "Now the pairs go round four boxes.\nIn the upper boxes, the letter counts. In the lower boxes, the number counts.\nAnswer quickly, and try to be right.",
            "Maintenant, les paires font le tour de quatre cases.\nDans les cases du haut, la lettre compte. Dans celles du bas, le nombre compte.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("intro.both_word.title", words("The word tells you", "Le mot vous le dit")),
    (
        "intro.both_word.body",
        words(
            "Now a word comes before each pair.\nIt says whether the letter or the number counts. The order is mixed.\nAnswer quickly, and try to be right.",
            "Maintenant, un mot vient avant chaque paire.\nIl dit si la lettre ou le nombre compte. L’ordre est mêlé.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("cue.letter", words("letter", "lettre")),
    ("cue.number", words("number", "nombre")),
    ("answer.consonant", words("consonant", "consonne")),
    ("answer.vowel", words("vowel", "voyelle")),
    ("answer.odd", words("odd", "impair")),
    ("answer.even", words("even", "pair")),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Not the right side", "Pas le bon côté")),
    ("feedback.slow", words("A little quicker", "Un peu plus vite")),
    ("feedback.early", words("Wait for the pair", "Attendez la paire")),
];
