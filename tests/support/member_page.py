"""The member's page as its scripts keep it: static/js/talk/live/messages.js and what it calls.

`MemberPage` stands for the browser, and for the process with its socket: `hear` takes a push as the
channel layer brings it, and does with the messages that follow what the scripts do.
"""

import json
from typing import Any

from django.test import Client
from django.test.html import Element
from django.urls import reverse

from coach import wire
from coach.talk.live.changes import changes_since
from coach.talk.live.live_talk import ended_message
from coach.talk.models import Session
from tests.support import dom

LATEST_CARDS = 8


class MemberPage:
    """One open page of a talk."""

    def __init__(self, client: Client, session: Session) -> None:
        self.client = client
        self.session = session
        page = self._get(reverse("talk:live", args=[session.pk]))
        main = dom.need(page, dom.with_data("page", "talk"))
        self.templates = {
            dom.get(found, "data-turn"): dom.need(found, dom.of_tag("li"))
            for found in dom.find_all(page, dom.of_tag("template"))
            if dom.has(found, "data-turn")
        }
        thread = dom.need(page, dom.with_data("thread"))
        self.entries = {
            seq_of(entry): entry for entry in dom.find_all(thread, dom.with_data("seq"))
        }
        self.last = int(dom.get(thread, "data-last"))
        self.floor = (dom.get(main, "data-floor"), dom.get(main, "data-person"))
        self.epoch = Session.objects.values_list("floor_epoch", flat=True).get(pk=session.pk)
        self.left = False
        side = dom.need(dom.need(page, dom.with_data("side")), dom.with_data("refetch"))
        self.side_of, self.side_url = dom.get(side, "data-refetch"), dom.get(side, "data-url")
        self.side = self._get(self.side_url)

    def shown(self) -> dict[str, Any]:
        """All that a push may change; a card that shows nothing takes no room on the page."""
        seen = {seq: entry for seq, entry in self.entries.items() if entry.children}
        entries = {seq: comparable(entry) for seq, entry in seen.items()}
        return {"floor": self.floor, "side": str(self.side), "thread": entries}

    def anew(self) -> "MemberPage":
        return MemberPage(self.client, self.session)

    # --- the process ------------------------------------------------------------------------------

    def groups(self) -> set[str]:
        return {self.session.group}

    def hear(self, message: dict[str, Any]) -> None:
        """A message of the channel layer: as `LiveTalk` and `TalkHost` take it."""
        push = wire.read_talk_push(message)
        if isinstance(push, wire.DataChanged):
            self.receive(push)
        elif not self.left:
            self._refresh()

    def _refresh(self) -> None:
        now = changes_since(self.session, self.last)
        for message in now.thread:
            self.receive(message)
        if now.epoch != self.epoch:
            self.epoch = now.epoch
            self.receive(wire.FloorState(now.floor, now.epoch, now.name, now.speaker is not None))
        if now.ended:
            self.receive(ended_message(self.session))

    # --- the scripts ------------------------------------------------------------------------------

    def receive(self, message: wire.ToPage) -> None:
        told = json.loads(wire.encode(message))
        getattr(self, f"on_{told['type']}")(told)

    def on_turn(self, told: dict[str, Any]) -> None:
        node = dom.copy(self.templates[told["speaker"]])
        dom.put(node, "data-seq", str(told["seq"]))
        dom.put(node, "data-item", told["item"] or "")
        dom.put(node, "data-client", told["client_id"] or "")
        if told["author"]:
            dom.set_text(node, dom.with_class("turn__name"), told["author"])
        dom.set_text(node, dom.with_class("turn__text"), told["text"])
        cut, time = dom.find(node, dom.with_class("turn__cut")), dom.find(node, dom.of_tag("time"))
        if cut is not None:
            dom.drop(cut, "hidden")
            if not told["interrupted"]:
                dom.put(cut, "hidden", None)
        if time is not None:
            dom.put(time, "datetime", told["at"])
        self._place(node)

    def on_card(self, told: dict[str, Any]) -> None:
        self._merge(told["url"])

    def on_changed(self, told: dict[str, Any]) -> None:
        if told["what"] in self.side_of.split():
            self.side = self._get(self.side_url)
        cards = [e for _, e in sorted(self.entries.items()) if dom.has(e, "data-card-url")]
        for card in cards[-LATEST_CARDS:]:
            self._merge(dom.get(card, "data-card-url"))

    def on_floor(self, told: dict[str, Any]) -> None:
        self.floor = (told["floor"], told["name"])

    def on_ended(self, told: dict[str, Any]) -> None:
        self.left = True

    def _merge(self, url: str) -> None:
        for node in dom.find_all(self._get(url), dom.with_data("seq")):
            self._place(node)

    def _place(self, node: Element) -> None:
        self.entries[seq_of(node)] = node
        self.last = max(self.last, seq_of(node))

    def _get(self, url: str) -> Element:
        answer = self.client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return dom.parse(answer.content)


def seq_of(node: Element) -> int:
    return int(dom.get(node, "data-seq"))


def comparable(entry: Element) -> str:
    """An entry without its anchor, which only the server writes."""
    node = dom.copy(entry)
    if not dom.has(node, "data-card-url"):
        dom.drop(node, "id")
    for time in dom.find_all(node, dom.of_tag("time")):
        dom.settle_time(time)
    return str(node)
