//! The words of the mail, English and French.

use super::Link;
use contract::Locale;

/// Who wanted the mail sent.
#[derive(Clone, Copy)]
pub(super) enum Occasion {
    /// Somebody typed the address at the portal's door.
    Asked,
    /// Staff sent it.
    SentByStaff,
}

/// Subject and text of one mail with one or several links. Each language that occurs gets its
/// part, in the order of the links.
pub(super) fn mail(links: &[Link], occasion: Occasion, base_url: &str) -> (String, String) {
    let mut languages: Vec<Locale> = Vec::new();
    for link in links {
        if !languages.contains(&link.language) {
            languages.push(link.language);
        }
    }
    let subject =
        languages.iter().map(|language| words(*language).subject).collect::<Vec<_>>().join(" / ");
    let parts = languages.iter().map(|language| {
        let own: Vec<_> = links.iter().filter(|link| link.language == *language).collect();
        part(&words(*language), &own, occasion, base_url)
    });
    (subject, parts.collect::<Vec<_>>().join("\n\n----\n\n"))
}

fn part(words: &Words, links: &[&Link], occasion: Occasion, base_url: &str) -> String {
    let opening = match occasion {
        Occasion::Asked => words.asked,
        Occasion::SentByStaff => words.sent,
    };
    let lines: Vec<_> = match links {
        [one] => vec![words.open.to_owned(), one.url.clone()],
        several => std::iter::once(words.open_several.to_owned())
            .chain(several.iter().map(|link| format!("{}\n{}", link.code, link.url)))
            .collect(),
    };
    let again = format!("{} {base_url}/portal/login", words.again);
    let closing = match occasion {
        Occasion::Asked => words.not_asked,
        Occasion::SentByStaff => words.not_for_you,
    };
    [words.greeting, opening, &lines.join("\n\n"), words.validity, &again, closing].join("\n\n")
}

struct Words {
    subject: &'static str,
    greeting: &'static str,
    asked: &'static str,
    sent: &'static str,
    open: &'static str,
    open_several: &'static str,
    validity: &'static str,
    again: &'static str,
    not_asked: &'static str,
    not_for_you: &'static str,
}

const fn words(language: Locale) -> Words {
    match language {
        Locale::En => Words {
            subject: "Your sign-in link",
            greeting: "Hello,",
            asked: "You asked for a link to sign in.",
            sent: "Here is your link to sign in.",
            open: "Open this link:",
            open_several: "Open the link of the person you want to sign in for:",
            validity: "It works once, for 15 minutes.",
            again: "Too late? You can ask for a new link here:",
            not_asked: "You did not ask for this? Then you can ignore this message.",
            not_for_you: "You do not know what this is about? Then you can ignore this message.",
        },
        Locale::Fr => Words {
            subject: "Votre lien de connexion",
            greeting: "Bonjour,",
            asked: "Vous avez demandé un lien pour vous connecter.",
            sent: "Voici votre lien pour vous connecter.",
            open: "Ouvrez ce lien :",
            open_several: "Ouvrez le lien de la personne pour qui vous voulez vous connecter :",
            validity: "Il fonctionne une seule fois, pendant 15 minutes.",
            again: "Trop tard ? Vous pouvez demander un nouveau lien ici :",
            not_asked: "Vous n’avez rien demandé ? Alors vous pouvez ignorer ce message.",
            not_for_you: "Ce message ne vous dit rien ? Alors vous pouvez l’ignorer.",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(language: Locale, code: &str) -> Link {
        let url = format!("https://study.example/portal/verify?token={code}");
        Link { language, code: code.into(), url }
    }

    #[test]
    fn one_link_needs_no_code() {
        let (subject, text) =
            mail(&[link(Locale::En, "P-001")], Occasion::Asked, "https://study.example");
        insta::assert_snapshot!(format!("{subject}\n\n{text}"), @"
        Your sign-in link

        Hello,

        You asked for a link to sign in.

        Open this link:

        https://study.example/portal/verify?token=P-001

        It works once, for 15 minutes.

        Too late? You can ask for a new link here: https://study.example/portal/login

        You did not ask for this? Then you can ignore this message.
        ");
    }

    #[test]
    fn a_caregiver_of_two_gets_both_links_in_one_mail_in_french() {
        let links = [link(Locale::Fr, "P-001"), link(Locale::Fr, "P-002")];
        let (subject, text) = mail(&links, Occasion::SentByStaff, "https://study.example");
        insta::assert_snapshot!(format!("{subject}\n\n{text}"), @"
        Votre lien de connexion

        Bonjour,

        Voici votre lien pour vous connecter.

        Ouvrez le lien de la personne pour qui vous voulez vous connecter :

        P-001
        https://study.example/portal/verify?token=P-001

        P-002
        https://study.example/portal/verify?token=P-002

        Il fonctionne une seule fois, pendant 15 minutes.

        Trop tard ? Vous pouvez demander un nouveau lien ici : https://study.example/portal/login

        Ce message ne vous dit rien ? Alors vous pouvez l’ignorer.
        ");
    }

    #[test]
    fn two_languages_under_one_address_get_a_part_each() {
        let links = [link(Locale::Fr, "P-001"), link(Locale::En, "P-002")];
        let (subject, text) = mail(&links, Occasion::Asked, "https://study.example");
        assert_eq!(subject, "Votre lien de connexion / Your sign-in link");
        let (french, english) = text.split_once("----").unwrap();
        assert!(french.contains("token=P-001") && !french.contains("token=P-002"));
        assert!(english.contains("token=P-002") && !english.contains("token=P-001"));
    }
}
