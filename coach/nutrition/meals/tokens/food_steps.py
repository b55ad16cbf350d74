"""Steps that read names of foods and amounts."""

import re
from typing import Final

from msgspec.structs import replace

from coach.meaning.ordinary_words import is_ordinary
from coach.meaning.people import KIN
from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.idle_words import DESCRIBING
from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.measures import WEIGHT
from coach.nutrition.meals.quantities import Amount, amount_at, unit_at
from coach.nutrition.meals.tokens.piece import Piece
from coach.nutrition.meals.tokens.reader import SentenceReader

PEOPLE: Final = re.compile(KIN)
COUNT_SLIPS: Final = {"to": 2.0, "too": 2.0, "tu": 2.0, "for": 4.0, "won": 1.0, "tree": 3.0}
BEFORE_SLIP: Final = frozenset({"eating", "and", "comma", "stop"})
BETWEEN_COUNT_AND_FOOD: Final = frozenset({"large", "small", "medium", "boiled", "fried"})
VARIETIES: Final = frozenset({"ones", "kind", "version", "flavor", "flavour", "sort"})
# A name before one of these says what the next food is like: "a lemonade flavoured seltzer".
LIKENESS: Final = words_of("flavoured flavored style type size sized filled shaped heavy packed")
NO_ROLE: Final = frozenset({"well", "much", "same", "such"})  # "as well as a banana"
AFTER_NO_LIKENESS: Final = words_of("in with and on it them my the large medium small extra") | {
    "",
    ",",
    ".",
}
WHAT_IS_DONE_TO: Final = words_of("it them all everything this that up")
DISHES: Final = words_of("dish soup curry salad sandwich burger pizza")
GOING: Final = words_of("went go going drove walked ran run headed popped nipped stopped came over")
# What stands on a table is named by what is mostly in it.
ON_A_TABLE: Final = words_of("cereal soup dessert coffee tea wine")
VESSELS: Final = words_of("bowl bowls plate plates mug mugs cup cups glass glasses spoon spoons")
CUT: Final = frozenset({"half", "halves", "quarters"})


def read_long_name(reader: SentenceReader, i: int) -> Piece | None:
    """A name of several words, before its first word is taken for something else."""
    return read_name(reader, i) if i in reader.words.compounds else None


def read_name(reader: SentenceReader, i: int) -> Piece | None:
    """A food by its name; a filler where the name says something else ("from subway")."""
    found = reader.index.match(reader.words, i)
    if found is None:
        return None
    if reader.word(found[1]) == "free" and found[1] == i + 1:
        return reader.piece("describing", i, found[1] + 1)  # sugar free
    entry, end = without_what_it_is_on(reader, i, found)
    if reader.word(end) in lexicon.NOT_FOOD_AFTER:
        return reader.piece("filler", i, end + 1)
    if is_place(reader, i) or is_no_food_here(reader, i, end):
        return reader.piece("filler", i, end)
    likened = end_of_likeness(reader, i, end)
    if likened is not None:
        return reader.piece("describing", i, likened)
    return reader.piece("name", i, end, entry=entry)


def end_of_likeness(reader: SentenceReader, i: int, end: int) -> int | None:
    """ "Nachos, a full order of the beef ones", "a cracker size slice of Swiss": the beef is none.

    None where the name at `i` is a food.
    """
    after = reader.word(end)
    named = any(piece.kind == "name" for piece in reader.found)
    if named and (after in VARIETIES or (after == "one" and reader.word(i - 1) == "the")):
        return end + 1
    if named and end - i > 1 and reader.word(end - 1) in VARIETIES:
        return end
    if after in LIKENESS and reader.word(end + 1) not in AFTER_NO_LIKENESS:
        return end + 1
    if end - i > 1 and reader.word(end - 1) in LIKENESS and reader.names_food(end):
        return end
    return None


def is_no_food_here(reader: SentenceReader, i: int, end: int) -> bool:
    """ "A tortilla to wrap it all in", "oil as a dressing", "for pudding": no food is meant."""
    before, earlier = reader.word(i - 1), reader.word(i - 2)
    if end - i > 1:
        return False
    if reader.words[i] == "tea" and reader.word(end) == "was":
        return before in {"", ".", "my", "our"}  # the meal
    if reader.words[i] in ON_A_TABLE and reader.word(end) in VESSELS:
        filled = any(piece.text in {"filled", "fills"} for piece in reader.found[-3:])
        return filled or reader.word(end + 1) == "of"  # "two cereal bowls of rice"
    if before == "to" and reader.word(end) in WHAT_IS_DONE_TO:
        return True
    named = any(piece.kind == "name" for piece in reader.found)
    role = before in {"a", "an", "my"} and earlier == "as" and reader.word(i - 3) not in NO_ROLE
    if named and role:
        return True
    if reader.words[i] == "toast" and before in {"the", "a"} and earlier == "for":
        return True  # a glass of champagne for the toast
    return before == "for" and reader.words[i] in {"pudding", "afters", "tea"}


