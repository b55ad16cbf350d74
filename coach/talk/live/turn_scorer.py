"""Has the member's words scored in a thread, beside the rules: it only adds, and nobody waits."""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import structlog

from coach.talk.models import Session
from coach.talk.registries.rehearsed import is_rehearsed
from coach.talk.registries.screeners import Hits, score_turns, scores
from coach.voice.effects import ScreenText

log = structlog.get_logger(__name__)

SCORE_MAX_S = 2.0  # what is not scored by then goes without
GROWN_CHARS = 40  # of an utterance that goes on: some seven words
TURNS_BEFORE = 1
SEEN_TEXTS = 20

# One thread a process: the model takes one sentence at a time anyway.
_thread = ThreadPoolExecutor(1, thread_name_prefix="screening-score")


class TurnScorer:
    """The scores of one connection. It remembers what the member has said last."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._said: deque[str] = deque(maxlen=TURNS_BEFORE)
        self._read: dict[str, int] = {}  # how much was read of utterances that go on
        self._reading = False

    def wants(self, text: ScreenText) -> bool:
        """Whether `text` is to be scored: each final one, and one that grew enough meanwhile."""
        if text.speaker != "member" or not scores():
            return False
        grown = len(text.text) - self._read.get(text.key, 0)
        return text.final or (grown >= GROWN_CHARS and not self._reading)

    async def read(self, text: ScreenText, found: Hits) -> Hits:
        """What is to be added to what the rules `found` in `text`; nothing when it takes long."""
        turns = [*self._said, text.text]
        self._remember(text)
        self._reading = True
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(SCORE_MAX_S):
                return await loop.run_in_executor(_thread, self._scored, turns, found)
        except TimeoutError:
            log.warning("screening_score_late")
        except Exception as error:  # noqa: BLE001  the talk and the rules do not depend on a model
            log.error("screening_score_failed", error=type(error).__name__)
        finally:
            self._reading = False
        return []

    def _scored(self, turns: list[str], found: Hits) -> Hits:
        return [] if is_rehearsed(self._session, turns[-1]) else score_turns(turns, found)

    def _remember(self, text: ScreenText) -> None:
        if text.final:
            self._said.append(text.text)
            self._read.pop(text.key, None)
            return
        self._read[text.key] = len(text.text)
        if len(self._read) > SEEN_TEXTS:
            del self._read[next(iter(self._read))]
