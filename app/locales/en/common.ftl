# Words that every page shares. Areas: common, account, researcher, patient, tasks, errors.
# Values are written { $name }; numbers come out as the language writes them.

product = Metricis
skip-to-content = Skip to the content
breadcrumb = You are here
language = Language
support-reference = Reference for support
demo = Demonstration
demo-banner = Demonstration: the people and results here are made up.
demo-mail = See the mail it sends

## Shell
shell-nav = Main
shell-menu = Menu
shell-search = Find a participant by code
shell-choose-study = Choose a study
shell-switch-study = Switch study
shell-all-studies = All studies
shell-account = Account and sessions
shell-sign-out = Sign out

## Forms
form-summary = Please check this
form-offline = We could not save this yet: the server cannot be reached. Nothing you typed is lost. Keep this page open and try again.
form-failed = We could not save this: something went wrong on our side. Nothing you typed is lost. Try again in a moment.
form-signed-out = You are no longer signed in. Sign in on another tab, then come back and try again. Nothing you typed is lost.
form-sending = Sending
form-cancel = Cancel
form-save = Save
field-optional = optional
filter-list = Search and filter this list
filter-apply = Apply
filter-clear = Clear
filter-all = All

## Session
session-warning = Your session ends in less than two minutes.
session-stay = Stay signed in
session-ended = Your session has ended
session-explain-staff = Sign in again to go on. What you typed on this page is still here.
session-explain-participant = For your safety we signed you out. Ask for a new link to go on.
session-email = E-mail
session-password = Password
session-sign-in = Sign in and go on
session-leave = Go to the sign-in page instead

## Tables
table-empty = Nothing to show.
table-compact = Compact rows
table-sort-asc = sort ascending
table-sort-desc = sort descending
table-sort = Sort
table-sort-by = Sort by
table-sort-order = Order
table-sorted = Sorted by { $column }, { $order }
table-sorted-usual = Sort this list
table-sort-usual = Usual order
table-order-asc = ascending
table-order-desc = descending
table-previous = Previous
table-next = Next
table-page = Page { $page } of { $pages }
table-range = { $first } to { $last } of { $total }
table-paging = Pages
copy = Copy { $what }
copied = Copied

## Charts
chart-table = Show as a table
chart-count = Count
chart-from = From
chart-to = To
chart-trial = Trial
chart-mean = Mean
chart-low = Low
chart-high = High
chart-today = Today
chart-series = Series
chart-none = none
yes = yes
no = no
timeline-visit = Visit
timeline-status = Status
timeline-opens = Window opens
timeline-target = Planned
timeline-closes = Window closes
timeline-done = Took place
timeline-day = day { $day }
timeline-days = Days from enrollment
timeline-enrollment = Enrollment
timeline-opens-day = First day
timeline-target-day = Target day
timeline-closes-day = Last day

## Status words: the same word everywhere
status-draft = Draft
status-active = Active
status-paused = Paused
status-completed = Completed
status-closed = Closed
status-archived = Archived
status-planned = Planned
status-upcoming = Upcoming
status-due = Due
status-overdue = Overdue
status-missed = Missed
status-pending = Pending
status-synced = Synced
status-failed = Failed
status-screening = Screening
status-screened = Screened
status-enrolled = Enrolled
status-withdrawn = Withdrawn
status-lost = Lost to follow-up
status-started = Started
status-launched = Link opened
status-running = Running
status-stopped = Stopped
status-interrupted = Interrupted
status-in-progress = In progress
status-abandoned = Abandoned
status-assigned = Assigned
status-expired = Expired
status-cancelled = Cancelled
status-sent = Sent
status-locked = Locked
status-invited = Invited
status-disabled = Disabled

## Dates and times
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
day-yesterday = yesterday
day-today = today
day-tomorrow = tomorrow
time-noon = noon
time-midnight = midnight
moment = { $day }, at { $time }
deadline = { $day }, by { $time }
deadline-end-of-day = { $day }, by the end of the day
relative-now = just now
relative-ago = { $unit ->
    [minute] { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
    [hour] { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
    [day] { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
    [month] { $count ->
        [one] { $count } month ago
       *[other] { $count } months ago
    }
   *[year] { $count ->
        [one] { $count } year ago
       *[other] { $count } years ago
    }
}
relative-ahead = { $unit ->
    [minute] { $count ->
        [one] in { $count } minute
       *[other] in { $count } minutes
    }
    [hour] { $count ->
        [one] in { $count } hour
       *[other] in { $count } hours
    }
    [day] { $count ->
        [one] in { $count } day
       *[other] in { $count } days
    }
    [month] { $count ->
        [one] in { $count } month
       *[other] in { $count } months
    }
   *[year] { $count ->
        [one] in { $count } year
       *[other] in { $count } years
    }
}
about-minutes = { $count ->
    [0] less than a minute
    [one] about { $count } minute
   *[other] about { $count } minutes
}
progress = Task { $step } of { $steps }
progress-minutes = Task { $step } of { $steps }, { $count ->
    [0] less than a minute left
    [one] about { $count } minute left
   *[other] about { $count } minutes left
}

## Pages that cannot be shown
error-page-not-found = This page is not here
error-page-not-allowed = You cannot see this page
error-page-unavailable = We cannot show this right now
error-page-failed = Something went wrong
error-page-home = Go to the start page

## Roles
role-admin = Administrator
role-researcher = Researcher
role-coordinator = Coordinator
role-viewer = Viewer

## Demonstration mail
demo-mail-title = Mail of the demonstration
demo-mail-lead = Nothing leaves this machine. What would have been sent is shown here.
demo-mail-none = No mail yet
demo-mail-none-text = Send a participant a link, or ask for one on the sign-in page of the patient portal.

## Start page
home-title = Metricis
home-lead = Studies with reaction times measured to the millisecond, in the browser.
home-staff = I work on a study
home-participant = I take part in a study
