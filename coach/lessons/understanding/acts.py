"""Which objectives a turn reaches, and what the learner's order is after it.

An act with a slot («a coffee, please») is the thing, in a clause that is the learner's own, here
and now, and no question. Where grammar does not know the clause for a wish, the nearest of the
teacher's sentences decides. An act without a slot («how much is it?») is decided by them alone.
"""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from coach.lessons.scenario import Objective, Scenario, slots_in
from coach.lessons.understanding.clauses import Clause, read, says_something
from coach.lessons.understanding.meaning import (
    Nearness,
    names_nobody,
    nearness,
    plain,
    with_example,
)
from coach.lessons.understanding.moods import moods
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import Found, Name, lexicon, of_number, renumbered
from coach.lessons.wording import Order, fill

NEAR = 0.7  # cosine with a model sentence that counts as an attempt at it
NEAR_OPEN = 0.55  # of the objective that was just asked for
MARGIN = 0.03  # by which it is nearer to doing the act than to anything else
SURE = 0.8  # so near to what was asked for that something else may be
MARGIN_SURE = -0.03  # a little nearer
BY_PART = 0.75  # at which a part of a thing's name is taken for it
SAME = 0.9  # cosine of two wordings of one sentence
WISHED = 0.2  # by which a wish in so many words may be nearer to something else
_WITH = re.compile(r"(?<=_) (?:with|without) \w+\b")
_THINGS = re.compile(r"(?:the )?_(?: (?:and )?(?:the )?_)*")
LONGEST = 16  # words of clauses that are also read as one sentence, where no model is longer
RUN = 4  # clauses of such a sentence


@dataclass(frozen=True)
class Proof:
    """The clause that does an act, and the nearest model sentence."""

    clause: str
    plain: str  # with the first thing of each kind in it
    model: int
    near: float  # from 0 to 1


@dataclass
class Understood:
    """What a turn does. `chosen` are its new things, `order` all of them after it."""

    clauses: list[Clause]
    met: list[Objective] = field(default_factory=list)
    order: dict[str, dict[str, int]] = field(default_factory=dict)
    chosen: dict[str, dict[str, int]] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)  # slot -> words
    refuses: bool = False  # wants nothing
    beside: bool = False  # and says what is not to go with it
    part: bool = False  # something of an act, but not all of it
    proof: dict[str, Proof] = field(default_factory=dict)  # by objective


def understand(
    scenario: Scenario,
    met: tuple[str, ...],
    order: Order,
    said: str,
    *,
    asked: Objective | None = None,
) -> Understood:
    """What `said` does in a lesson where `met` is reached, `order` chosen, and `asked` open."""
    turn = Understood(
        read(scenario, said), order={slot: dict(words) for slot, words in order.items()}
    )
    if _exchange(scenario, turn, met):
        return turn
    reached: set[str] = set()
    named: tuple[Found, ...] = ()
    turn.clauses = [_with_part(scenario, clause, asked, turn.clauses) for clause in turn.clauses]
    for clause in turn.clauses:
        _choose(scenario, _with_named(scenario, clause, named, turn), turn, asked, reached)
        if clause.found and not (clause.denied or clause.weighs):
            named = clause.found
    for objective in scenario.objectives:
        if not all(turn.order.get(slot) for slot in objective.slots):
            reached.discard(objective.id)  # it was taken back in the same breath
        left = [o for o in scenario.objectives if o.id not in {*met, *reached}]
        due = asked if asked in left else next(iter(left), None)
        named_now = objective is asked
        if objective in left and _does_without_slot(scenario, objective, turn, due, named_now):
            reached.add(objective.id)
    turn.met = [o for o in scenario.objectives if o.id in reached and o.id not in met]
    return turn


