"""How many characters a text may have that a person writes at the desk, or to it.

A longer one is refused whole, by `coach.bounds.whole_text`: nothing is ever cut. The pages count
along by `data-limit`, which tests hold against these.
"""

TO_MEMBER_MAX_CHARS = 2_000
GUIDANCE_MAX_CHARS = 1_000  # privately to the coach
FIRST_WORDS_MAX_CHARS = 600  # at the hand-back: what the coach says to the member
NOTE_MAX_CHARS = 2_000  # and what it keeps in mind
CONSTRAINT_MAX_CHARS = 200  # an order in an expert's own words
ASKED_MAX_CHARS = 300  # what a member wants the person to know
CALL_NOTE_MAX_CHARS = 500  # what came of a call to the member
EXPERTS_MAILED = 50  # of one case: supervisors and who is on call come first
REACH_WHEN_MAX_CHARS = 120  # when a member is best called
INTERNAL_NOTE_MAX_CHARS = 2_000  # between experts, on a case
EXPERTS_AT_DESK = 200  # who can be named in a note, or chosen for a call
PASS_ON_MAX_CHARS = 500  # to the colleague who takes a case over
REASON_MAX_CHARS = 200  # why an offer is declined, a case given back, a call raised or lowered …
RATING_MAX_CHARS = 300  # what a member adds to whether the expert helped
DEBRIEF_MAX_CHARS = 500  # what an expert tells supervisors of themselves
AWAY_MAX_CHARS = 80  # what colleagues read

# Of the words that called a person: an excerpt for the desk. The turn has them whole.
QUOTE_MAX_CHARS = 500
WHY_MAX_CHARS = 300  # our own sentence, or a model's

# What leaves the house. A web hook has one request under way at a time, so that as many as there
# may be, all of them slow, still leave threads of their worker free (`coach/site/run`).
HOOKS_MOST = 5
DEVICES_MOST = 5  # of one person: with one more, the oldest is forgotten
ADDRESS_MAX_CHARS = 500  # of a web hook or of a push service
