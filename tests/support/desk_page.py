"""An expert's page as its scripts keep it: static/js/desk/messages.js and what it calls.

`DeskPage` stands for the browser, and has a consumer of its own for the process with its socket.
"""

import json
import re
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.test import Client
from django.test.html import Element
from django.urls import reverse

from handoff.desk_consumer import DeskConsumer, groups_of
from handoff.models import Escalation, Expert
from handoff.views.access import readable
from tests.support import dom
from tests.support.member_page import comparable, seq_of

LATEST_CARDS = 4
LOCAL_TIME = re.compile(r"\d\d:\d\d, (?=\w+/\w+)")  # of the member, in the context
COPIED = ("class", "data-mode", "data-owned", "data-floor", "data-tier")


class Socket(DeskConsumer):
    """The desk's consumer with a page at its other end."""

    def __init__(self, expert: Expert) -> None:
        super().__init__()
        self.expert = expert
        layer = get_channel_layer()
        assert layer is not None
        self.channel_layer = layer
        self.channel_name = "specific.test"
        self.sent: list[dict[str, Any]] = []

    async def send(  # type: ignore[override]  # as AsyncWebsocketConsumer has it
        self, text_data: str | None = None, bytes_data: bytes | None = None, close: bool = False
    ) -> None:
        self.sent.append(json.loads(text_data or ""))