def _with_part(
    scenario: Scenario, clause: Clause, asked: Objective | None, every: list[Clause]
) -> Clause:
    """«Me duele la cabeza»: a word of one name alone stands for it, where just that is asked."""
    if asked is None or any(one.slot in asked.slots for c in every for one in c.found):
        return clause
    if number := _as_number(scenario, clause, asked):
        return replace(clause, rest="_", found=(Found(number, 1, 0, 1),))
    parts, tokens = lexicon(scenario).parts, clause.rest.split()
    for at, token in enumerate(tokens):
        name = parts.get(token)
        if name is None or name.slot not in asked.slots or clause.asks:
            continue
        one = Found(replace(name, other=True), 1, at, at + 1)
        rest = " ".join([*tokens[:at], "_", *tokens[at + 1 :]])
        whole = replace(clause, rest=rest, found=(one,))
        if nearness(scenario, asked, plain(scenario, whole)).said >= BY_PART:
            return whole
    return clause


def _as_number(scenario: Scenario, clause: Clause, asked: Objective) -> Name | None:
    """«Three, please», where it was asked for how many nights: the name of as many."""
    grammar = lexicon(scenario).grammar
    told = [word for word in clause.rest.split() if word in grammar.numbers or word.isdecimal()]
    rest = [word for word in clause.rest.split() if word not in told]
    if len(told) != 1 or clause.changes or not grammar.fillers.issuperset(rest):
        return None
    names = (of_number(scenario, slot, told[0]) for slot in asked.slots)
    return next((name for name in names if name), None)


def _with_named(
    scenario: Scenario, clause: Clause, named: tuple[Found, ...], turn: Understood
) -> Clause:
    """«Do you have lemonade? I'd like one»: the clause with what its pronoun stands for."""
    grammar = lexicon(scenario).grammar
    pronoun = grammar.pronoun.search(clause.rest)
    if clause.found or not named or clause.asks or clause.changes or pronoun is None:
        return clause
    one = replace(named[-1], count=grammar.numbers.get(pronoun[0].split()[0], 1))
    if one.word in turn.chosen.get(one.slot, {}) and pronoun[0].split()[0] not in grammar.numbers:
        return clause  # «a tea, I like it hot» are not two
    rest = grammar.pronoun.sub("_", clause.rest, count=1)
    if grammar.not_now.search(rest):
        return clause  # «I had the soup, and it was cold»
    return replace(clause, found=(one,), rest=rest)


def _choose(
    scenario: Scenario, clause: Clause, turn: Understood, asked: Objective | None, reached: set[str]
) -> None:
    """Take the things of one clause into the order, or out of it."""
    if clause.refuses and not clause.found:
        turn.refuses = True
    turn.beside = turn.beside or clause.beside
    if clause.changes and not clause.found:
        _recount(scenario, clause, turn)
    for objective in scenario.objectives:
        own = [one for one in clause.found if one.slot in objective.slots]
        if not own:
            continue
        mood = moods(scenario, objective)
        if clause.denied and not mood.denied:
            _strike(own, turn)
        if mood.forbid(clause):
            continue
        text, near = _nearest_run(scenario, objective, turn, clause)
        if clause.asks and _is_thing(scenario, clause) and text == plain(scenario, clause):
            continue  # «what is it, a latte?»
        if not _is_wish(scenario, objective, clause, near, objective is asked):
            continue
        _take(own, turn, replacing=clause.changes, only=clause.only)
        if all(turn.order.get(slot) for slot in objective.slots):
            reached.add(objective.id)
            turn.proof.setdefault(objective.id, Proof(clause.text, text, near.model, near.said))
        else:
            turn.part = True


def _nearest_run(
    scenario: Scenario, objective: Objective, turn: Understood, clause: Clause
) -> tuple[str, Nearness]:
    """The clause alone, or with its neighbours: what is nearest to the objective, and how near."""
    alone, slots = plain(scenario, clause), {one.slot for one in clause.found}
    beside = frozenset(o.id for o in scenario.objectives if slots.intersection(o.slots))
    best = alone, nearness(scenario, objective, alone, beside)
    literal = nearness(scenario, objective, clause.text, beside)
    if literal.said >= SAME:  # the teacher wrote the thing itself, and no slot
        best = max(best, (clause.text, literal), key=lambda pair: pair[1].said)
    read = [(c, plain(scenario, c)) for c in turn.clauses]
    for run in _runs(read, turn.clauses):
        whole = " ".join(text for _, text in run)
        with_it = any(c is clause for c, _ in run)
        if with_it and len(whole.split()) <= _longest(scenario, objective):
            near = nearness(scenario, objective, whole, beside)
            best = max(best, (whole, near), key=lambda pair: pair[1].said)
    return best


