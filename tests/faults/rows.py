"""The rows of the product under test, written before it is broken and read after."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.db.models import F

from coach import clock
from coach.errors import CoachError
from coach.people.models import User
from coach.personas.models import Persona
from coach.talk.actions import start_session
from coach.talk.brief import make_brief
from coach.talk.models import Card, Session, Turn
from handoff import actions
from handoff.models import Escalation, EscalationEvent, FlagRecord, Offer, Outbox
from handoff.models import Expert as ExpertRow
from handoff.outside import outbox
from tests.bench.talk_rows import signed_in
from tests.faults.experts import Expert
from tests.faults.members import DANGER, URGENT, Member
from tests.support.laws import broken_laws

SKILLS = ["nutrition", "crisis", "eating_disorders", "clinical"]
SMALL = 2  # experts with little room
MAIL_LATE = timedelta(seconds=90)
TRIES = 240  # a quarter of a second apart
T = TypeVar("T")


class Seat(NamedTuple):
    """Whose page it is: the key of a talk or an expert, and the session's cookie."""

    key: str
    cookie: str


@dataclass
class Verdict:
    """What a look at all rows and all pages has found."""

    cases: int
    delays: list[float]  # seconds from the call of an emergency to its first offer
    lost: list[str]
    broken: list[str]


def asked_again(question: Callable[..., T], *arguments: object, **more: object) -> T:
    """What `question` returns, also of a database that is away for a while."""
    for _ in range(TRIES):
        try:
            close_old_connections()
            return question(*arguments, **more)
        except (InterfaceError, OperationalError):
            connection.close()
            time.sleep(0.25)
    return question(*arguments, **more)


def now() -> datetime:
    return clock.now()


def make_members(count: int) -> list[Seat]:
    """New members, each in a talk with Sage."""
    persona = Persona.objects.get(slug="sage")
    made = []
    for number in range(count):
        name = f"Member {number}"
        user = User.objects.create_user(f"faults{number}@example.org", display_name=name)
        talk = start_session(user, persona, make_brief(persona, member_name=name))
        made.append(Seat(str(talk.pk), signed_in(user)))
    return made


def make_experts(count: int, *, active: bool = True, prefix: str = "expert") -> list[Seat]:
    """Experts with a page; the last of them is a supervisor."""
    made = []
    for number in range(count):
        name = f"{prefix}{number}"
        user = User.objects.create_user(f"{name}@example.org", display_name=name.title())
        expert = ExpertRow.objects.create(
            user=user,
            domains=SKILLS,
            languages={"en": "fluent"},
            # Five desks ring for each emergency: small ones alone would be full of what rings.
            capacity=3 if number < SMALL else 8,
            supervisor=active and number == count - 1,
            active=active,
        )
        made.append(Seat(str(expert.pk), signed_in(user)))
    return made


def make_absent() -> None:
    """A supervisor who is away, to whom each emergency is written."""
    user = User.objects.create_user("away@example.org", display_name="Away")
    ExpertRow.objects.create(
        user=user, domains=SKILLS, languages={"en": "fluent"}, supervisor=True, capacity=3
    )


def set_active(keys: Iterable[str], active: bool) -> None:
    ExpertRow.objects.filter(pk__in=list(keys)).update(active=active)


def case_of(talk: str) -> Escalation | None:
    """The open case of a talk."""
    found = Escalation.objects.filter(session=talk).open()
    return found.select_related("session", "owner").first()


def offer_to(case: int, experts: Iterable[str]) -> list[int]:
    """Ring at all these desks, beyond what routing asks."""
    row = Escalation.objects.get(pk=case)
    at = clock.now()
    return [
        Offer.objects.create(
            escalation=row,
            expert_id=int(expert),
            ring=1,
            created_at=at,
            expires_at=at + timedelta(seconds=30),
        ).pk
        for expert in experts
    ]


def call_quietly(talk: str, expert: int, code: str = "ASK", tier: int = 3) -> int | None:
    """A case of this expert in this talk, by the verbs; None: somebody was faster."""
    case = actions.raise_escalation(Session.objects.get(pk=talk), code, tier, "please")
    try:
        actions.claim(case, ExpertRow.objects.get(pk=expert))
    except CoachError:
        return None
    return int(case.pk)


def age(talk: str, hours: int) -> None:
    """The talk has been silent for so long, whatever was written into it since."""
    back = timedelta(hours=hours)
    young = clock.now() - back
    Session.objects.filter(pk=talk, started_at__gt=young).update(started_at=F("started_at") - back)
    for rows in (Turn.objects, Card.objects):
        written = rows.filter(session=talk, created_at__gt=young)
        written.update(created_at=F("created_at") - back)


