use crate::world::{World, new_site, new_study, reason, with_email};
use contract::Id;
use contract::participant::{Contact, ContactChange, CreateParticipant, UpdateParticipant};
use uuid::Uuid;

fn everything() -> ContactChange {
    ContactChange {
        email: Some("Anna.Tremblay@Example.org".into()),
        phone: Some("+1 514 555 0100".into()),
        given_name: Some("Anna".into()),
        family_name: Some("Tremblay".into()),
    }
}

#[tokio::test]
async fn the_database_holds_no_contact_data_in_the_clear() {
    let world = World::new().await;
    let new = CreateParticipant { contact: everything(), ..world.new_participant("P-001") };
    let id = world.try_add(new).await.unwrap().summary.id;
    let columns: Vec<Option<Vec<u8>>> = sqlx::query_scalar(
        "select unnest(array[email, phone, given_name, family_name, email_study_index,
                             email_login_index])
         from app.participant_contact where participant_id = $1",
    )
    .bind(id.uuid())
    .fetch_all(&world.db.owner)
    .await
    .unwrap();
    assert_eq!(columns.len(), 6);
    for (column, plain) in columns.iter().flat_map(|column| {
        ["anna", "tremblay", "example.org", "555"].map(|plain| (column.as_ref().unwrap(), plain))
    }) {
        let text = String::from_utf8_lossy(column).to_lowercase();
        assert!(!text.contains(plain), "{plain} is readable");
    }
    // Nor does any other table: the whole database as text
    let dump = whole_database(&world).await.to_lowercase();
    for plain in ["anna.tremblay", "555 0100"] {
        assert!(!dump.contains(plain), "{plain} is somewhere in the database");
    }
}

/// Every row of every table of ours, as text.
async fn whole_database(world: &World) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'app'",
    )
    .fetch_all(&world.db.owner)
    .await
    .unwrap();
    assert!(tables.len() > 10);
    let mut dump = String::new();
    for table in tables {
        let rows: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select t::text from {table} t")))
                .fetch_all(&world.db.owner)
                .await
                .unwrap();
        dump.push_str(&rows.join("\n"));
    }
    dump
}

#[tokio::test]
async fn a_look_at_contact_data_is_an_entry_in_the_trail() {
    let world = World::new().await;
    let new = CreateParticipant { contact: everything(), ..world.new_participant("P-001") };
    let id = world.try_add(new).await.unwrap().summary.id;
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let shown = participants::reveal_contact(ctx, who, world.study, id).await.unwrap();
    assert_eq!(
        shown,
        Contact {
            email: Some("Anna.Tremblay@Example.org".into()),
            phone: Some("+1 514 555 0100".into()),
            given_name: Some("Anna".into()),
            family_name: Some("Tremblay".into()),
        }
    );
    let trail = world.trail().await;
    let (action, entity, values) = trail.last().unwrap();
    assert_eq!((action.as_str(), entity), ("participant.reveal_contact", &id.to_string()));
    assert_eq!(values, r#"{"fields":["email","phone","given_name","family_name"]}"#);

    let other = new_study(&world.db, "NEURO-002").await;
    let foreign = participants::reveal_contact(ctx, &world.db.system, other, id).await.unwrap_err();
    assert_eq!(reason(foreign), "participant_not_found");
}

#[tokio::test]
async fn a_change_replaces_what_it_names_removes_what_it_empties_and_keeps_the_rest() {
    let world = World::new().await;
    let new = CreateParticipant { contact: everything(), ..world.new_participant("P-001") };
    let made = world.try_add(new).await.unwrap();
    let id = made.summary.id;
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let change = UpdateParticipant {
        version: made.version,
        participant_code: None,
        site_id: None,
        language: None,
        contact: ContactChange {
            phone: Some(String::new()),
            given_name: Some(" Anne ".into()),
            ..ContactChange::default()
        },
    };
    let after = participants::update(ctx, who, world.study, id, &change).await.unwrap();
    assert!(after.contact.email && !after.contact.phone);
    let shown = participants::reveal_contact(ctx, who, world.study, id).await.unwrap();
    assert_eq!(shown.given_name.as_deref(), Some("Anne"));
    assert_eq!((shown.phone, shown.family_name.as_deref()), (None, Some("Tremblay")));
    let (_, _, values) = &world.trail().await[world.trail().await.len() - 2];
    assert_eq!(values, r#"{"contact":{"given_name":"changed","phone":"removed"}}"#);
}

#[tokio::test]
async fn a_sealed_value_does_not_open_for_another_participant() {
    let world = World::new().await;
    let anna = world.add_with_email("P-001", "anna@example.org").await;
    let bob = world.add_with_email("P-002", "bob@example.org").await;
    sqlx::query(
        "update app.participant_contact c set email = o.email
         from app.participant_contact o where c.participant_id = $1 and o.participant_id = $2",
    )
    .bind(bob.uuid())
    .bind(anna.uuid())
    .execute(&world.db.owner)
    .await
    .unwrap();
    let moved = participants::reveal_contact(&world.db.ctx, &world.coordinator, world.study, bob);
    assert_eq!(reason(moved.await.unwrap_err()), "internal");
}

#[tokio::test]
async fn a_shared_address_is_seen_within_the_study_and_not_across_studies() {
    let world = World::new().await;
    let first = world.add_with_email("P-001", "mother@example.org").await;
    let second = world.add_with_email("P-002", " Mother@EXAMPLE.org ").await;
    world.add_with_email("P-003", "father@example.org").await;
    let other = new_study(&world.db, "NEURO-002").await;
    let site = new_site(&world.db, other, "LYO", "Europe/Paris").await;
    let elsewhere = CreateParticipant {
        site_id: site,
        contact: with_email("mother@example.org"),
        ..world.new_participant("X-001")
    };
    let elsewhere = participants::create(&world.db.ctx, &world.db.system, other, &elsewhere);
    assert_eq!(elsewhere.await.unwrap().same_email_as, []);

    let shared = world.get(first).await.same_email_as;
    assert_eq!(shared.len(), 1);
    assert_eq!((shared[0].id, shared[0].participant_code.as_str()), (second, "P-002"));

    type Indexes = (Vec<u8>, Vec<u8>);
    let indexes: Vec<Indexes> =
        sqlx::query_as("select email_study_index, email_login_index from app.participant_contact")
            .fetch_all(&world.db.owner)
            .await
            .unwrap();
    let distinct = |pick: fn(&Indexes) -> &Vec<u8>| {
        indexes.iter().map(pick).collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!(distinct(|row| &row.0), 3, "mother here, father, mother there");
    assert_eq!(distinct(|row| &row.1), 2, "mother, father");
}

#[tokio::test]
async fn an_unknown_participant_has_no_contact_to_show() {
    let world = World::new().await;
    let id = Id::from_uuid(Uuid::from_u128(7));
    let unknown = participants::reveal_contact(&world.db.ctx, &world.coordinator, world.study, id);
    assert_eq!(reason(unknown.await.unwrap_err()), "participant_not_found");
    assert!(!world.actions().await.contains(&"participant.reveal_contact".to_owned()));
}
