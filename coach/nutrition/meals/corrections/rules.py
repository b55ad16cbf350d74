"""The rules that read a change. Each answers with edits or a question; None: not its sentence."""

import re

from django.utils.translation import gettext as _

from coach.nutrition.foods.word_forms import keys
from coach.nutrition.meals.corrections.current_meal import CurrentMeal, Outcome, ask_which
from coach.nutrition.meals.corrections.dishes import (
    added_as,
    exchanged,
    is_part,
    names_all,
    part_like,
    part_of_dish,
    portioned,
    poured_in,
    put_into,
    without_parts,
)
from coach.nutrition.meals.corrections.phrases import (
    ADD,
    ALL,
    AS_WELL,
    CONTENTS,
    CUE,
    DENIES,
    FROM_DISH,
    MORE,
    OF_DISH,
    PARTS,
    PORTION_OF,
    PRONOUN,
    REMOVE,
    SHARE,
    SHARES,
    TWO_PARTS,
    WAS,
    WITH,
    WITHOUT,
)
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.items import make_items
from coach.nutrition.meals.parse import parse_meal
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.questions import Questions
from coach.nutrition.meals.results import Edit
from coach.nutrition.meals.spelling import spelling_of
from coach.nutrition.meals.weigh import nice


def scaled(meal: CurrentMeal, text: str) -> Outcome:
    """half of that, double the rice, I only ate half."""
    found = SHARE.match(text)
    if not found:
        return None
    share, rest = SHARES[found[1]], (found[2] or "").strip()
    pointed = bool(rest) and re.search(rf"\b(?:the|my|that|those) {re.escape(rest)}$", text)
    rest = re.sub(r"^(?:as much|as many|the|of|my) ", "", rest)
    if not rest or re.fullmatch(PRONOUN, rest):
        return [Edit("scale", place, factor=share) for place in range(len(meal.items))]
    if re.match(r"(?:a|an|cup|dozen)\b|\w+ (?:of|cups?)\b", rest):
        return None
    place = meal.place_named(rest)
    if place is None:
        return ask_which(meal.items, rest) if pointed and meal.read(rest)[0] else None
    return [Edit("scale", place, factor=share)]


def removed(meal: CurrentMeal, text: str) -> Outcome:
    """delete the toast, remove that, I didn't have the toast and the jam."""
    found = REMOVE.match(text)
    if not found:
        return None
    rest = found[1].strip()
    if ALL.match(rest):
        return [Edit("remove", place) for place in range(len(meal.items))]
    if re.fullmatch(PRONOUN, rest):
        if len(meal.items) == 1 or rest in {"those", "them", "these", "both"}:
            return [Edit("remove", place) for place in range(len(meal.items))]
        return ask_which(meal.items)
    spelling, gone = spelling_of(meal.index), dict[int, list[str]]()
    whole, absent = meal.place_named(rest), list[str]()
    for part in PARTS.split(rest):
        place = whole if whole is not None and part == rest else meal.place_named(part)
        if place is None:
            absent.append(part)
        else:
            gone.setdefault(place, []).append(" ".join(spelling.corrected(part.split())))
    # «no milk, no sugar»: where there is no sugar, this is so already.
    if absent and not (DENIES.match(text) and all(map(meal.lacks, absent))):
        return ask_which(meal.items, absent[0])
    if not gone:
        return _("All right. There is no %(food)s in it.") % {"food": absent[0]}
    edits: list[Edit] = []
    for place, parts in gone.items():
        less = without_parts(meal, place, parts)
        if less is None and CONTENTS.search(text) and not meal.is_all_of(place, parts):
            return ask_which(meal.items, rest)  # «no chicken in it» leaves the rest of the salad
        edits += less or [Edit("remove", place)]
    return edits


def swapped(meal: CurrentMeal, text: str) -> Outcome:
    """swap the butter for jam, change the rice to 200 grams, it was four eggs not two."""
    for pattern, first in TWO_PARTS:
        found = pattern.match(text)
        if not found:
            continue
        old, new = (found[1], found[2]) if first == 1 else (found[2], found[1])
        old, new = FROM_DISH.sub("", old), FROM_DISH.sub("", OF_DISH.sub("", new))
        if old.startswith("with ") and new.startswith("with "):
            return other_side(meal, old.removeprefix("with "), new.removeprefix("with "))
        new = new.removeprefix("with ")
        return all_replaced(meal, new) if old == "everything" else replaced(meal, old, new)
    return None


