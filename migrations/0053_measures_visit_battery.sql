-- The battery that a visit window names is one of the study's.
alter table app.visit_window
    add constraint visit_window_battery_fkey
        foreign key (study_id, battery_id) references app.battery (study_id, id);
