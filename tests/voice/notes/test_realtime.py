"""A voice note through the Realtime protocol, against a strict scripted server."""

import json

import pytest

from coach.voice import limits
from coach.voice.notes.exchange import Note, NoteError, Reply, ToolCall, exchange
from coach.voice.notes.realtime import open_realtime_client
from coach.voice.realtime import EngineSettings, EngineTarget, connect
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    all_words,
    call,
    created,
    done,
    item_done,
    sound,
    whole,
)

SETTINGS = EngineSettings("Be kind.", tools=())
TRANSCRIBED = "conversation.item.input_audio_transcription"
SPEECH = bytes(2_500 * limits.BYTES_PER_MS)


class Talk:
    """A client on a scripted engine."""

    def __init__(self, *steps, **options):
        self.engine = ScriptedEngine([list(steps)], **options)
        self.counted = []

    async def __aenter__(self):
        await self.engine.__aenter__()
        target = EngineTarget(self.engine.url, "k", "m")
        self.client = await open_realtime_client(
            lambda: connect(target), SETTINGS, self.counted.append
        )
        return self

    async def __aexit__(self, *error):
        await self.client.close()
        await self.engine.__aexit__(*error)


def heard(item, text, **fields):
    return {"type": f"{TRANSCRIBED}.completed", "item_id": item, "transcript": text, **fields}


async def test_the_recording_is_one_utterance():
    used = {"type": "duration", "seconds": 2.5}
    committed = {"type": "input_audio_buffer.committed", "item_id": "i1"}
    delta = {"type": f"{TRANSCRIBED}.delta", "item_id": "i1", "delta": "I had"}
    step = Step(
        "input_audio_buffer.commit",
        [committed, delta, heard("i1", "I had two eggs.", usage=used)],
    )
    async with Talk(step) as talk:
        assert await talk.client.transcribe(SPEECH) == "I had two eggs."
        assert bytes(talk.engine.mic) == SPEECH
        update = json.loads(talk.engine.updates[0])["session"]
        assert update["audio"]["input"]["turn_detection"] is None
        assert [(c.kind, c.usage) for c in talk.counted] == [("transcription", used)]
        assert talk.counted[0].ref.startswith("i1~")
        talk.engine.assert_complete()


@pytest.mark.parametrize(
    "answer",
    [
        {"type": f"{TRANSCRIBED}.failed", "item_id": "i1", "error": {"code": "x", "message": ""}},
        {
            "type": "error",
            "error": {
                "code": "input_audio_buffer_commit_empty",
                "message": "",
                "event_id": "note-commit-1",
            },
        },
    ],
)
async def test_what_cannot_be_made_out_is_said(answer):
    async with Talk(Step("input_audio_buffer.commit", [answer])) as talk:
        with pytest.raises(NoteError) as error:
            await talk.client.transcribe(SPEECH)
        assert (error.value.code, error.value.retryable) == ("not_heard", False)


class Host:
    """Writes down what was said; experts have nothing to add."""

    def __init__(self):
        self.words = []

    async def accept_words(self, text):
        self.words.append(text)
        return True

    async def guidance(self):
        return []


@pytest.mark.parametrize("when", ["before the words", "with the words", "with the answer"])
async def test_words_beside_a_picture_that_is_refused_are_written_all_the_same(when):
    refusal = {"code": "invalid_value", "message": "no images", "event_id": "note-picture-1"}
    refused = {"type": "error", "error": refusal}
    words = heard("i1", "I want to die.")
    steps = [
        Step("conversation.item.create", [refused] if when == "before the words" else []),
        Step(
            "input_audio_buffer.commit",
            [refused, words] if when == "with the words" else [words],
        ),
    ]
    if when == "with the answer":
        steps.append(Step("response.create", [refused, *whole("r1", "i2", "What picture?")]))
    host, note = Host(), Note(pcm=SPEECH, picture="data:image/png;base64,AA")
    async with Talk(*steps) as talk:

        async def dial():
            return talk.client

        with pytest.raises(NoteError) as error:
            await exchange(dial, host, note, [])
        talk.engine.assert_complete()
    assert (error.value.code, error.value.retryable) == ("picture_refused", False)
    assert host.words == ["I want to die."]


async def test_an_answer_brings_words_sound_and_its_cost():
    usage = {"input_tokens": 10, "output_tokens": 20}
    messages = whole("r1", "i2", "Well done.", ms=400)
    messages[-1]["response"]["usage"] = usage
    async with Talk(Step("response.create", messages)) as talk:
        reply = await talk.client.respond(tools=True)
        assert reply == Reply("Well done.", bytes(400 * 48))
        counted = talk.counted[0]
        assert (counted.kind, counted.status) == ("response", "completed")
        assert counted.ref.startswith("r1~")


