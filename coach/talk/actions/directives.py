"""Tell the coach something: written as a row, read once by the relay of the session."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from coach import clock, wire
from coach.after_commit import publish
from coach.talk.models import Directive, Session
from coach.types import Member


@transaction.atomic
def add_directive(
    session: Session,
    kind: str,
    text: str,
    *,
    spoken: str = "",
    author: Member | None = None,
    expires_at: datetime | None = None,
    client_id: str = "",
) -> Directive:
    """Have the coach told; the same `client_id` again returns the row that is there."""
    if client_id and (again := session.directives.filter(client_id=client_id).first()):
        return again
    directive = Directive.objects.create(
        session=session,
        kind=kind,
        text=text,
        spoken=spoken,
        author=author,
        expires_at=expires_at,
        client_id=client_id,
    )
    publish(session.group, wire.DirectiveAdded())
    return directive


@transaction.atomic
def claim_directives(session: Session) -> list[Directive]:
    """The directives that nobody has told the coach yet, oldest first; each is handed out once."""
    now = clock.now()
    waiting = Directive.objects.waiting(now).filter(session=session)
    return [
        directive
        for directive in waiting
        if Directive.objects.filter(pk=directive.pk, claimed_at=None).update(claimed_at=now)
    ]


@transaction.atomic
def give_back_directives(session: Session, pks: Iterable[int]) -> int:
    """Claimed, but the member never heard of it: the next one who looks may claim these again."""
    claimed = Directive.objects.filter(session=session, pk__in=list(pks))
    given = claimed.exclude(claimed_at=None).update(claimed_at=None)
    if given:
        publish(session.group, wire.DirectiveAdded())
    return given
