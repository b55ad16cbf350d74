"""A strict judge of what a Realtime server sends, and a client that shows it every frame.

The official types say what a frame may hold; the judge adds what types cannot say: identifiers,
the order of events, and that what was told in pieces is what is told at the end.
"""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, get_args

import numpy as np
from openai import AsyncOpenAI
from openai.resources.realtime.realtime import AsyncRealtimeConnection
from openai.types.realtime import RealtimeServerEvent
from pydantic import BaseModel

_UNION = get_args(get_args(RealtimeServerEvent)[0])
OFFICIAL: dict[str, type[BaseModel]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in _UNION
}
BYTES_PER_MS = {"audio/pcm": 48, "audio/pcmu": 8, "audio/pcma": 8}
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
RESPONSE = (
    *("id", "object", "status", "status_details", "output", "conversation_id"),
    *("output_modalities", "max_output_tokens", "metadata", "usage"),
)
# Fields the official types do not know and that are sent all the same.
EXTRA = {"id", "object", "expires_at", "parallel_tool_calls", "capabilities", "strength"}


class Unlawful(AssertionError):
    """A frame that a client may not get."""


def must(held: object, why: str) -> None:
    if not held:
        raise Unlawful(why)


class _Response:
    """What is known of a response that is under way."""

    def __init__(self, response: dict[str, Any]) -> None:
        self.form = response.get("audio", {}).get("output", {}).get("format", {}).get("type")
        self.in_conversation = response["conversation_id"] is not None
        self.metadata = response["metadata"]
        self.items: list[str] = []
        self.done: list[dict[str, Any]] = []
        self.open: str | None = None
        self.text = self.arguments = ""
        self.part: str | None = None
        self.ended: set[str] = set()


