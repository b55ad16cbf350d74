"""Messages on the wire: what they look like, and that nothing else is read."""

import json
import struct
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import wire
from coach.wire import vocabulary
from coach.wire.base import MESSAGE_MAX_CHARS
from tests.support.messages import DIRECTIONS, any_of, messages_of, types_of

# What today's pages send, and what they are sent: the browser's code reads and writes just this.
UP = [
    ('{"type": "hello", "since": 7}', wire.Hello(7)),
    ('{"type": "hello"}', wire.Hello(0)),
    ('{"type": "text", "id": "a-1", "text": "Tea"}', wire.Text("a-1", "Tea")),
    (
        '{"type": "heard", "generation": 2, "item": 3, "ms": 250}',
        wire.HeardAudio(2, 3, 250.0),
    ),
    ('{"type": "interrupt"}', wire.InterruptCoach()),
    ('{"type": "mute", "on": true}', wire.Mute(True)),
    ('{"type": "talk_mode", "push": false}', wire.TalkModeChosen(False)),
    ('{"type": "held", "down": true}', wire.ButtonHeld(True)),
    ('{"type": "end"}', wire.End()),
    ('{"type": "ping"}', wire.Ping()),
]
DESK_UP = [
    ('{"type": "watch", "case": 4}', wire.WatchCase(4)),
    ('{"type": "unwatch"}', wire.UnwatchCase()),
    ('{"type": "typing"}', wire.TypingAtDesk()),
    ('{"type": "ping"}', wire.Ping()),
]
DOWN = [
    (
        wire.Ready("s-1", 3, wire.EngineInfo(wire.Capabilities(scripted=True, images=False))),
        {
            "type": "ready",
            "session": "s-1",
            "generation": 3,
            "engine": {"capabilities": {"scripted": True, "images": False}},
        },
    ),
    (wire.StateChanged("listening"), {"type": "state", "state": "listening"}),
    (wire.WaitingPlace(2), {"type": "waiting", "position": 2}),
    (
        wire.Caption("coach", "c1", "Hi"),
        {"type": "caption", "speaker": "coach", "item": "c1", "text": "Hi"},
    ),
    (wire.CaptionDropped("c1"), {"type": "drop", "item": "c1"}),
    (
        wire.Turn(4, "member", "Maya", None, "t-1", "Tea", False, "2026-03-10T11:00:00+00:00"),
        {
            "type": "turn",
            "seq": 4,
            "speaker": "member",
            "author": "Maya",
            "item": None,
            "client_id": "t-1",
            "text": "Tea",
            "interrupted": False,
            "at": "2026-03-10T11:00:00+00:00",
        },
    ),
    (wire.Card(5, "meal", "/c/5/"), {"type": "card", "seq": 5, "kind": "meal", "url": "/c/5/"}),
    (wire.DataChanged("day"), {"type": "changed", "what": "day"}),
    (wire.ClearPlayback(4), {"type": "clear", "generation": 4}),
    (
        wire.FloorState("expert", 6, "Asha", voice=True),
        {"type": "floor", "floor": "expert", "epoch": 6, "name": "Asha", "voice": True},
    ),
    (
        wire.Error("idle", "Are you there?", True),
        {"type": "error", "code": "idle", "message": "Are you there?", "fatal": True},
    ),
    (wire.Ended("/talk/1/"), {"type": "ended", "url": "/talk/1/"}),
    (wire.Beat(), {"type": "beat"}),
    (wire.Pong(), {"type": "pong"}),
    (wire.DeskReady(), {"type": "ready"}),
    (wire.WatchingCase(8), {"type": "watching", "case": 8}),
    (wire.CaseRefused(8), {"type": "refused", "case": 8}),
    (wire.QueueChanged(9), {"type": "queue", "version": 9}),
    (wire.TalksChanged(), {"type": "talks"}),
    (wire.OfferMade(1), {"type": "offer", "offer": 1}),
    (wire.OfferEnded(1), {"type": "offer_gone", "offer": 1}),
    (wire.OwnershipChanged(8), {"type": "owned", "escalation": 8}),
    (
        wire.OwnershipChanged(8, warn=True),
        {"type": "owned", "escalation": 8, "warn": True},
    ),
    (wire.PresenceChanged("away"), {"type": "presence", "status": "away"}),
]


@pytest.mark.parametrize(("text", "message"), UP)
def test_a_page_is_read_as_it_speaks(text, message):
    assert wire.read_from_page(text) == message


@pytest.mark.parametrize(("text", "message"), DESK_UP)
def test_a_desk_is_read_as_it_speaks(text, message):
    assert wire.read_from_desk(text) == message


@pytest.mark.parametrize(("message", "sent"), DOWN)
def test_a_message_is_sent_as_pages_read_it(message, sent):
    assert json.loads(wire.encode(message)) == sent


def test_there_is_an_example_of_every_message_of_a_browser():
    assert {type(message) for _, message in UP} == set(messages_of(wire.FromPage))
    assert {type(message) for _, message in DESK_UP} == set(messages_of(wire.FromDesk))
    shown = {type(message) for message, _ in DOWN}
    of_cases = {wire.CaseCaption, wire.CaseTurn, wire.CaseCard, wire.CaseFloor, wire.CaseEnded}
    of_cases |= {wire.CaseColleague, wire.CaseNoted}
    assert shown | of_cases == {*messages_of(wire.ToPage), *messages_of(wire.ToDesk)}


