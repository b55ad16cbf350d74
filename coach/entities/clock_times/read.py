"""Clock times in a sentence: what leads them, what tells the half of the day."""

from typing import Final, Literal

import msgspec

from coach.entities.amounts import DASHES
from coach.entities.clock_times.core import ClockGrammar, Core, on_the_clock
from coach.entities.clock_times.english import ENGLISH_CLOCK
from coach.entities.clock_times.german import GERMAN_CLOCK
from coach.entities.clock_times.korean import KOREAN_CLOCK
from coach.entities.clock_times.romance import FRENCH_CLOCK, SPANISH_CLOCK
from coach.entities.context import Context
from coach.entities.days import FoundDay, day_at
from coach.entities.entities import ClockTime, Part
from coach.entities.sentence import Sentence
from coach.entities.slots import SlotReader
from coach.entities.units import unit_at
from coach.entities.vocabulary.vocabulary import Row

GRAMMARS: Final[dict[str, ClockGrammar]] = {
    "en": ENGLISH_CLOCK, "es": SPANISH_CLOCK, "fr": FRENCH_CLOCK, "de": GERMAN_CLOCK,
    "ko": KOREAN_CLOCK,
}  # fmt: skip
STOPS: Final = frozenset(".;!?")
PAUSES: Final = STOPS | {","}
Lead = Literal["", "tells", "perhaps", "range"]
NOON: Final = 12
REACH: Final = 14  # tokens around a time in which a meal or a part of the day tells its half


def clock_at(
    sentence: Sentence, slots: SlotReader, context: Context, i: int, since: int
) -> tuple[ClockTime, int] | None:
    """The clock time at token `i`, with the word that leads it, and the token after it.

    `since` is the token after the last clock time: what stands before it tells nothing of this.
    """
    grammar = GRAMMARS[sentence.vocabulary.language]
    if sentence.token(i).kind == "end":
        return None
    after, lead = after_lead(sentence, grammar, i)
    core = grammar.core_at(sentence, after, lead in {"tells", "perhaps"})
    if core is None:
        return None
    core, said = with_part(sentence, slots, context, core)
    of_a_meal = lead == "tells" and sentence.word(i - 1) in sentence.vocabulary.meals
    if not (core.strong or said or stands(sentence, grammar, core, lead, of_a_meal)):
        return None
    if said and not core.strong and not lead and sentence.word(i - 1) in grammar.not_after:
        return None  # "I had two this morning"
    near: Part = core.part or part_near(sentence, i, core.end, since)
    told, sure = on_the_clock(core, near)
    start = sentence.tokens[i if lead == "tells" else after].start
    found = ClockTime(time=told, sure=sure, start=start, end=sentence.tokens[core.end - 1].end)
    return found, core.end


def after_lead(sentence: Sentence, grammar: ClockGrammar, i: int) -> tuple[int, Lead]:
    """The token after the words that lead a time at `i`, and how much they tell."""
    ways: tuple[tuple[tuple[Row, ...], Lead], ...] = (
        (grammar.leads_telling, "tells"),
        (grammar.leads_perhaps, "perhaps"),
        (grammar.leads_ranges, "range"),
    )
    for rows, lead in ways:
        ends = [i + len(row) for row in rows if tuple(sentence.words[i : i + len(row)]) == row]
        if ends:
            return max(ends), lead
    return i, ""


def stands(
    sentence: Sentence, grammar: ClockGrammar, core: Core, lead: Lead, of_a_meal: bool
) -> bool:
    """Whether what stands around a bare number lets it be an hour: "lunch at 1 soup" does."""
    if lead not in {"tells", "perhaps"}:
        return False
    if of_a_meal and unit_at(sentence, core.end) is None:
        return True
    return grammar.follows(sentence, core.end, core.hour, lead == "tells")


def with_part(
    sentence: Sentence, slots: SlotReader, context: Context, core: Core
) -> tuple[Core, bool]:
    """The time with the part of the day after it, and whether there is one.

    "half seven in the evening" takes it in; "8 tonight" leaves it, since it is a day as well.
    """
    if core.half in {"am", "pm"} or core.part or core.hour > NOON:
        return core, False
    shared = of_the_next(sentence, core)
    if shared is not None:
        return msgspec.structs.replace(core, half=shared.half, strong=True), False
    day: FoundDay | None = day_at(sentence, slots, context, core.end)
    if day is None or not day.part:
        return core, False
    end = day.end if day.part_alone else core.end
    return msgspec.structs.replace(core, half="", part=day.part, end=end), True


def of_the_next(sentence: Sentence, core: Core) -> Core | None:
    """ "between 8 and 9 am", "8-9 am": the half of the day is said once, at the end."""
    vocabulary = sentence.vocabulary
    joint = sentence.word(core.end)
    if joint not in vocabulary.to | vocabulary.and_ | vocabulary.until and joint not in DASHES:
        return None
    following = GRAMMARS[vocabulary.language].core_at(sentence, core.end + 1, False)
    if (
        following is None
        or following.half not in {"am", "pm"}
        or following.hour % 12 < core.hour % 12
    ):
        return None
    return following


def part_near(sentence: Sentence, i: int, end: int, since: int) -> Part:
    """The part of the day that a meal or a part named near the time tells.

    What stands before it counts first: "breakfast at 8 and lunch at 1".
    """
    vocabulary = sentence.vocabulary
    for j in range(i - 1, max(since, i - REACH) - 1, -1):
        word = sentence.word(j)
        if word in STOPS:
            break
        if part := vocabulary.meals.get(word) or vocabulary.parts.get(word):
            return part
    for j in range(end, min(end + REACH, len(sentence))):
        word = sentence.word(j)
        if word in PAUSES or after_lead(sentence, GRAMMARS[vocabulary.language], j)[1] == "tells":
            break
        if part := vocabulary.meals.get(word) or vocabulary.parts.get(word):
            return part
    return ""
