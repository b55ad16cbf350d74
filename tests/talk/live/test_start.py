"""How a talk stands when a page connects: what still waits for an answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coach import wire
from coach.talk import limits
from coach.talk.actions import (
    add_card,
    record_turn,
)
from coach.talk.live.history import is_answer_pending
from coach.talk.models import Floor, Note, ToolCall, Turn
from tests.support.live_talk import engine_for, history
from tests.support.page_client import open_page
from tests.support.scripted_engine import (
    Step,
    whole,
)

pytestmark = pytest.mark.django_db(transaction=True)


async def test_what_was_typed_while_no_engine_came_is_answered_once_by_the_next(
    begun, maya, settings, monkeypatch
):
    monkeypatch.setattr("coach.voice.limits.RECONNECT_FOR_S", 0.0)
    answer = [*history(2), Step("response.create", whole("r1", "c1", "Logged."))]
    async with engine_for(settings, answer, history(3), refusals=[503, 503]) as engine:
        async with open_page(begun, maya) as page:
            await page.send({"type": "text", "id": "t-1", "text": "log a tomato"})
            await page.until("turn", client_id="t-1")
            error = await page.until("error", code="engine_unavailable")
            assert error["fatal"] is True
            assert await page.until_closed() == wire.PageClose.FAILED
        async with open_page(begun, maya) as page:
            await page.send({"type": "text", "id": "t-1", "text": "log a tomato"})
            await page.until("turn", text="Logged.")
        async with open_page(begun, maya) as page:
            await page.until("state", state="listening")
        engine.assert_complete()
    assert await Turn.objects.filter(speaker="member").acount() == 1


def _tool_has_run(session):
    ToolCall.objects.create(session=session, call_id="k1", name="note", output="{}")


def _tool_of_earlier_words_has_ended(session):
    ToolCall.objects.create(session=session, call_id="k1", name="note", output="{}", asked="m0")
    add_card(session, "meal", "1")


def _answered(session):
    record_turn(session, "coach", "Logged.", item_id="c1")


def _sent_as_a_note(session):
    Note.objects.create(session=session, client_id="t-1", kind=Note.Kind.TEXT)


def _long_ago(session):
    session.turns.update(created_at=timezone.now() - timedelta(seconds=limits.ANSWER_PENDING_S + 1))


def _noticed(session):
    record_turn(session, "system", "I did not hear that.")


def _held(session):
    session.floor = Floor.SAFETY_HOLD


@pytest.mark.parametrize(
    ("since", "pending"),
    [
        (lambda session: None, True),
        (_tool_has_run, False),
        (_tool_of_earlier_words_has_ended, True),
        (_answered, False),
        (_sent_as_a_note, False),
        (_long_ago, False),
        (_held, False),
        (_noticed, True),
    ],
)
def test_an_answer_is_pending_to_what_was_typed_last_unless_something_came_of_it(
    begun, since, pending
):
    assert is_answer_pending(begun) is False
    record_turn(begun, "member", "log a tomato", item_id="m1", client_id="t-1", source="text")
    since(begun)
    assert is_answer_pending(begun) is pending
