"""Proof that a push and what the browser fetches for it are as good as a new page.

`verify_verb` opens pages, does a verb, gives each page the pushes that were published for it, and
compares it with the same page opened anew. A new verb is one row in the table of a test.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from coach import after_commit, wire


class OpenPage(Protocol):
    """A page of a browser, together with the process that has its socket."""

    def shown(self) -> dict[str, Any]:
        """What can be seen, by region."""

    def groups(self) -> set[str]:
        """The groups that its process listens to."""

    def hear(self, message: dict[str, Any]) -> None:
        """Take a message of one of these groups."""

    def anew(self) -> "OpenPage":
        """The same page, opened now."""


@dataclass(frozen=True)
class Verb:
    """A row. `before` brings the world to where `act` is possible; `act` is the verb.

    `unseen`: no page shows what it changes. `stale`: regions that wait for another push or for the
    page's own poll, and why.
    """

    name: str
    act: Callable[[Any], object]
    before: Callable[[Any], object] = lambda world: None
    unseen: bool = False
    stale: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


def verify_verb(
    verb: Verb, world: Any, open_pages: Callable[[], list[OpenPage]], commit: Any, monkeypatch: Any
) -> set[str]:
    """Returns the types of what was published. `commit` is django_capture_on_commit_callbacks."""
    published = published_by(monkeypatch)
    with commit(execute=True):
        verb.before(world)
    published.clear()
    pages = open_pages()
    before = [page.shown() for page in pages]
    with commit(execute=True):
        verb.act(world)
    assert published, f"{verb}: nothing was published"
    for group, push in published:
        for page in pages:
            if group in page.groups():
                page.hear(carried(push))
    fresh = [page.anew().shown() for page in pages]
    for page, now in zip(pages, fresh, strict=True):
        compare(verb, page.shown(), now)
    assert verb.unseen or before != fresh, f"{verb}: no page shows it"
    return {wire.pack(push)["event"]["type"] for _, push in published}


def published_by(monkeypatch: Any) -> list[tuple[str, wire.Push]]:
    """What is published from now on, as (group, push), instead of being sent."""
    published: list[tuple[str, wire.Push]] = []
    monkeypatch.setattr(
        after_commit,
        "_send",
        lambda groups, push: published.extend((group, push) for group in groups),
    )
    monkeypatch.setattr(after_commit, "_nudge", lambda task, args: None)
    return published


def carried(push: wire.Push) -> dict[str, Any]:
    """The message of the channel layer, as it comes out at the other side."""
    message: dict[str, Any] = json.loads(json.dumps(wire.pack(push)))
    return message


def compare(verb: Verb, kept: dict[str, Any], fresh: dict[str, Any]) -> None:
    for region in verb.stale:
        kept.pop(region, None)
        fresh.pop(region, None)
    assert list(kept) == list(fresh), f"{verb}: other regions than on a new page"
    for region, shown in fresh.items():
        assert kept[region] == shown, f"{verb}: {region} is not as on a new page"