def without_what_it_is_on(
    reader: SentenceReader, i: int, found: tuple[Entry, int]
) -> tuple[Entry, int]:
    """ "half an avocado on toast": the half is of the avocado, and the toast is a food of its own.

    "200 g of chicken and rice": the weight is of the first.
    """
    words = reader.words
    amount = reader.found[-1].amount if reader.found and reader.found[-1].kind == "amount" else None
    if amount is None:
        return found
    entry, end = found
    if "on" in words[i:end] and (amount.unit or (amount.count or 1) % 1):
        entry, end = reader.index.match(words[: words.index("on", i)], i) or found
    if amount.unit in WEIGHT and "and" in words[i:end] and not is_one_dish(reader, i, end):
        return reader.index.match(words[: words.index("and", i)], i) or (entry, end)
    return entry, end


def is_one_dish(reader: SentenceReader, i: int, end: int) -> bool:
    """ "220 g of beef and bean chili": the last word is a dish, and the rest says what is in it."""
    last = reader.index.match(reader.words[:end], end - 1)
    return last is not None and last[0].kind in DISHES


def is_place(reader: SentenceReader, i: int) -> bool:
    """Whether what begins at `i` is where it came from: "from subway", "at the movies"."""
    before, earlier = reader.word(i - 1), reader.word(i - 2)
    if before in {"from", "at"} and earlier != "made":
        return True
    if before == "to" and earlier in GOING:
        return True
    return before in {"the", "my", "our", "a", "this"} and earlier in {"from", "at", "before"}


def read_amount(reader: SentenceReader, i: int) -> Piece | None:
    """ "two", "200 g", "a bowl of"; a filler where it counts no food."""
    before = reader.word(i - 1)
    if before == "in" and reader.words[i] in CUT:
        return reader.piece("filler", i, i + 1)  # cut in half, and not the less for it
    found = amount_at(reader.words, i)
    if found is None:
        return None
    amount, end = found
    if before == "by" and not amount.unit and amount.count:
        return reader.piece("filler", i, end)  # by four I had eaten
    if amount.count and not amount.unit and is_people(reader, end):
        return reader.piece("filler", i, end, amount=amount)  # out with three mates
    if before == "with" and amount.count and not amount.unit and counts_people(reader, i, end):
        return reader.piece("filler", i, end, amount=amount)  # shared with two friends
    if before == "between" and amount.count:
        return reader.piece("filler", i, end, amount=amount)  # shared between three
    if amount.unit and not amount.inner and reader.words[end - 1] != "of":
        return read_unit_or_food(reader, i, end, amount)
    return reader.piece("amount", i, end, amount=amount)


def is_people(reader: SentenceReader, i: int) -> bool:
    return PEOPLE.fullmatch(reader.word(i)) is not None and not reader.names_food(i)


def counts_people(reader: SentenceReader, i: int, end: int) -> bool:
    """ "shared with two friends", "I shared a pizza with two friends"; but "… with two beers"."""
    if reader.word(i - 2) in lexicon.SHARING:
        return True
    verb = next((one for one in reversed(reader.found) if one.kind in {"eating", "stop"}), None)
    shared = verb is not None and verb.text in lexicon.SHARING
    unknown = reader.word(end) != "" and not is_ordinary(reader.word(end))  # it may be a food
    return shared and not unknown and not reader.names_food(end)


def read_unit_or_food(reader: SentenceReader, i: int, end: int, amount: Amount) -> Piece | None:
    """ "two wraps", "a roll": the unit is itself the food unless a food follows."""
    at = next((j for j in range(end - 1, i, -1) if reader.words[j] == amount.unit_said), None)
    last = reader.last("comma", "filler")
    if last is not None and last.entry is not None and amount.unit in last.entry.own:
        return reader.piece("amount", i, end, amount=amount)  # gimbap, one roll
    if not food_near(reader, end):
        if at is not None and reader.names_food(at):
            bare = replace(amount, unit="", unit_said="")
            return reader.piece("amount", i, at, amount=bare)
        if at is None and reader.names_food(i):
            return None
    return reader.piece("amount", i, end, amount=amount)


def food_near(reader: SentenceReader, i: int) -> bool:
    """Whether a food begins at `i`, perhaps after a describing word or two."""
    for j in range(i, min(i + 3, len(reader.words))):
        if reader.names_food(j):
            return True
        if reader.words[j] not in DESCRIBING:
            return False
    return False


def read_slip(reader: SentenceReader, i: int) -> Piece | None:
    """What a recogniser makes of a number: "I had to eggs", "tree apples"."""
    count = COUNT_SLIPS.get(reader.words[i])
    if count is None or not may_be_a_count(reader, i):
        return None
    unit = unit_at(reader.words, i + 1)
    start = unit[1] if unit else i + 1
    name = reader.index.match(reader.words, start)
    if name is None and reader.word(start) in BETWEEN_COUNT_AND_FOOD:
        name = reader.index.match(reader.words, start + 1)
    if name is None or not reader.words[(unit[1] if unit else name[1]) - 1].endswith("s"):
        return None
    if unit:
        amount = Amount(count, unit[0], unit_said=reader.words[i + 1])
        return reader.piece("amount", i, unit[1], amount=amount)
    return reader.piece("amount", i, i + 1, amount=Amount(count))


def may_be_a_count(reader: SentenceReader, i: int) -> bool:
    """Whether a number may stand at `i`: right after a verb or a pause."""
    previous = reader.last("filler")
    if previous is None:
        return reader.words[i] not in {"for", "won"}
    return previous.kind in BEFORE_SLIP and reader.found[-1].kind != "filler"
