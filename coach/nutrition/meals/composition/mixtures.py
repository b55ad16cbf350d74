"""Foods that are made of the foods named with them: sandwiches, smoothies, egg dishes, lattes."""

from itertools import pairwise
from typing import Final

import msgspec

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import keys, words_of
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.draft_builder.vocabulary import FILLINGS
from coach.nutrition.meals.quantities import is_bare

IN_A_DRINK: Final = words_of("fruit veg milk dairy spread powder nut")
# What a nameless smoothie or sandwich is made of, when its contents are told.
CONTENTS: Final = {
    "smoothie": IN_A_DRINK,
    "protein shake": IN_A_DRINK,
    "sandwich": words_of("meat coldmeat fish egg cheese veg spread salad fat sauce"),
}
DRUNK: Final = frozenset({"smoothie", "protein shake"})
FILLED_ONES: Final = words_of(
    "wrap burrito bagel panini toastie quesadilla sub omelette omelet muffin biscuit croissant melt"
)
IN_BREAD: Final = FILLINGS | {"veg", "salad"}
BREADS: Final = frozenset({"bread", "flatbread"})
HOT: Final = frozenset({"meat", "egg", "fish", "curry", "burger"})
FROM_A_BAG: Final = frozenset({"bag", "packet", "handful"})
SANDWICH_BREAD_G: Final = 56.0
SMOOTHIE_LEAVES_G: Final = 30.0
EGGS_IN_A_DISH: Final = 2.0


def name_the_sandwich(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "a ham and pickle sandwich", "a sausage, egg and cheese muffin" are one food."""
    kept: list[Draft] = []
    for draft in drafts:
        fillings = fillings_before(kept, draft)
        if fillings:
            first, said = fillings[0], " ".join(one.text for one in fillings)
            # Nobody eats "a ham": the article is the sandwich's.
            draft.amount, draft.link, draft.start = first.amount, first.link, first.start
            named = index.named(f"{said} {draft.text}")
            if named is None and draft.entry.name == "sandwich":
                named = index.named(f"{first.text} sandwich")
            draft.entry = named or draft.entry
            draft.text = f"{said} and {draft.text}"
            del kept[-len(fillings) :]
        kept.append(draft)
    return kept


def fillings_before(kept: list[Draft], sandwich: Draft) -> list[Draft]:
    """The foods listed before a sandwich that are in it: one with an article, or several bare."""
    head = keys(sandwich.text)[-1:]
    filled = sandwich.entry.kind == "sandwich" or bool(head and head[0] in FILLED_ONES)
    last = "comma" if " and " in sandwich.text else "and"
    if sandwich.link != last or sandwich.amount is not None or not filled:
        return []
    found: list[Draft] = []
    for draft in reversed(kept):
        if draft.entry.kind not in IN_BREAD or draft.plural or not is_bare(draft.amount):
            break
        found.insert(0, draft)
        if draft.amount is not None or draft.link != "comma":
            break
    several = len(found) > 1 or (found and found[0].amount is not None)
    return found if several else []


def leave_bread_to_the_sandwich(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "a tuna sandwich on brown bread, no mayo" is one sandwich: the bread is its own."""
    kept: list[Draft] = []
    held = False
    for draft in drafts:
        if draft.entry.kind in {"sandwich", "burger"}:
            held = True
        elif held and draft.link == "on" and draft.entry.kind in BREADS:
            continue
        elif draft.link not in {"with", "and"}:
            held = False
        kept.append(draft)
    return kept


def unmix(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "a protein shake with a scoop of whey and 300ml of almond milk" is those things.

    A sandwich with ham and cheese is bread, ham and cheese.
    """
    kept = list(drafts)
    for draft in drafts:
        name = draft.entry.name
        if name not in CONTENTS or not f" {draft.text}".endswith(f" {name}"):
            continue
        followers = kept[kept.index(draft) + 1 :]
        if followers and followers[0].link == "with" and followers[0].entry.kind == name:
            kept.remove(draft)  # a sandwich with "turkey and cheese", which is one already
            continue
        inside = named_inside(draft, followers)
        if name in DRUNK and len(inside) > 1:
            kept.remove(draft)
            take_leaves_by_the_handful(inside)
        elif name == "sandwich" and inside:
            be_its_bread(index, draft)
    return kept


def named_inside(draft: Draft, followers: list[Draft]) -> list[Draft]:
    """The foods after the draft that it is made "with", as far as it may hold them."""
    inside: list[Draft] = []
    for follower in followers:
        joints = {"and", "comma", ""} if inside else {"with"}
        if follower.link not in joints or follower.entry.kind not in CONTENTS[draft.entry.name]:
            break
        inside.append(follower)
    return inside


def take_leaves_by_the_handful(inside: list[Draft]) -> None:
    for draft in inside:
        if draft.entry.name == "spinach" and draft.amount is None:
            draft.entry = msgspec.structs.replace(draft.entry, usual=SMOOTHIE_LEAVES_G)


def be_its_bread(index: FoodIndex, sandwich: Draft) -> None:
    bread = index.named("bread")
    if bread is not None:
        sandwich.entry = msgspec.structs.replace(
            bread, usual=SANDWICH_BREAD_G, each=SANDWICH_BREAD_G
        )


def count_eggs_of_a_dish(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "an omelette of three eggs with cheese": the eggs say how much of the dish there is."""
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


def butter_the_bread(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "a slice of buttered rye bread" has butter on it."""
    butter = index.named("butter")
    kept: list[Draft] = []
    for draft in drafts:
        kept.append(draft)
        told = {*draft.described, *draft.text.split()}
        inside = "butter" in draft.entry.food.name.lower()
        if butter and not inside and "buttered" in told and draft.entry.kind in BREADS:
            kept.append(Draft(butter, None, "butter", draft.end, draft.end, "with"))
    return kept


def fry_chips_beside_a_hot_dish(index: FoodIndex, drafts: list[Draft], place: int) -> None:
    """ "sausage egg and chips": beside a hot dish they are fried potatoes; alone, from a bag."""
    draft = drafts[place]
    if draft.text != "chips" or (draft.amount and draft.amount.unit in FROM_A_BAG):
        return
    near = drafts[max(0, place - 2) : place] + drafts[place + 1 : place + 2]
    hot = any(other.entry.kind in HOT for other in near)
    fries = index.named("french fries")
    if hot and fries is not None:
        draft.entry = fries


def stir_milk_into_a_latte(index: FoodIndex, drafts: list[Draft], place: int) -> bool:
    """ "a vanilla latte with oat milk": False, for the milk is in the drink already."""
    draft = drafts[place]
    before = drafts[place - 1] if place else None
    if draft.entry.kind != "milk" or draft.link != "with" or before is None:
        return True
    if before.entry.kind != "latte":
        return True
    made = index.named(f"latte with {draft.entry.name}") or index.named(f"{draft.entry.name} latte")
    return made is None and draft.entry.name != "milk"
