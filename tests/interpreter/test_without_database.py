"""A database that is away for a moment ends no conversation."""

import pytest
from django.db import OperationalError

from coach.interpreter.live import page, spending
from coach.interpreter.live.making import Plan
from coach.interpreter.live.party import Party
from coach.interpreter.readiness import engine_of
from tests.support.page_client import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


def away(*_args):
    raise OperationalError


class Costs:
    """What interprets, and has used nothing."""

    def take_spent(self):
        return []


async def test_a_budget_that_cannot_be_asked_stops_nobody(meeting, monkeypatch):
    monkeypatch.setattr(spending, "refusal", away)
    plan = Plan(await in_thread(engine_of)("", ""), True, "m", "", ("a",))
    counts = spending.Spending(Party(meeting, "a", "socket", None), plan)
    assert await counts.count(Costs()) == ""


async def test_lines_that_cannot_be_read_come_later(meeting, monkeypatch):
    shown = page.MeetingPage(Party(meeting, "a", "socket", None), None, 0)
    monkeypatch.setattr(shown, "_lines", away)
    await shown.show_lines()
    assert shown.lacks(1)
