"""The engine as the official client meets it: over real sockets, with its own recogniser and
synthesiser, every frame judged.

Nothing here looks into the engine. `conformance.Judge` holds each frame to the official types and
to what they cannot say; the tests walk through all that a client can ask for.
"""

import asyncio
import base64
import copy
import functools
import json
import shutil
import subprocess
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from websockets.exceptions import ConnectionClosed

from coach.engine.server.run import serve
from coach.engine.tts.synthesiser import Synthesiser
from coach.voice import g711
from coach.voice import pcm as maths
from tests.engine.server.test_app import KEY, port
from tests.support.conformance import Judge
from tests.support.conformance_items import Unlawful
from tests.support.official_client import OfficialClient, official_client, silence

assert port  # a fixture

SAID = {"type": "object", "properties": {"said": {"type": "string"}}, "required": ["said"]}
LOG: Any = {
    "type": "function",
    "name": "log_meal",
    "description": "Write down what the member ate or drank.\n"
    'Examples: "I had two eggs for breakfast"; "log a banana"; "I ate a sandwich"',
    "parameters": SAID,
}
TARGET: Any = {
    "type": "function",
    "name": "day_summary",
    "description": "Tell the member's target and what is left of it.\n"
    'Examples: "what is my target"; "how many calories are left"; "how am I doing"',
    "parameters": SAID,
}
EGGS = "I had two eggs and a glass of milk."
STORY = "This is a rather long sentence that goes on and on. " * 40
EXACTLY = 'Say exactly this, word for word, and nothing else: "{}"'
HEARING = {"model": "gpt-transcribe", "language": "en"}


@functools.cache
def spoken(text: str) -> np.ndarray:
    """The words as the embedded voice says them, with some silence around."""

    async def say() -> list[np.ndarray]:
        voice = Synthesiser()
        await voice.start()
        parts = [piece.pcm async for piece in voice.synthesise(text)]
        await voice.close()
        return parts

    with ThreadPoolExecutor(1) as pool:
        parts = pool.submit(lambda: asyncio.run(say())).result()
    return np.concatenate([silence(0.5), *parts, silence(1.0)])


def wire(sound: np.ndarray, form: str = "audio/pcm") -> bytes:
    """24 kHz samples in a format of the protocol."""
    if form == "audio/pcm":
        return sound.astype("<i2").tobytes()
    narrow = maths.resample(sound, maths.RATE, g711.RATE)
    return g711.encode_mulaw(narrow) if form == "audio/pcmu" else g711.encode_alaw(narrow)


def unwire(data: bytes, form: str) -> np.ndarray:
    if form == "audio/pcm":
        return np.frombuffer(data, dtype="<i2")
    narrow = g711.decode_mulaw(data) if form == "audio/pcmu" else g711.decode_alaw(data)
    return maths.resample(narrow, g711.RATE, maths.RATE)


async def refused(one: OfficialClient) -> dict[str, Any]:
    event = await one.until("error")
    return dict(event["error"])


async def closed(one: OfficialClient) -> tuple[int, str]:
    async def drain() -> None:
        while True:
            await one.next()

    with pytest.raises(ConnectionClosed) as end:
        await drain()
    assert end.value.rcvd is not None
    return end.value.rcvd.code, end.value.rcvd.reason


# The judge itself


async def _recorded(port: int) -> list[dict[str, Any]]:
    async with official_client(port, KEY) as one:
        await one.update(tools=[LOG])
        await one.user("hello")
        await one.answer(metadata={"a": "b"}, instructions=EXACTLY.format("Yes."))
        await one.user("log a banana")
        await one.answer()
        await one.api.response.cancel()
        await refused(one)
        return one.judge.events


def _judged(events: list[dict[str, Any]]) -> None:
    judge = Judge()
    for event in events:
        judge.take(json.dumps(event))
    judge.finish()


