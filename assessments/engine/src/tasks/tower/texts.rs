//! Texts of the tower for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Balls on pegs", "Des billes sur des tiges")),
    (
        "intro.1.body",
        words(
            "There are three balls on three pegs. A small picture above shows how they should be.\nMove the large balls until they are as in the small picture.\nThe pegs hold three balls, two balls and one ball.",
            "Il y a trois billes sur trois tiges. Une petite image en haut montre comment elles doivent être.\nDéplacez les grandes billes jusqu’à ce qu’elles soient comme sur la petite image.\nLes tiges portent trois billes, deux billes et une bille.",
        ),
    ),
    ("intro.2.title", words("How to move a ball", "Comment déplacer une bille")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: touch a peg to lift its upper ball. Then touch the peg where it goes.\nOn a keyboard: press 1, 2 or 3 for the left, middle or right peg.\nOnly one ball can be in the air. A ball can go back to its own peg.\nUse as few moves as you can. Think first, then begin.",
            "Sur un téléphone ou une tablette : touchez une tige pour lever sa bille du haut. Touchez ensuite la tige où elle va.\nAu clavier : appuyez sur 1, 2 ou 3 pour la tige de gauche, du milieu ou de droite.\nUne seule bille peut être en l’air. Une bille peut revenir sur sa tige.\nFaites aussi peu de coups que possible. Réfléchissez d’abord, puis commencez.",
        ),
    ),
    ("sign.goal", words("Make it like this", "À reproduire")),
    ("feedback.right", words("Solved", "Résolu")),
    (
        "feedback.wrong",
        words("Solved, but fewer moves are enough", "Résolu, mais moins de coups suffisent"),
    ),
    ("feedback.slow", words("Time is up", "Le temps est écoulé")),
    ("feedback.early", words("Wait for the balls", "Attendez les billes")),
];
