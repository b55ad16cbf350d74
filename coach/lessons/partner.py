"""The offline partner: plays a scenario's authored lines, and helps when it is asked to.

Pure: what was said and the state of the lesson go in, the next line and the new state come out.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from coach.lessons.courtesy import courtesy
from coach.lessons.help import (
    Request,
    asked_for,
    in_lesson_language,
    is_foreign,
    known_words,
    meaning_of,
)
from coach.lessons.lines import Lines, lines_of
from coach.lessons.scenario import SLOT, Objective, Scenario
from coach.lessons.understanding.acts import Understood, understand
from coach.lessons.understanding.clauses import Clause, says_something
from coach.lessons.understanding.meaning import nearest_aside, plain
from coach.lessons.understanding.words import lexicon
from coach.lessons.wording import (
    TOTAL,
    amount,
    example,
    fill,
    is_name,
    listed,
    plural,
    prices,
    total,
)

ASIDE = 0.6  # cosine with an aside's sentence that is an answer to it
ASIDE_DENIED = 0.8  # «no milk, please» is one, «I don't care when it leaves» is none
SHORT_ASIDE = 3  # words: fewer are near to too much
SAME_ASIDE = 0.95  # which is that sentence, whatever help it may ask for elsewhere
MODEL_AFTER = 3  # turns that reached nothing, after which the partner gives the sentence
_NEXT = re.compile(r"(?<=[.!?？。]) +")
ONLY_ASKS = ("meaning", "how_say", "spelling", "again", "suggest")  # «Help!» is nobody's name
UNKNOWN_WORDS = 3  # at most, that the partner says it did not understand
LONGEST_WORD = 30  # letters: it would be said aloud


class LessonState(Struct, frozen=True):
    """How far a lesson is. Stored as JSON with the attempt.

    `met` are the ids of reached objectives, `order` what the learner chose, `declined` what they
    wanted nothing of, `dropped` what they did not want when it was offered again, `misses` how
    many turns in a row reached nothing, `last` the partner's last line, `slow` whether the learner
    asked to go slower, and `took` what the last turn was taken for.
    """

    met: tuple[str, ...] = ()
    order: dict[str, dict[str, int]] = {}
    declined: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    misses: int = 0
    last: str = ""
    slow: bool = False
    took: str = ""


def open_objective(scenario: Scenario, state: LessonState) -> Objective | None:
    """The first objective that is not reached yet; one that was declined comes last, and once."""
    left = [o for o in scenario.objectives if o.id not in {*state.met, *state.dropped}]
    return next((o for o in left if o.id not in state.declined), left[0] if left else None)


def newly_met(scenario: Scenario, state: LessonState, said: str) -> list[Objective]:
    """The objectives that `said` reaches."""
    return _read(scenario, state, said)[0].met


def reply(scenario: Scenario, state: LessonState, said: str) -> tuple[str, LessonState]:
    """The partner's answer to `said`, and the state of the lesson after it."""
    turn, request = _read(scenario, state, said)
    after = replace(state, order=turn.order)
    if turn.met or any(turn.chosen.values()):
        return _go_on(scenario, after, turn)
    if open_objective(scenario, state) is None and request is None:
        return _say(scenario, state, "end", scenario.partner.goodbye)
    of_scene = _best_aside(scenario, turn)[0] >= SAME_ASIDE  # «Can you help me?», in the street
    if request is not None and not of_scene:
        return _help(scenario, state, request)
    if of_scene and (answered := _aside(scenario, after, turn)):
        return answered
    if turn.refused or turn.refuses or courtesy(said) == "no":
        return _refused(scenario, after, turn)
    if turn.beside:
        told = _lines(scenario)["refused"]
        return _say(scenario, after, "refuse", told, _ask(after, open_objective(scenario, after)))
    if is_foreign(scenario, said, turn.clauses):
        return _translated(scenario, after, turn, said)
    answered = _polite(scenario, after, said) or _aside(scenario, after, turn)
    return answered or _not_yet(scenario, after, turn, said)


