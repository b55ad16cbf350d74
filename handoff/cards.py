"""Cards that the desk puts into the thread: help in a crisis, and how the call stands."""

from typing import Any

from coach.talk.models import Card
from coach.talk.registries.cards import card
from handoff.models import Escalation
from handoff.safety.crisis import resources_for
from handoff.safety.status import status_of


def _escalation(ref: str) -> Escalation | None:
    pk = ref.split(":")[0]
    return (
        Escalation.objects.select_related("session", "member", "owner__user", "preferred__user")
        .filter(pk=pk)
        .first()
        if pk.isdigit()
        else None
    )


@card("crisis")
def crisis(row: Card) -> tuple[str, dict[str, Any]] | None:
    """Numbers to call now, by the member's country."""
    return _help(row, "handoff/cards/crisis.html")


@card("safety")
def safety(row: Card) -> tuple[str, dict[str, Any]] | None:
    """Where to find help soon, calmer than the crisis card."""
    return _help(row, "handoff/cards/safety.html")


def _help(row: Card, template: str) -> tuple[str, dict[str, Any]] | None:
    escalation = _escalation(row.ref)
    if escalation is None:
        return None
    code = row.ref.partition(":")[2] or escalation.code
    resources = resources_for(code, escalation.member.time_zone)
    medical = code.startswith(("MED", "ED-E", "SUP", "SUB"))
    return template, {
        "escalation": escalation,
        "status": status_of(escalation),
        "resources": resources,
        "medical": medical,
    }


@card("person")
def person(row: Card) -> tuple[str, dict[str, Any]] | None:
    """How the call for a person stands."""
    escalation = _escalation(row.ref)
    if escalation is None:
        return None
    return "handoff/cards/person.html", {
        "escalation": escalation,
        "session": escalation.session,
        "status": status_of(escalation),
    }
