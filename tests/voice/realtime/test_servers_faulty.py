"""Servers of the protocol with faults of their own; each cost a turn, a word or a while."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from coach.voice import limits
from coach.voice.effects import Play, RunTool, ScreenText, ShowCaption, ShowError
from coach.voice.engine_commands import AddPicture, CancelResponse, CreateResponse, ToolOutput
from coach.voice.engine_events import (
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.inputs import (
    Interrupt,
    MemberVoice,
    PersonSaid,
    PictureShown,
    PlaybackProgress,
    TextTyped,
    Tick,
    ToolFinished,
)
from coach.voice.realtime import EngineError, EngineTarget, connect, quirks
from coach.voice.realtime.reader import Reader
from coach.voice.realtime.upstream_names import UpstreamNames
from coach.voice.realtime.wire import parse
from tests.support.conversation_driver import creates, of, states, transcript, turns
from tests.support.dialects import HEARD
from tests.support.relay_stage import SETTINGS, Host, talking, until
from tests.support.scripted_engine import (
    Message,
    ScriptedEngine,
    Step,
    call,
    done,
    fault,
    member_says,
    whole,
)


def errors(effects):
    return [effect.code for effect in of(effects, ShowError)]


def reading(*events, mark=""):
    """What becomes of these events of a server."""
    reader = Reader(mark)
    return [made for event in events for made in reader.read(json.dumps(event).encode())]


# --- names --------------------------------------------------------------------------------------


async def test_one_that_calls_every_item_and_response_the_same_is_heard_and_read():
    host = Host()
    script = [
        Step("response.create", whole("resp", "item", "A banana.")),
        Step("response.create", whole("resp", "item", "An apple.")),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (relay, page, _):
        for number, said in enumerate(("I had a banana", "And an apple"), start=1):
            await engine.emit(*member_says("input", said))
            await until(lambda n=number: len({frame[1] for frame in page.frames}) == n)
            await relay.dispatch(PlaybackProgress(1, number - 1, 400))
            await until(lambda n=number: len(host.turns) == 2 * n)
        engine.assert_complete()
    assert [turn.speaker for turn in host.turns] == ["member", "coach"] * 2
    assert len({turn.item_id for turn in host.turns}) == 4


async def test_a_turn_has_an_id_of_its_own_though_the_next_engine_counts_from_one_again(
    monkeypatch,
):
    """The thread takes a second turn of the same id for the first one told again."""
    monkeypatch.setattr(limits, "BACKOFF_FIRST_S", 0.01)
    host = Host()
    script = [Step("response.create", whole("r1", "c1", "Hi."))]
    async with ScriptedEngine([script, script]) as engine, talking(engine, host) as (_, page, _):
        for number in (1, 2):
            await until(lambda n=number: len(engine.updates) == n)
            await engine.emit(*member_says("m1", f"Number {number}"))
            await until(lambda n=number: sum(size for _, _, size in page.frames) == n * 400 * 48)
            await engine.drop()
        await until(lambda: sum(turn.speaker == "member" for turn in host.turns) == 2)
    ids = [turn.item_id for turn in host.turns if turn.speaker == "member"]
    assert len(set(ids)) == 2


def test_the_server_is_spoken_to_in_its_own_words():
    reader = Reader("mark")
    reader.read(b'{"type": "response.created", "response": {"id": "r1"}}')
    reader.read(b'{"type": "response.done", "response": {"id": "r1"}}')
    again = reader.read(b'{"type": "response.created", "response": {"id": "r1"}}')[0]
    assert again.response_id != "r1"
    assert reader.to_upstream(CancelResponse("e", again.response_id)) == CancelResponse("e", "r1")
    nameless = Reader("mark").read(b'{"type": "response.created"}')[0]
    assert reader.to_upstream(CancelResponse("e", "guide_1")) == CancelResponse("e", "guide_1")
    assert nameless.response_id


def test_names_fit_into_a_column_and_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "RECENT_IDS", 10)
    names = UpstreamNames("12345678")
    ids = {names.new_local("x" * 100_000) for _ in range(50)}
    assert len(ids) == 50
    assert max(map(len, ids)) <= 70
    assert (len(names._local), len(names._names)) == (1, 10)


def test_names_that_come_later_are_bounded_too(monkeypatch):
    monkeypatch.setattr(limits, "RECENT_IDS", 10)
    names = UpstreamNames()
    for number in range(50):
        assert names.adopt(names.unnamed("item"), f"i{number}")
    assert (len(names._local), len(names._names)) == (10, 10)


def test_a_name_in_use_is_not_forgotten(monkeypatch):
    monkeypatch.setattr(limits, "RECENT_IDS", 10)
    names = UpstreamNames("12345678")
    live = names.local("live")
    for number in range(50):
        names.local(f"other {number}")
        assert names.local("live") == live
    assert names.upstream(live) == "live"


def test_a_name_without_an_end_is_known_and_not_kept():
    names = UpstreamNames("12345678")
    first, second = names.local("x" * 100_000 + "1"), names.local("x" * 100_000 + "2")
    assert first != second
    assert names.local("x" * 100_000 + "1") == first
    assert max(len(name) for _, name in names._local) <= limits.ENGINE_NAME_CHARS
    assert not any(names._names.values())
    assert not names.adopt(first, "another")
    assert names.upstream(first) == ""  # it is deleted, or cut, without being told


def test_calls_of_the_same_id_in_two_responses_are_two_calls(asked):
    """Servers number the calls of each response, or give all of them the name of the tool."""
    first = asked.starts_response()
    asked(ToolCalled(first, "call_0", "log_meal", "{}"), ResponseDone(first, "completed"))
    asked(ToolFinished("call_0", "{}"))
    second = asked.starts_response()
    out = asked(ToolCalled(second, "call_0", "log_meal", "{}"), ResponseDone(second, "completed"))
    assert len(of(out, RunTool)) == 1
    ours = of(out, RunTool)[0].call_id
    assert ours != "call_0"
    asked(ToolFinished(ours, "{}"))
    assert [m.call_id for m in asked.all if type(m).__name__ == "ToolOutput"] == ["call_0"] * 2
    assert len(creates(asked.all)) == 3


# --- frames -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (b'{"type": "x", "transcript": "caf\xc3", "logprobs": []}', "caf\ufffd"),
        (rb'{"type": "x", "transcript": "so \ud83d"}', "so ?"),
        (b'{"type": "x", "transcript": "well", "logprobs": [NaN, -Infinity]}', "well"),
        (b'\xef\xbb\xbf{"type": "x", "transcript": "well"}', "well"),
    ],
)
def test_what_is_nearly_json_is_understood(frame, said):
    """Cut in the middle of a character, with numbers that are none, with a mark before it."""
    assert parse(frame)["transcript"] == said


@pytest.mark.parametrize(
    "frame",
    [
        b'{"type": "x", "item": ' + b"[" * 100_000,
        b'{"type": "response.output_audio.delta", "x": ' + b"[" * 100_000 + b', "delta": ""}',
        b'{"type": "error", "error": {"event_id": {"n": 1' + b"0" * 3000 + b"}}}",
    ],
)
async def test_brackets_and_digits_without_an_end_cost_one_frame(frame):
    host = Host()
    script = [Step("response.create", [frame, *whole("r1", "c1", "Hi.")])]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await engine.emit(*member_says("m1", "Hello"))
        await until(lambda: page.frames)
        assert engine.connections == 1


def test_words_without_an_end_are_bounded_and_hold_nothing_that_a_database_refuses(asked):
    asked.says("m2")
    heard = reading({"type": f"{HEARD}.completed", "item_id": "m2", "transcript": "a\0b" * 10_000})
    assert "\0" not in heard[-1].text
    out = asked(heard[-1])
    assert len(turns(out)[0][1]) == limits.CAPTION_MAX_CHARS


def test_a_danger_at_the_end_of_words_without_an_end_is_screened(asked):
    asked.says("m2")
    words = ("and then I had a banana " * 400)[: limits.CAPTION_MAX_CHARS] + " I want to die."
    out = asked(transcript("m2", words))
    assert [found.text for found in of(out, ScreenText) if found.final] == [words]
    assert len(turns(out)[0][1]) == limits.CAPTION_MAX_CHARS
    out = asked.says("m3") + asked(transcript("m3", "x" * 1_000_000))
    assert max(len(found.text) for found in of(out, ScreenText)) == limits.HEARD_MAX_CHARS


# --- the member's words -------------------------------------------------------------------------


def test_words_that_are_told_in_the_item_only_are_heard():
    said = {"type": "input_audio", "transcript": "I had a banana"}
    item = {"id": "m1", "type": "message", "role": "user", "content": [said]}
    told = reading({"type": "conversation.item.created", "item": item})
    assert [made.text for made in told if hasattr(made, "text")] == ["I had a banana"]
    typed = item | {"content": [{"type": "input_text", "text": "I had a banana"}]}
    assert reading({"type": "conversation.item.added", "item": typed}) == []


def test_words_of_which_only_parts_came_are_written_all_the_same(talk):
    talk.says("m1")
    heard = reading(
        {"type": f"{HEARD}.delta", "item_id": "m1", "delta": "I had "},
        {"type": f"{HEARD}.delta", "item_id": "m1", "delta": "a banana"},
    )
    talk(*heard)
    out = talk.ticks(limits.TRANSCRIPT_S + 1)
    assert turns(out) == [("member", "I had a banana", False)]


def test_words_that_are_still_growing_are_waited_for(talk):
    talk.says("m1")
    for _ in range(4):
        talk(*reading({"type": f"{HEARD}.delta", "item_id": "m1", "delta": "more "}))
        assert turns(talk.ticks(limits.TRANSCRIPT_S - 1)) == []
    assert turns(talk(transcript("m1", "All of it"))) == [("member", "All of it", False)]


# --- responses without an end -------------------------------------------------------------------


def speaks_to_its_end(talk, response="resp1", item="c1"):
    """All of an answer but the end of its response."""
    talk(ResponseCreated(response), SpokenDelta(response, item, "Well done."))
    talk(SpokenAudio(response, item, bytes(400 * 48)), SpokenText(response, item, "Well done."))


@pytest.mark.parametrize("item_ends", [True, False])
def test_an_answer_whose_end_is_never_told_is_no_fault(asked, item_ends):
    speaks_to_its_end(asked)
    if item_ends:
        asked(ItemDone("resp1", "c1"))
    asked.heard(400)
    out = asked.ticks(limits.RESPONSE_END_S + 1)
    assert states(out) == ["listening"]
    assert turns(asked.all)[-1] == ("coach", "Well done.", False)
    out = asked.ticks(60)
    assert (errors(out), states(out)) == ([], [])
    asked.says("m2")
    assert len(creates(asked.all)) == 2


def test_a_tool_is_answered_though_the_end_of_its_response_is_never_told(asked):
    response = asked.starts_response()
    asked(ToolCalled(response, "call_1", "log_meal", "{}"))
    asked(ToolFinished("call_1", "{}"))
    out = asked.ticks(limits.RESPONSE_END_S + 1)
    assert len(creates(out)) == 1
    assert errors(out) == []


def test_an_answer_that_goes_on_after_a_long_pause_is_heard(asked):
    """A preamble, a while of thinking, then the answer."""
    speaks_to_its_end(asked)
    asked(ItemDone("resp1", "c1"))
    asked.heard(400)
    asked.ticks(limits.RESPONSE_END_S + 4)
    out = asked(SpokenAudio("resp1", "c2", bytes(480)), SpokenDelta("resp1", "c2", "A banana."))
    assert len(of(out, Play)) == 1
    assert asked.conversation.page_state == "speaking"


def test_an_answer_that_goes_on_after_the_member_has_spoken_is_not_heard(asked):
    speaks_to_its_end(asked)
    asked(ItemDone("resp1", "c1"))
    asked.heard(400)
    asked.ticks(limits.RESPONSE_END_S + 1)
    asked(Interrupt())
    assert of(asked(SpokenAudio("resp1", "c2", bytes(480))), Play) == []


def test_words_before_their_sound_are_waited_for(asked):
    """A server that has all words at once and then begins to speak them."""
    asked(ResponseCreated("resp1"), SpokenText("resp1", "c1", "Well done."))
    asked.ticks(limits.RESPONSE_END_S + 4)
    assert len(of(asked(SpokenAudio("resp1", "c1", bytes(480))), Play)) == 1


def test_an_answer_whose_words_come_before_all_of_its_sound_is_not_over_in_a_pause_of_it(asked):
    """A synthesiser that takes longer over the second sentence than the first one lasts."""
    text = "Well done, that was a banana. And now have an apple, or a pear if there is none."
    asked(ResponseCreated("resp1"), SpokenDelta("resp1", "c1", text))
    asked(SpokenText("resp1", "c1", text), SpokenAudio("resp1", "c1", bytes(2000 * 48)))
    asked.heard(2000)
    asked.ticks(limits.RESPONSE_END_S + 4)
    assert len(of(asked(SpokenAudio("resp1", "c1", bytes(480))), Play)) == 1
    asked(ItemDone("resp1", "c1"), ResponseDone("resp1", "completed"))
    asked.heard(2010)
    assert turns(asked.all)[-1] == ("coach", text, False)


def test_an_answer_that_stops_in_the_middle_is_said_to_be_cut_short(asked):
    asked(ResponseCreated("resp1"), SpokenDelta("resp1", "c1", "Well"))
    asked(SpokenAudio("resp1", "c1", bytes(4800)))
    asked.heard(100)
    assert errors(asked.ticks(limits.RESPONSE_IDLE_S + 1)) == ["incomplete"]


# --- errors that name no command ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "told"), [("rate_limit_exceeded", "busy"), ("server_error", "failed")]
)
@pytest.mark.parametrize("begun", [True, False])
def test_an_error_instead_of_an_answer_is_waited_out_once_then_told(asked, code, told, begun):
    """Most servers that fail say so without naming what failed, and without an end to it."""
    for number in (1, 2):
        if begun:
            asked.starts_response()
        asked(EngineFault(code, "no"))
        out = asked.ticks(limits.FAULT_TIMEOUT_S + limits.CANCEL_DONE_S + 2)
        assert errors(out) == ([] if number == 1 else [told])
        assert len(creates(asked.all)) == 2
    assert asked.conversation.page_state == "listening"


def test_an_error_that_is_about_something_else_changes_nothing(asked):
    asked.starts_response()
    asked(EngineFault("invalid_value", "no such item"))
    asked.ticks(limits.FAULT_TIMEOUT_S - 1)
    asked.speaks("resp1", "c1", "Well done.", 400)
    asked.heard(400)
    out = asked.ticks(60)
    assert (errors(asked.all), len(creates(asked.all))) == ([], 1)
    assert states(out) == []


def test_a_quota_that_is_used_up_is_told_at_once_though_no_command_is_named(asked):
    out = asked(EngineFault("insufficient_quota", "no"))
    out += asked.ticks(30)
    assert errors(out) == ["insufficient_quota"]


# --- who answers without being asked ------------------------------------------------------------


def test_one_that_answers_by_itself_and_when_asked_is_heard_once(asked):
    asked.answers("c1", "Well done.", 400)
    asked.heard(400)
    out = asked(ResponseCreated("again"), SpokenAudio("again", "c2", bytes(4800)))
    assert of(out, Play) == []
    assert [effect.response_id for effect in of(out, CancelResponse)] == ["again"]
    asked(ResponseDone("again", "cancelled"))
    asked.says("m2")
    assert len(creates(asked.all)) == 2


def test_one_that_begins_to_answer_before_it_tells_that_it_has_heard_is_not_asked(talk):
    talk(SpeechStarted("m1", 400), SpeechStopped("m1"))
    talk.answers("c1", "Well done.", 400)
    talk(*reading({"type": f"{HEARD}.completed", "item_id": "m1", "transcript": "A banana"}))
    talk.heard(400)
    talk.ticks(30)
    assert creates(talk.all) == []
    assert [turn[:2] for turn in turns(talk.all)] == [
        ("coach", "Well done."),
        ("member", "A banana"),
    ]


def test_a_short_word_that_is_answered_unasked_does_not_cut_its_answer_off(talk):
    talk.says("m1", loud_ms=100)
    response = talk.starts_response()
    talk.speaks(response, "c1", "Fine.", 400, done=False)
    out = talk(transcript("m1", "Yes"))
    assert of(out, CancelResponse) == []
    assert creates(talk.all) == []


def test_nobody_answers_by_themselves_while_the_member_speaks(asked):
    asked.answers("c1", "Well done.", 400)
    asked.heard(400)
    asked.says("m2")
    asked.answers("c2", "Really.", 400)
    asked.heard(400, 1)
    asked(SpeechStarted("m3", 400))
    out = asked(ResponseCreated("own"), SpokenAudio("own", "c3", bytes(4800)))
    assert of(out, Play) == []


def test_what_the_engine_took_back_may_go_on_in_another_response(asked):
    """It begins anew when it gets our create in the middle of its own answer."""
    asked(ResponseCreated("own"), SpokenAudio("own", "c1", bytes(4800)))
    asked(ResponseDone("own", "cancelled"))
    out = asked(ResponseCreated("ours"), SpokenAudio("ours", "c2", bytes(4800)))
    assert len(of(out, Play)) == 1


# --- pings --------------------------------------------------------------------------------------


async def test_one_that_answers_no_pings_is_believed_once_it_was_back_at_once(monkeypatch):
    monkeypatch.setattr(quirks, "_by_address", {})
    monkeypatch.setattr(limits, "ENGINE_PING_S", 0.05)
    monkeypatch.setattr(limits, "ENGINE_PONG_S", 0.05)
    async with ScriptedEngine([[], []]) as server:
        target = EngineTarget(server.url, "", "m")
        for believed in (False, True):
            engine = await connect(target)
            await engine.configure(SETTINGS)
            monkeypatch.setattr(engine._transport.socket, "acknowledge_pings", lambda data: None)
            looks = []
            silent_s = property(lambda _, looks=looks: looks.append(1) or 1.0)
            monkeypatch.setattr(type(engine._transport), "silent_s", silent_s)
            waiting = asyncio.create_task(anext(engine.events()))
            await until(lambda looks=looks, task=waiting: task.done() or len(looks) > 3)
            assert waiting.done() is not believed
            if waiting.done():
                assert isinstance(waiting.exception(), EngineError)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            await engine.close()


async def test_a_server_that_tells_calls_at_their_end_only_and_never_ends_is_answered(monkeypatch):
    monkeypatch.setattr(limits, "RESPONSE_END_S", 0.2)
    host = Host()
    script = [
        Step("response.create", [call("r1", "c", "log_meal")]),
        Step("conversation.item.create"),
        Step("response.create", [*whole("r2", "i", "Logged."), done("r2")]),
    ]
    async with ScriptedEngine([script]) as engine, talking(engine, host) as (_, page, _):
        await engine.emit(*member_says("m1", "I had a banana"))
        await until(lambda: page.frames)
        engine.assert_complete()
    assert len(host.calls) == 1
    assert page.errors == []


# --- what no engine can bear ----------------------------------------------------------------------


def test_an_answer_over_which_each_engine_goes_away_is_given_up(asked):
    out = []
    for _ in range(limits.ENGINES_PER_ANSWER):
        out += asked(EngineLost(), EngineReady(True))
    assert errors(out) == ["failed"]
    assert len(creates(asked.all)) == limits.ENGINES_PER_ANSWER
    asked.says("m2")
    assert len(creates(asked.all)) == limits.ENGINES_PER_ANSWER + 1


def test_a_picture_over_which_each_engine_goes_away_is_said_to_be_refused(talk):
    out = talk(PictureShown("p1", "data:image/png;base64,AA"))
    for _ in range(limits.ENGINES_PER_ANSWER + 2):
        out += talk(EngineLost(), EngineReady(True))
    assert len(of(out, AddPicture)) == limits.ENGINES_PER_ANSWER
    assert "picture_refused" in errors(out)


def test_a_typed_text_is_answered_though_the_end_of_speech_is_never_told(talk):
    talk(SpeechStarted("m1", 400), MemberVoice(400))
    talk.ticks(1)
    out = talk(TextTyped("t1", "Hello?"))
    assert len(creates(out)) == 1
    talk(ResponseCreated("resp1"), ResponseDone("resp1", "completed"))
    talk(SpeechStarted("m2", 400), MemberVoice(400))
    assert creates(talk(TextTyped("t2", "Hello?"))) == []
    assert len(creates(talk.ticks(1))) == 1


def test_what_is_typed_while_somebody_speaks_is_answered_with_what_they_say(talk):
    talk(SpeechStarted("m1", 400))
    began = talk.at
    out = []
    for number in range(100):
        out += talk(MemberVoice(20), after=0.02)
        out += talk(TextTyped("t1", "Hello?")) if number == 50 else talk(Tick())
    assert creates(out) == []
    assert talk.conversation.unheard_since == began - limits.MIC_PREROLL_S
    out = talk(SpeechStopped("m1"), InputCommitted("m1"), after=0.5)
    assert len(creates(out)) == 1


def test_a_call_whose_arguments_came_in_parts_only_is_run():
    """No item tells of its end, no event of all its arguments, no output of the response."""
    item = {"id": "i1", "type": "function_call", "call_id": "c1", "name": "log_meal"}
    part = {"type": "response.function_call_arguments.delta", "response_id": "r1", "item_id": "i1"}
    made = reading(
        {"type": "response.output_item.added", "response_id": "r1", "item": item},
        part | {"delta": '{"said": '},
        part | {"delta": '"a banana"}'},
        {"type": "response.done", "response": {"id": "r1", "status": "completed", "output": []}},
    )
    called = made[-1].calls[0]
    assert (called.name, called.complete) == ("log_meal", True)
    assert json.loads(called.arguments) == {"said": "a banana"}


def test_a_tool_is_not_run_twice_for_one_that_answers_by_itself_and_when_asked(asked):
    for response in ("own", "ours"):
        asked(ResponseCreated(response), ToolCalled(response, f"of {response}", "log_meal", "{}"))
        asked(ResponseDone(response, "completed"))
    assert [run.call_id for run in of(asked.all, RunTool)] == ["of own"]
    outputs = of(asked.all, ToolOutput)
    assert [(output.call_id, "not_asked" in output.output) for output in outputs] == [
        ("of ours", True)
    ]


def test_an_utterance_that_is_told_by_its_item_only_is_committed():
    item = {"id": "m1", "type": "message", "role": "user", "content": []}
    added = {"type": "conversation.item.created", "item": item}
    started = {"type": "input_audio_buffer.speech_started", "item_id": "m1"}
    stopped = {"type": "input_audio_buffer.speech_stopped", "item_id": "m1"}
    assert InputCommitted("m1") in reading(started, stopped, added)
    assert InputCommitted("m1") not in reading(started, added)  # it is still growing
    assert reading(added) == []  # it was added by us


def test_what_has_no_id_at_first_keeps_the_name_it_is_given_later(asked):
    """Else its words stood in the thread twice, and its calls were run twice."""
    delta = {"type": "response.output_audio_transcript.delta", "delta": "Well done."}
    words = {"type": "output_audio", "transcript": "Well done."}
    item = {"id": "c1", "type": "message", "status": "completed", "content": [words]}
    called = {"id": "f1", "type": "function_call", "call_id": "call_1", "name": "log_meal"}
    made = reading(
        delta,
        {"type": "response.output_item.done", "item": item},
        {"type": "response.output_item.done", "item": called},
        {"type": "response.done", "response": {"id": "r1", "output": [item, called]}},
    )
    asked(*made)
    assert len({event.response_id for event in made if hasattr(event, "response_id")}) == 1
    assert len(of(asked.all, RunTool)) == 1
    read = [caption.item_id for caption in of(asked.all, ShowCaption)]
    assert len(set(read)) == 1


def test_utterances_without_ids_are_told_from_their_own_words():
    committed = {"type": "input_audio_buffer.committed"}
    heard = {"type": f"{HEARD}.completed", "transcript": "Yes"}
    started = {"type": "input_audio_buffer.speech_started"}
    stopped = {"type": "input_audio_buffer.speech_stopped"}
    for turn in (
        [committed, heard],
        [stopped, heard],
        [stopped, committed, heard],
        [heard],
        [heard, stopped, committed],
        [started, stopped, heard, committed],
        [started, heard, stopped, committed],
        [started, committed, stopped, heard],
    ):
        told = reading(*turn, *turn)
        assert len({event.item_id for event in told}) == 2  # no utterance that nobody made
        made = [e for e in told if isinstance(e, InputCommitted | InputTranscript)]
        assert [type(event) for event in made] == [InputCommitted, InputTranscript] * 2
        assert made[0].item_id == made[1].item_id
        assert made[2].item_id == made[3].item_id
        assert made[0].item_id != made[2].item_id


def test_one_that_neither_names_nor_ends_its_answers_is_heard_again():
    reader = Reader()
    frame = b'{"type": "response.output_audio.delta", "delta": "AAAA"}'
    first = reader.read(frame)[0]
    reader.to_upstream(CreateResponse("create-2"))
    assert reader.read(frame)[0].response_id != first.response_id
    reader.to_upstream(CancelResponse("cancel-3"))
    reader.to_upstream(CreateResponse("create-4"))
    assert len(reader.read(frame)) == 1  # of the one that was stopped, for all we know


def test_sound_in_single_bytes_is_played_whole(asked):
    asked.starts_response()
    pcm = bytes(range(100))
    out = []
    for byte in pcm:
        out += asked(SpokenAudio("resp1", "c1", bytes([byte])))
    assert b"".join(play.pcm for play in of(out, Play)) == pcm
    assert all(play.pcm for play in of(out, Play))


# --- who answers by itself, and is not known to ---------------------------------------------------


def unasked_and(ways):
    """A server that answers speech by itself, and deals with our create in one of these ways."""
    own = [*member_says("m1", "I had a banana"), *whole("r1", "c1", "A banana.")]
    refusal = fault("conversation_already_has_active_response")
    late = whole("r2", "c2", "Again, a banana.")
    return {
        "reads over it": (own, []),
        "refuses it before its own": (own[:4], [refusal, *own[4:]]),
        "refuses it after its own": (own, [refusal]),
        "answers twice": (own, late),
        "answers twice, without saying that it begins": (own, late[1:]),
        "answers both at once": (own[:4], [own[4], late[0], *own[5:], *late[1:]]),
        "answers before it has heard": ([*own[:2], *own[4:], *own[2:4]], []),
        "answers before it has heard, and again": ([*own[:2], *own[4:], *own[2:4]], late),
    }[ways]


@pytest.mark.parametrize(
    "ways",
    [
        "reads over it",
        "refuses it before its own",
        "refuses it after its own",
        "answers twice",
        "answers twice, without saying that it begins",
        "answers both at once",
        "answers before it has heard",
        "answers before it has heard, and again",
    ],
)
async def test_the_member_hears_one_answer_of_a_server_that_answers_by_itself(ways):
    host = Host()
    first, second = unasked_and(ways)
    async with Rude(answer=second) as engine, talking(engine, host) as (relay, page, _):
        await engine.emit(*first)
        await until(lambda: page.frames)
        await all_was_read(engine, relay, page)
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        await until(lambda: len(host.turns) == 2)
        await until(lambda: relay.conversation.page_state == "listening")
    assert sorted(host.written) == [
        ("coach", "A banana.", False),
        ("member", "I had a banana", False),
    ]
    assert sum(size for _, _, size in page.frames) == 400 * 48
    assert engine.types().count("response.create") <= 2
    assert page.errors == []


async def all_was_read(engine, relay, page):
    """What both sides have sent so far, and what came of it."""
    for mark in ("before", "after"):
        await engine.emit({"type": f"{HEARD}.delta", "item_id": mark, "delta": mark})
        await until(lambda mark=mark: any(said["text"] == mark for said in page.of("caption")))
        await relay.dispatch(PersonSaid("Asha", mark))
        await engine.until(*["conversation.item.create"] * (1 + (mark == "after")))


@dataclass
class Rude(ScriptedEngine):
    """Answers the first create as it likes, and takes all else without a word."""

    scripts: Sequence[Sequence[Step]] = ((),)
    answer: Sequence[Message] = ()

    async def _expected(self, socket, script, message):
        if message["type"] == "response.create":
            answer, self.answer = self.answer, ()
            for event in answer:
                await socket.send(json.dumps(event))
