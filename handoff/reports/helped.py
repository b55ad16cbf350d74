"""Whether the expert helped, as members tapped: sums alone, from which no single answer follows.

A tap says little of an expert: whoever takes the hard cases gets fewer thanks. So it stands by
field and language, never by expert.

A supervisor chooses days and cases, and as often as they like: what one report has more than
another must never be what one member thought. So answers are put together in threes, in the order
in which they came, each field and language by itself. Three are told together, in the days in which
the last of them came, or not at all. A year begins with none waiting, so that much is read at most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, laid
from handoff.models import Rating
from handoff.reports.shapes import Column, Figure, Share, Table, Value
from handoff.reports.source import Source
from handoff.timeouts import RATING_CHANGES

Answer = Rating.Answer
TOGETHER = 3
TONES = ((Answer.YES, "main"), (Answer.PARTLY, "light"), (Answer.NO, "warn"))


class Given(NamedTuple):
    """An answer that its member can no longer change."""

    domain: str
    language: str
    at: datetime
    answer: int


class Batch(NamedTuple):
    """Answers that are told together. `at`: when the last of them came."""

    domain: str
    language: str
    at: datetime
    answers: tuple[int, ...]


class Group(NamedTuple):
    """A row of the figure: how many were asked, and what is told of their answers."""

    name: str
    asked: int
    told: Counter[int]


def batches(given: Iterable[Given]) -> Iterator[Batch]:
    """Put together the answers of a year, which are in the order in which they came."""
    waiting: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for domain, language, at, answer in given:
        together = waiting[domain, language]
        together.append(answer)
        if len(together) == TOGETHER:
            yield Batch(domain, language, at, tuple(together))
            together.clear()


def satisfaction(source: Source) -> Figure:
    """What members answered when they were asked whether the expert helped."""
    groups = _groups(source)
    told = groups[0].told if groups else Counter[int]()
    note = _(
        "What members tapped after a case. Nobody is asked after a crisis. Three answers of a "
        "field and language are told together, once the last has come: one member could be known."
    )
    if source.asked.tier is not None:
        note = _("It is not told by tier: choose all of them to read it.")
    return Figure(
        "helped",
        _("Did it help?"),
        note,
        Table(_columns(), [_row(group) for group in groups]),
        Bars([_bar(group) for group in groups]) if told else None,
        tuple((tone, str(answer.label)) for answer, tone in TONES),
        headline=(_("It helped"), str(Share(told[Answer.YES], told.total()))),
    )


def _groups(source: Source) -> list[Group]:
    """All, then each field, then each language."""
    if source.asked.tier is not None:
        return []
    asked: dict[str, Counter[str]] = {"domain": Counter(), "language": Counter()}
    told: dict[str, defaultdict[str, Counter[int]]] = {
        "domain": defaultdict(Counter),
        "language": defaultdict(Counter),
    }
    for domain, language, count in _asked(source):
        asked["domain"][domain_name(domain)] += count
        asked["language"][language_name(language)] += count
    for batch in told_in(source):
        told["domain"][domain_name(batch.domain)].update(batch.answers)
        told["language"][language_name(batch.language)].update(batch.answers)
    groups = [
        Group(name, asked[kind][name], told[kind][name])
        for kind in ("domain", "language")
        for name in sorted({*asked[kind], *told[kind]})
    ]
    every = sum(told["domain"].values(), Counter[int]())
    return [Group(_("All"), asked["domain"].total(), every), *groups] if groups else []


def _asked(source: Source) -> Iterable[tuple[str, str, int]]:
    """How many members were asked in the span, by field and language."""
    asked = source.asked
    rows = asked.chosen(Rating.objects.all(), "escalation__")
    rows = rows.filter(asked_at__gte=asked.start, asked_at__lt=asked.end)
    by = ("escalation__domain", "escalation__language")
    counted: Iterable[tuple[str, str, int]] = rows.values_list(*by).annotate(count=Count("pk"))
    return counted


def told_in(source: Source) -> list[Batch]:
    """The batches that are told in the days that were asked for."""
    asked = source.asked
    final = min(asked.end, source.now - RATING_CHANGES)
    rows = asked.chosen(Rating.objects.all(), "escalation__").filter(answered_at__lt=final)
    columns = ("escalation__domain", "escalation__language", "answered_at", "answer")
    found = []
    for year in range(asked.first.year, asked.last.year + 1):
        begins, ends = (datetime(n, 1, 1, tzinfo=asked.zone) for n in (year, year + 1))
        of_year = rows.filter(answered_at__gte=begins.astimezone(UTC), answered_at__lt=ends)
        given = of_year.order_by("answered_at", "pk").values_list(*columns)
        found += [one for one in batches(Given(*row) for row in given) if one.at >= asked.start]
    return found


def domain_name(domain: str) -> str:
    return _("Languages") if domain == "language" else _("Nutrition")


def language_name(code: str) -> str:
    """The language in itself: "Deutsch"; the code where nobody knows its name."""
    try:
        return str(capfirst(get_language_info(code)["name_local"]))
    except KeyError:
        return code


def _columns() -> tuple[Column, ...]:
    answers = (Column(capfirst(str(answer.label)), "count") for answer, _tone in TONES)
    return (
        Column(_("Group")),
        Column(_("Asked"), "count"),
        Column(_("Answers told"), "count"),
        *answers,
        Column(_("Yes, of answers"), "share"),
    )


def _row(group: Group) -> Sequence[Value]:
    taps = (group.told[answer] for answer, _tone in TONES)
    said = group.told.total()
    return (group.name, group.asked, said, *taps, Share(group.told[Answer.YES], said))


def _bar(group: Group) -> BarRow:
    said = group.told.total()
    if not said:
        return BarRow(group.name, _("not yet told"), ())
    parts = [(group.told[a], tone, f"{a.label}: {group.told[a]}") for a, tone in TONES]
    share = Share(group.told[Answer.YES], said)
    return BarRow(group.name, _("yes: %(share)s") % {"share": share}, laid(parts, said))
