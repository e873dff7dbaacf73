//! Texts of the task runner's own pages: before the start, pauses, the end. The server puts them
//! into `RunConfig::strings`; the browser's program holds none of them.
//!
//! `{…}` stands for a number or word that the runner fills in.

use contract::Locale;

/// The texts by key, in one language. Both languages have the same keys.
#[must_use]
pub const fn runner_strings(locale: Locale) -> &'static [(&'static str, &'static str)] {
    match locale {
        Locale::En => EN,
        Locale::Fr => FR,
    }
}

const EN: &[(&str, &str)] = &[
    ("run.minutes.less", "less than a minute"),
    ("run.minutes.one", "about 1 minute"),
    ("run.minutes.other", "about {minutes} minutes"),
    ("run.progress", "Task {module} of {modules}, {time} left"),
    ("run.landing.title", "Before you start"),
    ("run.landing.one", "There is 1 task. It takes {time}."),
    ("run.landing.other", "There are {count} tasks. They take {time}."),
    (
        "run.landing.quiet",
        "Sit where nobody disturbs you. Each task shows you first what to do and lets you try it.",
    ),
    (
        "run.landing.saved",
        "Your answers are saved as you go. You can stop at any time and go on later.",
    ),
    ("run.landing.start", "Start"),
    ("run.landing.later", "Not now"),
    ("run.check.title", "Your device"),
    ("run.check.busy", "Checking your device. This takes a few seconds."),
    ("run.check.good", "Your device is ready."),
    (
        "run.check.fair",
        "Your device works for this. Some times may be a little less exact, and we will know which.",
    ),
    ("run.check.screen.steady", "Screen: {hz} pictures a second, steady"),
    ("run.check.screen.variable", "Screen: about {hz} pictures a second, not steady"),
    (
        "run.check.screen.slow",
        "Screen: {hz} pictures a second. If you can, switch off power saving.",
    ),
    ("run.check.clock.fine", "Clock: exact"),
    ("run.check.clock.coarse", "Clock: less exact in this browser"),
    ("run.check.size", "Size: {width} by {height}"),
    ("run.check.size.small", "Size: small. If you can, make the window larger."),
    ("run.check.input.touch", "Answers: by touching the screen"),
    ("run.check.input.keys", "Answers: with the keyboard"),
    ("run.check.input.both", "Answers: with the keyboard or by touching the screen"),
    ("run.check.focus.here", "This page is in front"),
    ("run.check.focus.away", "Tap or click on this page, so that it is in front"),
    ("run.check.yes", "good"),
    ("run.check.note", "note"),
    ("run.stop", "Stop and save"),
    ("run.back", "Back to my page"),
    ("run.done.title", "All done"),
    ("run.done.one", "You finished 1 task at {clock}. Thank you."),
    ("run.done.other", "You finished {count} tasks at {clock}. Thank you."),
    ("run.done.sending", "Your answers are saved on this device. We are sending them now."),
    ("run.done.sent", "Your answers were sent and are safe with the study team."),
    (
        "run.done.waiting",
        "We could not send your answers yet. They are saved on this device. Keep this page open, \
         we will try again. If you close it, they are sent when you next open your page.",
    ),
    (
        "run.done.refused",
        "The study's computer did not take your answers. They are kept on this device. Please tell \
         the study team.",
    ),
];

const FR: &[(&str, &str)] = &[
    ("run.minutes.less", "moins d’une minute"),
    ("run.minutes.one", "environ 1 minute"),
    ("run.minutes.other", "environ {minutes} minutes"),
    ("run.progress", "Tâche {module} sur {modules}, encore {time}"),
    ("run.landing.title", "Avant de commencer"),
    ("run.landing.one", "Il y a 1 tâche. Elle dure {time}."),
    ("run.landing.other", "Il y a {count} tâches. Elles durent {time}."),
    (
        "run.landing.quiet",
        "Installez-vous là où personne ne vous dérange. Chaque tâche vous montre d’abord quoi \
         faire et vous laisse essayer.",
    ),
    (
        "run.landing.saved",
        "Vos réponses sont enregistrées au fur et à mesure. Vous pouvez vous arrêter à tout \
         moment et continuer plus tard.",
    ),
    ("run.landing.start", "Commencer"),
    ("run.landing.later", "Pas maintenant"),
    ("run.check.title", "Votre appareil"),
    ("run.check.busy", "Nous vérifions votre appareil. Cela prend quelques secondes."),
    ("run.check.good", "Votre appareil est prêt."),
    (
        "run.check.fair",
        "Votre appareil convient. Certains temps peuvent être un peu moins précis, et nous \
         saurons lesquels.",
    ),
    ("run.check.screen.steady", "Écran : {hz} images par seconde, stable"),
    ("run.check.screen.variable", "Écran : environ {hz} images par seconde, instable"),
    (
        "run.check.screen.slow",
        "Écran : {hz} images par seconde. Si possible, désactivez l’économie d’énergie.",
    ),
    ("run.check.clock.fine", "Horloge : précise"),
    ("run.check.clock.coarse", "Horloge : moins précise dans ce navigateur"),
    ("run.check.size", "Taille : {width} sur {height}"),
    ("run.check.size.small", "Taille : petite. Si possible, agrandissez la fenêtre."),
    ("run.check.input.touch", "Réponses : en touchant l’écran"),
    ("run.check.input.keys", "Réponses : au clavier"),
    ("run.check.input.both", "Réponses : au clavier ou en touchant l’écran"),
    ("run.check.focus.here", "Cette page est au premier plan"),
    ("run.check.focus.away", "Touchez cette page ou cliquez dessus pour la mettre au premier plan"),
    ("run.check.yes", "bien"),
    ("run.check.note", "à noter"),
    ("run.stop", "Arrêter et enregistrer"),
    ("run.back", "Retour à ma page"),
    ("run.done.title", "C’est terminé"),
    ("run.done.one", "Vous avez terminé 1 tâche à {clock}. Merci."),
    ("run.done.other", "Vous avez terminé {count} tâches à {clock}. Merci."),
    (
        "run.done.sending",
        "Vos réponses sont enregistrées sur cet appareil. Nous les envoyons maintenant.",
    ),
    ("run.done.sent", "Vos réponses sont envoyées et en sécurité auprès de l’équipe de l’étude."),
    (
        "run.done.waiting",
        "Nous n’avons pas encore pu envoyer vos réponses. Elles sont enregistrées sur cet \
         appareil. Gardez cette page ouverte, nous réessaierons. Si vous la fermez, elles seront \
         envoyées quand vous rouvrirez votre page.",
    ),
    (
        "run.done.refused",
        "L’ordinateur de l’étude n’a pas accepté vos réponses. Elles restent sur cet appareil. \
         Merci de prévenir l’équipe de l’étude.",
    ),
];

#[cfg(test)]
mod tests {
    use super::{EN, FR};

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_places() {
        assert_eq!(EN.len(), FR.len());
        for ((en_key, en), (fr_key, fr)) in EN.iter().zip(FR) {
            assert_eq!(en_key, fr_key);
            assert_eq!(places(en), places(fr), "{en_key}");
        }
    }
}
