"""Steps that read pauses, phrases of time, and what a sentence denies, intends or takes back."""

from collections.abc import Iterable
from typing import Final

from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.quantities import number_at
from coach.nutrition.meals.time_phrases import lies_ahead, slot_at, when_of_entity
from coach.nutrition.meals.tokens.piece import Kind, Piece
from coach.nutrition.meals.tokens.reader import SentenceReader

PAUSES: Final[dict[str, Kind]] = {
    ",": "comma", ":": "colon", ".": "stop", ";": "stop", "!": "stop", "?": "stop", "\n": "stop",
}  # fmt: skip
DENIALS: Final = words_of("didnt dont havent hadnt hasnt never couldnt wont cant isnt wasnt doesnt")
BEFORE_NOT: Final = frozenset({"did", "have", "had", "do"})
SKIPPED: Final = frozenset(
    {"skipped", "missed", "skipping", "fasted", "fasting", "forgot", "threw", "tossed", "binned"}
)
LEFT_WHAT: Final = frozenset({"the", "my", "out", "off", "most", "some", "all"})
# What is done to a food that is not eaten, and where it goes: "sent the rice back".
# Each verb with its own words: "I took it back to my desk" and "put the eggs over rice" are eaten.
GIVING: Final = {
    "gave": words_of("to away back"), "sent": words_of("back away"), "fed": words_of("to"),
    "pushed": words_of("away aside across"), "handed": words_of("to back over across"),
    "passed": words_of("to over across"), "slid": words_of("across"),
    "put": words_of("back aside"),
}  # fmt: skip
GIVEN: Final = words_of("gave handed threw binned skipped declined refused ignored resisted")
INTENTS: Final = (
    ("going", "to", "have"), ("going", "to", "eat"), ("gonna", "have"), ("gonna", "eat"),
    ("about", "to", "have"), ("about", "to", "eat"), ("thinking", "of"), ("thinking", "about"),
    ("planning",), ("plan", "to"), ("want", "to", "have"), ("want", "to", "eat"),
    ("wanted",), ("might", "have"), ("should", "i"), ("could", "i", "have"), ("can", "i", "have"),
    ("can", "i", "eat"), ("craving",), ("wish", "i"), ("feel", "like"), ("how", "many"),
    ("how", "much"), ("what", "should"), ("what", "can"), ("is", "it", "ok"), ("what", "is"),
    ("whats",), ("tell", "me", "about"), ("was", "going", "to"), ("would", "like", "to", "eat"),
    ("almost", "had"), ("almost", "ate"), ("thought", "about"), ("eat", "less"),
    ("eating", "less"), ("cut", "down", "on"), ("cutting", "down", "on"), ("cut", "back", "on"),
    *(("nearly", verb) for verb in ("had", "ate", "bought", "ordered", "got", "took")),
    *(("almost", verb) for verb in ("bought", "ordered", "got", "took")),
    ("supposed", "to"), ("tempted", "by"), ("passed", "up"),
    ("allergic", "to"), ("i", "hate"), ("is", "bad"), ("are", "bad"), ("do", "you", "know"),
    ("offered",), ("passed", "on"), ("turned", "down"), ("said", "no", "to"), ("refused",),
    ("declining",), ("declined",), ("refusing",), ("turning", "down"), ("passing", "on"),
    ("resisted",), ("resisting",), ("ignored",), ("ignoring",), ("saying", "no", "to"),
    ("would", "have"), ("run", "out", "of"), ("intended", "to"), ("meant", "to"),
    ("hoping", "for"), ("hoped", "for"),
    ("were", "out", "of"), ("ran", "out", "of"), ("avoid",), ("avoiding",), ("avoided",),
)  # fmt: skip
ATE: Final = (
    ("ended", "up", "with"), ("ended", "up", "having"), ("ended", "up", "eating"),
    ("finished", "with"), ("settled", "for"), ("settled", "on"), ("helped", "myself", "to"),
    ("gave", "in", "to"), ("stuck", "to"), ("stuck", "with"), ("went", "through"),
)  # fmt: skip
BOUGHT: Final = frozenset({"bought", "buying"})
SELLERS: Final = frozenset({"store", "shop", "supermarket", "bakery"})
PRESENT: Final = frozenset({"today", "tonight", "this", "instead"})
INSIDE: Final[frozenset[Kind]] = frozenset(["name", "amount", "describing", "unknown", "filler"])
EATEN: Final = lexicon.EATING - {"was", "were", "is"}
REFUSALS: Final = (
    ("said", "no"), ("had", "none"), ("passed",), ("declined",), ("resisted",), ("refused",),
)  # fmt: skip
INSTEAD: Final = (
    ("instead", "of"), ("rather", "than"), ("apart", "from"), ("except", "for"), ("except",),
    ("all", "but"),
    ("in", "place", "of"), ("as", "opposed", "to"), ("picked", "over"), ("chose", "over"),
    ("preferred", "over"),
)  # fmt: skip
# What was done with food that was named before: it was not eaten.
REFUSED_AFTER: Final = tuple(
    (verb, what, away)
    for what in ("it", "them")
    for verb, away in (
        ("sent", "back"), ("gave", "away"), ("threw", "away"), ("threw", "out"),
        ("left", "untouched"), ("handed", "back"), ("took", "back"),
    )
)  # fmt: skip
BOOKED: Final = ("booked", "it", "for", "the")
# A habit, where what was had instead is told as well.
USUALLY: Final = tuple(
    (often, verb) for often in ("usually", "normally") for verb in ("have", "eat", "buy", "drink")
)
# The food right before it was there, or is named, and nobody had it; the sentence may go on.
NOT_THERE: Final = (
    ("was", "gone", "before", "it"), ("were", "gone", "before", "they"),
    ("was", "gone", "by", "the", "time"), ("were", "gone", "by", "the", "time"),
    ("was", "sold", "out"), ("were", "sold", "out"),
    ("never", "came"), ("never", "arrived"), ("went", "untouched"), ("stayed", "untouched"),
    ("stayed", "on", "the", "plate"), ("i", "slept", "through"), ("i", "walked", "past"),
    ("is", "still", "in", "the"),
    *((be, "still", "sitting") for be in ("is", "are", "was")),
    *((be, "still", "in", "my") for be in ("is", "are")),
    ("went", "to", "the", "dog"), ("went", "in", "the", "bin"),
    ("went", "into", "the", "bin"),
    *(("i", often, "buy", "has") for often in ("usually", "normally", "always")),
)  # fmt: skip
# Said after a "but", or of nothing more.
TURNED_DOWN: Final = (
    ("they", "ran", "out"), ("it", "ran", "out"), ("i", "walked", "past"),
    ("i", "walked", "away"), ("i", "held", "out"), ("i", "resisted"),
)  # fmt: skip
# Of such a food the rest was eaten.
A_SHARE: Final = words_of("half rest some most quarter third last bit crust crusts")
# Said of a part of a dish, which is eaten all the same: "Greek salad with the dressing left off".
LEFT_OFF: Final = (("left", "off"), ("left", "out"), ("left", "aside"), ("on", "hold"))
CHOOSING: Final = frozenset({"chose", "picked", "preferred", "chosen"})
TASTING: Final = frozenset({"have", "eat", "touch", "try", "taste", "drink"})
ANY_OF_IT: Final = (
    ("any", "of", "it"), ("any", "of", "them"), ("any", "of", "that"), ("it",), ("them",),
)  # fmt: skip
AFTER_CORRECTION: Final = frozenset({",", "wait", "no", "sorry", "actually", "it", "was"})
NOTHING_TO_CORRECT: Final[frozenset[Kind]] = frozenset(
    ["and", "with", "but", "on", "without", "eating"]
)