def _read(scenario: Scenario, state: LessonState, said: str) -> tuple[Understood, Request | None]:
    """What the turn does, and the help it asks for. A plea for a word or a hint does nothing."""
    request = asked_for(scenario, said)
    asked = open_objective(scenario, state)
    turn = understand(scenario, state.met, state.order, said, asked=asked)
    only_asks = request is not None and request.kind in ONLY_ASKS and not request.within
    if only_asks or (
        request is None and is_foreign(scenario, said, turn.clauses) and not turn.refuses
    ):
        turn = Understood(turn.clauses, order={k: dict(v) for k, v in state.order.items()})
    return turn, request


# --- what was understood --------------------------------------------------------------------------
def _go_on(scenario: Scenario, state: LessonState, turn: Understood) -> tuple[str, LessonState]:
    lines = _side_answers(scenario, turn)
    said = {slot: words for slot, words in turn.chosen.items() if words}
    answered = [o for o in scenario.objectives if o in turn.met or set(o.slots) & set(said)]
    for objective in answered:
        lines.append(_answer(scenario, objective, state, said))
    met = (*state.met, *(o.id for o in turn.met))
    state = replace(state, met=met, misses=0, took="act")
    following = open_objective(scenario, state)
    if following is None and turn.met:
        return _say(scenario, state, "act", *lines, scenario.partner.closing)
    if following is None:
        return _say(scenario, state, "act", *lines)
    if turn.part and not turn.met:
        return _say(scenario, state, "part", _lines(scenario)["part"], following.nudge)
    first = scenario.objectives[0]
    if scenario.twist and not state.slow and turn.met == [first] and state.met == (first.id,):
        lines.append(scenario.twist)
    return _say(scenario, state, "act", *lines, _ask(state, following))


def _answer(
    scenario: Scenario, objective: Objective, state: LessonState, said: dict[str, dict[str, int]]
) -> str:
    """The objective's answer, about what was just ordered; a sum is of everything."""
    if f"{{{TOTAL}}}" in objective.answer and not total(scenario, state.order):
        listing = {
            slot: {next(iter(words)): 1}
            for slot, words in scenario.slots.items()
            if any(of.price for of in words.values())
        }
        return prices(scenario, listing)
    line = objective.answer.replace(f"{{{TOTAL}}}", "\0")
    line = fill(scenario, line, {**state.order, **said})
    cost = amount(total(scenario, state.order), scenario.currency, scenario.language)
    return line.replace("\0", cost)


def _side_answers(scenario: Scenario, turn: Understood) -> list[str]:
    """Answers to questions beside the act: «… and can I pay by card?»."""
    told = []
    for clause in turn.clauses if len(turn.clauses) > 1 else []:
        score, which = nearest_aside(scenario, plain(scenario, clause))
        proven = any(clause.text == proof.clause for proof in turn.proof.values())
        if (
            score >= ASIDE + 0.2
            and not proven
            and not clause.found
            and says_something(scenario, clause)
        ):
            told.append(fill(scenario, scenario.asides[which].say, turn.order))
    return told


# --- help -----------------------------------------------------------------------------------------
def _help(scenario: Scenario, state: LessonState, request: Request) -> tuple[str, LessonState]:
    lines = _lines(scenario)
    objective = open_objective(scenario, state)
    ask = _ask(state, objective)
    model = lines["you_can_say"].format(sentence=example(scenario, objective)) if objective else ""
    match request.kind:
        case "again":
            return _say(scenario, state, "again", state.last or scenario.partner.opening)
        case "slower":
            state = replace(state, slow=True)
            return _say(scenario, state, "slower", lines["slower"], _ask(state, objective))
        case "normal":
            state = replace(state, slow=False)
            return _say(scenario, state, "normal", lines["normal"], _ask(state, objective))
        case "suggest":
            return _say(scenario, state, "suggest", model)
        case "lost":
            nudge = objective.nudge if objective else ""
            return _say(scenario, state, "lost", lines["lost"], nudge, model)
        case "spelling":
            word = request.about[0] if request.about else ""
            letters = "-".join(letter.upper() for letter in word if letter.isalpha())
            told = lines["spelled"].format(word=word, letters=letters) if word else ""
            return _say(scenario, state, "meaning", told, ask)
        case "meaning":
            told = " ".join(_meaning(scenario, word) for word in request.about)
            return _say(scenario, state, "meaning", told, ask)
        case "how_say":
            said = request.about[0]
            own = in_lesson_language(scenario, said) or " ".join(known_words(scenario, said))
            line = lines["how_say" if own else "no_how_say"].format(word=own or said)
            return _say(scenario, state, "how_say", line, ask)