async def test_calls_are_given_their_outputs_before_the_next_answer():
    first = Step("response.create", [created("r1"), call("r1", "c1", "log_meal"), done("r1")])
    given = Step(
        "conversation.item.create",
        check=lambda m: json.loads(m["item"]["output"])["say"] == "ok" or 1 / 0,
    )

    def no_tools(message):
        assert message["response"]["tool_choice"] == "none"

    last = Step("response.create", whole("r2", "i3", "Done."), check=no_tools)
    async with Talk(first, given, last) as talk:
        reply = await talk.client.respond(tools=True)
        assert reply == Reply("", b"", (ToolCall("c1", "log_meal", "{}"),))
        await talk.client.add_tool_output(reply.calls[0], '{"say": "ok"}')
        assert (await talk.client.respond(tools=False)).text == "Done."
        talk.engine.assert_complete()


async def test_stragglers_of_another_response_are_not_part_of_the_answer():
    stray = [all_words("r0", "i0", "Nonsense."), sound("r0", "i0", bytes(96)), done("r0")]
    mine = [
        created("r1"),
        *stray,
        all_words("r1", "i1", "Mine."),
        item_done("r1", "i1"),
        done("r1"),
    ]
    async with Talk(Step("response.create", mine)) as talk:
        assert await talk.client.respond(tools=True) == Reply("Mine.")


FAULTS = {
    "refused": (
        [
            {
                "type": "error",
                "error": {"code": "insufficient_quota", "message": "", "event_id": "note-create-1"},
            }
        ],
        ("insufficient_quota", False),
    ),
    "failed": (
        [created("r1"), done("r1", "failed", error={"code": "rate_limit_exceeded"})],
        ("rate_limit_exceeded", True),
    ),
    "failed for good": (
        [created("r1"), done("r1", "failed", error={"code": "insufficient_quota"})],
        ("insufficient_quota", False),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_refused_or_failed_answer_says_whether_to_try_again(fault):
    messages, expected = FAULTS[fault]
    async with Talk(Step("response.create", messages)) as talk:
        with pytest.raises(NoteError) as error:
            await talk.client.respond(tools=True)
        assert (error.value.code, error.value.retryable) == expected


async def test_a_line_that_is_lost_in_the_middle_may_be_tried_again():
    async with Talk(Step("response.create", [created("r1")], close=1011)) as talk:
        with pytest.raises(NoteError) as error:
            await talk.client.respond(tools=True)
        assert error.value.retryable


async def test_silence_of_the_engine_ends_the_wait(monkeypatch):
    monkeypatch.setattr(limits, "RESPONSE_IDLE_S", 0.05)
    async with Talk(Step("response.create", [created("r1")])) as talk:
        with pytest.raises(NoteError) as error:
            await talk.client.respond(tools=True)
        assert (error.value.code, error.value.retryable) == ("timeout", True)


async def test_an_answer_whose_end_is_never_told_is_an_answer(monkeypatch):
    monkeypatch.setattr(limits, "RESPONSE_END_S", 0.1)
    first = Step("response.create", [created("r1"), call("r1", "c1", "log_meal")])
    output = Step("conversation.item.create")
    second = Step("response.create", whole("r2", "i2", "Well done.")[:-1])
    async with Talk(first, output, second) as talk:
        reply = await talk.client.respond(tools=True)
        assert [made.name for made in reply.calls] == ["log_meal"]
        await talk.client.add_tool_output(reply.calls[0], "{}")
        assert (await talk.client.respond(tools=True)).text == "Well done."
        talk.engine.assert_complete()


async def test_an_endless_answer_is_stopped_and_cut(monkeypatch):
    monkeypatch.setattr(limits, "NOTE_REPLY_MAX_MS", 1_000)
    endless = [created("r1"), *[sound("r1", "i1", bytes(700 * 48))] * 3]
    stopped = [all_words("r1", "i1", "And so on."), done("r1", "cancelled")]
    steps = Step("response.create", endless), Step("response.cancel", stopped)
    async with Talk(*steps) as talk:
        reply = await talk.client.respond(tools=True)
        assert reply.text == "And so on."
        assert len(reply.pcm) == 1_400 * 48
        talk.engine.assert_complete()


async def test_a_wrong_key_is_not_tried_again():
    first = {"type": "error", "error": {"code": "invalid_api_key", "message": "no"}}
    async with ScriptedEngine([[]], first=first) as engine:
        target = EngineTarget(engine.url, "k", "m")
        with pytest.raises(NoteError) as error:
            await open_realtime_client(lambda: connect(target), SETTINGS, print)
        assert (error.value.code, error.value.retryable) == ("invalid_api_key", False)


async def test_nobody_there_may_be_tried_again():
    target = EngineTarget("ws://127.0.0.1:1/v1/realtime", "k", "m")
    with pytest.raises(NoteError) as error:
        await open_realtime_client(lambda: connect(target), SETTINGS, print)
    assert (error.value.code, error.value.retryable) == ("unreachable", True)
