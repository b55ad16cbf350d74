"""Which tool the member's words are for, by meaning: act, ask first, or only talk.

The engine knows only the tools that it was given. Their own examples, run through the machine of
kinds, tell which kinds a tool is for. Tools that are for no kind it knows are left to the words
(`matching.py`), which also speak up for a tool here.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from coach.engine.llm.choices import Act, Ask, Candidate, Choice, Talk
from coach.engine.llm.intents.gates import (
    asks_of_the_last,
    gate,
    is_for_the_profile,
    is_ordered,
    names_a_change,
    swaps_sides,
    takes_out_a_thing,
    tells_of_others_health,
)
from coach.engine.llm.intents.grammar import facts_of
from coach.engine.llm.intents.kinds import (
    CHANGES,
    DEEDS,
    KINDS,
    LOG,
    NEAREST,
    OF_DIARY,
    PERSON,
    READS,
    TALK,
    TOLD,
)
from coach.engine.llm.intents.machine import machine
from coach.engine.llm.matching import ENOUGH, ToolTexts, matcher_for, tool_texts
from coach.engine.llm.smalltalk import kind_of
from coach.engine.llm.text import names_again
from coach.engine.llm.tool_examples import examples_of
from coach.engine.llm.types import Tool
from coach.meaning.corrects import corrects, corrects_the_last, takes_back
from coach.meaning.eaten import is_an_entry, says, tells_of_no_meal
from coach.meaning.facts import any_of
from coach.meaning.follows import (
    adds_more,
    adds_one,
    ate_what_was_named,
    follows_up,
    names_other_time,
    wants_another,
)
from coach.meaning.left_alone import left_alone

_EXAMPLES_OF_A_KIND = 0.8  # so many of a tool's examples make it a tool for the kind
_KNOWN_SHARE = 0.5  # of a tool's examples, of kinds that tools are for
_WORDS_SAY = 0.5  # what the words add where they are surely for a tool
_NO_DOUBT = 0.8  # the probability at which the words are not asked
_ACT = 0.7  # the probability at which rows are changed, or somebody is called
_ACT_ON_ORDER = 0.45  # the same where it is said outright, or is to be expected
_ASK = 0.3  # and at which «Shall I …?» is asked
_READ = 0.3  # and at which something is looked up
_LOOK_UP_ALONE = 0.6  # the same of one half of two requests
_TALK = 0.22  # and at which small talk is answered
_NOTHING_OF_OURS = 0.97  # the probability at which no likeness of words makes a request of it
_SURE = 0.7  # the probability at which a tool is taken for what could be small talk
_DISTRESS = 0.3  # the probability at which it comes before all else
_FEW_WORDS = ("up_to_2", "up_to_3")
_ACT_ON_TOLD = 0.45  # the same of health: the tool asks before it writes into the profile
_TRACE = 0.015  # what is not so likely is not meant, whatever else is barred
_PERHAPS = 0.12  # the probability from which grammar alone may tell a correction
_EITHER = 0.2  # the probability of a second deed that is worth a question


@lru_cache(maxsize=64)
def tools_by_kind(tools: ToolTexts, with_vectors: bool = True) -> Mapping[str, str]:
    """The tool for each kind that one is for. Takes some 2 ms an example the first time."""
    shares: dict[str, dict[str, float]] = {}
    for name, description in tools:
        examples = examples_of(description)
        if not examples:
            continue
        likely = machine(with_vectors).probabilities(examples, [False] * len(examples))
        total = dict(zip(KINDS, likely.sum(axis=0).tolist(), strict=True))
        if sum(total[kind] for kind in KINDS if kind not in TALK) >= _KNOWN_SHARE * len(examples):
            shares[name] = total
    found: dict[str, str] = {}
    for kind in KINDS:
        best = max(shares, key=lambda name: shares[name][kind], default=None)
        if kind not in TALK and best and shares[best][kind] >= _EXAMPLES_OF_A_KIND:
            found[kind] = best
    for kind, others in NEAREST.items():
        near = next((found[other] for other in others if other in found), None)
        if kind not in found and near:
            found[kind] = near
    return found


@lru_cache(maxsize=16)
def probabilities(text: str, just_changed: bool, with_vectors: bool = True) -> tuple[float, ...]:
    """In the order of `KINDS`. Kept while one answer is made."""
    return tuple(machine(with_vectors).probabilities([text], [just_changed])[0].tolist())


def forget_words() -> None:
    """What somebody said is not kept when it is answered."""
    probabilities.cache_clear()
    facts_of.cache_clear()


class ByMeaning:
    """Chooses among the tools by the kind of request, and by words for tools of no known kind.

    Without vectors, which may not be to be had, words and grammar alone tell the kind.
    """

    def __init__(self, tools: Sequence[Tool], with_vectors: bool = True) -> None:
        self._tools = tool_texts(tools)
        self._with_vectors = with_vectors

    def choose(self, words: str, just_called: str | None) -> Choice:
        changed = self._changed(just_called)
        candidates = self._candidates(words, changed)
        by_words = None
        if candidates[0].kind != "out_of_scope" or candidates[0].likely < _NOTHING_OF_OURS:
            by_words = _by_words_alone(words, self._tools, self._by_kind())
        choice = by_words or _choice(words, candidates, changed)
        small = kind_of(words)
        if small is not None and not (isinstance(choice, Act) and choice.sure >= _SURE):
            return Talk(small)
        return choice

    def surely(self, words: str, just_called: str | None) -> Choice | None:
        best = self._candidates(words, self._changed(just_called))[0]
        needed = _ACT if best.kind in DEEDS else _LOOK_UP_ALONE
        if is_ordered(best.kind, words):
            needed = _ACT_ON_ORDER
        if best.likely < needed or best.kind in TALK or gate(best.kind, words) != "open":
            return None
        if best.kind not in KINDS:
            return None
        if best.kind in (PERSON, "correct") and not _is_said(best.kind, words):
            return None
        return Act(best.tool, best.likely) if best.tool else Talk(best.kind)

    def caller(self) -> str | None:
        return self._by_kind().get(PERSON)

    def goes_on(self, words: str, just_called: str | None, before: str) -> str | None:
        """The tool of the last words, where `words` go on with them and say too little alone."""
        kinds = {kind for kind, tool in self._by_kind().items() if tool == just_called}
        if kinds == {"reminder"} and names_other_time(words):
            return just_called
        if LOG in kinds:
            return just_called if self._adds_to_the_meal(words, before) else None
        if not kinds or not kinds <= READS:
            return None
        further = wants_another(words) if "propose" in kinds else False
        return just_called if further or follows_up(words) else None

    def _adds_to_the_meal(self, words: str, before: str) -> bool:
        """Whether more of the meal is told that was just written down, and nothing of it again.

        Few words leave the machine in doubt; right after a meal, what is likeliest counts.
        """
        if not adds_more(words) or names_again(words, before):
            return False
        best = self._candidates(words, changed=True)[0]
        return best.kind == LOG and best.likely >= _ASK and gate(LOG, words) == "open"

    def _changed(self, just_called: str | None) -> bool:
        """Whether the tool that was called last changes the diary."""
        by_kind = self._by_kind()
        return bool(just_called) and any(by_kind.get(kind) == just_called for kind in CHANGES)

    def _by_kind(self) -> Mapping[str, str]:
        return tools_by_kind(self._tools, self._with_vectors)

    def _candidates(self, words: str, changed: bool) -> list[Candidate]:
        likely = probabilities(words, changed, self._with_vectors)
        found = _candidates(words, self._tools, self._by_kind(), likely)
        allowed = _without_forbidden(words, _for_the_profile(words, found), changed)
        return _with_corrections(words, allowed, self._by_kind(), changed)


def _is_said(kind: str, half: str) -> bool:
    """Whether one half of two requests calls, or changes, in so many words."""
    changes = kind == "correct" and any_of(facts_of(half), ("change", "remove", "undo"))
    return changes or is_ordered(kind, half)


def _choice(text: str, candidates: Sequence[Candidate], just_changed: bool) -> Choice:
    best = candidates[0]
    if best.tool and best.kind in DEEDS:
        return _deed(text, candidates, just_changed)
    if best.tool:
        return Act(best.tool, best.likely) if best.likely >= _READ else Talk(None)
    return Talk(best.kind if best.likely >= _TALK else None)


def _deed(text: str, candidates: Sequence[Candidate], just_changed: bool) -> Choice:
    best, *others = candidates
    second = next((one for one in others if one.tool), None)
    expected = just_changed and best.kind == "correct"
    # After a change, a food with another amount may be the one that is there.
    entered = best.kind == LOG and not just_changed and is_an_entry(text)
    plain = expected or entered or is_ordered(best.kind, text)
    enough = _ACT_ON_ORDER if plain else _ACT
    if best.kind in ("health_told", "allergy_told") and not (second and second.kind == LOG):
        enough = _ACT_ON_TOLD
    if best.tool and best.likely >= enough and gate(best.kind, text) == "open":
        return Act(best.tool, best.likely)
    if best.likely < _ASK:
        return Talk(None)
    either = second and second.kind in DEEDS and second.likely >= _EITHER
    return Ask((best, second) if second and either else (best,))


def _by_words_alone(text: str, tools: ToolTexts, by_kind: Mapping[str, str]) -> Act | None:
    """A tool that is for no kind the machine knows, where the words are like its examples."""
    known = frozenset(by_kind.values())
    ranked = matcher_for(tools).ranked(text) if len(known) < len(tools) else []
    if ranked and ranked[0].name not in known and ranked[0].likeness >= ENOUGH:
        return Act(ranked[0].name, ranked[0].likeness)
    return None


def _candidates(
    text: str, tools: ToolTexts, by_kind: Mapping[str, str], probable: Sequence[float]
) -> list[Candidate]:
    """Likeliest first; a tool's kinds count together. In doubt, what the words say is added."""
    likely = dict(zip(KINDS, probable, strict=True))
    found = [Candidate(kind, None, likely[kind]) for kind in KINDS if kind not in by_kind]
    for tool in sorted(set(by_kind.values())):
        kinds = [kind for kind in KINDS if by_kind.get(kind) == tool]
        best = max(kinds, key=lambda one: likely[one])
        found.append(Candidate(best, tool, sum(likely[kind] for kind in kinds)))
    if max(one.likely for one in found) < _NO_DOUBT:
        found = _with_words(found, text, tools)
    return sorted(found, key=lambda one: -one.likely)


