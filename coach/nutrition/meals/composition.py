"""Foods in company: what goes on what, and what is already in it."""

from itertools import pairwise
from typing import Final

import msgspec

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.words import keys, words_of
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.draft_builder.vocabulary import UNCOOKED
from coach.nutrition.meals.weigh import Weighed, nice, number, weigh

# Where a side goes: kinds of host, nearest meaning first.
HOSTS: Final = {
    "flatbread": ("flatbread", "bread"), "latte": ("coffee",), "burger": ("burger", "sandwich"),
    "sandwich": ("sandwich", "bread"), "smoothie": ("smoothie", "drink"), "milk": ("drink",),
    "curry": ("curry", "dish"), "pizza": ("dish",), "pasta": ("pasta", "dish"),
    "grain": ("curry", "dish"), "cake": ("cake", "bread"), "dessert": ("cake",),
}  # fmt: skip
BY_PIECE: Final = frozenset({"bread", "flatbread", "coffee", "tea", "latte"})


# What a nameless smoothie or sandwich is made of, when its contents are told.
CONTENTS: Final = {
    "smoothie": words_of(
    "fruit veg milk dairy spread powder nut"
),
    "protein shake": words_of(
    "fruit veg milk dairy spread powder nut"
),
    "sandwich": words_of(
    "meat coldmeat fish egg cheese veg spread salad fat sauce"
),
}  # fmt: skip
DRUNK: Final = frozenset({"smoothie", "protein shake"})
SIDE_KINDS: Final = frozenset({"spread", "fat", "sweetener", "sauce"})
HOT: Final = frozenset({"meat", "egg", "fish", "curry", "burger"})
SANDWICH_BREAD_G: Final = 56.0
SMOOTHIE_LEAVES_G: Final = 30.0
EGGS_IN_A_DISH: Final = 2.0


