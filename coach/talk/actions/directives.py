"""Tell the coach something: written as a row, read once by the relay of the session."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from coach import clock, wire
from coach.after_commit import publish
from coach.talk.models import Directive, Session
from coach.talk.signals import directive_settled
from coach.types import Member

Became = Directive.Became
LATE_END = timedelta(seconds=30)
LOOKED = timedelta(days=1)  # what nobody has settled for longer, its times alone tell
SETTLED_AT_ONCE = 100


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
    verbatim: bool = False,
    orders: Sequence[str] = (),
    told: bool = True,
    became: str = "",
) -> Directive:
    """Have the coach told; the same `client_id` again returns the row that is there.

    `told` is false for what is no message to the coach: an order that holds by construction, or
    what was refused. Such a row is written down and nobody claims it.
    """
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
        verbatim=verbatim,
        orders=list(orders),
        became=became,
        claimed_at=None if told else clock.now(),
    )
    publish(session.group, wire.DirectiveAdded())
    return directive


@transaction.atomic
def claim_directives(session: Session) -> list[Directive]:
    """The directives that nobody has told the coach yet, oldest first; each is handed out once."""
    now = clock.now()
    waiting = Directive.objects.waiting(now).filter(session=session)
    claimed = []
    for directive in waiting:
        if Directive.objects.filter(pk=directive.pk, claimed_at=None).update(claimed_at=now):
            directive.claimed_at = now
            claimed.append(directive)
    return claimed


@transaction.atomic
def settle_directive(pk: int, became: str, item_id: str = "") -> None:
    """Write down what has become of it, once; `item_id` is that of the coach's turn."""
    rows = Directive.objects.filter(pk=pk, became="")
    if not rows.update(became=became, item_id=item_id[:80]):
        return
    directive = Directive.objects.select_related("session").get(pk=pk)
    directive_settled.send(sender=Directive, directive=directive)


def settle_expired() -> int:
    """What nobody could tell the coach in time is given back to its author; how many those were.

    What is being said at its last moment has a little longer to be written down as spoken.
    """
    over = clock.now() - LATE_END
    rows = Directive.objects.filter(became="", expires_at__lte=over, expires_at__gt=over - LOOKED)
    of_experts = rows.filter(kind__in=(Directive.Kind.GUIDE, Directive.Kind.WORD))
    pks = list(of_experts.values_list("pk", flat=True)[:SETTLED_AT_ONCE])
    for pk in pks:
        settle_directive(pk, Became.EXPIRED)
    return len(pks)


@transaction.atomic
def give_back_directives(session: Session, pks: Iterable[int]) -> int:
    """Claimed, but the member never heard of it: the next one who looks may claim these again."""
    claimed = Directive.objects.filter(session=session, pk__in=list(pks))
    given = claimed.exclude(claimed_at=None).update(claimed_at=None)
    if given:
        publish(session.group, wire.DirectiveAdded())
    return given
