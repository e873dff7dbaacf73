# Words of the area "researcher".

## Navigation
nav-dashboard = Dashboard
nav-studies = Studies
nav-users = Users
nav-overview = Overview
nav-participants = Participants
nav-batteries = Batteries
nav-sessions = Sessions
nav-sites = Sites

## Dashboard
dashboard-title = Dashboard
dashboard-today = What needs you today
dashboard-nothing = Nothing needs you today.
dashboard-going = How the studies are going
dashboard-participants = Participants enrolled
dashboard-late = Assignments past their last day
dashboard-running = Sessions under way
dashboard-sessions = Sessions completed
dashboard-waiting = Tasks waiting
dashboard-flagged = Sessions to look at
dashboard-none-title = You have no study yet
dashboard-none-text = Create a study, or ask a study owner to add you to theirs.

## Studies
studies-title = Studies
studies-new = New study
studies-none-title = No study yet
studies-none-text = Create your first study. You can add sites, batteries and participants next.
studies-none-found-title = No study fits
studies-none-found-text = Change the search, or clear it to see all studies.
studies-search = Search by code or name
study-code = Study code
study-code-hint = Short and unique, for example NEURO-2026-001. It cannot be changed later.
study-name = Name
study-description = Description
study-status = Status
study-sites = Sites
study-participants = Participants
study-my-role = Your role
study-languages = Languages of the participants
study-languages-hint = Participants read their pages and tasks in one of these.
study-time-zone = Time zone
study-time-zone-hint = For sites that name none of their own.
study-mode = Who runs the study
study-mode-metricis = Metricis
study-mode-metricis-hint = Schedules, consent and tasks are kept here.
study-mode-redcap = REDCap
study-mode-redcap-hint = REDCap owns forms, events and randomization; Metricis delivers assessments.
study-create = Create the study
study-created = Created
study-overview-next = Next steps
study-step-site = Add a site
study-step-site-text = Participants belong to a site; its time zone decides what “today” is for them.
study-step-battery = Build a battery
study-step-battery-text = Choose the tasks and their parameters, in order.
study-step-participant = Add a participant
study-step-participant-text = Then assign a battery and send the link.
study-status-draft = Draft
study-status-active = Active
study-status-paused = Paused
study-status-completed = Completed
study-status-archived = Archived
study-status-change = Change the status
study-status-reason = Reason
study-status-reason-hint = Kept in the audit trail.
study-role-owner = Owner
study-role-admin = Study administrator
study-role-researcher = Researcher
study-role-coordinator = Coordinator
study-role-data_entry = Data entry
study-role-viewer = Viewer
study-role-none = No membership

## Sites
sites-title = Sites
sites-new = Add a site
sites-none-title = No site yet
sites-none-text = Add the first site below. Each participant belongs to one.
site-code = Site code
site-code-hint = Short and unique in the study, for example HFX.
site-name = Name
site-time-zone = Time zone
site-time-zone-hint = For example America/Halifax. It decides when a day begins for the participants.
site-status = Status
site-status-active = Active
site-status-inactive = Inactive
site-create = Add the site

## Users
users-title = Users
users-new = Register a user
users-lead = Accounts of staff. Study roles are given in each study.
user-name = Name
user-email = E-mail
user-role = System role
user-status = Status
user-status-active = Active
user-status-disabled = Disabled
user-last-login = Last sign-in
user-never = Never
user-register = Register
user-registered-title = The account is ready
user-registered-text = Give this temporary password to the person. It is shown once, and must be changed at the first sign-in.
user-temporary-password = Temporary password
user-temporary-password-hint = At least 12 characters. The person must choose a new one at the first sign-in.
