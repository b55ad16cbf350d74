"""What an expert chooses from when they hand a case back."""

from django.utils.translation import gettext_lazy as _

# What the coach must keep to from then on.
CONSTRAINTS = (
    _("no weight talk"),
    _("no calorie numbers"),
    _("no targets"),
    _("no food advice before the appointment"),
)
# How it ended: the row's word, and what the expert reads.
OUTCOMES = (
    ("advised", _("advised")),
    ("appointment", _("appointment made")),
    ("referred", _("referred to a clinician")),
    ("emergency", _("emergency services involved")),
    ("reassured", _("reassured, nothing further")),
    ("not_a_case", _("not a case")),
)
