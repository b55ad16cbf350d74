"""Whatever a server sends: an event of ours, nothing, or `Malformed`; never another error."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.voice.engine_events import ResponseCreated, ResponseDone, ToolCalled
from coach.voice.realtime.reader import Reader
from coach.voice.realtime.reader.response_tracker import OPEN_RESPONSES
from coach.voice.realtime.wire import OLD_NAMES, Malformed

KINDS = sorted({*Reader().event_types, *OLD_NAMES, "session.updated", "ping"})
FIELDS = [
    *("item_id", "response_id", "id", "call_id", "name", "arguments", "delta", "transcript"),
    *("text", "usage", "status", "item", "response", "output", "content", "content_index"),
    *("audio_start_ms", "error", "code", "message", "param", "status_details", "reason"),
    *("metadata", "tag"),
]
some = st.sampled_from(["r1", "i1", "c1", "completed", "cancelled", "function_call", "message"])
leaf = st.none() | st.booleans() | st.integers() | st.floats() | some | st.just("AAAA")
anything = st.recursive(
    leaf,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*FIELDS, "type"]), inner, max_size=5)
    ),
    max_leaves=12,
)
events = st.builds(
    lambda kind, fields: fields | {"type": kind},
    st.sampled_from(KINDS),
    st.dictionaries(st.sampled_from(FIELDS), anything, max_size=6),
)


@settings(deadline=None)
@given(st.lists(events, max_size=12))
def test_no_order_and_no_shape_breaks_the_reader(sent):
    reader = Reader()
    begun, called = [], []
    for event in sent:
        try:
            out = reader.read(json.dumps(event).encode())
        except Malformed:
            continue
        for made in out:
            if isinstance(made, ResponseCreated):
                begun.append(made.response_id)
            calls = made.calls if isinstance(made, ResponseDone) else [made]
            called += [call for call in calls if isinstance(call, ToolCalled)]
    assert all(isinstance(response, str) and response for response in begun)
    assert all(call.call_id and isinstance(call.arguments, str) for call in called)
    assert reader.open_responses <= OPEN_RESPONSES


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    with contextlib.suppress(Malformed):
        Reader().read(data)


@pytest.mark.parametrize(
    "ids", [{"id": "i1", "call_id": "c1"}, {"id": "i1"}, {"call_id": "c1"}, {}]
)
def test_a_call_told_in_every_way_has_one_id(ids):
    """However often it is told, with whatever ids: the rules run a call id once."""
    item = {"type": "function_call", "name": "log_meal", "arguments": "{}", "status": "completed"}
    told = {"call_id": ids.get("call_id"), "item_id": ids.get("id"), "arguments": "{}"}
    kind = "response.function_call_arguments.done"
    frames = [
        {"type": "response.created", "response": {"id": "r1"}},
        {"type": kind, "response_id": "r1", "name": "log_meal", **told},
        {"type": "response.output_item.done", "response_id": "r1", "item": item | ids},
        {"type": "response.done", "response": {"id": "r1", "output": [item | ids]}},
    ]
    reader = Reader()
    out = [made for frame in frames for made in reader.read(json.dumps(frame).encode())]
    done = out[-1]
    assert isinstance(done, ResponseDone)
    calls = [*(made for made in out if isinstance(made, ToolCalled)), *done.calls]
    assert len(calls) == 2
    assert len({call.call_id for call in calls}) == 1
