"""What always holds of the desk's rows, whatever people, timers and broken machines have done.

Each law looks at all rows and yields a sentence for each that breaks it. The state machine asks
them after every step, `make faults` after every fault. Sentences hold keys and codes, no words.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, F, Q

from coach import clock
from coach.talk.models import Card, Session, Turn
from handoff.actions.roster import CALLING
from handoff.actions.transitions import EscalationChanges
from handoff.assignment import Ring, fan_out, specialty
from handoff.fluency import suffices
from handoff.models import (
    OPEN_STATES,
    OWNED_STATES,
    TERMINAL_STATES,
    Escalation,
    Expert,
    Offer,
    ServiceClock,
    Tier,
)
from handoff.opening import intake
from handoff.timeouts import DECLINED_FOR, KNOWN_STEP, RING_STEP

State = Escalation.State
Kind = ServiceClock.Kind
Law = Callable[[], Iterator[str]]

LAST_TIER = int(Tier.P4)
MOMENTS = ("created_at", "offered_at", "accepted_at", "first_human_at", "wrap_at", "resolved_at")
RINGS = (State.OFFERED, State.FOLLOW_UP, State.TRANSFERRING)
CALLS = (State.QUEUED, State.OFFERED)
# Where `next_action_at` is the end of something; who calls is looked at in each walk.
TIMED = (State.TRANSFERRING, State.PARKED, State.WRAP_UP)
# Who closed a case still stands in it; these have nobody.
FREE = (State.QUEUED, State.OFFERED, State.PARKED)


def one_owner() -> Iterator[str]:
    """I1: who owns a case is who accepted it, and nobody else has."""
    holders = defaultdict(list)
    held = Offer.objects.filter(state=Offer.State.ACCEPTED, ended_at=None)
    for pk, expert in held.values_list("escalation", "expert"):
        holders[pk].append(expert)
    for case in Escalation.objects.only("state", "owner"):
        have = holders[case.pk]
        if case.state in OWNED_STATES and have != [case.owner_id]:
            yield f"case {case.pk} is of {case.owner_id}, and accepted by {have}"
        if have and (case.state in FREE or case.state in TERMINAL_STATES):
            yield f"case {case.pk} is {case.state}, and accepted by {have}"
        if case.state in FREE and case.owner_id is not None:
            yield f"case {case.pk} is {case.state}, and of {case.owner_id}"


def one_open_case() -> Iterator[str]:
    """I2: a talk has one open case at most."""
    found = Escalation.objects.filter(state__in=OPEN_STATES).order_by().values("session")
    for row in found.annotate(cases=Count("pk")).filter(cases__gt=1):
        yield f"talk {row['session']} has {row['cases']} open cases"


def nobody_is_forgotten() -> Iterator[str]:
    """I3: an open case has a time at which it is looked at, or an owner."""
    for case in Escalation.objects.filter(state__in=OPEN_STATES, owner=None, next_action_at=None):
        yield f"case {case.pk} is {case.state}, and nobody looks at it"


def within_capacity() -> Iterator[str]:
    """I4: nobody has more than they can take; a supervisor may, in an emergency."""
    owned = Count("escalations", filter=Q(escalations__state__in=OWNED_STATES))
    over = (
        Expert.objects.filter(supervisor=False).annotate(load=owned).filter(load__gt=F("capacity"))
    )
    for expert in over:
        yield f"expert {expert.pk} has {expert.load} cases of {expert.capacity}"


def coach_is_silent() -> Iterator[str]:
    """I5: under the floor's epoch in which an expert wrote, the coach said nothing."""
    wrote = Turn.objects.filter(speaker=Turn.Speaker.EXPERT, source=Turn.Source.TEXT)
    wrote = wrote.filter(Q(session__ended_at=None) | Q(created_at__lt=F("session__ended_at")))
    of_experts = set(wrote.values_list("session", "floor_epoch").distinct())
    coach = Turn.objects.filter(
        speaker=Turn.Speaker.COACH, session__in={session for session, _ in of_experts}
    )
    for session, epoch, seq in coach.values_list("session", "floor_epoch", "seq"):
        if (session, epoch) in of_experts:
            yield f"talk {session}: the coach's turn {seq} is of an expert's epoch {epoch}"


def thread_is_whole() -> Iterator[str]:
    """I6: a thread is numbered without gaps, and what was sent twice stands there once."""
    numbers = defaultdict(list)
    for rows in (Turn.objects, Card.objects):
        for session, seq in rows.order_by().values_list("session", "seq"):
            numbers[session].append(seq)
    for pk, last in Session.objects.values_list("pk", "last_seq"):
        if sorted(numbers[pk]) != list(range(1, last + 1)):
            yield f"talk {pk} has the numbers {sorted(numbers[pk])} up to {last}"
    said = Turn.objects.exclude(client_id="").order_by().values("session", "client_id")
    for row in said.annotate(times=Count("pk")).filter(times__gt=1):
        yield f"talk {row['session']} has {row['times']} turns of one message"


