"""Each family of upstream events, in any order in which servers send it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice.engine_commands import CancelResponse, CreateResponse, DeleteItem
from coach.voice.engine_events import (
    InputCommitted,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenText,
    ToolCalled,
)
from coach.voice.realtime.reader import Reader

TRANSCRIPTION = "conversation.item.input_audio_transcription"


def read(reader, *events):
    return [made for event in events for made in reader.read(json.dumps(event).encode())]


def kinds(events):
    return [type(event).__name__ for event in events]


# --- the member -----------------------------------------------------------------------------------


def utterance(item_id):
    """The events of one utterance; without an id if that is empty."""
    ids = {"item_id": item_id} if item_id else {}
    return [
        {"type": "input_audio_buffer.speech_stopped", **ids},
        {"type": "input_audio_buffer.committed", **ids},
        {"type": f"{TRANSCRIPTION}.completed", **ids, "transcript": "Hello"},
    ]


@given(st.permutations(range(3)), st.sampled_from(["i1", ""]))
def test_an_utterance_is_committed_once_in_whatever_order_it_ends(order, item_id):
    reader, events = Reader("mark"), utterance(item_id)
    out = read(reader, {"type": "input_audio_buffer.speech_started", "item_id": item_id})
    out += read(reader, *(events[number] for number in order))
    assert len({event.item_id for event in out}) == 1
    for kind in (SpeechStarted, SpeechStopped, InputCommitted, InputTranscript):
        assert sum(isinstance(event, kind) for event in out) == 1
    names = kinds(out)
    assert names.index("InputCommitted") < names.index("InputTranscript")


@given(st.integers(1, 5))
def test_utterances_without_ids_are_told_apart(count):
    reader = Reader("mark")
    out = []
    for _ in range(count):
        out += read(reader, {"type": "input_audio_buffer.speech_started"}, *utterance(""))
    committed = [event.item_id for event in out if isinstance(event, InputCommitted)]
    assert len(committed) == len(set(committed)) == count


def test_a_reused_item_id_after_an_answer_is_another_utterance():
    reader = Reader("mark")
    first = read(reader, *utterance("i1"))
    read(reader, {"type": "response.created", "response": {"id": "r1"}})
    again = read(reader, {"type": "input_audio_buffer.speech_started", "item_id": "i1"})
    assert again[0].item_id != first[0].item_id


# --- the coach ------------------------------------------------------------------------------------

MESSAGE = {
    "id": "i1",
    "type": "message",
    "status": "completed",
    "content": [{"type": "output_audio", "transcript": "Hi there."}],
}


def test_an_output_without_a_beginning_begins_its_response():
    delta = {"type": "response.output_text.delta", "response_id": "r1", "item_id": "i1"}
    out = read(Reader("mark"), delta | {"delta": "Hi"}, delta | {"delta": " there"})
    assert kinds(out) == ["ResponseCreated", "SpokenDelta", "SpokenDelta"]
    assert len({event.response_id for event in out}) == 1


def test_words_that_came_in_no_delta_are_read_from_the_item():
    done = {"type": "response.output_item.done", "response_id": "r1", "item": MESSAGE}
    _, words, end = read(Reader("mark"), done)
    assert (words.text, words.spoken) == ("Hi there.", False)
    assert isinstance(end, ItemDone)
    assert words.item_id == end.item_id


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled", "incomplete"])
def test_words_at_the_end_of_a_response_count_only_if_it_completed(status):
    body = {"id": "r1", "status": status, "output": [MESSAGE]}
    out = read(Reader("mark"), {"type": "response.done", "response": body})
    assert [event.status for event in out if isinstance(event, ResponseDone)] == [status]
    assert any(isinstance(event, SpokenText) for event in out) is (status == "completed")


def test_audio_on_the_fast_path_and_on_the_slow_one_is_the_same():
    fields = {"type": "response.output_audio.delta", "response_id": "r1", "item_id": "i1"}
    usual = {**fields, "content_index": 1, "delta": "AAAA"}
    unusual = {"audio": "AAAA", **fields, "content_index": "1"}
    [_, fast], [_, slow] = read(Reader(), usual), read(Reader(), unusual)
    assert fast == slow == SpokenAudio("r1", "i1", b"\0\0\0", 1)


def test_a_response_is_over_when_the_next_one_is_requested_unless_it_was_cancelled():
    reader = Reader("mark")
    [first] = read(reader, {"type": "response.created", "response": {"id": "r1"}})
    reader.to_upstream(CreateResponse("create-2"))
    assert reader.open_responses == 0
    [second] = read(reader, {"type": "response.created", "response": {"id": "r2"}})
    sent = reader.to_upstream(CancelResponse("cancel-1", second.response_id))
    assert sent == CancelResponse("cancel-1", "r2")
    reader.to_upstream(CreateResponse("create-3"))
    assert reader.open_responses == 1
    assert first.response_id != second.response_id


def test_an_item_without_a_name_cannot_be_deleted():
    reader = Reader("mark")
    out = read(reader, {"type": "response.output_text.delta", "response_id": "r1", "delta": "Hi"})
    assert reader.to_upstream(DeleteItem("e", out[-1].item_id)) is None


# --- tools ----------------------------------------------------------------------------------------

CALL = {"id": "f1", "type": "function_call", "call_id": "c1", "name": "log_meal"}
WHOLE = {**CALL, "arguments": '{"said":"eggs"}', "status": "completed"}
ARGUMENTS = "response.function_call_arguments"
PIECES = [
    {"type": "response.output_item.added", "response_id": "r1", "item": CALL},
    {"type": f"{ARGUMENTS}.delta", "response_id": "r1", "item_id": "f1", "delta": '{"said":'},
    {"type": f"{ARGUMENTS}.delta", "response_id": "r1", "item_id": "f1", "delta": '"eggs"}'},
    {"type": f"{ARGUMENTS}.done", "response_id": "r1", "item_id": "f1"},
]


@pytest.mark.parametrize("told_by", ["item", "response", "both", "neither"])
def test_a_call_is_whole_whoever_tells_it(told_by):
    events = list(PIECES)
    if told_by in ("item", "both"):
        events.append({"type": "response.output_item.done", "response_id": "r1", "item": WHOLE})
    body = {"id": "r1", "status": "completed", "output": []}
    if told_by in ("response", "both"):
        body["output"] = [WHOLE]
    out = read(Reader("mark"), *events, {"type": "response.done", "response": body})
    calls = [event for event in out if isinstance(event, ToolCalled)]
    calls += [call for event in out if isinstance(event, ResponseDone) for call in event.calls]
    assert {(c.call_id, c.name, c.arguments, c.complete) for c in calls} == {
        ("c1", "log_meal", '{"said":"eggs"}', True)
    }


def test_calls_without_any_id_have_ids_of_their_own():
    calls = [{"type": "function_call", "name": name, "arguments": "{}"} for name in ("a", "b")]
    body = {"id": "r1", "status": "completed", "output": calls}
    [done] = read(Reader("mark"), {"type": "response.done", "response": body})
    assert [call.name for call in done.calls] == ["a", "b"]
    assert len({call.call_id for call in done.calls}) == 2


def test_a_call_of_a_response_that_was_cut_off_is_not_complete():
    body = {"id": "r1", "status": "cancelled", "output": []}
    out = read(Reader("mark"), *PIECES[:2], {"type": "response.done", "response": body})
    assert isinstance(out[0], ResponseCreated)
    [call] = out[-1].calls
    assert (call.arguments, call.complete) == ('{"said":', False)
