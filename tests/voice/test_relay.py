"""A relay between a recorded page, a recorded host and a scripted engine on loopback."""

import asyncio
import json

import pytest

from coach.voice import limits
from coach.voice.conversation import Conversation
from coach.voice.history import history_messages
from coach.voice.inputs import (
    FloorChanged,
    HoldReleased,
    PersonSaid,
    PlaybackProgress,
    TalkMode,
    TextTyped,
)
from coach.voice.interfaces import HistoryLine
from coach.voice.realtime import EngineTarget, connect
from coach.voice.relay import Relay
from tests.support.relay_stage import LOUD, SETTINGS, Host, Page, talking, until
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    call,
    created,
    done,
    member_says,
    sound,
    whole,
    words,
)


@pytest.fixture
def host():
    return Host()


async def test_a_spoken_turn_there_and_back(host):
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", whole("r1", "c1", "Hi there.", 250)),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: len(page.frames) == 3)
        assert page.frames == [(1, 0, 4800), (1, 0, 4800), (1, 0, 2400)]
        await relay.dispatch(PlaybackProgress(1, 0, 250))
        await until(lambda: len(host.turns) == 2)
        engine.assert_complete()
    assert [(t.speaker, t.text) for t in host.turns] == [
        ("member", "Hello"),
        ("coach", "Hi there."),
    ]
    assert [c["text"] for c in page.of("caption")] == ["Hi there.", "Hi there."]


async def test_the_microphone_reaches_the_engine(host):
    async with ScriptedEngine([[]]) as engine, talking(engine, host) as (relay, _, _):
        for _ in range(10):
            relay.page_audio(LOUD)
        await until(lambda: len(engine.mic) == 9600)
        assert bytes(engine.mic[:960]) == LOUD


async def test_what_comes_under_the_button_is_one_utterance(host):
    heard = [m for m in member_says("m1", "Hello") if "speech" not in m["type"]]
    script = [
        Step("input_audio_buffer.clear"),
        Step("input_audio_buffer.clear"),
        Step("input_audio_buffer.commit", heard),
        Step("response.create", whole("r1", "c1", "Hi there.")),
        Step("input_audio_buffer.clear"),
        Step("input_audio_buffer.clear"),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await relay.dispatch(TalkMode(True))
        await relay.button_held(True)
        for _ in range(10):
            relay.page_audio(LOUD)
        await relay.button_held(False)
        await until(lambda: page.frames)
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        await relay.button_held(True)
        relay.page_audio(LOUD)
        await relay.button_held(False)
        await until(lambda: page.errors and len(engine.received) == 6)
        engine.assert_complete()
    assert page.errors == [("too_short", False)]
    assert host.written == [("member", "Hello", False), ("coach", "Hi there.", False)]
    assert '"turn_detection":null' in engine.updates[1]


async def test_odd_or_huge_frames_are_not_audio(host):
    async with ScriptedEngine([[]]) as engine, talking(engine, host) as (relay, _, _):
        relay.page_audio(b"abc")
        relay.page_audio(bytes(limits.MIC_FRAME_MAX_BYTES + 2))
        relay.page_audio(LOUD)
        await until(lambda: engine.mic)
        assert len(engine.mic) == 960


async def test_loud_frames_after_speech_started_interrupt(host):
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), sound("r1", "c1", bytes(96_000))]),
        Step("response.cancel", [done("r1", "cancelled")]),
        Step("conversation.item.truncate"),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: len(page.frames) == 20)
        await relay.dispatch(PlaybackProgress(1, 0, 700))
        await engine.emit(member_says("m2", "")[0])
        await until(lambda: relay.conversation.speech_in_progress)
        for _ in range(5):
            relay.page_audio(bytes(960))
        assert page.of("clear") == []
        for _ in range(10):
            relay.page_audio(LOUD)
        assert page.of("clear") == [{"type": "clear", "generation": 2}]
        await engine.until("response.cancel", "conversation.item.truncate")
        engine.assert_complete()
    truncate = engine.received[-1]
    assert truncate["audio_end_ms"] == 700


