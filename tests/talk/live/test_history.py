"""What the next engine is told of a talk."""

import json

import pytest

from coach.talk.actions import record_turn
from coach.talk.live import history
from coach.talk.live.history import history_of
from coach.voice.limits import HISTORY_TURNS

pytestmark = pytest.mark.django_db


def done(session, number, output, name="log_meal", asked=""):
    call = {"call_id": f"c{number}", "name": name, "asked": asked}
    session.tool_calls.create(**call, output=json.dumps(output))


def lines(session):
    return [(line.speaker, line.text) for line in history_of(session)[0]]


def test_what_was_done_and_not_told_stands_where_it_was_done(session):
    record_turn(session, "member", "I had a kiwi", item_id="m1")
    done(session, 1, {"say": "A kiwi."})
    record_turn(session, "member", "I had a plum", item_id="m2")
    assert lines(session) == [
        ("member", "I had a kiwi"),
        ("coach", "A kiwi."),
        ("member", "I had a plum"),
    ]


def test_what_was_said_while_a_tool_ran_is_below_what_it_did(session):
    """The tool wrote its row last: by the time alone the kiwi would pass for answered."""
    record_turn(session, "member", "I had a pear", item_id="m1")
    record_turn(session, "member", "I had a kiwi", item_id="m2")
    done(session, 1, {"say": "A pear."}, asked="m1")
    assert lines(session) == [
        ("member", "I had a pear"),
        ("coach", "A pear."),
        ("member", "I had a kiwi"),
    ]


def test_what_the_coach_has_told_is_not_told_for_it(session):
    record_turn(session, "member", "I had a kiwi", item_id="m1")
    done(session, 1, {"say": "A kiwi."})
    record_turn(session, "coach", "A kiwi is in.", item_id="c1")
    assert lines(session) == [("member", "I had a kiwi"), ("coach", "A kiwi is in.")]


def test_what_failed_or_says_nothing_was_not_done(session):
    record_turn(session, "member", "I had a kiwi", item_id="m1")
    done(session, 1, {"error": "tool_failed", "say": "Sorry."})
    done(session, 2, {"say": ""})
    assert lines(session) == [("member", "I had a kiwi")]


def test_what_was_only_read_is_not_told_for_the_coach(session, monkeypatch):
    """Its row may be written after the answer that tells it: it would be said twice."""
    monkeypatch.setattr(history, "is_reading", lambda name: name == "day_summary")
    record_turn(session, "member", "how much have I had?", item_id="m1")
    record_turn(session, "coach", "900 kilocalories.", item_id="c1")
    done(session, 1, {"say": "900 kilocalories."}, name="day_summary")
    assert lines(session)[1:] == [("coach", "900 kilocalories.")]


def test_notices_are_told_to_no_engine_and_take_no_place(session):
    record_turn(session, "member", "I had a kiwi", item_id="m1")
    for _ in range(HISTORY_TURNS):
        record_turn(session, "system", "I could not make that out. Please say it again.")
    assert lines(session) == [("member", "I had a kiwi")]


def test_a_turn_is_told_with_its_item(session):
    record_turn(session, "member", "I had a kiwi", item_id="text-t1")
    assert [line.item_id for line in history_of(session)[0]] == ["text-t1"]
