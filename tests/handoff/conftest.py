"""People and talks that the desk's tests start from, and a clock that they can move."""

import pytest

from coach import after_commit, clock
from coach.people.models import User
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import start_session
from coach.talk.brief import make_brief
from handoff import actions
from handoff.models import Expert
from tests.support.moved_clock import MovedClock


@pytest.fixture
def nudges(monkeypatch):
    """Celery messages that were sent; none is delivered unless a test does it."""
    sent = []
    monkeypatch.setattr(after_commit, "_nudge", lambda task, args: sent.append((task, args)))
    return sent


@pytest.fixture
def pushes(monkeypatch):
    """Pushes that were sent over the channel layer, as (group, event)."""
    sent = []

    def send(groups, event):
        sent.extend((group, event) for group in groups)

    monkeypatch.setattr(after_commit, "_send", send)
    return sent


@pytest.fixture(autouse=True)
def quiet(nudges, pushes):
    """No broker and no channel layer in these tests."""


@pytest.fixture
def time(monkeypatch):
    """The database's clock, which stands still until the test moves it."""
    moved = MovedClock(clock.now())
    monkeypatch.setattr(clock, "now", moved.now)
    return moved


@pytest.fixture
def persona(db):
    return save_persona(
        Persona(
            slug="test-sage",
            name="Sage",
            instructions="You coach.",
            greeting="Hi {name}.",
            tools=["talk_to_human", "handoff_notes"],
        )
    )


@pytest.fixture
def make_session(db, persona):
    """A live talk of a new member."""
    count = iter(range(10_000))

    def make(name="Mina", **fields):
        number = next(count)
        fields = {"time_zone": "Europe/London", "language": "en"} | fields
        member = User.objects.create_user(f"member{number}@x.test", display_name=name, **fields)
        return start_session(member, persona, make_brief(persona, member_name=name))

    return make


@pytest.fixture
def session(make_session):
    return make_session()


@pytest.fixture
def make_expert(db):
    """An expert at the desk, available unless told otherwise."""
    count = iter(range(10_000))

    def make(name="Asha", here=True, **fields):
        user = User.objects.create_user(f"expert{next(count)}@x.test", display_name=name)
        values = {"domains": ["nutrition"], "languages": {"en": "fluent"}, "capacity": 3} | fields
        expert = Expert.objects.create(user=user, **values)
        if here:
            actions.go_available(expert)
            expert.refresh_from_db()
        return expert

    return make


@pytest.fixture
def asha(make_expert):
    return make_expert()


@pytest.fixture
def with_expert(session, asha):
    """A talk that an expert has accepted and joined by text."""

    def make(tier=3, code="ASK"):
        escalation = actions.raise_escalation(session, code, tier, "please")
        actions.claim(escalation, asha)
        escalation = actions.take_floor(escalation, asha, "text")
        session.refresh_from_db()
        return escalation

    return make
