"""Weeks, comparisons, averages, the best and the worst day, in words."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.nutrition.answers.reader import Reader
from coach.nutrition.answers.rows import DayTotals
from coach.nutrition.answers.spans import (
    MOST_DAYS,
    Span,
    last_days,
    last_month,
    last_week,
    one_day,
    same_before,
    this_month,
    this_week,
)
from coach.nutrition.speech.phrasing import NAMES, day_name, listed, spoken

USUALLY = ("kcal", "protein_g")


def average(days: list[DayTotals], nutrient: str) -> float:
    """Of the days that hold something; 0 where none does."""
    return sum(one.totals[nutrient] for one in days) / len(days) if days else 0.0


def nothing_in(span: Span) -> str:
    return _("There is nothing in your diary %(span)s.") % {"span": span.name}


def count_of_days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _a_day(amounts: str) -> str:
    return _("%(amounts)s a day") % {"amounts": amounts}


def _wrote(span: Span, days: list[DayTotals], reader: Reader) -> str:
    """How much of a span is in the diary at all."""
    so_far = (min(span.last, reader.current) - span.first).days + 1
    return _("%(span)s you wrote something down on %(days)d of %(all)s.") % {
        "span": span.start,
        "days": len(days),
        "all": count_of_days(so_far),
    }


def say_span(reader: Reader) -> str:
    """How a span of days went: how much of it is written down, and its average."""
    asked, days = reader.asked, reader.days(reader.asked.span)
    if not days:
        return nothing_in(asked.span)
    wrote = _wrote(asked.span, days, reader)
    if not reader.numbers:
        return wrote
    over = reader.over(days)
    nutrients = asked.nutrients or USUALLY
    parts = [wrote, _on_average(reader, over, days, nutrients)]
    if asked.nutrients:
        total = listed([spoken(sum(d.totals[n] for d in days), n) for n in nutrients])
        parts[0] = _("%(span)s you had %(total)s in all, on %(days)s.") % {
            "span": asked.span.start,
            "total": total,
            "days": count_of_days(len(days)),
        }
    elif target := reader.targets.kcal:
        within = sum(target.low <= one.totals["kcal"] <= target.high for one in over)
        parts.append(_within(within, len(over)))
    return " ".join(parts)


def _within(within: int, of: int) -> str:
    if not within:
        return _("None of these days was within your energy range.")
    return ngettext(
        "%(within)d of %(of)d day was within your energy range.",
        "%(within)d of %(of)d days were within your energy range.",
        of,
    ) % {"within": within, "of": of}


def _on_average(
    reader: Reader, over: list[DayTotals], days: list[DayTotals], nutrients: tuple[str, ...]
) -> str:
    amounts = listed([spoken(average(over, name), name) for name in nutrients])
    sentence = (
        _("That is %(amounts)s a day on average.")
        if len(over) == len(days)
        else _("That is %(amounts)s a day on average, without today.")
    )
    return sentence % {"amounts": amounts}


def say_average(reader: Reader) -> str:
    asked, days = reader.asked, reader.days(reader.asked.span)
    if not days:
        return nothing_in(asked.span)
    if not reader.numbers:
        return _wrote(asked.span, days, reader)
    over = reader.over(days)
    amounts = [spoken(average(over, name), name) for name in asked.nutrients or USUALLY]
    return _("%(span)s you had %(amounts)s a day on average, over %(days)s.") % {
        "span": asked.span.start,
        "amounts": listed(amounts),
        "days": count_of_days(len(over)),
    }


def say_compared(reader: Reader) -> str:
    """One span against another: of several days, by what a day had on average."""
    asked = reader.asked
    first = asked.span
    second = asked.spans[1] if len(asked.spans) > 1 else same_before(first, reader.current)
    for now, before in ((this_week, last_week), (this_month, last_month)):
        # "since last week" holds both: what is under way is held against what was before.
        if (first.first, first.last) == (before(reader.current).first, reader.current):
            first, second = now(reader.current), before(reader.current)
    if len(asked.spans) == 1 and first.last < reader.current:
        # "compare with last week": what is under way, with what was named.
        first, second = _under_way(first, reader), first
    days, others = reader.days(first), reader.days(second)
    for span, found in ((first, days), (second, others)):
        if not found:
            return _("%(nothing)s So I cannot compare.") % {"nothing": nothing_in(span)}
    if not reader.numbers:
        return f"{_wrote(first, days, reader)} {_wrote(second, others, reader)}"
    nutrients = asked.nutrients or USUALLY
    days, others = reader.over(days), reader.over(others)
    several = not (first.is_day and second.is_day)
    mine = listed([spoken(average(days, name), name) for name in nutrients])
    theirs = listed([spoken(average(others, name), name) for name in nutrients])
    sentence = _("%(span)s you had %(amounts)s, and %(other)s %(others)s.") % {
        "span": first.start,
        "amounts": _a_day(mine) if several else mine,
        "other": second.name,
        "others": _a_day(theirs) if several else theirs,
    }
    return f"{sentence} {_difference(days, others, nutrients[0])}"


def _under_way(named: Span, reader: Reader) -> Span:
    """The span that is under way now and of the kind of `named`."""
    if named.is_day:
        return one_day(reader.current, reader.current)
    return this_month(reader.current) if named.days > 7 else this_week(reader.current)


def _difference(days: list[DayTotals], others: list[DayTotals], nutrient: str) -> str:
    # Of what is said: two amounts that sound alike do not differ.
    more = round(average(days, nutrient), 1) - round(average(others, nutrient), 1)
    if spoken(average(days, nutrient), nutrient) == spoken(average(others, nutrient), nutrient):
        return _("That is the same.")
    amount = spoken(abs(more), nutrient)
    sentence = _("That is %(amount)s more.") if more > 0 else _("That is %(amount)s less.")
    return sentence % {"amount": amount}


def say_extreme(reader: Reader) -> str:
    """The day with most or least of something, or nearest to and farthest from the target."""
    asked, days = reader.asked, reader.days(reader.asked.span)
    if not days:
        return nothing_in(asked.span)
    if not reader.numbers:
        return _("I leave numbers out, so I call no day better or worse.")
    nutrient = asked.nutrients[0] if asked.nutrients else "kcal"
    over = reader.over(days)
    if [one.day for one in over] == [reader.current]:
        return _("%(span)s only today is written down, and it is not over yet.") % {
            "span": asked.span.start
        }
    if asked.judged:
        return _judged(reader, over)
    chosen = (min if asked.fewest else max)(over, key=lambda one: one.totals[nutrient])
    sentence = (
        _("The day with the least %(nutrient)s %(span)s was %(day)s: %(amount)s.")
        if asked.fewest
        else _("The day with the most %(nutrient)s %(span)s was %(day)s: %(amount)s.")
    )
    return sentence % {
        "nutrient": NAMES[nutrient],
        "span": asked.span.name,
        "day": _called(chosen, reader),
        "amount": spoken(chosen.totals[nutrient], nutrient),
    }


def _judged(reader: Reader, days: list[DayTotals]) -> str:
    target = reader.targets.kcal
    if target is None:
        high, low = (choose(days, key=lambda d: d.totals["kcal"]) for choose in (max, min))
        return _(
            "I keep no target for you, so I call no day better or worse. %(high)s had most energy,"
            " %(most)s, and %(low)s least, %(least)s."
        ) % {
            "high": _called(high, reader, start=True),
            "most": spoken(high.totals["kcal"], "kcal"),
            "low": _called(low, reader),
            "least": spoken(low.totals["kcal"], "kcal"),
        }
    worst = any(word in reader.asked.said for word in ("worst", "bad", "weakest"))
    choose = max if worst else min
    chosen = choose(days, key=lambda one: abs(one.totals["kcal"] - target.goal))
    sentence = (
        _("Farthest from your goal %(span)s was %(day)s, with %(amount)s. One day matters little.")
        if worst
        else _("Nearest to your goal %(span)s was %(day)s, with %(amount)s.")
    )
    return sentence % {
        "span": reader.asked.span.name,
        "day": _called(chosen, reader),
        "amount": spoken(chosen.totals["kcal"], "kcal"),
    }


def _called(one: DayTotals, reader: Reader, *, start: bool = False) -> str:
    """ "Monday", "yesterday", "March 4"."""
    name = day_name(one.day, reader.current).removeprefix(_("on "))
    return name[:1].upper() + name[1:] if start else name


def say_streak(reader: Reader) -> str:
    """On how many days something is written down, and how many of the last in a row."""
    year = last_days(MOST_DAYS, reader.current)
    written = {one.day for one in reader.days(year)}
    span = reader.asked.span
    within = sum(span.first <= day <= span.last for day in written)
    wrote = _("%(span)s you wrote something down on %(days)d of %(all)s.") % {
        "span": span.start,
        "days": within,
        "all": count_of_days((min(span.last, reader.current) - span.first).days + 1),
    }
    day = reader.current if reader.current in written else reader.current - timedelta(days=1)
    row = 0
    while day in written:
        row, day = row + 1, day - timedelta(days=1)
    reader.days_read.clear()
    if row < 2:
        return wrote
    return _("%(wrote)s The last %(days)s are in a row.") % {
        "wrote": wrote,
        "days": count_of_days(row),
    }