def phrase_at(
    reader: SentenceReader, i: int, phrases: Iterable[tuple[str, ...]]
) -> tuple[str, ...]:
    """The first of `phrases` that stands at `i`; empty: none does."""
    word = reader.word(i)
    # Most phrases begin with another word: no need to cut out the words.
    alike = (phrase for phrase in phrases if phrase[0] == word)
    found = (one for one in alike if tuple(reader.words[i : i + len(one)]) == one)
    return next(found, ())


def read_pause(reader: SentenceReader, i: int) -> Piece | None:
    kind = PAUSES.get(reader.words[i])
    return reader.piece(kind, i, i + 1) if kind else None


def read_time(reader: SentenceReader, i: int) -> Piece | None:
    """ "for lunch", "yesterday", "at 8"; what is still to come is intended ("tomorrow")."""
    sign = reader.plain.signs.get(reader.words[i])
    if sign is None:
        found = slot_at(reader.words, i)
        return reader.piece("when", i, found[1], when=found[0]) if found else None
    later = sign[1].lower().endswith(" later")  # "four hours later": later in the story
    if lies_ahead(sign[0], reader.said_at.today) and not later:
        return reader.piece("intent", i, i + 1, ahead=True)
    when = when_of_entity(sign[0], reader.said_at)
    return reader.piece("filler" if when is None else "when", i, i + 1, when=when)


def read_instead(reader: SentenceReader, i: int) -> Piece | None:
    """ "instead of fries"."""
    found = phrase_at(reader, i, INSTEAD)
    if not found and is_chosen_over(reader, i):
        found = ("over",)
    return reader.piece("instead", i, i + len(found)) if found else None


def is_chosen_over(reader: SentenceReader, i: int) -> bool:
    """ "I chose the soup over the salad"; but "poured over the rice"."""
    if reader.words[i] != "over" or reader.word(i + 1) not in {"the", "a", "an"}:
        return False
    return any(piece.text in CHOOSING for piece in reader.found)


