//! Texts of the digit span for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.forward.title", words("Remember the digits", "Retenez les chiffres")),
    (
        "intro.forward.body",
        words(
            "Digits are shown one after another.\nWhen they are over, type them in the same order. Then press Done.\nOn a keyboard: type the digits and press Enter. Backspace takes one away.\nThe lists get longer and longer. Nobody gets all of them.\nPlease do not write anything down and do not speak the digits aloud.",
            "Des chiffres apparaissent l’un après l’autre.\nQuand ils sont passés, tapez-les dans le même ordre. Appuyez ensuite sur Terminé.\nAu clavier : tapez les chiffres et appuyez sur Entrée. Retour arrière en efface un.\nLes listes deviennent de plus en plus longues. Personne ne les réussit toutes.\nNe notez rien et ne dites pas les chiffres à voix haute.",
        ),
    ),
    ("intro.backward.title", words("Now backward", "Maintenant à l’envers")),
    (
        "intro.backward.body",
        words(
            "Digits are shown as before. This time, type them in reverse order.\nFor 7 and 2 you type 2 and 7. Then press Done.\nThe lists get longer and longer.\nTake your time to answer.",
            "Des chiffres apparaissent comme avant. Cette fois, tapez-les à l’envers.\nPour 7 et 2, vous tapez 2 et 7. Appuyez ensuite sur Terminé.\nLes listes deviennent de plus en plus longues.\nPrenez votre temps pour répondre.",
        ),
    ),
    ("sign.forward", words("Same order", "Même ordre")),
    ("sign.backward", words("Reverse order", "Ordre inverse")),
    ("answer.delete", words("Delete", "Effacer")),
    ("answer.done", words("Done", "Terminé")),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Not quite", "Pas tout à fait")),
    ("feedback.slow", words("Time is up", "Le temps est écoulé")),
    (
        "feedback.early",
        words(
            "Wait until all digits were shown",
            "Attendez que tous les chiffres aient été montrés",
        ),
    ),
];
