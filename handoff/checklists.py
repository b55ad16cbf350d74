"""What an expert goes through, by the code of a case. A reminder, not a protocol."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_BY_CODE: dict[str, tuple[Promise, ...]] = {
    "SI": (
        _("Ask directly: thoughts, plan, when?"),
        _("Safe right now? Somebody with them?"),
        _("Distance from the means"),
        _("Crisis line offered, emergency number said"),
        _("Who is told, and when you speak again"),
    ),
    "SH": (_("Wound looked after?"), _("Safe now?"), _("Crisis line offered"), _("Follow-up")),
    "ED": (
        _("No numbers: no weights, no calories"),
        _("Faint, chest pain, blood? Emergency"),
        _("What do they eat and drink today?"),
        _("ED help line, referral"),
    ),
    "MED": (
        _("Emergency number first, if in doubt"),
        _("Symptoms since when?"),
        _("Medicines and conditions"),
        _("Who looks after them today?"),
    ),
    "ABU": (_("Believe, no promise of secrecy"), _("Safe now?"), _("Safeguarding lead told")),
    "ASK": (_("What would help them today?"), _("Agree on one next step"), _("Note for the coach")),
}


def checklist_for(code: str) -> tuple[Promise, ...]:
    return _BY_CODE.get(code) or _BY_CODE.get(code.split("-")[0]) or _BY_CODE["ASK"]
