"""How large a class may be, and how much of it is shown."""

from datetime import timedelta

CLASSES_MAX = 50  # of one teacher
MEMBERS_MAX = 60  # of one class
ASSIGNMENTS_MAX = 100  # of one class
CLASSES_OF_MEMBER = 20

NAME_MAX_CHARS = 60
NOTE_MAX_CHARS = 500
WORDS_MAX = 20  # target words of an assignment
WORD_MAX_CHARS = 60
COMMENT_MAX_CHARS = 1_000
COMMENTS_MAX = 100  # on one attempt

INVITATION_STANDS = timedelta(days=14)

ASSIGNMENTS_SHOWN = 20  # the newest, on the page of a class
ATTEMPTS_COUNTED = 6_000  # the newest of a class
TURNS_SHOWN = 400  # of one attempt
ATTEMPTS_SHOWN = 100  # the newest, on the page of a learner
SLIPS_FROM = 200  # attempts, the newest, of which the slips of a class are counted
SLIPS_SHOWN = 5
