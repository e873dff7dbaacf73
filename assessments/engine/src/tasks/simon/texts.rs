//! Texts of the Simon task for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Which colour is the disc?", "De quelle couleur est le disque ?")),
    (
        "intro.1.body",
        words(
            "A blue or a yellow disc comes up, left or right of a small cross.\nOnly its colour counts. Where it comes up does not matter.\nThe picture below shows which colour belongs to which side.",
            "Un disque bleu ou jaune apparaît, à gauche ou à droite d’une petite croix.\nSeule sa couleur compte. L’endroit où il apparaît n’a pas d’importance.\nL’image ci-dessous montre quelle couleur va de quel côté.",
        ),
    ),
    ("intro.2.title", words("How to answer", "Comment répondre")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap the left or the right half of the screen.\nOn a keyboard: press the left or the right arrow key, or F for left and J for right.\nAnswer quickly, and try to be right.",
            "Sur un téléphone ou une tablette : touchez la moitié gauche ou droite de l’écran.\nAu clavier : appuyez sur la flèche gauche ou droite, ou sur F pour gauche et J pour droite.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Only the colour counts", "Seule la couleur compte")),
    ("feedback.slow", words("A little quicker", "Un peu plus vite")),
    ("feedback.early", words("Wait for the disc", "Attendez le disque")),
];
