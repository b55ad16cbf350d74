"""Servers with faults of their own; each cost a turn, a word or a while."""

import asyncio
import json

from coach.voice import limits
from coach.voice.effects import Play, RunTool, ShowCaption, ShowError
from coach.voice.engine_commands import AddPicture, CancelResponse, CreateResponse, ToolOutput
from coach.voice.engine_events import (
    EngineLost,
    EngineReady,
    InputCommitted,
    InputTranscript,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    ToolCalled,
)
from coach.voice.inputs import (
    MemberVoice,
    PictureShown,
    TextTyped,
    Tick,
)
from coach.voice.realtime import EngineError, EngineTarget, connect, quirks
from coach.voice.realtime.reader import Reader
from tests.support.conversation_driver import creates, of
from tests.support.dialects import HEARD
from tests.support.relay_stage import SETTINGS, Host, talking, until
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    call,
    done,
    member_says,
    whole,
)


def errors(effects):
    return [effect.code for effect in of(effects, ShowError)]


def reading(*events, mark=""):
    """What becomes of these events of a server."""
    reader = Reader(mark)
    return [made for event in events for made in reader.read(json.dumps(event).encode())]


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
            monkeypatch.setattr(engine._transport.frames, "on_pong", lambda: None)
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
