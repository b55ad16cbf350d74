"""The row of the tables that each food of a sentence is, by all that is said of it.

"Broccoli with no butter", "two eggs fried in butter", "a chicken breast without the skin": FNDDS
has a row for each. What a row has in it already is no food of its own.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import CUSTOM
from coach.nutrition.foods.search import STOP
from coach.nutrition.foods.survey.portions import ONE, SIZES
from coach.nutrition.foods.survey.words import plain_keys
from coach.nutrition.foods.word_forms import keys, words_of
from coach.nutrition.meals.composition.contents import COMPOSED, contents, has
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.draft_builder.vocabulary import GENERIC, GENERIC_MEALS
from coach.nutrition.meals.quantities import Amount, is_bare, is_share, refined
from coach.nutrition.meals.tokens import Piece

MOST_WORDS: Final = 14  # that stand behind a food and speak of it
ENDS: Final = frozenset({"stop", "eating", "when", "amount"})
PARTING: Final = frozenset({"and", "comma", "stop", "eating", "but"})
CARRIED: Final = frozenset({"with", "on"})
MADE: Final = words_of(
    "made cooked prepared mixed fried boiled steamed sauteed blended baked grilled"
)
SPOKEN_OF: Final = MADE | {"eaten"}  # "a thigh eaten with the skin"
CANNED: Final = frozenset({"canned"})
MOST_OF_A_DISH: Final = 2  # parts told of it
MOST_KINDS: Final = 4  # of one dish that are counted one by one
ONE_OF_IT: Final = frozenset({"", "plate", "bowl", "batch", "pan", "pot", "serving", "portion"})
FATTY: Final = re.compile(r"fat|fried|butter|oil|omelet|sauteed|crisp")
NEAR: Final = 3  # words between a dish and what goes with it
GENERAL: Final = GENERIC_MEALS | GENERIC | {"hamburger"}
MADE_OF: Final = frozenset({"pasta", "grain", "soup", "sauce"})
# How people say what the tables say in a word of their own.
BESIDE: Final = (
    (re.compile(r"\b(?:without|no) anything(?: added)?|\bnothing (?:on|added|else)\b"), "no fat"),
    (re.compile(r"\bplain\b|\bby (?:itself|themselves)\b"), "plain no fat"),
    (re.compile(r"\bfrom (?:the|a) (?:can|tin)s?\b|\btins?\b"), "canned"),
    (re.compile(r"\bfrom (?:the|a) (?:freezer|bag)\b"), "frozen"),
    (re.compile(r"\bfrom (?:the|a) (?:box|packet)\b"), "packaged mix"),
    (re.compile(r"\b(?:home made|made at home|from scratch)\b"), "homemade"),
)
DEFINITE: Final = frozenset({"the", "its", "that", "those"})
UNCOUNTED: Final = frozenset({"cup", "bowl", "half", "roll"})
COOKED: Final = MADE | words_of("roasted roast grilled microwaved heated")
BLENDED: Final = words_of("fruit dairy milk juice icecream veg sweetener")
MADE_IN: Final = frozenset({"milk", "water", "fat"})


def find_rows(index: FoodIndex, drafts: list[Draft], pieces: Sequence[Piece]) -> list[Draft]:
    """The drafts with their rows of FNDDS; those that are within another are left out."""
    if not index.survey:
        return drafts
    kept: list[Draft] = []
    within = False
    for place, draft in enumerate(drafts):
        links = CARRIED | {"comma"} | ({"and"} if within else set())
        within = (
            bool(kept)
            and draft.link in links
            and is_within(index, kept[-1], draft, pieces, within=within)
        )
        if within:
            continue
        if is_named_again(draft, kept, pieces):
            continue
        if draft.denied and is_definite(draft, pieces):
            deny_named_before(draft, kept)
        if draft.entry.food.source != CUSTOM and not draft.denied:
            nearby = words_beside(draft, drafts[place + 1 :], pieces)
            if draft.amount is not None and draft.amount.unit == "can":
                nearby |= CANNED
            draft.entry = index.survey.varied(
                draft.entry, draft.text, nearby, measure_of(draft.amount)
            )
            take_measure_of_the_name(draft)
        kept.append(draft)
    told = [draft for draft in kept if not is_told_better(draft, kept)]
    return [draft for draft in told if not is_a_heading(index, draft, told, pieces)]


def measure_of(amount: Amount | None) -> str:
    """The name that a portion of the tables has for an amount: "large slice", "medium", "one"."""
    if amount is None:
        return ""
    if amount.unit:
        return f"{amount.size} {amount.unit}".strip()
    return amount.size or ONE


def take_measure_of_the_name(draft: Draft) -> None:
    """ "Four celery sticks", "eight cherry tomatoes": a word of the name is a measure."""
    if draft.amount is None or draft.amount.unit or draft.amount.size:
        return
    named = [word for word in keys(draft.text) if word in draft.entry.own and word not in SIZES]
    if named and named[-1] not in UNCOUNTED:
        draft.amount = replace(draft.amount, unit=named[-1], unit_said=named[-1])


def is_within(
    index: FoodIndex, dish: Draft, part: Draft, pieces: Sequence[Piece], *, within: bool
) -> bool:
    """ "A baked potato with sour cream", "eggs fried in butter": one row has both."""
    if part.denied or dish.denied or dish.entry.food.source == CUSTOM:
        return False
    if dish.entry.kind in COMPOSED and is_made_of(dish, part, pieces):
        return True
    if not is_bare(part.amount):
        return False
    own = set(keys(part.text)) <= set(keys(dish.text))
    if own:
        return False
    nearby = words_beside(dish, [part], pieces) | words_beside(part, [], pieces)
    said_so = dish.amount is not None and not part.plural and dish.entry.kind in COMPOSED
    if said_so and has(index, dish, part):
        return True  # "a burrito, bean and cheese"
    listed = part.link == "comma" and not said_so
    both = index.survey.within(dish.text, part.text, nearby, listed=listed)
    if both is None:
        head = dish.entry.food.name.partition(",")[0]
        both = index.survey.within(head, part.text, nearby, listed=listed)
    if both is None:
        return (part.link in CARRIED or within) and is_made_in(dish, part, pieces)
    dish.entry = index.survey.entry(both, dish.entry)
    joined = part.link in CARRIED | {"and"}
    dish.text = f"{dish.text} {part.link} {part.text}" if joined else dish.text
    return True


def is_made_of(dish: Draft, part: Draft, pieces: Sequence[Piece]) -> bool:
    """ "A stew, made with a can of tuna, tofu and kimchi": what it is made of is in it."""
    between = [piece for piece in pieces if dish.end <= piece.start < part.start]
    said = [piece.text for piece in between if piece.kind != "comma"]
    if any(piece.kind in {"stop", "colon"} for piece in between):
        return False
    return "made" in said and (part.amount is None or said[:-1] == ["made", "with"])


def is_named_again(draft: Draft, before: Sequence[Draft], pieces: Sequence[Piece]) -> bool:
    """ "Ramen with the broth. I stirred an egg into the hot soup": the soup was told of."""
    share = draft.amount is not None and is_share(draft.amount)
    bare = draft.amount is None or share
    if not bare or draft.denied or not is_definite(draft, pieces):
        return False
    said = next((other for other in before if is_the_same(draft, other)), None)
    if said is not None and share and draft.amount is not None:
        said.amount = refined(said.amount, draft.amount)  # "the potato, left half"
    return said is not None


def is_the_same(draft: Draft, other: Draft) -> bool:
    """Whether "the …" is a food that was named before."""
    if other.denied:
        return False
    return bool(
        draft.entry.kind == other.entry.kind
        or other.text.endswith(draft.text)  # the bread, of cornbread
        or set(keys(draft.text)) & set(keys(f"{other.text} {other.entry.food.name}"))
        or (draft.entry.kind in MADE_OF and other.entry.kind in COMPOSED)
    )


def deny_named_before(draft: Draft, before: Sequence[Draft]) -> None:
    """ "I ordered fries and gave the fries to my colleague": the fries are those."""
    for other in before:
        if other.entry.kind == draft.entry.kind and set(keys(draft.text)) <= set(keys(other.text)):
            other.denied = True


def is_definite(draft: Draft, pieces: Sequence[Piece]) -> bool:
    """Whether a "the" stands before it, or before the words that describe it."""
    words = [piece.text for piece in pieces if piece.end <= draft.start][
        -2 - len(draft.described) :
    ]
    return any(word.split()[-1:] and word.split()[-1] in DEFINITE for word in words[-2:])


def is_made_in(dish: Draft, part: Draft, pieces: Sequence[Piece]) -> bool:
    """ "Tomato soup made with milk", "oats cooked in water": the row has what it is made in."""
    if dish.entry.kind == "smoothie" and part.entry.kind in BLENDED:
        return True
    between = {piece.text for piece in pieces if dish.end <= piece.start < part.start}
    told = between | set(dish.text.split()) | set(dish.described)
    if part.entry.kind == "fat" and not FATTY.search(dish.entry.food.name.lower()):
        return False  # "pierogi, I fried five in butter"
    return part.entry.kind in MADE_IN and bool(MADE & told)


def is_told_better(draft: Draft, drafts: list[Draft]) -> bool:
    """ "We had steak. Mine was a ribeye of 8 oz": the bare word only says what it was about."""
    if draft.denied:
        return False
    if draft.amount is not None:
        return adds_up(draft, drafts)
    before = next((d for d in drafts if d.end <= draft.start and draft.start - d.end < NEAR), None)
    if draft.link in CARRIED and before is not None:
        return False
    return any(is_of_the_kind(draft, other) for other in drafts if other is not draft)


def adds_up(draft: Draft, drafts: list[Draft]) -> bool:
    """ "Twelve pieces of sushi, six salmon nigiri and six rolls": as many as are told after it."""
    whole = draft.amount.count if draft.amount else None
    after = [other for other in drafts if other.start >= draft.end][:MOST_KINDS]
    told, several, alike = 0.0, 0, False
    for other in after:
        if other.amount is None or other.amount.article or not other.amount.count:
            return False
        told, several = told + other.amount.count, several + 1
        alike = alike or other.entry.kind == draft.entry.kind
        if told == whole and several > 1:
            return alike  # "two sausages, one egg and one cup of coffee" are not of one kind
    return False


def is_a_heading(
    index: FoodIndex, draft: Draft, drafts: list[Draft], pieces: Sequence[Piece]
) -> bool:
    """ "Sunday roast. Roast beef, potatoes and peas": what it consists of is told after it."""
    if draft.denied or draft.entry.kind not in COMPOSED or is_counted(draft.amount):
        return False
    after = [other for other in drafts if other.start >= draft.end]
    begins = after[0].start if after else draft.end
    if lists_its_parts(draft, after, pieces):
        return True
    parted = any(p.kind in {"stop", "colon"} and draft.end <= p.start < begins for p in pieces)
    inside = contents(index, draft.entry.food)
    shared = [o for o in after if inside & set(keys(f"{o.text} {o.entry.food.name}"))]
    return parted and len(shared) >= MOST_OF_A_DISH


def is_counted(amount: Amount | None) -> bool:
    """Whether it says more than that there was one of it: a plate, a batch, "a full English"."""
    if amount is None or amount.vague:
        return False
    return (amount.count or 1) != 1 or amount.unit not in ONE_OF_IT


def lists_its_parts(draft: Draft, after: list[Draft], pieces: Sequence[Piece]) -> bool:
    """ "A batch of overnight oats: 50 g of oats, 150 ml of milk": the colon opens a list of them.

    "Soup: 200 g, bread: 30 g" opens none: a pause comes before the next food.
    """
    between = [p.kind for p in pieces if after and draft.end <= p.start < after[0].start]
    if "colon" not in between or {"comma", "stop"} & set(between[between.index("colon") :]):
        return False
    end = min((p.start for p in pieces if p.kind == "stop" and p.start > draft.end), default=None)
    listed = [other for other in after if end is None or other.start < end]
    return len(listed) >= MOST_OF_A_DISH


def is_of_the_kind(general: Draft, other: Draft) -> bool:
    """Whether another draft, of which the amount is told, is what the general word stands for."""
    if other.amount is None or other.denied:
        return False
    same = general.entry.kind == other.entry.kind and general.entry.name in GENERAL
    own = set(keys(general.text)) - STOP - {"bread"}
    return same or own <= set(keys(f"{other.text} {other.entry.food.name}"))


def words_beside(
    draft: Draft, following: Sequence[Draft], pieces: Sequence[Piece]
) -> frozenset[str]:
    """The keys of the words that describe a food: before it, and behind it to the next one."""
    food = next((d.start for d in following if not d.denied and not carried(d)), None)
    limit = None if food is None else where_its_words_begin(draft, food, pieces)
    found = list(draft.described)
    for piece in pieces:
        if piece.start < draft.end:
            continue
        vague = piece.amount is not None and bool(piece.amount.vague)  # without any butter
        ends = piece.kind in ENDS and piece.text not in SPOKEN_OF and not vague
        if ends or len(found) > MOST_WORDS or (limit is not None and piece.start >= limit):
            break
        found.append(piece.text)
    text = " ".join(found)
    told = {*found, *draft.text.split()}
    if COOKED & set(found):  # in the name itself, as in "boiled egg", it speaks for itself
        text += " cooked"
    elif "fresh" in told:
        text += " raw"
    for pattern, said in BESIDE:
        text = pattern.sub(said, text)
    return frozenset(plain_keys(text))


def where_its_words_begin(draft: Draft, food: int, pieces: Sequence[Piece]) -> int:
    """ "A boiled egg and a spoon of fat free ranch": after the last joint, they are the ranch's."""
    between = [p.start for p in pieces if draft.end <= p.start < food and p.kind in PARTING]
    return max(between, default=food)


def carried(draft: Draft) -> bool:
    """Whether a food goes with the one before it, without an amount of its own."""
    return draft.link in CARRIED and is_bare(draft.amount)
