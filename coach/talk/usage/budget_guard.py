"""Keeps a running talk within its budget: no answer is begun beyond it, and the talk ends kindly.

What is being said is finished, what the member says is still written down and screened, and only
when nothing is under way does the talk end. While a person or a hold has it, it goes on.
"""

from collections.abc import Awaitable, Callable

from coach.database import reading, writing
from coach.talk.actions.usage import stop_for_budget
from coach.talk.brief import Brief
from coach.talk.language import in_language_of
from coach.talk.models import Session
from coach.talk.usage.budgets import budget_of, is_spared
from coach.talk.usage.recorder import UsageRecorder
from coach.voice.effects import CountUsage
from coach.voice.inputs import Event, TalkClosing


class BudgetGuard:
    """Of one talk and one socket."""

    def __init__(
        self, session: Session, brief: Brief, tell: Callable[[Event], Awaitable[None]]
    ) -> None:
        self.spent = False
        self._session = session
        self._recorder = UsageRecorder(session, brief)
        self._tell = tell
        self._stale = True  # nobody has looked yet, or something rang
        self._closing = False

    def ring(self) -> None:
        """A budget was reached elsewhere: look at it."""
        self._stale = True

    def take(self, usage: CountUsage) -> None:
        self._recorder.take(usage)

    @property
    def waiting(self) -> bool:
        """Something was taken and is not written down."""
        return self._recorder.waiting

    async def write(self) -> None:
        """Write down what was taken. One call at a time."""
        budget = await self._recorder.write()
        if budget is not None:
            self.spent = budget.reached

    async def keep(self, floor: str, settled: Callable[[], bool]) -> bool:
        """Close the talk, open it again or end it, as the budget stands. True: it has ended."""
        session = self._session
        if self._stale:
            self._stale = False
            self.spent = (await reading.run(budget_of, session.member)).reached
        if not self.spent:
            return False
        spared = await reading.run(is_spared, session.member_id, floor)
        await self._close(not spared)
        if spared or not settled():
            return False
        stopping = in_language_of(session.member, stop_for_budget)
        stop = await writing.run(stopping, session)
        if stop == "open":
            self.spent = False
            await self._close(False)
        return stop == "stopped"

    async def _close(self, on: bool) -> None:
        if on != self._closing:
            self._closing = on
            await self._tell(TalkClosing(on))