async def test_the_judge_misses_nothing(port: int) -> None:
    """Takes a lawful talk and breaks it in every way the judge should see."""
    events = await _recorded(port)
    _judged(events)
    missed = []
    for place, event in enumerate(events):
        quiet = event["type"].endswith("transcript.delta")
        for name in [name for name in event if name != "type"]:
            broken = copy.deepcopy(events)
            del broken[place][name]
            missed += _missed(broken, f"{place} {event['type']} without {name}")
            broken = copy.deepcopy(events)
            broken[place][name] = 3.5 if isinstance(event[name], str) else "x"
            missed += _missed(broken, f"{place} {event['type']} with another {name}")
        if event["type"] not in ("rate_limits.updated", "session.updated", "error"):
            if event["type"] != "response.output_audio.delta":  # sound has no words to compare
                missed += _missed([*events[:place], *events[place + 1 :]], f"{place} {event}"[:90])
            again = {**event, "event_id": "event_again"}
            if event["type"] != "response.output_audio.delta" and not quiet:
                doubled = [*events[: place + 1], again, *events[place + 1 :]]
                missed += _missed(doubled, f"{place} {event['type']} twice")
    assert missed == []


def _missed(events: list[dict[str, Any]], what: str) -> list[str]:
    try:
        _judged(events)
    except (Unlawful, ValidationError, KeyError, TypeError, AttributeError):
        return []
    return [what]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("response.done", lambda e: e["response"].update(status="done")),
        ("response.done", lambda e: e["response"]["usage"].update(total_tokens=1)),
        ("response.done", lambda e: e["response"].update(id="r1")),
        ("response.content_part.added", lambda e: e["part"].update(type="output_audio")),
        ("response.output_item.done", lambda e: e["item"].update(status="in_progress")),
        ("response.output_audio.delta", lambda e: e.update(delta="AAAA" * 1_700)),
        ("response.output_audio.delta", lambda e: e.update(delta="not base64!")),
        ("conversation.item.added", lambda e: e.update(previous_item_id="item_nowhere")),
        ("conversation.item.added", lambda e: e["item"].update(id="x1")),
        ("session.created", lambda e: e["session"].update(id="x")),
        ("session.created", lambda e: e.update(surprise=1)),
        ("response.created", lambda e: e.update(type="response.cancelled")),
        ("response.output_audio.delta", lambda e: e.update(type="response.audio.delta")),
        ("error", lambda e: e["error"].update(type="Error")),
    ],
)
async def test_the_judge_is_strict(port: int, kind: str, change: Any) -> None:
    events = copy.deepcopy(await _recorded(port))
    change(next(event for event in events if event["type"] == kind))
    with pytest.raises((Unlawful, ValidationError, ValueError)):
        _judged(events)


# Connecting


async def test_the_first_frame_is_the_whole_session(port: int) -> None:
    async with official_client(port, KEY, model="gpt-realtime-2.1") as one:
        created = await one.next()
        session = created["session"]
        assert session["model"] == "gpt-realtime-2.1"
        assert session["audio"]["output"]["voice"] == "marin"
        assert session["output_modalities"] == ["audio"]


@pytest.mark.parametrize(
    ("key", "headers", "query", "code", "close"),
    [
        ("wrong", {}, {"model": "m"}, "invalid_api_key", 3000),
        (KEY, {"OpenAI-Beta": "realtime=v1"}, {"model": "m"}, "beta_api_shape_disabled", 4000),
        (KEY, {}, {}, "invalid_model", 4000),
        (KEY, {}, {"call_id": "rtc_1"}, "unsupported_parameter", 4000),
    ],
)
async def test_who_gets_no_session_is_told_why(
    port: int, key: str, headers: dict[str, str], query: Any, code: str, close: int
) -> None:
    async with official_client(port, key, headers=headers, query=query) as one:
        assert (await one.next())["error"]["code"] == code
        assert await closed(one) == (close, f"invalid_request_error.{code}")
        assert one.judge.kinds() == ["error"]


async def test_a_session_ends_at_its_time() -> None:
    async with serve(key=KEY, lifetime=1.0) as own, official_client(own, KEY) as one:
        created = await one.next()
        assert await closed(one) == (
            1001,
            "Your session hit the maximum duration of 0.0166667 minutes.",
        )
        assert one.judge.events[-1]["error"]["code"] == "session_expired"
        assert created["session"]["expires_at"] > 1_000_000_000


# Writing


