"""The session's rules: configuration, items and responses, without a socket."""

import json

import numpy as np
import pytest

from coach.engine import limits
from coach.engine.llm.types import FunctionCallOutput, Message
from coach.engine.session.conversation_items import MessageItem
from coach.engine.session.effects import (
    FrameReceived,
    GenerateResponse,
    ResponseFinished,
    ResponsePiece,
    StopResponse,
    Tick,
    ToolCalled,
    TranscriptReady,
)
from tests.support.session_bench import Bench, b64, code, kinds, only, sound

TOOL = {
    "type": "function",
    "name": "log_meal",
    "description": "Write down a meal.",
    "parameters": {"type": "object", "properties": {"said": {"type": "string"}}},
}
MESSAGE = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "hi"}]}


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_the_first_event_is_the_whole_session(bench: Bench) -> None:
    (created,) = bench.events
    session = created["session"]
    assert created["type"] == "session.created"
    assert session["id"].startswith("sess_")
    assert session["object"] == "realtime.session"
    assert session["expires_at"] == 1_000 + 3_600
    assert session["model"] == "m"
    assert session["audio"]["input"]["turn_detection"]["silence_duration_ms"] == 500
    assert session["audio"]["output"]["format"] == {"type": "audio/pcm", "rate": 24000}
    assert session["output_modalities"] == ["audio"]


def test_updates_merge_deeply(bench: Bench) -> None:
    bench.update(instructions="Be kind.", tools=[TOOL])
    detection = {"type": "server_vad", "threshold": 0.7}
    event = bench.update(audio={"input": {"turn_detection": detection}})[0]
    session = event["session"]
    assert session["instructions"] == "Be kind."
    assert [tool["name"] for tool in session["tools"]] == ["log_meal"]
    assert session["audio"]["input"]["turn_detection"]["threshold"] == 0.7
    assert session["audio"]["input"]["turn_detection"]["prefix_padding_ms"] == 300
    event = bench.update(audio={"input": {"turn_detection": {"silence_duration_ms": 200}}})[0]
    turns = event["session"]["audio"]["input"]["turn_detection"]
    assert (turns["threshold"], turns["silence_duration_ms"]) == (0.7, 200)


def test_updates_clear(bench: Bench) -> None:
    bench.update(instructions="Be kind.", tools=[TOOL])
    audio = {"input": {"transcription": {"model": "whisper-1"}, "noise_reduction": None}}
    bench.update(audio=audio)
    nothing = {"turn_detection": None, "transcription": None}
    session = bench.update(instructions="", tools=[], audio={"input": nothing})[0]["session"]
    assert session["instructions"] == ""
    assert session["tools"] == []
    assert session["audio"]["input"]["turn_detection"] is None
    assert session["audio"]["input"]["transcription"] is None


def test_another_kind_of_detection_starts_from_its_defaults(bench: Bench) -> None:
    bench.update(audio={"input": {"turn_detection": {"type": "server_vad", "threshold": 0.9}}})
    event = bench.update(audio={"input": {"turn_detection": {"type": "semantic_vad"}}})[0]
    assert event["session"]["audio"]["input"]["turn_detection"] == {
        "type": "semantic_vad",
        "eagerness": "auto",
        "create_response": True,
        "interrupt_response": True,
    }


@pytest.mark.parametrize(
    ("patch", "expected", "param"),
    [
        ({"type": "realtime", "wrong": 1}, "unknown_parameter", "session.wrong"),
        (
            {"type": "realtime", "instructions": "x", "audio": {"input": {"vad": 1}}},
            "unknown_parameter",
            "session.audio.input.vad",
        ),
        ({"instructions": "x"}, "missing_required_parameter", "session.type"),
        ({"type": "transcription"}, "invalid_value", "session.type"),
        ({"type": "realtime", "model": "other"}, "invalid_value", "session.model"),
        ({"type": "realtime", "id": "sess_x"}, "unknown_parameter", "session.id"),
        ({"type": "realtime", "prompt": {"id": "p"}}, "unsupported_parameter", "session.prompt"),
        (
            {"type": "realtime", "tools": [{"type": "mcp", "server_label": "x"}]},
            "unsupported_parameter",
            "session.tools[0]",
        ),
        ({"type": "realtime", "output_modalities": ["audio", "text"]}, "invalid_value", None),
        ({"type": "realtime", "temperature": 0.8}, "unknown_parameter", "session.temperature"),
        ({"type": "realtime", "audio": {"output": {"speed": 2}}}, "invalid_value", None),
        ({"type": "realtime", "max_output_tokens": 5000}, "invalid_value", None),
    ],
)
def test_a_bad_update_changes_nothing(
    bench: Bench, patch: dict[str, object], expected: str, param: str | None
) -> None:
    before = bench.update(instructions="kept")[0]["session"]
    events = bench.send("session.update", session=patch, event_id="mine")
    error = only(events, "error")["error"]
    assert error["type"] == "invalid_request_error"
    assert error["code"] == expected
    assert error["event_id"] == "mine"
    assert param is None or error["param"] == param
    assert bench.update()[0]["session"] == before


