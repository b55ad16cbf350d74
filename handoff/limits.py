"""How many characters a text may have that a person writes at the desk, or to it.

A longer one is refused whole, by `coach.bounds.whole_text`: nothing is ever cut. The pages count
along by `data-limit`, which tests hold against these.
"""

TO_MEMBER_MAX_CHARS = 2_000
GUIDANCE_MAX_CHARS = 1_000  # privately to the coach
NOTE_MAX_CHARS = 2_000  # at the hand-back
CONSTRAINT_MAX_CHARS = 200  # an order in an expert's own words
NOTE_SPOKEN_MAX_CHARS = 280  # the coach says so much of it aloud, and knows the rest
ASKED_MAX_CHARS = 300  # what a member wants the person to know
CALL_NOTE_MAX_CHARS = 500  # what came of a call to the member
EXPERTS_MAILED = 50  # of one case: supervisors and who is on call come first
REACH_WHEN_MAX_CHARS = 120  # when a member is best called
REASON_MAX_CHARS = 200  # why an offer is declined, a case given back, a call lowered
AWAY_MAX_CHARS = 80  # what colleagues read

# Of the words that called a person: an excerpt for the desk. The turn has them whole.
QUOTE_MAX_CHARS = 500
WHY_MAX_CHARS = 300  # our own sentence, or a model's
