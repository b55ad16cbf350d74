"""From pieces to drafts: which amount belongs to which food, what is denied, what is taken back."""

import re
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from coach.nutrition.foods.index import Entry, FoodIndex
from coach.nutrition.foods.words import is_plural, keys, words_of
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.lookup import resolve
from coach.nutrition.meals.measures import VOLUME, WEIGHT
from coach.nutrition.meals.quantities import Amount, for_each, is_bare, is_share, number_at, refined
from coach.nutrition.meals.tokens import Piece

# A noun before one of these makes one food with it: "lamb burger", "apple cake".
HEADS: Final = words_of(
    "soup salad sandwich burger pizza curry dish smoothie juice icecream cookie cake "
    "dessert bread cereal tea latte sauce spread snack dairy flatbread pasta grain "
    "hotcereal soda milk dumpling sweet powder"
)
# A drink names only sweet things ("coffee ice cream"); a dish names nothing ("idli sambar").
DRINKS: Final = words_of("soda juice water coffee tea latte smoothie milk beer wine")
SWEET_HEADS: Final = frozenset(["cake", "icecream", "dessert", "smoothie"])
MEALS: Final = words_of("bread flatbread dish sandwich burger pizza soup curry cereal fries")
# Plural in form, one portion in fact.
MASS: Final = words_of("noodles oats grits fries chips greens veggies vegetables")
GENERIC_MEALS: Final = frozenset(["sandwich", "burger", "pizza", "soup", "curry", "salad", "bread"])
GENERIC: Final = frozenset(["biscuit", "cookie", "bread", "cereal", "chocolate", "cracker"])
# Made of any meat: "turkey meatballs" are meatballs.
MADE_OF_MEAT: Final = frozenset(
    ["meatball", "meatloaf", "chicken nugget", "beef patty", "chicken wing", "beef jerky",
     "sausage", "breakfast sausage", "lamb kebab", "bacon", "chicken tikka", "beef stew"]
)  # fmt: skip
MEATS: Final = frozenset({"meat", "fish", "coldmeat"})
UNCOOKED: Final = frozenset({"dry", "raw", "uncooked"})
SHARING: Final = frozenset({"shared", "share", "split", "sharing"})
ONLY: Final = frozenset({"only", "just"})
FILLINGS: Final = frozenset({"meat", "fish", "egg", "cheese", "coldmeat"})
STAPLES: Final = frozenset({"pasta", "grain", "flatbread", "hotcereal"})
# A word after one of these is a dish we do not know ("chicken tagine"), not a stray word.
STEMS: Final = frozenset({"meat", "fish", "veg", "grain", "cheese", "coldmeat"})


@dataclass
class Draft:
    """One food of the sentence before it is weighed."""

    entry: Entry
    amount: Amount | None
    text: str
    start: int
    end: int
    link: str = ""
    denied: bool = False
    described: tuple[str, ...] = ()
    slot: str | None = None
    plural: bool = False
    filling: bool = False
    sharers: int = 1