def read_eating(reader: SentenceReader, i: int) -> Piece | None:
    """ "I ended up with three slices": a verb of several words."""
    found = phrase_at(reader, i, ATE)
    return reader.piece("eating", i, i + len(found)) if found else None


def read_intent(reader: SentenceReader, i: int) -> Piece | None:
    """ "I'm going to have", "how many", "I bought": what follows was not eaten, or not yet."""
    if is_only_bought(reader, i):
        return reader.piece("intent", i, i + 1)
    found = phrase_at(reader, i, INTENTS)
    if not found and tells_what_was_had_instead(reader, i):
        found = phrase_at(reader, i, USUALLY)
    if reader.names_food(i + len(BOOKED)) and not found:
        found = phrase_at(reader, i, [BOOKED])  # "Booked a table, steak and chips" was eaten
    if found == ("craving",) and reader.word(i - 1) in {"a", "the", "my"}:
        return None  # "I had a craving and gave in": it was eaten
    return reader.piece("intent", i, i + len(found)) if found else None


def tells_what_was_had_instead(reader: SentenceReader, i: int) -> bool:
    """ "I usually have toast but today …"; "I usually have toast, today eggs" turns too softly."""
    for j in range(i, len(reader.words)):
        word = reader.words[j]
        if word in {"but", "had", "ate", "drank"}:
            return True
        if PAUSES.get(word) == "stop" or word in reader.plain.signs or word in PRESENT:
            return False
    return False


def is_only_bought(reader: SentenceReader, i: int) -> bool:
    """ "I bought cherries"; but "… and ate half", and "Two of them became my lunch"."""
    if reader.words[i] not in BOUGHT or reader.word(i - 1) in SELLERS:
        return False
    same_sentence = True
    for j in range(i + 1, len(reader.words)):
        word, before = reader.words[j], reader.word(j - 1)
        same_sentence = same_sentence and PAUSES.get(word) != "stop"
        if same_sentence and word in EATEN:
            return False
        if word in {"them", "it"} and (before in EATEN or before == "of"):
            return False
    return True


def read_correction(reader: SentenceReader, i: int) -> Piece | None:
    """ "no wait", "sorry", "make that": what was said last is taken back."""
    found = phrase_at(reader, i, lexicon.CORRECTION)
    if not found:
        return None
    last = reader.last("filler", "comma")
    if last is None or last.kind in NOTHING_TO_CORRECT:
        return None
    end = i + len(found)
    while reader.word(end) in AFTER_CORRECTION:
        if reader.word(end) == "no" and reader.names_food(end + 1):
            break
        end += 1
    if found in {("no",), ("rather",)} and not replaces(reader, i, end):
        return None
    if found == ("make", "it") and number_at(reader.words, end) is None:
        return None
    return reader.piece("correct", i, end)


def replaces(reader: SentenceReader, i: int, end: int) -> bool:
    """Whether a lone "no" takes something back: `two, no, three`, `two no three eggs`."""
    previous = reader.last("filler")
    pause_after = reader.word(end - 1) == "," and end - 1 > i
    pause_before = previous is not None and previous.kind == "comma"
    follows = number_at(reader.words, end) is not None
    return pause_after or (follows and (pause_before or reader.word(end) not in {"a", "an"}))


def read_refusal(reader: SentenceReader, i: int) -> Piece | None:
    """ "Peas were on offer, but I said no": all that is said of what was named before."""
    if away := says_it_was_not_had(reader, i) or says_which_was_not(reader, i):
        return reader.piece("refused", i, i + len(away))
    end = end_of_refusal(reader, i)
    if end is None or not (reader.word(end) == "" or reader.word(end) in PAUSES):
        return None
    return reader.piece("refused", i, end)


def says_it_was_not_had(reader: SentenceReader, i: int) -> tuple[str, ...]:
    """ "The halloumi was gone before it came", "Caesar salad, dressing left off".

    Only of the one food that stands right before it, and not where it was eaten in the end.
    """
    last = reader.last()
    if last is None or is_eaten_later(reader, i):
        return ()
    if last.kind == "but" and (found := phrase_at(reader, i, TURNED_DOWN)):
        ends = reader.word(i + len(found)) in {"", *PAUSES}
        ran_out = found[1] == "ran" and reader.word(i + len(found)) not in {"of", "to"}
        return found if ends or ran_out else ()
    if last.kind != "name":
        return ()
    clause = clause_so_far(reader)
    if sum(piece.kind == "name" for piece in clause) > 1:
        return ()
    if found := phrase_at(reader, i, LEFT_OFF):
        before = reader.found[: len(reader.found) - len(clause)]
        is_part = any(piece.kind == "name" for piece in before)
        return found if is_part and reader.word(i + len(found)) not in LEFT_WHAT else ()
    said = {word for piece in clause for word in piece.text.split()}
    return () if said & A_SHARE else phrase_at(reader, i, NOT_THERE)