def test_what_the_official_clients_send_first_is_accepted(bench: Bench) -> None:
    assert kinds(bench.update(model="m", tracing="auto")) == ["session.updated"]
    assert kinds(bench.update(model="m", tracing="auto")) == ["session.updated"]
    assert code(bench.update(tracing=None)) == "invalid_value"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        "{}",
        '{"type": 3}',
        '{"type": "nope"}',
        b"\x00\x01",
        "[" * 9999,
    ],
)
def test_nonsense_is_an_error_and_no_more(bench: Bench, raw: str | bytes) -> None:
    error = only(bench.happen(FrameReceived(raw)), "error")["error"]
    assert error["type"] == "invalid_request_error"
    assert error["code"] in ("invalid_event", "invalid_value", "missing_required_parameter")
    assert kinds(bench.update()) == ["session.updated"]


def test_every_event_has_its_own_id(bench: Bench) -> None:
    bench.user("a")
    bench.user("b")
    ids = [event["event_id"] for event in bench.events]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("event_") for one in ids)


def test_an_overlong_event_id_is_refused_and_not_echoed(bench: Bench) -> None:
    error = only(bench.send("input_audio_buffer.clear", event_id="x" * 513), "error")["error"]
    assert (error["code"], error["event_id"]) == ("invalid_value", None)


def test_items_go_where_they_are_put(bench: Bench) -> None:
    first = bench.send("conversation.item.create", item={**MESSAGE, "id": "a"})
    assert kinds(first) == ["conversation.item.added", "conversation.item.done"]
    assert first[0]["previous_item_id"] is None
    last = bench.send("conversation.item.create", item={**MESSAGE, "id": "c"})
    assert last[0]["previous_item_id"] == "a"
    middle = bench.send(
        "conversation.item.create", item={**MESSAGE, "id": "b"}, previous_item_id="a"
    )
    assert middle[0]["previous_item_id"] == "a"
    top = bench.send(
        "conversation.item.create", item={**MESSAGE, "id": "z"}, previous_item_id="root"
    )
    assert top[0]["previous_item_id"] is None
    bench.send("response.create")
    assert len(bench.answer.context.entries) == 4


@pytest.mark.parametrize(
    ("item", "after", "expected"),
    [
        (MESSAGE, "nowhere", "item_create_invalid_previous_item_id"),
        ({**MESSAGE, "id": "taken"}, None, "item_create_duplicate_id"),
        (
            {"type": "function_call_output", "call_id": "x", "output": ""},
            None,
            "invalid_tool_call_id",
        ),
        ({**MESSAGE, "role": "assistant"}, None, "invalid_value"),
        ({**MESSAGE, "content": [{"type": "input_text"}]}, None, "missing_required_parameter"),
        (
            {**MESSAGE, "content": [{"type": "input_image", "image_url": "data:"}]},
            None,
            "unsupported_content_type",
        ),
        ({"type": "item_reference", "id": "x"}, None, "invalid_value"),
        ({**MESSAGE, "extra": 1}, None, "unknown_parameter"),
    ],
)
def test_items_that_are_refused(
    bench: Bench, item: dict[str, object], after: str | None, expected: str
) -> None:
    bench.send("conversation.item.create", item={**MESSAGE, "id": "taken"})
    assert (
        code(bench.send("conversation.item.create", item=item, previous_item_id=after)) == expected
    )


def test_items_are_retrieved_and_deleted(bench: Bench) -> None:
    bench.send("conversation.item.create", item={**MESSAGE, "id": "a"})
    found = only(
        bench.send("conversation.item.retrieve", item_id="a"), "conversation.item.retrieved"
    )
    assert found["item"]["content"] == [{"type": "input_text", "text": "hi"}]
    gone = only(bench.send("conversation.item.delete", item_id="a"), "conversation.item.deleted")
    assert gone["item_id"] == "a"
    assert code(bench.send("conversation.item.retrieve", item_id="a")) == (
        "item_retrieve_invalid_item_id"
    )
    assert code(bench.send("conversation.item.delete", item_id="a")) == (
        "item_delete_invalid_item_id"
    )