async def test_a_tool_call_is_run_and_answered(host):
    def output(message):
        assert message["item"]["call_id"] == "call1"
        assert message["item"]["output"] == '{"say": "Done."}'

    script = [
        Step(None, member_says("m1", "I had eggs")),
        Step("response.create", [created("r1"), call("r1", "call1", "log_meal"), done("r1")]),
        Step("conversation.item.create", check=output),
        Step("response.create", whole("r2", "c2", "Done.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        engine.assert_complete()
    assert host.calls == [("call1", "log_meal", "{}")]


async def test_tools_run_one_after_the_other_in_the_order_of_their_calls(host):
    under_way = []

    async def run_tool(call):
        host.calls.append(call.name)
        under_way.append(call.name)
        assert len(under_way) == 1
        await asyncio.sleep(0.1 if call.name == "log_meal" else 0)
        under_way.remove(call.name)
        return "{}"

    host.run_tool = run_tool
    names = ["log_meal", "days_totals", "log_water"]
    calls = [call("r1", f"call{number}", name) for number, name in enumerate(names)]
    outputs = []
    answered = [
        Step("conversation.item.create", check=lambda m: outputs.append(m["item"])) for _ in names
    ]
    script = [
        Step(None, member_says("m1", "I had eggs. How much was that?")),
        Step("response.create", [created("r1"), *calls, done("r1")]),
        *answered,
        Step("response.create", whole("r2", "c2", "That makes 150.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        engine.assert_complete()
    assert host.calls == names
    assert [item["call_id"] for item in outputs] == ["call0", "call1", "call2"]
    assert {item["output"] for item in outputs} == {"{}"}


async def test_a_tool_that_takes_too_long_is_answered_all_the_same(host, monkeypatch):
    monkeypatch.setattr(limits, "TOOL_S", 0.05)
    host.tool_s = 5
    errors = []
    script = [
        Step(None, member_says("m1", "I had eggs")),
        Step("response.create", [created("r1"), call("r1", "call1", "log_meal"), done("r1")]),
        Step(
            "conversation.item.create",
            check=lambda m: errors.append(json.loads(m["item"]["output"])),
        ),
        Step("response.create"),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host):
        await engine.until("conversation.item.create", "response.create")
    assert errors == [{"error": "timeout", "say": "words for tool_timeout"}]


async def test_a_tool_that_breaks_is_answered_all_the_same(host):
    host.broken = True
    outputs = []
    script = [
        Step(None, member_says("m1", "I had eggs")),
        Step("response.create", [created("r1"), call("r1", "call1", "log_meal"), done("r1")]),
        Step(
            "conversation.item.create",
            check=lambda m: outputs.append(json.loads(m["item"]["output"])),
        ),
        Step("response.create", whole("r2", "c2", "Sorry.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: page.frames)
        engine.assert_complete()
    assert outputs == [{"error": "failure", "say": "words for tool_failed"}]


async def test_what_breaks_unexpectedly_ends_the_run(host):
    async def broken(turn):
        raise RuntimeError("broken")

    host.record_turn = broken
    script = [Step(None, member_says("m1", "Hello")), Step("response.create")]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, _, task):
        await asyncio.wait({task}, timeout=5)
        with pytest.raises(RuntimeError, match="broken"):
            task.result()


async def test_a_held_text_is_not_answered_until_released(host):
    host.hold_on = "grave"
    script = [Step("conversation.item.create"), Step("response.create")]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, _, _):
        await relay.dispatch(TextTyped("t1", "something grave"))
        await engine.until("conversation.item.create")
        await asyncio.sleep(0.05)
        assert engine.types() == ["conversation.item.create"]
        await relay.dispatch(HoldReleased())
        await engine.until("response.create")


async def test_a_refused_turn_takes_its_caption_away(host):
    host.refuse = True
    script = [Step("conversation.item.create"), Step("response.create")]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await relay.dispatch(TextTyped("t1", "Hello"))
        await until(lambda: page.of("drop"))
    assert page.of("drop") == [{"type": "drop", "item": "text-t1"}]


async def test_a_lost_engine_comes_back_with_the_same_brief_and_the_last_turns(host, monkeypatch):
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.01)
    host.lines = [
        HistoryLine("member", "Hello"),
        HistoryLine("coach", "Hi"),
        HistoryLine("expert", "Rest", "Asha"),
    ]
    replay = [Step("conversation.item.create")] * 3
    async with ScriptedEngine([replay, replay]) as engine, talking(engine, host) as (_, page, _):
        await until(lambda: len(engine.received) == 3)
        await engine.drop()
        await until(lambda: len(engine.received) == 6)
        await asyncio.sleep(0.05)
        engine.assert_complete()
    assert engine.updates[0] == engine.updates[1]
    assert engine.received[:3] == engine.received[3:]
    assert [s["state"] for s in page.of("state")] == ["listening"]


async def test_an_experts_words_while_there_is_no_engine_reach_the_next_one_once(host, monkeypatch):
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.2)
    monkeypatch.setattr(limits, "RECONNECTING_SHOWN_S", 0.0)
    replay = [Step("conversation.item.create"), Step("conversation.item.create")]
    async with ScriptedEngine([[], replay]) as engine, talking(engine, host) as (relay, page, _):
        await engine.drop()
        await until(lambda: page.of("state")[-1]["state"] == "reconnecting")
        await relay.dispatch(PersonSaid("Asha", "Rest."))
        await relay.dispatch(PersonSaid("Asha", "Drink."))
        host.lines = [HistoryLine("expert", "Rest.", "Asha")]  # its row was written meanwhile
        await until(lambda: page.of("state")[-1]["state"] == "listening")
        await engine.until("conversation.item.create", "conversation.item.create")
        await asyncio.sleep(0.05)
        engine.assert_complete()
    told = [message["item"]["content"][0]["text"] for message in engine.received]
    assert ["Rest." in told[0], "Drink." in told[1]] == [True, True]


async def test_a_refusal_that_repeats_is_told_and_ends_the_run(host, monkeypatch):
    first = {"type": "error", "error": {"code": "invalid_api_key", "message": "no"}}
    monkeypatch.setattr(limits, "REFUSED_FIRST_S", 0.0)
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.01)
    async with ScriptedEngine([[]] * limits.REFUSALS, first=first) as engine:
        page = Page()
        relay = Relay(
            conversation=Conversation(),
            page=page,
            host=host,
            connect=lambda: connect(EngineTarget(engine.url, "", "m")),
            settings=SETTINGS,
        )
        await asyncio.wait_for(relay.run(), 5)
    assert page.of("error") == [
        {
            "type": "error",
            "code": "invalid_api_key",
            "message": "words for invalid_api_key",
            "fatal": True,
        }
    ]
    assert engine.connections == limits.REFUSALS


async def test_an_engine_that_stays_away_is_given_up(host, monkeypatch):
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.001)
    monkeypatch.setattr(limits, "BACKOFF_MAX_S", 0.001)
    monkeypatch.setattr(limits, "RECONNECT_FOR_S", 0.05)
    page = Page()
    relay = Relay(
        conversation=Conversation(),
        page=page,
        host=host,
        connect=lambda: connect(EngineTarget("ws://127.0.0.1:9/", "", "m")),
        settings=SETTINGS,
    )
    await asyncio.wait_for(relay.run(), 5)
    assert [e["code"] for e in page.of("error")] == ["engine_unavailable"]


async def test_taking_the_floor_reaches_the_page_in_order(host):
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), words("r1", "c1", "One two three"),
                                 sound("r1", "c1", bytes(96_000))]),
        Step("response.cancel", [sound("r1", "c1", bytes(4800)), done("r1", "cancelled")]),
        Step("conversation.item.delete"),
    ]  # fmt: skip
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        await until(lambda: len(page.frames) == 20)
        page.log.clear()
        await relay.dispatch(FloorChanged("expert", 2, "Asha"))
        await engine.until("conversation.item.delete")
        await asyncio.sleep(0.05)
        engine.assert_complete()
    assert page.log == ["clear", "drop", "floor", "state"]


