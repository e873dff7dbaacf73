-- Accounts of staff, their signed-in periods, and the counters against guessing.

create table app.staff_user (
    id uuid primary key,
    -- As the person writes it; unique without regard to case (index below).
    email text not null check (email = btrim(email) and email <> ''),
    name text not null check (name <> ''),
    role text not null check (role in ('admin', 'researcher', 'coordinator', 'viewer')),
    status text not null default 'active' check (status in ('active', 'disabled')),
    -- PHC string of argon2id; salt and cost travel with it.
    password_hash text not null check (password_hash like '$argon2id$%'),
    -- Set by registration and by reset: nothing else is possible until the password is changed.
    must_change_password boolean not null,
    locale text not null default 'en' check (locale in ('en', 'fr')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    last_login_at timestamptz
);

-- Its name is what tells "address taken" from other violations.
create unique index staff_user_email_key on app.staff_user (lower(email));

create table app.user_session (
    id uuid primary key,
    user_id uuid not null references app.staff_user (id),
    kind text not null check (kind in ('browser', 'api')),
    -- SHA-256 of the cookie token (browser) or of the current refresh token's secret (api). A
    -- refresh replaces it, so an older refresh token no longer matches.
    token_hash bytea not null check (octet_length(token_hash) = 32),
    -- Family of the browser or client, e.g. 'Firefox'; never the whole User-Agent line.
    client text not null,
    created_at timestamptz not null,
    -- Written at most once a minute and session.
    last_seen_at timestamptz not null,
    -- Seconds without activity after which the session has ended.
    idle_seconds integer not null check (idle_seconds > 0),
    -- End in any case.
    expires_at timestamptz not null,
    revoked_at timestamptz,
    constraint user_session_token_key unique (token_hash)
);

create index user_session_user on app.user_session (user_id) where revoked_at is null;

-- Failed password sign-ins of one address within the last minutes. Unknown addresses are counted
-- like known ones, so that the answers do not tell them apart. No address is kept: `subject` is
-- a keyed hash of it. Operational data, not part of the audited record.
create table app.login_failure (
    subject bytea primary key,
    -- Names the counter in the audit trail.
    id uuid not null,
    failed_at timestamptz[] not null,
    locked_until timestamptz,
    updated_at timestamptz not null
);

create index login_failure_updated on app.login_failure (updated_at);
-- Counters that nobody needs any more are cleared away, and a right password clears its own.
grant delete on app.login_failure to metricis_app;
