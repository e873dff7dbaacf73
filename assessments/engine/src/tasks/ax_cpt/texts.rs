//! Texts of the AX-CPT for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("X after A", "X après A")),
    (
        "intro.1.body",
        words(
            "You will see two letters, one after the other, with a wait between them.\nFind out if the first is an A and the second an X.\nOnly this pair, A and then X, gets a yes.",
            "Vous allez voir deux lettres, l’une après l’autre, avec une attente entre elles.\nTrouvez si la première est un A et la seconde un X.\nSeule cette paire, A puis X, reçoit un oui.",
        ),
    ),
    ("intro.2.title", words("All other pairs", "Toutes les autres paires")),
    (
        "intro.2.body",
        words(
            "All other pairs get a no.\nA and then F gets a no. So does F and then X.\nAnswer once for each pair, when you see the second letter.",
            "Toutes les autres paires reçoivent un non.\nA puis F reçoit un non. F puis X aussi.\nRépondez une fois par paire, quand vous voyez la seconde lettre.",
        ),
    ),
    ("intro.3.title", words("How to answer", "Comment répondre")),
    (
        "intro.3.body",
        words(
            "On a phone or tablet: tap the right half of the screen for yes, the left half for no.\nOn a keyboard: press J or the right arrow for yes, F or the left arrow for no.\nBe quick, and try to be right.",
            "Sur un téléphone ou une tablette : touchez la moitié droite pour oui, la gauche pour non.\nAu clavier : appuyez sur J ou la flèche droite pour oui, F ou la flèche gauche pour non.\nSoyez rapide, et essayez d’avoir juste.",
        ),
    ),
    ("answer.no", words("No", "Non")),
    ("answer.yes", words("Yes", "Oui")),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Yes only for A, then X", "Oui seulement pour A, puis X")),
    ("feedback.slow", words("A little quicker", "Un peu plus vite")),
    ("feedback.early", words("Wait for the second letter", "Attendez la seconde lettre")),
];
