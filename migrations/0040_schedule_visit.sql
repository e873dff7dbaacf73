-- The visits that a study's design foresees for every participant. Days are calendar days at the
-- participant's site, never 24-hour periods.
create table app.visit_window (
    study_id    uuid        not null references app.study (id),
    id          uuid        not null,
    name        text        not null check (char_length(name) between 1 and 100),
    -- what target_day is counted from
    anchor      text        not null check (anchor in ('enrollment')),
    target_day  integer     not null check (target_day between -365 and 7300),
    days_before integer     not null check (days_before between 0 and 365),
    days_after  integer     not null check (days_after between 0 and 365),
    -- what is done at the visit. Batteries are made by a context that builds on this one; it adds
    -- the foreign key.
    battery_id  uuid,
    -- place in the study's order of visits
    position    integer     not null check (position >= 1),
    created_at  timestamptz not null,
    primary key (study_id, id),
    constraint visit_window_position_key unique (study_id, position)
);

comment on table app.visit_window is 'Visits that the design of a study foresees';

create unique index visit_window_name_key on app.visit_window (study_id, lower(name));

-- One visit of one participant. The state says only what people have recorded; whether a planned
-- visit is upcoming, due, overdue or cancelled follows from its dates and today's date at the
-- site, and is worked out when it is read: a stopped worker shows no wrong status.
create table app.scheduled_visit (
    study_id        uuid        not null references app.study (id),
    id              uuid        not null,
    participant_id  uuid        not null,
    visit_window_id uuid        not null,
    -- local dates of the site. They are written down when the visit is planned: a later change of
    -- the window does not move what participants were told
    scheduled_date  date        not null,
    window_start    date        not null,
    window_end      date        not null,
    state           text        not null check (state in ('planned', 'completed', 'missed')),
    actual_date     date,
    reason          text check (char_length(reason) between 1 and 500),
    -- counts every change; a change names the state that it was made from
    version         bigint      not null default 1 check (version >= 1),
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (study_id, id),
    constraint scheduled_visit_participant_fkey
        foreign key (study_id, participant_id) references app.participant (study_id, id),
    constraint scheduled_visit_window_fkey
        foreign key (study_id, visit_window_id) references app.visit_window (study_id, id),
    constraint scheduled_visit_window_order
        check (window_start <= scheduled_date and scheduled_date <= window_end),
    constraint scheduled_visit_actual_when check ((state = 'completed') = (actual_date is not null)),
    constraint scheduled_visit_missed_why check (state <> 'missed' or reason is not null),
    -- planning twice makes nothing twice
    constraint scheduled_visit_once_key unique (study_id, participant_id, visit_window_id)
);

comment on table app.scheduled_visit is 'Visits planned for participants';

-- what is open, by date, across a study
create index scheduled_visit_open_idx on app.scheduled_visit (study_id, window_end)
    where state = 'planned';