def _is_thing(scenario: Scenario, clause: Clause) -> bool:
    """Whether the clause is a thing, with its article at most."""
    words = clause.rest.split()
    return len(words) <= 2 and set(words) <= {"_"} | lexicon(scenario).grammar.fillers


def _strike(own: list[Found], turn: Understood) -> None:
    for one in own:
        turn.refused.setdefault(one.slot, []).append(one.word)
        turn.order.get(one.slot, {}).pop(one.word, None)
        turn.chosen.get(one.slot, {}).pop(one.word, None)


def _recount(scenario: Scenario, clause: Clause, turn: Understood) -> None:
    """«Make that two»: another number of what was said last."""
    numbers = lexicon(scenario).grammar.numbers
    counts = [numbers[word] for word in clause.rest.split() if word in numbers]
    latest = next((words for words in reversed(turn.chosen.values()) if words), None)
    if len(counts) != 1 or latest is None:
        return
    slot = next(slot for slot, words in turn.chosen.items() if words is latest)
    word = next(reversed(latest))
    if other := renumbered(scenario, word, counts[0]):  # «two nights, no wait, three»
        for words in (latest, turn.order[slot]):
            words[other] = words.pop(word)
    else:
        latest[word] = turn.order[slot][word] = counts[0]


def _is_wish(
    scenario: Scenario, objective: Objective, clause: Clause, near: Nearness, asked: bool
) -> bool:
    if near.miss >= SAME and near.miss - near.said > MARGIN:
        return False
    if _only_is(scenario, objective, clause):
        return False
    mood = moods(scenario, objective)
    if mood.leave_to_meaning(clause):
        return _is_near(near, asked)
    if _is_bare(scenario, objective, clause):
        return True
    if clause.wants:
        return near.other - near.said < WISHED
    return _is_near(near, asked)


def _only_is(scenario: Scenario, objective: Objective, clause: Clause) -> bool:
    """«I am single» buys no ticket, unless a model sentence says it just so."""
    being = lexicon(scenario).grammar.being
    word = all(one.end - one.start == 1 for one in clause.found)
    said = word and being.search(clause.rest) is not None
    return said and not moods(scenario, objective).is_thing


def _is_near(near: Nearness, asked: bool) -> bool:
    if near.asks_else:
        return False
    margin = MARGIN_SURE if asked and near.said >= SURE else MARGIN
    return near.said >= (NEAR_OPEN if asked else NEAR) and near.said - near.other >= margin


def _is_bare(scenario: Scenario, objective: Objective, clause: Clause) -> bool:
    """Whether nothing is said but the thing, and words that a model sentence has around it."""
    grammar, known = lexicon(scenario).grammar, lexicon(scenario).known
    framing = moods(scenario, objective).words
    return all(
        word in framing
        or word in grammar.fillers
        or word in grammar.numbers
        or (scenario.open_slots and word not in known)
        for word in _WITH.sub(" ", clause.rest).replace("_", " ").split()
    )


def _take(own: list[Found], turn: Understood, *, replacing: bool, only: bool) -> None:
    for one in own:
        words = turn.chosen.setdefault(one.slot, {})
        ordered = turn.order.setdefault(one.slot, {})
        if replacing:
            for word in _replaced(one, words, ordered, only=only):
                words.pop(word, None)
                ordered.pop(word, None)
        if one.name.other and one.plain and one.word in words:
            continue  # «a single, I'm not coming back» are not two
        words[one.word] = words.get(one.word, 0) + one.count
        ordered[one.word] = ordered.get(one.word, 0) + one.count