@pytest.mark.parametrize("modality", ["audio", "text"])
async def test_a_written_turn(port: int, modality: str) -> None:
    async with official_client(port, KEY) as one:
        await one.update(instructions="You are Mia.", output_modalities=[modality])
        mine = await one.user("hello", id="mine")
        assert mine["item"]["content"] == [{"type": "input_text", "text": "hello"}]
        response = await one.answer(metadata={"turn": "1"})
        assert response["status"] == "completed"
        assert response["metadata"] == {"turn": "1"}
        assert response["conversation_id"].startswith("conv_")
        (item,) = response["output"]
        part = item["content"][0]
        assert part["type"] == f"output_{modality}"
        assert "Mia" in part["text" if modality == "text" else "transcript"]
        assert one.judge.order == ["mine", item["id"]]
        assert len(one.told("rate_limits.updated")) == 1
        assert bool(one.sound(response["id"])) == (modality == "audio")


async def test_items_have_their_places(port: int) -> None:
    async with official_client(port, KEY) as one:
        for item_id, after in (("b", None), ("a", "root"), ("d", None), ("c", "b")):
            await one.api.send(  # type: ignore[misc]
                {
                    "type": "conversation.item.create",
                    "item": {
                        "type": "message",
                        "role": "user",
                        "id": item_id,
                        "content": [{"type": "input_text", "text": item_id}],
                    },
                    **({} if after is None else {"previous_item_id": after}),
                }
            )
            one.judge.chosen.add(item_id)
            await one.until("conversation.item.done")
        assert one.judge.order == ["a", "b", "c", "d"]
        await one.api.conversation.item.delete(item_id="b")
        await one.until("conversation.item.deleted")
        await one.api.conversation.item.retrieve(item_id="b")
        assert (await refused(one))["code"] == "item_retrieve_invalid_item_id"
        await one.api.conversation.item.retrieve(item_id="c")
        found = await one.until("conversation.item.retrieved")
        assert found["item"]["content"] == [{"type": "input_text", "text": "c"}]
        assert one.judge.order == ["a", "c", "d"]


async def test_history_is_replayed_as_text(port: int) -> None:
    call = {"type": "function_call", "call_id": "call_1", "name": "log_meal", "arguments": "{}"}
    history: list[Any] = [
        {
            "type": "message",
            "role": "system",
            "content": [{"type": "input_text", "text": "The member is called Ana."}],
        },
        {
            "type": "message",
            "role": "user",
            "content": [{"type": "input_text", "text": "log a banana"}],
        },
        call,
        {"type": "function_call_output", "call_id": "call_1", "output": '{"say": "Logged."}'},
        {
            "type": "message",
            "role": "assistant",
            "content": [{"type": "output_text", "text": "A banana it is."}],
        },
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "thanks"}]},
    ]
    async with official_client(port, KEY) as one:
        await one.update(tools=[LOG], output_modalities=["text"])
        for item in history:
            await one.api.conversation.item.create(item=item)
            await one.until("conversation.item.done")
        response = await one.answer()
        assert response["output"][0]["content"][0]["text"].startswith("You are welcome")
        assert len(one.judge.order) == len(history) + 1


# Speaking


@pytest.mark.parametrize("form", ["audio/pcm", "audio/pcmu", "audio/pcma"])
async def test_all_formats_both_ways(port: int, form: str) -> None:
    async with official_client(port, KEY) as one:
        shape = {"type": form, "rate": 24_000} if form == "audio/pcm" else {"type": form}
        audio = {"input": {"format": shape, "transcription": HEARING}, "output": {"format": shape}}
        session = await one.update(audio=audio)
        assert session["audio"]["input"]["format"] == shape
        await one.speak(wire(spoken(EGGS), form), 4_800 if form == "audio/pcm" else 800)
        response = (await one.until("response.done"))["response"]
        heard = one.told("conversation.item.input_audio_transcription.completed")[0]
        assert "two eggs" in heard["transcript"].lower()
        assert response["audio"]["output"]["format"]["type"] == form
        sound = unwire(one.sound(response["id"]), form)
        assert sound.size > 24_000
        assert np.abs(sound.astype(int)).max() > 3_000
        assert response["usage"]["output_token_details"]["audio_tokens"] == pytest.approx(
            sound.size / 24_000 * 20, abs=2
        )


