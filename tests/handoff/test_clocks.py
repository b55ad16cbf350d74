"""The clocks of a case: which run in which state, when they strike, and what is done then."""

from datetime import timedelta
from itertools import pairwise

import pytest

from coach.talk.actions import end_session, record_turn
from handoff import actions, sweeper
from handoff.actions.flagging import act_on_flags
from handoff.hooks import screen
from handoff.models import Escalation, Outbox, ServiceClock
from handoff.service import LIMITS, SHARES
from handoff.timeouts import (
    FIRST_WORD,
    FOLLOWED_UP,
    NEXT_CONTACT,
    NEXT_WORD,
    REMIND,
    REPEAT_AT_LEAST,
    TARGET,
)

State, Kind = Escalation.State, ServiceClock.Kind
pytestmark = pytest.mark.django_db


def running(case):
    return set(case.clocks.filter(stopped_at=None).values_list("kind", flat=True))


def now(case):
    return Escalation.objects.get(pk=case.pk)


def late_mails():
    return Outbox.objects.filter(kind=Outbox.Kind.OVERDUE).count()


def kinds(case):
    return list(case.events.values_list("kind", flat=True))


@pytest.fixture
def wait(time, asha):
    """Let time pass while Asha's page is open, and walk."""

    def until(amount):
        time.advance(seconds=amount.total_seconds())
        actions.touch_presence(asha)
        sweeper.sweep_once()

    return until


def test_each_state_has_its_clocks(session, asha, time):
    case = actions.raise_escalation(session, "MED-S", 2, "x")
    assert running(case) == {Kind.ACCEPT, Kind.RESOLUTION}
    case = actions.claim(case, asha)
    assert running(case) == {Kind.FIRST_WORD, Kind.RESOLUTION}
    case = actions.take_floor(case, asha, "text")
    assert running(case) == {Kind.FIRST_WORD, Kind.RESOLUTION}
    actions.say(case, asha, "hello", "c1")
    assert running(case) == {Kind.RESOLUTION}
    session.refresh_from_db()
    record_turn(session, "member", "thanks, and now?", item_id="i1")
    assert running(case) == {Kind.NEXT_WORD, Kind.RESOLUTION}
    actions.say(case, asha, "now rest", "c2")
    assert running(case) == {Kind.RESOLUTION}
    actions.hand_back(case, asha, "ok", "advised")
    assert running(case) == set()


@pytest.mark.parametrize("tier", [0, 2, 3])
def test_who_waits_is_due_as_promised_and_after_a_loss_anew(session, asha, tier, time):
    case = actions.raise_escalation(session, "MED-S", tier, "x")
    due = case.clocks.get(kind=Kind.ACCEPT).due_at
    assert due - case.created_at == TARGET[tier]
    assert abs(due - case.due_at) < timedelta(seconds=1)
    actions.claim(case, asha)
    time.advance(hours=9)
    actions.touch_presence(asha)
    actions.release(case, asha)
    again = case.clocks.get(kind=Kind.ACCEPT, stopped_at=None)
    assert again.due_at - again.started_at == TARGET[tier]


def test_a_graver_call_is_due_sooner(session, time):
    case = actions.raise_escalation(session, "ASK", 3, "x")
    case = actions.raise_escalation(session, "MED-U", 1, "y")
    clock = case.clocks.get(kind=Kind.ACCEPT)
    assert clock.due_at - clock.started_at == TARGET[1]


def test_nobody_accepts_it_warns_it_is_late_and_it_rings_again(session, time):
    case = actions.raise_escalation(session, "MED-S", 2, "x")
    told = []
    for share in SHARES.values():
        time.advance(seconds=(case.created_at + TARGET[2] * share - time.now()).total_seconds() + 1)
        sweeper.sweep_once()
        sweeper.sweep_once()  # the same again tells nothing twice
        told.append(kinds(case)[-1])
    assert [*told[:2], told[3]] == ["accept_half", "accept_most", "rung_again"]
    assert kinds(case).count("accept_breached") == kinds(case).count("overdue") == 1
    assert late_mails() == 1  # the two are minutes apart
    case.refresh_from_db()
    assert case.ring == 3  # everybody who speaks the language
    time.advance(seconds=TARGET[2].total_seconds() + 1)
    sweeper.sweep_once()
    assert kinds(case).count("rung_again") == 2  # and so on, as long as nobody has it
    assert late_mails() == 2


@pytest.mark.parametrize("member_leaves", [False, True])
def test_an_emergency_that_nobody_takes_writes_few_mails(session, time, member_leaves):
    actions.raise_escalation(session, "SI-3", 0, "x")
    if member_leaves:
        end_session(session)
    for _walk in range(60):
        time.advance(minutes=2)
        sweeper.sweep_once()
    assert 3 <= late_mails() <= 10
    told = Outbox.objects.filter(kind=Outbox.Kind.OVERDUE).order_by("created_at")
    times = list(told.values_list("created_at", flat=True))
    assert all(later - one >= REPEAT_AT_LEAST for one, later in pairwise(times))


def test_an_expert_who_lets_a_member_wait_is_warned_and_then_relieved(with_expert, asha, wait):
    case = with_expert(tier=2)
    actions.say(case, asha, "hello", "c1")
    case.session.refresh_from_db()
    record_turn(case.session, "member", "are you there?", item_id="i1")
    for share in SHARES.values():
        wait(NEXT_WORD[2] * 0.5 if share == 0.5 else NEXT_WORD[2] * 0.3)
    assert "next_word_breached" in kinds(case)
    case.refresh_from_db()
    assert case.owner == asha
    wait(NEXT_WORD[2] + timedelta(minutes=1))
    case.refresh_from_db()
    assert (case.state, case.owner) == (State.QUEUED, None)


