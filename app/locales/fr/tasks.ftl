# Mots de la partie « tasks ».
