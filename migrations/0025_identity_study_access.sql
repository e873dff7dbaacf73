-- Who has access to a study: members of staff by role, participants by link and portal session.

create table app.study_member (
    study_id uuid not null references app.study (id),
    user_id uuid not null references app.staff_user (id),
    role text not null
        check (role in ('owner', 'admin', 'researcher', 'coordinator', 'data_entry', 'viewer')),
    -- When the present membership began, and when it ended; ended ones stay as history.
    since timestamptz not null,
    removed_at timestamptz,
    primary key (study_id, user_id)
);

create index study_member_user on app.study_member (user_id) where removed_at is null;

-- Sign-in links sent to participants. `participant_id` is written by the participants context
-- with a row that it has just read in the same transaction; that context's tables come later.
create table app.magic_link (
    study_id uuid not null references app.study (id),
    id uuid not null,
    participant_id uuid not null,
    -- SHA-256 of the token in the link. The token names its study, so that one look-up touches
    -- one study only.
    token_hash bytea not null check (octet_length(token_hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- A link is good once.
    used_at timestamptz,
    primary key (study_id, id),
    constraint magic_link_token_key unique (study_id, token_hash)
);

-- Signed-in periods of participants in the patient portal.
create table app.portal_session (
    study_id uuid not null references app.study (id),
    id uuid not null,
    participant_id uuid not null,
    -- SHA-256 of the cookie token; the token names its study.
    token_hash bytea not null check (octet_length(token_hash) = 32),
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    idle_seconds integer not null check (idle_seconds > 0),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    primary key (study_id, id),
    constraint portal_session_token_key unique (study_id, token_hash)
);

create index portal_session_participant
    on app.portal_session (study_id, participant_id) where revoked_at is null;
