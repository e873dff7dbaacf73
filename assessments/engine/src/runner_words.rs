//! Texts of the task runner's own pages: before the start, pauses, the end. The server puts them
//! into `RunConfig::strings`; the browser's program holds none of them.
//!
//! `{…}` stands for a number or word that the runner fills in.

use crate::spec::{Texts, Words};

/// The texts by key.
pub(crate) const RUNNER: Texts = &[
    ("run.minutes.less", Words { en: "less than a minute", fr: "moins d’une minute" }),
    ("run.minutes.one", Words { en: "about 1 minute", fr: "environ 1 minute" }),
    ("run.minutes.other", Words { en: "about {minutes} minutes", fr: "environ {minutes} minutes" }),
    (
        "run.progress",
        Words {
            en: "Task {module} of {modules}, {time} left",
            fr: "Tâche {module} sur {modules}, encore {time}",
        },
    ),
    ("run.landing.title", Words { en: "Before you start", fr: "Avant de commencer" }),
    (
        "run.landing.one",
        Words { en: "There is 1 task. It takes {time}.", fr: "Il y a 1 tâche. Elle dure {time}." },
    ),
    (
        "run.landing.other",
        Words {
            en: "There are {count} tasks. They take {time}.",
            fr: "Il y a {count} tâches. Elles durent {time}.",
        },
    ),
    (
        "run.landing.quiet",
        Words {
            en: "Sit where nobody disturbs you. Each task shows you first what to do and lets you try it.",
            fr: "Installez-vous là où personne ne vous dérange. Chaque tâche vous montre d’abord quoi faire et vous laisse essayer.",
        },
    ),
    (
        "run.landing.saved",
        Words {
            en: "Your answers are saved as you go. You can stop at any time and go on later.",
            fr: "Vos réponses sont enregistrées au fur et à mesure. Vous pouvez vous arrêter à tout moment et continuer plus tard.",
        },
    ),
    ("run.landing.start", Words { en: "Start", fr: "Commencer" }),
    ("run.landing.later", Words { en: "Not now", fr: "Pas maintenant" }),
    ("run.check.title", Words { en: "Your device", fr: "Votre appareil" }),
    (
        "run.check.busy",
        Words {
            en: "Checking your device. This takes a few seconds.",
            fr: "Nous vérifions votre appareil. Cela prend quelques secondes.",
        },
    ),
    ("run.check.good", Words { en: "Your device is ready.", fr: "Votre appareil est prêt." }),
    (
        "run.check.fair",
        Words {
            en: "Your device works for this. Some times may be a little less exact, and we will know which.",
            fr: "Votre appareil convient. Certains temps peuvent être un peu moins précis, et nous saurons lesquels.",
        },
    ),
    (
        "run.check.screen.steady",
        Words {
            en: "Screen: {hz} pictures a second, steady",
            fr: "Écran : {hz} images par seconde, stable",
        },
    ),
    (
        "run.check.screen.variable",
        Words {
            en: "Screen: about {hz} pictures a second, not steady",
            fr: "Écran : environ {hz} images par seconde, instable",
        },
    ),
    (
        "run.check.screen.slow",
        Words {
            en: "Screen: {hz} pictures a second. If you can, switch off power saving.",
            fr: "Écran : {hz} images par seconde. Si possible, désactivez l’économie d’énergie.",
        },
    ),
    ("run.check.clock.fine", Words { en: "Clock: exact", fr: "Horloge : précise" }),
    (
        "run.check.clock.coarse",
        Words {
            en: "Clock: less exact in this browser",
            fr: "Horloge : moins précise dans ce navigateur",
        },
    ),
    (
        "run.check.size",
        Words { en: "Size: {width} by {height}", fr: "Taille : {width} sur {height}" },
    ),
    (
        "run.check.size.small",
        Words {
            en: "Size: small. If you can, make the window larger.",
            fr: "Taille : petite. Si possible, agrandissez la fenêtre.",
        },
    ),
    (
        "run.check.input.touch",
        Words { en: "Answers: by touching the screen", fr: "Réponses : en touchant l’écran" },
    ),
    (
        "run.check.input.keys",
        Words { en: "Answers: with the keyboard", fr: "Réponses : au clavier" },
    ),
    (
        "run.check.input.both",
        Words {
            en: "Answers: with the keyboard or by touching the screen",
            fr: "Réponses : au clavier ou en touchant l’écran",
        },
    ),
    (
        "run.check.focus.here",
        Words { en: "This page is in front", fr: "Cette page est au premier plan" },
    ),
    (
        "run.check.focus.away",
        Words {
            en: "Tap or click on this page, so that it is in front",
            fr: "Touchez cette page ou cliquez dessus pour la mettre au premier plan",
        },
    ),
    ("run.check.yes", Words { en: "good", fr: "bien" }),
    ("run.check.note", Words { en: "note", fr: "à noter" }),
    ("run.stop", Words { en: "Stop and save", fr: "Arrêter et enregistrer" }),
    ("run.back", Words { en: "Back to my page", fr: "Retour à ma page" }),
    ("run.done.title", Words { en: "All done", fr: "C’est terminé" }),
    (
        "run.done.one",
        Words {
            en: "You finished 1 task at {clock}. Thank you.",
            fr: "Vous avez terminé 1 tâche à {clock}. Merci.",
        },
    ),
    (
        "run.done.other",
        Words {
            en: "You finished {count} tasks at {clock}. Thank you.",
            fr: "Vous avez terminé {count} tâches à {clock}. Merci.",
        },
    ),
    (
        "run.done.sending",
        Words {
            en: "Your answers are saved on this device. We are sending them now.",
            fr: "Vos réponses sont enregistrées sur cet appareil. Nous les envoyons maintenant.",
        },
    ),
    (
        "run.done.sent",
        Words {
            en: "Your answers were sent and are safe with the study team.",
            fr: "Vos réponses sont envoyées et en sécurité auprès de l’équipe de l’étude.",
        },
    ),
    (
        "run.done.waiting",
        Words {
            en: "We could not send your answers yet. They are saved on this device. Keep this page open, we will try again. If you close it, they are sent when you next open your page.",
            fr: "Nous n’avons pas encore pu envoyer vos réponses. Elles sont enregistrées sur cet appareil. Gardez cette page ouverte, nous réessaierons. Si vous la fermez, elles seront envoyées quand vous rouvrirez votre page.",
        },
    ),
    (
        "run.done.refused",
        Words {
            en: "The study's computer did not take your answers. They are kept on this device. Please tell the study team.",
            fr: "L’ordinateur de l’étude n’a pas accepté vos réponses. Elles restent sur cet appareil. Merci de prévenir l’équipe de l’étude.",
        },
    ),
];

#[cfg(test)]
mod tests {
    use super::RUNNER;

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn both_languages_fill_the_same_places() {
        for (key, words) in RUNNER {
            assert_eq!(places(words.en), places(words.fr), "{key}");
        }
    }
}
