"""Calls for a person: whom they were offered to, what became of them, and who read the talk."""

from datetime import datetime, timedelta
from typing import Any

from coach.talk.models import Session
from handoff.models import (
    AuditRead,
    CaseNote,
    Debrief,
    DeliveryTry,
    Escalation,
    EscalationEvent,
    Expert,
    FlagRecord,
    NoteMention,
    Offer,
    Outbox,
    PlannedFollowUp,
    PushSubscription,
    Rating,
    ServiceClock,
    TalkSummary,
    WebHook,
)
from tests.bench.practice.course import Course

State = Escalation.State
EVENTS = ("raised", "offered", "accepted", "joined", "handed_back", "resolved")
HELD = 3  # cases that the second expert has now; the first of them is the regular's


class Cases:
    """Past cases in talks that have ended, and those of now in talks that are going on."""

    def __init__(self, course: Course) -> None:
        self.course, self.rows = course, course.rows
        self.hook = self.rows.add(
            WebHook, name="Practice", url="https://hooks.practice.test/", events=["raised"]
        )
        self.device = self.rows.add(
            PushSubscription,
            user=course.experts[1].user,
            endpoint="https://push.practice.test/1",
            **{"key": "k" * 87, "auth": "a" * 22, "site_key": "s" * 87},
        )

    def make(self) -> None:
        course, size = self.course, self.course.size
        now = len(course.live)
        past = size.cases - now
        offers, left = divmod(size.offers - now, past)
        step = len(course.ended) / past
        for number in range(past):
            talk = course.ended[int(number * step)]
            self._past(number, talk, offers + (number < left))
        for number, talk in enumerate(course.live):
            self._now(number, talk)

    def _past(self, number: int, talk: Session, offers: int) -> None:
        experts, at = self.course.experts, talk.started_at
        owner = experts[1 + number % (len(experts) - 1)]
        times = {"created_at": at, "ring_since": at}
        for step, name in enumerate(
            ("offered_at", "accepted_at", "first_human_at", "wrap_at", "resolved_at"), 1
        ):
            times[name] = at + timedelta(seconds=40 * step)
        case = self._case(
            talk, number, state=State.RESOLVED, owner=owner, outcome="advised", **times,
            first_words="Take it easy.", note_for_coach="Iron was discussed.",
            last_event=len(EVENTS),
        )  # fmt: skip
        for turn in range(offers):
            last = turn == offers - 1
            self.rows.add(
                Offer,
                escalation=case,
                expert=owner if last else experts[(number + turn) % len(experts)],
                state=Offer.State.COMPLETED if last else Offer.State.TIMED_OUT,
                created_at=at,
                expires_at=at + timedelta(seconds=30),
                answered_at=at + timedelta(seconds=9),
                ended_at=times["resolved_at"],
            )
        for kind in ("accept", "first_word", "resolution"):
            done = at + timedelta(seconds=60)
            self._clock(case, kind, at, next_at=None, stopped_at=done)
        self._told(case, owner, at)
        if number % 3 == 0:
            self.rows.add(Rating, escalation=case, asked_at=at, answer=3, answered_at=at)
        if number % 20 == 0:
            self._agreed(case, owner, at)

    def _now(self, number: int, talk: Session) -> None:
        """The regular's and a few others are the second expert's; the rest waits."""
        at = talk.started_at
        held, owner = number < HELD, self.course.experts[1]
        times: dict[str, Any] = {"created_at": at, "ring_since": at, "last_event": 1}
        if held:
            times |= {"state": State.ACTIVE, "owner": owner, "mode": "text", "accepted_at": at}
            times |= {"offered_at": at, "joined_at": at, "first_human_at": at}
        else:
            times |= {"state": State.QUEUED, "next_action_at": self.course.now}
        case = self._case(talk, number, **times)
        due = self.course.now + timedelta(hours=1)
        self._clock(case, "resolution", at, next_at=due, stopped_at=None)
        self._clock(case, "next_word" if held else "accept", at, next_at=due, stopped_at=None)
        self._told(case, owner, at, EVENTS[:1])
        if held:
            made = {"created_at": at, "expires_at": at, "answered_at": at}
            self.rows.add(Offer, escalation=case, expert=owner, state=Offer.State.ACCEPTED, **made)

    def _case(self, talk: Session, number: int, **fields: Any) -> Escalation:
        tier = 1 + number % 4
        return self.rows.add(
            Escalation,
            session=talk,
            member=talk.member,
            tier=tier,
            code=("ASK", "MED-1", "ED-1", "UNH")[number % 4],
            codes=["ASK"],
            quote="can I talk to somebody about this",
            **fields,
        )

    def _clock(self, case: Escalation, kind: str, at: datetime, **fields: Any) -> None:
        due = at + timedelta(hours=2)
        self.rows.add(ServiceClock, escalation=case, kind=kind, started_at=at, due_at=due, **fields)

    def _told(
        self, case: Escalation, owner: Expert, at: datetime, events: tuple[str, ...] = EVENTS
    ) -> None:
        """What was written down beside the case: steps, flags, reads, deliveries."""
        rows = self.rows
        for seq, kind in enumerate(events, 1):
            then = at + timedelta(seconds=20 * seq)
            rows.add(
                EscalationEvent,
                escalation=case,
                seq=seq,
                kind=kind,
                changes={"state": "x"},
                at=then,
                actor=owner.user if seq > 2 else None,
            )
        flag = {"session": case.session, "escalation": case, "quote": case.quote}
        rows.add(
            FlagRecord, **flag, code=case.code, severity=case.tier, speaker="member",
            item_id=f"item-{case.pk}", created_at=at,
        )  # fmt: skip
        for what in ("case", "thread", "console"):
            rows.add(
                AuditRead,
                reader=owner.user,
                member=case.member,
                session=case.session,
                escalation=case,
                what=what,
                at=at,
            )
        for channel, more in (
            ("mail", {"recipient": owner.user}),
            ("hook", {"hook": self.hook}),
        ):
            row = rows.add(
                Outbox, channel=channel, kind="case" if channel == "hook" else "overdue", **more,
                escalation=case, created_at=at, next_try_at=at, sent_at=at, attempts=1,
            )  # fmt: skip
            rows.add(DeliveryTry, row=row, at=at, sent=True, status=200, duration_ms=80)

    def _agreed(self, case: Escalation, owner: Expert, at: datetime) -> None:
        rows, day = self.rows, at.date()
        note = rows.add(
            CaseNote,
            escalation=case,
            author=owner.user,
            author_name="Asha",
            text="Please look at this.",
            after=4,
            client_id=f"note-{case.pk}",
            created_at=at,
        )
        rows.add(NoteMention, note=note, expert=self.course.experts[1], seen_at=at)
        rows.add(PlannedFollowUp, escalation=case, day=day, due_at=at, state="called")
        rows.add(Debrief, expert=owner, escalation=case, how="fine", created_at=at, seen_at=at)
        rows.add(TalkSummary, session=case.session, statements=[["Iron.", 2]], through=4)
