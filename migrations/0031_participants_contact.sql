-- How a participant is reached, and by what name. Every value is sealed by the application
-- (XChaCha20-Poly1305, bound to table, column and participant) before it gets here: a copy of
-- this database without the key names nobody.
create table app.participant_contact (
    study_id           uuid        not null,
    participant_id     uuid        not null,
    email              bytea,
    -- keyed hashes of the normalised address. The first can be compared within its study only,
    -- the second finds who signs in to the portal, in whichever study.
    email_study_index  bytea,
    email_login_index  bytea,
    phone              bytea,
    given_name         bytea,
    family_name        bytea,
    updated_at         timestamptz not null,
    primary key (study_id, participant_id),
    constraint participant_contact_participant_fkey
        foreign key (study_id, participant_id) references app.participant (study_id, id),
    constraint participant_contact_email_indexed
        check ((email is null) = (email_study_index is null)
            and (email is null) = (email_login_index is null))
);

comment on table app.participant_contact is 'Contact data of participants, sealed field by field';

-- Not unique: a caregiver's address may stand for several children
create index participant_contact_email_study_idx
    on app.participant_contact (study_id, email_study_index)
    where email_study_index is not null;
create index participant_contact_email_login_idx
    on app.participant_contact (email_login_index)
    where email_login_index is not null;
