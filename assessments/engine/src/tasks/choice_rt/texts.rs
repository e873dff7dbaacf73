//! Texts of choice reaction time for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Where is the X?", "Où est le X ?")),
    (
        "intro.1.body",
        words(
            "Look at the four boxes. After a short wait, an X comes up in one of them.\nSay as quickly as you can which box it is.\nIn the picture below, it is the second box.",
            "Regardez les quatre carrés. Après une courte attente, un X apparaît dans l’un d’eux.\nDites le plus vite possible de quel carré il s’agit.\nDans l’image ci-dessous, c’est le deuxième carré.",
        ),
    ),
    ("intro.2.title", words("How to answer", "Comment répondre")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap the box with the X, or its number below.\nOn a keyboard: rest four fingers on D, F, J and K. Each key stands for one box, from left to right.\nBe quick, and try to be right. Do not press before the X is there.",
            "Sur un téléphone ou une tablette : touchez le carré avec le X, ou son numéro dessous.\nAu clavier : posez quatre doigts sur D, F, J et K. Chaque touche est un carré, de gauche à droite.\nSoyez rapide, et essayez d’avoir juste. N’appuyez pas avant que le X soit là.",
        ),
    ),
    ("answer.box_1", words("1", "1")),
    ("answer.box_2", words("2", "2")),
    ("answer.box_3", words("3", "3")),
    ("answer.box_4", words("4", "4")),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("It was another box", "C’était un autre carré")),
    ("feedback.slow", words("A little quicker", "Un peu plus vite")),
    ("feedback.early", words("Wait for the X", "Attendez le X")),
];
