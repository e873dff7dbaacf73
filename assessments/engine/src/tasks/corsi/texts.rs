//! Texts of the block span for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.forward.title", words("Remember the blocks", "Retenez les blocs")),
    (
        "intro.forward.body",
        words(
            "You see nine blocks. Some of them light up, one after another.\nWatch. Then touch the same blocks in the same order.\nOn a computer, click on them.\nThe lists get longer and longer. Nobody gets all of them.",
            "Vous voyez neuf blocs. Certains s’allument, l’un après l’autre.\nRegardez. Touchez ensuite les mêmes blocs dans le même ordre.\nSur un ordinateur, cliquez dessus.\nLes listes deviennent de plus en plus longues. Personne ne les réussit toutes.",
        ),
    ),
    ("intro.backward.title", words("Now backward", "Maintenant à l’envers")),
    (
        "intro.backward.body",
        words(
            "Blocks light up as before. This time, begin with the last one.\nTouch them in reverse order, back to the first.\nThe lists get longer and longer.\nTake your time to answer.",
            "Les blocs s’allument comme avant. Cette fois, commencez par le dernier.\nTouchez-les dans l’ordre inverse, jusqu’au premier.\nLes listes deviennent de plus en plus longues.\nPrenez votre temps pour répondre.",
        ),
    ),
    ("sign.forward", words("Same order", "Même ordre")),
    ("sign.backward", words("Reverse order", "Ordre inverse")),
    ("answer.done", words("Done", "Terminé")),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Not quite", "Pas tout à fait")),
    ("feedback.slow", words("Time is up", "Le temps est écoulé")),
    (
        "feedback.early",
        words("Wait until all blocks were shown", "Attendez que tous les blocs aient été montrés"),
    ),
];
