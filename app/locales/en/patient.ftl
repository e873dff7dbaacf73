# Words of the area "patient".

## Navigation
patient-nav-today = Today
patient-nav-help = Help

## Sign in
patient-login-title = Sign in with a link
patient-login-lead = We send a link to your e-mail address. You need no password.
patient-login-email = Your e-mail address
patient-login-submit = Send me a link
patient-sent-title = Look in your mail
patient-sent-lead = If we know this address, a link is on its way. It works once, for 15 minutes.
patient-sent-spam = Nothing there after a few minutes? Look in the folder for unwanted mail, or ask for another link.
patient-sent-again = Ask for another link
patient-verify-title = Welcome
patient-verify-lead = Press the button to go on.
patient-verify-submit = Continue
patient-verify-new = The link does not work? Ask for a new one.

## Today
patient-today-nothing = Nothing to do today
patient-today-nothing-text = We will send you a mail when there is something new.
patient-today-one = One thing to do today
patient-today-many = { $count } things to do today
patient-today-lead = Find a quiet moment, then begin.
patient-until = Please do it by { $day }.
patient-from = From { $day }
patient-takes = It takes { $time }.
patient-late = A little late
patient-open = See what to do
patient-continue = Continue where you stopped
patient-again = Start again from the beginning
patient-later = Later
patient-done = Done
patient-is-done = Done, thank you
patient-not-now = Not open at the moment

## Before a task
patient-what = What you will do
patient-before = Before you begin
patient-before-quiet = Sit down in a quiet place.
patient-before-power = Turn off power saving, and messages if you can.
patient-before-hold = Put the phone on a table, or hold it firmly.
patient-stop-any-time = You can stop at any time. What you did is kept.
patient-start = Begin
patient-begun-before = You began this before. If you start again, you do all of it from the beginning. What you did before stays stored.
patient-back = Back to today
patient-cannot-start = You cannot begin this at the moment.

## After a task
patient-done-title = Thank you
patient-done-saved = Everything is saved.
patient-next-nothing = There is nothing more to do today.
patient-next-some = { $count ->
    [one] One more thing is waiting for you.
   *[other] { $count } more things are waiting for you.
}
patient-to-today = Back to today
patient-saving-title = Not all is sent yet
patient-saving-text = Your answers are safe on this device. Keep this page open, we will try again.
patient-waiting-sending = We are sending answers that were waiting on this device.
patient-waiting-sent = The answers that were waiting on this device are saved.
patient-waiting-offline = Some answers wait on this device. We will send them when there is a connection.

## Help
patient-help-title = Help
patient-help-lead = You can always stop, rest, and go on later.
patient-help-contact = Ask the people who gave you the link. They can send you a new one at any time.
patient-sign-out = Sign out
