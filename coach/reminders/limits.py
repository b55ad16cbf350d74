"""The limits of reminders."""

from datetime import timedelta

MOST = 50  # open reminders of one member
TEXT_MAX_CHARS = 200
FARTHEST = timedelta(days=730)  # ahead of now
BATCH = 100  # due rows of one walk of the sweeper
SHOWN_FOR = timedelta(days=2)  # a due reminder that nobody has seen
MAIL_ATTEMPTS = 5
