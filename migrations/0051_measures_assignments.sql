-- A battery given to a participant, to be done once.
create table app.assignment (
    study_id       uuid        not null references app.study (id),
    id             uuid        not null,
    participant_id uuid        not null,
    battery_id     uuid        not null,
    visit_id       uuid,
    -- assigned: nothing has happened yet; in_progress: begun; completed: results are here;
    -- cancelled: staff took it back
    status         text        not null
        check (status in ('assigned', 'in_progress', 'completed', 'cancelled')),
    -- local dates of the participant's site. Before due_from it cannot be begun; after due_to it
    -- still can, and the session is marked late
    due_from       date,
    due_to         date,
    cancel_reason  text check (char_length(cancel_reason) between 1 and 500),
    created_at     timestamptz not null,
    completed_at   timestamptz,
    cancelled_at   timestamptz,
    primary key (study_id, id),
    constraint assignment_participant_fkey
        foreign key (study_id, participant_id) references app.participant (study_id, id),
    constraint assignment_battery_fkey
        foreign key (study_id, battery_id) references app.battery (study_id, id),
    constraint assignment_visit_fkey
        foreign key (study_id, visit_id) references app.scheduled_visit (study_id, id),
    constraint assignment_due_order check (due_to >= due_from),
    constraint assignment_completed_when check ((status = 'completed') = (completed_at is not null)),
    constraint assignment_cancelled_when check ((status = 'cancelled') = (cancelled_at is not null))
);

comment on table app.assignment is 'A battery given to a participant';

-- The same battery is not open twice for the same participant (and visit): a second click on
-- "assign" must not make a second task
create unique index assignment_open_key on app.assignment
    (study_id, participant_id, battery_id,
     coalesce(visit_id, '00000000-0000-0000-0000-000000000000'::uuid))
    where status in ('assigned', 'in_progress');

create index assignment_participant_idx on app.assignment (study_id, participant_id, created_at);
create index assignment_created_idx on app.assignment (study_id, created_at);
