"""The offline tutor of a free talk, in English. It asks authored questions, and claims no more.

It follows up on what was mentioned, tells which words it does not know, and says that it cannot
answer questions. Pure: what was said and the state go in, the next line and the new state come out.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from coach.lessons.free.talk import FreeTalk, as_scenario
from coach.lessons.free.topics import ANYTHING, Topic, topic_about, topics
from coach.lessons.help import Request, asked_for
from coach.lessons.lines import ENGLISH
from coach.lessons.understanding.text import even
from coach.lessons.word_levels import is_misspelled, word_level

STRANGE = 0.5  # of the words at most, or the sentence is not taken for English
RARE = (None, "C2")
WISH_WORDS = 12  # of a wish for another topic, at most
UNKNOWN_TOLD = 3
LONGEST_WORD = 30  # letters: it would be said aloud
SHORT = 2  # words that tell too little to go on from
STARTERS = {
    "A": "I like … because …",
    "B": "What I enjoy most about it is …",
    "C": "It depends, but on the whole I would say that …",
}
MORE = {
    "A": "Can you say more?",
    "B": "Can you tell me a little more about that?",
    "C": "Could you go into that a little further?",
}
HEARD = {
    "A": ("OK.", "I see.", "Thank you."),
    "B": ("I see.", "Right, I see.", "Thanks for telling me."),
    "C": ("I see what you mean.", "I follow you.", "That gives me something to go on."),
}
SORRY = "I'm sorry to hear that. You can tell me more, or we can talk about something else."
NOBODY = "I'm an AI, so I have no life of my own to tell you about."
NO_ANSWER = "I can't answer questions in this talk: I only ask them."
OVER = "We have talked about this for a while. Let's take something else."
OWN_TOPIC = "I have no questions of my own about that, so you lead and I will ask."
_OTHER = re.compile(
    r"\b(?:(?:something|anything) else|(?:an)?other (?:topic|subject|question|theme)|"
    r"(?:different|new) (?:topic|subject|question|theme)|change (?:the )?(?:topic|subject|theme))\b"
)
_NAMED = re.compile(r"\b(?:talk|speak|chat|ask me)(?:ing)? (?:\w+ )?about (?P<topic>.+)")
_NOT_ABOUT = re.compile(
    r"\b(?:(?<!why )not|never|no longer|stop|enough|tired of|instead of)\b"
    r"(?! mind\b)(?!.* (?:but|so)\b)"
)
_NO_TOPIC = re.compile(
    r"(?:it|that|this|them|these|those|anything|everything|something|whatever)"
    r"(?: (?:now|then|later|too|again|more|please|you (?:like|want)|first|next time|all|if \w.*))*"
)
_WISH = re.compile(r"\b(?:let us|can we|could we|want to|would like to|we can|please|ask me)\b")
_ASKS_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b")
_QUESTION = re.compile(
    r"^(?:(?:and|but|so|well) )*(?:(?:what|how) about you|and you|what|who|where|when|why|how|do|"
    r"does|did|is|are|can|could|would|have|has)\b"
)
_SAD = re.compile(
    r"\b(?:died|dead|death|funeral|cancer|accident|divorced?|(?:we|he|she|they) broke up|"
    r"broke up with|lost my (?!way|keys?|phone|wallet|bag|umbrella|glasses|ticket|card)|very sick|"
    r"so sad|very sad|lonely|(?:to|in|into|from|at) (?:the )?hospital)\b"
)
# Who works there, and what it is like, is no sad news.
_WORKS = re.compile(
    r"\b(?:nurses?|doctors?|surgeons?|works?|working|worked|job|study|studying|students?)\b"
)
_NOT = re.compile(r"\b(?:not|no|never|nobody|without)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class FreeState(Struct, frozen=True):
    """`asked` are the questions of all topics so far; the other fields as in `LessonState`."""

    topic: str = ""
    asked: tuple[str, ...] = ()
    visited: tuple[str, ...] = ()
    last: str = ""
    slow: bool = False
    pressed: bool = False  # the last turn asked for more


def opening(talk: FreeTalk) -> tuple[str, FreeState]:
    """What the tutor begins with."""
    topic = topics()[talk.topic or ANYTHING]
    question = topic.open.of(talk.band)
    visited = (talk.topic,) if talk.topic else ()
    return question, FreeState(talk.topic, (question,), visited, question)


def reply(talk: FreeTalk, state: FreeState, said: str) -> tuple[str, FreeState]:
    """The tutor's answer to `said`, and the state of the talk after it."""
    request = asked_for(as_scenario(talk), said)
    if request is not None and not request.within:
        return _help(talk, state, request)
    text = even(said)
    if not state.asked:  # they begin, with a topic of their own
        return _open(talk, state, topic_about(text), text)
    if (wished := _wished_topic(talk, state, text)) is not None:
        return wished
    if not text or not _is_english(said):
        return _unclear(state, _unknown(said, slips=True))
    if not state.topic and (found := topic_about(text)) is not None:
        return _open(talk, state, found, text)
    if said.rstrip().endswith("?") and _QUESTION.search(text):
        line = NOBODY if _ASKS_YOU.search(text) else NO_ANSWER
        return _go_on(talk, state, text, line)
    unknown = _unknown(said)
    if unknown and state.last != (told := _what_is(unknown[0])):
        return told, replace(state, last=told, pressed=False)
    if _is_sad(text):
        return SORRY, replace(state, last=SORRY, pressed=True)
    if len(text.split()) <= SHORT and not state.pressed:
        line = f"{_heard(talk, state)} {MORE[talk.band]}"
        return line, replace(state, last=line, pressed=True)
    return _go_on(talk, state, text, _heard(talk, state))