async def test_a_spoken_turn_event_by_event(port: int) -> None:
    async with official_client(port, KEY) as one:
        await one.update(tools=[LOG], audio={"input": {"transcription": HEARING}})
        await one.speak(wire(spoken(EGGS)))
        response = (await one.until("response.done"))["response"]
        kinds = one.judge.kinds()
        turn = [
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "input_audio_buffer.committed",
            "conversation.item.added",
            "conversation.item.done",
            "response.created",
            "rate_limits.updated",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.done",
        ]
        rest = iter(kinds)
        assert [kind for kind in turn if kind in rest] == turn  # in this order, others between
        started = one.told("input_audio_buffer.speech_started")[0]
        stopped = one.told("input_audio_buffer.speech_stopped")[0]
        assert 100 <= started["audio_start_ms"] <= 500
        whole = spoken(EGGS).size / 24
        assert stopped["audio_end_ms"] == pytest.approx(whole - 500, abs=400)
        completed = one.told("conversation.item.input_audio_transcription.completed")[0]
        assert completed["transcript"].startswith(one.judge.heard(completed["item_id"]).rstrip("."))
        assert completed["usage"]["type"] == "duration"
        (call,) = response["output"]
        assert json.loads(call["arguments"])["said"] == completed["transcript"]
        await one.output(call, '{"say": "Two eggs and milk are in the diary."}')
        response = await one.answer()
        words = response["output"][0]["content"][0]["transcript"]
        assert words == "Two eggs and milk are in the diary."
        details = response["usage"]["input_token_details"]
        assert 0 < details["cached_tokens"] < details["text_tokens"] + details["audio_tokens"]
        assert details["cached_tokens_details"]["audio_tokens"] > 10
        await one.api.conversation.item.retrieve(item_id=completed["item_id"])
        kept = (await one.until("conversation.item.retrieved"))["item"]["content"][0]
        said = np.frombuffer(base64.b64decode(kept["audio"]), dtype="<i2")
        begins = started["audio_start_ms"] * 24
        assert np.array_equal(said[:4_800], spoken(EGGS)[begins : begins + 4_800])


async def test_another_voice_is_understood(port: int, tmp_path: Path) -> None:
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed")
    out = tmp_path / "said.wav"
    text = "How many calories are left for today?"
    command = ["flite", "-voice", "slt", "-t", text, "-o", str(out)]
    await asyncio.to_thread(subprocess.run, command, check=True)
    with wave.open(str(out)) as file:
        narrow = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        sound = maths.resample(narrow, file.getframerate(), maths.RATE)
    async with official_client(port, KEY) as one:
        await one.update(tools=[LOG, TARGET], audio={"input": {"transcription": HEARING}})
        await one.speak(wire(np.concatenate((silence(0.5), sound, silence(1.0)))))
        response = (await one.until("response.done"))["response"]
        assert [call["name"] for call in response["output"]] == ["day_summary"]


async def test_padding_and_silence_are_as_asked(port: int) -> None:
    starts, stops = [], []
    for padding, window in ((300, 500), (100, 900)):
        detection = {"prefix_padding_ms": padding, "silence_duration_ms": window}
        detection |= {"create_response": False}
        async with official_client(port, KEY) as one:
            turns = {"type": "server_vad", **detection}
            await one.update(audio={"input": {"turn_detection": turns}})
            await one.speak(wire(np.concatenate((spoken(EGGS), silence(0.5)))))
            starts.append((await one.until("input_audio_buffer.speech_started"))["audio_start_ms"])
            stops.append((await one.until("input_audio_buffer.speech_stopped"))["audio_end_ms"])
            await one.until("conversation.item.done")
    assert starts[1] - starts[0] == 200
    assert stops[1] - stops[0] == pytest.approx(400, abs=33)