async def test_what_was_heard_is_written_down_when_the_page_leaves(host):
    script = [
        Step(None, member_says("m1", "Hello")),
        Step("response.create", whole("r1", "c1", "One two three four five.", 2000)),
        Step("conversation.item.truncate"),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, task):
        await until(lambda: len(page.frames) == 20)
        await relay.dispatch(PlaybackProgress(1, 0, 1000))
        await relay.end()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert [t.speaker for t in host.turns] == ["member", "coach"]
    assert host.turns[1].partial
    assert "five" not in host.turns[1].text


def test_history_keeps_the_newest_within_its_limits():
    lines = [HistoryLine("member", f"{number} " + "x" * 500) for number in range(100)]
    messages = history_messages(lines)
    assert messages[-1].text.startswith("99 ")
    assert sum(len(m.text) for m in messages) <= limits.HISTORY_MAX_CHARS
    assert [m.text for m in messages] == sorted((m.text for m in messages), key=lambda t: t[:3])


async def test_a_page_is_sent_the_same_at_once_and_by_waiting():
    class Waiting(Page):
        direct = False

    class Moody(Page):
        """Takes every third message by waiting only."""

        asked = 0

        @property
        def direct(self):
            self.asked += 1
            return self.asked % 3 > 0

    sent = []
    for page in (Page(), Waiting(), Moody()):
        script = [
            Step(None, member_says("m1", "Hello")),
            Step("response.create", [created("r1"), *[sound("r1", "c1", bytes(9_600))] * 8]),
        ]
        async with ScriptedEngine([script]) as engine, talking(engine, Host(), page=page):
            await until(lambda page=page: len(page.frames) == 16)
        sent.append((page.frames, [m for m in page.messages if m["type"] != "state"]))
    assert sent[0] == sent[1] == sent[2]
