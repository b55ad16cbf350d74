"""The judge of items: their identifiers, their places, and that each is added and done once."""

from typing import Any


class Unlawful(AssertionError):
    """A frame that a client may not get."""


def must(held: object, why: str) -> None:
    if not held:
        raise Unlawful(why)


class ItemJudge:
    """Takes the events of the items of one session, in order."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.chosen: set[str] = set()  # ids that the client made
        self.added: dict[str, bool] = {}  # items, and whether they are done
        self.committed: str | None = None
        self.begun: str | None = None  # an item of the client's that is added and not done

    def event(self, verb: str, event: dict[str, Any], sending: list[str | None]) -> None:
        """`sending`: items that responses are sending."""
        item_id = event["item_id"] if "item_id" in event else event["item"]["id"]
        if "item" in event:
            self.shape(event["item"])
        if verb == "added":
            must(item_id not in self.added, "an item was added twice")
            self.added[item_id] = False
            place = self._after(event["previous_item_id"])
            self.order.insert(place, item_id)
            if item_id not in sending:
                self.begun = item_id
                must(event["item"]["status"] == "completed", "an item that is not whole")
            if self.committed is not None:
                must(item_id == self.committed, "another item than the committed one")
                self.committed = None
            return
        must(item_id in self.added, f"{verb} of an item that was not added")
        if verb == "done":
            must(not self.added[item_id], "an item was done twice")
            self.added[item_id] = True
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

    def shape(self, item: dict[str, Any]) -> None:
        """What every item holds."""
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