def test_a_spoken_response_event_by_event(bench: Bench) -> None:
    bench.user("hello")
    assert kinds(bench.send("response.create")) == ["response.created", "rate_limits.updated"]
    answer = bench.answer
    assert answer.context.entries == [Message("user", "hello")]
    events = bench.happen(ResponsePiece(answer.response_id, "One two three.", sound(250)))
    assert kinds(events) == [
        "response.output_item.added",
        "conversation.item.added",
        "response.content_part.added",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio.delta",
    ]
    assert events[0]["item"]["status"] == "in_progress"
    assert events[2]["part"] == {"type": "audio", "transcript": ""}
    assert [e["delta"] for e in events if "transcript.delta" in e["type"]] == [
        *["One two ", "three."]
    ]
    bench.happen(ResponsePiece(answer.response_id, "Four.", sound(100)))
    last = bench.happen(ResponseFinished(answer.response_id))
    assert kinds(last) == [
        "response.output_audio.done",
        "response.output_audio_transcript.done",
        "response.content_part.done",
        "conversation.item.done",
        "response.output_item.done",
        "response.done",
    ]
    assert last[1]["transcript"] == "One two three. Four."
    assert last[4]["item"]["content"] == [
        {"type": "output_audio", "transcript": "One two three. Four."}
    ]
    response = last[-1]["response"]
    assert response["status"] == "completed"
    assert response["conversation_id"].startswith("conv_")
    assert response["audio"]["output"]["voice"] == "marin"
    usage = response["usage"]
    assert usage["output_token_details"]["audio_tokens"] == 7  # 350 ms at 50 ms each
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]


def test_no_delta_holds_more_than_100_ms(bench: Bench) -> None:
    bench.send("response.create")
    events = bench.happen(ResponsePiece(bench.answer.response_id, "Word " * 40, sound(1_999)))
    sizes = [
        len(event["delta"]) * 3 / 4 / 2 / 24 for event in events if "audio.delta" in event["type"]
    ]
    assert max(sizes) <= 100.1
    assert sum(sizes) == pytest.approx(1_999, abs=1)


def test_a_written_response(bench: Bench) -> None:
    bench.update(output_modalities=["text"])
    bench.send("response.create")
    assert bench.answer.spoken is False
    events = bench.happen(ResponsePiece(bench.answer.response_id, "Hello.", None))
    events += bench.happen(ResponseFinished(bench.answer.response_id))
    assert kinds(events)[2:6] == [
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
    ]
    response = events[-1]["response"]
    assert response["output"][0]["content"] == [{"type": "output_text", "text": "Hello."}]
    assert "audio" not in response


def test_a_function_call(bench: Bench) -> None:
    bench.update(tools=[TOOL])
    bench.user("a banana")
    bench.send("response.create")
    answer = bench.answer.response_id
    events = bench.happen(ToolCalled(answer, "log_meal", '{"said":"a banana"}'))
    assert kinds(events) == [
        "response.output_item.added",
        "conversation.item.added",
        "response.function_call_arguments.delta",
        "response.function_call_arguments.done",
        "conversation.item.done",
        "response.output_item.done",
    ]
    assert events[0]["item"]["status"] == "in_progress"
    assert events[0]["item"]["arguments"] == ""
    assert events[3]["name"] == "log_meal"
    assert events[5]["item"]["status"] == "completed"
    call_id = events[5]["item"]["call_id"]
    bench.happen(ResponseFinished(answer))
    output = {"type": "function_call_output", "call_id": call_id, "output": '{"say":"Done."}'}
    bench.send("conversation.item.create", item=output)
    bench.send("response.create")
    assert bench.answer.context.entries[-1] == FunctionCallOutput(call_id, '{"say":"Done."}')


def test_one_response_at_a_time(bench: Bench) -> None:
    bench.send("response.create")
    events = bench.send("response.create", event_id="second")
    error = only(events, "error")["error"]
    assert error["code"] == "conversation_already_has_active_response"
    assert error["event_id"] == "second"
    bench.happen(ResponseFinished(bench.answer.response_id))
    assert kinds(bench.send("response.create"))[0] == "response.created"


def test_cancelling(bench: Bench) -> None:
    assert code(bench.send("response.cancel")) == "response_cancel_not_active"
    bench.send("response.create")
    answer = bench.answer.response_id
    bench.happen(ResponsePiece(answer, "Hello there.", sound(200)))
    events = bench.send("response.cancel")
    assert bench.wanted(StopResponse)[-1].response_id == answer
    done = only(events, "response.done")["response"]
    assert done["status"] == "cancelled"
    assert done["status_details"] == {"type": "cancelled", "reason": "client_cancelled"}
    assert done["output"][0]["status"] == "incomplete"
    assert bench.happen(ResponsePiece(answer, "late", sound(100))) == []
    assert bench.happen(ResponseFinished(answer)) == []


def test_out_of_band_responses_run_beside(bench: Bench) -> None:
    bench.send("conversation.item.create", item={**MESSAGE, "id": "a"})
    bench.user("more")
    bench.send("response.create")
    events = bench.send(
        "response.create",
        response={
            "conversation": "none",
            "metadata": {"purpose": "classify"},
            "output_modalities": ["text"],
            "instructions": "Classify.",
            "input": [{"type": "item_reference", "id": "a"}],
        },
    )
    created = only(events, "response.created")["response"]
    assert created["conversation_id"] is None
    assert created["metadata"] == {"purpose": "classify"}
    context = bench.answer.context
    assert context.directions == "Classify."
    assert context.entries == [Message("user", "hi")]
    events = bench.happen(ResponsePiece(created["id"], "Fine.", None))
    events += bench.happen(ResponseFinished(created["id"]))
    assert not [kind for kind in kinds(events) if kind.startswith("conversation.")]
    assert events[-1]["response"]["metadata"] == {"purpose": "classify"}
    bench.happen(ResponseFinished(bench.wanted(GenerateResponse)[0].response_id))
    bench.send("response.create")
    assert len(bench.answer.context.entries) == 2


