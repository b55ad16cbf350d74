"""Which words of a sentence are said to be left out: "avoid alcohol, cheese and nuts".

A walk over the words: a head ("avoid", "without", "do not eat") opens a scope, and an enumeration
keeps it open over commas. No word is looked at twice as often as a head is long. Pure.
"""

import re
from typing import Final

from coach.nutrition.foods.word_forms import tokens, words_of

MOST_WORDS: Final = 400  # words and pauses that are read of one text; what follows is not read
LISTED: Final = re.compile(r"[()\[\]]|(?<!\d)/|/(?!\d)")

NOT: Final = words_of(
    "not dont cant cannot wont never mustnt shouldnt doesnt didnt couldnt wouldnt nicht"
)
# After "not": what one does with a food.
EATING: Final = words_of(
    "eat eating have having like want take touch drink drinking add use include put serve need"
    " fancy stand give cook tolerate digest handle do enjoy"
)
HEADS_TEXT: Final = """
no; without; avoid; avoiding; avoids; except; excluding; exclude; omit; skip; skipping;
never; hate; hates; dislike; dislikes; detest; loathe; leave out; leaving out; leave off;
cut out; hold the; anything but; everything but; all but; but not; stop eating;
stop having; stop drinking; quit eating; quit drinking; give up; stay away from;
keep away from; steer clear of; allergic to; intolerant to; intolerant of; free from;
free of; other than; apart from; instead of; rather than; sin; evita; evite; evitar;
nada de; nunca; sans; eviter; pas de; jamais; ohne; kein; keine; keinen; keiner; vermeide;
vermeiden; meide; meiden; senza
"""
HEADS: Final = frozenset(tuple(head.split()) for head in HEADS_TEXT.split(";"))
LONGEST_HEAD: Final = max(map(len, HEADS))
# "No more than two" limits; it leaves nothing out.
LIMITS: Final = (("no", "more", "than"), ("no", "less", "than"), ("no", "fewer", "than"))
FILLERS: Final = words_of("any more the to eat eating have having drink drinking taking me all of")
JOINED: Final = words_of("and or nor plus also y o et ou und oder")
ENDS: Final = words_of(". ; ! ? \n")
# No food goes on here: "no nuts, something with egg", "avoid alcohol and eat more fish".
STOPS: Final = words_of(
    "i im id ive me my we you he she it they give want wants would could like love suggest"
    " something anything make made is are was be fine ok okay please tonight today tomorrow now"
    " just only instead maybe perhaps than then with but for in on at because since if unless while"
    " when as from by to into under over about so though although however yes eat eating drink"
    " drinking have having take try choose use add limit keep go more lots plenty less mit avec con"
    " aber mais pero pour para"
)


def said_words(text: str) -> list[str]:
    """The words and pauses of `text` as they are walked; strokes and brackets are pauses."""
    return tokens(LISTED.sub(" , ", text))[: MOST_WORDS + 1]


def left_out(words: list[str]) -> list[range]:
    """The places in `words` of each thing that is said to be left out, in their order."""
    found: list[range] = []
    place = 0
    while place < len(words):
        after = _head(words, place)
        if after == place:
            if words[place] == "free" and place and words[place - 1].isalpha():
                found.append(range(place - 1, place))
            place += 1
            continue
        items, place = _enumeration(words, after)
        found += items
    return found


def _head(words: list[str], place: int) -> int:
    """Where the scope begins of a head that stands at `place`; `place` where none does."""
    if any(tuple(words[place : place + len(one)]) == one for one in LIMITS):
        return place
    after = place
    if words[place] in NOT and words[place + 1 : place + 2] and words[place + 1] in EATING:
        after = place + 2
    elif not (place and words[place - 1] in NOT):
        for length in range(LONGEST_HEAD, 0, -1):
            if tuple(words[place : place + length]) in HEADS:
                after = place + length
                break
    if after == place:
        return place
    while after < len(words) and (words[after] == ":" or words[after] in FILLERS):
        after += 1
    return after


def _enumeration(words: list[str], start: int) -> tuple[list[range], int]:
    """What is listed from `start` on, and where the list ends."""
    found: list[range] = []
    place, comma = start, False
    while place < len(words):
        end = place
        while end < len(words) and not _parts(words, end) and words[end] not in STOPS:
            end += 1
        stopped = end < len(words) and (words[end] in STOPS)
        # After a bare comma another sentence may begin: "no nuts, pasta tonight".
        if end == place or (comma and stopped):
            return found, max(place, start)
        found.append(range(place, end))
        if stopped or end == len(words) or words[end] in ENDS or _head(words, end) != end:
            return found, end
        place, comma = end, True
        while place < len(words) and (words[place] in ",:" or words[place] in JOINED):
            comma = comma and words[place] not in JOINED
            place += 1
    return found, place


def _parts(words: list[str], place: int) -> bool:
    word = words[place]
    return word in ",:" or word in ENDS or word in JOINED or _head(words, place) != place
