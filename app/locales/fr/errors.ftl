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