@pytest.mark.parametrize("eagerness", ["high", "low"])
async def test_semantic_detection(port: int, eagerness: str) -> None:
    turns = {"type": "semantic_vad", "eagerness": eagerness, "create_response": False}
    async with official_client(port, KEY) as one:
        session = await one.update(audio={"input": {"turn_detection": turns}})
        assert session["audio"]["input"]["turn_detection"]["eagerness"] == eagerness
        words = spoken(EGGS)[:-24_000]
        await one.speak(wire(words))
        waiting = asyncio.create_task(one.until("input_audio_buffer.speech_stopped"))
        while not waiting.done():  # at the pace of life: the words are read meanwhile
            await one.speak(wire(silence(0.1)))
            await asyncio.sleep(0.1)
        waited = (await waiting)["audio_end_ms"] - words.size / 24
        # A finished sentence has a shorter window; a machine that is slow to read it, up to the
        # window of an unfinished one.
        soonest, longest = {"high": (400, 2_000), "low": (1_000, 8_000)}[eagerness]
        assert soonest - 350 <= waited <= longest + 50
        await one.until("conversation.item.done")


async def test_speaking_over_the_coach(port: int) -> None:
    async with official_client(port, KEY) as one:
        params: Any = {"instructions": EXACTLY.format(STORY)}
        await one.api.response.create(response=params)
        delta = await one.until("response.output_audio.delta")
        await one.speak(wire(spoken(EGGS)))
        response = (await one.until("response.done"))["response"]
        assert response["status"] == "cancelled"
        assert response["status_details"] == {"type": "cancelled", "reason": "turn_detected"}
        assert response["output"][0]["status"] == "incomplete"
        kinds = one.judge.kinds()
        last = len(kinds) - 1 - kinds[::-1].index("input_audio_buffer.speech_started")
        assert last < kinds.index("response.done")
        await one.api.conversation.item.truncate(
            item_id=delta["item_id"], content_index=0, audio_end_ms=80
        )
        await one.until("conversation.item.truncated")
        await one.api.conversation.item.retrieve(item_id=delta["item_id"])
        kept = (await one.until("conversation.item.retrieved"))["item"]["content"][0]
        assert kept["transcript"] == ""
        assert len(base64.b64decode(kept["audio"])) == 80 * 48
        second = (await one.until("response.done"))["response"]
        assert second["status"] == "completed"  # the answer to what was said


async def test_speaking_over_the_coach_may_be_left_to_the_client(port: int) -> None:
    turns = {"type": "server_vad", "interrupt_response": False, "create_response": False}
    async with official_client(port, KEY) as one:
        await one.update(audio={"input": {"turn_detection": turns}})
        params: Any = {"instructions": EXACTLY.format(STORY[:400])}
        await one.api.response.create(response=params)
        await one.until("response.output_audio.delta")
        await one.speak(wire(spoken(EGGS)))
        await one.until("response.done", "input_audio_buffer.committed")
        if "response.done" not in one.judge.kinds():
            await one.until("response.done")
        if "input_audio_buffer.committed" not in one.judge.kinds():
            await one.until("input_audio_buffer.committed")
        assert one.told("response.done")[0]["response"]["status"] == "completed"
        await one.user("hello")
        assert len(one.told("response.created")) == 1


async def test_a_silence_that_lasts_is_answered(port: int) -> None:
    turns = {"type": "server_vad", "idle_timeout_ms": 5_000}
    async with official_client(port, KEY) as one:
        await one.update(audio={"input": {"turn_detection": turns}}, output_modalities=["text"])
        await one.speak(wire(silence(1.0)))
        await one.answer()
        event = await one.until("input_audio_buffer.timeout_triggered")
        committed = await one.until("input_audio_buffer.committed")
        assert committed["item_id"] == event["item_id"]
        response = (await one.until("response.done"))["response"]
        assert response["status"] == "completed"
        assert one.judge.order[1] == event["item_id"]


