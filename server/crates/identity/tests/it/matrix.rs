//! The whole matrix of who may what, as `platform::policy` answers it. A change of a single cell
//! shows as a difference of the snapshot.

use contract::Id;
use contract::permission::{Permission, StudyRole, SystemRole};
use core::fmt::Write;
use platform::policy::{require, require_system};
use platform::{Actor, Denied, StaffActor};
use uuid::Uuid;

fn staff(role: SystemRole, study_role: Option<StudyRole>) -> Actor {
    Actor::Staff(StaffActor {
        user: Id::from_uuid(Uuid::from_u128(1)),
        session: Id::from_uuid(Uuid::from_u128(2)),
        role,
        memberships: study_role
            .map(|role| (Id::from_uuid(Uuid::from_u128(3)), role))
            .into_iter()
            .collect(),
        must_change_password: false,
    })
}

fn answer(result: Result<platform::Authorized, Denied>) -> &'static str {
    match result {
        Ok(_) => "yes",
        Err(Denied::NotAllowed) => "no",
        Err(Denied::NotAMember) => "hidden",
        Err(Denied::NotSignedIn) => "401",
        Err(Denied::MustChangePassword) => "password",
    }
}

#[test]
fn the_whole_matrix_of_system_role_study_role_and_permission() {
    let study = Id::from_uuid(Uuid::from_u128(3));
    let study_roles: Vec<Option<StudyRole>> =
        core::iter::once(None).chain(StudyRole::ALL.iter().copied().map(Some)).collect();
    let mut table = String::new();
    for permission in Permission::ALL.iter().copied() {
        if permission.is_system() {
            writeln!(table, "\n{permission} (of no study)").unwrap();
            for role in SystemRole::ALL.iter().copied() {
                let answer = answer(require_system(&staff(role, None), permission));
                writeln!(table, "  {:<12}{answer}", role.as_str()).unwrap();
            }
            continue;
        }
        write!(table, "\n{permission}\n  {:<12}{:<12}", "", "no member").unwrap();
        for role in StudyRole::ALL {
            write!(table, "{:<12}", role.as_str()).unwrap();
        }
        writeln!(table).unwrap();
        for role in SystemRole::ALL.iter().copied() {
            write!(table, "  {:<12}", role.as_str()).unwrap();
            for study_role in &study_roles {
                let answer = answer(require(&staff(role, *study_role), permission, study));
                write!(table, "{answer:<12}").unwrap();
            }
            writeln!(table).unwrap();
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn nobody_participants_and_task_runners_have_no_staff_permission_at_all() {
    let study = Id::from_uuid(Uuid::from_u128(3));
    let participant = Actor::Participant(platform::ParticipantActor {
        participant: Id::from_uuid(Uuid::from_u128(4)),
        study,
        session: Id::from_uuid(Uuid::from_u128(5)),
    });
    let runner = Actor::TaskRunner {
        session: Id::from_uuid(Uuid::from_u128(6)),
        participant: Id::from_uuid(Uuid::from_u128(4)),
        study,
    };
    for permission in Permission::ALL.iter().copied() {
        for (actor, expected) in [(&participant, "no"), (&runner, "no"), (&Actor::Nobody, "401")] {
            assert_eq!(answer(require(actor, permission, study)), expected);
            assert_eq!(answer(require_system(actor, permission)), expected);
        }
    }
}

#[test]
fn a_study_permission_is_never_granted_without_a_study() {
    for permission in Permission::ALL.iter().copied().filter(|p| !p.is_system()) {
        let admin = staff(SystemRole::Admin, Some(StudyRole::Owner));
        assert_eq!(answer(require_system(&admin, permission)), "no", "{permission}");
    }
}
