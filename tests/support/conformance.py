"""A strict judge of what a Realtime server sends.

The official types say what a frame may hold; the judge adds what types cannot say: identifiers,
the order of events, and that what was told in pieces is what is told at the end.
"""

import json
from collections.abc import Iterator
from typing import Any, get_args

from openai.types.realtime import RealtimeServerEvent
from pydantic import BaseModel

from tests.support.conformance_items import ItemJudge, must
from tests.support.conformance_responses import ResponseJudge

_UNION = get_args(get_args(RealtimeServerEvent)[0])
OFFICIAL: dict[str, type[BaseModel]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in _UNION
}
STREAM = ("response_id", "item_id", "output_index", "content_index")
CALL = ("response_id", "item_id", "output_index", "call_id")
# What a frame must hold beside `type` and `event_id`, also where the official type leaves it open.
NEEDED: dict[str, tuple[str, ...]] = {
    "session.created": ("session",),
    "session.updated": ("session",),
    "conversation.item.added": ("item", "previous_item_id"),
    "conversation.item.done": ("item", "previous_item_id"),
    "conversation.item.retrieved": ("item",),
    "conversation.item.deleted": ("item_id",),
    "conversation.item.truncated": ("item_id", "content_index", "audio_end_ms"),
    "conversation.item.input_audio_transcription.delta": ("item_id", "content_index", "delta"),
    "conversation.item.input_audio_transcription.completed": (
        *("item_id", "content_index", "transcript", "usage"),
    ),
    "conversation.item.input_audio_transcription.failed": ("item_id", "content_index", "error"),
    "input_audio_buffer.committed": ("item_id", "previous_item_id"),
    "input_audio_buffer.cleared": (),
    "input_audio_buffer.speech_started": ("audio_start_ms", "item_id"),
    "input_audio_buffer.speech_stopped": ("audio_end_ms", "item_id"),
    "input_audio_buffer.timeout_triggered": ("audio_start_ms", "audio_end_ms", "item_id"),
    "response.created": ("response",),
    "response.done": ("response",),
    "response.output_item.added": ("response_id", "output_index", "item"),
    "response.output_item.done": ("response_id", "output_index", "item"),
    "response.content_part.added": (*STREAM, "part"),
    "response.content_part.done": (*STREAM, "part"),
    "response.output_text.delta": (*STREAM, "delta"),
    "response.output_text.done": (*STREAM, "text"),
    "response.output_audio_transcript.delta": (*STREAM, "delta"),
    "response.output_audio_transcript.done": (*STREAM, "transcript"),
    "response.output_audio.delta": (*STREAM, "delta"),
    "response.output_audio.done": STREAM,
    "response.function_call_arguments.delta": (*CALL, "delta"),
    "response.function_call_arguments.done": (*CALL, "name", "arguments"),
    "rate_limits.updated": ("rate_limits",),
    "error": ("error",),
}
SESSION = (
    *("id", "object", "expires_at", "type", "model", "instructions", "output_modalities", "audio"),
    *("max_output_tokens", "tools", "tool_choice", "parallel_tool_calls", "truncation", "tracing"),
    *("include", "reasoning"),
)
# Fields the official types do not know and that are sent all the same.
EXTRA = {"id", "object", "expires_at", "parallel_tool_calls", "capabilities", "strength"}