class Judge:
    """Takes frames in order; raises Unlawful or ValidationError for the first that is wrong."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.order: list[str] = []
        self.chosen: set[str] = set()  # ids that the client made
        self._event_ids: set[str] = set()
        self._responses: dict[str, _Response | None] = {}
        self._added: dict[str, bool] = {}  # items, and whether they are done
        self._speech: str | None = None
        self._stopped: str | None = None
        self._committed: str | None = None
        self._begun: str | None = None  # an item of the client's that is added and not done
        self._heard: dict[str, str] = {}
        self._settled: set[str] = set()

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
        if self._begun is not None:
            done = kind == "conversation.item.done" and event["item"]["id"] == self._begun
            must(done, f"{kind} before the item is done")
            self._begun = None
        self._judge(kind, event)
        self.events.append(event)
        return event

    def finish(self) -> None:
        """Nothing may be left half done."""
        must(self._begun is None, "an item is not done")
        must(not any(self._responses.values()), "a response is not done")

    def kinds(self) -> list[str]:
        return [event["type"] for event in self.events]

    def _judge(self, kind: str, event: dict[str, Any]) -> None:
        if kind.startswith("session."):
            self._session(event["session"], first=kind == "session.created")
        elif kind.startswith("conversation.item.input_audio_transcription."):
            self._transcription(kind.rsplit(".", 1)[1], event)
        elif kind.startswith("conversation."):
            self._item(kind.rsplit(".", 1)[1], event)
        elif kind.startswith("input_audio_buffer."):
            self._buffer(kind.rsplit(".", 1)[1], event)
        elif kind == "response.created":
            self._created(event["response"])
        elif kind.startswith("response."):
            self._response(kind, event)
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

    def _item(self, verb: str, event: dict[str, Any]) -> None:
        item_id = event["item_id"] if "item_id" in event else event["item"]["id"]
        if "item" in event:
            self._shape(event["item"])
        if verb == "added":
            must(item_id not in self._added, "an item was added twice")
            self._added[item_id] = False
            place = self._after(event["previous_item_id"])
            self.order.insert(place, item_id)
            open_items = [one.open for one in self._responses.values() if one]
            if item_id not in open_items:
                self._begun = item_id
                must(event["item"]["status"] == "completed", "an item that is not whole")
            if self._committed is not None:
                must(item_id == self._committed, "another item than the committed one")
                self._committed = None
            return
        must(item_id in self._added, f"{verb} of an item that was not added")
        if verb == "done":
            must(not self._added[item_id], "an item was done twice")
            self._added[item_id] = True
            place = self.order.index(item_id)
            before = self.order[place - 1] if place else None
            must(event["previous_item_id"] == before, "done at another place")
            must(event["item"]["status"] != "in_progress", "done, and still in progress")
        if verb == "deleted":
            self.order.remove(item_id)

    def _after(self, previous: str | None) -> int:
        if previous is None:
            return 0
        must(previous in self.order, f"previous_item_id {previous} is not there")
        return self.order.index(previous) + 1

    def _shape(self, item: dict[str, Any]) -> None:
        made = item["id"] in self.chosen or item["id"].startswith("item_")
        must(made, f"item id {item['id']}")
        must(item["object"] == "realtime.item", "an item without its object")
        must(item["status"] in ("in_progress", "completed", "incomplete"), item["status"])
        if item["type"] == "message":
            allowed = {
                "user": {"input_text", "input_audio", "input_image"},
                "system": {"input_text"},
                "assistant": {"output_text", "output_audio"},
            }[item["role"]]
            found = {part["type"] for part in item["content"]}
            must(found <= allowed, f"a {item['role']} message with {found}")
        if item["type"] == "function_call":
            made = item["call_id"] in self.chosen or item["call_id"].startswith("call_")
            must(made, f"call id {item['call_id']}")

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
            self._committed = event["item_id"]
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
        must(item_id in self._added, "the words of no item")
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

    def _created(self, response: dict[str, Any]) -> None:
        self._answer(response)
        must(response["status"] == "in_progress", "created, and not in progress")
        must(response["output"] == [] and response["usage"] is None, "more than a beginning")
        must(response["id"] not in self._responses, "a response was created twice")
        new = _Response(response)
        beside = [one for one in self._responses.values() if one and one.in_conversation]
        must(not (new.in_conversation and beside), "two responses write to the conversation")
        self._responses[response["id"]] = new

    def _answer(self, response: dict[str, Any]) -> None:
        missing = [name for name in RESPONSE if name not in response]
        must(not missing, f"a response without {missing}")
        must(response["id"].startswith("resp_"), f"response id {response['id']}")
        must(response["object"] == "realtime.response", "a response without its object")
        where = response["conversation_id"]
        must(where is None or where.startswith("conv_"), f"conversation id {where}")
        must(len(response["output_modalities"]) == 1, "two modalities")
        spoken = response["output_modalities"] == ["audio"]
        must(spoken == ("audio" in response), "audio settings where there is none, or none")

    def _response(self, kind: str, event: dict[str, Any]) -> None:
        response_id = event.get("response_id") or event["response"]["id"]
        under_way = self._responses.get(response_id)
        must(under_way is not None, f"{kind} of no response under way")
        assert under_way is not None
        if kind == "response.done":
            self._done(event["response"], under_way)
            self._responses[response_id] = None
        elif kind == "response.output_item.added":
            self._item_begun(event, under_way)
        elif kind == "response.output_item.done":
            self._item_ended(event, under_way)
        else:
            must(event["item_id"] == under_way.open, f"{kind} of another item")
            must(event["output_index"] == len(under_way.items) - 1, "another output_index")
            self._piece(kind.removeprefix("response."), event, under_way)

    def _item_begun(self, event: dict[str, Any], response: _Response) -> None:
        item = event["item"]
        self._shape(item)
        must(response.open is None, "an item within an item")
        must(event["output_index"] == len(response.items), "another output_index")
        must(item["status"] == "in_progress", "an item that begins done")
        must(item.get("content", []) == [] and not item.get("arguments"), "begins with content")
        response.items.append(item["id"])
        response.open, response.part = item["id"], None
        response.text = response.arguments = ""
        response.ended = set()

    def _item_ended(self, event: dict[str, Any], response: _Response) -> None:
        item = event["item"]
        self._shape(item)
        must(response.open == item["id"], "another item ended")
        must(event["output_index"] == len(response.items) - 1, "another output_index")
        must(item["status"] in ("completed", "incomplete"), "ended, and in progress")
        kept = item["id"] in self.order
        must(not kept or response.in_conversation, "an item out of band is in the conversation")
        must(not kept or self._added[item["id"]], "conversation.item.done comes before")
        if item["type"] == "function_call":
            must(item["status"] == "completed", "a call that no client will make")
            must("arguments" in response.ended, "a call without its arguments' end")
            must(item["arguments"] == response.arguments, "other arguments than were told")
            json.loads(item["arguments"])
        else:
            (part,) = item["content"]
            must("part" in response.ended, "an item whose part has not ended")
            told = part["text"] if part["type"] == "output_text" else part["transcript"]
            must(told in (response.text, ""), "another text than was told")
            must("audio" not in part, "sound in an event")
        response.done.append(item)
        response.open = None

    def _piece(self, kind: str, event: dict[str, Any], response: _Response) -> None:
        if kind.startswith("function_call_arguments."):
            self._arguments(kind, event, response)
            return
        must(event["content_index"] == 0, "another content_index")
        if kind == "content_part.added":
            must(response.part is None, "a part within a part")
            response.part = event["part"]["type"]
            must(response.part == ("audio" if response.form else "text"), response.part or "")
            return
        must(response.part is not None, f"{kind} before its part")
        spoken = response.part == "audio"
        must("part" not in response.ended, f"{kind} after its part")
        if kind == "content_part.done":
            ends = {"output_audio", "output_audio_transcript"} if spoken else {"output_text"}
            must(ends <= response.ended, "a part that ends before its pieces")
            must(event["part"]["type"] == response.part, "another kind of part")
            text = event["part"]["transcript"] if spoken else event["part"]["text"]
            must(text == response.text, "another text than was told")
            response.ended.add("part")
            return
        of, verb = kind.split(".")
        must(spoken == (of != "output_text"), f"{of} in a part of {response.part}")
        must(of not in response.ended, f"{kind} after its end")
        if verb == "done":
            response.ended.add(of)
            said = event.get("transcript", event.get("text"))
            must(said in (None, response.text), "another text than was told")
        elif of == "output_audio":
            size = len(base64.b64decode(event["delta"], validate=True))
            per_ms = BYTES_PER_MS[response.form or ""]
            must(0 < size <= 100 * per_ms, f"{size / per_ms} ms of sound at once")
            must(per_ms == 8 or size % 2 == 0, "half a sample")
        else:
            must(event["delta"], "an empty delta")
            response.text += event["delta"]

    def _arguments(self, kind: str, event: dict[str, Any], response: _Response) -> None:
        must("arguments" not in response.ended, f"{kind} after the end")
        if kind.endswith("delta"):
            response.arguments += event["delta"]
            return
        must(event["arguments"] == response.arguments, "other arguments than were told")
        must(event["name"], "a call of nothing")
        response.ended.add("arguments")

    def _done(self, answer: dict[str, Any], response: _Response) -> None:
        self._answer(answer)
        status, details = answer["status"], answer["status_details"]
        must(status in ("completed", "cancelled", "incomplete", "failed"), status)
        must((details is None) == (status == "completed"), f"{status} with {details}")
        if details:
            must(details["type"] == status, "details of another status")
            reasons = {
                "cancelled": ("turn_detected", "client_cancelled"),
                "incomplete": ("max_output_tokens", "content_filter"),
                "failed": (None,),
            }[status]
            must(details.get("reason") in reasons, f"{status} for {details.get('reason')}")
            must((status == "failed") == ("error" in details), "why it failed")
        must(response.open is None, "done with an item open")
        must([item["id"] for item in answer["output"]] == response.items, "another output")
        must(len(response.done) == len(response.items), "done with items that are not")
        must(answer["metadata"] == response.metadata, "other metadata")
        self._usage(answer["usage"])

    def _usage(self, usage: dict[str, Any]) -> None:
        read, made = usage["input_token_details"], usage["output_token_details"]
        cached = read["cached_tokens_details"]
        kinds = ("text_tokens", "audio_tokens")
        must(usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"], "the sum")
        must(usage["output_tokens"] == sum(made[kind] for kind in kinds), "the output's sum")
        whole = sum(read[kind] for kind in (*kinds, "image_tokens"))
        must(usage["input_tokens"] == whole, "the input's sum")
        must(read["cached_tokens"] == sum(cached[kind] for kind in kinds), "the cache's sum")
        must(all(cached[kind] <= read[kind] for kind in kinds), "more cached than read")


def _extra(value: object) -> Iterator[str]:
    """Fields, at any depth, that the official types do not know."""
    if isinstance(value, BaseModel):
        yield from value.model_extra or ()
        for name in type(value).model_fields:
            yield from _extra(getattr(value, name))
    elif isinstance(value, list):
        for one in value:
            yield from _extra(one)


class Talker:
    """The official client, with every frame shown to a judge."""

    def __init__(self, connection: AsyncRealtimeConnection) -> None:
        self.api = connection
        self.judge = Judge()

    async def next(self) -> dict[str, Any]:
        return self.judge.take(await asyncio.wait_for(self.api.recv_bytes(), 30))

    async def until(self, *kinds: str) -> dict[str, Any]:
        while True:
            event = await self.next()
            if event["type"] in kinds:
                return event

    async def update(self, **settings: Any) -> dict[str, Any]:
        session: Any = {"type": "realtime", **settings}
        await self.api.session.update(session=session)
        updated = await self.until("session.updated")
        return dict(updated["session"])

    async def user(self, text: str, **fields: Any) -> dict[str, Any]:
        item: Any = {
            "type": "message",
            "role": "user",
            "content": [{"type": "input_text", "text": text}],
            **fields,
        }
        self.judge.chosen.update({fields[name] for name in ("id",) if name in fields})
        await self.api.conversation.item.create(item=item)
        return await self.until("conversation.item.done")

    async def output(self, call: dict[str, Any], output: str) -> None:
        item: Any = {"type": "function_call_output", "call_id": call["call_id"], "output": output}
        await self.api.conversation.item.create(item=item)
        await self.until("conversation.item.done")

    async def answer(self, **response: Any) -> dict[str, Any]:
        """Asks for a response and returns it when it is done."""
        params: Any = response
        await self.api.response.create(response=params)
        done = await self.until("response.done")
        return dict(done["response"])

    async def speak(self, sound: bytes, step: int = 4_800) -> None:
        for start in range(0, len(sound), step):
            audio = base64.b64encode(sound[start : start + step]).decode()
            await self.api.input_audio_buffer.append(audio=audio)

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.judge.events if event["type"] == kind]

    def sound(self, response_id: str) -> bytes:
        deltas = self.told("response.output_audio.delta")
        mine = [one["delta"] for one in deltas if one["response_id"] == response_id]
        return b"".join(base64.b64decode(one) for one in mine)


@asynccontextmanager
async def talker(
    port: int,
    key: str,
    *,
    model: str = "m",
    headers: dict[str, str] | None = None,
    query: Any = None,
) -> AsyncIterator[Talker]:
    """A connection of the official client, closed at the end of the block."""
    base = f"ws://127.0.0.1:{port}/v1"
    client = AsyncOpenAI(api_key=key, websocket_base_url=base, max_retries=0)
    asked = {"extra_query": query} if query is not None else {"model": model}
    async with client.realtime.connect(**asked, extra_headers=headers or {}) as connection:  # type: ignore[arg-type]
        yield Talker(connection)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * 24_000), dtype=np.int16)