async def test_push_to_talk(port: int) -> None:
    audio = {"input": {"turn_detection": None, "transcription": HEARING}}
    async with official_client(port, KEY) as one:
        session = await one.update(audio=audio, tools=[LOG])
        assert session["audio"]["input"]["turn_detection"] is None
        await one.api.input_audio_buffer.commit()
        assert (await refused(one))["code"] == "input_audio_buffer_commit_empty"
        await one.speak(wire(silence(0.099)))
        await one.api.input_audio_buffer.commit()
        assert "99ms" in (await refused(one))["message"]
        await one.api.input_audio_buffer.clear()
        await one.until("input_audio_buffer.cleared")
        await one.speak(wire(spoken(EGGS)))
        await one.api.input_audio_buffer.commit()
        committed = await one.until("input_audio_buffer.committed")
        response = await one.answer()
        assert [call["name"] for call in response["output"]] == ["log_meal"]
        completed = one.told("conversation.item.input_audio_transcription.completed")[0]
        assert completed["item_id"] == committed["item_id"]
        assert one.judge.heard(committed["item_id"]) == completed["transcript"]
        assert not one.told("input_audio_buffer.speech_started")


async def test_letting_go_of_the_detector_forgets_a_turn_under_way(port: int) -> None:
    async with official_client(port, KEY) as one:
        words = spoken(EGGS)[:-36_000]  # somebody is in the middle of it
        await one.speak(wire(words))
        await one.until("input_audio_buffer.speech_started")
        await one.update(audio={"input": {"turn_detection": None}})
        await one.api.input_audio_buffer.clear()
        await one.until("input_audio_buffer.cleared")
        await one.update(audio={"input": {"turn_detection": {"type": "server_vad"}}})
        await one.speak(wire(silence(1.5)))
        await one.user("hello")
        assert not one.told("input_audio_buffer.speech_stopped")
        assert not one.told("input_audio_buffer.committed")


async def test_sound_as_an_item(port: int) -> None:
    content = [{"type": "input_audio", "audio": base64.b64encode(wire(spoken(EGGS))).decode()}]
    item: Any = {"type": "message", "role": "user", "content": content}
    async with official_client(port, KEY) as one:
        await one.update(tools=[LOG], audio={"input": {"transcription": HEARING}})
        await one.api.conversation.item.create(item=item)
        response = await one.answer()
        assert "two eggs" in response["output"][0]["arguments"].lower()
        assert one.told("conversation.item.input_audio_transcription.completed")


@pytest.mark.parametrize("model", ["gpt-transcribe", "gpt-4o-transcribe", "whisper-1"])
async def test_a_transcription_session(port: int, model: str) -> None:
    async with official_client(port, KEY, query={"intent": "transcription"}) as one:
        created = await one.next()
        assert created["session"]["type"] == "transcription"
        session: Any = {
            "type": "transcription",
            "audio": {"input": {"transcription": {"model": model, "language": "en"}}},
        }
        await one.api.session.update(session=session)
        await one.until("session.updated")
        await one.speak(wire(spoken(EGGS)))
        done = await one.until("conversation.item.input_audio_transcription.completed")
        assert "milk" in done["transcript"].lower()
        kind = "tokens" if model.startswith("gpt-4o") else "duration"
        assert done["usage"]["type"] == kind
        await one.api.response.create()
        assert (await refused(one))["type"] == "invalid_request_error"
        assert not one.told("response.created")


# Responses


async def test_out_of_band_responses_run_beside(port: int) -> None:
    async with official_client(port, KEY) as one:
        noted = await one.user("log a banana")
        aside: Any = {
            "conversation": "none",
            "output_modalities": ["text"],
            "instructions": EXACTLY.format("A note."),
            "metadata": {"purpose": "note"},
            "input": [{"type": "item_reference", "id": noted["item"]["id"]}],
        }
        main: Any = {"instructions": EXACTLY.format(STORY[:600]), "metadata": {"purpose": "talk"}}
        await one.api.response.create(response=main)
        await one.until("response.created")
        await one.api.response.create(response=aside)
        first = (await one.until("response.done"))["response"]
        second = (await one.until("response.done"))["response"]
        assert first["metadata"] == {"purpose": "note"}  # it came later and was done before
        assert first["conversation_id"] is None
        assert first["output"][0]["content"] == [{"type": "output_text", "text": "A note."}]
        assert second["status"] == "completed"
        assert one.judge.order == [noted["item"]["id"], second["output"][0]["id"]]


