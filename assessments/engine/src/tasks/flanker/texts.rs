//! Texts of the flanker for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("The middle arrow", "La flèche du milieu")),
    (
        "intro.1.body",
        words(
            "You will see five signs in a row. Look only at the arrow in the middle.\nSay which way it points: left or right.\nIn the picture below, the middle arrow points to the right.",
            "Vous allez voir cinq signes en ligne. Regardez seulement la flèche du milieu.\nDites où elle pointe : à gauche ou à droite.\nDans l’image ci-dessous, la flèche du milieu pointe à droite.",
        ),
    ),
    ("intro.2.title", words("How to answer", "Comment répondre")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap the left half of the screen for left, the right half for right.\nOn a keyboard: press the left or the right arrow key, or F for left and J for right.\nFirst a small cross comes up. Look at it. Answer quickly, and try to be right.",
            "Sur un téléphone ou une tablette : touchez la moitié gauche de l’écran pour gauche, la moitié droite pour droite.\nAu clavier : appuyez sur la flèche gauche ou droite, ou sur F pour gauche et J pour droite.\nD’abord une petite croix apparaît. Regardez-la. Répondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Look at the middle arrow", "Regardez la flèche du milieu")),
    ("feedback.slow", words("A little quicker", "Un peu plus vite")),
    ("feedback.early", words("Wait for the arrows", "Attendez les flèches")),
];
