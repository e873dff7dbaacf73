//! Texts of card sorting for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Sort the cards", "Triez les cartes")),
    (
        "intro.1.body",
        words(
            "Four cards stay at the top. One card after the other comes up below them.\nSay to which of the four it belongs. Nobody tells you how to sort.\nAfter each card you are told if it was right or wrong. Find the rule, and sort as many right as you can.",
            "Quatre cartes restent en haut. En dessous, une carte après l’autre apparaît.\nDites à laquelle des quatre elle va. Personne ne vous dit comment trier.\nAprès chaque carte, on vous dit si c’est juste ou faux. Trouvez la règle, et ayez juste le plus souvent possible.",
        ),
    ),
    ("intro.2.title", words("How to answer", "Comment répondre")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap one of the four cards.\nOn a keyboard: press the key below the card: D, F, J or K.\nWhat was right may become wrong. Then look for another rule.\nTake the time you need.",
            "Sur un téléphone ou une tablette : touchez une des quatre cartes.\nAu clavier : appuyez sur la touche sous la carte : D, F, J ou K.\nCe qui était juste peut devenir faux. Cherchez alors une autre règle.\nPrenez votre temps.",
        ),
    ),
    (
        "practice.passed.body",
        words(
            "You got {right} of {total} right.\nNow it counts. You are still told if a card was right or wrong.",
            "Vous avez {right} bonnes réponses sur {total}.\nMaintenant, cela compte. On vous dit encore si une carte est juste ou fausse.",
        ),
    ),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Wrong", "Faux")),
    ("feedback.slow", words("Please choose a card", "Choisissez une carte")),
    ("feedback.early", words("Look at the cards first", "Regardez d’abord les cartes")),
];
