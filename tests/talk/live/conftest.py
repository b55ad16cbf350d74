"""Who talks in the tests of the live talk."""

import asyncio

import pytest
from django.contrib.auth import get_user_model

from coach.personas.models import Persona
from coach.talk.actions import (
    record_turn,
    start_session,
)
from coach.talk.brief import make_brief
from coach.talk.live import admission_redis
from coach.talk.models import Session
from coach.talk.registries import screeners, tools
from coach.talk.registries.tools import NewCard, ToolResult, tool
from tests.support.live_talk import Said


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch):
    monkeypatch.setattr(tools, "_tools", {})
    monkeypatch.setattr(screeners, "_screeners", {})

    @tool("note", "Write it down.", examples=["note this"])
    def note(call: tools.ToolCallContext, args: Said) -> ToolResult:
        return ToolResult("Noted.", cards=(NewCard("note", args.said),), changed=("day",))


@pytest.fixture
async def admission_disconnected():
    """What admission has opened in the test's loop is closed with it."""
    yield
    shared = admission_redis._of_loop.pop(asyncio.get_running_loop(), None)
    if shared is not None:
        await shared.client.aclose()


@pytest.fixture
def people():
    users = get_user_model().objects
    return (
        users.create_user("maya@example.org", display_name="Maya"),
        users.create_user("asha@example.org", display_name="Asha"),
    )


@pytest.fixture
def maya(people):
    return people[0]


@pytest.fixture
def asha(people):
    return people[1]


@pytest.fixture
def session(maya):
    persona = Persona.objects.create(
        slug="sage", name="Sage", instructions="Be kind.", greeting="Hi {name}!", tools=["note"]
    )
    made = start_session(maya, persona, make_brief(persona, member_name="Maya"))
    return Session.objects.select_related("member", "persona").get(pk=made.pk)


@pytest.fixture
def begun(session):
    """A session in which the coach has greeted already."""
    record_turn(session, "coach", "Hi Maya!", item_id="old1")
    return session
