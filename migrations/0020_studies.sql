-- Studies and their sites.

create table app.study (
    id uuid primary key,
    -- What people call it, e.g. NEURO-2024-001; unique without regard to case (index below).
    code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    name text not null check (name <> ''),
    description text not null default '',
    status text not null default 'draft'
        check (status in ('draft', 'active', 'paused', 'completed', 'archived')),
    -- Languages in which participants meet the study.
    languages text[] not null default '{en}'
        check (cardinality(languages) > 0 and languages <@ '{en,fr}'::text[]),
    -- IANA zone of sites that name none.
    time_zone text not null default 'UTC',
    -- Who owns randomization, forms, events and visit windows. Set explicitly, never inferred;
    -- null only until somebody has decided.
    integration_mode text check (integration_mode in ('metricis', 'redcap')),
    redcap_enabled boolean not null default false,
    -- Made by the demonstration: marked on every page.
    is_demo boolean not null default false,
    created_at timestamptz not null,
    -- Null when the system made it.
    created_by uuid references app.staff_user (id),
    updated_at timestamptz not null,
    -- The mode 'redcap' and the switch say the same thing, or there is no mode yet.
    constraint study_redcap_consistent
        check (integration_mode is null or (integration_mode = 'redcap') = redcap_enabled)
);

create unique index study_code_key on app.study (lower(code));

create table app.site (
    study_id uuid not null references app.study (id),
    id uuid not null,
    code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    name text not null check (name <> ''),
    -- IANA zone; local dates of the schedule are reckoned in it.
    time_zone text not null,
    status text not null default 'active' check (status in ('active', 'inactive')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (study_id, id)
);

create unique index site_code_key on app.site (study_id, lower(code));