@pytest.mark.parametrize("read", [wire.read_from_page, wire.read_from_desk])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{not json",
        "7",
        "null",
        "[]",
        "{}",
        '{"type": 3}',
        '{"type": "fly"}',
        '{"type": "ping", "more": 1}',  # a field that is none of ours
        '{"type": "ping"} {"type": "ping"}',
        '{"type": "watch", "case": "4"}',
        '{"type": "watch", "case": true}',
        '{"type": "watch", "case": 4, "since": 1}',
        '{"type": "mute", "on": 1}',
        '{"type": "mute"}',
        '{"type": "text", "id": 4, "text": "Tea"}',
        '{"type": "hello", "since": null}',
        '{"type": "ready"}',  # what only the server says
        '{"more":' + "[" * 20_000,  # deeper than a decoder goes
    ],
)
def test_nothing_else_is_read(read, text):
    with pytest.raises(ValueError, match=r"."):
        read(text)


def test_a_message_may_be_long_but_not_without_end():
    def text_of(length):
        head, tail = '{"type": "text", "id": "a", "text": "', '"}'
        return head + "x" * (length - len(head) - len(tail)) + tail

    assert len(wire.read_from_page(text_of(MESSAGE_MAX_CHARS)).text) > 32_000
    with pytest.raises(ValueError, match="too long"):
        wire.read_from_page(text_of(MESSAGE_MAX_CHARS + 1))


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_whatever_the_fields_hold_arrives_as_it_was_sent(direction):
    union = DIRECTIONS[direction]

    @given(any_of(union))
    def check(message):
        assert msgspec.json.decode(wire.encode(message), type=union) == message

    check()


@given(any_of(wire.TalkPush))
def test_a_push_to_a_talk_arrives_as_it_was_published(push):
    carried = msgspec.msgpack.decode(msgspec.msgpack.encode(wire.pack(push)))
    assert carried["type"] == "push"
    assert wire.read_talk_push(carried) == push


@given(any_of(wire.DeskPush))
def test_a_push_to_the_desk_arrives_as_it_was_published(push):
    carried = msgspec.msgpack.decode(msgspec.msgpack.encode(wire.pack(push)))
    assert wire.read_desk_push(carried) == push


@pytest.mark.parametrize("read", [wire.read_talk_push, wire.read_desk_push])
@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"type": "turn", "seq": 1, "colour": "red"}, "turn"),
        ({"type": "turn"}, "turn"),
        ({"type": "weather"}, "weather"),
        ({"type": "x" * 500}, "x" * 40),
        ({"seq": 1}, ""),
        ({"type": 7}, ""),
        ("turn", ""),
        (None, ""),
    ],
)
def test_a_push_of_another_version_is_named_by_its_type(read, event, kind):
    with pytest.raises(wire.UnknownMessage) as raised:
        read({"type": "push", "event": event})
    assert raised.value.kind == kind


@given(any_of(wire.WatchPush))
def test_a_desk_is_told_of_a_talk_with_its_case(push):
    told = wire.of_case(push, 12)
    assert msgspec.to_builtins(told) == {**msgspec.to_builtins(push), "case": 12}


@given(any_of(wire.LineWords), st.binary(max_size=40))
def test_what_one_persons_process_has_for_the_others_page_arrives(words, sound):
    assert wire.read_passed(wire.Passed(words=words).pack()) == wire.Passed(words=words)
    assert wire.read_passed(wire.Passed(sound=sound).pack()) == wire.Passed(sound=sound)
    for foreign in (b"", b"x" + sound, b"w" + sound, b"w{}"):
        assert wire.read_passed(foreign) is None


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_no_two_messages_of_a_direction_have_one_type(direction):
    union = DIRECTIONS[direction]
    assert len(types_of(union)) == len(messages_of(union))


def test_messages_do_not_change():
    with pytest.raises(AttributeError):
        wire.Ping().type = "pong"
    for union in DIRECTIONS.values():
        for message in messages_of(union):
            config = message.__struct_config__
            assert config.frozen, message
            assert config.forbid_unknown_fields, message
            assert config.tag_field == "type", message


def test_each_word_has_a_meaning():
    words = {
        "speaker": vocabulary.Speaker,
        "floor": vocabulary.Floor,
        "state": vocabulary.PageState,
        "what": vocabulary.Region,
        "side": vocabulary.Side,
        "stage": vocabulary.InterpreterStage,
    }
    assert {name: set(get_args(literal)) for name, literal in words.items()} == {
        name: set(meanings) for name, meanings in vocabulary.MEANINGS.items()
    }


def test_sound_has_a_header_of_eight_bytes():
    assert wire.audio_header(70_000, 3) == struct.pack("<I", 70_000) + bytes([3, 0, 0, 0])


def test_close_codes_are_ours_to_give():
    for codes in (wire.PageClose, wire.DeskClose, wire.InterpreterClose):
        assert all(4000 <= code < 5000 and code.meaning for code in codes)
        assert len({code.value for code in codes}) == len(list(codes))
