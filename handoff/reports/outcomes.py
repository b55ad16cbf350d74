"""What came after the desk: members who were called for again, and what members said of the help.

A tap says little of an expert: whoever takes the hard cases gets fewer thanks. So satisfaction
stands by language and domain, never by expert, and a supervisor sees sums alone. Of a group of
fewer than three answers not even the sum is shown: in a language that one expert speaks, it would
say what a single member thought. Nor can it be worked out from the sums of the others, nor from a
report of a wider choice of cases. Other figures count what supervisors read case by case anyway.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from coach.charts import laid
from handoff.actions.planning import AGREED
from handoff.models import Escalation, Rating, Tier
from handoff.reports.asked import Asked
from handoff.reports.shapes import BarRow, Bars, Column, Figure, Share, Table, Value
from handoff.reports.source import Source

Answer = Rating.Answer
LEAST_ANSWERS = 3  # of a group whose answers are shown
TONES = ((Answer.YES, "main"), (Answer.PARTLY, "light"), (Answer.NO, "warn"))


def domain_name(domain: str) -> str:
    return _("Languages") if domain == "language" else _("Nutrition")


def language_name(code: str) -> str:
    """The language in itself: "Deutsch"; the code where nobody knows its name."""
    try:
        return str(capfirst(get_language_info(code)["name_local"]))
    except KeyError:
        return code


def reopened(source: Source) -> Figure:
    """Cases that were handed back, and in whose talk a person was called again within a day."""
    called = Escalation.objects.order_by().exclude(code=AGREED)  # an agreed day was kept
    again = called.filter(reopened_from=OuterRef("pk"))
    counted = (
        source.asked.cases()
        .filter(wrap_at__isnull=False)
        .annotate(again=Exists(again))
        .values("asked_tier")
        .annotate(handed_back=Count("pk"), back=Count("pk", filter=Q(again=True)))
    )
    found = {row["asked_tier"]: row for row in counted}
    lines = [
        (tier, Share(row["back"], row["handed_back"]))
        for tier in Tier
        if (row := found.get(tier.value))
    ]
    all_of = Share(sum(s.part for _t, s in lines), sum(s.whole for _t, s in lines))
    columns = (
        Column(_("Tier")),
        Column(_("Handed back"), "count"),
        Column(_("Called again"), "count"),
        Column(_("Called again, of all"), "share"),
    )
    drawn = [
        BarRow(
            str(tier.label),
            str(share),
            laid([(share.part, "warn", ""), (share.whole - share.part, "main", "")], share.whole),
            tier=int(tier),
        )
        for tier, share in lines
    ]
    return Figure(
        "called-again",
        _("Called again after the hand-back"),
        _("A person was called into the same talk within 24 hours of the end of the case."),
        Table(columns, [(str(tier.label), s.whole, s.part, s) for tier, s in lines]),
        Bars(drawn) if drawn else None,
        (("warn", _("called again")), ("main", _("not called again"))),
        headline=(_("Called again in 24 h"), str(all_of)),
    )


def satisfaction(source: Source) -> Figure:
    """What members answered when they were asked whether the expert helped."""
    counted = (
        _ratings(source.asked)
        .values_list("escalation__domain", "escalation__language", "answer")
        .annotate(count=Count("pk"))
    )
    every: Counter[int | None] = Counter()
    domains: dict[str, Counter[int | None]] = {}
    languages: dict[str, Counter[int | None]] = {}
    for domain, language, answer, count in counted:
        every[answer] += count
        domains.setdefault(domain_name(domain), Counter())[answer] += count
        languages.setdefault(language_name(language), Counter())[answer] += count
    groups = [(_("All"), every)] if every else []
    groups += sorted(domains.items()) + sorted(languages.items())
    told = _may_be_told(source.asked, _answered(every))
    hidden = _hidden(domains) | _hidden(languages) if told else {name for name, _counts in groups}
    said = _answered(every)
    yes = str(Share(every[Answer.YES], said)) if told else _few(said)
    return Figure(
        "helped",
        _("Did it help?"),
        _(
            "What members tapped after a case. Nobody is asked after a crisis. Fewer than three "
            "answers are not shown, nor sums that would tell them: one member could be known."
        ),
        Table(_columns(), [_row(name, counts, name in hidden) for name, counts in groups]),
        Bars([_bar(name, counts, name in hidden) for name, counts in groups]) if said else None,
        tuple((tone, str(answer.label)) for answer, tone in TONES),
        headline=(_("It helped"), yes),
    )


def _ratings(asked: Asked) -> QuerySet[Rating]:
    return asked.raised(Rating.objects.all(), "escalation__")


def _may_be_told(asked: Asked, said: int) -> bool:
    """Whether the answers of a report are not few, nor those that a wider choice has besides."""
    empty: dict[str, Any] = {"domain": "", "language": "", "tier": None}
    wider = [
        replace(asked, **{name: value})
        for name, value in empty.items()
        if getattr(asked, name) != value
    ]
    besides = [_ratings(one).filter(answer__isnull=False).count() - said for one in wider]
    return said >= LEAST_ANSWERS and not any(0 < rest < LEAST_ANSWERS for rest in besides)


def _answered(counts: Counter[int | None]) -> int:
    return sum(counts[answer] for answer, _tone in TONES)


def _hidden(groups: dict[str, Counter[int | None]]) -> set[str]:
    """The groups that are not shown: those of few answers, and where these are few even together
    the next as well. Otherwise the answers of the few were what all have more than the others."""
    sizes = sorted((_answered(counts), name) for name, counts in groups.items())
    hidden: set[str] = set()
    together = 0
    for size, name in sizes:
        if size and (size < LEAST_ANSWERS or 0 < together < LEAST_ANSWERS):
            hidden.add(name)
            together += size
    return hidden


def _few(said: int) -> str:
    if said >= LEAST_ANSWERS:
        return _("not shown")
    return _("fewer than 3") if said else "—"


def _columns() -> tuple[Column, ...]:
    answers = (Column(capfirst(str(answer.label)), "count") for answer, _tone in TONES)
    return (
        Column(_("Group")),
        Column(_("Asked"), "count"),
        Column(_("Answered"), "count"),
        *answers,
        Column(_("Yes, of answers"), "share"),
    )


def _row(name: str, counts: Counter[int | None], hide: bool) -> Sequence[Value]:
    said = _answered(counts)
    asked = counts.total()
    if hide or not said:
        return (name, asked, _few(said), *(None for _tone in TONES), None)
    taps = (counts[answer] for answer, _tone in TONES)
    return (name, asked, said, *taps, Share(counts[Answer.YES], said))


def _bar(name: str, counts: Counter[int | None], hide: bool) -> BarRow:
    said = _answered(counts)
    if hide or not said:
        return BarRow(name, _few(said), ())
    parts = [(counts[a], tone, f"{a.label}: {counts[a]}") for a, tone in TONES]
    return BarRow(
        name, _("yes: %(share)s") % {"share": Share(counts[Answer.YES], said)}, laid(parts, said)
    )