def _translated(
    scenario: Scenario, state: LessonState, turn: Understood, said: str
) -> tuple[str, LessonState]:
    """Give the lesson's words for what was said in the learner's own language."""
    named = list(dict.fromkeys(one.word for clause in turn.clauses for one in clause.found))
    own = in_lesson_language(scenario, said) or listed(named, scenario.language)
    line = _lines(scenario)["in_language"].format(word=own)
    return _say(scenario, state, "how_say", line)


def _meaning(scenario: Scenario, word: str) -> str:
    lines, means = _lines(scenario), meaning_of(scenario, word)
    return lines["meaning" if means else "no_meaning"].format(word=word, means=means)


# --- what reaches nothing -------------------------------------------------------------------------
def _aside(
    scenario: Scenario, state: LessonState, turn: Understood
) -> tuple[str, LessonState] | None:
    """The answer to another question or remark of the scene, and the open question again."""
    objective = open_objective(scenario, state)
    ask = _ask(state, objective)
    _, which, asking = _best_aside(scenario, turn)
    if which >= 0:
        about = {one.slot: {one.word: 1} for one in asking.found} if asking else {}
        line = fill(scenario, scenario.asides[which].say, {**state.order, **about})
        return _say(scenario, replace(state, misses=0), "aside", line, ask)
    for clause in turn.clauses:
        if clause.asks and clause.found and (line := _about_things(scenario, clause)):
            return _say(scenario, state, "info", line, ask)
    return None


def _polite(scenario: Scenario, state: LessonState, said: str) -> tuple[str, LessonState] | None:
    """A greeting is returned, and the open question asked again; a bare yes needs its choices."""
    kind, objective = courtesy(said), open_objective(scenario, state)
    if kind in (None, "no") or objective is None:
        return None
    line = _lines(scenario)[kind]
    if kind == "yes":
        state = replace(state, misses=state.misses + 1)
        if state.misses < MODEL_AFTER:
            return _say(scenario, state, "unclear", line, objective.nudge)
        return None
    return _say(scenario, state, "aside", line, _ask(state, objective))


def _best_aside(scenario: Scenario, turn: Understood) -> tuple[float, int, Clause | None]:
    """How near the nearest aside is, which one, and the clause of it; -1 if none is an answer.

    What is denied, or told of others, must be nearly what the teacher wrote.
    """
    texts = [(clause, plain(scenario, clause)) for clause in turn.clauses]
    texts += [(clause, clause.text) for clause in turn.clauses if clause.found]  # «the best cake»
    alone = [text for text in texts if len(turn.clauses) == 1 or says_something(scenario, text[0])]
    if len(turn.clauses) > 1:
        whole = " ".join(text for _, text in texts[: len(turn.clauses)])
        alone.append((turn.clauses[0], whole))
    best: tuple[float, int, Clause | None] = (0.0, -1, None)
    for clause, text in alone:
        score, index = nearest_aside(scenario, text)
        surely = clause.denied or clause.told or len(text.split()) < SHORT_ASIDE
        enough = ASIDE_DENIED if surely else ASIDE
        if score > best[0] and score >= enough:
            best = (score, index, clause)
    return best


def _about_things(scenario: Scenario, clause: Clause) -> str:
    grammar = lexicon(scenario).grammar
    things = [(scenario.slots[one.slot][one.word], one.word, one.slot) for one in clause.found]
    priced = {slot: {word: 1} for of, word, slot in things if of.price}
    if priced and grammar.cost.search(clause.rest):
        return prices(scenario, priced)
    if grammar.available.search(clause.rest):
        many = [word if of.one or of.many else plural(word) for of, word, _ in things]
        named = many if scenario.language == "en" else [word for _, word, _ in things]
        items = listed(named, scenario.language)
        known = _lines(scenario)
        named_so = all(is_name(scenario, slot, word) for _, word, slot in things)
        return known["yes"] if named_so else known["we_have"].format(items=items)
    return ""


