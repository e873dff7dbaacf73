//! The master secret is changed: what the old one sealed opens, what it signed is still good.

use super::{Folder, MASTER, on, run, text};
use chrono::TimeDelta;
use contract::Locale;
use contract::ids::{Participant, Study};
use contract::participant::{ContactChange, CreateParticipant};
use contract::study::{CreateSite, CreateStudy};
use contract::{Id, permission::StudyRole, permission::SystemRole};
use platform::audit;
use platform::jobs::{Settings, Worker};
use platform::keyring::Keyring;
use platform::mail::{self, Transport};
use platform::{Actor, Ctx, StaffActor};
use testkit::TestDb;

const NEW: &str = "the next master secret of all tests, also long enough";

/// The same installation after the change.
fn after(db: &TestDb) -> Ctx {
    with(db, Keyring::with_previous(&NEW.into(), &[MASTER.into()]).unwrap())
}

fn with(db: &TestDb, keyring: Keyring) -> Ctx {
    let mut ctx = db.ctx.clone();
    ctx.keyring = keyring;
    ctx
}

/// A study with a participant who is reached by mail.
async fn study(db: &TestDb) -> (Actor, Id<Study>, Id<Participant>) {
    let new = CreateStudy {
        code: "SLEEP".into(),
        name: "Sleep".into(),
        description: String::new(),
        languages: vec![Locale::En],
        time_zone: "UTC".into(),
        integration_mode: None,
    };
    let study = studies::study::create(&db.ctx, &db.system, &new).await.unwrap().id;
    let site = CreateSite { code: "ONE".into(), name: "One".into(), time_zone: None };
    let site = studies::site::create(&db.ctx, &db.system, study, &site).await.unwrap().id;
    let coordinator = Actor::Staff(StaffActor {
        user: db.ctx.new_id(),
        session: db.ctx.new_id(),
        role: SystemRole::Coordinator,
        memberships: vec![(study, StudyRole::Coordinator)],
        must_change_password: false,
    });
    let new = CreateParticipant {
        participant_code: "P-1".into(),
        site_id: site,
        language: Locale::En,
        enrollment_date: None,
        contact: ContactChange {
            email: Some("ada@example.org".into()),
            ..ContactChange::default()
        },
    };
    let made = participants::create(&db.ctx, &coordinator, study, &new).await.unwrap();
    (coordinator, study, made.summary.id)
}

#[tokio::test]
async fn contact_data_opens_and_its_owner_still_gets_a_link() {
    let db = TestDb::new().await;
    let (coordinator, study, ada) = study(&db).await;

    let ctx = after(&db);
    let contact = participants::reveal_contact(&ctx, &coordinator, study, ada).await.unwrap();
    assert_eq!(contact.email.as_deref(), Some("ada@example.org"));

    // The blind index was made with the old key; the address is found under both.
    participants::link::request_magic_link(&ctx, "Ada@example.org").await.unwrap();
    let worker = Worker::new(ctx.clone(), Settings::default())
        .on(participants::link::send_requested_links)
        .on(mail::handler(Transport::Outbox));
    worker.run_due_once().await.unwrap();
    let sent = mail::outbox(&ctx, 10).await.unwrap();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].to, "Ada@example.org", "as it was typed");

    // Without the old key there is nothing to read with.
    let forgetful = with(&db, Keyring::new(&NEW.into()).unwrap());
    assert!(participants::reveal_contact(&forgetful, &coordinator, study, ada).await.is_err());
}

#[tokio::test]
async fn the_audit_trail_goes_on_under_the_new_key_and_stays_valid() {
    let db = TestDb::new().await;
    let (_, study, _) = study(&db).await;
    let mut variables = on(&db);
    variables.insert("SESSION_SECRET_KEY", NEW.to_owned());
    let verify = ["admin", "verify-audit"];

    let forgotten = run(&verify, &variables).await;
    assert_eq!(forgotten.code, Some(1), "no key knows these signatures: {forgotten:?}");

    let folder = Folder::new("keys");
    let file = folder.path("previous");
    std::fs::write(&file, format!("{MASTER}\n")).unwrap();
    variables.insert("SESSION_SECRET_KEY_PREVIOUS_FILE", text(&file));
    let kept = run(&verify, &variables).await;
    assert_eq!(kept.code, Some(0), "{kept:?}");

    // More than a hundred entries, so that a checkpoint is signed with the new key as well.
    let ctx = after(&db);
    for number in 0..120 {
        ctx.clock.advance(TimeDelta::seconds(1));
        let tx = ctx.write(&db.system, Some(study)).await.unwrap();
        let entry = audit::Entry::new("study.update", study)
            .new_values(&serde_json::json!({ "number": number }));
        tx.commit(entry).await.unwrap();
    }
    let both = run(&verify, &variables).await;
    assert_eq!(both.code, Some(0), "{both:?}");
    assert!(both.said.contains("1 checkpoints"), "{both:?}");
    let keys = run(&["admin", "audit-key"], &variables).await;
    let expected: Vec<String> = ctx.keyring.audit_public_keys().iter().map(hex::encode).collect();
    assert_eq!(keys.said.lines().collect::<Vec<_>>(), expected, "the current one first");
}
