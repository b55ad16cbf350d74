"""Answers and words that come late, broken, or never."""

import pytest

from coach.voice import limits
from coach.voice.inputs import PlaybackProgress
from tests.support.relay_stage import LOUD, Host, ManualClock, talking, until
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    created,
    done,
    fault,
    item_done,
    member_says,
    spoken,
    transcribed,
    whole,
)

HELLO = ("member", "Hello", False)


@pytest.fixture
def host():
    return Host()


@pytest.fixture
def clock():
    return ManualClock()


def unhurt(page):
    """The member saw nothing of it."""
    assert page.errors == []
    assert not {"reconnecting", "ended"} & set(page.states)


# --- no answer, or none that can be heard --------------------------------------------------------


async def test_a_second_create_that_is_refused_is_repeated_after_the_first_response(host):
    refused = fault("conversation_already_has_active_response", "create-1")
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [refused, done("theirs")]),
        Step("response.create", whole("r2", "c2", "Hi there.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        engine.assert_complete()
    unhurt(page)


async def test_a_silent_response_is_asked_for_once_more_then_told(host, clock):
    silent = [
        [created(r), item_done(r, "c"), done(r, usage={"total_tokens": 3})] for r in ("r1", "r2")
    ]
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", silent[0]),
        Step("response.create", silent[1]),
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await clock.until(lambda: page.errors)
        await clock.advance(30)
        engine.assert_complete()
    assert page.errors == [("silent", False)]
    assert page.states[-1] == "listening"
    assert host.written == [HELLO]


@pytest.mark.parametrize("created_first", [True, False])
async def test_a_quota_that_is_used_up_is_told_at_once(host, clock, created_first):
    error = {"type": "insufficient_quota", "code": "insufficient_quota", "message": "no"}
    failed = [done("r1", "failed", type="failed", error=error)]
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), *failed] if created_first else failed),
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await until(lambda: page.errors)
        await clock.advance(30)
        engine.assert_complete()
    assert page.errors == [("insufficient_quota", False)]


async def test_a_rate_limit_is_waited_out_once_then_told(host, clock):
    error = {"type": "x", "code": "inference_rate_limit_exceeded", "message": "no"}
    script = [Step(None, member_says("m1", "Hello"))]
    script += [
        Step("response.create", [created(r), done(r, "failed", error=error)]) for r in ("r1", "r2")
    ]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await clock.until(lambda: page.errors)
        await clock.advance(30)
        engine.assert_complete()
    assert page.errors == [("busy", False)]


@pytest.mark.parametrize(
    ("reason", "code"), [("content_filter", "filtered"), ("max_output_tokens", "incomplete")]
)
async def test_an_answer_that_was_cut_short_is_said_to_be(host, reason, code):
    half = [*whole("r1", "c1", "One two")[:3], done("r1", "incomplete", reason=reason)]
    script = [Step(None, member_says("m1", "Hello")), Step("response.create", half)]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: page.errors)
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        await until(lambda: len(host.turns) == 2)
        engine.assert_complete()
    assert page.errors == [(code, False)]
    assert not host.turns[1].interrupted  # nobody cut in
    assert host.turns[1].text.endswith("…")


async def test_an_engine_that_never_answers_is_asked_twice_then_told_and_left(host, clock):
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create"),
        Step("response.create"),
    ]
    async with (
        ScriptedEngine([script, [Step("conversation.item.create")]]) as engine,
        talking(engine, host, clock=clock) as (_, page, _),
    ):
        await clock.until(lambda: page.errors)
        await clock.until(lambda: engine.connections == 2)
        await engine.until("conversation.item.create")
        await clock.advance(60)
        engine.assert_complete()
    assert page.errors == [("no_answer", False)]
    assert page.states[-1] == "listening"


# --- words that come late, or never --------------------------------------------------------------


@pytest.mark.parametrize("how", ["late", "failed", "never"])
async def test_a_transcript_after_the_answer(host, clock, how):
    kind = "conversation.item.input_audio_transcription.failed"
    failed = {"type": kind, "item_id": "m1", "error": {"type": "server_error", "message": "no"}}
    script = [Step("response.create", whole("r1", "c1", "Hi there."))]
    async with (
        ScriptedEngine([script]) as engine,
        talking(engine, host, clock=clock) as (relay, page, _),
    ):
        for _ in range(20):
            relay.page_audio(LOUD)
        await engine.emit(spoken("m1")[0])
        await until(lambda: relay.conversation.speech_in_progress)
        for _ in range(15):
            relay.page_audio(LOUD)
        await engine.emit(*spoken("m1")[1:])
        await until(lambda: len(page.frames) == 4)
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        assert host.turns == []
        if how == "never":
            await clock.advance(limits.TRANSCRIPT_S + 1)
        else:
            await engine.emit(transcribed("m1", "Hello") if how == "late" else failed)
        await until(lambda: host.turns and host.turns[-1].speaker == "coach")
        engine.assert_complete()
    expected = [HELLO] if how == "late" else []
    assert host.notices == ([] if how == "late" else ["unwritten"])
    assert host.written == [*expected, ("coach", "Hi there.", False)]
    assert page.errors == []


async def test_usage_is_counted_where_it_is_told_and_missed_where_not(host):
    usage = {"type": "duration", "seconds": 2}
    script = [
        Step(None, [*spoken("m1"), transcribed("m1", "Hello", usage)]),
        Step("response.create", whole("r1", "c1", "Hi there.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        await engine.emit(*member_says("m2", "Bye"))
        await until(lambda: len(host.turns) >= 1)
    assert [(c.kind, c.usage) for c in host.counted] == [("transcription", usage)]