def _help(talk: FreeTalk, state: FreeState, request: Request) -> tuple[str, FreeState]:
    about = request.about[0] if request.about else ""
    match request.kind:
        case "again":
            return state.last, state
        case "slower" | "normal":
            line = f"{ENGLISH[request.kind]} {_question(state)}"
            return line, replace(state, slow=request.kind == "slower", last=line)
        case "lost":
            return _go_on(talk, state, "", "No problem. I'll ask something else.")
        case "suggest":
            line = f"You can begin like this: “{STARTERS[talk.band]}”"
            return line, replace(state, last=line)
        case "spelling":
            letters = "-".join(letter.upper() for letter in about if letter.isalpha())
            line = ENGLISH["spelled"].format(word=about, letters=letters) if letters else ""
        case "meaning":
            line = ENGLISH["no_meaning"].format(word=about)
        case "how_say":
            line = ENGLISH["no_how_say"].format(word=about)
    line = f"{line} {_question(state)}".strip()
    return line, replace(state, last=line)


def _wished_topic(talk: FreeTalk, state: FreeState, text: str) -> tuple[str, FreeState] | None:
    """The learner names another topic, or wants any other."""
    named = _NAMED.search(text)
    if named and _WISH.search(text) and not _OTHER.search(text):
        if _NOT_ABOUT.search(text[: named.start()]):
            return _open(talk, state, _next_topic(state), "")
        if not _NO_TOPIC.fullmatch(named["topic"]):
            return _open(talk, state, topic_about(named["topic"]), named["topic"])
    if _OTHER.search(text) and len(text.split()) <= WISH_WORDS:
        return _open(talk, state, _next_topic(state), "")
    return None


def _is_sad(text: str) -> bool:
    found = _SAD.search(text)
    if found is None or _NOT.search(text):
        return False
    return not (found[0].endswith("hospital") and _WORKS.search(text))


def _unclear(state: FreeState, unknown: list[str]) -> tuple[str, FreeState]:
    words = " ".join(unknown[:UNKNOWN_TOLD])
    told = ENGLISH["unclear_word"].format(word=words) if words else ENGLISH["unclear"]
    return f"{told} Can you say it in other words?", state


def _go_on(talk: FreeTalk, state: FreeState, text: str, reaction: str) -> tuple[str, FreeState]:
    """React, and ask the next question: about what was mentioned, else the next of the topic."""
    topic, band = topics()[state.topic or ANYTHING], talk.band
    fresh = _fresh(state, *_mentioned(topic, band, text), *topic.ask.of(band))
    if not fresh:
        return _open(talk, state, _next_topic(state), "", OVER)
    return _say(state, fresh[0], reaction)


def _open(
    talk: FreeTalk, state: FreeState, topic: Topic | None, text: str, reaction: str = "All right."
) -> tuple[str, FreeState]:
    """Begin a topic, with what `text` mentions of it; None: one that we know nothing of."""
    if topic is None:
        fresh = _fresh(state, *topics()[ANYTHING].ask.of(talk.band))
        question = fresh[0] if fresh else MORE[talk.band]
        return _say(replace(state, topic=""), question, OWN_TOPIC)
    state = replace(state, topic=topic.slug, visited=(*state.visited, topic.slug))
    fresh = _fresh(state, *_mentioned(topic, talk.band, text), topic.open.of(talk.band))
    return _say(state, fresh[0] if fresh else topic.ask.of(talk.band)[0], reaction)


def _mentioned(topic: Topic, band: str, text: str) -> list[str]:
    """The questions about what `text` mentions of the topic."""
    return [one.of(band) for one in topic.follow if one.pattern.search(text)]


def _fresh(state: FreeState, *questions: str) -> list[str]:
    """Those that were not asked yet."""
    return [question for question in questions if question not in state.asked]


def _say(state: FreeState, question: str, reaction: str) -> tuple[str, FreeState]:
    line = f"{reaction} {question}"
    asked = (*state.asked, question)
    return line, replace(state, asked=asked, last=line, pressed=False)


def _next_topic(state: FreeState) -> Topic:
    """The next that was not talked about; when all were, the first again."""
    every = [topic for topic in topics().values() if topic.slug != ANYTHING]
    return next((topic for topic in every if topic.slug not in state.visited), every[0])


def _question(state: FreeState) -> str:
    return state.asked[-1] if state.asked else ""


def _heard(talk: FreeTalk, state: FreeState) -> str:
    lines = HEARD[talk.band]
    return lines[len(state.asked) % len(lines)]


def _what_is(word: str) -> str:
    return f"I don't know the word “{word}”. What is it?"


def _is_english(said: str) -> bool:
    """Whether enough of the words are English. The table has rare ones that are foreign words."""
    words = _WORD.findall(said)
    strange = [w for w in words if word_level(w, "en") in RARE and not w[0].isupper()]
    return len(strange) <= STRANGE * len(words)


def _unknown(said: str, *, slips: bool = False) -> list[str]:
    """Words that are no English that we know. Names are none, nor are `slips` but where told."""
    words = _WORD.findall(said)
    unknown = []
    for number, word in enumerate(words):
        name = word[0].isupper() and (number > 0 or len(words) == 1)
        if name or len(word) < 3 or len(word) > LONGEST_WORD or "'" in word or "’" in word:
            continue
        if word_level(word, "en") is None and (slips or not is_misspelled(word)):
            unknown.append(word)
    return unknown
