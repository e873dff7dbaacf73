# Mots de la partie « researcher ».

## Navigation
nav-dashboard = Tableau de bord
nav-studies = Études
nav-users = Utilisateurs
nav-overview = Vue d’ensemble
nav-participants = Participants
nav-batteries = Batteries
nav-sessions = Sessions
nav-sites = Sites

## Dashboard
dashboard-title = Tableau de bord
dashboard-today = Ce qui vous attend aujourd’hui
dashboard-nothing = Rien ne vous attend aujourd’hui.
dashboard-going = Où en sont les études
dashboard-participants = Participants inclus
dashboard-late = Tâches dont le délai est passé
dashboard-running = Sessions en cours
dashboard-sessions = Sessions terminées
dashboard-waiting = Tâches en attente
dashboard-flagged = Sessions à examiner
dashboard-none-title = Vous n’avez pas encore d’étude
dashboard-none-text = Créez une étude, ou demandez à un responsable d’étude de vous ajouter à la sienne.

## Studies
studies-title = Études
studies-new = Nouvelle étude
studies-none-title = Aucune étude pour le moment
studies-none-text = Créez votre première étude. Vous ajouterez ensuite sites, batteries et participants.
studies-none-found-title = Aucune étude ne correspond
studies-none-found-text = Modifiez la recherche, ou effacez-la pour voir toutes les études.
studies-search = Chercher par code ou par nom
study-code = Code de l’étude
study-code-hint = Court et unique, par exemple NEURO-2026-001. Il ne pourra plus être changé.
study-name = Nom
study-description = Description
study-status = Statut
study-sites = Sites
study-participants = Participants
study-my-role = Votre rôle
study-languages = Langues des participants
study-languages-hint = Les participants lisent leurs pages et leurs tâches dans l’une d’elles.
study-time-zone = Fuseau horaire
study-time-zone-hint = Pour les sites qui n’en indiquent pas.
study-mode = Qui conduit l’étude
study-mode-metricis = Metricis
study-mode-metricis-hint = Les calendriers, les consentements et les tâches sont tenus ici.
study-mode-redcap = REDCap
study-mode-redcap-hint = REDCap tient les formulaires, les événements et la randomisation ; Metricis délivre les évaluations.
study-create = Créer l’étude
study-created = Créée
study-overview-next = Prochaines étapes
study-step-site = Ajouter un site
study-step-site-text = Chaque participant appartient à un site ; son fuseau horaire décide de ce qu’est « aujourd’hui ».
study-step-battery = Composer une batterie
study-step-battery-text = Choisissez les tâches et leurs paramètres, dans l’ordre.
study-step-participant = Ajouter un participant
study-step-participant-text = Attribuez-lui ensuite une batterie et envoyez le lien.
study-status-draft = Brouillon
study-status-active = Active
study-status-paused = En pause
study-status-completed = Terminée
study-status-archived = Archivée
study-status-change = Changer le statut
study-status-reason = Motif
study-status-reason-hint = Conservé dans la piste d’audit.
study-role-owner = Responsable
study-role-admin = Administration de l’étude
study-role-researcher = Recherche
study-role-coordinator = Coordination
study-role-data_entry = Saisie
study-role-viewer = Lecture seule
study-role-none = Pas membre

## Sites
sites-title = Sites
sites-new = Ajouter un site
sites-none-title = Aucun site pour le moment
sites-none-text = Ajoutez le premier site ci-dessous. Chaque participant appartient à un site.
site-code = Code du site
site-code-hint = Court et unique dans l’étude, par exemple LYO.
site-name = Nom
site-time-zone = Fuseau horaire
site-time-zone-hint = Par exemple Europe/Paris. Il décide de l’heure à laquelle la journée commence pour les participants.
site-status = Statut
site-status-active = Actif
site-status-inactive = Inactif
site-create = Ajouter le site

## Users
users-title = Utilisateurs
users-new = Inscrire un utilisateur
users-lead = Les comptes du personnel. Les rôles d’étude se donnent dans chaque étude.
user-name = Nom
user-email = Adresse électronique
user-role = Rôle système
user-status = Statut
user-status-active = Actif
user-status-disabled = Désactivé
user-last-login = Dernière connexion
user-never = Jamais
user-register = Inscrire
user-registered-title = Le compte est prêt
user-registered-text = Remettez ce mot de passe provisoire à la personne. Il n’est montré qu’une fois et doit être changé à la première connexion.
user-temporary-password = Mot de passe provisoire
user-temporary-password-hint = Au moins 12 caractères. La personne devra en choisir un nouveau à la première connexion.
