"""From probabilities to flags, beside what the rules have found."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from threading import Lock
from typing import NamedTuple

from handoff.screening.match import LESSON, Found
from handoff.screening.score.machine import machine
from handoff.screening.score.units import MAX_UNITS, units_of, windows_of, with_turn_before

MAX_QUOTE = 300
SHOWS_CARD = 1  # rules of this severity or worse show whom to call
REMEMBERED = 32  # turns scored last: a live turn is scored as it is said, and once more as a row
# What a rule of the same code does. Somebody else in danger is urgent and no alarm.
SEVERITY = {
    "SI-5": 0,
    "SI-3": 0,
    "SI-1": 1,
    "SH": 1,
    "ED-E": 0,
    "ED-H": 1,
    "MED-E": 0,
    "MED-U": 1,
    "SUP": 1,
    "ABU": 1,
    "VIO": 1,
    "SUB": 1,
    "PSY": 1,
    "OTH": 1,
}
ASK, ASK_SEVERITY = "ASK", 3  # asks for a person: one is called, and no help is shown


class Scored(NamedTuple):
    """`page`: call a person as for `severity`. Without it, help is shown and nobody is called."""

    code: str
    severity: int
    probability: float
    page: bool
    quote: str


class Thresholds(NamedTuple):
    """From which probability on a card is shown, and from which a person is called.

    The card's is of the codes that harmless talk comes nearest to; others need less, in proportion.
    """

    card: float
    page: float


def trained() -> Thresholds:
    """What the training found; it reads the machine, which takes a second once."""
    return Thresholds(machine().card, machine().page)


def score(
    turns: Sequence[str], found: Sequence[Found] = (), at: Thresholds | None = None
) -> list[Scored]:
    """What the last of the member's `turns` may tell beyond what the rules `found`.

    The gravest first, of one code one entry. A family that the rules have found is theirs: they
    know who is meant, denial and the past. So is a phrase of a lesson. But what follows a denial
    may be danger still («I don't want to die, I want to be hurt»), so where the rules show no card
    a score that calls a person counts. `at`: not as trained. Who asks for a person and is not
    heard by the rules is the last.
    """
    families = {_family(each.code) for each in found}
    if _family(LESSON) in families:
        return []
    carded = {_family(each.code) for each in found if each.severity <= SHOWS_CARD}
    told = _told(tuple(turns[-2:]))
    dangers = [
        each
        for each in _above(told, at or trained())
        if (family := _family(each.code)) not in carded and (each.page or family not in families)
    ]
    return [*dangers, *([] if ASK in families else _asked(told))]


class _Told(NamedTuple):
    """One piece of what was said; `before` is the chance of the turn before, alone.

    `window`: it is cut from a long turn without regard to its sentences.
    """

    text: str
    chance: float
    code: str
    asking: float
    before: float
    window: bool = False


_memory: OrderedDict[tuple[str, ...], Future[tuple[_Told, ...]]] = OrderedDict()
_guard = Lock()


def _told(turns: tuple[str, ...]) -> tuple[_Told, ...]:
    """What `_read` tells of the turns, from memory, or from whoever reads the same already."""
    with _guard:
        told = _memory.get(turns)
        if mine := told is None:
            told = _memory[turns] = Future()
            if len(_memory) > REMEMBERED:
                _memory.popitem(last=False)
    if mine:
        try:
            told.set_result(_read(turns))
        except BaseException as error:
            told.set_exception(error)
            with _guard:
                _memory.pop(turns, None)
            raise
    return told.result()


def _read(turns: tuple[str, ...]) -> tuple[_Told, ...]:
    units = units_of(turns[-1]) if turns else []
    if not units:
        return ()
    pair = with_turn_before(turns)
    whole = [*units, *(pair or ())]
    windows = windows_of(turns[-1])[-MAX_UNITS:]
    read = machine().read(whole, windows)
    told = [
        _Told(text, float(chance), code, float(asking), 0.0, at >= len(whole))
        for at, (text, chance, code, asking) in enumerate(
            zip([*whole, *windows], *read, strict=True)
        )
    ]
    if pair is not None:
        before = told.pop(len(units))
        told[len(units)] = told[len(units)]._replace(before=before.chance, asking=0.0)
    return tuple(told)


def _above(told: Sequence[_Told], at: Thresholds) -> list[Scored]:
    best: dict[str, Scored] = {}
    for text, chance, code, _asking, before, window in told:
        # Half a sentence of a long day sounds like much that it is not.
        least = at.card if window else machine().card_of(code, at.card)
        # A short turn adds something only if what stood before was not dangerous by itself.
        if chance < least or before >= least:
            continue
        if code not in best or chance > best[code].probability:
            best[code] = Scored(code, SEVERITY[code], chance, chance >= at.page, text[:MAX_QUOTE])
    return sorted(best.values(), key=lambda each: (not each.page, each.severity))


def _asked(told: Sequence[_Told]) -> list[Scored]:
    best = max(told, key=lambda each: each.asking, default=None)
    if best is None or best.asking < machine().ask:
        return []
    return [Scored(ASK, ASK_SEVERITY, best.asking, page=True, quote=best.text[:MAX_QUOTE])]


def _family(code: str) -> str:
    return code.split("-")[0]
