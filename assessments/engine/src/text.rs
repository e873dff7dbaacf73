//! Texts that all tasks share, and filling in of numbers. Reading age 9 to 11.

use crate::spec::{Texts, Words};

/// Buttons and pages around blocks, by key. A task may override any of them.
pub const COMMON: Texts = &[
    ("button.continue", Words { en: "Continue", fr: "Continuer" }),
    ("button.practise", Words { en: "Try it out", fr: "Essayer" }),
    ("button.start", Words { en: "Start", fr: "Commencer" }),
    ("practice.passed.title", Words { en: "Practice done", fr: "Entraînement terminé" }),
    (
        "practice.passed.body",
        Words {
            en: "You got {right} of {total} right.\nNow it counts. You will not be told if you are right. Answer as before.",
            fr: "Vous avez {right} bonnes réponses sur {total}.\nMaintenant, cela compte. Nous ne dirons plus si c’est juste. Répondez comme avant.",
        },
    ),
    ("practice.again.title", Words { en: "One more try", fr: "Encore un essai" }),
    (
        "practice.again.body",
        Words {
            en: "You got {right} of {total} right. That is fine.\nLet us practise once more. Read again what to do.",
            fr: "Vous avez {right} bonnes réponses sur {total}. Ce n’est pas grave.\nEntraînons-nous encore une fois. Relisez ce qu’il faut faire.",
        },
    ),
    ("practice.enough.title", Words { en: "Practice done", fr: "Entraînement terminé" }),
    (
        "practice.enough.body",
        Words {
            en: "Thank you for practising.\nNow it counts. Answer as well as you can.",
            fr: "Merci pour cet entraînement.\nMaintenant, cela compte. Répondez du mieux que vous pouvez.",
        },
    ),
    ("break.title", Words { en: "Time for a rest", fr: "Une petite pause" }),
    (
        "break.body",
        Words {
            en: "Part {block} of {blocks} is done and saved.\nRest your eyes and hands. Go on when you are ready.",
            fr: "La partie {block} sur {blocks} est terminée et enregistrée.\nReposez vos yeux et vos mains. Continuez quand vous voulez.",
        },
    ),
    ("paused.title", Words { en: "Paused", fr: "En pause" }),
    (
        "paused.body",
        Words {
            en: "The task stopped because this page was not in front. Your answers are saved.\nWhen you go on, we count down from 3.",
            fr: "La tâche s’est arrêtée car cette page n’était plus devant. Vos réponses sont enregistrées.\nQuand vous continuez, nous comptons à partir de 3.",
        },
    ),
    (
        "paused.asked.body",
        Words {
            en: "Take the time you need. Your answers are saved.\nWhen you go on, we count down from 3.",
            fr: "Prenez le temps qu’il vous faut. Vos réponses sont enregistrées.\nQuand vous continuez, nous comptons à partir de 3.",
        },
    ),
    ("resumed.title", Words { en: "Welcome back", fr: "Vous revoilà" }),
    (
        "resumed.body",
        Words {
            en: "Your answers so far are saved. You go on where you stopped.",
            fr: "Vos réponses sont enregistrées. Vous reprenez là où vous étiez.",
        },
    ),
    ("left.title", Words { en: "You can stop here", fr: "Vous pouvez arrêter ici" }),
    (
        "left.body",
        Words {
            en: "Your answers so far are saved. You can close this page and go on later, or go on now.",
            fr: "Vos réponses sont enregistrées. Vous pouvez fermer cette page et reprendre plus tard, ou continuer maintenant.",
        },
    ),
    ("end.title", Words { en: "This task is done", fr: "Cette tâche est terminée" }),
    (
        "end.body",
        Words {
            en: "Thank you. Your answers are saved.\nThe next task comes now.",
            fr: "Merci. Vos réponses sont enregistrées.\nLa tâche suivante arrive.",
        },
    ),
];

/// `template` with `{name}` replaced by its number.
#[must_use]
pub fn fill(template: &str, numbers: &[(&str, u32)]) -> String {
    let mut text = String::from(template);
    for (name, number) in numbers {
        text = text.replace(&format!("{{{name}}}"), &number.to_string());
    }
    text
}

/// The text of `key` in a table.
#[must_use]
pub fn find(texts: Texts, key: &str) -> Option<Words> {
    texts.iter().find(|(known, _)| *known == key).map(|(_, words)| *words)
}
