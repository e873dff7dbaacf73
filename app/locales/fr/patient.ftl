# Mots de la partie « patient ».

## Navigation
patient-nav-today = Aujourd’hui
patient-nav-help = Aide

## Sign in
patient-login-title = Se connecter avec un lien
patient-login-lead = Nous envoyons un lien à votre adresse électronique. Aucun mot de passe n’est nécessaire.
patient-login-email = Votre adresse électronique
patient-login-submit = M’envoyer un lien
patient-sent-title = Regardez vos messages
patient-sent-lead = Si nous connaissons cette adresse, un lien est en route. Il sert une fois, pendant 15 minutes.
patient-sent-spam = Rien après quelques minutes ? Regardez dans les courriers indésirables, ou demandez un autre lien.
patient-sent-again = Demander un autre lien
patient-verify-title = Bienvenue
patient-verify-lead = Appuyez sur le bouton pour continuer.
patient-verify-submit = Continuer
patient-verify-new = Le lien ne marche pas ? Demandez-en un nouveau.

## Today
patient-today-nothing = Rien à faire aujourd’hui
patient-today-nothing-text = Nous vous écrirons quand il y aura du nouveau.
patient-today-one = Une chose à faire aujourd’hui
patient-today-many = { $count } choses à faire aujourd’hui
patient-today-lead = Trouvez un moment calme, puis commencez.
patient-until = À faire d’ici { $day }.
patient-from = À partir de { $day }
patient-takes = Cela prend { $time }.
patient-late = Un peu en retard
patient-open = Voir de quoi il s’agit
patient-continue = Reprendre là où vous en étiez
patient-again = Recommencer depuis le début
patient-later = Plus tard
patient-done = Terminé
patient-is-done = Terminé, merci
patient-not-now = Pas ouvert pour le moment

## Before a task
patient-what = Ce que vous allez faire
patient-before = Avant de commencer
patient-before-quiet = Asseyez-vous dans un endroit calme.
patient-before-power = Coupez l’économie d’énergie, et les messages si possible.
patient-before-hold = Posez le téléphone sur une table, ou tenez-le bien.
patient-stop-any-time = Vous pouvez arrêter à tout moment. Ce que vous avez fait est gardé.
patient-start = Commencer
patient-begun-before = Vous aviez déjà commencé. Si vous recommencez, vous refaites tout depuis le début. Ce que vous aviez fait reste enregistré.
patient-back = Retour à aujourd’hui
patient-cannot-start = Vous ne pouvez pas commencer pour le moment.

## After a task
patient-done-title = Merci
patient-done-saved = Tout est enregistré.
patient-next-nothing = Il n’y a plus rien à faire aujourd’hui.
patient-next-some = { $count ->
    [one] Une autre chose vous attend.
   *[other] { $count } autres choses vous attendent.
}
patient-to-today = Retour à aujourd’hui
patient-saving-title = Tout n’est pas encore envoyé
patient-saving-text = Vos réponses sont en sécurité sur cet appareil. Gardez cette page ouverte, nous allons réessayer.
patient-waiting-sending = Nous envoyons des réponses qui attendaient sur cet appareil.
patient-waiting-sent = Les réponses qui attendaient sur cet appareil sont enregistrées.
patient-waiting-offline = Des réponses attendent sur cet appareil. Nous les enverrons dès qu’il y aura une connexion.

## Help
patient-help-title = Aide
patient-help-lead = Vous pouvez toujours arrêter, vous reposer et reprendre plus tard.
patient-help-contact = Demandez aux personnes qui vous ont donné le lien. Elles peuvent vous en envoyer un nouveau à tout moment.
patient-sign-out = Se déconnecter