def other_side(meal: CurrentMeal, old: str, new: str) -> Outcome:
    """with mash, not with chips: what they go with stays, and so does a meal that has no chips."""
    drafts, _loose = meal.read(new)
    has = [p for p, item in enumerate(meal.items) if set(keys(old)) <= set(keys(item.name))]
    if not drafts or len(has) > 1:
        return None if not drafts else ask_which(meal.items)
    if has and (edits := exchanged(meal, has[0], old, drafts[0])):
        return edits
    side = added_as(drafts[0])
    if not has:
        return [side]
    less = without_parts(meal, has[0], [old])
    return [*less, side] if less else replaced(meal, old, new)


def all_replaced(meal: CurrentMeal, new: str) -> Outcome:
    """change everything to a wrap: the first gives its place, and the others go."""
    drafts, _loose = meal.read(new)
    if not drafts:
        return ask_which(meal.items, new)
    first = meal.replace(0, drafts[0])
    if isinstance(first, str):
        return first
    return [
        first,
        *map(added_as, drafts[1:]),
        *(Edit("remove", place) for place in range(1, len(meal.items))),
    ]


def replaced(meal: CurrentMeal, old: str, new: str) -> Outcome:
    """`new` in the place of `old`; either may be only an amount."""
    drafts, loose = meal.read(new)
    pronoun = re.fullmatch(PRONOUN, old.strip())
    place = None if pronoun else meal.place_named(old)
    if not drafts and loose and place is not None and is_part(meal.items[place].name, old):
        return portioned(meal, place, old, loose[0])
    if not drafts:
        return amended(meal, loose, place)
    draft = drafts[0]
    whole = place is not None and names_all(meal.items[place].name, old)
    if whole and place is not None and (edits := part_of_dish(meal, place, draft)):
        return edits
    if place is not None and (edits := exchanged(meal, place, old, draft)):
        return edits
    if place is None and not pronoun and meal.read(old)[0]:
        return ask_which(meal.items, old)  # what is named and not there is asked for
    own = meal.place_of(draft)
    same = own is not None and meal.items[own].food_id == draft.entry.food.id
    if own is not None and same and draft.amount is not None and place in {None, own}:
        return one(meal.set_amount(own, draft.amount, draft))
    if place is None:
        place = own if own is not None else meal.same_kind(draft)
    if place is None and len(meal.items) == 1:
        place = 0
    if place is None:
        return ask_which(meal.items)
    edit = meal.replace(place, draft)
    if isinstance(edit, str):
        return edit
    # «swap the rice for beans and corn»: the corn comes beside the beans.
    return [edit, *(added_as(new) for new in drafts[1:] if meal.place_of(new) is None)]


def amended(meal: CurrentMeal, loose: list[Amount], place: int | None = None) -> Outcome:
    """Another amount, said without a food, of the item at `place` or of the one that it fits."""
    if not loose:
        return None
    place = place if place is not None else meal.place_for(loose[0])
    return one(meal.set_amount(place, loose[0])) if place is not None else ask_which(meal.items)


def added(meal: CurrentMeal, text: str) -> Outcome:
    """add a coffee, I also had a banana, another egg."""
    another = re.search(r"\b(?:another|one more|(\w+) more)\b", text)
    found = ADD.match(text)
    if not found and not (another and not MORE.match(text)):
        return None
    rest = found[1] if found else text
    rest = re.sub(r"\b(\w+) more\b", r"\1", rest).replace("another", "a")
    edits = (more_of_one(meal, rest) if another else []) or sides_of_the_last(meal, rest)
    if edits:
        return edits
    parsed = parse_meal(meal.index, rest)
    if parsed.question:
        return parsed.question
    return [Edit("add", item=item) for item in parsed.items]


def more_of_one(meal: CurrentMeal, rest: str) -> list[Edit]:
    """ "another egg": more of what is there already."""
    drafts, _loose = meal.read(rest)
    place = meal.place_of(drafts[0]) if len(drafts) == 1 else None
    if place is None or not drafts[0].amount:
        return []
    edit = meal.set_amount(place, drafts[0].amount, drafts[0])
    if isinstance(edit, str) or not edit.grams:
        return []
    grams = round(meal.items[place].grams + edit.grams, 1)
    return [Edit("set_amount", place, grams=grams, amount=f"{nice(grams)} g")]


