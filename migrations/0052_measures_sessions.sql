-- One run of a battery by a participant, and everything that it produced.
create table app.assessment_session (
    study_id        uuid        not null references app.study (id),
    id              uuid        not null,
    assignment_id   uuid        not null,
    participant_id  uuid        not null,
    battery_id      uuid        not null,
    -- the version that is run; fixed when the run configuration is handed out
    battery_version integer     not null,
    -- 1 for the first run of the assignment
    attempt         integer     not null check (attempt >= 1),
    -- launched: a link exists, nothing has been fetched; running: a browser has the run
    -- configuration; completed: submitted and scored; stopped: ended before it was submitted;
    -- interrupted: given up for a newer attempt (what this one still sends is kept)
    status          text        not null
        check (status in ('launched', 'running', 'completed', 'stopped', 'interrupted')),
    -- who opened it: the participant in the portal, or staff for a participant who is present
    launched_by     text        not null check (launched_by in ('participant', 'staff')),
    -- language of the texts that were handed out
    language        text check (language in ('en', 'fr')),
    -- SHA-256 of the secret in the launch link; emptied when the link has been used
    launch_hash     bytea check (octet_length(launch_hash) = 32),
    launch_expires_at timestamptz,
    -- SHA-256 of the key that lets one browser add to this session
    upload_hash     bytea check (octet_length(upload_hash) = 32),
    -- 64 random bits as they are; the sign means nothing
    seed            bigint,
    -- items 1..=acknowledged are stored without a gap
    acknowledged    integer     not null default 0 check (acknowledged >= 0),
    -- page load and onset (microseconds) of the last trial among them: the clock of the next one
    -- must not lie before
    last_epoch      integer     not null default 0,
    last_onset_us   bigint      not null default 0,
    -- trials among them, practice and interrupted ones included
    trials          integer     not null default 0 check (trials >= 0),
    -- SHA-256 over what was submitted besides the items: tells a repeated submission from another
    submit_hash     bytea check (octet_length(submit_hash) = 32),
    -- the timing report as the browser sent it; `json` keeps it to the letter
    timing          json,
    -- how sessions are marked for whoever reads them, e.g. 'summary_differs', 'late'
    flags           text[]      not null default '{}',
    scoring_version text,
    created_at      timestamptz not null,
    started_at      timestamptz,
    completed_at    timestamptz,
    ended_at        timestamptz,
    primary key (study_id, id),
    constraint session_assignment_fkey
        foreign key (study_id, assignment_id) references app.assignment (study_id, id),
    constraint session_participant_fkey
        foreign key (study_id, participant_id) references app.participant (study_id, id),
    constraint session_battery_fkey
        foreign key (study_id, battery_id) references app.battery (study_id, id),
    constraint session_attempt_key unique (study_id, assignment_id, attempt),
    constraint session_completed_when
        check ((status = 'completed') = (completed_at is not null and submit_hash is not null)),
    constraint session_begun_is_known
        check (status = 'launched'
               or (seed is not null and started_at is not null and language is not null
                   and upload_hash is not null))
) with (fillfactor = 70);
-- Room in each page, and no index over a column that an upload changes: an upload rewrites the
-- row in place.

comment on table app.assessment_session is 'One run of a battery by a participant';

create index session_participant_idx
    on app.assessment_session (study_id, participant_id, created_at);
create index session_created_idx on app.assessment_session (study_id, created_at);
create unique index session_launch_key on app.assessment_session (study_id, launch_hash)
    where launch_hash is not null;
create unique index session_upload_key on app.assessment_session (study_id, upload_hash)
    where upload_hash is not null;
create index session_battery_idx on app.assessment_session (study_id, battery_id, battery_version);

