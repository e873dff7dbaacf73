//! Texts of probabilistic reversal learning for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Which picture wins?", "Quelle image gagne ?")),
    (
        "intro.1.body",
        words(
            "You will see two pictures. Choose one of them.\nYou are told if you gain or lose 10 points. One picture is better than the other.\nWhere a picture stands does not matter.",
            "Vous allez voir deux images. Choisissez-en une.\nOn vous dit si vous gagnez ou perdez 10 points. Une image est meilleure que l’autre.\nL’endroit où se trouve une image n’a pas d’importance.",
        ),
    ),
    ("intro.2.title", words("How to choose", "Comment choisir")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap the picture that you choose.\nOn a keyboard: press the left or the right arrow key, or F for left and J for right.\nFirst you try it out with other pictures.",
            "Sur un téléphone ou une tablette : touchez l’image que vous choisissez.\nAu clavier : appuyez sur la flèche gauche ou droite, ou sur F pour gauche et J pour droite.\nD’abord, vous essayez avec d’autres images.",
        ),
    ),
    (
        "practice.passed.body",
        words(
            "Now there are new pictures, and it is harder.\nThe better picture sometimes loses too. Stay with the one that is better on the whole.\nFrom time to time the other picture becomes the better one. Then change.",
            "Maintenant, il y a de nouvelles images, et c’est plus difficile.\nLa meilleure image perd aussi parfois. Restez avec celle qui est meilleure dans l’ensemble.\nDe temps en temps, l’autre image devient la meilleure. Alors changez.",
        ),
    ),
    (
        "practice.enough.body",
        words(
            "Now there are new pictures, and it is harder.\nThe better picture sometimes loses too. Stay with the one that is better on the whole.\nFrom time to time the other picture becomes the better one. Then change.",
            "Maintenant, il y a de nouvelles images, et c’est plus difficile.\nLa meilleure image perd aussi parfois. Restez avec celle qui est meilleure dans l’ensemble.\nDe temps en temps, l’autre image devient la meilleure. Alors changez.",
        ),
    ),
    ("feedback.right", words("You gain 10", "Vous gagnez 10")),
    ("feedback.wrong", words("You lose 10", "Vous perdez 10")),
    ("feedback.slow", words("Please choose a picture", "Choisissez une image")),
    ("feedback.early", words("Look at the pictures first", "Regardez d’abord les images")),
];
