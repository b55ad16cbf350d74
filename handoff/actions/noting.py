"""Internal notes on a case: experts write to each other, and call a colleague in by «@name»."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from coach import clock, wire
from coach.after_commit import publish
from handoff.actions import locks, queue, transitions
from handoff.actions.floor import text_of
from handoff.limits import EXPERTS_AT_DESK, INTERNAL_NOTE_MAX_CHARS
from handoff.models import CaseNote, Escalation, Expert, NoteMention


@transaction.atomic
def write_note(case: Escalation, expert: Expert, text: str, client_id: str) -> CaseNote:
    """Write a note for colleagues. The same `client_id` again returns the note that is there.

    Who is named in it may open the case, and their desk tells them. Neither the member nor the
    coach is told of anything.
    """
    text = text_of(text, client_id, INTERNAL_NOTE_MAX_CHARS)
    session, case = locks.lock_escalation(case)
    if again := CaseNote.objects.filter(escalation=case, client_id=client_id).first():
        return again
    note = CaseNote.objects.create(
        escalation=case,
        author=expert.user,
        author_name=str(expert),
        text=text,
        after=session.last_seq,
        client_id=client_id,
    )
    for colleague in named_in(text, colleagues_of(expert)):
        NoteMention.objects.create(note=note, expert=colleague)
        publish(colleague.group, wire.QueueChanged(0))
    transitions.move(case, "noted", actor=expert.user)
    publish(session.watch_group, wire.NoteWritten())
    queue.tell_owner(case)
    return note


def see_mentions(case: Escalation, expert: Expert) -> bool:
    """The expert has opened the case: what called them there is no news any more."""
    unseen = NoteMention.objects.filter(note__escalation=case, expert=expert, seen_at=None)
    if not unseen.exists():
        return False
    with transaction.atomic():
        seen = unseen.update(seen_at=clock.now())
        publish(expert.group, wire.QueueChanged(0))
    return bool(seen)


def colleagues_of(expert: Expert) -> QuerySet[Expert]:
    """Who can be named in a note."""
    here = Expert.objects.filter(active=True, user__is_active=True).exclude(pk=expert.pk)
    return here.select_related("user").order_by("user__display_name", "pk")[:EXPERTS_AT_DESK]


def named_in(text: str, experts: Iterable[Expert]) -> list[Expert]:
    """Those whose name stands in `text` behind an «@»; of two names the longer one is meant."""
    by_name: dict[str, list[Expert]] = {}
    for expert in experts:
        by_name.setdefault(expert.user.name, []).append(expert)
    found: list[Expert] = []
    for name in sorted(by_name, key=len, reverse=True):
        text, times = re.subn(rf"(?<!\w)@{re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
        found += by_name[name] if times else []
    return found


def mentions_of(expert: Expert) -> QuerySet[NoteMention]:
    """Where colleagues have named this expert, whether they have looked or not."""
    return NoteMention.objects.filter(expert=expert)