def times_are_in_order() -> Iterator[str]:
    """I7: what happens later has a later time, by one clock."""
    for row in Escalation.objects.values("pk", *MOMENTS):
        found = [row[moment] for moment in MOMENTS if row[moment] is not None]
        if found != sorted(found):
            yield f"case {row['pk']} has its times out of order"


def events_tell_the_row() -> Iterator[str]:
    """I8 and I9: events have no gaps, and replayed they are the row; only a person lowers."""
    fresh = Escalation()
    columns = tuple(EscalationChanges.__annotations__)
    for case in Escalation.objects.prefetch_related("events"):
        events = sorted(case.events.all(), key=lambda event: event.seq)
        if [event.seq for event in events] != list(range(1, case.last_event + 1)):
            yield f"case {case.pk} has a gap in its {case.last_event} events"
        told: dict[str, object] = {}
        tier = LAST_TIER
        for event in events:
            now = event.changes.get("tier", tier)
            if now > tier and event.actor_id is None:
                yield f"case {case.pk} was lowered by nobody in event {event.seq}"
            tier = now
            told |= event.changes
        for column in columns:
            if told.get(column, getattr(fresh, column)) != _as_told(getattr(case, column)):
                yield f"case {case.pk}: its events tell another {column}"


def _as_told(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def danger_has_its_card() -> Iterator[str]:
    """I10: an emergency shows the crisis card in its own talk."""
    for case in Escalation.objects.filter(tier=Tier.P0).select_related("crisis_card"):
        card = case.crisis_card
        if card is None or card.kind != "crisis" or card.session_id != case.session_id:
            yield f"case {case.pk} is an emergency without its card"


def offers_fit() -> Iterator[str]:
    """I11: nobody is asked without the language, or not yet with little of it or no such field."""
    rung = Offer.objects.filter(kind=Offer.Kind.ROUTED, ring__lt=Ring.ANYBODY)
    for offer in rung.select_related("expert", "escalation"):
        case, expert = offer.escalation, offer.expert
        spoken = expert.fluency(case.language)
        if not spoken or (offer.ring < Ring.RESERVES and not suffices(spoken)):
            yield f"offer {offer.pk}: expert {expert.pk} speaks {case.language} «{spoken}»"
        if offer.ring <= Ring.DOMAIN and case.domain not in expert.domains:
            yield f"offer {offer.pk}: expert {expert.pk} is not of {case.domain}"


def offers_have_their_time() -> Iterator[str]:
    """I13: what ran out had run out. Whoever accepts too late is refused, and changes nothing."""
    ran_out = Offer.objects.filter(state=Offer.State.TIMED_OUT, answered_at__lt=F("expires_at"))
    for offer in ran_out:
        yield f"offer {offer.pk} ran out before its time"


def nobody_is_rung_twice() -> Iterator[str]:
    """I14: a case rings once at a desk, at no more desks than five, and only if it calls."""
    ringing = Offer.objects.filter(state=Offer.State.PENDING)
    by_case: dict[int, list[int]] = defaultdict(list)
    for offer in ringing.select_related("escalation"):
        by_case[offer.escalation_id].append(offer.expert_id)
        if offer.escalation.state not in RINGS:
            yield f"offer {offer.pk} rings for case {offer.escalation_id}: {offer.escalation.state}"
    for case, experts in by_case.items():
        if len(set(experts)) < len(experts) or len(experts) > fan_out(Tier.P0):
            yield f"case {case} rings at {sorted(experts)}"


def hand_backs_have_words() -> Iterator[str]:
    """I15: no case goes back to the coach without a word for it."""
    done = Escalation.objects.filter(state__in=(State.WRAP_UP, State.RESOLVED))
    for case in done.filter(note_for_coach="", first_words=""):
        yield f"case {case.pk} was handed back without a word"


def clocks_run() -> Iterator[str]:
    """Each promise that a case's row makes has its running clock, and no other promise has."""
    running: dict[int, set[str]] = defaultdict(set)
    for pk, kind in ServiceClock.objects.filter(stopped_at=None).values_list("escalation", "kind"):
        running[pk].add(kind)
    for case in Escalation.objects.only("state", "owner"):
        owned = case.owner_id is not None
        called = not owned and case.state in (*CALLS, State.FOLLOW_UP)
        due = {
            Kind.RESOLUTION: case.state in OPEN_STATES,
            Kind.ACCEPT: called,
            Kind.CONTACT: owned and case.state == State.FOLLOW_UP,
        }
        if case.state == State.ASSIGNED:
            due[Kind.FIRST_WORD] = True
        for kind, runs in due.items():
            if runs != (kind in running[case.pk]):
                yield f"case {case.pk} is {case.state}, and its clock {kind} says otherwise"
        if case.state in TERMINAL_STATES and running[case.pk]:
            yield f"case {case.pk} is {case.state}, and {sorted(running[case.pk])} run"


LAWS: dict[str, Law] = {
    "I1": one_owner,
    "I2": one_open_case,
    "I3": nobody_is_forgotten,
    "I4": within_capacity,
    "I5": coach_is_silent,
    "I6": thread_is_whole,
    "I7": times_are_in_order,
    "I8": events_tell_the_row,
    "I10": danger_has_its_card,
    "I11": offers_fit,
    "I13": offers_have_their_time,
    "I14": nobody_is_rung_twice,
    "I15": hand_backs_have_words,
    "clocks": clocks_run,
}


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read within stood so at one instant, whatever people do meanwhile.

    A law reads several tables: a case that is closed between two reads would be resolved beside
    an offer that still counts as accepted.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():  # on SQLite nobody else writes meanwhile
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def broken_laws() -> list[str]:
    """What the rows break at one moment, each with the name of its law."""
    with one_moment():
        return [f"{name}: {found}" for name, law in LAWS.items() for found in law()]


# --- what timers owe ------------------------------------------------------------------------------


def left_lying(late: timedelta) -> list[str]:
    """I3, as the sweeper keeps it: what was due `late` ago, and what rings at no free desk."""
    at = clock.now() - late
    found = [
        f"I3: offer {pk} has rung beyond its time"
        for pk in Offer.objects.filter(state=Offer.State.PENDING, expires_at__lte=at).values_list(
            "pk", flat=True
        )
    ]
    timed = Escalation.objects.filter(state__in=TIMED, next_action_at__lte=at, retry_at=None)
    for case in timed:
        found.append(f"I3: case {case.pk} is {case.state}, and its time is over")
    struck = ServiceClock.objects.filter(stopped_at=None, next_at__lte=at)
    for row in struck.filter(escalation__retry_at=None):
        found.append(f"I3: clock {row.kind} of case {row.escalation_id} has struck unheard")
    gone = Q(owner__lease_until=None) | Q(owner__lease_until__lte=at)
    for case in Escalation.objects.filter(gone, state__in=OWNED_STATES, retry_at=None):
        found.append(f"I3: case {case.pk} is {case.state} with somebody who is gone")
    return found + _unrung(at)


def _unrung(at: datetime) -> list[str]:
    """The first of the line, if it rings nowhere and would have to."""
    # Those behind it may have to wait: who could take a graver call is kept free for it.
    first = Escalation.objects.filter(CALLING).in_order().first()
    if first is None or first.retry_at is not None:
        return []
    if first.offers.filter(state=Offer.State.PENDING).exists():
        return []
    if not intake(clock.now()).rings(first.tier, first.created_at):
        return []
    waited_for = RING_STEP[first.tier] if first.state == State.FOLLOW_UP else KNOWN_STEP
    first_step = waited_for if first.ring == Ring.KNOWN else timedelta(0)
    if first.ring_since + first_step > at or first.events.filter(at__gt=at).exists():
        return []
    free = [expert.pk for expert in _free(first, at)]
    return [f"I3: case {first.pk} rings nowhere, though {free} are free"] if free else []


def _free(case: Escalation, at: datetime) -> list[Expert]:
    """Who belongs to the nearest ring of `case`, has room, and has not said no to it."""
    here = Expert.objects.filter(active=True, status=Expert.Status.AVAILABLE, lease_until__gt=at)
    here = here.exclude(last_released_at__gt=at)
    refused = set(
        case.offers.filter(ended_at__gt=at - DECLINED_FOR).values_list("expert", flat=True)
    )
    loads = Counter(
        Escalation.objects.filter(state__in=OWNED_STATES).values_list("owner", flat=True)
    )
    rung = Counter(Offer.objects.filter(state=Offer.State.PENDING).values_list("expert", flat=True))
    special = specialty(case.code)
    return [
        expert
        for expert in here
        if expert.pk not in refused
        and not loads[expert.pk]
        and not rung[expert.pk]
        and case.domain in expert.domains
        and (not special or special in expert.domains)
        and suffices(expert.fluency(case.language))
        and expert.capacity > 1
    ]
