"""When something was eaten last, how many, how often, how much of it: in words."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.nutrition.answers.reader import Reader
from coach.nutrition.answers.rows import Eaten, items_in, last_of
from coach.nutrition.answers.span_sentences import count_of_days, nothing_in
from coach.nutrition.foods.word_forms import key
from coach.nutrition.speech.phrasing import day_name, for_slot, listed, rounded, spoken
from coach.nutrition.speech.summary import say_day

MOST_NAMED: Final = 4
LEADING: Final = re.compile(r"(?P<whole>\d+(?:\.\d+)?)?\s*(?P<part>[½¼¾⅓⅔])?\s*(?P<unit>.*)")
PARTS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
# Amounts in these are weighed or measured, and say nothing of how many there were.
MEASURED: Final = re.compile(
    r"\b(?:m?g|kg|m?l|cl|dl|oz|lb|lbs|grams?|litres?|liters?|ounces?|pounds?)\b|^about",
    re.IGNORECASE,
)
POURED: Final = re.compile(
    r"\b(?:water|juice|milk|coffee|tea|beer|wine|cola|coke|soda|lemonade|smoothie|drinks?)\b",
    re.IGNORECASE,
)
HOW_MANY: Final = re.compile(
    r"\b(?:how many|number of|count (?:the|my|of))\s+(?P<what>[\w' -]+?)\s*"
    r"(?:\b(?:have|had|did|do|do|i|were|was|are|in|this|last|today|yesterday|since|so|over|have|on)\b"
    r"|[?.!,]|$)"
)


def spoken_of(item: Eaten) -> str:
    """ "120 grams of salmon", as it stands in the diary."""
    if item.spoken:
        return item.spoken
    return _("%(grams)s grams of %(food)s") % {
        "grams": f"{item.grams:.0f}",
        "food": item.name[:1].lower() + item.name[1:],
    }


def _said_of(item: Eaten, reader: Reader) -> str:
    """As spoken; by its name alone where amounts are not spoken of."""
    return spoken_of(item) if reader.numbers else item.name[:1].lower() + item.name[1:]


def _asked_for(reader: Reader) -> str:
    return reader.asked.food.words if reader.asked.food else ""


def say_last(reader: Reader) -> str:
    """When something was eaten last, and what it was."""
    asked = reader.asked
    slot = None if asked.food else asked.slot
    if asked.spans and (found := reader.items(asked.span)):
        latest: Eaten | None = found[0]
    elif asked.spans:
        return _none(reader)
    else:
        latest = last_of(reader.member, asked.food, slot)
    if latest is None:
        return _none_ever(reader)
    parts = {
        "what": _said_of(latest, reader),
        "day": day_name(latest.day, reader.current),
        "meal": for_slot(latest.slot),
        "time": date_format(latest.local_time, "TIME_FORMAT"),
    }
    if asked.food is None and slot is None:
        said = _("The last thing in your diary is of %(day)s at %(time)s, %(meal)s: %(what)s.")
    elif asked.food is None:
        said = _("You had that %(day)s at %(time)s: %(what)s.")
    else:
        said = _("You last had %(food)s %(day)s %(meal)s: %(what)s.")
    told = said % {**parts, "food": _asked_for(reader)}
    days = (reader.current - latest.day).days
    if days < 2 or asked.food is None:
        return told
    return _("%(said)s That is %(days)s ago.") % {"said": told, "days": count_of_days(days)}


def _none_ever(reader: Reader) -> str:
    if reader.asked.food is None:
        return _("There is nothing in your diary yet.")
    return _("I find no %(food)s in your diary.") % {"food": _asked_for(reader)}


def _none(reader: Reader) -> str:
    """Nothing of it in the span; where only one day was looked at, when it was last."""
    asked = reader.asked
    said = _("I find no %(food)s in your diary %(span)s.") % {
        "food": _asked_for(reader),
        "span": asked.span.name,
    }
    if asked.food is None or not asked.span.is_day:
        return said
    latest = last_of(reader.member, asked.food)
    if latest is None:
        return said
    return _("%(said)s You last had it %(day)s.") % {
        "said": said,
        "day": day_name(latest.day, reader.current),
    }


# --- how many, how often, how much ----------------------------------------------------------------


def count_of(item: Eaten) -> float:
    """How many an item says that there were: 2 of "2" and of "2 slices", 1 of "150 g"."""
    amount = item.amount.strip()
    found = LEADING.fullmatch(amount)
    if not amount or found is None or MEASURED.search(amount):
        return 1.0
    whole, part = found["whole"], found["part"]
    return (float(whole) if whole else 0.0) + PARTS.get(part or "", 0.0) or 1.0


def say_count(reader: Reader) -> str:
    """How many there were of a food; of a class of foods, which."""
    asked, food = reader.asked, reader.asked.food
    assert food is not None
    found = reader.items(asked.span)
    ones = found if food.classes else [one for one in found if food.is_one(one.name, one.food_id)]
    if not found:
        return _none(reader)
    if not ones:
        return _("You had %(food)s %(span)s only as a part of something: %(what)s.") % {
            "food": food.words,
            "span": asked.span.name,
            "what": _some(found, reader),
        }
    if food.classes:
        return _of_class(reader, found)
    number = sum(count_of(one) for one in ones)
    what = HOW_MANY.search(asked.said)
    said = _("You had %(number)s %(what)s %(span)s.") % {
        "number": f"{number:.1f}".removesuffix(".0"),
        "what": _for_number(number, what["what"] if what else food.words),
        "span": asked.span.name,
    }
    if asked.span.is_day or len({one.day for one in ones}) < 2:
        return said
    return _("%(said)s They were %(days)s.") % {"said": said, "days": _days(ones, reader)}


def _of_class(reader: Reader, found: Sequence[Eaten]) -> str:
    """A class has no weight of its own (a beer is no alcohol): how often, and what it was."""
    return _("You had %(food)s %(times)s %(span)s: %(what)s.") % {
        "food": _asked_for(reader),
        "times": _times(len(found)),
        "span": reader.asked.span.name,
        "what": _some(found, reader),
    }


def _for_number(number: float, what: str) -> str:
    """The words of a "how many" for what there was: "glasses of wine" → "glass of wine" for 1."""
    first, space, rest = what.partition(" ")
    return f"{key(first)}{space}{rest}" if number == 1 else what


def _times(count: int) -> str:
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


def _some(items: Sequence[Eaten], reader: Reader) -> str:
    """Up to four of the items, the latest first, and how many more there are."""
    names = list(dict.fromkeys(_said_of(item, reader) for item in items))
    if len(names) > MOST_NAMED:
        more = _("%(count)d more") % {"count": len(names) - MOST_NAMED + 1}
        names = [*names[: MOST_NAMED - 1], more]
    return listed(names)


def _days(items: Sequence[Eaten], reader: Reader) -> str:
    """ "on Monday and today", in their order; many days are counted."""
    days: list[date] = sorted({item.day for item in items})
    if len(days) > MOST_NAMED:
        return _("on %(days)s") % {"days": count_of_days(len(days))}
    return listed([day_name(day, reader.current) for day in days])


def say_often(reader: Reader) -> str:
    """In how many meals of the span it was, and on which days."""
    asked = reader.asked
    found = reader.items(asked.span)
    if not found:
        return _none(reader)
    meals = len({one.meal_id for one in found})
    return _("You had %(food)s %(times)s %(span)s: %(days)s.") % {
        "food": _asked_for(reader),
        "times": _times(meals),
        "span": asked.span.name,
        "days": _days(found, reader),
    }


def say_which(reader: Reader) -> str:
    """On which days, or in which meals, it was, and what it was."""
    asked = reader.asked
    found = reader.items(asked.span)
    if not found:
        return _none(reader)
    if re.search(r"\b(?:days?|on which)\b", asked.said):
        return _("You had %(food)s %(days)s.") % {
            "food": _asked_for(reader),
            "days": _days(found, reader),
        }
    places = dict.fromkeys(
        _("%(what)s %(meal)s %(day)s")
        % {
            "what": _said_of(one, reader),
            "meal": for_slot(one.slot),
            "day": day_name(one.day, reader.current),
        }
        for one in found
    )
    return _("I find %(what)s.") % {"what": listed(list(places)[:MOST_NAMED])}


def say_much(reader: Reader) -> str:
    """How much of a food there was, by weight; of what is poured, by volume."""
    asked = reader.asked
    found = reader.items(asked.span)
    if not found:
        return _none(reader)
    if not reader.numbers:
        return say_often(reader)
    if asked.food and asked.food.classes and not asked.nutrients:
        return _of_class(reader, found)
    if asked.nutrients:
        sums = [(sum(getattr(one, name) or 0.0 for one in found), name) for name in asked.nutrients]
        return _("The %(food)s %(span)s had %(amounts)s: %(what)s.") % {
            "food": _asked_for(reader),
            "span": asked.span.name,
            "amounts": listed([spoken(value, name) for value, name in sums]),
            "what": _some(found, reader),
        }
    grams = sum(one.grams for one in found)
    sentence = (
        _("You had about %(amount)s millilitres of %(food)s %(span)s: %(what)s.")
        if POURED.search(_asked_for(reader))
        else _("You had about %(amount)s grams of %(food)s %(span)s: %(what)s.")
    )
    return sentence % {
        "amount": rounded(grams),
        "food": _asked_for(reader),
        "span": asked.span.name,
        "what": _some(found, reader),
    }


def say_any(reader: Reader) -> str:
    """Yes or no, and what it was."""
    asked = reader.asked
    found = reader.items(asked.span)
    if not found:
        return _("No. %(none)s") % {"none": _none(reader)}
    return _("Yes: %(what)s, %(days)s.") % {
        "what": _some(found, reader),
        "days": _days(found, reader),
    }


def say_usual(reader: Reader) -> str:
    """What is eaten most often, at a meal or at all."""
    asked = reader.asked
    found = reader.items(asked.span)
    if not found:
        return nothing_in(asked.span)
    meals: dict[str, set[int]] = {}
    for one in found:
        meals.setdefault(one.name[:1].lower() + one.name[1:], set()).add(one.meal_id)
    often = Counter({name: len(ids) for name, ids in meals.items()}).most_common(3)
    named = [
        _("%(food)s (%(times)s)") % {"food": name, "times": _times(times)} for name, times in often
    ]
    if asked.slot:
        return _("%(span)s you mostly had %(foods)s %(meal)s.") % {
            "span": asked.span.start,
            "foods": listed(named),
            "meal": for_slot(asked.slot),
        }
    return _("%(span)s you most often had %(foods)s.") % {
        "span": asked.span.start,
        "foods": listed(named),
    }


def say_written(reader: Reader) -> str:
    """Whether something is in the diary, and what."""
    asked = reader.asked
    if asked.food is not None:
        found = reader.items(asked.span)
        if not found:
            return _("No. %(none)s") % {"none": _none(reader)}
        return _("Yes, %(what)s is in your diary, %(meal)s %(day)s.") % {
            "what": _said_of(found[0], reader),
            "meal": for_slot(found[0].slot),
            "day": day_name(found[0].day, reader.current),
        }
    if asked.span.is_day:
        items = items_in(reader.member, asked.span, asked.slot)
        listed_day, _day = say_day(
            reader.member, _list_of(asked.slot), asked.span.first, numbers=reader.numbers
        )
        start = _("Yes.") if items else _("No.")
        return f"{start} {listed_day}"
    days = reader.days(asked.span)
    if not days:
        return _("No. %(nothing)s") % {"nothing": nothing_in(asked.span)}
    return _("Yes, on %(days)s %(span)s.") % {
        "days": count_of_days(len(days)),
        "span": asked.span.name,
    }


def _list_of(slot: str | None) -> str:
    """A question that lists a day, or one meal of it."""
    return f"what did I have for {slot}" if slot else "what did I have"
