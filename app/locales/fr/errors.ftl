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

## Connexion et comptes
error-not-signed-in = Vous n’êtes pas connecté, ou votre session est terminée. Connectez-vous et réessayez.
error-not-allowed = Votre rôle ne le permet pas. Adressez-vous au responsable de l’étude si vous en avez besoin.
error-must-change-password = Choisissez d’abord un nouveau mot de passe.
error-invalid-credentials = L’adresse e-mail ou le mot de passe est incorrect.
error-login-locked = Trop de mots de passe erronés. La connexion par mot de passe est bloquée pour ce compte. Réessayez dans 15 minutes.
error-token-refused = Cette connexion n’est plus valable. Connectez-vous à nouveau.
error-link-not-valid = Ce lien n’est plus valable. Demandez-en un nouveau.
error-user-not-found = Ce compte n’existe pas.
error-email-taken = Un compte avec cette adresse e-mail existe déjà.
error-already-member = Cette personne est déjà membre de l’étude.
error-member-not-found = Cette personne n’est pas membre de l’étude.
error-account-disabled = Ce compte est désactivé. Réactivez-le d’abord.
error-last-admin = C’est le dernier administrateur. Nommez-en d’abord un autre.
error-last-owner = C’est le dernier responsable de l’étude. Nommez-en d’abord un autre.
error-owner-only = Seul un responsable de l’étude ou un administrateur peut donner ou retirer le rôle de responsable.
error-session-not-found = Cette session n’existe pas, ou elle est terminée.

## Études, centres, batteries
error-study-not-found = Cette étude n’existe pas, ou vous n’y avez pas accès.
error-study-code-taken = Une autre étude porte déjà ce code. Choisissez-en un autre.
error-study-status = L’étude ne peut pas passer de son état actuel à celui-ci.
error-study-not-active = L’étude n’est pas active. Les tâches ne sont attribuées et commencées que dans une étude active.
error-integration-mode-fixed = Le choix de qui gère le calendrier de cette étude est fait et ne peut plus changer après le brouillon.
error-site-not-found = Ce centre n’existe pas dans cette étude.
error-site-code-taken = Un autre centre de cette étude porte déjà ce code. Choisissez-en un autre.
error-battery-not-found = Cette batterie n’existe pas dans cette étude.
error-battery-name-taken = Une autre batterie de cette étude porte déjà ce nom. Choisissez-en un autre.
error-battery-changed = Quelqu’un d’autre a modifié cette batterie depuis que vous l’avez ouverte. Rechargez la page pour voir la modification, puis refaites la vôtre.
error-battery-not-active = Seule une batterie active peut être attribuée aux participants et commencée.
error-battery-status-not-allowed = La batterie ne peut pas passer de son état actuel à celui-ci.

## Attributions, sessions, exports
error-assignment-not-found = Cette attribution n’existe pas.
error-already-assigned = Le participant a déjà cette batterie à faire. Annulez d’abord cette attribution, ou laissez le participant la terminer.
error-assignment-closed = Il n’y a plus rien à faire dans cette attribution.
error-not-yet-due = C’est trop tôt : ces tâches ne peuvent pas encore être commencées.
error-launch-link-spent = Ce lien a déjà servi ou est trop ancien. Revenez à vos tâches et recommencez.
error-unknown-upload-key = Ces réponses n’appartiennent à aucune session ouverte, ou les tâches ont été relancées sur une autre page.
error-session-ended = La session est terminée et n’accepte plus rien.
error-submitted-differently = La session a déjà été envoyée avec un autre contenu. Ce qui est enregistré reste.
error-items-missing = Il manque des réponses avant celles-ci. Envoyez-les d’abord.
error-item-conflict = Une réponse a déjà été enregistrée avec un autre contenu. Ce qui est enregistré reste.
error-items-beyond-end = Plus de réponses sont enregistrées que la session n’est censée en contenir.
error-exports-busy = Plusieurs exports sont en cours. Réessayez dans une minute.

## Requêtes
error-body-too-large = C’est plus que ce que nous acceptons. Envoyez-le en plusieurs parties.
error-foreign-origin = Cette demande venait de la page d’un autre site et a été refusée. Ouvrez la page ici et réessayez.
error-unreadable = La demande n’a pas pu être lue.
error-database-unavailable = La base de données ne répond pas. Rien n’a été modifié. Réessayez dans un instant.
error-simulation = La session simulée n’a pas pu être créée.

rule-wrong = Ce n’est pas correct.
rule-same = Choisissez-en un différent de l’actuel.
rule-too-weak = C’est trop facile à deviner. Choisissez-en un plus long, ou plusieurs mots sans rapport.
rule-time-zone = Choisissez un fuseau horaire comme America/Toronto ou Europe/Paris.
rule-type = La forme n’est pas la bonne.
rule-choice = Choisissez une des valeurs proposées.
rule-order = Ceci ne s’accorde pas avec les autres valeurs.
rule-unsolvable = Avec ces valeurs ensemble, aucun ordre des essais n’est possible. Assouplissez l’une d’elles.
rule-multiple = Ceci ne se répartit pas également entre les conditions.
rule-duplicate = Ne nommez chacun qu’une fois.
rule-before-start = Choisissez le premier jour ou un jour suivant.
rule-too-many = Choisissez-en au plus { $max }.
rule-length = Envoyez-en entre 1 et { $max } à la fois.
rule-negative = Ceci ne doit pas être inférieur à zéro.
rule-finite = Ceci doit être un nombre fini.
rule-too-small = Ce nombre est trop petit.
rule-gap = Il manque quelque chose avant ceci.
rule-conflict = Ceci a déjà été enregistré avec un autre contenu.
rule-backwards = Ceci se situe avant ce qui précède : l’horloge a sauté.
rule-mismatch = Ceci ne s’accorde pas avec les autres réponses du même essai.
error-method-not-allowed = Cette adresse n’accepte pas ce type de demande.