def sides_of_the_last(meal: CurrentMeal, rest: str) -> list[Edit]:
    """ "add butter": without an amount, as much as goes on the last food."""
    drafts, _loose = meal.read(rest)
    if not drafts or not all(d.amount is None and d.entry.sides for d in drafts):
        return []
    host = ", ".join(item.name for item in meal.items[-1:])
    together = meal.read(f"{host} with {rest}")[0]
    made = make_items(meal.index, [d for d in together if not d.denied], Questions())
    return [Edit("add", item=item) for item in made[1:]] if len(together) > len(drafts) else []


def stated(meal: CurrentMeal, text: str) -> Outcome:
    """make that three eggs, it was brown bread, the rice was 200 grams, a large one."""
    subject = re.match(
        r"^(?:the|my) (.+?) (?:was|were|is|should be|should have been|had(?= no | with)) (.+)$",
        text,
    )
    if subject:
        return told_of(meal, subject[1], subject[2])
    make = re.match(r"^(?:make|set) (?:the |my )(.+)$", text)
    body = (
        make[1] if make else WAS.sub("", re.sub(r"^(?:make|change) (?:that|it)(?: to)? ", "", text))
    )
    drafts, loose = meal.read(body)
    if make and len(drafts) == 1 and not meal.holds(drafts[0]):
        return ask_which(meal.items, drafts[0].text)
    if MORE.search(text) and all(d.amount is None or d.amount.vague for d in drafts):
        return _("How much was it?")
    if not drafts:
        return amended(meal, loose)
    edits: list[Edit] = []
    for draft in drafts:
        if draft.denied:
            continue
        cue = CUE.search(text) is not None and not AS_WELL.search(text)
        outcome = state_one(meal, draft, corrects=meal.corrects or cue)
        if isinstance(outcome, str):
            return outcome
        edits += outcome
    return edits


def told_of(meal: CurrentMeal, what: str, told: str) -> Outcome:
    """the coffee was without milk, the sandwich was with turkey, the rice was quinoa."""
    what = PORTION_OF.sub("", re.sub(r" (?:in|on) (?:the|my|that) .*$", "", what))
    place = meal.place_named(what)
    less, more = WITHOUT.match(told), WITH.match(told)
    if place is None or not (less or more):
        return replaced(meal, what, told)
    if less:
        return without_parts(meal, place, PARTS.split(less[1])) or ask_which(meal.items, less[1])
    drafts, _loose = meal.read(more[1] if more else "")
    return put_into(meal, place, drafts[0]) if len(drafts) == 1 else None


def state_one(meal: CurrentMeal, draft: Draft, *, corrects: bool) -> list[Edit] | str:
    """One food of a statement: another amount of it, in the place of another, or as well."""
    place = meal.place_of(draft)
    if place is not None and (edits := of_dish(meal, place, draft)) is not None:
        return edits
    outcome = _state_whole(meal, place, draft, corrects=corrects)
    return outcome if isinstance(outcome, list | str) else [outcome]


def of_dish(meal: CurrentMeal, place: int, draft: Draft) -> list[Edit] | str | None:
    """What is said of a dish by its name, or of a part: nothing else of it changes."""
    name = meal.items[place].name
    if is_part(name, draft.text):
        return portioned(meal, place, draft.text, draft.amount) if draft.amount else []
    if not names_all(name, draft.text):
        return None
    if draft.amount is None:
        return []
    edit = meal.set_amount(place, draft.amount, draft)
    return edit if isinstance(edit, str) else [edit]


def _state_whole(
    meal: CurrentMeal, place: int | None, draft: Draft, *, corrects: bool
) -> Edit | list[Edit] | str:
    if place is None and corrects and meal.guesses:
        part = part_like(meal, draft)
        inside = exchanged(meal, *part, draft) if part else poured_in(meal, draft)
        if inside:
            return inside
    if place is not None and draft.amount is not None:
        if meal.items[place].food_id == draft.entry.food.id:
            return meal.set_amount(place, draft.amount, draft)
        return meal.replace(place, draft)
    if place is None:
        place = meal.same_kind(draft)
    if place is None and corrects and len(meal.items) == 1:
        place = 0
    if place is not None:
        return meal.replace(place, draft)
    if corrects:
        return ask_which(meal.items)
    return added_as(draft)


def one(outcome: Edit | str) -> Outcome:
    return outcome if isinstance(outcome, str) else [outcome]
