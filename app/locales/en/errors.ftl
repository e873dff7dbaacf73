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
