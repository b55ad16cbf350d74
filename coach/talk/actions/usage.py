"""Write down what talks cost, and let a talk end kindly when the day's money is spent."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import structlog
from django.db import transaction
from django.db.models import F

from coach import clock, wire
from coach.after_commit import publish
from coach.personas.engines import price_of
from coach.talk.actions.sessions import end_session
from coach.talk.actions.turns import record_turn
from coach.talk.models import HouseNotice, Session, Turn, Usage
from coach.talk.usage.budgets import (
    FULL_PERCENT,
    WARN_PERCENT,
    Budget,
    BudgetStatus,
    budget_of,
    is_spared,
    member_day,
    near_words,
    site_day,
    stop_words,
)
from coach.talk.usage.pricing import Kind, Prices, Tokens, price, read_usage
from coach.types import Member

log = structlog.get_logger(__name__)
REF_MAX_CHARS = 80
Stop = Literal["stopped", "spared", "open"]


@transaction.atomic
def count_usage(
    session: Session,
    kind: Kind,
    ref: str,
    told: dict[str, Any],
    *,
    provider: str,
    model: str,
    status: str = "",
) -> Usage:
    """Write down what an engine told of something done in a talk or of it, at today's price.

    The same `ref` again returns the row that is there, as it is. `model` is the one that did the
    work, which for a transcription is not that of the talk.
    """
    ref = _short(ref)
    member = None if kind == "summary" else session.member
    fields = _fields(member, read_usage(kind, told), provider, model)
    fields |= {"persona_id": session.persona_id, "status": status[:12]}
    row, new = Usage.objects.get_or_create(session=session, kind=kind, ref=ref, defaults=fields)
    _log(row, new, session=session.pk.hex)
    return row


@transaction.atomic
def count_translation(
    member: Member, ref: str, told: dict[str, Any], *, provider: str, model: str
) -> Usage:
    """Write down what a stretch of interpreting for `member` took: it belongs to no talk.

    The same `ref` again returns the row that is there, as it is.
    """
    fields = _fields(member, read_usage("translation", told), provider, model)
    row, new = Usage.objects.get_or_create(
        session=None, kind=Usage.Kind.TRANSLATION, ref=_short(ref), defaults=fields
    )
    _log(row, new)
    return row


def _short(ref: str) -> str:
    """A foreign server's id may be longer than a column: shorter, and still one of its own."""
    return ref if len(ref) <= REF_MAX_CHARS else hashlib.sha256(ref.encode()).hexdigest()


def _fields(member: Member | None, used: Tokens, provider: str, model: str) -> dict[str, Any]:
    """The columns of a row of today, at today's price. No `member`: the site alone pays."""
    now = clock.now()
    day = site_day(now)
    cost, priced_by = _priced(used, provider, model, day)
    fields = {name: getattr(used, name) for name in Tokens.__struct_fields__}
    return fields | {
        "member": member,
        "provider": provider[:60],
        "model": model[:80],
        "cost": cost,
        "priced_by": priced_by,
        "member_day": day if member is None else member_day(member, now),
        "house_day": day,
    }


def _log(row: Usage, new: bool, **of: str) -> None:
    written = {"kind": row.kind, "ref": row.ref, "new": new, "cost": str(row.cost)} | of
    transaction.on_commit(lambda: log.info("usage", **written))


def _priced(used: Tokens, provider: str, model: str, day: date) -> tuple[Decimal | None, Any]:
    """USD and the day of the price; (None, None) where there is no price for what was used."""
    row = price_of(provider, model, day)
    if row is None:
        return None, None
    names = [name for name in Prices.__struct_fields__ if name != "second"]
    prices = Prices(**{name: getattr(row, name) for name in names}, second=row.a_second)
    cost = price(used, prices)
    return cost, None if cost is None else row.from_date


def tell_of_budget(session: Session, budget: Budget, cost: Decimal) -> None:
    """After something that cost `cost` was counted: notices, and a bell to the other talks.

    Doing it again says nothing twice: only the bell may ring once more.
    """
    _notice_site(budget.site)
    if (
        budget.member.near
        and not budget.reached
        and not is_spared(session.member_id, session.floor)
    ):
        _notice_member(session, budget.member)
    if crossed(budget.site, cost):
        _ring(Session.objects.live())
    elif crossed(budget.member, cost):
        _ring(Session.objects.for_member(session.member).live())


def crossed(status: BudgetStatus, cost: Decimal) -> bool:
    """Whether it was this cost that reached the limit."""
    before = BudgetStatus(status.spent - cost, status.limit, status.day, status.opens_at)
    return status.reached and not before.reached


@transaction.atomic
def _notice_member(session: Session, status: BudgetStatus) -> None:
    """Once in a talk and day."""
    client_id = f"budget-{WARN_PERCENT}-{status.day}"
    if session.turns.of_page(client_id).exists():
        return
    words = near_words(session.member, status)
    record_turn(session, Turn.Speaker.SYSTEM, words, client_id=client_id)


def _notice_site(status: BudgetStatus) -> None:
    """For the console: each once a day."""
    for percent in (WARN_PERCENT, FULL_PERCENT):
        if status.percent < percent:
            continue
        _row, new = HouseNotice.objects.get_or_create(day=status.day, percent=percent)
        if new:
            log.warning("site_budget", percent=percent, day=str(status.day))


@transaction.atomic
def _ring(sessions: Any) -> None:
    """Other talks look at their budget now; one that misses this looks after its next answer."""
    for session in sessions.only("pk"):
        publish(session.group, wire.BudgetReached())


@transaction.atomic
def stop_for_budget(session: Session) -> Stop:
    """End the talk with the reviewed sentence in its thread, if a budget is reached.

    "spared": not now, a person or a hold has it. "open": no budget is reached (any more). The
    session's row is locked as a call for a person locks it: one of the two is first.
    """
    Session.objects.filter(pk=session.pk).update(last_seq=F("last_seq"))
    session.refresh_from_db(fields=["floor", "floor_epoch", "last_seq", "ended_at"])
    if session.ended_at is not None:
        return "stopped"
    if is_spared(session.member_id, session.floor):
        return "spared"
    budget = budget_of(session.member)
    if not budget.reached:
        return "open"
    words = stop_words(session.member, budget)
    client_id = f"budget-{FULL_PERCENT}-{budget.member.day}"
    record_turn(session, Turn.Speaker.SYSTEM, words, client_id=client_id)
    end_session(session)
    log.info("talk_stopped_by_budget", session=session.pk.hex, site=budget.site.reached)
    return "stopped"
