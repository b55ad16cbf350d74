"""What an expert chooses from at the desk."""

from django.utils.translation import gettext_lazy as _

from coach.talk.registries.orders import LABELS
from handoff.actions.contacted import REACHED

# What an expert does in a talk: the row's word, the key, the icon, and what the expert reads.
MODES = (
    ("monitor", "m", "eye", _("Monitor")),
    ("guide", "g", "lightbulb", _("Guide")),
    ("text", "t", "message-square", _("Text")),
    ("voice", "v", "mic", _("Voice")),
)
# What the coach must keep to from then on: the row's word, and what the expert reads.
CONSTRAINTS = tuple(LABELS.items())
# How it ended: the row's word, and what the expert reads.
OUTCOMES = (
    ("advised", _("advised")),
    ("appointment", _("appointment made")),
    ("referred", _("referred to a clinician")),
    ("emergency", _("emergency services involved")),
    ("reassured", _("reassured, nothing further")),
    ("not_a_case", _("not a case")),
)
# When somebody gets back to the member: in so many days, or on a day that is chosen.
AGAIN_IN = (
    ("1", _("tomorrow")),
    ("3", _("in 3 days")),
    ("7", _("in a week")),
    ("14", _("in two weeks")),
)
# For how long the intake is paused: minutes, and what the supervisor reads.
PAUSES = (
    (15, _("15 minutes")),
    (30, _("30 minutes")),
    (60, _("1 hour")),
    (120, _("2 hours")),
)
# What came of a call to the member: the event's kind, and what the expert reads.
CALL_RESULTS = (
    (REACHED, _("Reached")),
    ("no_answer", _("No answer")),
    ("left_message", _("Left a message")),
)
# The other steps of a follow-up that stand beside the calls.
STEPS = (("wrote", _("Written to")), ("member_wrote", _("The member wrote")))
