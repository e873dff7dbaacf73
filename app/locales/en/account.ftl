# Words of the area "account".

## Sign in
login-title = Sign in
login-lead = For staff of a study.
login-email = E-mail
login-password = Password
login-submit = Sign in
login-participant = Are you a participant? Get a sign-in link here.

## Password
password-title = Choose a new password
password-due = A new password is due
password-due-text = Your password was given to you by somebody else. Choose one that only you know to go on.
password-current = Current password
password-new = New password
password-rules = At least 12 characters. A few unrelated words work well.
password-submit = Save the password

## Account
account-title = Account and sessions
account-back = Back to the dashboard
sessions-signed-in = Where you are signed in
session-where = Browser or program
session-kind = Kind
session-since = Since
session-last = Last used
session-end = End
session-browser = Browser
session-api = API client
session-this = This session
session-revoke = Sign out there
session-revoke-others = Sign out everywhere else