async def test_the_input_of_a_response_replaces_the_conversation(port: int) -> None:
    async with official_client(port, KEY) as one:
        await one.update(tools=[LOG], output_modalities=["text"])
        await one.user("log a banana")
        said = {"type": "input_text", "text": "hello"}
        message = {"type": "message", "role": "user", "content": [said]}
        response = await one.answer(conversation="none", input=[message])
        assert response["output"][0]["type"] == "message"
        response = await one.answer(conversation="none", input=[])
        assert response["output"][0]["type"] == "message"
        response = await one.answer(conversation="none")
        assert response["output"][0]["type"] == "function_call"
        unknown: Any = {"input": [{"type": "item_reference", "id": "item_none"}]}
        await one.api.response.create(response=unknown)
        assert (await refused(one))["code"] == "item_reference_invalid_item_id"


@pytest.mark.parametrize("choice", ["required", {"type": "function", "name": "day_summary"}])
async def test_a_tool_that_must_be_taken(port: int, choice: object) -> None:
    async with official_client(port, KEY) as one:
        await one.update(tools=[LOG, TARGET])
        await one.user("tell me a joke")
        response = await one.answer(tool_choice=choice)
        (call,) = response["output"]
        assert call["type"] == "function_call"
        assert choice == "required" or call["name"] == "day_summary"
        assert json.loads(call["arguments"]) == {"said": "tell me a joke"}
        response = await one.answer(tool_choice="none", output_modalities=["text"])
        assert response["output"][0]["type"] == "message"


@pytest.mark.parametrize("parallel", [True, False])
async def test_several_calls_in_one_response(port: int, parallel: bool) -> None:
    async with official_client(port, KEY) as one:
        session = await one.update(tools=[LOG, TARGET], parallel_tool_calls=parallel)
        assert session["parallel_tool_calls"] is parallel
        await one.user("log two eggs and what is my target")
        response = await one.answer()
        calls = response["output"]
        if not parallel:
            assert len(calls) == 1
            return
        assert [call["name"] for call in calls] == ["log_meal", "day_summary"]
        assert len({call["call_id"] for call in calls}) == 2
        for call, say in zip(calls, ("Eggs are in.", "Two thousand."), strict=True):
            await one.output(call, json.dumps({"say": say}))
        response = await one.answer()
        words = response["output"][0]["content"][0]["transcript"]
        assert words == "Eggs are in. Two thousand."


async def test_a_limit_on_tokens_is_kept(port: int) -> None:
    async with official_client(port, KEY) as one:
        for modality in ("text", "audio"):
            said = EXACTLY.format(STORY)
            limits = {"max_output_tokens": 25, "output_modalities": [modality]}
            response = await one.answer(instructions=said, **limits)
            assert response["status"] == "incomplete"
            assert response["status_details"]["reason"] == "max_output_tokens"
            assert 20 <= response["usage"]["output_tokens"] <= 25
            assert response["max_output_tokens"] == 25
        sound = len(one.sound(response["id"])) / 48
        assert sound <= 25 * 50


async def test_cancelling(port: int) -> None:
    async with official_client(port, KEY) as one:
        await one.api.response.cancel(event_id="nothing-to-cancel")
        error = await refused(one)
        assert error["code"] == "response_cancel_not_active"
        assert error["event_id"] == "nothing-to-cancel"
        params: Any = {"instructions": EXACTLY.format(STORY)}
        await one.api.response.create(response=params)
        created = await one.until("response.created")
        await one.api.response.create(event_id="too-soon")
        error = await refused(one)
        assert error["code"] == "conversation_already_has_active_response"
        assert error["event_id"] == "too-soon"
        await one.api.response.cancel(response_id=created["response"]["id"])
        response = (await one.until("response.done"))["response"]
        assert response["status_details"]["reason"] == "client_cancelled"
        assert (await one.answer(output_modalities=["text"]))["status"] == "completed"


async def test_deleting_what_is_being_spoken(port: int) -> None:
    async with official_client(port, KEY) as one:
        params: Any = {"instructions": EXACTLY.format(STORY[:300])}
        await one.api.response.create(response=params)
        delta = await one.until("response.output_audio.delta")
        await one.api.conversation.item.delete(item_id=delta["item_id"])
        await one.until("conversation.item.deleted")
        response = (await one.until("response.done"))["response"]
        assert response["status"] == "completed"
        assert one.judge.order == []
        await one.api.conversation.item.retrieve(item_id=delta["item_id"])
        assert (await refused(one))["code"] == "item_retrieve_invalid_item_id"