def unmix(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """A sandwich "with ham and cheese" is bread, ham and cheese; a smoothie, its fruit."""
    kept = list(drafts)
    for draft in drafts:
        contents = CONTENTS.get(draft.entry.name)
        if contents is None or not f" {draft.text}".endswith(f" {draft.entry.name}"):
            continue
        place = kept.index(draft)
        inside: list[Draft] = []
        for follower in kept[place + 1 :]:
            joined = (
                follower.link == "with" if not inside else follower.link in {"and", "comma", ""}
            )
            if not joined or follower.entry.kind not in contents:
                break
            inside.append(follower)
        if draft.entry.name in DRUNK and len(inside) > 1:
            kept.remove(draft)
            for follower in inside:
                if follower.entry.name == "spinach" and follower.amount is None:
                    follower.entry = msgspec.structs.replace(
                        follower.entry, usual=SMOOTHIE_LEAVES_G
                    )
        elif draft.entry.name == "sandwich" and inside:
            bread = index.named("bread")
            if bread is not None:
                draft.entry = msgspec.structs.replace(
                    bread, usual=SANDWICH_BREAD_G, each=SANDWICH_BREAD_G
                )
    return kept


def settle_eggs(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """The eggs that an egg dish was made "with" are in it: they say how much of it there is."""
    kept = list(drafts)
    for dish, eggs in pairwise(drafts):
        count = eggs.amount.count if eggs.amount and not eggs.amount.unit else None
        joined = eggs.link in {"with", "from", "of"} or (
            not eggs.link and eggs.start <= dish.end + 2
        )
        inside = joined and eggs.entry.name == "egg"
        measured = dish.amount is not None and not dish.amount.article
        if dish.entry.kind != "egg" or measured or not inside or not count:
            continue
        kept.remove(eggs)
        usual = dish.entry.usual * count / EGGS_IN_A_DISH
        dish.entry, dish.amount = msgspec.structs.replace(dish.entry, usual=usual), None
    return kept


def settle_bun(index: FoodIndex, drafts: list[Draft]) -> None:
    """A burger "without the bun" is its patty."""
    for burger, bun in pairwise(drafts):
        patty = index.named("beef patty")
        if burger.text == "burger" and bun.denied and bun.entry.kind == "bread" and patty:
            burger.entry = patty


def settle_chips(index: FoodIndex, drafts: list[Draft], place: int) -> None:
    """Chips beside a hot dish are fried potatoes, as in Britain; alone they come from a bag."""
    draft = drafts[place]
    if draft.text != "chips" or (
        draft.amount and draft.amount.unit in {"bag", "packet", "handful"}
    ):
        return
    near = drafts[max(0, place - 2) : place] + drafts[place + 1 : place + 2]
    hot = any(other.entry.kind in HOT for other in near)
    fries = index.named("french fries")
    if hot and fries is not None:
        draft.entry = fries


def settle_milk(index: FoodIndex, drafts: list[Draft], place: int) -> bool:
    """A latte "with oat milk" is an oat milk latte. False: the milk is in the drink already."""
    draft = drafts[place]
    before = drafts[place - 1] if place else None
    if draft.entry.kind != "milk" or draft.link != "with" or before is None:
        return True
    if before.entry.kind != "latte":
        return True
    made = index.named(f"latte with {draft.entry.name}") or index.named(f"{draft.entry.name} latte")
    return made is None and draft.entry.name != "milk"


def weigh_draft(drafts: list[Draft], place: int) -> Weighed:
    """Grams of one draft, the member's share of it."""
    weighed, people = weigh_whole(drafts, place), drafts[place].sharers
    if people == 1:
        return weighed
    text = f"{number(1 / people)} × {weighed.text}"
    return msgspec.structs.replace(weighed, grams=weighed.grams / people, text=text)


def weigh_whole(drafts: list[Draft], place: int) -> Weighed:
    """Grams of one draft; a side without an amount by what it is on."""
    draft = drafts[place]
    entry = draft.entry
    side = side_grams(drafts, place)
    if side is not None:
        return Weighed(side, f"about {nice(side)} g", entry.food)
    dry = bool(UNCOOKED & set(draft.described)) and entry.dry is not None
    if draft.filling:
        grams = entry.usual * 0.6
        return Weighed(grams, f"about {nice(grams)} g", entry.food)
    return weigh(entry, draft.amount, plural=draft.plural, dry=dry)


def side_grams(drafts: list[Draft], place: int) -> float | None:
    """What goes of a side on its host: butter by the slice of toast, milk by the cup of tea."""
    draft = drafts[place]
    amount = draft.amount
    said = amount is not None and not amount.vague
    if said or not draft.entry.sides:
        return None
    host = host_of(drafts, place)
    if host is None:
        return None
    keys_of_host = host_keys(host)
    name = next((key for key in keys_of_host if key in draft.entry.sides), None)
    if name is None:
        return None
    factor = {"bit": 0.5, "lot": 2.0}.get(amount.vague, 1.0) if amount else 1.0
    return draft.entry.sides[name] * factor * host_pieces(host)


def host_of(drafts: list[Draft], place: int) -> Draft | None:
    """The draft that a side goes with: after "on", else the nearest before that is no side."""
    for after in drafts[place + 1 :]:
        if after.link == "on":
            return after
        if after.link not in {"and", "comma"}:
            break
    for before in reversed(drafts[:place]):
        follower = drafts[place]
        if follower.link not in {"with", "and", "comma", ""}:
            return None
        is_side = before.entry.kind in SIDE_KINDS or before.link == "with"
        if is_side and before.entry.sides and before.entry.kind != "dairy":
            continue
        return before
    return None


def host_keys(host: Draft) -> tuple[str, ...]:
    words = set(keys(host.entry.name))
    special = tuple(
        name
        for name, marks in (
            ("pancake", {"pancake", "waffle", "crepe"}), ("bagel", {"bagel"}),
            ("potato", {"potato"}), ("egg", {"egg", "omelette"}),
        )
        if words & marks
    )  # fmt: skip
    kind = host.entry.kind
    return special + HOSTS.get(kind, ()) + (kind,)


def host_pieces(host: Draft) -> float:
    """How many slices or cups the side is spread over, at least one."""
    if host.entry.kind not in BY_PIECE:
        return 1.0
    if host.entry.kind in {"coffee", "tea", "latte"}:
        count = host.amount.count if host.amount and host.amount.count else 1.0
        drinks = host.amount is None or host.amount.unit in {"", "cup", "mug", "glass"}
        return count if drinks and count <= 10 else 1.0
    grams = weigh(host.entry, host.amount, plural=host.plural).grams
    return max(1.0, min(10.0, round(grams / host.entry.each)))
