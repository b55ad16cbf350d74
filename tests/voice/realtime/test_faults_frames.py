"""Frames that are broken, unknown, doubled or too large: the talk goes on as if they were not."""

import base64
import json

import pytest

from coach.voice import limits
from coach.voice.inputs import Interrupt, PlaybackProgress
from tests.support.relay_stage import Host, talking, until
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    all_words,
    call,
    created,
    done,
    fault,
    item_done,
    member_says,
    sound,
    spoken,
    transcribed,
    whole,
    words,
)

BROKEN = [
    "no json",
    "[1, 2]",
    "null",
    '{"type": 7}',
    "{}",
    b"\x00\xff\x00",
    '{"type": "error"}',
    json.dumps(sound("r1", "c1", b"") | {"delta": "not base64!"}),
    json.dumps(sound("r1", "c1", b"") | {"delta": 5}),
]
UNKNOWN = [
    {"type": "conversation.item.imagined", "item": {"id": "i"}},
    {"type": "response.cancelled", "response": {"id": "r0"}},
    {"type": "rate_limits.updated", "rate_limits": []},
    {"type": "conversation.created", "conversation": {"id": "c"}},
    {"type": "response.mcp_call.in_progress", "output_index": 0, "item_id": "i"},
]


@pytest.fixture
def host():
    return Host()


async def heard(relay, page, host, ms=400):
    """The page plays all that came; the coach's turn is then written."""
    await until(lambda: sum(f[2] for f in page.frames) == ms * 48)
    await relay.dispatch(PlaybackProgress(1, 0, ms))
    await until(lambda: len(host.turns) == 2)


@pytest.mark.parametrize("junk", [BROKEN, UNKNOWN], ids=["broken", "unknown"])
async def test_between_all_the_others_they_change_nothing(host, junk):
    answer = [frame for message in whole("r1", "c1", "Hi there.") for frame in (*junk, message)]
    script = [Step("response.create", answer)]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await engine.emit(*junk, *[f for m in member_says("m1", "Hello") for f in (m, *junk)])
        await heard(relay, page, host)
        engine.assert_complete()
    assert host.written == [("member", "Hello", False), ("coach", "Hi there.", False)]
    assert page.errors == []
    assert host.calls == []


async def test_unknown_fields_are_read_over(host):
    extra = {"obfuscation": "x", "phase": "final_answer", "logprobs": [1], "new": {"a": 1}}
    answer = [message | extra for message in whole("r1", "c1", "Hi there.")]
    script = [
        Step(None, [message | extra for message in member_says("m1", "Hello")]),
        Step("response.create", answer),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await heard(relay, page, host)
        engine.assert_complete()
    assert len(host.turns) == 2


async def test_optional_fields_may_be_missing_or_null(host):
    delta = base64.b64encode(bytes(400 * 48)).decode()
    kind = "response.output_audio.delta"
    script = [
        Step(None, member_says("m1", "Hello")),
        Step(
            "response.create",
            [
                {"type": "response.created", "response": {"id": "r1", "metadata": None}},
                words("r1", "c1", "Hi there."),
                {
                    "delta": delta,
                    "item_id": "c1",
                    "response_id": "r1",
                    "content_index": None,
                    "type": kind,
                },
                {"type": "response.done", "response": {"id": "r1", "usage": None}},
            ],
        ),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await heard(relay, page, host)
        engine.assert_complete()
    assert host.written[1] == ("coach", "Hi there.", False)


async def test_what_is_told_twice_counts_once(host):
    twice = [
        message
        for message in (
            created("r1"),
            words("r1", "c1", "Hi there."),
            all_words("r1", "c1", "Hi there."),
        )
        for _ in range(2)
    ]
    ends = [item_done("r1", "c1")] * 2 + [done("r1", usage={"total_tokens": 5})] * 2
    says = [m for message in [*spoken("m1"), transcribed("m1", "Hello")] for m in (message,) * 2]
    script = [
        Step(None, says),
        Step("response.create", [*twice, sound("r1", "c1", bytes(400 * 48)), *ends]),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await heard(relay, page, host)
        engine.assert_complete()
    assert host.written == [("member", "Hello", False), ("coach", "Hi there.", False)]
    assert page.errors == []


async def test_a_call_told_twice_runs_once_and_is_answered_once(host):
    twice = [call("r1", "call1", "log_meal")] * 2
    script = [
        Step(None, member_says("m1", "I had eggs")),
        Step("response.create", [created("r1"), *twice, done("r1"), done("r1")]),
        Step("conversation.item.create", [call("r1", "call1", "log_meal")]),
        Step("response.create", whole("r2", "c2", "Logged.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        engine.assert_complete()
    assert len(host.calls) == 1


async def test_a_second_response_that_nobody_asked_for_is_stopped_and_not_said(host):
    def by_id(message):
        assert message["response_id"] == "r7"

    strange = [words("r7", "c7", "Spam"), sound("r7", "c7", bytes(4800))]
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), *strange, *whole("r1", "c1", "Hi there.")[1:]]),
        Step("response.cancel", [*strange, done("r7", "cancelled"), *strange], check=by_id),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await heard(relay, page, host)
        engine.assert_complete()
    assert [t.text for t in host.turns] == ["Hello", "Hi there."]
    assert not any("Spam" in c["text"] for c in page.of("caption"))


async def test_a_frame_that_is_too_large_costs_the_connection_and_no_more(host, monkeypatch):
    monkeypatch.setattr(limits, "ENGINE_MESSAGE_MAX_BYTES", 64 * 1024)
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.01)
    large = [created("r1"), sound("r1", "c1", bytes(100_000))]
    scripts = [
        [Step(None, member_says("m1", "Hello")), Step("response.create", large)],
        [
            Step("conversation.item.create"),
            Step("response.create", whole("r1", "c1", "Hi there.")),
        ],
    ]
    async with ScriptedEngine(scripts) as engine, talking(engine, host) as (relay, page, _):
        await heard(relay, page, host)
        engine.assert_complete()
    assert page.errors == []
    assert "reconnecting" not in page.states
    assert len(host.turns) == 2


async def test_a_cancel_that_met_nothing_is_nobodys_business(host):
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), sound("r1", "c1", bytes(48_000))]),
        Step("response.cancel", [done("r1"), fault("response_cancel_not_active", "cancel-2")]),
        Step("conversation.item.delete", [fault("item_not_found", "delete-3")]),
        Step(None, member_says("m2", "Go on")),
        Step("response.create", whole("r2", "c2", "Yes.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: page.frames)
        await relay.dispatch(Interrupt())
        await until(lambda: any(f[0] == 2 for f in page.frames))
        engine.assert_complete()
    assert page.errors == []
