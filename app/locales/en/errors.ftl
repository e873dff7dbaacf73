# Errors by reason (`error-…`) and broken rules by name (`rule-…`). The English message of the
# server stands where a word is missing here.

error-invalid = Some answers need a second look.
error-unreadable-request = The form could not be read. Load the page again and try once more.
error-unreachable = The server cannot be reached. Check the connection and try again.
error-internal = Something went wrong on our side. Try again in a moment.
error-unauthenticated = You are not signed in. Sign in and try again.
error-forbidden = Your role does not allow this. Ask the study’s owner if you need it.
error-not-found = There is nothing here, or it is not yours to see.
error-too-large = That is larger than we take. Send less at once.
error-too-many-requests = That was too much at once. Wait a minute and try again.
error-unavailable = Something we need does not answer right now. Try again in a moment.

rule-unknown = This answer is not accepted.
rule-required = Fill this in.
rule-too-short = Use at least { $min } characters.
rule-too-long = Use at most { $max } characters.
rule-control-characters = Take out the invisible characters; type the text again if you pasted it.
rule-code = Use letters, digits, hyphens, underscores and dots only, and start with a letter or a digit.
rule-email = Type an e-mail address such as name@example.org.
rule-range = Choose a value between { $min } and { $max }.
rule-taken = This is taken already. Choose another one.

## Participants and visits
error-participant-not-found = There is no such participant in this study.
error-participant-code-taken = Another participant of this study already has this code. Choose a different one.
error-participant-changed = Somebody else has changed this participant since you opened the page. Load the page again to see the change, then make yours again.
error-participant-withdrawn = The participant has withdrawn and gets no more messages.
error-participant-not-enrolled = Visits are counted from the enrollment date. Enrol the participant first.
error-status-not-allowed = The participant cannot go from the present status to this one.
error-study-not-enrolling = The study takes no new participants now.
error-study-archived = The study is archived. Its records can be read, not changed.
error-no-email-address = There is no e-mail address on file for this participant. Add one first.
error-visit-not-found = There is no such visit in this study.
error-visit-changed = Somebody else has changed this visit since you opened the page. Load the page again to see the change.
error-visit-already-recorded = It is already recorded what became of this visit.
error-visit-not-due-yet = The window of this visit has not opened yet. It can be recorded as missed from its first day on.
error-visit-cancelled = The participant has left the study: this visit is not expected any more.
error-visit-window-name-taken = Another visit window of this study already has this name. Choose a different one.
rule-date = Type a date such as 2026-03-01.
rule-future = Choose today or an earlier day, by the date at the site.
rule-before-enrollment = Choose the enrollment date or a later day.
rule-after-leaving = Choose a day on which the participant was still in the study.
rule-outside-window = Say why the visit took place outside its window.
rule-inactive = Choose a site that takes participants; this one is inactive.
rule-phone = Type a telephone number such as +1 514 555 0100: 5 to 15 digits.

## Signing in and accounts
error-not-signed-in = You are not signed in, or your session has ended. Sign in and try again.
error-not-allowed = Your role does not allow this. Ask the study’s owner if you need it.
error-must-change-password = Choose a new password first.
error-invalid-credentials = The e-mail address or the password is not right.
error-login-locked = Too many wrong passwords. Password sign-in for this account is locked for a while. Try again in 15 minutes.
error-token-refused = This sign-in is not valid any more. Sign in again.
error-link-not-valid = This link is not valid any more. Ask for a new one.
error-user-not-found = There is no such account.
error-email-taken = An account with this e-mail address exists already.
error-already-member = This person is a member of the study already.
error-member-not-found = This person is not a member of the study.
error-account-disabled = This account is disabled. Enable it first.
error-last-admin = This is the last administrator. Make another one first.
error-last-owner = This is the last owner of the study. Make another one first.
error-owner-only = Only an owner of the study or an administrator may give or take the owner role.
error-session-not-found = There is no such session, or it has ended.

## Studies, sites, batteries
error-study-not-found = There is no such study, or it is not yours to see.
error-study-code-taken = Another study has this code already. Choose a different one.
error-study-status = The study cannot go from the present status to this one.
error-study-not-active = The study is not active. Tasks are given and begun only in an active study.
error-integration-mode-fixed = Who owns the schedule of this study has been decided and cannot be changed after the draft.
error-site-not-found = There is no such site in this study.
error-site-code-taken = Another site of this study has this code already. Choose a different one.
error-battery-not-found = There is no such battery in this study.
error-battery-name-taken = Another battery of this study already has this name. Choose a different one.
error-battery-changed = Somebody else has changed this battery since you opened it. Load the page again to see the change, then make yours again.
error-battery-not-active = Only an active battery can be given to participants and begun.
error-battery-status-not-allowed = The battery cannot go from the present status to this one.

## Assignments, sessions, exports
error-assignment-not-found = There is no such assignment.
error-already-assigned = The participant already has this battery to do. Cancel that assignment first, or let the participant finish it.
error-assignment-closed = There is nothing left to do in this assignment.
error-not-yet-due = It is too early: these tasks cannot be begun yet.
error-launch-link-spent = This link has been used or is too old. Go back to your tasks and start again.
error-unknown-upload-key = These answers belong to no open session, or the tasks were started anew on another page.
error-session-ended = The session has ended and takes nothing more.
error-submitted-differently = The session was submitted before with another content. What is stored stays.
error-items-missing = Some answers before these are missing. Send them first.
error-item-conflict = An answer was stored before with another content. What is stored stays.
error-items-beyond-end = More answers are stored than the session is said to hold.
error-exports-busy = Several exports are running right now. Try again in a minute.

## Requests
error-body-too-large = That is larger than we take. Send it in smaller parts.
error-foreign-origin = This request came from another site’s page and was refused. Open the page here and try again.
error-unreadable = The request cannot be read.
error-database-unavailable = The database does not answer right now. Nothing was changed. Try again in a moment.
error-simulation = The simulated session could not be made.

rule-wrong = This is not right.
rule-same = Choose one that differs from the present one.
rule-too-weak = This is too easy to guess. Use a longer one, or several unrelated words.
rule-time-zone = Choose a time zone such as America/Toronto or Europe/Paris.
rule-type = This has the wrong form.
rule-choice = Choose one of the values on offer.
rule-order = This does not fit the other values.
rule-unsolvable = With these values together no order of the trials can be found. Loosen one of them.
rule-multiple = This does not divide evenly between the conditions.
rule-duplicate = Name each one once.
rule-before-start = Choose the first day or a later one.
rule-too-many = Choose at most { $max }.
rule-length = Send between 1 and { $max } at once.
rule-negative = This must not be below zero.
rule-finite = This must be a finite number.
rule-too-small = This number is too small.
rule-gap = Something is missing before this.
rule-conflict = This was stored before with another content.
rule-backwards = This lies before what came before it: the clock jumped.
rule-mismatch = This does not fit the other answers of the same trial.
error-method-not-allowed = This address does not take this kind of request.
