"""Writes down beside a talk what its engine reports of it, in order and off the loop."""

import asyncio
import time
from collections import deque
from decimal import Decimal

import structlog
from django.db import OperationalError

from coach.database import writing
from coach.personas.engines import engine_for
from coach.talk import outage
from coach.talk.actions.usage import count_usage, tell_of_budget
from coach.talk.brief import Brief
from coach.talk.language import in_language_of
from coach.talk.limits import USAGE_WAITING
from coach.talk.models import Session
from coach.talk.outage import Outage
from coach.talk.usage.budgets import Budget, budget_of
from coach.voice.effects import CountUsage

log = structlog.get_logger(__name__)


class UsageRecorder:
    """Of one talk. Money never ends one by accident: what cannot be written is told in the log."""

    def __init__(
        self,
        session: Session,
        brief: Brief,
        *,
        engine: tuple[str, str] | None = None,
        heard_by: str = "",
    ) -> None:
        """`engine`: provider and model; `heard_by`: who transcribes. Unless told, the Brief's."""
        self.session = session
        self._brief = brief
        self._engine = engine
        self._heard_by = heard_by or brief.transcription_model
        self._waiting: deque[CountUsage] = deque()
        self._outage = Outage(time.monotonic)

    def take(self, usage: CountUsage) -> None:
        """To be written by the next `write`. Cheap."""
        if len(self._waiting) >= USAGE_WAITING:
            self._lose(usage, "too_many")
        else:
            self._waiting.append(usage)

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    async def write(self) -> Budget | None:
        """Write down all that was taken; returns how the budget stands after. One at a time."""
        budget = None
        while self._waiting:
            usage = self._waiting[0]
            try:
                count = in_language_of(self.session.member, self._count)
                budget = await writing.run(count, usage)
            except OperationalError as error:
                if not self._outage.failed():
                    await asyncio.sleep(outage.AGAIN_S)
                    continue
                self._lose(usage, type(error).__name__)
            except Exception as error:  # noqa: BLE001  the talk goes on whatever is wrong here
                self._lose(usage, type(error).__name__)
            else:
                self._outage.over()
            self._waiting.popleft()
        return budget

    def _count(self, usage: CountUsage) -> Budget:
        if self._engine is None:
            engine = engine_for(self._brief)
            self._engine = engine.provider, engine.model
        provider, model = self._engine
        row = count_usage(
            self.session,
            usage.kind,
            usage.ref,
            usage.usage,
            provider=provider,
            model=self._heard_by if usage.kind == "transcription" else model,
            status=usage.status,
        )
        budget = budget_of(self.session.member)
        # Also of a row that was there: the try before this one may have broken off here.
        tell_of_budget(self.session, budget, row.cost or Decimal(0))
        return budget

    def _lose(self, usage: CountUsage, error: str) -> None:
        log.error(
            "usage_lost",
            session=self.session.pk.hex,
            kind=usage.kind,
            ref=usage.ref,
            input_tokens=usage.usage.get("input_tokens"),
            output_tokens=usage.usage.get("output_tokens"),
            error=error,
        )
