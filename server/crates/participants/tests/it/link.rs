use crate::world::{World, new_site, new_study, reason, with_email};
use chrono::TimeDelta;
use contract::participant::{
    ChangeParticipantStatus, ContactChange, CreateParticipant, ParticipantStatus, UpdateParticipant,
};
use contract::{Id, Locale};
use identity::magic_link;
use participants::link;
use platform::jobs::{Settings, Worker};
use platform::mail::{self, OutboxMail, Transport};
use testkit::TestDb;

/// Lets the workers do what is due; the mail that went out, oldest first.
async fn mails(db: &TestDb) -> Vec<OutboxMail> {
    let worker = Worker::new(db.ctx.clone(), Settings::default())
        .on(link::send_requested_links)
        .on(mail::handler(Transport::Outbox));
    let counts = worker.run_due_once().await.unwrap();
    assert_eq!((counts.failed, counts.dead), (0, 0));
    let mut mails = mail::outbox(&db.ctx, 100).await.unwrap();
    mails.reverse();
    mails
}

/// The tokens of all links in a mail.
fn tokens(mail: &OutboxMail) -> Vec<String> {
    let start = "http://metricis.test/portal/verify?token=";
    mail.text.lines().filter_map(|line| line.strip_prefix(start)).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_participant_asks_for_a_link_gets_it_by_mail_and_signs_in_once() {
    let world = World::new().await;
    let id = world.add_with_email("P-001", "anna@example.org").await;
    let ctx = &world.db.ctx;
    link::request_magic_link(ctx, " Anna@Example.ORG ").await.unwrap();
    let mails = mails(&world.db).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].to.as_str(), mails[0].kind.as_str()), ("Anna@Example.ORG", "magic_link"));
    assert_eq!(mails[0].subject, "Your sign-in link");
    for telling in ["Attention", "NEURO-001", "Metricis", "P-001"] {
        assert!(!mails[0].text.contains(telling), "{telling} says too much");
    }
    let tokens = tokens(&mails[0]);
    let login = magic_link::redeem(ctx, &tokens[0]).await.unwrap();
    assert_eq!(login.participant.participant, id);
    assert!(magic_link::redeem(ctx, &tokens[0]).await.is_err(), "good once");
    let own = participants::own(ctx, &login.participant).await.unwrap();
    assert_eq!((own.id, own.participant_code.as_str()), (id, "P-001"));
}

#[tokio::test]
async fn an_unknown_address_is_answered_alike_and_does_the_same_work() {
    let world = World::new().await;
    world.add_with_email("P-001", "anna@example.org").await;
    let ctx = &world.db.ctx;
    let known = link::request_magic_link(ctx, "anna@example.org").await;
    let unknown = link::request_magic_link(ctx, "nora@example.org").await;
    assert!(known.is_ok() && unknown.is_ok());
    // What the request did is the same in both cases, to the byte: one sealed job of one kind
    let jobs: Vec<(String, i32, bool, String)> = sqlx::query_as(
        "select kind, length(sealed), payload is null, run_at::text from app.job order by id",
    )
    .fetch_all(&world.db.owner)
    .await
    .unwrap();
    assert_eq!(jobs.len(), 2);
    assert_eq!(jobs[0], jobs[1]);
    assert!(!world.actions().await.contains(&"participant.request_link".to_owned()));

    let mails = mails(&world.db).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "anna@example.org");
    let malformed = link::request_magic_link(ctx, "nora").await.unwrap_err();
    assert_eq!(reason(malformed), "invalid");
}

#[tokio::test]
async fn asking_five_times_in_a_row_sends_one_mail() {
    let world = World::new().await;
    world.add_with_email("P-001", "anna@example.org").await;
    for _ in 0..5 {
        link::request_magic_link(&world.db.ctx, "anna@example.org").await.unwrap();
    }
    assert_eq!(mails(&world.db).await.len(), 1);
    link::request_magic_link(&world.db.ctx, "anna@example.org").await.unwrap();
    assert_eq!(mails(&world.db).await.len(), 2, "asked again later, sent again");
}

#[tokio::test]
async fn a_caregiver_of_two_gets_a_link_for_each_in_one_mail() {
    let world = World::new().await;
    let first = world.add_with_email("P-001", "mother@example.org").await;
    let second = world.add_with_email("P-002", "mother@example.org").await;
    link::request_magic_link(&world.db.ctx, "mother@example.org").await.unwrap();
    let mails = mails(&world.db).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("P-001\nhttp") && mails[0].text.contains("P-002\nhttp"));
    let mut signed_in = Vec::new();
    for token in tokens(&mails[0]) {
        let login = magic_link::redeem(&world.db.ctx, &token).await.unwrap();
        signed_in.push(login.participant.participant);
    }
    assert_eq!(signed_in, [first, second]);
    // Each child's trail has its own entry
    let trail = world.trail().await;
    let asked: Vec<_> =
        trail.iter().filter(|entry| entry.0 == "participant.request_link").collect();
    assert_eq!(asked.len(), 2);
    assert_eq!((asked[0].1.as_str(), &asked[1].1), (&*first.to_string(), &second.to_string()));
}

