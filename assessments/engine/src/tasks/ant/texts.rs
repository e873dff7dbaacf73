//! Texts of the attention network test for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("The middle arrow", "La flèche du milieu")),
    (
        "intro.1.body",
        words(
            "Five signs come up in a row, above or below a small cross.\nLook only at the arrow in the middle. Say which way it points.\nIn the picture below, the middle arrow points to the right.",
            "Cinq signes apparaissent en ligne, au-dessus ou au-dessous d’une petite croix.\nRegardez seulement la flèche du milieu. Dites où elle pointe.\nDans l’image ci-dessous, la flèche du milieu pointe à droite.",
        ),
    ),
    ("intro.2.title", words("The stars", "Les étoiles")),
    (
        "intro.2.body",
        words(
            "Often a star comes up shortly before the arrows. It tells you that they come soon.\nA star above or below the cross alone also tells you where.\nKeep your eyes on the cross all the time.",
            "Souvent, une étoile apparaît peu avant les flèches. Elle dit qu’elles arrivent bientôt.\nUne étoile seule au-dessus ou au-dessous de la croix dit aussi où.\nGardez toujours les yeux sur la croix.",
        ),
    ),
    ("intro.3.title", words("How to answer", "Comment répondre")),
    (
        "intro.3.body",
        words(
            "On a phone or tablet: tap the left or the right half of the screen.\nOn a keyboard: press the left or the right arrow key, or F for left and J for right.\nAnswer quickly, and try to be right.",
            "Sur un téléphone ou une tablette : touchez la moitié gauche ou droite de l’écran.\nAu clavier : appuyez sur la flèche gauche ou droite, ou sur F pour gauche et J pour droite.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Look at the middle arrow", "Regardez la flèche du milieu")),
    ("feedback.slow", words("A little quicker", "Un peu plus vite")),
    ("feedback.early", words("Wait for the arrows", "Attendez les flèches")),
];
