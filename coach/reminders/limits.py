"""The limits of reminders."""

from datetime import timedelta

MOST = 50  # open reminders of one member
TEXT_MAX_CHARS = 200
FARTHEST = timedelta(days=730)  # ahead of now
DELIVERED_AT_ONCE = 10  # due rows of one walk of the sweeper: people in danger come first
PUT_OFF = timedelta(minutes=1)  # until a row that failed is tried again
BATCH = 100  # mails of one tidy walk
SHOWN_FOR = timedelta(days=2)  # a due reminder that nobody has seen
DUE_KEPT = timedelta(days=7)  # longer than it is shown and its mail is tried
REMINDER_KEPT = timedelta(days=30)  # after it was cancelled, or after its last time
MAIL_ATTEMPTS = 5
PRUNED_AT_ONCE = 1000  # of one tidy walk
