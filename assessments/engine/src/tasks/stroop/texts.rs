//! Texts of the Stroop task for participants, and its words.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Which colour do you see?", "Quelle couleur voyez-vous ?")),
    (
        "intro.1.body",
        words(
            "You will see words in colour. Do not go by what the word says.\nSay in which colour it is shown.\nIn the picture below, the word is shown in blue. The answer is blue.",
            "Vous allez voir des mots en couleur. Ne tenez pas compte de ce que dit le mot.\nDites dans quelle couleur il est écrit.\nDans l’image ci-dessous, le mot est écrit en bleu. La réponse est bleu.",
        ),
    ),
    ("intro.2.title", words("How to answer", "Comment répondre")),
    (
        "intro.2.body",
        words(
            "Four patches of colour stay at the bottom, always in the same order.\nOn a phone or tablet: tap the patch of the right colour.\nOn a keyboard: press the key below the patch: D, F, J or K.\nSometimes you see XXXX instead of a word. Answer its colour too.\nAnswer quickly, and try to be right.",
            "Quatre carrés de couleur restent en bas, toujours dans le même ordre.\nSur un téléphone ou une tablette : touchez le carré de la bonne couleur.\nAu clavier : appuyez sur la touche sous le carré : D, F, J ou K.\nParfois, vous voyez XXXX au lieu d’un mot. Répondez aussi à sa couleur.\nRépondez vite, et essayez d’avoir juste.",
        ),
    ),
    ("word.red", words("red", "rouge")),
    ("word.green", words("green", "vert")),
    ("word.blue", words("blue", "bleu")),
    ("word.yellow", words("yellow", "jaune")),
    ("word.none", words("XXXX", "XXXX")),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Answer the colour you see", "Répondez à la couleur que vous voyez")),
    ("feedback.slow", words("A little quicker", "Un peu plus vite")),
    ("feedback.early", words("Wait for the word", "Attendez le mot")),
];
