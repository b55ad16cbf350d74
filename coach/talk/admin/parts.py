"""What stands in a talk, a page at a time: a talk may have thousands of turns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from coach.talk.models import Session
from coach.talk.usage.admin import engine_of, usd

ROWS = 100  # of a page
MOST_PAGES = 1_000_000

Text = Any  # a string, or a lazy one
Cells = Sequence[Any]


@dataclass(frozen=True)
class Part:
    """One kind of rows of a talk, and how each of them is shown."""

    name: str  # in the address
    title: Text
    head: Sequence[Text]
    rows: Callable[[Session], QuerySet[Any]]
    cells: Callable[[Any], Cells]


@dataclass(frozen=True)
class Shown:
    """A page. `before` and `after` are the pages beside it, None: there is none."""

    rows: list[Cells]
    before: int | None
    after: int | None


def page_of(part: Part, talk: Session, number: int) -> Shown:
    """Page `number`, from 0. Nothing is counted, and one row more than is shown is read.

    Raises Http404 beyond what a database can count to.
    """
    if number > MOST_PAGES:
        raise Http404
    first = number * ROWS
    found = list(part.rows(talk)[first : first + ROWS + 1])
    shown = [part.cells(row) for row in islice(found, ROWS)]
    more = len(found) > ROWS
    return Shown(shown, number - 1 if number else None, number + 1 if more else None)


PARTS = {
    part.name: part
    for part in (
        Part(
            "turns",
            _("What was said"),
            (_("number"), _("who"), _("name"), _("text"), _("how"), _("cut off"), _("when")),
            lambda talk: talk.turns.order_by("seq"),
            lambda row: (
                *(row.seq, row.get_speaker_display(), row.author_name, row.text),
                *(row.get_source_display(), _("yes") if row.interrupted else "", row.created_at),
            ),
        ),
        Part(
            "cards",
            _("Cards"),
            (_("number"), _("kind"), _("row"), _("when")),
            lambda talk: talk.cards.order_by("seq"),
            lambda row: (row.seq, row.kind, row.ref, row.created_at),
        ),
        Part(
            "tools",
            _("Tools"),
            (_("tool"), _("result"), _("when")),
            lambda talk: talk.tool_calls.order_by("pk"),
            lambda row: (row.name, row.output, row.created_at),
        ),
        Part(
            "guidance",
            _("Guidance"),
            (_("kind"), _("text"), _("who"), _("when"), _("until"), _("told")),
            lambda talk: talk.directives.select_related("author").order_by("pk"),
            lambda row: (
                *(row.get_kind_display(), row.text, row.author or ""),
                *(row.created_at, row.expires_at, row.claimed_at),
            ),
        ),
        Part(
            "costs",
            _("Costs"),
            (
                *(_("kind"), _("state"), _("engine"), _("tokens in"), _("of it cached")),
                *(_("tokens out"), _("cost (USD)"), _("when")),
            ),
            lambda talk: talk.usage.order_by("pk"),
            lambda row: (
                *(row.get_kind_display(), row.status, engine_of(row), row.read, row.cached),
                *(row.written, usd(row.cost), row.created_at),
            ),
        ),
    )
}
