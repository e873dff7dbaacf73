# Mots de la partie « account ».

## Sign in
login-title = Se connecter
login-lead = Pour le personnel d’une étude.
login-email = Adresse électronique
login-password = Mot de passe
login-submit = Se connecter
login-participant = Vous participez à une étude ? Demandez un lien de connexion ici.

## Password
password-title = Choisir un nouveau mot de passe
password-due = Un nouveau mot de passe est nécessaire
password-due-text = Votre mot de passe vous a été donné par une autre personne. Choisissez-en un que vous seul connaissez pour continuer.
password-current = Mot de passe actuel
password-new = Nouveau mot de passe
password-rules = Au moins 12 caractères. Quelques mots sans rapport entre eux conviennent bien.
password-submit = Enregistrer le mot de passe

## Account
account-title = Compte et sessions
account-back = Retour au tableau de bord
sessions-signed-in = Où vous êtes connecté
session-where = Navigateur ou programme
session-kind = Type
session-since = Depuis
session-last = Dernière utilisation
session-end = Fin
session-browser = Navigateur
session-api = Client API
session-this = Cette session
session-revoke = Déconnecter
session-revoke-others = Déconnecter partout ailleurs