def test_sound_in_the_input_of_a_response_is_heard_first(bench: Bench) -> None:
    bench.detect()
    bench.send("conversation.item.create", item={**MESSAGE, "id": "a"})
    spoken = {"type": "input_audio", "audio": b64(sound(300))}
    both = [{"type": "item_reference", "id": "a"}, {**MESSAGE, "id": "a", "content": [spoken]}]
    response = {"conversation": "none", "input": both}
    assert kinds(bench.send("response.create", response=response)) == ["response.created"]
    (job,) = bench.finals
    assert job.pcm.size == 300 * 24
    assert kinds(bench.happen(TranscriptReady(job.job, "log an egg"))) == ["rate_limits.updated"]
    assert bench.answer.context.entries == [Message("user", "hi"), Message("user", "log an egg")]
    assert kinds(bench.send("conversation.item.delete", item_id="a"))[0].endswith("deleted")


def test_sound_that_nobody_waits_for_any_more_is_heard_in_vain(bench: Bench) -> None:
    spoken = {"type": "input_audio", "audio": b64(sound(300))}
    bench.send("response.create", response={"input": [{**MESSAGE, "content": [spoken]}]})
    bench.send("response.cancel")
    assert bench.happen(TranscriptReady(bench.finals[0].job, "log an egg")) == []
    two = {**MESSAGE, "content": [spoken, spoken]}
    error = only(bench.send("response.create", response={"input": [two]}), "error")["error"]
    assert (error["code"], error["param"]) == ("invalid_value", "response.input[0].content")
    bad = {**MESSAGE, "content": [{**spoken, "audio": "*"}]}
    error = only(bench.send("response.create", response={"input": [bad]}), "error")["error"]
    assert error["param"] == "response.input[0].content[0].audio"


def test_empty_input_is_an_empty_context(bench: Bench) -> None:
    bench.user("hello")
    bench.send("response.create", response={"input": []})
    assert bench.answer.context.entries == []


@pytest.mark.parametrize(
    ("response", "expected", "param"),
    [
        (
            {"input": [{"type": "item_reference", "id": "no"}]},
            "item_reference_invalid_item_id",
            "input[0].id",
        ),
        ({"modalities": ["text"]}, "unknown_parameter", "modalities"),
        ({"tool_choice": {"type": "function", "name": "no"}}, "invalid_value", "tool_choice.name"),
        ({"tool_choice": "required"}, "invalid_value", "tool_choice"),
        ({"metadata": {"k" * 65: "v"}}, "invalid_value", "metadata"),
        ({"metadata": {"k": "v" * 513}}, "invalid_value", "metadata"),
        ({"metadata": {str(i): "v" for i in range(17)}}, "invalid_value", "metadata"),
        ({"prompt": {"id": "p"}}, "unsupported_parameter", "prompt"),
        ({"conversation": "other"}, "invalid_value", "conversation"),
    ],
)
def test_responses_that_are_refused(
    bench: Bench, response: dict[str, object], expected: str, param: str
) -> None:
    error = only(bench.send("response.create", response=response), "error")["error"]
    assert (error["code"], error["param"]) == (expected, f"response.{param}")
    assert param in error["message"] or expected != "invalid_value" or "tool" in param
    assert bench.wanted(GenerateResponse) == []


def test_the_length_of_a_response_is_limited(bench: Bench) -> None:
    bench.send("response.create", response={"max_output_tokens": 4})
    events = bench.happen(
        ResponsePiece(bench.answer.response_id, "One two three four.", sound(1_000))
    )
    done = only(events, "response.done")["response"]
    assert done["status"] == "incomplete"
    assert done["status_details"]["reason"] == "max_output_tokens"
    audio = [event for event in events if event["type"] == "response.output_audio.delta"]
    assert 0 < len(audio) < 4


def test_a_failed_response_says_why(bench: Bench) -> None:
    bench.send("response.create")
    events = bench.happen(ResponseFinished(bench.answer.response_id, "timeout"))
    done = only(events, "response.done")["response"]
    assert done["status"] == "failed"
    assert done["status_details"]["error"]["code"] == "timeout"
    assert bench.send("response.create")[0]["type"] == "response.created"