async def test_a_conversation_is_cut_as_asked(port: int) -> None:
    ratio: Any = {"type": "retention_ratio", "retention_ratio": 0.5}
    async with official_client(port, KEY) as one:
        await one.update(
            truncation={**ratio, "token_limits": {"post_instructions": 60}},
            output_modalities=["text"],
            instructions="Be brief.",
        )
        read = []
        for turn in range(6):
            await one.user(f"{turn} " + "word " * 20)
            usage = (await one.answer(instructions=EXACTLY.format("Yes.")))["usage"]
            read.append(usage["input_tokens"])
        assert max(read) <= 60 + 10
        assert len(one.judge.order) == 12  # nothing is gone from the conversation itself


# Settings


async def test_settings_that_are_taken_and_do_nothing(port: int) -> None:
    settings: Any = {
        "tracing": {"workflow_name": "w", "group_id": "g", "metadata": {"a": 1}},
        "reasoning": {"effort": "high"},
        "truncation": "disabled",
        "audio": {
            "input": {"noise_reduction": {"type": "far_field"}},
            "output": {"voice": {"id": "voice_1"}, "speed": 1.25},
        },
    }
    async with official_client(port, KEY) as one:
        session = await one.update(**settings)
        for name in ("tracing", "reasoning", "truncation"):
            assert session[name] == settings[name]
        assert session["audio"]["input"]["noise_reduction"]["type"] == "far_field"
        assert session["audio"]["output"]["voice"] == {"id": "voice_1"}
        response = await one.answer()
        assert response["audio"]["output"]["voice"] == "voice_1"  # no object, by the types
        assert response["status"] == "completed"


async def test_what_a_client_may_not_change(port: int) -> None:
    async with official_client(port, KEY) as one:
        await one.update(model="m")
        before = await one.update(audio={"output": {"voice": "cedar"}})
        await one.answer()
        for patch, param in (
            ({"model": "other"}, "session.model"),
            ({"instructions": "new", "model": "other"}, "session.model"),
            ({"audio": {"output": {"voice": "marin"}}}, "session.audio.output.voice"),
            ({"prompt": {"id": "p"}}, "session.prompt"),
            ({"include": ["item.input_audio_transcription.logprobs"]}, "session.include"),
            ({"tools": [{"type": "mcp", "server_label": "x"}]}, "session.tools[0]"),
            ({"tool_choice": {"type": "mcp", "server_label": "x"}}, "session.tool_choice"),
        ):
            session: Any = {"type": "realtime", **patch}
            await one.api.session.update(session=session, event_id="mine")
            error = await refused(one)
            assert (error["param"], error["event_id"]) == (param, "mine")
        assert await one.update() == before


async def test_an_update_in_the_middle_of_a_response(port: int) -> None:
    async with official_client(port, KEY) as one:
        params: Any = {"instructions": EXACTLY.format(STORY[:400])}
        await one.api.response.create(response=params)
        await one.until("response.output_audio.delta")
        form = {"format": {"type": "audio/pcmu"}}
        await one.update(tools=[LOG], output_modalities=["text"], audio={"output": form})
        response = (await one.until("response.done"))["response"]
        assert response["audio"]["output"]["format"]["type"] == "audio/pcm"
        assert response["status"] == "completed"
        await one.user("log a banana")
        assert (await one.answer())["output"][0]["name"] == "log_meal"


async def test_other_formats_in_the_middle_of_speech(port: int) -> None:
    words = spoken(EGGS)
    half = words.size // 2
    async with official_client(port, KEY) as one:
        await one.update(tools=[LOG], audio={"input": {"transcription": HEARING}})
        await one.speak(wire(words[:half]))
        await one.until("input_audio_buffer.speech_started")
        await one.update(audio={"input": {"format": {"type": "audio/pcma"}}})
        await one.speak(wire(words[half:], "audio/pcma"), 800)
        completed = await one.until("conversation.item.input_audio_transcription.completed")
        assert "milk" in completed["transcript"].lower()
        await one.until("response.done")
