-- Participants, by pseudonym. Who a participant is stands in app.participant_contact alone, so
-- that nothing which joins this table ever touches a name or an address.
create table app.participant (
    study_id         uuid        not null references app.study (id),
    id               uuid        not null,
    -- what people say and write: P-001, MTL-0042. Letters, digits, - _ and .
    participant_code text        not null
        check (participant_code ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$'),
    site_id          uuid        not null,
    -- planned or given treatment arm; set by randomization, never typed on the record's form
    arm              text check (char_length(arm) between 1 and 100),
    status           text        not null
        check (status in ('screened', 'enrolled', 'completed', 'withdrawn')),
    -- local date of the site from which the status holds
    status_date      date        not null,
    status_reason    text check (char_length(status_reason) between 1 and 500),
    -- local date of the site; day 0 of the visit windows that are counted from enrolment
    enrollment_date  date,
    -- language in which the participant is written to and meets the portal
    language         text        not null check (language in ('en', 'fr')),
    -- counts every change; an update names the state that it was made from
    version          bigint      not null default 1 check (version >= 1),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    primary key (study_id, id),
    constraint participant_site_fkey
        foreign key (study_id, site_id) references app.site (study_id, id),
    constraint participant_enrolled_when
        check (status not in ('enrolled', 'completed') or enrollment_date is not null),
    constraint participant_screened_when
        check (status <> 'screened' or enrollment_date is null),
    constraint participant_withdrawn_why
        check (status <> 'withdrawn' or status_reason is not null)
);

comment on table app.participant is 'Participants of studies, by pseudonym';

-- P-001 and p-001 are one code to people. Collation "C": the order in lists does not depend on
-- the machine that the database was made on.
create unique index participant_code_key
    on app.participant (study_id, (lower(participant_code) collate "C"));

-- One index for each column that the list sorts by, so that a page of 50 rows is 50 index
-- entries and not a sort of the whole study. The first two serve the filters as well.
create index participant_status_idx
    on app.participant (study_id, status, (lower(participant_code) collate "C"));
create index participant_site_idx
    on app.participant (study_id, site_id, (lower(participant_code) collate "C"));
create index participant_enrolled_idx
    on app.participant (study_id, enrollment_date, (lower(participant_code) collate "C"));
-- newest first with those not enrolled at the end, which the index above cannot give backwards
create index participant_enrolled_desc_idx
    on app.participant
    (study_id, enrollment_date desc nulls last, (lower(participant_code) collate "C"));
create index participant_created_idx on app.participant (study_id, created_at, id);

-- How many participants there are by site and status. Lists show a total on every page; counting
-- 50,000 rows each time would cost more than the page itself. Kept by trigger, so that no way of
-- writing participants can forget it.
create table app.participant_count (
    study_id     uuid   not null,
    site_id      uuid   not null,
    status       text   not null,
    participants bigint not null check (participants >= 0),
    primary key (study_id, site_id, status),
    constraint participant_count_site_fkey
        foreign key (study_id, site_id) references app.site (study_id, id)
);

comment on table app.participant_count is 'Number of participants by site and status';

-- One statement for one row and for ten thousand. Rows are taken in key order: two changes in
-- opposite directions (enrolled to completed, completed to enrolled) wait for each other instead
-- of locking each other out.
create function app.participant_count_insert() returns trigger
language plpgsql set search_path = '' as $$
begin
    insert into app.participant_count as c (study_id, site_id, status, participants)
    select study_id, site_id, status, count(*)
    from added
    group by study_id, site_id, status
    order by study_id, site_id, status
    on conflict (study_id, site_id, status)
        do update set participants = c.participants + excluded.participants;
    return null;
end
$$;

create function app.participant_count_update() returns trigger
language plpgsql set search_path = '' as $$
declare
    delta record;
begin
    for delta in
        select study_id, site_id, status, sum(n) as n
        from (
            select study_id, site_id, status, -1 as n from before
            union all
            select study_id, site_id, status, 1 from after
        ) as moves
        group by study_id, site_id, status
        having sum(n) <> 0
        order by study_id, site_id, status
    loop
        update app.participant_count as c
        set participants = c.participants + delta.n
        where c.study_id = delta.study_id and c.site_id = delta.site_id
            and c.status = delta.status;
        if not found then
            insert into app.participant_count as c (study_id, site_id, status, participants)
            values (delta.study_id, delta.site_id, delta.status, delta.n)
            on conflict (study_id, site_id, status)
                do update set participants = c.participants + excluded.participants;
        end if;
    end loop;
    return null;
end
$$;

create trigger participant_count_insert
    after insert on app.participant
    referencing new table as added
    for each statement execute function app.participant_count_insert();

create trigger participant_count_update
    after update on app.participant
    referencing old table as before new table as after
    for each statement execute function app.participant_count_update();
