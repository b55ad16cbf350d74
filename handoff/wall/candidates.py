"""Whom a supervisor may choose for a call that waits, and why not the others."""

from dataclasses import dataclass, replace
from datetime import datetime

from handoff.actions import roster
from handoff.actions.choosing import declined_lately, unfit_now, why_not
from handoff.assignment import Candidate, place_for
from handoff.limits import EXPERTS_AT_DESK
from handoff.models import Escalation, Expert, Offer

CHOICES_SHOWN = 40


@dataclass(frozen=True)
class Choice:
    """One expert at the desk; `why_not` is a sentence, empty for whoever can be chosen."""

    expert: Expert
    load: int | None  # nobody counts it for who is asked for nothing
    ring: int = 0
    why_not: str = ""


def choices(case: Escalation, at: datetime) -> list[Choice]:
    """The experts whose page is open: who fits best first, then those who cannot be chosen."""
    asked = set(case.offers.filter(state=Offer.State.PENDING).values_list("expert", flat=True))
    declined = declined_lately(case, at)
    known = {candidate.pk: candidate for candidate in roster.candidates(at)}
    here = Expert.objects.filter(active=True, lease_until__gt=at).select_related("user")
    found = []
    for expert in here[:EXPERTS_AT_DESK]:
        candidate = known.get(expert.pk)
        if candidate is not None:
            is_asked, said_no = expert.pk in asked, expert.pk in declined
            candidate = replace(candidate, asked=is_asked, declined=said_no)
        found.append(_choice(case, expert, candidate, at))
    fits = sorted(found, key=lambda one: (bool(one.why_not), one.ring, one.load or 0))
    return fits[:CHOICES_SHOWN]


def _choice(case: Escalation, expert: Expert, candidate: Candidate | None, at: datetime) -> Choice:
    unfit = unfit_now(expert, at)
    if unfit or candidate is None:
        return Choice(expert, None, why_not=why_not(unfit or Expert.Status.OFFLINE, expert))
    place = place_for(roster.case_of(case), candidate)
    if isinstance(place, int):
        return Choice(expert, candidate.load, place)
    return Choice(expert, candidate.load, why_not=why_not(place, expert))