def _for_the_profile(text: str, found: list[Candidate]) -> list[Candidate]:
    """Advice that hangs on an illness or a medicine is asked of the tool that knows the profile."""
    suits = next((one for one in found if one.kind == "suits_me" and one.tool), None)
    if found[0].kind != "advice" or suits is None or not is_for_the_profile(text):
        return found
    rest = [one for one in found[1:] if one is not suits]
    return [Candidate("suits_me", suits.tool, found[0].likely + suits.likely), *rest]


def _with_words(found: Sequence[Candidate], text: str, tools: ToolTexts) -> list[Candidate]:
    told = {match.name: match.likeness for match in matcher_for(tools).ranked(text)}
    likely = []
    for one in found:
        likeness = told[one.tool] if one.tool else 0.0
        words = max(0.0, likeness - ENOUGH) / (1 - ENOUGH) * _WORDS_SAY
        likely.append(one.likely + (1 - one.likely) * words)
    return [
        Candidate(one.kind, one.tool, share / sum(likely))
        for one, share in zip(found, likely, strict=True)
    ]


def _with_corrections(
    text: str, candidates: list[Candidate], by_kind: Mapping[str, str], changed: bool
) -> list[Candidate]:
    """What grammar alone tells to put right what is written comes first.

    To take something for that does no harm: the tool touches only what is named and is there.
    """
    tells = corrects_the_last(text) or takes_out_a_thing(text) if changed else corrects(text)
    kind = "undo" if changed and takes_back(text) else "correct" if tells else ""
    if not changed and ate_what_was_named(text):
        kind = LOG  # the tool knows what was spoken of
    tool = by_kind.get(kind, "")
    found = next((one for one in candidates if one.tool == tool), None)
    least = 0.0 if changed or kind == LOG else _PERHAPS
    if found is None or found.likely < least or left_alone(text):
        return candidates
    rest = [one for one in candidates if one is not found]
    return [Candidate(kind, found.tool, max(found.likely, _ACT)), *rest]


