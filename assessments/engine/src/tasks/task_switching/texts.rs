//! Texts of task switching for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Two questions", "Deux questions")),
    (
        "intro.1.body",
        words(
            "You will see digits like the one below. Above each digit is a question.\nThere are two questions. You learn them one after the other, then they come mixed.\nOn a phone or tablet: tap the left or the right half of the screen.\nOn a keyboard: press the left or the right arrow key, or F for left and J for right.",
            "Vous allez voir des chiffres. Au-dessus de chacun, une question.\nIl y a deux questions. Vous les apprenez l’une après l’autre, puis elles sont mêlées.\nSur un téléphone ou une tablette : touchez la moitié gauche ou droite de l’écran.\nAu clavier : appuyez sur la flèche gauche ou droite, ou sur F pour gauche et J pour droite.",
        ),
    ),
    ("intro.parity.title", words("Odd or even?", "Impair ou pair ?")),
    (
        "intro.parity.body",
        words(
            "Now the question is always: odd or even?\nOdd digits are left, even digits are right.\nAnswer quickly, and try to be right.",
            "Maintenant, la question est toujours : impair ou pair ?\nLes chiffres impairs vont à gauche, les pairs à droite.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("intro.size.title", words("Small or large?", "Petit ou grand ?")),
    (
        "intro.size.body",
        words(
            "Now the question is always: small or large?\nDigits below 5 are left, digits above 5 are right.\nAnswer quickly, and try to be right.",
            "Maintenant, la question est toujours : petit ou grand ?\nLes chiffres sous 5 vont à gauche, ceux au-dessus de 5 à droite.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("intro.both.title", words("Both questions", "Les deux questions")),
    (
        "intro.both.body",
        words(
            "Now both questions come, in mixed order. Read the question above each digit.\nSometimes there is more time before the digit, sometimes less.\nAnswer quickly, and try to be right.",
            "Maintenant, les deux questions viennent, dans le désordre. Lisez la question au-dessus de chaque chiffre.\nParfois, il y a plus de temps avant le chiffre, parfois moins.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("question.parity", words("odd or even?", "impair ou pair ?")),
    ("question.size", words("small or large?", "petit ou grand ?")),
    ("answer.odd", words("odd", "impair")),
    ("answer.even", words("even", "pair")),
    ("answer.small", words("small", "petit")),
    ("answer.large", words("large", "grand")),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Read the question", "Lisez la question")),
    ("feedback.slow", words("A little quicker", "Un peu plus vite")),
    ("feedback.early", words("Wait for the digit", "Attendez le chiffre")),
];
