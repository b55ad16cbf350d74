"""A turn matched a rule: keep the flag, and call a person where its severity asks for one."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.talk.models import Session, Turn
from coach.talk.registries.screeners import Flag
from handoff.actions import locks
from handoff.actions.asking import ASKED
from handoff.actions.raising import raise_escalation
from handoff.limits import QUOTE_MAX_CHARS
from handoff.models import Escalation, FlagRecord, Tier

# An unsafe sentence of the coach itself is a matter for review, however grave its words are.
COACH_TIER = Tier.P2
COACH_CODE = "QLT"


@transaction.atomic
def act_on_flags(
    session: Session, flags: Sequence[Flag], item_id: str, speaker: str
) -> Escalation | None:
    """Keep `flags` and call a person for the gravest of them; P4 is only kept.

    The same finding in the same turn counts once, whether it came from a partial transcript, the
    final one or both.
    """
    session = locks.lock_session(session.pk)
    if speaker == Turn.Speaker.COACH:
        flags = [Flag(COACH_CODE, max(COACH_TIER, f.severity), f.quote) for f in flags]
    fresh = [flag for flag in flags if _keep(session, flag, item_id, speaker)]
    escalation = None
    for flag in sorted(fresh, key=lambda f: f.severity):
        if flag.severity >= Tier.P4 or not _is_more(escalation, flag):
            continue
        reason = _reason(flag, speaker)
        escalation = raise_escalation(
            session, flag.code, flag.severity, flag.quote, reason, item_id
        )
    if escalation is not None:
        FlagRecord.objects.filter(session=session, item_id=item_id, escalation=None).update(
            escalation=escalation
        )
    return escalation


def _keep(session: Session, flag: Flag, item_id: str, speaker: str) -> bool:
    """Write one flag; False when this turn has it already."""
    fields = {"code": flag.code, "severity": flag.severity}
    if item_id and session.flags.filter(item_id=item_id, **fields).exists():
        return False
    FlagRecord.objects.create(
        session=session,
        item_id=item_id,
        quote=flag.quote[:QUOTE_MAX_CHARS],
        speaker=speaker,
        created_at=clock.now(),
        **fields,
    )
    return True


def _is_more(escalation: Escalation | None, flag: Flag) -> bool:
    """Asking for a person adds nothing when one is being called for a graver reason."""
    return escalation is None or flag.code != ASKED


def _reason(flag: Flag, speaker: str) -> str:
    if flag.code == ASKED:
        return _("The member asked for a person.")
    if speaker == Turn.Speaker.COACH:
        return _("The coach said something that a person should check.")
    return ""
