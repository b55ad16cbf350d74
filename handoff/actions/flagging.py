"""Screening found something: keep the flag, and call a person where its severity asks for one."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.talk.actions import is_written
from coach.talk.models import Session, Turn
from coach.talk.registries.screeners import Flag
from handoff.actions import locks
from handoff.actions.asking import ASKED
from handoff.actions.raising import raise_escalation
from handoff.actions.referring import Shown, refer
from handoff.limits import QUOTE_MAX_CHARS
from handoff.models import Escalation, FlagRecord, Tier
from handoff.safety.checklists import name_of

# An unsafe sentence of the coach itself is a matter for review, however grave its words are.
COACH_TIER = Tier.P2
COACH_CODE = "QLT"


@transaction.atomic
def act_on_flags(
    session: Session, flags: Sequence[Flag], item_id: str, speaker: str
) -> Escalation | None:
    """Keep `flags` and call a person for the gravest of them; P4 is only kept, or shows help.

    So is P3 of what was written outside of a talk, where a request need not be meant.

    The same finding in the same turn counts once, whether it came from a partial transcript, the
    final one or both.
    """
    session = locks.lock_session(session.pk)
    flags = [flag for flag in flags if not _is_of_a_role(session, flag)]
    if speaker == Turn.Speaker.COACH:
        flags = [Flag(COACH_CODE, max(COACH_TIER, f.severity), f.quote) for f in flags]
    kept = [(flag, _keep(session, flag, item_id, speaker)) for flag in flags]
    fresh = [flag for flag, record in kept if record is not None]
    if fresh:  # after which goals in numbers may be held back
        publish(session.group, wire.DataChanged("day"))
    kept_from = Tier.P3 if fresh and is_written(session) else Tier.P4
    escalation = None
    for flag in sorted(fresh, key=lambda f: f.severity):
        if flag.severity >= kept_from or not _is_more(escalation, flag):
            continue
        reason = _reason(flag, speaker)
        escalation = raise_escalation(
            session, flag.code, flag.severity, flag.quote, reason, item_id
        )
    if escalation is not None:
        FlagRecord.objects.filter(session=session, item_id=item_id, escalation=None).update(
            escalation=escalation
        )
    for flag, record in kept:
        if flag.help and record is not None and escalation is None:
            _show_help(session, record)
    return escalation


def _is_of_a_role(session: Session, flag: Flag) -> bool:
    """Who plays a guest asks for the manager: in a lesson only the rules tell who means it."""
    return flag.code == ASKED and flag.source == "score" and session.is_role_play


def _show_help(session: Session, record: FlagRecord) -> None:
    """Say where there is help, without calling anybody; of one kind once in a talk.

    Where a person is called, the numbers are in the thread already.
    """
    family = record.code.split("-")[0]
    shown = session.cards.filter(kind=Shown.SUPPORT, ref__endswith=f":{family}")
    if not shown.exists() and not Escalation.objects.filter(session=session).open().exists():
        refer(session, Shown.SUPPORT, f"{record.pk}:{family}", record.code)


def _keep(session: Session, flag: Flag, item_id: str, speaker: str) -> FlagRecord | None:
    """Write one flag; None when this turn has it already."""
    fields = {"code": flag.code, "severity": flag.severity}
    if item_id and session.flags.filter(item_id=item_id, **fields).exists():
        return None
    return FlagRecord.objects.create(
        session=session,
        item_id=item_id,
        quote=flag.quote[:QUOTE_MAX_CHARS],
        speaker=speaker,
        source=flag.source,
        created_at=clock.now(),
        **fields,
    )


def _is_more(escalation: Escalation | None, flag: Flag) -> bool:
    """Asking for a person adds nothing when one is being called for a graver reason."""
    return escalation is None or flag.code != ASKED


def _reason(flag: Flag, speaker: str) -> str:
    if flag.code == ASKED:
        return _("The member asked for a person.")
    if speaker == Turn.Speaker.COACH:
        return _("The coach said something that a person should check.")
    return _("Flagged: %(what)s (%(code)s).") % {"what": name_of(flag.code), "code": flag.code}
