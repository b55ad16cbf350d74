"""What a clock of a case does when part of its time is over. The sweeper calls it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.talk.language import in_language_of
from handoff import assignment
from handoff.actions import clocks, locks, transitions
from handoff.actions.contacted import owes_answer
from handoff.actions.floor import return_floor
from handoff.actions.mailing import mail_absent
from handoff.actions.ownership import give_back, release
from handoff.actions.stays import stayer_of
from handoff.actions.telling import tell_supervisors
from handoff.models import Escalation, Expert, Offer, Script, ServiceClock, Tier
from handoff.service import stage_at, strikes_at
from handoff.timeouts import REMIND, REPEAT_AT_LEAST

Kind, Stage = ServiceClock.Kind, ServiceClock.Stage
WORDS = (Kind.FIRST_WORD, Kind.NEXT_WORD)  # what the owner owes; others can give it as well
# Of these supervisors hear when it is late; of the others a little after.
TOLD_AT_ONCE = (Kind.ACCEPT, Kind.CONTACT)


@transaction.atomic
def strike(row: ServiceClock) -> bool:
    """Part of the time is over: write it into the case and tell whom it concerns.

    False when the clock has stopped meanwhile, or is not due.
    """
    _session, case = locks.lock_escalation(row.escalation)
    at = clock.now()
    found = ServiceClock.objects.filter(pk=row.pk, stopped_at=None, next_at__lte=at).first()
    if found is None:
        return False
    before = found.stage
    stage = stage_at(found.started_at, found.due_at, at)
    if stage == Stage.AGAIN:
        next_at = at + _until_again(found, at)
    else:
        next_at = strikes_at(found.started_at, found.due_at, stage + 1)
    ServiceClock.objects.filter(pk=found.pk).update(stage=stage, next_at=next_at)
    changes: transitions.EscalationChanges = {}
    if found.kind == Kind.ACCEPT and before < Stage.BREACHED <= stage and case.tier == Tier.P3:
        changes["tier"] = Tier.P2  # once: what was promised for today is wanted soon
    transitions.move(case, f"{found.kind}_{Stage(stage).name.lower()}", at=at, **changes)
    _tell(case, found.kind, stage, at)
    if stage >= Stage.BREACHED:
        _act(case, found.kind, stage, at, repeated=before == Stage.AGAIN)
    return True


def _until_again(found: ServiceClock, at: datetime) -> timedelta:
    """How long a clock that is very late lets pass: it tells of it less and less often."""
    length: timedelta = found.due_at - found.started_at
    if found.kind in WORDS:
        return length
    late = at - found.due_at
    return max(length, REPEAT_AT_LEAST, min(late, REMIND))


def _tell(case: Escalation, kind: str, stage: int, at: datetime) -> None:
    """Warn who owes it; once it is late, the supervisors and those who are away."""
    if stage >= Stage.MOST:
        for expert in filter(None, (case.owner, stayer_of(case))):
            publish(expert.group, wire.OwnershipChanged(case.pk, warn=True))
    if stage == Stage.AGAIN or (stage == Stage.BREACHED and kind in TOLD_AT_ONCE):
        tell_supervisors(case, at)
        mail_absent(case, at)  # who had the desk open may have left it


def _act(case: Escalation, kind: str, stage: int, at: datetime, *, repeated: bool) -> None:
    """What nobody takes rings wherever it can; who lets a member wait is relieved."""
    if kind == Kind.ACCEPT and stage == Stage.AGAIN:
        ring = assignment.last_ring(case.tier)
        transitions.move(case, "rung_again", at=at, ring=ring, ring_since=at)
    elif kind == Kind.NEXT_WORD and stage == Stage.AGAIN and (stayer := stayer_of(case)):
        if _relieves(case, kind, repeated=repeated):
            _end_stay(case, stayer, at)
    elif case.owner is None:
        return
    elif kind == Kind.CONTACT and _is_left(case, stage, at, repeated=repeated):
        # Its owner has let it lie, or is gone while danger is near: it rings for everybody.
        give_back(case, case.owner, "not_followed_up", Offer.State.RELEASED, notice="")
    elif stage == Stage.AGAIN and _relieves(case, kind, repeated=repeated):
        release(case, case.owner, f"no {Kind(kind).value.replace('_', ' ')}")


def _relieves(case: Escalation, kind: str, *, repeated: bool) -> bool:
    """Whether who owes words loses the case: twice over, and at once where danger is near, or
    where the member wrote last after the talk.

    The first word has its second time at danger, too: it is read and written in one.
    """
    if kind in clocks.AFTER_TALK and owes_answer(case):
        return True
    return kind in WORDS and (repeated or (kind == Kind.NEXT_WORD and case.tier <= Tier.P1))


def _is_left(case: Escalation, stage: int, at: datetime, *, repeated: bool) -> bool:
    gone = case.owner is not None and not case.owner.live(at)
    return (stage == Stage.AGAIN and repeated) or (gone and case.tier <= Tier.P1)


def _end_stay(case: Escalation, stayer: Expert, at: datetime) -> None:
    """Who stayed with the member for the owner says nothing: the coach is back until then."""
    notice = in_language_of(case.session.member, lambda: _("%(expert)s, had to leave."))()
    transitions.move(case, "stay_ended", at=at)
    return_floor(case, notice=notice % {"expert": stayer}, moment=Script.Moment.STAY)
    clocks.follow(case, at)
    publish(stayer.group, wire.OwnershipChanged(case.pk))