def clause_so_far(reader: SentenceReader) -> list[Piece]:
    """The pieces since the last joint."""
    found: list[Piece] = []
    for piece in reversed(reader.found):
        if piece.kind not in INSIDE:
            break
        found.insert(0, piece)
    return found


def is_eaten_later(reader: SentenceReader, i: int) -> bool:
    """Whether the sentence goes on to say that what was named was eaten: "I finished it"."""
    for j in range(i, len(reader.words)):
        if PAUSES.get(reader.words[j]) == "stop":
            break
        following = reader.word(j + 1)
        if reader.words[j] in EATEN and (
            following in {"it", "them"} or reader.word(j + 2) == "lot"
        ):
            return True
    return False


def says_which_was_not(reader: SentenceReader, i: int) -> tuple[str, ...]:
    """ "A mousse which I handed to my husband", "the pie, which I did not touch"."""
    if reader.words[i] not in {"which", "that"} or reader.word(i + 1) not in {"i", "we"}:
        return ()
    verb, following = reader.word(i + 2), reader.word(i + 3)
    if verb in GIVEN and following not in {"a", "an", "half", "some", "most"}:
        return tuple(reader.words[i : i + 3])
    if verb == "left" and following in {"", "untouched", *PAUSES}:
        return tuple(reader.words[i : i + 3])
    if verb == "didnt" and following in TASTING:
        return tuple(reader.words[i : i + 4])
    denies = verb in BEFORE_NOT and following == "not" and reader.word(i + 4) in TASTING
    return tuple(reader.words[i : i + 5]) if denies else ()


def end_of_refusal(reader: SentenceReader, i: int) -> int | None:
    """Where it ends: "I sent it back", "I didn't have any of it", "but I said no"."""
    if phrase := phrase_at(reader, i, REFUSED_AFTER):
        return i + len(phrase)
    last = reader.last()
    if reader.words[i] in DENIALS and reader.word(i + 1) in TASTING:
        phrase, start = phrase_at(reader, i + 2, ANY_OF_IT), i + 2
    elif reader.words[i] in {"i", "we"} and last is not None and last.kind == "but":
        phrase, start = phrase_at(reader, i + 1, REFUSALS), i + 1
    else:
        return None
    return start + len(phrase) if phrase else None


def read_denial(reader: SentenceReader, i: int) -> Piece | None:
    """ "skipped", "nothing", "no breakfast", "I left the crust", "didn't have"."""
    if denies_alone(reader, i):
        return reader.piece("denied", i, i + 1)
    word = reader.words[i]
    if reader.word(i + 1) == "enough":
        return None  # "it wasn't enough"
    if word not in DENIALS and not (word in BEFORE_NOT and reader.word(i + 1) == "not"):
        return None
    end = i + (1 if word in DENIALS else 2)
    for j in range(end, min(end + 4, len(reader.words))):
        if reader.words[j] in lexicon.EATING or reader.words[j] in {"touch", "bother", "want"}:
            end = j + 1
    if {reader.word(end - 1), reader.word(end)} & {"forget", "worry", "resist", "help"}:
        return None  # "don't forget the banana", "I couldn't resist a cookie"
    return reader.piece("denied", i, end)


def gives_away(reader: SentenceReader, i: int) -> bool:
    """ "I gave the fries to my colleague", "sent the rice back", "pushed the rings across"."""
    end = i + 2
    if reader.word(i + 1) not in LEFT_WHAT or is_eaten_later(reader, i):
        return False
    found = reader.index.match(reader.words, end)
    return found is not None and reader.word(found[1]) in GIVING[reader.words[i]]


def denies_alone(reader: SentenceReader, i: int) -> bool:
    """Whether the one word at `i` says that something was not eaten."""
    word, before, following = reader.words[i], reader.word(i - 1), reader.word(i + 1)
    if word in {"skipped", "skipping"} and following in {"straight", "to", "ahead"}:
        return False  # "I skipped straight to lunch"
    if word in SKIPPED and "together" in (following, reader.word(i + 2)):
        return False  # "I threw together a dinner"
    if word in SKIPPED and following in {"until", "till"}:
        return False  # "I fasted until noon"
    if word in SKIPPED:
        return not (word == "forgot" and following in {"to", "i"})
    if word == "left":
        return before in {"i", "but", "and", "we", ","} and following in LEFT_WHAT
    if word in GIVING:
        return gives_away(reader, i)
    if word in {"no", "without"}:
        time = reader.word(i + 1) in reader.plain.signs
        return slot_at(reader.words, i + 1) is not None or (time and word == "without")
    return word == "nothing"
