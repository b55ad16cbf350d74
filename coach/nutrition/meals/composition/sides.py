"""What a draft weighs: butter by the slice that it is on, the rest by its amount."""

from typing import Final

import msgspec

from coach.nutrition.foods.word_forms import keys
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
HOSTS_BY_NAME: Final = {
    "pancake": frozenset({"pancake", "waffle", "crepe"}),
    "bagel": frozenset({"bagel"}),
    "potato": frozenset({"potato"}),
    "egg": frozenset({"egg", "omelette"}),
}
BY_PIECE: Final = frozenset({"bread", "flatbread", "coffee", "tea", "latte"})
SIDE_KINDS: Final = frozenset({"spread", "fat", "sweetener", "sauce"})
FILLING_SHARE: Final = 0.6  # of a usual portion: the tuna of a tuna pasta


def weigh_draft(drafts: list[Draft], place: int) -> Weighed:
    """Grams of one draft, the member's share of it."""
    weighed, people = weigh_whole(drafts, place), drafts[place].sharers
    left = drafts[place].left_grams
    if 0 < left < weighed.grams:
        grams = weighed.grams - left
        weighed = msgspec.structs.replace(weighed, grams=grams, text=f"{nice(grams)} g")
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
        grams = entry.usual * FILLING_SHARE
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
    """What a side's table may call the host, nearest first: "pancake", then "cake", "bread"."""
    words = set(keys(host.entry.name))
    special = tuple(name for name, marks in HOSTS_BY_NAME.items() if words & marks)
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