@pytest.mark.parametrize("tier", [0, 1])
def test_a_silent_expert_near_danger_is_relieved_at_once(with_expert, asha, wait, tier):
    case = with_expert(tier=tier, code="MED-U")
    actions.say(case, asha, "hello", "c1")
    case.session.refresh_from_db()
    record_turn(case.session, "member", "are you there?", item_id="i1")
    wait(NEXT_WORD[tier] + timedelta(seconds=1))
    assert now(case).owner == asha
    wait(NEXT_WORD[tier] * 0.2)
    assert (now(case).state, now(case).owner) == (State.QUEUED, None)


@pytest.mark.parametrize("tier", [0, 1, 2])
def test_who_joins_and_writes_nothing_is_relieved_twice_over(with_expert, asha, wait, tier):
    case = with_expert(tier=tier, code="MED-U")
    wait(FIRST_WORD[tier] * 1.2 + timedelta(seconds=1))
    assert now(case).owner == asha
    wait(FIRST_WORD[tier] + timedelta(seconds=1))
    assert (now(case).state, now(case).owner) == (State.QUEUED, None)


def test_nobody_is_hurried_who_speaks(session, asha, wait):
    """With dictation away none of their words becomes a turn, and the line has a lease."""
    case = actions.claim(actions.raise_escalation(session, "SI-3", 0, "x"), asha)
    actions.take_floor(case, asha, "voice")
    session.refresh_from_db()
    record_turn(session, "member", "I am on the bridge", item_id="i1")
    assert running(case) == {Kind.RESOLUTION}


@pytest.mark.parametrize("mode", ["monitor", "guide", "voice"])
def test_no_written_word_is_owed_by_who_writes_no_longer(with_expert, asha, mode):
    case = with_expert(tier=2)
    actions.say(case, asha, "hello", "c1")
    case.session.refresh_from_db()
    record_turn(case.session, "member", "thanks", item_id="i1")
    assert Kind.NEXT_WORD in running(case)
    actions.take_floor(case, asha, mode)
    assert running(case) == {Kind.RESOLUTION}


def test_what_waits_for_the_member_is_late_once_and_gets_no_graver(session, asha, wait):
    case = actions.raise_escalation(session, "ASK", 3, "x")
    end_session(session)
    actions.claim(case, asha)
    actions.write(case, asha, "How are you?", "m1")
    wait(NEXT_CONTACT[3] + timedelta(seconds=1))
    case = now(case)
    assert (case.tier, case.owner, case.overdue) == (3, asha, True)
    assert late_mails() == 1


def test_every_promise_is_made_to_every_tier():
    assert set(LIMITS) == set(Kind)
    for table in LIMITS.values():
        assert len(table) == 5
        assert list(table) == sorted(table)


def test_a_case_that_is_older_than_the_clocks_gets_them(session, make_session, time):
    case = actions.raise_escalation(session, "MED-S", 2, "x")
    ended = actions.raise_escalation(make_session(), "ASK", 3, "x")
    actions.cancel(ended)
    due = case.clocks.get(kind=Kind.RESOLUTION).due_at
    ServiceClock.objects.all().delete()
    for _walk in range(2):
        sweeper.tidy_once()
    assert running(case) == {Kind.ACCEPT, Kind.RESOLUTION}
    assert case.clocks.get(kind=Kind.RESOLUTION).due_at == due
    assert running(ended) == set()


# --- no case stays in the middle for ever ---------------------------------------------------------


def test_a_follow_up_that_its_owner_lets_lie_rings_again(with_expert, asha, session, wait):
    case = with_expert(tier=2)
    end_session(session)
    wait(TARGET[2] + timedelta(seconds=1))
    case.refresh_from_db()
    assert (case.owner, case.overdue, case.warned) == (asha, True, True)  # told once
    wait(REMIND + timedelta(seconds=1))
    case.refresh_from_db()
    assert (case.state, case.owner) == (State.FOLLOW_UP, None)


def test_danger_that_somebody_who_has_left_should_follow_up_rings_when_it_is_due(
    with_expert, session, make_expert, time
):
    case = with_expert(tier=1, code="MED-U")
    end_session(session)
    time.advance(seconds=TARGET[1].total_seconds() + 1)
    bea = make_expert("Bea")
    sweeper.sweep_once()
    sweeper.sweep_once()
    case.refresh_from_db()
    assert case.offers.get(state="pending").expert == bea


def test_who_accepts_a_follow_up_and_does_nothing_is_relieved(session, asha, wait):
    case = actions.raise_escalation(session, "MED-S", 2, "x")
    end_session(session)
    actions.claim(case, asha)
    wait(FOLLOWED_UP[2] + timedelta(seconds=1))
    wait(FIRST_WORD[2] + timedelta(seconds=1))
    assert kinds(case)[-1] in ("released", "offered")


def test_supervisors_hear_of_an_emergency_that_is_not_written_up(with_expert, asha, wait):
    case = actions.hand_back(with_expert(0, "SI-3"), asha, "safe now")
    Outbox.objects.all().delete()
    wait(REMIND + timedelta(seconds=1))
    case.refresh_from_db()
    assert case.state == State.WRAP_UP
    assert Outbox.objects.exists()


def test_what_is_said_of_an_emergency_is_what_was_flagged(session):
    case = actions.ask_for_person(session)
    act_on_flags(session, screen("I want to kill myself", "member", "en"), "i1", "member")
    case.refresh_from_db()
    assert case.tier == 0
    assert case.code in case.reason
    assert "asked for a person" not in case.reason
    assert case.quote == "I want to kill myself"
