//! Texts that all tasks share, and filling in of numbers. Reading age 9 to 11.

use crate::spec::{Texts, words};

/// Buttons and pages around blocks, by key. A task may override any of them.
pub const COMMON: Texts = &[
    ("button.continue", words("Continue", "Continuer")),
    ("button.practise", words("Try it out", "Essayer")),
    ("button.start", words("Start", "Commencer")),
    ("practice.passed.title", words("Practice done", "Entraînement terminé")),
    (
        "practice.passed.body",
        words(
            "You got {right} of {total} right.\nNow it counts. You will not be told if you are right. Answer as before.",
            "Vous avez {right} bonnes réponses sur {total}.\nMaintenant, cela compte. Nous ne dirons plus si c’est juste. Répondez comme avant.",
        ),
    ),
    ("practice.again.title", words("One more try", "Encore un essai")),
    (
        "practice.again.body",
        words(
            "You got {right} of {total} right. That is fine.\nLet us practise once more. Read again what to do.",
            "Vous avez {right} bonnes réponses sur {total}. Ce n’est pas grave.\nEntraînons-nous encore une fois. Relisez ce qu’il faut faire.",
        ),
    ),
    ("practice.enough.title", words("Practice done", "Entraînement terminé")),
    (
        "practice.enough.body",
        words(
            "Thank you for practising.\nNow it counts. Answer as well as you can.",
            "Merci pour cet entraînement.\nMaintenant, cela compte. Répondez du mieux que vous pouvez.",
        ),
    ),
    ("break.title", words("Time for a rest", "Une petite pause")),
    (
        "break.body",
        words(
            "Part {block} of {blocks} is done and saved.\nRest your eyes and hands. Go on when you are ready.",
            "La partie {block} sur {blocks} est terminée et enregistrée.\nReposez vos yeux et vos mains. Continuez quand vous voulez.",
        ),
    ),
    ("paused.title", words("Paused", "En pause")),
    (
        "paused.body",
        words(
            "The task stopped because this page was not in front. Your answers are saved.\nWhen you go on, we count down from 3.",
            "La tâche s’est arrêtée car cette page n’était plus devant. Vos réponses sont enregistrées.\nQuand vous continuez, nous comptons à partir de 3.",
        ),
    ),
    (
        "paused.asked.body",
        words(
            "Take the time you need. Your answers are saved.\nWhen you go on, we count down from 3.",
            "Prenez le temps qu’il vous faut. Vos réponses sont enregistrées.\nQuand vous continuez, nous comptons à partir de 3.",
        ),
    ),
    ("resumed.title", words("Welcome back", "Vous revoilà")),
    (
        "resumed.body",
        words(
            "Your answers so far are saved. You go on where you stopped.",
            "Vos réponses sont enregistrées. Vous reprenez là où vous étiez.",
        ),
    ),
    ("left.title", words("You can stop here", "Vous pouvez arrêter ici")),
    (
        "left.body",
        words(
            "Your answers so far are saved. You can close this page and go on later, or go on now.",
            "Vos réponses sont enregistrées. Vous pouvez fermer cette page et reprendre plus tard, ou continuer maintenant.",
        ),
    ),
    ("end.title", words("This task is done", "Cette tâche est terminée")),
    (
        "end.body",
        words(
            "Thank you. Your answers are saved.\nThe next task comes now.",
            "Merci. Vos réponses sont enregistrées.\nLa tâche suivante arrive.",
        ),
    ),
];

/// `template` with each `{name}` replaced by its number; unknown names stay.
#[must_use]
pub fn fill(template: &str, numbers: &[(&str, u32)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    // Braces are looked for one by one: the library's search for words is large
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let (_, number) = numbers.iter().find(|(known, _)| *known == name)?;
            Some((number, tail))
        });
        if let Some((number, tail)) = known {
            text.push_str(&number.to_string());
            rest = tail;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}