#[tokio::test]
async fn one_address_in_two_studies_gets_a_mail_from_each() {
    let world = World::new().await;
    world.add_with_email("P-001", "mother@example.org").await;
    let other = new_study(&world.db, "NEURO-002").await;
    let site = new_site(&world.db, other, "LYO", "Europe/Paris").await;
    let elsewhere = CreateParticipant {
        site_id: site,
        language: Locale::Fr,
        contact: with_email("mother@example.org"),
        ..world.new_participant("X-001")
    };
    participants::create(&world.db.ctx, &world.db.system, other, &elsewhere).await.unwrap();
    link::request_magic_link(&world.db.ctx, "mother@example.org").await.unwrap();
    let mut subjects: Vec<_> = mails(&world.db).await.into_iter().map(|m| m.subject).collect();
    subjects.sort();
    assert_eq!(subjects, ["Votre lien de connexion", "Your sign-in link"]);
}

#[tokio::test]
async fn staff_send_a_link_in_the_participants_language_and_never_see_the_address() {
    let world = World::new().await;
    let new = CreateParticipant {
        language: Locale::Fr,
        contact: with_email("anna@example.org"),
        ..world.new_participant("P-001")
    };
    let id = world.try_add(new).await.unwrap().summary.id;
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let sent = link::send_link(ctx, who, world.study, id).await.unwrap();
    assert_eq!(sent.expires_at, ctx.clock.now() + TimeDelta::minutes(15));
    let sealed: bool = sqlx::query_scalar(
        "select payload is null and position('anna'::bytea in sealed) = 0 from app.job",
    )
    .fetch_one(&world.db.owner)
    .await
    .unwrap();
    assert!(sealed, "the waiting mail is not readable in the database");
    let mails = mails(&world.db).await;
    assert_eq!(mails[0].subject, "Votre lien de connexion");
    let (action, _, values) = world.trail().await.pop().unwrap();
    assert_eq!(action, "participant.send_link");
    assert!(!values.contains("anna") && !values.contains("token"));

    world.db.advance(TimeDelta::minutes(16));
    let late = magic_link::redeem(ctx, &tokens(&mails[0])[0]).await;
    assert!(late.is_err(), "good for 15 minutes");
}

#[tokio::test]
async fn without_an_address_or_after_a_withdrawal_there_is_no_link() {
    let world = World::new().await;
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let unreachable = world.add("P-001").await.summary.id;
    let refused = link::send_link(ctx, who, world.study, unreachable).await.unwrap_err();
    assert_eq!(reason(refused), "no_email_address");

    let id = world.add_with_email("P-002", "anna@example.org").await;
    let change = ChangeParticipantStatus {
        version: 1,
        status: ParticipantStatus::Withdrawn,
        date: "2026-03-01".parse().unwrap(),
        reason: Some("Moved".into()),
    };
    participants::change_status(ctx, who, world.study, id, &change).await.unwrap();
    let refused = link::send_link(ctx, who, world.study, id).await.unwrap_err();
    assert_eq!(reason(refused), "participant_withdrawn");
    link::request_magic_link(ctx, "anna@example.org").await.unwrap();
    assert!(mails(&world.db).await.is_empty());

    let foreign = new_study(&world.db, "NEURO-002").await;
    let refused = link::send_link(ctx, &world.db.system, foreign, id).await.unwrap_err();
    assert_eq!(reason(refused), "participant_not_found");
}

#[tokio::test]
async fn a_corrected_address_shuts_out_the_old_one() {
    let world = World::new().await;
    let id = world.add_with_email("P-001", "wrong@example.org").await;
    let ctx = &world.db.ctx;
    let stranger = world.sign_in(id).await;
    link::request_magic_link(ctx, "wrong@example.org").await.unwrap();
    let open_link = tokens(&mails(&world.db).await[0]).remove(0);

    let change = UpdateParticipant {
        version: 1,
        participant_code: None,
        site_id: None,
        language: None,
        contact: ContactChange {
            email: Some("right@example.org".into()),
            ..ContactChange::default()
        },
    };
    participants::update(ctx, &world.coordinator, world.study, id, &change).await.unwrap();
    assert!(identity::portal_actor(ctx, stranger.token.expose()).await.unwrap().is_none());
    assert!(magic_link::redeem(ctx, &open_link).await.is_err());
    world.db.advance(TimeDelta::seconds(1));
    link::request_magic_link(ctx, "wrong@example.org").await.unwrap();
    link::request_magic_link(ctx, "right@example.org").await.unwrap();
    let mails = mails(&world.db).await;
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[1].to, "right@example.org");
}

impl World {
    /// Signs a participant in to the portal.
    pub(crate) async fn sign_in(
        &self,
        id: Id<contract::ids::Participant>,
    ) -> identity::portal_session::PortalLogin {
        let ctx = &self.db.ctx;
        let mut tx = ctx.write(&self.db.system, Some(self.study)).await.unwrap();
        let token = magic_link::issue(&mut tx, id, self.study).await.unwrap();
        tx.commit(platform::audit::Entry::new("participant.send_link", id)).await.unwrap();
        magic_link::redeem(ctx, token.expose()).await.unwrap()
    }
}
