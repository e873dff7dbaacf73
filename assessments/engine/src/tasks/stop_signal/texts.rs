//! Texts of the stop-signal task for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Answer the arrow", "Répondez à la flèche")),
    (
        "intro.1.body",
        words(
            "An arrow comes up after a small cross. Say which way it points: left or right.\nAnswer as quickly as you can, and try to be right.",
            "Une flèche apparaît après une petite croix. Dites où elle pointe : à gauche ou à droite.\nRépondez aussi vite que possible, et essayez d’avoir juste.",
        ),
    ),
    ("intro.2.title", words("Stop when it turns red", "Arrêtez-vous quand elle devient rouge")),
    (
        "intro.2.body",
        words(
            "Sometimes the arrow turns red, with a ring around it. Then do not answer.\nSometimes that is easy, sometimes it comes too late. Both are fine.\nDo not wait for the red arrow: answering quickly matters as much as stopping.",
            "Parfois, la flèche devient rouge, avec un cercle autour. Alors, ne répondez pas.\nParfois c’est facile, parfois cela vient trop tard. Les deux sont normaux.\nN’attendez pas la flèche rouge : répondre vite compte autant que s’arrêter.",
        ),
    ),
    ("intro.3.title", words("How to answer", "Comment répondre")),
    (
        "intro.3.body",
        words(
            "On a phone or tablet: tap the left or the right half of the screen.\nOn a keyboard: press the left or the right arrow key, or F for left and J for right.",
            "Sur un téléphone ou une tablette : touchez la moitié gauche ou droite de l’écran.\nAu clavier : appuyez sur la flèche gauche ou droite, ou sur F pour gauche et J pour droite.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("The other way", "De l’autre côté")),
    ("feedback.slow", words("Quicker, do not wait", "Plus vite, n’attendez pas")),
    ("feedback.early", words("Wait for the arrow", "Attendez la flèche")),
    ("feedback.stopped", words("Well stopped", "Bien arrêté")),
    (
        "feedback.pressed",
        words("It turned red: try to stop", "Elle est devenue rouge : essayez d’arrêter"),
    ),
];
