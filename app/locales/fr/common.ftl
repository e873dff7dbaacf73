# Mots communs à toutes les pages. Parties : common, account, researcher, patient, tasks, errors.
# Les valeurs s'écrivent { $name } ; les nombres sortent comme la langue les écrit.

product = Metricis
skip-to-content = Aller au contenu
breadcrumb = Vous êtes ici
language = Langue
support-reference = Référence pour l’assistance
demo = Démonstration
demo-banner = Démonstration : les personnes et les résultats affichés sont fictifs.
demo-mail = Voir les courriels envoyés

## Cadre
shell-nav = Navigation principale
shell-menu = Menu
shell-search = Trouver un participant par son code
shell-choose-study = Choisir une étude
shell-switch-study = Changer d’étude
shell-all-studies = Toutes les études
shell-account = Compte et sessions
shell-sign-out = Se déconnecter

## Formulaires
form-summary = À vérifier
form-offline = Nous n’avons pas encore pu enregistrer : le serveur est injoignable. Rien de ce que vous avez saisi n’est perdu. Gardez cette page ouverte et réessayez.
form-failed = Nous n’avons pas pu enregistrer : un problème est survenu de notre côté. Rien de ce que vous avez saisi n’est perdu. Réessayez dans un instant.
form-signed-out = Vous n’êtes plus connecté. Connectez-vous dans un autre onglet, puis revenez et réessayez. Rien de ce que vous avez saisi n’est perdu.
form-sending = Envoi en cours
form-cancel = Annuler
form-save = Enregistrer
field-optional = facultatif
filter-list = Chercher et filtrer dans cette liste
filter-apply = Appliquer
filter-clear = Effacer
filter-all = Tous

## Session
session-warning = Votre session se termine dans moins de deux minutes.
session-stay = Rester connecté
session-ended = Votre session est terminée
session-explain-staff = Connectez-vous à nouveau pour continuer. Ce que vous avez saisi sur cette page est conservé.
session-explain-participant = Pour votre sécurité, vous avez été déconnecté. Demandez un nouveau lien pour continuer.
session-email = Adresse e-mail
session-password = Mot de passe
session-sign-in = Se connecter et continuer
session-leave = Aller plutôt à la page de connexion

## Tableaux
table-empty = Rien à afficher.
table-compact = Lignes serrées
table-sort-asc = trier par ordre croissant
table-sort-desc = trier par ordre décroissant
table-sort = Trier
table-sort-by = Trier par
table-sort-order = Ordre
table-sorted = Tri : { $column }, { $order }
table-sorted-usual = Trier cette liste
table-sort-usual = Ordre habituel
table-order-asc = croissant
table-order-desc = décroissant
table-previous = Précédent
table-next = Suivant
table-page = Page { $page } sur { $pages }
table-range = { $first } à { $last } sur { $total }
table-paging = Pages
copy = Copier { $what }
copied = Copié

## Graphiques
chart-table = Afficher sous forme de tableau
chart-count = Effectif
chart-from = De
chart-to = À
chart-trial = Essai
chart-mean = Moyenne
chart-low = Borne basse
chart-high = Borne haute
chart-today = Aujourd’hui
chart-series = Série
chart-none = aucun
yes = oui
no = non
timeline-visit = Visite
timeline-status = État
timeline-opens = Début de fenêtre
timeline-target = Prévue
timeline-closes = Fin de fenêtre
timeline-done = Réalisée
timeline-day = jour { $day }
timeline-days = Jours depuis l’inclusion
timeline-enrollment = Inclusion
timeline-opens-day = Premier jour
timeline-target-day = Jour cible
timeline-closes-day = Dernier jour

## États : le même mot partout
status-draft = Brouillon
status-active = Active
status-paused = En pause
status-completed = Terminé
status-closed = Clos
status-archived = Archivé
status-planned = Prévu
status-upcoming = À venir
status-due = À faire
status-overdue = En retard
status-missed = Manqué
status-pending = En attente
status-synced = Synchronisé
status-failed = Échec
status-screening = Sélection
status-screened = En sélection
status-enrolled = Inclus
status-withdrawn = Retiré
status-lost = Perdu de vue
status-started = Commencé
status-launched = Lien ouvert
status-running = En cours
status-stopped = Arrêté
status-interrupted = Interrompu
status-in-progress = En cours
status-abandoned = Abandonné
status-assigned = Attribué
status-expired = Expiré
status-cancelled = Annulé
status-sent = Envoyé
status-locked = Verrouillé
status-invited = Invité
status-disabled = Désactivé

## Dates et heures
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
day-yesterday = hier
day-today = aujourd’hui
day-tomorrow = demain
time-noon = midi
time-midnight = minuit
moment = { $day }, à { $time }
deadline = { $day }, avant { $time }
deadline-end-of-day = { $day }, avant la fin de la journée
relative-now = à l’instant
relative-ago = { $unit ->
    [minute] { $count ->
        [one] il y a { $count } minute
       *[other] il y a { $count } minutes
    }
    [hour] { $count ->
        [one] il y a { $count } heure
       *[other] il y a { $count } heures
    }
    [day] { $count ->
        [one] il y a { $count } jour
       *[other] il y a { $count } jours
    }
    [month] il y a { $count } mois
   *[year] { $count ->
        [one] il y a { $count } an
       *[other] il y a { $count } ans
    }
}
relative-ahead = { $unit ->
    [minute] { $count ->
        [one] dans { $count } minute
       *[other] dans { $count } minutes
    }
    [hour] { $count ->
        [one] dans { $count } heure
       *[other] dans { $count } heures
    }
    [day] { $count ->
        [one] dans { $count } jour
       *[other] dans { $count } jours
    }
    [month] dans { $count } mois
   *[year] { $count ->
        [one] dans { $count } an
       *[other] dans { $count } ans
    }
}
about-minutes = { $count ->
    [0] moins d’une minute
    [one] environ { $count } minute
   *[other] environ { $count } minutes
}
progress = Tâche { $step } sur { $steps }
progress-minutes = Tâche { $step } sur { $steps }, { $count ->
    [0] moins d’une minute restante
    [one] environ { $count } minute restante
   *[other] environ { $count } minutes restantes
}

## Pages that cannot be shown
error-page-not-found = Cette page n’est pas ici
error-page-not-allowed = Vous ne pouvez pas voir cette page
error-page-unavailable = Nous ne pouvons pas afficher ceci pour le moment
error-page-failed = Un problème est survenu
error-page-home = Aller à la page d’accueil

## Roles
role-admin = Administration
role-researcher = Recherche
role-coordinator = Coordination
role-viewer = Lecture seule

## Demonstration mail
demo-mail-title = Messages de la démonstration
demo-mail-lead = Rien ne quitte cette machine. Ce qui aurait été envoyé est montré ici.
demo-mail-none = Aucun message pour le moment
demo-mail-none-text = Envoyez un lien à un participant, ou demandez-en un sur la page de connexion du portail patient.

## Start page
home-title = Metricis
home-lead = Des études dont les temps de réaction sont mesurés à la milliseconde, dans le navigateur.
home-staff = Je travaille sur une étude
home-participant = Je participe à une étude
