"""The Brief of a talk, as it is kept while the talk is live."""

import pytest

from coach.talk.actions import record_turn
from coach.talk.brief import make_brief, thaw
from coach.talk.live.start import look_up_start
from coach.talk.models import Session, Turn

pytestmark = pytest.mark.django_db


def test_talks_with_the_same_tools_share_them(begun, maya):
    first, second = (Session.objects.get(pk=begun.pk) for _ in range(2))
    assert thaw(first).tools == make_brief(begun.persona, member_name="Maya").tools
    assert thaw(first).tools is thaw(second).tools


def test_a_live_talk_keeps_no_second_copy_of_its_tools(begun, maya):
    session = Session.objects.get(pk=begun.pk)
    start = look_up_start(session)
    assert start.brief.tools
    assert start.brief.tools is session.tools
    assert "tools" not in session.brief


def test_a_page_that_comes_back_is_spoken_to_at_the_pace_that_was_wished(begun):
    for text in ("Slower, please.", "I had eggs.", "Could you speak more slowly?"):
        record_turn(begun, Turn.Speaker.MEMBER, text)
    assert look_up_start(begun).pace == 2
    record_turn(begun, Turn.Speaker.COACH, "Normal speed, please.")
    assert look_up_start(begun).pace == 2
    record_turn(begun, Turn.Speaker.MEMBER, "Normal speed, please.")
    assert look_up_start(begun).pace == 0


def test_other_tools_are_another_list(begun):
    brief = make_brief(begun.persona, member_name="Maya", tools=[])
    assert brief.tools == []
    assert thaw(begun).tools != []
