//! Mail by a real mail server: what arrives, what is tried again, and what nobody may see.

use crate::audit::log_of;
use chrono::TimeDelta;
use contract::Id;
use contract::ids::User;
use platform::audit::Entry;
use platform::jobs::{self, Counts, Settings, Worker};
use platform::mail::{self, Mail, Smtp, SmtpSettings, Tls, Transport};
use testkit::{SmtpSink, TestDb};
use uuid::Uuid;

const LINK: &str = "https://metricis.test/portal/verify?token=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v";

fn letter() -> Mail {
    Mail {
        to: "Ada Lovelace <ada@example.org>".to_owned(),
        subject: "Votre lien d’accès à l’étude".to_owned(),
        text: format!("Bonjour,\n\nsuivez ce lien :\n{LINK}\n\n.\nÀ bientôt\n"),
        html: Some(format!("<p>Bonjour, <a href=\"{LINK}\">suivez ce lien</a></p>")),
        kind: "magic_link",
    }
}

async fn post(db: &TestDb, mail: Mail) {
    let user: Id<User> = Id::from_uuid(Uuid::from_u128(1));
    let mut tx = db.ctx.write(&db.system, None).await.unwrap();
    mail::enqueue(&mut tx, mail).await.unwrap();
    tx.commit(Entry::new("user.invite", user)).await.unwrap();
}

fn settings(sink: &SmtpSink, tls: Tls) -> SmtpSettings {
    SmtpSettings {
        host: sink.address().ip().to_string(),
        port: sink.address().port(),
        user: None,
        password: None,
        from: "Metricis <no-reply@metricis.test>".to_owned(),
        tls,
    }
}

fn postman(db: &TestDb, settings: &SmtpSettings) -> Worker {
    let transport = Transport::Smtp(Smtp::new(settings).unwrap());
    Worker::new(db.ctx.clone(), Settings::default()).on(mail::handler(transport))
}

