//! Texts of the psychomotor vigilance task for participants.

use crate::spec::{Texts, words};

pub(super) const TEXTS: Texts = &[
    ("intro.1.title", words("Press when you see the dot", "Appuyez quand vous voyez le point")),
    (
        "intro.1.body",
        words(
            "Look at the box. From time to time, a red dot comes up in it.\nPress as soon as you see the dot. Then a number tells how long you took.\nThe smaller the number, the quicker you were.",
            "Regardez le rectangle. De temps en temps, un point rouge y apparaît.\nAppuyez dès que vous voyez le point. Un nombre dit alors combien de temps vous avez mis.\nPlus le nombre est petit, plus vous avez été rapide.",
        ),
    ),
    ("intro.2.title", words("How to answer", "Comment répondre")),
    (
        "intro.2.body",
        words(
            "On a phone or tablet: tap anywhere. On a keyboard: press the space bar.\nUse the same finger all the time. Do not press before the dot is there.\nThe waits differ in length. The task has no rests. Find a quiet place and stay with it.",
            "Sur un téléphone ou une tablette : touchez n’importe où. Au clavier : barre d’espace.\nGardez toujours le même doigt. N’appuyez pas avant que le point soit là.\nLes attentes sont de durée variable. La tâche n’a pas de pause. Installez-vous au calme et restez attentif.",
        ),
    ),
    (
        "practice.passed.body",
        words(
            "You got {right} of {total} right.\nNow it counts. You still see how long you took.",
            "Vous avez {right} bonnes réponses sur {total}.\nMaintenant, cela compte. Vous verrez encore le temps que vous avez mis.",
        ),
    ),
    (
        "practice.enough.body",
        words(
            "Thank you for practising.\nNow it counts. You still see how long you took.",
            "Merci pour cet entraînement.\nMaintenant, cela compte. Vous verrez encore le temps que vous avez mis.",
        ),
    ),
    ("feedback.right", words("Thousandths of a second", "Millièmes de seconde")),
    ("feedback.wrong", words("Press when you see the dot", "Appuyez quand vous voyez le point")),
    ("feedback.slow", words("Press when you see the dot", "Appuyez quand vous voyez le point")),
    ("feedback.early", words("Too soon. Wait for the dot", "Trop tôt. Attendez le point")),
];
