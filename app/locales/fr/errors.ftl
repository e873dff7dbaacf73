# Erreurs par raison (`error-…`) et règles non respectées par nom (`rule-…`). Le message anglais du
# serveur reste là où un mot manque ici.

error-invalid = Certaines réponses sont à revoir.
error-unreadable-request = Le formulaire n’a pas pu être lu. Rechargez la page et réessayez.
error-unreachable = Le serveur est injoignable. Vérifiez la connexion et réessayez.
error-internal = Un problème est survenu de notre côté. Réessayez dans un instant.
error-unauthenticated = Vous n’êtes pas connecté. Connectez-vous et réessayez.
error-forbidden = Votre rôle ne le permet pas. Adressez-vous au responsable de l’étude si vous en avez besoin.
error-not-found = Il n’y a rien ici, ou vous n’y avez pas accès.
error-too-large = C’est plus que ce que nous acceptons. Envoyez-en moins à la fois.
error-too-many-requests = Trop de demandes à la fois. Attendez une minute et réessayez.
error-unavailable = Un service dont nous avons besoin ne répond pas. Réessayez dans un instant.

rule-unknown = Cette réponse n’est pas acceptée.
rule-required = Remplissez ce champ.
rule-too-short = Utilisez au moins { $min } caractères.
rule-too-long = Utilisez au plus { $max } caractères.
rule-control-characters = Retirez les caractères invisibles ; retapez le texte si vous l’avez collé.
rule-code = Utilisez seulement des lettres, des chiffres, des tirets, des soulignés et des points, en commençant par une lettre ou un chiffre.
rule-email = Saisissez une adresse e-mail comme nom@exemple.org.
rule-range = Choisissez une valeur entre { $min } et { $max }.
rule-taken = C’est déjà pris. Choisissez-en un autre.

## Participants and visits
error-participant-not-found = Ce participant n’existe pas dans cette étude.
error-participant-code-taken = Un autre participant de cette étude a déjà ce code. Choisissez-en un autre.
error-participant-changed = Quelqu’un a modifié ce participant depuis que vous avez ouvert la page. Rechargez-la pour voir la modification, puis refaites la vôtre.
error-participant-withdrawn = Le participant s’est retiré et ne reçoit plus de messages.
error-participant-not-enrolled = Les visites se comptent à partir de la date d’inclusion. Incluez d’abord le participant.
error-status-not-allowed = Le participant ne peut pas passer du statut actuel à celui-ci.
error-study-not-enrolling = L’étude n’accueille pas de nouveaux participants pour le moment.
error-study-archived = L’étude est archivée. Ses données peuvent être lues, pas modifiées.
error-no-email-address = Aucune adresse e-mail n’est enregistrée pour ce participant. Ajoutez-en une d’abord.
error-visit-not-found = Cette visite n’existe pas dans cette étude.
error-visit-changed = Quelqu’un a modifié cette visite depuis que vous avez ouvert la page. Rechargez-la pour voir la modification.
error-visit-already-recorded = Le résultat de cette visite est déjà enregistré.
error-visit-not-due-yet = La fenêtre de cette visite n’est pas encore ouverte. La visite peut être notée comme manquée à partir de son premier jour.
error-visit-cancelled = Le participant a quitté l’étude : cette visite n’est plus attendue.
error-visit-window-name-taken = Une autre fenêtre de visite de cette étude porte déjà ce nom. Choisissez-en un autre.
rule-date = Saisissez une date comme 2026-03-01.
rule-future = Choisissez aujourd’hui ou un jour antérieur, à la date du site.
rule-before-enrollment = Choisissez la date d’inclusion ou un jour ultérieur.
rule-after-leaving = Choisissez un jour où le participant était encore dans l’étude.
rule-outside-window = Indiquez pourquoi la visite a eu lieu hors de sa fenêtre.
rule-inactive = Choisissez un site qui accueille des participants ; celui-ci est inactif.
rule-phone = Saisissez un numéro de téléphone comme +1 514 555 0100 : 5 à 15 chiffres.