#[tokio::test]
async fn a_message_arrives_as_it_was_written() {
    let db = TestDb::new().await;
    let sink = SmtpSink::start().await.unwrap();
    let worker = postman(&db, &settings(&sink, Tls::None));
    post(&db, letter()).await;
    assert!(sink.received().is_empty(), "nothing is sent within the request");

    worker.run_due_once().await.unwrap();
    let received = sink.take_one();
    assert_eq!(received.from, "no-reply@metricis.test");
    assert_eq!(received.to, ["ada@example.org"]);
    assert_eq!(received.subject(), letter().subject);
    assert_eq!(received.text().trim_end(), letter().text.trim_end());
    assert_eq!(received.html().unwrap().trim_end(), letter().html.unwrap());
    assert_eq!(received.links(), [LINK]);
    assert_eq!(received.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(received.header("Date").as_deref(), Some("Sun, 01 Mar 2026 09:00:00 +0000"));
    let message_id = received.header("Message-ID").unwrap();
    assert!(message_id.ends_with("@metricis.test>"), "{message_id}");
    // On the wire the link is broken over lines and its `=` is written `=3D`.
    assert!(!String::from_utf8_lossy(&received.raw).contains(LINK));
}

#[tokio::test]
async fn a_busy_mail_server_is_asked_again() {
    let db = TestDb::new().await;
    let sink = SmtpSink::start().await.unwrap();
    let worker = postman(&db, &settings(&sink, Tls::None));
    sink.refuse_next("451 4.7.1 ada@example.org is greylisted");
    post(&db, letter()).await;

    let first = worker.run_due_once().await.unwrap();
    assert_eq!(first, Counts { failed: 1, ..Counts::default() });
    db.advance(TimeDelta::minutes(1));
    let second = worker.run_due_once().await.unwrap();
    assert_eq!(second, Counts { done: 1, ..Counts::default() });
    assert_eq!(sink.take_one().links(), [LINK]);
}

#[tokio::test]
async fn a_refused_address_is_a_dead_letter_that_does_not_tell_it() {
    let db = TestDb::new().await;
    let sink = SmtpSink::start().await.unwrap();
    let worker = postman(&db, &settings(&sink, Tls::None));
    sink.refuse_next("550 5.1.1 no such user <ada@example.org>");
    post(&db, letter()).await;
    let log = log_of(async {
        let counts = worker.run_due_once().await.unwrap();
        assert_eq!(counts, Counts { dead: 1, ..Counts::default() });
    })
    .await;

    let letters = jobs::dead_letters(&db.ctx, 10).await.unwrap();
    let error = letters[0].last_error.as_deref().unwrap();
    assert_eq!(error, "the mail server refused it (550)");
    assert!(log.contains("job_dead"), "{log}");
    assert_silent(&log);
}

#[tokio::test]
async fn no_log_line_and_no_row_shows_a_person_or_a_link() {
    let db = TestDb::new().await;
    let sink = SmtpSink::start().await.unwrap();
    let worker = postman(&db, &settings(&sink, Tls::None));
    let log = log_of(async {
        post(&db, letter()).await;
        let row: String =
            sqlx::query_scalar("SELECT job::text FROM app.job").fetch_one(&db.owner).await.unwrap();
        assert_silent(&row);
        worker.run_due_once().await.unwrap();
    })
    .await;
    assert!(log.contains("mail_sent") && log.contains("magic_link"), "{log}");
    assert_silent(&log);
    assert_eq!(sink.received().len(), 1);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM app.mail_outbox")
        .fetch_one(&db.owner)
        .await
        .unwrap();
    assert_eq!(kept, 0, "the outbox is for demonstrations");
}

fn assert_silent(text: &str) {
    for secret in ["ada@", "Ada", "Lovelace", "token=", "Bonjour", "lien"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_is_tried_again() {
    let db = TestDb::new().await;
    let sink = SmtpSink::start().await.unwrap();
    let settings = settings(&sink, Tls::None);
    drop(sink);
    let worker = postman(&db, &settings);
    post(&db, letter()).await;
    let counts = worker.run_due_once().await.unwrap();
    assert_eq!(counts, Counts { failed: 1, ..Counts::default() });
}

#[tokio::test]
async fn without_the_protection_that_is_asked_for_nothing_is_sent() {
    let db = TestDb::new().await;
    let sink = SmtpSink::start().await.unwrap();
    for tls in [Tls::StartTls, Tls::Implicit] {
        let worker = postman(&db, &settings(&sink, tls));
        post(&db, letter()).await;
        let counts = worker.run_due_once().await.unwrap();
        assert_eq!((counts.done, sink.received().len()), (0, 0), "{tls:?}: {counts:?}");
    }
}

#[tokio::test]
async fn an_unusable_address_is_given_up() {
    let db = TestDb::new().await;
    let sink = SmtpSink::start().await.unwrap();
    let worker = postman(&db, &settings(&sink, Tls::None));
    for to in ["", "ada", "ada@example.org\r\nBcc: all@example.org"] {
        post(&db, Mail { to: to.to_owned(), ..letter() }).await;
        let counts = worker.run_due_once().await.unwrap();
        assert_eq!(counts, Counts { dead: 1, ..Counts::default() }, "{to:?}");
    }
    assert!(sink.received().is_empty());
}

#[tokio::test]
async fn a_subject_cannot_add_header_lines() {
    let db = TestDb::new().await;
    let sink = SmtpSink::start().await.unwrap();
    let worker = postman(&db, &settings(&sink, Tls::None));
    let subject = "Hello\r\nBcc: all@example.org".to_owned();
    post(&db, Mail { subject, ..letter() }).await;
    worker.run_due_once().await.unwrap();
    for received in sink.received() {
        assert_eq!(received.header("Bcc"), None);
        assert_eq!(received.to, ["ada@example.org"]);
    }
}

#[tokio::test]
async fn a_demonstration_keeps_its_mail_here() {
    let db = TestDb::new().await;
    let worker =
        Worker::new(db.ctx.clone(), Settings::default()).on(mail::handler(Transport::Outbox));
    post(&db, letter()).await;
    db.advance(TimeDelta::minutes(1));
    post(&db, Mail { subject: "second".to_owned(), html: None, ..letter() }).await;
    worker.run_due_once().await.unwrap();

    let kept = mail::outbox(&db.ctx, 10).await.unwrap();
    assert_eq!(kept.len(), 2);
    let first = kept.iter().find(|mail| mail.html.is_some()).unwrap();
    assert_eq!((&first.to, &first.subject), (&letter().to, &letter().subject));
    assert_eq!((&first.text, &first.html), (&letter().text, &letter().html));
    assert_eq!(first.kind, "magic_link");
}

#[test]
fn a_sender_that_is_no_address_is_refused_at_the_start() {
    let settings = SmtpSettings {
        host: "mail.example.org".to_owned(),
        port: 587,
        user: None,
        password: None,
        from: "nobody".to_owned(),
        tls: Tls::StartTls,
    };
    assert!(Smtp::new(&settings).is_err());
}