def test_the_budget_of_a_minute(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REQUESTS_PER_MINUTE", 1)
    bench.send("response.create")
    bench.happen(ResponseFinished(bench.answer.response_id))
    events = bench.send("response.create")
    error = only(events, "response.done")["response"]["status_details"]["error"]
    assert error["code"] == "inference_rate_limit_exceeded"
    bench.now += 61
    assert "response.done" not in kinds(bench.send("response.create"))


def test_what_was_read_before_counts_as_cached(bench: Bench) -> None:
    bench.update(instructions="x" * 400)
    for _ in range(2):
        bench.user("hello")
        bench.send("response.create")
        events = bench.happen(ResponseFinished(bench.answer.response_id))
    details = events[-1]["response"]["usage"]["input_token_details"]
    assert 100 <= details["cached_tokens"] < details["text_tokens"]
    assert details["cached_tokens_details"]["text_tokens"] == details["cached_tokens"]
    bench.update(instructions="y" * 400)
    bench.send("response.create")
    events = bench.happen(ResponseFinished(bench.answer.response_id))
    assert events[-1]["response"]["usage"]["input_token_details"]["cached_tokens"] == 0


def test_truncating(bench: Bench) -> None:
    bench.user("hello")
    bench.send("response.create")
    answer = bench.answer.response_id
    events = bench.happen(ResponsePiece(answer, "Hello there.", np.arange(24_000, dtype=np.int16)))
    item = events[0]["item"]["id"]
    bench.happen(ResponseFinished(answer))

    def truncate(item_id: str, ms: int, index: int = 0) -> list[dict[str, object]]:
        fields = {"item_id": item_id, "content_index": index, "audio_end_ms": ms}
        return bench.send("conversation.item.truncate", **fields)

    assert code(truncate(item, 1_001)) == "invalid_value"
    assert code(truncate(item, 100, 1)) == "invalid_value"
    assert code(truncate("no", 100)) == "item_truncate_invalid_item_id"
    user = bench.events[1]["item"]["id"]
    assert code(truncate(user, 100)) == "unsupported_content_type"
    done = only(truncate(item, 400), "conversation.item.truncated")
    assert (done["item_id"], done["content_index"], done["audio_end_ms"]) == (item, 0, 400)
    kept = bench.send("conversation.item.retrieve", item_id=item)[0]["item"]["content"][0]
    assert kept["transcript"] == ""
    assert kept["audio"] == b64(np.arange(9_600, dtype=np.int16))


def test_voice_and_speed_are_fixed_while_they_sound(bench: Bench) -> None:
    assert kinds(bench.update(audio={"output": {"voice": "cedar"}})) == ["session.updated"]
    bench.send("response.create")
    assert code(bench.update(audio={"output": {"speed": 1.2}})) == "invalid_value"
    bench.happen(ResponsePiece(bench.answer.response_id, "Hi.", sound(100)))
    bench.happen(ResponseFinished(bench.answer.response_id))
    assert code(bench.update(audio={"output": {"voice": "marin"}})) == "cannot_update_voice"
    assert kinds(bench.update(audio={"output": {"speed": 1.2}})) == ["session.updated"]
    bench.send("response.create")
    assert bench.answer.speed == 1.2


def test_telephone_formats(bench: Bench) -> None:
    for form in ("audio/pcmu", "audio/pcma"):
        bench.update(audio={"output": {"format": {"type": form}}})
        bench.send("response.create")
        answer = bench.answer.response_id
        events = bench.happen(ResponsePiece(answer, "Hello.", sound(1_000)))
        events += bench.happen(ResponseFinished(answer))
        sent = [
            event["delta"] for event in events if event["type"] == "response.output_audio.delta"
        ]
        assert sum(len(one) // 4 * 3 - one.count("=") for one in sent) == pytest.approx(
            8_000, abs=8
        )


def test_the_session_expires(bench: Bench) -> None:
    assert bench.session.deadline() == 3_700.0
    bench.now = 3_700.0
    assert code(bench.happen(Tick())) == "session_expired"
    assert bench.closed.reason == "Your session hit the maximum duration of 60 minutes."
    assert bench.user("still there?") == []
    assert bench.session.deadline() is None


def test_a_transcription_session_only_listens() -> None:
    bench = Bench(transcription=True)
    session = bench.events[0]["session"]
    assert session["object"] == "realtime.transcription_session"
    assert "output" not in session["audio"]
    assert code(bench.send("response.create")) == "invalid_value"
    bench.say()
    events = bench.hush()
    assert "input_audio_buffer.committed" in kinds(events)
    assert bench.wanted(GenerateResponse) == []


def test_output_buffer_clear_is_for_others(bench: Bench) -> None:
    assert code(bench.send("output_audio_buffer.clear")) == "unsupported_event"


def test_too_many_items(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ITEMS", 2)
    bench.user("a")
    bench.user("b")
    assert code(bench.user("c")) == "conversation_too_long"
    bench.send("response.create")
    events = bench.happen(ResponsePiece(bench.answer.response_id, "Hi.", sound(50)))
    assert "conversation.item.added" in kinds(events)


def test_errors_never_hold_what_was_said(bench: Bench) -> None:
    secret = "my secret illness"
    for events in (
        bench.send("conversation.item.create", item={**MESSAGE, "id": secret, "x": secret}),
        bench.happen(
            FrameReceived(json.dumps({"type": "session.update", "session": {"type": secret}}))
        ),
        bench.happen(FrameReceived(secret)),
    ):
        assert secret not in json.dumps(events)


def _texts(bench: Bench) -> list[str]:
    entries = bench.answer.context.entries
    return [entry.text for entry in entries if isinstance(entry, Message)]


def _turn(bench: Bench, text: str) -> dict[str, object]:
    bench.user(text)
    bench.send("response.create")
    return only(bench.happen(ResponseFinished(bench.answer.response_id)), "response.done")[
        "response"
    ]


def test_a_long_conversation_is_read_from_its_end(bench: Bench) -> None:
    retention = {"type": "retention_ratio", "retention_ratio": 0.5}
    bench.update(truncation={**retention, "token_limits": {"post_instructions": 100}})
    for turn in "abcdefghijk":  # 10 tokens each
        _turn(bench, turn * 40)
    # The eleventh passes the limit: what is read shrinks to half of it at once …
    assert [text[0] for text in _texts(bench)] == list("ghijk")
    usage = _turn(bench, "l" * 40)["usage"]
    # … and the next response reads the same beginning, so that it counts as cached.
    assert [text[0] for text in _texts(bench)] == list("ghijkl")
    assert usage["input_token_details"]["cached_tokens"] == 50
    first = next(e for e in bench.events if e["type"] == "conversation.item.added")
    kept = bench.send("conversation.item.retrieve", item_id=first["item"]["id"])
    assert kept[0]["item"]["content"][0]["text"] == "a" * 40


def test_an_output_is_not_read_without_its_call(bench: Bench) -> None:
    ratio = {"type": "retention_ratio", "retention_ratio": 0.0}
    bench.update(truncation={**ratio, "token_limits": {"post_instructions": 10}})
    call = {"type": "function_call", "call_id": "c", "name": "t", "arguments": "{}" * 40}
    bench.send("conversation.item.create", item=call)
    output = {"type": "function_call_output", "call_id": "c", "output": "x"}
    bench.send("conversation.item.create", item=output)
    _turn(bench, "hello")
    assert bench.answer.context.entries == [Message("user", "hello")]


def test_truncation_may_be_forbidden(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONTEXT_TOKENS", 20)
    assert _turn(bench, "a" * 40)["status"] == "completed"
    assert _turn(bench, "b" * 80)["status"] == "completed"
    assert _texts(bench) == ["b" * 80]
    bench.update(truncation="disabled")
    bench.user("c" * 40)
    failed = only(bench.send("response.create"), "response.done")["response"]
    assert failed["status_details"]["error"]["code"] == "context_length_exceeded"
    bench.send("response.create", response={"input": [MESSAGE]})
    assert _texts(bench) == ["hi"]


@pytest.mark.parametrize("most", [1, 2, 3, 7, 20])
@pytest.mark.parametrize("spoken", [True, False])
def test_no_response_takes_more_tokens_than_it_may(bench: Bench, most: int, spoken: bool) -> None:
    modalities = ["audio" if spoken else "text"]
    limit = {"max_output_tokens": most, "output_modalities": modalities}
    bench.send("response.create", response=limit)
    answer = bench.answer.response_id
    piece = ResponsePiece(
        answer, "Some words that are not few. " * 5, sound(5_000) if spoken else None
    )
    events = bench.happen(piece)
    done = only(events, "response.done")["response"]
    assert done["status_details"] == {"type": "incomplete", "reason": "max_output_tokens"}
    assert 0 < done["usage"]["output_tokens"] <= most
    deltas = [e["delta"] for e in events if e["type"].endswith(("transcript.delta", "text.delta"))]
    final = next(e for e in events if e["type"].endswith(("transcript.done", "text.done")))
    assert "".join(deltas) == final.get("transcript", final.get("text"))
    assert bench.wanted(StopResponse)[-1].response_id == answer


def test_a_response_that_just_fits_is_complete(bench: Bench) -> None:
    limit = {"max_output_tokens": 2, "output_modalities": ["text"]}
    bench.send("response.create", response=limit)
    bench.happen(ResponsePiece(bench.answer.response_id, "12345678", None))
    events = bench.happen(ResponseFinished(bench.answer.response_id))
    assert only(events, "response.done")["response"]["status"] == "completed"


def test_a_call_that_does_not_fit_is_not_made(bench: Bench) -> None:
    bench.update(tools=[TOOL])
    bench.send("response.create", response={"max_output_tokens": 4})
    events = bench.happen(ToolCalled(bench.answer.response_id, "log_meal", '{"said": "a banana"}'))
    assert kinds(events) == ["response.done"]
    assert events[0]["response"]["status"] == "incomplete"
    assert events[0]["response"]["output"] == []


def test_several_calls_in_one_response(bench: Bench) -> None:
    bench.update(tools=[TOOL])
    bench.send("response.create")
    answer = bench.answer.response_id
    events = bench.happen(ToolCalled(answer, "log_meal", '{"said":"one"}'))
    events += bench.happen(ToolCalled(answer, "log_meal", '{"said":"two"}'))
    events += bench.happen(ResponseFinished(answer))
    done = only(events, "response.done")["response"]
    assert [item["arguments"] for item in done["output"]] == ['{"said":"one"}', '{"said":"two"}']
    calls = [e for e in events if e["type"] == "response.function_call_arguments.done"]
    assert [call["output_index"] for call in calls] == [0, 1]
    assert len({call["call_id"] for call in calls}) == 2


@pytest.mark.parametrize("where", ["session", "response"])
def test_one_call_where_they_may_not_be_several(bench: Bench, where: str) -> None:
    one = {"parallel_tool_calls": False}
    bench.update(tools=[TOOL], **(one if where == "session" else {}))
    bench.send("response.create", response=one if where == "response" else {})
    answer = bench.answer.response_id
    assert bench.answer.context.parallel is False
    events = bench.happen(ToolCalled(answer, "log_meal", "{}"))
    assert only(events, "response.done")["response"]["status"] == "completed"
    assert bench.happen(ToolCalled(answer, "log_meal", "{}")) == []


def test_truncating_what_is_still_spoken(bench: Bench) -> None:
    bench.send("response.create")
    answer = bench.answer.response_id
    ramp = np.arange(24_000, dtype=np.int16)
    item = bench.happen(ResponsePiece(answer, "Hello there.", ramp))[0]["item"]["id"]
    cut = {"item_id": item, "content_index": 0, "audio_end_ms": 400}
    assert kinds(bench.send("conversation.item.truncate", **cut)) == ["conversation.item.truncated"]
    events = bench.happen(ResponsePiece(answer, "And more.", ramp))
    events += bench.happen(ResponseFinished(answer))
    told = only(events, "response.output_audio_transcript.done")
    assert told["transcript"] == "Hello there. And more."
    kept = bench.send("conversation.item.retrieve", item_id=item)[0]["item"]["content"][0]
    assert kept["transcript"] == ""
    assert kept["audio"] == b64(ramp[:9_600])
    longer = {**cut, "audio_end_ms": 401}
    assert code(bench.send("conversation.item.truncate", **longer)) == "invalid_value"


def test_the_format_of_a_response_is_the_sessions_unless_it_says_so(bench: Bench) -> None:
    bench.update(audio={"output": {"format": {"type": "audio/pcmu"}}})
    voice = {"audio": {"output": {"voice": "cedar"}}}
    created = only(bench.send("response.create", response=voice), "response.created")
    assert created["response"]["audio"]["output"]["format"] == {"type": "audio/pcmu"}
    bench.happen(ResponseFinished(bench.answer.response_id))
    own = {"audio": {"output": {"format": {"type": "audio/pcma"}}}}
    created = only(bench.send("response.create", response=own), "response.created")
    assert created["response"]["audio"]["output"]["format"] == {"type": "audio/pcma"}


def test_out_of_band_responses_are_limited_and_hold_up_nobody(bench: Bench) -> None:
    beside = {"conversation": "none"}
    for _ in range(limits.PARALLEL_RESPONSES):
        assert "response.created" in kinds(bench.send("response.create", response=beside))
    assert code(bench.send("response.create", response=beside)) == "too_many_responses"
    assert "response.created" in kinds(bench.send("response.create"))


def test_an_answer_that_cannot_begin_by_itself_is_an_error(bench: Bench) -> None:
    bench.update(tool_choice="required")
    bench.say()
    events = bench.hush()
    assert code(events) == "invalid_value"
    assert "input_audio_buffer.committed" in kinds(events)
    assert "response.created" not in kinds(events)
    bench.update(tool_choice="auto")
    bench.say()
    assert "response.created" in kinds(bench.hush())


def test_null_clears_what_can_be_empty_and_nothing_else(bench: Bench) -> None:
    audio = {
        "input": {
            "transcription": {"model": "m", "language": "en", "keywords": ["egg"]},
            "noise_reduction": {"type": "near_field", "strength": 0.5},
            "turn_detection": {"type": "server_vad", "threshold": 0.7, "idle_timeout_ms": 6000},
        },
        "output": {"voice": "cedar", "speed": 1.2},
    }
    before = bench.update(
        instructions="kept", tools=[TOOL], reasoning={"effort": "low"}, audio=audio
    )
    settings = before[0]["session"]
    nothing = dict.fromkeys(
        ("model", "instructions", "tools", "tool_choice", "output_modalities", "max_output_tokens"),
        None,
    )
    assert bench.update(**nothing, truncation=None, audio=None)[0]["session"] == settings
    assert bench.update(audio={"input": None, "output": None})[0]["session"] == settings
    quiet = {"threshold": None, "idle_timeout_ms": None}
    gone = {"transcription": {"language": None, "keywords": None}, "noise_reduction": None}
    after = bench.update(reasoning=None, audio={"input": {"turn_detection": quiet, **gone}})
    heard = after[0]["session"]["audio"]["input"]
    assert after[0]["session"]["reasoning"] is None
    assert heard["turn_detection"]["threshold"] == 0.7
    assert heard["turn_detection"]["idle_timeout_ms"] is None
    assert heard["transcription"] == {"model": "m", "language": None, "prompt": None}
    assert heard["noise_reduction"] is None
    semantic = {"type": "semantic_vad", "eagerness": None}
    after = bench.update(audio={"input": {"turn_detection": semantic}})
    assert after[0]["session"]["audio"]["input"]["turn_detection"]["eagerness"] == "auto"
    assert code(bench.update(colour=None)) == "unknown_parameter"


def test_null_within_an_object_says_nothing(bench: Bench) -> None:
    form = {"type": "audio/pcm", "rate": None}
    schema = {"type": "object", "properties": {"size": {"enum": ["big", None], "default": None}}}
    bare = {"type": "function", "name": "bare", "description": None, "parameters": None}
    tools = [bare, {**bare, "name": "own", "parameters": schema}]
    ratio = {"type": "retention_ratio", "retention_ratio": 0.5, "token_limits": None}
    session = bench.update(
        audio={"input": {"format": form}, "output": {"format": form}},
        tools=tools,
        truncation=ratio,
        reasoning={"effort": None},
        tracing={"workflow_name": None, "metadata": {"kept": None}},
    )[0]["session"]
    assert session["audio"]["input"]["format"] == {"type": "audio/pcm", "rate": 24_000}
    assert session["tools"][0] == {**bare, "description": "", "parameters": {}}
    assert session["tools"][1]["parameters"] == schema
    assert session["truncation"] == ratio
    assert session["reasoning"] == {"effort": "low"}
    assert session["tracing"]["metadata"] == {"kept": None}
    response = {
        "tools": tools,
        "reasoning": {"effort": None},
        "audio": {"output": {"format": form, "voice": None}},
    }
    created = bench.send("response.create", response=response)[0]["response"]
    assert created["audio"]["output"]["format"] == {"type": "audio/pcm", "rate": 24_000}
    assert [tool.parameters for tool in bench.answer.context.tools] == [{}, schema]


def _nested(depth: int) -> dict[str, object]:
    inner: dict[str, object] = {}
    for _ in range(depth):
        inner = {"x": inner}
    return inner


@pytest.mark.parametrize("depth", [limits.JSON_DEPTH, 500, 800])
def test_what_is_nested_too_deeply_is_refused(bench: Bench, depth: int) -> None:
    tool = {**TOOL, "parameters": _nested(depth)}
    assert code(bench.update(tools=[tool])) == "invalid_value"
    assert code(bench.update(tracing={"metadata": _nested(depth)})) == "invalid_value"
    assert code(bench.send("response.create", response={"tools": [tool]})) == "invalid_value"
    fine = {**TOOL, "parameters": _nested(limits.JSON_DEPTH - 3)}
    assert kinds(bench.update(tools=[fine])) == ["session.updated"]


def _speech(bench: Bench, *pieces_ms: int) -> MessageItem:
    """The item of an answer of so many milliseconds."""
    bench.user("hi")
    bench.send("response.create")
    for ms in pieces_ms:
        bench.happen(ResponsePiece(bench.answer.response_id, "Hello.", sound(ms)))
    done = bench.happen(ResponseFinished(bench.answer.response_id))
    item = bench.session._conversation.find(only(done, "conversation.item.done")["item"]["id"])
    assert isinstance(item, MessageItem)
    return item


def _held(bench: Bench) -> int:
    """Samples kept in memory, also those behind a view."""
    kept = [
        part.pcm
        for item in bench.session._conversation.items
        for part in (item.parts if isinstance(item, MessageItem) else [])
        if part.pcm is not None
    ]
    return sum(one.size if one.base is None else one.base.size for one in kept)


def test_sound_that_was_cut_off_is_not_kept(bench: Bench) -> None:
    item = _speech(bench, 5_000, 5_000)
    bench.send("conversation.item.truncate", item_id=item.id, content_index=0, audio_end_ms=1_000)
    assert _held(bench) == limits.RATE


def test_however_long_answers_are_so_much_sound_is_kept(bench: Bench) -> None:
    second = 1_000
    for _ in range(3):
        _speech(bench, *[10 * second] * 4)
    most = limits.KEPT_AUDIO_SECONDS * limits.RATE
    assert 0 < _held(bench) <= most
    _speech(bench, *[int(limits.KEPT_AUDIO_SECONDS) * second, second])
    assert _held(bench) <= most
