"""Writes down what interpreting takes, and says when the day's budget is used up."""

import secrets
from collections import deque

import structlog
from django.db import DatabaseError

from coach.database import writing
from coach.interpreter.live.interpreting import Interpreting, Spent
from coach.interpreter.live.making import Plan
from coach.interpreter.live.party import Party
from coach.talk.actions.usage import count_translation
from coach.talk.language import in_language_of
from coach.talk.usage.budgets import refusal
from coach.types import Member

log = structlog.get_logger(__name__)


class Spending:
    """Of one socket."""

    def __init__(self, party: Party, plan: Plan) -> None:
        self._member: Member = party.meeting.member
        self._provider = plan.engine.provider
        self._mark = secrets.token_hex(8)  # so that no other socket has the same reference
        self._number = 0
        self._waiting: deque[tuple[str, Spent]] = deque()  # whoever is cancelled leaves it here

    async def count(self, interpreting: Interpreting) -> str:
        """Write down what was used; returns why it may not go on, in the member's language."""
        for spent in interpreting.take_spent():
            self._number += 1
            self._waiting.append((f"{self._mark}-{self._number}-{spent.ref}"[:80], spent))
        while self._waiting:
            ref, spent = self._waiting[0]
            try:
                await writing.run(self._write, ref, spent)
            except DatabaseError as error:  # money ends nothing by accident
                log.error("usage_lost", ref=ref, told=spent.told, error=type(error).__name__)
            self._waiting.popleft()
        try:
            return await writing.run(in_language_of(self._member, refusal), self._member)
        except DatabaseError as error:  # the next count asks again
            log.warning("budget_not_asked", error=type(error).__name__)
            return ""

    def _write(self, ref: str, spent: Spent) -> None:
        count_translation(self._member, ref, spent.told, provider=self._provider, model=spent.model)
