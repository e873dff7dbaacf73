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
