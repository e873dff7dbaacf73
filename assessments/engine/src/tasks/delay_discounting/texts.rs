//! Texts of delay discounting for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Now or later?", "Maintenant ou plus tard ?")),
    (
        "intro.1.body",
        words(
            "You will see two amounts of money. One is paid today, the other one later.\nSay which one you would rather have.\nThere is no right or wrong choice. You will not get the money, but choose as if you would.",
            "Vous allez voir deux sommes d’argent. L’une est versée aujourd’hui, l’autre plus tard.\nDites laquelle vous préférez.\nIl n’y a pas de bon ou de mauvais choix. Vous ne recevrez pas l’argent, mais choisissez comme si c’était vrai.",
        ),
    ),
    ("intro.2.title", words("How to choose", "Comment choisir")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap the amount that you want.\nOn a keyboard: press the left or the right arrow key, or F for left and J for right.\nTake the time you need. First you try it out: there, take the larger amount.",
            "Sur un téléphone ou une tablette : touchez la somme que vous voulez.\nAu clavier : appuyez sur la flèche gauche ou droite, ou sur F pour gauche et J pour droite.\nPrenez votre temps. D’abord, vous essayez : là, prenez la plus grande somme.",
        ),
    ),
    (
        "practice.passed.body",
        words(
            "You know how to choose.\nNow it counts. Take what you would rather have.",
            "Vous savez comment choisir.\nMaintenant, cela compte. Prenez ce que vous préférez.",
        ),
    ),
    (
        "practice.enough.body",
        words(
            "Thank you for practising.\nNow it counts. Take what you would rather have.",
            "Merci pour cet entraînement.\nMaintenant, cela compte. Prenez ce que vous préférez.",
        ),
    ),
    ("amount.eur", words("€{n}", "{n} €")),
    ("amount.usd", words("${n}", "{n} $")),
    ("amount.gbp", words("£{n}", "{n} £")),
    ("amount.chf", words("CHF {n}", "{n} CHF")),
    ("amount.cad", words("${n}", "{n} $")),
    ("delay.now", words("today", "aujourd’hui")),
    ("delay.hour", words("in {n} hour", "dans {n} heure")),
    ("delay.hours", words("in {n} hours", "dans {n} heures")),
    ("delay.day", words("in {n} day", "dans {n} jour")),
    ("delay.days", words("in {n} days", "dans {n} jours")),
    ("delay.week", words("in {n} week", "dans {n} semaine")),
    ("delay.week_half", words("in a week and a half", "dans une semaine et demie")),
    ("delay.weeks", words("in {n} weeks", "dans {n} semaines")),
    ("delay.month", words("in {n} month", "dans {n} mois")),
    ("delay.months", words("in {n} months", "dans {n} mois")),
    ("delay.year", words("in {n} year", "dans {n} an")),
    ("delay.years", words("in {n} years", "dans {n} ans")),
    ("feedback.right", words("Right", "Juste")),
    ("feedback.wrong", words("Here, take the larger amount", "Ici, prenez la plus grande somme")),
    ("feedback.slow", words("Please make a choice", "Faites un choix, s’il vous plaît")),
    ("feedback.early", words("Look at both amounts first", "Regardez d’abord les deux sommes")),
];