-- What the browser recorded, as it was sent: trials and events in one sequence, in runs of items.
--
-- One row holds one upload, not one trial. Nothing ever asks for single trials across sessions;
-- a session is always read whole, and so is an export. Stored this way a session of 200 trials
-- takes 10 kB instead of 170 kB and an eighth of the time to write (README of the measures crate
-- has the numbers). `app.trial` below shows the trials one by one, with typed columns.
create table app.session_chunk (
    study_id    uuid        not null,
    session_id  uuid        not null,
    -- sequence number of the first item
    first_seq   integer     not null check (first_seq >= 1),
    last_seq    integer     not null,
    -- SHA-256 of `items` as UTF-8 text
    hash        bytea       not null check (octet_length(hash) = 32),
    -- array of items in order of seq; `json` keeps the text to the letter, as the hash covers it
    items       json        not null,
    received_at timestamptz not null,
    primary key (study_id, session_id, first_seq),
    constraint session_chunk_order check (last_seq >= first_seq),
    constraint session_chunk_session_fkey
        foreign key (study_id, session_id) references app.assessment_session (study_id, id)
);

comment on table app.session_chunk is 'Trials and events of a session as they were uploaded';

-- What was recorded is never changed, by nobody
revoke update on app.session_chunk from metricis_app;
create trigger append_only before update or delete or truncate on app.session_chunk
    for each statement execute function app.refuse_change();

-- lz4 packs ten times faster than the default; a server built without it keeps the default
do $$
begin
    alter table app.session_chunk alter column items set compression lz4;
exception when feature_not_supported then
    null;
end
$$;

-- Scores of one module of a session: computed by the server from the items, beside what the
-- browser computed.
create table app.module_summary (
    study_id        uuid    not null,
    session_id      uuid    not null,
    -- index of the module in the battery, from 0
    module          integer not null check (module >= 0),
    module_id       uuid    not null,
    task_id         text    not null,
    task_version    text    not null,
    scoring_version text    not null,
    valid           boolean not null,
    -- the server's summary: metrics with values, units, number of trials, rules
    summary         jsonb   not null,
    -- the browser's own, where it sent one that differs
    browser_summary json,
    -- names of what differs between the two
    differing       text[]  not null default '{}',
    created_at      timestamptz not null,
    -- scored anew by later rules: another row beside the old one; the session names the one in force
    primary key (study_id, session_id, module, scoring_version),
    constraint module_summary_session_fkey
        foreign key (study_id, session_id) references app.assessment_session (study_id, id),
    constraint module_summary_module_fkey
        foreign key (study_id, module_id) references app.battery_module (study_id, id)
);

comment on table app.module_summary is 'Scores of one module of a session';

create trigger append_only before update or delete or truncate on app.module_summary
    for each statement execute function app.refuse_change();
revoke update on app.module_summary from metricis_app;

-- The trials one by one, for whoever asks by SQL. Times are microseconds on the browser's
-- monotonic clock since the page was loaded (clock_epoch counts page loads).
create view app.trial as
select
    chunk.study_id,
    chunk.session_id,
    session.participant_id,
    t.seq,
    t.clock_epoch,
    t.module,
    t.task_id,
    t.block,
    t.attempt,
    t.trial,
    t.phase,
    t.condition,
    t.stimulus,
    t.correct_code,
    t.resp_code,
    t.onset_us,
    t.onset_method,
    t.frames_plan,
    t.frames_shown,
    t.ts_resp_us,
    t.rt_ms,
    t.correct,
    t.omission,
    t.anticipation,
    t.quality,
    t.interrupted,
    item -> 'trial' as row
from app.session_chunk as chunk
join app.assessment_session as session
    on session.study_id = chunk.study_id and session.id = chunk.session_id
cross join lateral json_array_elements(chunk.items) as item
cross join lateral json_to_record(item -> 'trial') as t (
    seq integer,
    clock_epoch integer,
    module integer,
    task_id text,
    block integer,
    attempt integer,
    trial integer,
    phase text,
    condition text,
    stimulus text,
    correct_code text,
    resp_code text,
    onset_us bigint,
    onset_method smallint,
    frames_plan integer,
    frames_shown integer,
    ts_resp_us bigint,
    rt_ms double precision,
    correct boolean,
    omission boolean,
    anticipation boolean,
    quality integer,
    interrupted boolean
)
where item -> 'trial' is not null;

comment on view app.trial is 'Trials one by one, read out of session_chunk';
