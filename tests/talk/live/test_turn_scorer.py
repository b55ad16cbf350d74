"""Scores in a live talk: in a thread, beside the rules, with the turn before; they only add."""

import asyncio
import threading

import pytest

from coach.talk.live import turn_scorer
from coach.talk.live.background import BackgroundTasks
from coach.talk.live.screening_guard import ScreeningGuard
from coach.talk.live.turn_scorer import GROWN_CHARS, TurnScorer
from coach.talk.registries import rehearsed, screeners
from coach.talk.registries.screeners import Flag, Screener
from coach.voice.effects import ScreenText
from coach.voice.inputs import HoldReleased, ScreeningDone

pytestmark = pytest.mark.django_db(transaction=True)


def text(words, key="k", final=True, speaker="member"):
    return ScreenText(key, speaker, words, final)


class Scoring:
    """A guard with one screener whose rules find nothing, and what was done with its scores."""

    def __init__(self, session, score):
        self.told, self.acted, self.threads = [], [], set()

        def scored(turns, found):
            self.threads.add(threading.get_ident())
            return score(turns, found)

        def act(session_id, flags, item_id, speaker):
            self.acted.append((flags[0].code, item_id))

        screeners.register_screener(Screener("scoring", lambda *_: [], act, score=scored))
        self.background = BackgroundTasks(on_failure=lambda: None)
        self.guard = ScreeningGuard(
            session, "en", self.background, tell=self._tell, refresh=self._refresh
        )

    async def _tell(self, event):
        self.told.append(event)

    async def _refresh(self):
        pass

    async def screened(self, *texts):
        holds = [self.guard.screen(each) for each in texts]
        await self.background.join()
        self.background.check()
        return holds


async def test_a_grave_score_holds_the_coach_that_went_on(session):
    scoring = Scoring(session, lambda turns, found: [Flag("SI-3", 0, "it", "score")])
    assert await scoring.screened(text("it")) == [False]
    assert scoring.told == [ScreeningDone("k", "member", True, hold=True), HoldReleased()]
    assert scoring.acted == [("SI-3", "k")]
    assert threading.get_ident() not in scoring.threads
    assert not scoring.guard.busy


async def test_what_shows_help_alone_holds_nobody(session):
    scoring = Scoring(session, lambda turns, found: [Flag("ED-H", 4, "it", "score", help=True)])
    await scoring.screened(text("it"))
    assert scoring.told == []
    assert scoring.acted == [("ED-H", "k")]


async def test_the_turn_before_is_read_with_the_last_and_the_coach_is_not(session):
    read = []
    scoring = Scoring(session, lambda turns, found: read.append(turns) or [])
    await scoring.screened(text("one", "a"), text("hello", "c", speaker="coach"))
    await scoring.screened(text("two", "b"))
    assert read == [["one"], ["one", "two"]]


async def test_what_was_written_for_the_talk_is_read_only_with_what_comes_next(
    session, monkeypatch
):
    monkeypatch.setattr(
        rehearsed, "_known", [lambda _session, each: each in ("Written.", "So it is!")]
    )
    read = []
    scoring = Scoring(session, lambda turns, found: read.append(turns) or [])
    await scoring.screened(text("Written. So it is!", "a"), text("Written. My own.", "b"))
    assert read == [["Written. So it is!", "Written. My own."]]


async def test_of_words_that_go_on_what_grew_enough_is_read(session):
    read = []
    scoring = Scoring(session, lambda turns, found: read.append(len(turns[-1])) or [])
    for length in range(10, 4 * GROWN_CHARS, 10):
        await scoring.screened(text("x" * length, final=False))
    assert read == [GROWN_CHARS, 2 * GROWN_CHARS, 3 * GROWN_CHARS]


async def test_a_score_that_fails_or_is_late_ends_no_talk(session, monkeypatch):
    release = threading.Event()

    def score(turns, found):
        if turns[-1] == "fails":
            raise ValueError
        release.wait(5)
        return [Flag("SI-3", 0, "it", "score")]

    monkeypatch.setattr(turn_scorer, "SCORE_MAX_S", 0.05)
    scoring = Scoring(session, score)
    try:
        await scoring.screened(text("fails"), text("late", "b"))
    finally:
        release.set()
    assert scoring.acted == scoring.told == []


async def test_one_partial_is_read_at_a_time(session):
    scorer = TurnScorer(session)
    begun, release = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def score(turns, found):
        loop.call_soon_threadsafe(begun.set)
        release.wait(5)
        return []

    screeners.register_screener(Screener("slow", lambda *_: [], lambda *_: None, score=score))
    first = asyncio.create_task(scorer.read(text("x" * 60, final=False), []))
    await begun.wait()
    assert not scorer.wants(text("x" * 600, final=False))
    assert scorer.wants(text("done", final=True))
    release.set()
    await first
    assert scorer.wants(text("x" * 600, final=False))