def _not_yet(
    scenario: Scenario, state: LessonState, turn: Understood, said: str
) -> tuple[str, LessonState]:
    lines = _lines(scenario)
    objective = open_objective(scenario, state)
    if objective is None:
        return _say(scenario, state, "end", scenario.partner.goodbye)
    misses = state.misses + 1
    state = replace(state, misses=misses)
    if misses >= MODEL_AFTER:
        model = lines["you_can_say"].format(sentence=example(scenario, objective))
        return _say(scenario, state, "unclear", lines["unclear"], model)
    if any(clause.told for clause in turn.clauses):
        return _say(scenario, state, "unclear", lines["told"], _ask(state, objective))
    if any(clause.asks for clause in turn.clauses):
        return _say(scenario, state, "unclear", lines["no_answer"], _ask(state, objective))
    if any(clause.weighs for clause in turn.clauses):
        return _say(scenario, state, "unclear", lines["told"], _ask(state, objective))
    unknown = _unknown_words(scenario, turn)
    opening = lines["unclear_word"].format(word=unknown) if unknown else lines["unclear"]
    line = objective.nudge if misses > 1 or unknown else _ask(state, objective)
    return _say(scenario, state, "unclear", opening, line)


def _refused(scenario: Scenario, state: LessonState, turn: Understood) -> tuple[str, LessonState]:
    """Accept a no. Who wants nothing at all is asked for the next thing first."""
    lines = _lines(scenario)
    objective = open_objective(scenario, state) or scenario.objectives[-1]
    if turn.refused:
        things = [
            word
            for slot, refused in turn.refused.items()
            for word in refused
            if _is_thing(scenario, slot, word)
        ]
        items = listed(list(dict.fromkeys(things)), scenario.language)
        told = lines["refused_item"].format(items=items) if items else lines["refused"]
        return _say(scenario, state, "refuse", told, objective.nudge)
    if objective.id in state.declined:  # it was offered once more, and that is enough
        state = replace(state, dropped=(*state.dropped, objective.id))
    state = replace(state, declined=tuple(dict.fromkeys((*state.declined, objective.id))))
    following = open_objective(scenario, state)
    if following is None:
        return _say(scenario, state, "refuse", lines["refused"], scenario.partner.closing)
    line = following.nudge if following is objective else following.ask
    return _say(scenario, state, "refuse", lines["refused"], line)


def _is_thing(scenario: Scenario, slot: str, word: str) -> bool:
    """Whether one may say «no cake» of it. «No for work» and «no get fit» are no English."""
    if scenario.language != "en" or scenario.slots[slot][word].price:
        return True
    if word.partition(" ")[0] in lexicon(scenario).grammar.fillers:
        return False
    models = [model for objective in scenario.objectives for model in objective.said]
    slots = [match for model in models for match in SLOT.finditer(model)]
    return any(match["form"] and match["name"] == slot for match in slots)


def _unknown_words(scenario: Scenario, turn: Understood) -> str:
    words = lexicon(scenario)
    unknown = [
        token
        for clause in turn.clauses
        for token in clause.rest.split()
        if token not in words.known and token != "_" and len(token) <= LONGEST_WORD
    ]
    return " ".join(unknown[:UNKNOWN_WORDS])


def _lines(scenario: Scenario) -> Lines:
    return lines_of(scenario.language, familiar=scenario.familiar)


def _ask(state: LessonState, objective: Objective | None) -> str:
    """The objective's question; to who asked to go slower, its first sentence alone."""
    if objective is None:
        return ""
    return _NEXT.split(objective.ask, 1)[0] if state.slow else objective.ask


def _say(scenario: Scenario, state: LessonState, took: str, *parts: str) -> tuple[str, LessonState]:
    line = " ".join(part for part in parts if part)
    return line, replace(state, last=line, took=took)
