"""The judge of responses: what is told in pieces is what is told at the end."""

import base64
import json
from typing import Any

from tests.support.conformance_items import ItemJudge, must

BYTES_PER_MS = {"audio/pcm": 48, "audio/pcmu": 8, "audio/pcma": 8}
RESPONSE = (
    *("id", "object", "status", "status_details", "output", "conversation_id"),
    *("output_modalities", "max_output_tokens", "metadata", "usage"),
)


class ResponseUnderWay:
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


class ResponseJudge:
    """Takes the events of all responses of one session, in order."""

    def __init__(self, items: ItemJudge) -> None:
        self._items = items
        self._responses: dict[str, ResponseUnderWay | None] = {}

    def finish(self) -> None:
        """No response may be left half done."""
        must(not any(self._responses.values()), "a response is not done")

    @property
    def open_items(self) -> list[str | None]:
        """The items that responses are sending."""
        return [one.open for one in self._responses.values() if one]

    def created(self, response: dict[str, Any]) -> None:
        """`response.created`."""
        self._fields(response)
        must(response["status"] == "in_progress", "created, and not in progress")
        must(response["output"] == [] and response["usage"] is None, "more than a beginning")
        must(response["id"] not in self._responses, "a response was created twice")
        new = ResponseUnderWay(response)
        beside = [one for one in self._responses.values() if one and one.in_conversation]
        must(not (new.in_conversation and beside), "two responses write to the conversation")
        self._responses[response["id"]] = new

    def _fields(self, response: dict[str, Any]) -> None:
        missing = [name for name in RESPONSE if name not in response]
        must(not missing, f"a response without {missing}")
        must(response["id"].startswith("resp_"), f"response id {response['id']}")
        must(response["object"] == "realtime.response", "a response without its object")
        where = response["conversation_id"]
        must(where is None or where.startswith("conv_"), f"conversation id {where}")
        must(len(response["output_modalities"]) == 1, "two modalities")
        spoken = response["output_modalities"] == ["audio"]
        must(spoken == ("audio" in response), "audio settings where there is none, or none")

    def event(self, kind: str, event: dict[str, Any]) -> None:
        """Any later event of a response."""
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

    def _item_begun(self, event: dict[str, Any], response: ResponseUnderWay) -> None:
        item = event["item"]
        self._items.shape(item)
        must(response.open is None, "an item within an item")
        must(event["output_index"] == len(response.items), "another output_index")
        must(item["status"] == "in_progress", "an item that begins done")
        must(item.get("content", []) == [] and not item.get("arguments"), "begins with content")
        response.items.append(item["id"])
        response.open, response.part = item["id"], None
        response.text = response.arguments = ""
        response.ended = set()

    def _item_ended(self, event: dict[str, Any], response: ResponseUnderWay) -> None:
        item = event["item"]
        self._items.shape(item)
        must(response.open == item["id"], "another item ended")
        must(event["output_index"] == len(response.items) - 1, "another output_index")
        must(item["status"] in ("completed", "incomplete"), "ended, and in progress")
        kept = item["id"] in self._items.order
        must(not kept or response.in_conversation, "an item out of band is in the conversation")
        must(not kept or self._items.added[item["id"]], "conversation.item.done comes before")
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

    def _piece(self, kind: str, event: dict[str, Any], response: ResponseUnderWay) -> None:
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

    def _arguments(self, kind: str, event: dict[str, Any], response: ResponseUnderWay) -> None:
        must("arguments" not in response.ended, f"{kind} after the end")
        if kind.endswith("delta"):
            response.arguments += event["delta"]
            return
        must(event["arguments"] == response.arguments, "other arguments than were told")
        must(event["name"], "a call of nothing")
        response.ended.add("arguments")

    def _done(self, answer: dict[str, Any], response: ResponseUnderWay) -> None:
        self._fields(answer)
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