class DeskPage:
    """One open page of an expert, with `case` open if they may read it.

    Whoever reads a case along that is not theirs is told of its talk and not of its case: what
    stands around the thread, and in its cards, is then as old as the last move of the floor, and is
    not compared.
    """

    def __init__(self, client: Client, expert: Expert, case: Escalation | None = None) -> None:
        self.client = client
        self.expert = expert
        self.socket = Socket(expert)
        page = self._get(reverse("handoff:desk"))
        self.stopped = dom.need(page, dom.with_data("part", "stopped"))
        self.presence = dom.need(page, dom.with_data("part", "presence"))
        self.rows = dom.need(page, dom.with_data("part", "rows"))
        self.offers: dict[str, Element] = {}
        self._refresh_offers()
        self.case: int | None = None
        self.opened = case.pk if case is not None else None
        if case is not None and readable(expert).filter(pk=case.pk).exists():
            self._open(case)

    def shown(self) -> dict[str, Any]:
        """All that a push may change."""
        shown: dict[str, Any] = {
            "stopped": dom.inner(self.stopped),
            "presence": dom.inner(self.presence),
            "rows": dom.inner(self.rows),
            "offers": {pk: str(node) for pk, node in sorted(self.offers.items())},
        }
        if self.case is not None:
            shown["case turns"] = {
                seq: "a card" if dom.has(e, "data-card-url") else comparable(e)
                for seq, e in self.entries.items()
            }
        if self.case is not None and not self.expert.supervisor:
            shown["case cards"] = {
                seq: comparable(e) for seq, e in self.entries.items() if dom.has(e, "data-card-url")
            }
            shown["case"] = {name: dom.get(self.article, name) for name in COPIED}
            for name, part in self.parts.items():
                shown[f"case {name}"] = dom.inner(part)
        return shown

    def anew(self) -> "DeskPage":
        known = Escalation.objects.select_related("session")
        case = known.filter(pk=self.opened).first() if self.opened is not None else None
        return DeskPage(self.client, self.expert, case)

    # --- the process ------------------------------------------------------------------------------

    def groups(self) -> set[str]:
        watched = {self.socket.watched[1]} if self.socket.watched else set()
        return {*groups_of(self.expert)} | watched

    def hear(self, message: dict[str, Any]) -> None:
        async_to_sync(self.socket.push)(message)
        for told in self.socket.sent:
            getattr(self, f"on_{told['type']}")(told)
        self.socket.sent.clear()

    # --- the scripts ------------------------------------------------------------------------------

    def on_queue(self, told: dict[str, Any]) -> None:
        nodes = self._get(reverse("handoff:queue"))
        self.stopped = dom.need(nodes, dom.with_data("part", "stopped"))
        self.presence = dom.need(nodes, dom.with_data("part", "presence"))
        self.rows = dom.need(nodes, dom.with_data("part", "rows"))

    on_presence = on_queue

    def on_talks(self, told: dict[str, Any]) -> None:
        """Live talks stand on the wall alone."""

    def on_offer(self, told: dict[str, Any]) -> None:
        self._refresh_offers()

    def on_offer_gone(self, told: dict[str, Any]) -> None:
        self.offers.pop(str(told["offer"]), None)
        self.on_queue(told)

    def on_owned(self, told: dict[str, Any]) -> None:
        self.on_queue(told)
        self._refresh_offers()
        if told["escalation"] == self.case:
            self._refresh_case()

    def on_refused(self, told: dict[str, Any]) -> None:
        if told["case"] == self.case:
            self._refresh_case()

    def on_turn(self, told: dict[str, Any]) -> None:
        if told["case"] == self.case:
            self._catch_up()
            self.parts["summary"] = self._get(reverse("handoff:summary", args=[self.case]))

    on_card = on_turn
    on_floor = on_ended = on_refused

    def _refresh_offers(self) -> None:
        """Those that are here already stay as they are, while they are as urgent."""
        nodes = self._get(reverse("handoff:offers"))
        fresh = {dom.get(n, "data-offer"): n for n in dom.find_all(nodes, dom.with_data("offer"))}
        here = {pk: self.offers.get(pk, node) for pk, node in fresh.items()}
        tier = "data-tier"
        self.offers = {
            pk: here[pk] if dom.get(here[pk], tier) == dom.get(node, tier) else node
            for pk, node in fresh.items()
        }

    def _open(self, case: Escalation) -> None:
        self.case = case.pk
        self.socket.watched = (case.pk, case.session.watch_group)
        self.article = self._article()
        self.parts = _parts(self.article)
        self.entries = {seq_of(e): e for e in dom.find_all(self.article, dom.with_data("seq"))}

    def _refresh_case(self) -> None:
        if self.case is None:
            return
        if self.client.get(self._case_url()).status_code == 404:
            self.case = None
            return
        fresh = self._article()
        for name in COPIED:
            dom.put(self.article, name, dom.get(fresh, name))
        parts = _parts(fresh)
        for name in ("head", "summary", "context"):
            self.parts[name] = parts[name]
        for name in ("composer", "dialogs"):  # with what is being written, unless it is another one
            if _mode(parts[name]) != _mode(self.parts[name]):
                self.parts[name] = parts[name]
        self._catch_up()
        cards = [e for _, e in sorted(self.entries.items()) if dom.has(e, "data-card-url")]
        for card in cards[-LATEST_CARDS:]:
            drawn = dom.need(self._get(dom.get(card, "data-card-url")), dom.of_tag("li"))
            card.children = drawn.children

    def _catch_up(self) -> None:
        url = reverse("handoff:thread", args=[self.case])
        nodes = self._get(f"{url}?since={max(self.entries, default=0)}")
        for node in dom.find_all(nodes, dom.with_data("seq")):
            self.entries.setdefault(seq_of(node), node)

    def _case_url(self) -> str:
        return reverse("handoff:case", args=[self.case])

    def _article(self) -> Element:
        return dom.need(self._get(self._case_url()), dom.with_data("case-view"))

    def _get(self, url: str) -> Element:
        answer = self.client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return dom.parse(LOCAL_TIME.sub("", answer.content.decode()))


def _parts(article: Element) -> dict[str, Element]:
    names = ("head", "composer", "summary", "context", "dialogs")
    return {name: dom.need(article, dom.with_data("part", name)) for name in names}


def _mode(part: Element) -> str:
    return dom.get(part, "data-composer-mode")