def _replaced(
    one: Found, words: dict[str, int], ordered: dict[str, int], *, only: bool
) -> list[str]:
    """What a change of mind takes back: the last of its kind, or another number of the same."""
    if only:
        return [*words, *ordered]
    if one.word in ordered:
        return [one.word]
    return list(words)[-1:] or list(ordered)[-1:]


def _does_without_slot(
    scenario: Scenario,
    objective: Objective,
    turn: Understood,
    asked: Objective | None,
    named_now: bool,
) -> bool:
    """Whether a clause, or the short turn as a whole, is near a model sentence without slots."""
    mood = moods(scenario, objective)
    read_first = [
        (c, with_example(scenario, objective, c, asked=named_now))
        for c in turn.clauses
        if not (c.told and not mood.told) and not (c.denied and not mood.denied)
        if not c.weighs or mood.weighs
    ]
    texts = [(c, alone[0]) for c, alone in read_first]
    read_alone = len(texts)
    texts += [(c, text) for c, alone in read_first for text in alone[1:]]
    texts += [
        (c, _THINGS.sub("it", c.rest))
        for c in turn.clauses
        if c.asks and c.found and all(one.word in turn.order.get(one.slot, {}) for one in c.found)
    ]
    for run in _runs(texts[:read_alone], turn.clauses):
        whole = " ".join(text for _, text in run)
        if len(whole.split()) <= _longest(scenario, objective):
            texts.append((run[0][0], whole))
    for clause, text in texts:
        near = nearness(scenario, objective, text)
        if near.model < 0 or not _is_free(scenario, objective.said[near.model]):
            continue
        asks = clause.asks or clause.ends == "?"
        if mood.only_asks and clause.wants and not asks and near.said < SURE:
            continue  # «I need a paper for my boss» is no «which papers do I need?»
        if slots_in(objective.said[near.model]) and names_nobody(scenario, mood.words, text):
            continue
        polite = not says_something(scenario, clause)
        if _is_near(near, objective is asked) and (near.said >= SAME or not polite):
            turn.proof.setdefault(objective.id, Proof(clause.text, text, near.model, near.said))
            return True
    return False


Read = tuple[Clause, str]


def _runs(texts: list[Read], clauses: list[Clause]) -> list[list[Read]]:
    """Neighbouring clauses that may be one sentence of the teacher's."""
    places = [clauses.index(clause) for clause, _ in texts]
    return [
        texts[a:b]
        for a in range(len(texts))
        for b in range(a + 2, min(len(texts), a + RUN) + 1)
        if places[b - 1] - places[a] == b - 1 - a
    ]


@lru_cache(maxsize=512)
def _longest(scenario: Scenario, objective: Objective) -> int:
    models = (even(fill(scenario, model, {}), scenario.language) for model in objective.said)
    return max(LONGEST, *(len(model.split()) for model in models))


def _is_free(scenario: Scenario, model: str) -> bool:
    """Whether a model sentence needs no word that the lesson knows."""
    return all(slot in scenario.open_slots for slot in slots_in(model))


def _exchange(scenario: Scenario, turn: Understood, met: tuple[str, ...]) -> bool:
    """«Can I change the coffee to a tea?»: one thing out, another of its kind in."""
    grammar = lexicon(scenario).grammar
    for clause in turn.clauses:
        match = grammar.exchange.search(clause.text)
        if match is None or len(clause.found) != 2 or clause.told:
            continue
        first, second = clause.found
        old, new = (second, first) if match.groupdict().get("new2") else (first, second)
        if old.slot != new.slot or old.word == new.word:
            continue
        ordered = turn.order.setdefault(new.slot, {})
        ordered[new.word] = ordered.pop(old.word, new.count)
        turn.chosen = {new.slot: {new.word: ordered[new.word]}}
        turn.met = [o for o in scenario.objectives if o.id not in met and o.slots == (new.slot,)]
        turn.proof = {o.id: Proof(clause.text, clause.text, 0, 0.0) for o in turn.met}
        return True
    return False
