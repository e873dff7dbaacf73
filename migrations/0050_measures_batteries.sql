-- Batteries: an ordered list of tasks with their parameters, given to participants as one thing.
--
-- A battery is edited freely until a participant has run it. From then on a change of its modules
-- makes a new version, and every session keeps naming the version that it ran: what a person was
-- shown can always be told from (battery, version).
create table app.battery (
    study_id    uuid        not null references app.study (id),
    id          uuid        not null,
    name        text        not null check (char_length(name) between 1 and 200),
    description text        not null check (char_length(description) <= 4000),
    -- draft: being written, nobody can start it; active: can be started; retired: kept, not given
    -- to anybody any more
    status      text        not null check (status in ('draft', 'active', 'retired')),
    -- the version that the next session runs
    version     integer     not null check (version >= 1),
    -- how long the current version takes, as the task engine reckons it
    estimated_minutes double precision not null check (estimated_minutes >= 0),
    -- counts every change; an update names the state that it was made from
    revision    bigint      not null default 1 check (revision >= 1),
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (study_id, id)
);

comment on table app.battery is 'Ordered tasks that a participant does in one go';

-- Two batteries that people cannot tell apart would be mixed up; a retired one may hand its name on
create unique index battery_name_key on app.battery (study_id, lower(name))
    where status <> 'retired';

-- One task within one version of a battery. Rows are written once. While a version has not been
-- run, an edit replaces its rows by new ones and marks the old ones; nothing is deleted.
create table app.battery_module (
    study_id     uuid        not null,
    id           uuid        not null,
    battery_id   uuid        not null,
    version      integer     not null check (version >= 1),
    -- from 1, in the order in which the participant meets them
    position     integer     not null check (position between 1 and 50),
    task_id      text        not null,
    -- version of the task (stimuli, rules of scoring) for which the parameters were checked
    task_version text        not null check (task_version <> ''),
    -- every parameter of the task with its value: defaults are written out, so that a default
    -- that changes later changes no study
    params       jsonb       not null check (jsonb_typeof(params) = 'object'),
    replaced_at  timestamptz,
    created_at   timestamptz not null,
    primary key (study_id, id),
    constraint battery_module_battery_fkey
        foreign key (study_id, battery_id) references app.battery (study_id, id)
);

comment on table app.battery_module is 'One task with its parameters in one version of a battery';

create unique index battery_module_position_key
    on app.battery_module (study_id, battery_id, version, position)
    where replaced_at is null;