def newest_mails(count: int) -> list[int]:
    mails = Outbox.objects.filter(channel=outbox.Via.MAIL).order_by("-pk")
    return list(mails.values_list("pk", flat=True)[:count])


def ended_late(since: datetime, late: timedelta) -> list[str]:
    """Offers that ran out long after their time."""
    ran_out = Offer.objects.filter(state=Offer.State.TIMED_OUT, ended_at__gt=since)
    return [
        f"offer {offer.pk} ended {offer.ended_at - offer.expires_at} after its time"
        for offer in ran_out
        if offer.ended_at is not None and offer.ended_at - offer.expires_at > late
    ]


def was_lost(case: int, expert: int) -> bool:
    """The case was taken from this expert, whose page was silent."""
    lost = EscalationEvent.objects.filter(escalation=case, kind="lost").exists()
    return lost and not Escalation.objects.filter(pk=case, owner=expert).exists()


# --- the checker ----------------------------------------------------------------------------------


def check(since: datetime, members: list[Member], experts: list[Expert]) -> Verdict:
    """Look at everything that was said and done; `since`: when the fault began."""
    cases = Escalation.objects.filter(created_at__gte=since)
    lost = [*_lost_texts(members), *_lost_calls(members), *_lost_lines(experts)]
    lost += late_mails()
    return Verdict(
        cases.count(),
        sorted(_delays(since)),
        lost,
        broken_laws(),
    )


def _delays(since: datetime) -> Iterable[float]:
    """Of emergencies: from the event that made the case one, to the first offer after it."""
    raised = EscalationEvent.objects.filter(at__gte=since, kind__in=("created", "raised"))
    for event in raised.select_related("escalation"):
        if event.changes.get("tier") != 0 or event.changes.get("state") == "follow_up":
            continue
        offers = event.escalation.offers.filter(created_at__gte=event.at).order_by("created_at")
        first = offers.first()
        if first is not None:
            yield (first.created_at - event.at).total_seconds()
        elif event.escalation.state in ("queued", "offered"):
            yield (clock.now() - event.at).total_seconds()


def _lost_texts(members: list[Member]) -> Iterable[str]:
    for member in members:
        written = Counter(
            Turn.objects.filter(session=member.talk).values_list("client_id", flat=True)
        )
        for id_, typed in member.typed.items():
            if not written[id_] and not typed.told and not member.left:  # its page has it
                yield f"talk {member.talk[:8]}: {id_} was neither written nor told of"


def _lost_calls(members: list[Member]) -> Iterable[str]:
    for member in members:
        called = [id_ for id_, one in member.typed.items() if one.text in (DANGER, URGENT)]
        written = Turn.objects.filter(session=member.talk, client_id__in=called)
        for turn in written:
            keys = {turn.item_id, turn.client_id} - {""}
            flags = FlagRecord.objects.filter(session=member.talk, item_id__in=keys)
            if not flags.exclude(escalation=None).exists():
                yield f"talk {member.talk[:8]}: {turn.client_id} called nobody"
        if member.asked and not Escalation.objects.filter(session=member.talk).exists():
            yield f"talk {member.talk[:8]}: the button called nobody"


def _lost_lines(experts: list[Expert]) -> Iterable[str]:
    for expert in experts:
        taken = [id_ for id_, state in expert.said.items() if state == "taken"]
        found = Counter(
            Turn.objects.filter(client_id__in=taken).values_list("client_id", flat=True)
        )
        for id_ in taken:
            if found[id_] != 1:
                yield f"expert {expert.pk}: {id_} stands {found[id_]} times"


def lacking(members: list[Member]) -> list[str]:
    """What the thread has, and an open page has not, or not yet."""
    found = []
    for member in members:
        if not member.ready:
            continue
        numbers: set[int] = set()
        for rows in (Turn.objects, Card.objects):
            numbers |= set(rows.filter(session=member.talk).values_list("seq", flat=True))
        if missing := sorted(numbers - set(member.seen)):
            found.append(f"talk {member.talk[:8]}: the page lacks {missing}")
    return found


def late_mails() -> list[str]:
    """What should have gone out long ago."""
    late = clock.now() - MAIL_LATE
    due = Outbox.objects.filter(sent_at=None, next_try_at__lte=late)
    waiting = due.filter(attempts__lt=outbox.MAX_ATTEMPTS)
    return [f"mail {row.pk} waits since {row.created_at:%H:%M:%S}" for row in waiting]
