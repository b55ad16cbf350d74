"""What a code means, and what an expert goes through then. A reminder, not a protocol."""

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
    "OTH": (
        _("Who is it, and where are they now?"),
        _("Emergency number first, if in doubt"),
        _("Who can be with them?"),
        _("How is the member themselves?"),
    ),
    "ASK": (_("What would help them today?"), _("Agree on one next step"), _("Note for the coach")),
}


def checklist_for(code: str) -> tuple[Promise, ...]:
    """What the expert goes through: that of the code, of its family, or else the general one."""
    return _BY_CODE.get(code) or _BY_CODE.get(code.split("-")[0]) or _BY_CODE["ASK"]


# From handoff's taxonomy; the longest code that fits names the case.
_NAMES: dict[str, Promise] = {
    "SI": _("Suicide risk"),
    "SI-5": _("Suicide: plan or means"),
    "SI-3": _("Suicidal thoughts"),
    "SI-1": _("Wish not to live"),
    "SH": _("Self-injury"),
    "ED": _("Eating disorder signs"),
    "ED-E": _("Eating disorder emergency"),
    "ED-H": _("Eating disorder behaviour"),
    "MED": _("Medical question"),
    "MED-E": _("Medical emergency"),
    "MED-U": _("Medically urgent"),
    "MED-S": _("Special diet need"),
    "MED-W": _("Weight loss or very low energy"),
    "SUP": _("Dangerous substance"),
    "AGE": _("Possibly under age"),
    "ABU": _("Abuse or violence"),
    "VIO": _("Threat to others"),
    "OTH": _("Somebody else in danger"),
    "SUB": _("Intoxication or withdrawal"),
    "PSY": _("Mental health"),
    "SEX": _("Sexual content"),
    "HAR": _("Harassment"),
    "PRV": _("Private data"),
    "QLT": _("Complaint about the coach"),
    "ENG": _("The coach cannot answer"),
    "FRU": _("Annoyed with the coach"),
    "MIS": _("The coach does not understand"),
    "UNH": _("The coach could not help"),
    "SUV": _("Taken over by a supervisor"),
    "LNG": _("Learner needs help"),
    "ASK": _("Asked for a person"),
    "EXP": _("Expert stepped in"),
    "FUP": _("Agreed follow-up"),
    "REV": _("Found in the weekly review"),
}


def name_of(code: str) -> Promise | str:
    """The code in words; the code itself when it has none."""
    return _NAMES.get(code) or _NAMES.get(code.split("-")[0]) or code
