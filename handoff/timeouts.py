"""How long each step may take, by tier P0 to P4. Seconds as timedeltas; pure."""

from datetime import timedelta


def _seconds(*values: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=value) for value in values)


MINUTE, HOUR, DAY = 60, 3600, 86_400

# A person should have accepted by then, and who has a case after its talk contacts the member.
TARGET = _seconds(30, 2 * MINUTE, 15 * MINUTE, 4 * HOUR, DAY)
# How long one ring of experts is tried before the next one is asked as well.
RING_STEP = _seconds(10, 30, 60, 5 * MINUTE, 10 * MINUTE)
# In a live talk, how long whoever knows the member is waited for while they are busy.
KNOWN_STEP = timedelta(seconds=20)
# How long one expert may think about one offer.
OFFER_LIFE = _seconds(15, 20, 30, 60, 60)
# From accepting to the first word.
FIRST_WORD = _seconds(10, MINUTE, 5 * MINUTE, 4 * HOUR, DAY)
# After a talk: from accepting to the first message or call. In an emergency it is enough to read
# the case and to let a telephone ring.
FOLLOWED_UP = _seconds(3 * MINUTE, 30 * MINUTE, 4 * HOUR, DAY, 2 * DAY)
# While a member waits for an answer of the expert who talks with them.
NEXT_WORD = _seconds(30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR)
# From the first trigger to the end of the case.
RESOLVED = _seconds(HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY)

BREAK = timedelta(minutes=10)  # of an expert: then they are available again
DEBRIEF_FOR = timedelta(hours=12)  # so long after an emergency an expert is asked how they are
LEASE = timedelta(seconds=30)  # an expert whose page was silent for longer is gone
VOICE_OPENING = timedelta(seconds=20)  # from the floor to the socket: a phone may be slow
VOICE_LEASE = timedelta(seconds=10)  # a process that is gone renews nothing
VOICE_LOST = timedelta(seconds=4)  # a page that is loaded again is back by then
BACK_AGAIN_LIFE = timedelta(seconds=30)  # that the coach is back is no news after that
# After a message or a call to a member whose talk has ended: so long until somebody looks again.
NEXT_CONTACT = _seconds(30 * MINUTE, 2 * HOUR, DAY, DAY, 3 * DAY)

# Experts who are away and not on call are written to about P0 and P1 when it waits so long.
MAIL_OTHERS_AFTER = _seconds(30, 2 * MINUTE)

PAUSE_MAX = timedelta(hours=4)  # of the intake: whoever needs longer says so again
RATING_OPEN = timedelta(days=7)  # so long a member is asked whether the expert helped
RATING_CHANGES = timedelta(days=1)  # so long they may change what they answered

WRAP_UP = timedelta(minutes=2)
PARKED = timedelta(hours=24)
PLANNED_AHEAD = timedelta(days=90)  # how far ahead an expert may promise to get back
DECLINED_FOR = timedelta(minutes=5)  # an expert who declined is asked last for that long
REOPEN_WITHIN = timedelta(hours=24)
REPEAT_AT_LEAST = timedelta(minutes=5)  # what is very late is told again, but not more often
REMIND = timedelta(hours=1)  # what is late for long is told again this often
TALK_IDLE = timedelta(hours=2)  # a talk in which nothing happened for longer has been left
SILENT_FOR = timedelta(seconds=60)  # in danger, and waiting: then silence is a sign
SUMMARY_AGAIN = timedelta(seconds=30)  # between two summaries of a talk by a language model
GUIDANCE_LIFE = timedelta(minutes=5)
LOGS_LOOKED_AT_AFTER = timedelta(minutes=10)  # a weight that was misheard is corrected by then
LOGS_QUIET_FOR = timedelta(days=14)  # so long nobody is called again for the same in the logs
LOGS_QUIET_IF_WRONG = timedelta(days=90)  # where an expert said that the call was needless
STALE_CRISIS_DATA = timedelta(days=90)

HOOK_BUSY = timedelta(seconds=30)  # longer than any request: a worker that died holds no hook
HOOK_OFF_AFTER = timedelta(hours=24)  # a web hook that has only failed for so long
OLD_SECRET_LIFE = timedelta(hours=24)
DELIVERIES_KEPT = timedelta(days=30)  # with their tries; a mail as long as its case is open

STOPPED_FOR = timedelta(minutes=1)  # a process that was silent for so long has stopped
BACK_BY_ITSELF = timedelta(seconds=15)  # so long supervisors are not told of it yet

MISSES_UNTIL_UNRESPONSIVE = 2
ATTEMPTS_UNTIL_ATTENTION = 5
MAX_RETRY_DOUBLINGS = 6  # a step that fails is retried after 1 s, 2 s, 4 s … and at last 64 s