class Judge:
    """Takes frames in order; raises Unlawful or ValidationError for the first that is wrong."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self._items = ItemJudge()
        self._responses = ResponseJudge(self._items)
        self._event_ids: set[str] = set()
        self._speech: str | None = None
        self._stopped: str | None = None
        self._heard: dict[str, str] = {}
        self._settled: set[str] = set()

    @property
    def chosen(self) -> set[str]:
        """Identifiers that the client made."""
        return self._items.chosen

    @chosen.setter
    def chosen(self, ids: set[str]) -> None:
        self._items.chosen = ids

    @property
    def order(self) -> list[str]:
        """The items of the conversation."""
        return self._items.order

    def take(self, raw: bytes | str) -> dict[str, Any]:
        """Judges a frame and returns it."""
        event: dict[str, Any] = json.loads(raw)
        kind = event["type"]
        must(kind in OFFICIAL, f"{kind} is no event of the protocol")
        known = OFFICIAL[kind].model_validate_json(raw, strict=True)
        must(kind in NEEDED, f"{kind} is not sent by a server of this kind")
        strange = set(_extra(known)) - EXTRA
        must(not strange, f"{kind} has fields nobody knows: {strange}")
        missing = [name for name in NEEDED[kind] if name not in event]
        must(not missing, f"{kind} lacks {missing}")
        must(event["event_id"].startswith("event_"), f"event_id {event['event_id']}")
        must(event["event_id"] not in self._event_ids, "an event_id came twice")
        self._event_ids.add(event["event_id"])
        must(self.events or kind in ("session.created", "error"), f"{kind} came first")
        if self._items.begun is not None:
            done = kind == "conversation.item.done" and event["item"]["id"] == self._items.begun
            must(done, f"{kind} before the item is done")
            self._items.begun = None
        self._judge(kind, event)
        self.events.append(event)
        return event

    def finish(self) -> None:
        """Nothing may be left half done."""
        must(self._items.begun is None, "an item is not done")
        self._responses.finish()

    def kinds(self) -> list[str]:
        return [event["type"] for event in self.events]

    def _judge(self, kind: str, event: dict[str, Any]) -> None:
        if kind.startswith("session."):
            self._session(event["session"], first=kind == "session.created")
        elif kind.startswith("conversation.item.input_audio_transcription."):
            self._transcription(kind.rsplit(".", 1)[1], event)
        elif kind.startswith("conversation."):
            self._items.event(kind.rsplit(".", 1)[1], event, self._responses.open_items)
        elif kind.startswith("input_audio_buffer."):
            self._buffer(kind.rsplit(".", 1)[1], event)
        elif kind == "response.created":
            self._responses.created(event["response"])
        elif kind.startswith("response."):
            self._responses.event(kind, event)
        elif kind == "rate_limits.updated":
            names = [limit["name"] for limit in event["rate_limits"]]
            must(names == ["requests", "tokens"], f"limits of {names}")
            must(all(0 <= one["remaining"] <= one["limit"] for one in event["rate_limits"]), "left")
        else:
            self._error(event["error"])

    def _error(self, error: dict[str, Any]) -> None:
        must(error["type"] in ("invalid_request_error", "server_error"), f"type {error['type']}")
        must({"code", "param", "event_id"} <= set(error), "an error without its fields")
        must(error["code"] and error["message"], "an error that says nothing")

    def _session(self, session: dict[str, Any], first: bool) -> None:
        must(first != bool(self.events), "session.created comes once and first")
        must(session["id"].startswith("sess_"), f"session id {session['id']}")
        if session["type"] == "realtime":
            missing = [name for name in SESSION if name not in session]
            must(not missing, f"a session without {missing}")
            must(session["object"] == "realtime.session", session["object"])
        else:
            must(session["object"] == "realtime.transcription_session", session["object"])
            must("output" not in session["audio"], "a transcription session that speaks")
        detection = session["audio"]["input"]["turn_detection"]
        must(detection is None or "create_response" in detection, "turn_detection is not whole")
        if not first:
            begun = self.events[0]["session"]
            must(session["id"] == begun["id"], "the session's id changed")
            must(session["expires_at"] == begun["expires_at"], "the session's end changed")

    def _buffer(self, verb: str, event: dict[str, Any]) -> None:
        if verb == "speech_started":
            must(self._speech is None, "speech started twice")
            self._speech = event["item_id"]
        elif verb == "speech_stopped":
            must(self._speech == event["item_id"], "other speech stopped")
            self._speech, self._stopped = None, event["item_id"]
        elif verb == "committed":
            spoken = self._stopped or self._speech
            must(spoken in (None, event["item_id"]), "other speech was committed")
            self._speech = self._stopped = None
            self._items.committed = event["item_id"]
            last = self.order[-1] if self.order else None
            must(event["previous_item_id"] == last, "committed at another place")
        elif verb == "timeout_triggered":
            must(event["audio_start_ms"] <= event["audio_end_ms"], "a silence of less than nothing")
        elif verb == "cleared":
            self._speech = self._stopped = None

    def _transcription(self, verb: str, event: dict[str, Any]) -> None:
        item_id = event["item_id"]
        must(item_id not in self._settled, f"{verb} after the end")
        if verb == "delta":
            must(event["delta"], "an empty delta")
            self._heard[item_id] = self._heard.get(item_id, "") + event["delta"]
            return
        must(item_id in self._items.added, "the words of no item")
        self._settled.add(item_id)
        if verb == "completed":
            self._transcription_usage(event["usage"])

    def _transcription_usage(self, usage: dict[str, Any]) -> None:
        if usage["type"] == "duration":
            must(usage["seconds"] >= 0, "a negative time")
            return
        details = usage["input_token_details"]
        must(usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"], "the sum")
        must(usage["input_tokens"] == sum(details.values()), "the sum of the input")

    def heard(self, item_id: str) -> str:
        """What the deltas of an item said."""
        return self._heard.get(item_id, "")


def _extra(value: object) -> Iterator[str]:
    """Fields, at any depth, that the official types do not know."""
    if isinstance(value, BaseModel):
        yield from value.model_extra or ()
        for name in type(value).model_fields:
            yield from _extra(getattr(value, name))
    elif isinstance(value, list):
        for one in value:
            yield from _extra(one)