@dataclass
class Assembly:
    """The state while pieces are read in order; `drafts` and `unknown` are the outcome."""

    index: FoodIndex
    pieces: list[Piece]
    drafts: list[Draft] = field(default_factory=list)
    unknown: list[tuple[str, int]] = field(default_factory=list)
    empty_amounts: list[Amount] = field(default_factory=list)
    amount: Amount | None = None
    described: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    link: str = ""
    without: str = ""
    denied: bool = False
    intended: bool = False
    was_denied: bool = False
    was_intended: bool = False
    correcting: bool = False
    sharers: int = 1
    eaten: bool = False
    last: Piece | None = None
    strange_at: int = 0
    sentence_at: int = 0
    when_at: int = 0
    heading: Draft | None = None
    only: bool = False
    said_only: int = -1
    following: list[Piece] = field(default_factory=list)

    def run(self) -> "Assembly":
        """Read all pieces."""
        postfix = postfix_amounts(self.pieces)
        for place, piece in enumerate(self.pieces):
            self.following = self.pieces[place + 1 :]
            if self._is_cut(piece) or self._refers(piece):
                pass
            elif place in postfix and self.drafts and piece.amount:
                self.drafts[-1].amount = piece.amount
            else:
                getattr(self, f"on_{piece.kind}")(piece)
            if piece.kind != "filler":
                self.last = piece
        self.flush()
        return self

    # --- joints -----------------------------------------------------------------------------------
    def flush(self, *, pause: bool = True) -> None:
        """A joint was reached: what waits for a food gets its last chance."""
        if self.strange:
            self._unknown_phrase()
        if self.amount is not None:
            self._loose_amount(self.amount, pause=pause)
        self.amount, self.described = None, []

    def _loose_amount(self, amount: Amount, *, pause: bool) -> None:
        definite = amount.unit or (amount.count is not None and not amount.article) or amount.size
        last = self.drafts[-1] if self.drafts else None
        if last and self.correcting and definite:
            last.amount, last.denied = amount, False
            self.correcting = False
        elif last and last.denied and is_share(amount):
            last.amount, last.denied = amount, False  # "not the whole sandwich, just half"
        elif last and definite and not last.denied and (better := self._refined(last, amount)):
            last.amount = better
        elif amount.unit and not self.denied and not self.intended:
            self.empty_amounts.append(amount)

    def _refined(self, last: Draft, amount: Amount) -> Amount | None:
        if self.link in {"and", "with", "on"} and last.amount and not last.amount.vague:
            return None  # "a burger and half a" breaks off: it says nothing of the burger
        return refined(last.amount, amount)

    def on_comma(self, piece: Piece) -> None:
        self.flush()
        self.link = "comma"
        if self.heading in self.drafts:
            self.heading = None  # "coffee: black, toast: dry" lists nothing under the coffee

    def on_stop(self, piece: Piece) -> None:
        self.flush()
        self.link, self.without = "", ""
        self.denied = self.intended = self.correcting = self.only = False
        self.sharers = 1
        self.sentence_at, self.heading = piece.end, None

    def on_colon(self, piece: Piece) -> None:
        """ "Sushi: six nigiri and a soup": what stands before is a heading if foods follow."""
        self.flush()
        foods = self._sentence()
        self.heading = foods[0] if len(foods) == 1 and is_bare(foods[0].amount) else None
        self.link = ""

    def _under_heading(self, draft: Draft) -> None:
        """What a heading lists stands in its place: "pizza: two slices of pepperoni"."""
        heading = self.heading
        if heading is None or not is_bare(heading.amount):
            return
        if heading in self.drafts:
            self.drafts.remove(heading)
        kind = self.index.named(f"{draft.text} {heading.text}")
        if kind is not None:
            draft.entry, draft.text = kind, f"{draft.text} {heading.text}"

    def _sentence(self) -> list[Draft]:
        """The foods since the last full stop."""
        return [draft for draft in self.drafts if draft.start >= self.sentence_at]

    def on_but(self, piece: Piece) -> None:
        self.flush()
        self.said_only = piece.end if piece.text in ONLY else self.said_only
        self.link, self.without = "", ""
        self.denied = self.intended = self.correcting = False

    def on_and(self, piece: Piece) -> None:
        self.flush()
        self.link = "and"
        if self.without and piece.text not in {"or", "nor"}:
            self.without = "maybe"

    def on_with(self, piece: Piece) -> None:
        self.flush()
        self.link, self.without = "with", ""
        self.correcting = False

    def on_on(self, piece: Piece) -> None:
        self.flush()
        self.link, self.without = "on", ""

    def on_without(self, piece: Piece) -> None:
        self.flush()
        self.without = "sure"

    def on_instead(self, piece: Piece) -> None:
        self.flush()
        self.without = "sure"

    def on_when(self, piece: Piece) -> None:
        self.flush()
        self.when_at = piece.start
        if self.without != "sure":
            self.without = ""

    # --- what the clause says ---------------------------------------------------------------------
    def on_denied(self, piece: Piece) -> None:
        self.flush()
        self.denied = self.was_denied = True
        self.without = ""

    def on_intent(self, piece: Piece) -> None:
        self.flush()
        self.intended = self.was_intended = True

    def on_eating(self, piece: Piece) -> None:
        self.flush(pause=False)
        self.eaten = True
        self.sharers = 2 if piece.text in SHARING else 1
        for draft in self._shared_before():
            draft.sharers, self.sharers = self._people(), 1
        self.only = self.only or self.said_only == piece.start
        happened = piece.text in {"had", "ate", "drank", "got", "took", "grabbed", "made", "log"}
        if happened and self.last and self.last.kind != "denied":
            self.denied = self.intended = False
        self.without = ""

    def on_correct(self, piece: Piece) -> None:
        if self.amount is None:
            self.flush()
        self.correcting = True

    def on_filler(self, piece: Piece) -> None:
        if self.strange:
            self.flush()
        if piece.text in ONLY and self.last and self.last.kind == "eating":
            self.only = True  # "I had just the peas"
        self.said_only = piece.end if piece.text in ONLY else self.said_only
        if piece.text == "each":
            self._each_has(piece)
        if piece.text in ONLY and self.last and self.last.kind == "comma":
            self.denied, self.without = False, ""  # "no eggs today, just coffee"

    def _each_has(self, piece: Piece) -> None:
        """ "Two coffees with one sugar each": as many sugars as coffees."""
        listed = self._sentence()
        own = listed[-1].amount if listed and listed[-1].end == piece.start else None
        counts = [d.amount.count for d in listed[:-1] if d.amount and d.amount.count]
        if own and own.count and counts and counts[0] > 1:
            listed[-1].amount = replace(own, count=own.count * counts[0], article=False)

    def on_describing(self, piece: Piece) -> None:
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.end == piece.start and not (last.amount and last.amount.size):
            done = self.index.named(f"{piece.text} {last.text}")
            if done is not None and done.kind == last.entry.kind:
                last.entry, last.end = done, piece.end  # "eggs scrambled"
                last.text = f"{piece.text} {last.text}"
                return
            if piece.text in UNCOOKED:
                last.described += (piece.text,)  # "50 g quinoa, dry weight" names what was said
                return
        self.described.append(piece.text)

    def on_unknown(self, piece: Piece) -> None:
        if not self.strange:
            self.strange_at = piece.start
        self.strange.append(piece.text)

    def _shared_before(self) -> list[Draft]:
        """ "A pizza, shared with my sister": what is shared was named already."""
        after = next((p for p in self.following if p.text not in {"it", "them", "that"}), None)
        joined = after is not None and (after.kind == "with" or after.text == "between")
        named = self._sentence()
        if self.sharers == 1 or not joined or not named:
            return []
        if self.last and self.last.kind == "comma":
            return named
        first = next((i for i in reversed(range(len(named))) if named[i].link != "with"), 0)
        return named[first:]  # without a pause, only the dish that was named last

    def _people(self) -> int:
        """How many share: "between three", else two."""
        said = next((p.amount for p in self.following[:2] if p.amount), None)
        return max(2, int(said.count)) if said and said.count else 2

    # --- amounts and foods -----------------------------------------------------------------------
    def on_amount(self, piece: Piece) -> None:
        amount = piece.amount
        if self.strange and amount is not None and amount.count is None and amount.unit:
            self.strange.append(piece.text)  # "a quest bar"
            return
        if self.strange:
            self.flush()
        if self.amount is not None and amount is not None:
            keeps = amount.article or amount.count is None
            if keeps and not self.correcting and self.amount.count is not None:
                return
            if amount.unit == "inch" and not self.amount.unit and not self.correcting:
                amount = replace(  # half of a 12 inch pizza
                    amount, count=self.amount.count, inner=amount.count, inner_unit="inch"
                )
        elif self.drafts and self.last and self.last.kind == "name":
            self.flush()
        self.amount = self._same_unit(piece.text, amount)

    def _same_unit(self, said: str, amount: Amount | None) -> Amount | None:
        """ "Two slices of pepperoni and one of cheese": one slice."""
        words, last = said.split(), self.drafts[-1].amount if self.drafts else None
        counted = number_at(words, 0)
        elliptic = counted is not None and counted[0] >= 1 and words[counted[1] :] == ["of"]
        if amount and elliptic and last and last.unit and self.link == "and":
            return replace(amount, unit=last.unit, unit_said=last.unit_said)
        return amount

    def _is_cut(self, piece: Piece) -> bool:
        """ "Half a watermelon slice", "apple slices": the measure comes after the food."""
        amount, last = piece.amount, self.drafts[-1] if self.drafts else None
        if amount is None or last is None or last.end != piece.start or amount.count is not None:
            return False
        known = amount.unit in last.entry.measures or amount.unit == "piece"
        bare = last.amount is None or not (last.amount.unit or last.amount.vague)
        if not (known and bare) or piece.text != amount.unit_said or self.strange:
            return False
        if last.amount is not None:
            last.amount = replace(last.amount, unit=amount.unit, unit_said=amount.unit_said)
        elif not is_plural(piece.text):
            last.amount = amount
        last.end = piece.end
        return True

    def _refers(self, piece: Piece) -> bool:
        """ "Two of them", "a cup each": the amount is of foods named before."""
        amount = piece.amount
        listed = [d for d in self._sentence() or self.drafts if not d.denied]
        if amount is None or not amount.of or not listed:
            return False
        self.flush()
        last = listed[-1]
        if amount.of == "them":
            heads = [d for d in listed if d.plural] or [d for d in listed if d.link != "with"]
            listed = heads[-1:]
        elif last.amount and (last.amount.count or 1) > 1:
            listed = [last]  # "a potato and two thighs, 100 g each"
        measured = amount.unit in WEIGHT or amount.unit in VOLUME
        for draft in listed:
            unit = draft.amount.unit if draft.amount else ""
            contained = measured and unit not in WEIGHT and unit not in VOLUME  # two cans
            if amount.of == "them" or not unit or contained:
                draft.amount = for_each(None if amount.of == "them" else draft.amount, amount)
        return True

    def on_name(self, piece: Piece) -> None:
        assert piece.entry is not None
        entry, text, start = piece.entry, piece.text, piece.start
        if self.strange:
            phrase = " ".join((*self.strange, text))
            found = resolve(self.index, phrase)
            brand = any(word in lexicon.BRANDS for word in self.strange)
            if found:
                entry, text = found, phrase
            elif brand:
                self.strange.append(text)
                self._unknown_phrase()
                return
            else:
                text = phrase
            start, self.strange = self.strange_at, []
        draft = Draft(
            entry, self.amount, text, start, piece.end, self.link, self._is_denied(entry),
            tuple(self.described), plural=plural_of(entry, piece.text), sharers=self.sharers,
        )  # fmt: skip
        if self._counts_last(draft) or self._keeps_only(draft) or self._restates(draft):
            return
        self._under_heading(draft)
        joined = self._joins(draft)
        self.amount, self.described, self.link = None, [], ""
        if self.correcting:
            self._correct(draft)
        elif joined:
            self._compound(draft)
        else:
            self.drafts.append(draft)

    def _is_denied(self, entry: Entry) -> bool:
        if self.denied or self.intended:
            return True
        if self.without == "maybe" and entry.kind not in lexicon.SMALL_PARTS:
            self.without = ""
        if self.without == "maybe" and self.amount is not None:
            self.without = ""
        return bool(self.without)

    def _counts_last(self, draft: Draft) -> bool:
        """ "Parle G 4 biscuits": the biscuits are the Parle G, and so many of them."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.amount is not None or draft.amount is None or self.link:
            return False
        if last.entry.kind != draft.entry.kind or draft.entry.name not in GENERIC:
            return False
        if last.entry is draft.entry:
            return False
        last.amount, last.end, self.amount = draft.amount, draft.end, None
        return True

    def _keeps_only(self, draft: Draft) -> bool:
        """ "Fish, peas and mash, but I only had the peas": nothing else of it was eaten."""
        listed = self._sentence()
        same = next((d for d in listed if d.entry is draft.entry), None)
        if not self.only or same is None or draft.denied:
            return False
        for other in listed:
            other.denied = other is not same
        same.amount = draft.amount or same.amount
        self.amount, self.described, self.link = None, [], ""
        return True

    def _restates(self, draft: Draft) -> bool:
        """ "Crackers with cheddar, about 30 g of cheese" says how much cheddar it was."""
        same = next((d for d in self._sentence() if d.entry is draft.entry), None)
        amount = draft.amount
        if same is None or amount is None or amount.article or draft.denied:
            return False
        if amount.vague or same.start < self.when_at:
            return False  # "rice for lunch, two bowls of rice for dinner" are two
        if same.denied or (same.amount is not None and not same.amount.vague):
            return False
        same.amount = amount
        self.amount, self.described, self.link = None, [], ""
        return True

    def _joins(self, draft: Draft) -> bool:
        """Whether the draft directly follows a noun that it makes one food with."""
        if not self.drafts or draft.amount is not None or self.link or self.described:
            return False
        before = self.drafts[-1]
        if before.end != draft.start or before.plural:
            return False
        if before.entry.kind in MEATS and draft.entry.name in MADE_OF_MEAT:
            return True
        if draft.entry.kind == before.entry.kind and before.entry is not draft.entry:
            return draft.entry.name in GENERIC_MEALS or before.entry.name == "sub"
        if draft.entry.name == "steak":
            return before.entry.kind in {"fish", "veg"}
        if draft.entry.kind not in HEADS:
            return False
        if before.entry.kind in DRINKS:
            latte = draft.entry.kind == "latte" and before.entry.kind in {"coffee", "tea"}
            return latte or draft.entry.kind in SWEET_HEADS
        if before.entry.kind in MEALS:
            return False
        return not (before.entry.kind == "grain" and draft.entry.kind in MEALS | {"dairy"})

    def _compound(self, draft: Draft) -> None:
        before = self.drafts.pop()
        phrase = f"{before.text} {draft.text}"
        found = resolve(self.index, phrase)
        absorbs = draft.entry.kind == before.entry.kind and draft.entry.name in GENERIC_MEALS
        if found is None and (draft.entry.name == "steak" or absorbs):
            found = before.entry  # a halibut steak is halibut, a turkey club sandwich a turkey club
        if found is None and draft.entry.kind == "dish" and before.entry.kind in FILLINGS:
            # Our "stir fry" is chicken and vegetables: of a duck stir fry we know the duck.
            said, table = keys(phrase), keys(draft.entry.food.name)
            found = draft.entry if set(said) & set(table) else before.entry
        whole = Draft(
            found or draft.entry, before.amount, phrase, before.start, draft.end, before.link,
            before.denied or draft.denied, before.described, plural=draft.plural,
        )  # fmt: skip
        self.drafts.append(whole)
        fills = before.entry.kind in FILLINGS and draft.entry.kind in STAPLES
        fruits = before.entry.kind == "fruit" and draft.entry.kind in {"hotcereal", "cereal"}
        if found is None and (fills or fruits):
            whole.text = draft.text
            before.amount, before.link, before.filling = None, "with", fills
            self.drafts.append(before)

    def _correct(self, draft: Draft) -> None:
        """The draft takes the place of what was said wrong."""
        self.correcting = False
        same = next(
            (d for d in reversed(self.drafts) if d.entry.food.id == draft.entry.food.id), None
        )
        wrong = same or (self.drafts[-1] if self.drafts else None)
        if wrong is None:
            self.drafts.append(draft)
            return
        if draft.amount is None and same is None:
            draft.amount = wrong.amount
        draft.link, draft.slot = wrong.link, wrong.slot
        self.drafts[self.drafts.index(wrong)] = draft

    def _unknown_phrase(self) -> None:
        """Words that no name holds: a food of the tables, a stray word, or a question."""
        phrase, start = " ".join(self.strange), self.strange_at
        self.strange = []
        last = self.drafts[-1] if self.drafts else None
        follows = last is not None and last.end == start
        if follows and last is not None:
            found = resolve(self.index, f"{last.text} {phrase}")
            if found:
                last.entry, last.text = found, f"{last.text} {phrase}"
                return
            if last.filling or last.plural or last.entry.kind not in STEMS or " " in last.text:
                return
            self.drafts.pop()
            phrase = f"{last.text} {phrase}"
        else:
            found = resolve(self.index, phrase)
            if found:
                end = start + len(phrase.split())
                draft = Draft(
                    found, self.amount, phrase, start, end, self.link, self._is_denied(found),
                    tuple(self.described), plural=is_plural(phrase.split()[-1]),
                )  # fmt: skip
                self.amount, self.described, self.link = None, [], ""
                if self.correcting:
                    self._correct(draft)
                else:
                    self.drafts.append(draft)
                return
        described = " ".join(self.described)
        self.amount, self.described = None, []
        if not (self.denied or self.intended or self.without):
            self.unknown.append((f"{described} {phrase}".strip(), start))


def plural_of(entry: Entry, said: str) -> bool:
    """Whether more than one was said; "fish and chips" is one."""

    def head(name: str) -> str:
        return re.split(r" (?:with|and|on|in|n) ", name)[0].split()[-1]

    word = head(said)
    return is_plural(word) and word not in MASS and not is_plural(head(entry.name))


def postfix_amounts(pieces: list[Piece]) -> set[int]:
    """Places of amounts that follow their food: "rice one bowl dal one cup", "eggs two"."""
    found: set[int] = set()
    run: list[int] = []
    for place, piece in enumerate([*pieces, Piece("stop", 0, 0)]):
        if piece.kind in {"name", "amount"}:
            run.append(place)
        elif piece.kind not in {"describing", "filler"}:
            kinds = [pieces[p].kind for p in run]
            if kinds[:1] == ["name"] and kinds[-1:] == ["amount"] and len(kinds) % 2 == 0:
                wanted = ["name", "amount"] * (len(kinds) // 2)
                if kinds == wanted:
                    found |= {run[i] for i in range(1, len(run), 2)}
            run = []
    return found