def _without_forbidden(text: str, candidates: list[Candidate], changed: bool) -> list[Candidate]:
    """What grammar forbids is left out, and the rest is as likely as before among itself.

    A few words of denial («no fries») right after a change of the diary are of that change, and so
    is what takes another's place («with rice, not with fries»).
    """
    if any(one.kind == "distress" and one.likely >= _DISTRESS for one in candidates):
        return [Candidate("distress", None, 1.0)]
    if candidates[0].kind == "food_fact" and asks_of_the_last(text):
        # What was had stands in the diary, with the figures of the portion.
        candidates = sorted(candidates, key=lambda one: one.kind not in OF_DIARY)
        return [Candidate(candidates[0].kind, candidates[0].tool, 1.0)]
    if changed and adds_one(text):  # nothing is asked: what would answer comes last
        candidates = sorted(candidates, key=lambda one: one.kind in ("food_fact", "suits_me"))
    swaps = changed and swaps_sides(text)
    barred = [
        one
        for one in candidates
        if gate(one.kind, text) == "shut"
        or (swaps and one.kind == LOG)
        or (one.kind == "correct" and not (changed or names_a_change(text)))
    ]
    if candidates[0] in barred:
        of_change = changed and says("denied", text) and any_of(facts_of(text), _FEW_WORDS)
        of_change = of_change or swaps or corrects(text)
        told = candidates[0].kind == LOG and not of_change
        if told and tells_of_no_meal(text, facts_of(text)):
            return [Candidate("not_eaten", None, 1.0)]
        if candidates[0].kind in TOLD and tells_of_others_health(text):
            return [Candidate("others_health", None, 1.0)]
        if candidates[0].kind == PERSON:
            return [Candidate("about_people", None, 1.0)]
    rest = [one for one in candidates if one not in barred]
    if rest[0].likely < _TRACE:
        return rest
    total = sum(one.likely for one in rest)
    return [Candidate(one.kind, one.tool, one.likely / total) for one in rest]
