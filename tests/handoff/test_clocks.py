"""The clocks of a case: which run in which state, when they strike, and what is done then."""

from datetime import UTC, timedelta
from itertools import pairwise

import pytest

from coach.talk.actions import end_session, record_turn
from coach.talk.models import Floor, Session
from handoff import actions, sweeper
from handoff.actions.flagging import act_on_flags
from handoff.assignment import Ring
from handoff.hooks import screen
from handoff.models import Escalation, OpeningHours, Outbox, ServiceClock
from handoff.service import LIMITS, SHARES
from handoff.timeouts import (
    FIRST_WORD,
    FOLLOWED_UP,
    NEXT_CONTACT,
    NEXT_WORD,
    REPEAT_AT_LEAST,
    RESOLVED,
    TARGET,
    WRAP_UP,
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
    assert told == ["accept_half", "accept_most", "accept_breached", "rung_again"]
    assert late_mails() == 1  # the two are minutes apart
    case.refresh_from_db()
    assert case.ring == Ring.RESERVES  # everybody who speaks the language, if only a little
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
    assert running(case) == {Kind.FIRST_WORD, Kind.RESOLUTION}  # until a word of theirs is heard
    actions.first_word(session, asha.user)
    record_turn(session, "member", "hello?", item_id="i2")
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
    assert (case.tier, case.owner) == (3, asha)
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
    wait(TARGET[2] * 1.2 + timedelta(seconds=1))
    case.refresh_from_db()
    assert (case.owner, late_mails()) == (asha, 1)  # told once
    wait(TARGET[2] + timedelta(seconds=1))
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
    for share in (1.2, 1):
        assert now(case).owner == asha
        wait(FOLLOWED_UP[2] * share + timedelta(seconds=1))
    assert kinds(case)[-1] in ("released", "offered")


def test_a_message_after_the_talk_keeps_only_promises_that_were_running(session, asha, time):
    case = actions.raise_escalation(session, "MED-S", 2, "x")
    end_session(session)
    actions.claim(case, asha)
    contacts = case.clocks.filter(kind=Kind.CONTACT)
    actions.write(now(case), asha, "How are you?", "m1")
    assert list(contacts.values_list("stopped_at", flat=True)) == [None]
    assert contacts.get().due_at - contacts.get().started_at == NEXT_CONTACT[2]
    time.advance(minutes=5)
    actions.write(now(case), asha, "Are you there?", "m2")
    assert (contacts.count(), contacts.filter(stopped_at=None).count()) == (2, 1)


def test_what_is_no_emergency_after_all_is_written_up_by_the_timer(with_expert, asha, wait):
    case = with_expert(tier=0, code="SI-3")
    actions.hand_back(case, asha, "She is safe.")
    actions.lower(now(case), asha, 2, "A quote of a song.")
    wait(WRAP_UP + timedelta(seconds=1))
    assert now(case).state == State.RESOLVED


def test_supervisors_hear_of_an_emergency_that_is_not_written_up(with_expert, asha, wait):
    case = actions.hand_back(with_expert(0, "SI-3"), asha, "safe now")
    Outbox.objects.all().delete()
    wait(RESOLVED[0] * 1.2 + timedelta(seconds=1))
    case.refresh_from_db()
    assert case.state == State.WRAP_UP
    assert late_mails() == 1


def test_what_is_said_of_an_emergency_is_what_was_flagged(session):
    case = actions.ask_for_person(session)
    act_on_flags(session, screen("I want to kill myself", "member", "en"), "i1", "member")
    case.refresh_from_db()
    assert case.tier == 0
    assert case.code in case.reason
    assert "asked for a person" not in case.reason
    assert case.quote == "I want to kill myself"


# --- one truth of what was promised ---------------------------------------------------------------


def test_late_p3_is_wanted_soon_and_once_more_is_not_made_graver(session, wait):
    case = actions.raise_escalation(session, "ASK", 3, "x")
    wait(TARGET[3] + timedelta(seconds=1))
    assert now(case).tier == 2
    wait(TARGET[3])
    assert now(case).tier == 2


def test_after_a_night_without_a_sweeper_it_is_still_made_graver(session, wait):
    case = actions.raise_escalation(session, "ASK", 3, "x")
    wait(TARGET[3] * 2)  # it is very late at the first look
    assert now(case).tier == 2


def test_a_new_owner_has_the_whole_time_for_their_first_word(
    session, asha, make_expert, time, wait
):
    bea = make_expert("Bea")
    case = actions.claim(actions.raise_escalation(session, "MED-S", 2, "x"), asha)
    actions.take_floor(case, asha, "text")
    wait(FIRST_WORD[2] * 0.9)
    actions.touch_presence(bea)
    actions.accept(actions.transfer(now(case), asha, bea), bea)
    clock = case.clocks.get(kind=Kind.FIRST_WORD, stopped_at=None)
    assert clock.due_at - clock.started_at == FIRST_WORD[2]
    assert clock.due_at - time.now() > FIRST_WORD[2] * 0.9


def an_hour_from_now(time):
    """Opening hours that begin now. They are of one day: before midnight the clock goes on."""
    if time.now().astimezone(UTC).hour == 23:
        time.advance(minutes=60)
    opens = time.now().astimezone(UTC)
    return opens, opens + timedelta(hours=1)


def test_a_parked_case_is_late_for_nobody(with_expert, asha, wait):
    case = with_expert(tier=2)
    actions.park(case, asha)
    for _hour in range(8):
        wait(timedelta(hours=1))
    assert (now(case).state, late_mails()) == (State.PARKED, 0)


@pytest.mark.parametrize("tier", [0, 1, 2])
def test_supervisors_are_not_woken_at_night_unless_there_is_danger(session, asha, time, tier):
    """The desk closes in an hour; who has the case writes once, and lets it lie."""
    opens, closes = an_hour_from_now(time)
    for weekday in range(7):
        OpeningHours.objects.create(weekday=weekday, opens=opens.time(), closes=closes.time())
    case = actions.raise_escalation(session, "MED-U", tier, "x")
    end_session(session)
    actions.write(actions.claim(case, asha), asha, "How are you?", "m1")
    case.clocks.filter(kind=Kind.CONTACT).update(due_at=time.now() + timedelta(hours=3))
    case.clocks.filter(kind=Kind.CONTACT).update(next_at=time.now() + timedelta(hours=3))
    for _walk in range(12):
        time.advance(minutes=30)
        actions.touch_presence(asha)
        sweeper.sweep_once()
    mails = Outbox.objects.filter(kind=Outbox.Kind.OVERDUE)
    if tier < 2:
        assert mails.filter(next_try_at__lte=time.now()).exists()
    else:
        assert mails.get().next_try_at >= opens + timedelta(days=1)  # one for the whole night


def test_a_mail_that_waits_for_the_morning_goes_at_once_when_the_case_becomes_graver(session, time):
    opens, closes = an_hour_from_now(time)
    for weekday in range(7):
        OpeningHours.objects.create(weekday=weekday, opens=opens.time(), closes=closes.time())
    case = actions.raise_escalation(session, "MED-S", 2, "x")
    time.advance(minutes=90)  # late before the desk has closed, and found after
    sweeper.sweep_once()
    mail = Outbox.objects.get(kind=Outbox.Kind.OVERDUE)
    assert mail.next_try_at > time.now() + timedelta(hours=20)
    actions.raise_escalation(session, "SI-3", 0, "y")
    time.advance(seconds=TARGET[0].total_seconds() + 1)
    sweeper.sweep_once()
    mail.refresh_from_db()
    assert mail.next_try_at <= time.now()
    assert (late_mails(), now(case).tier) == (1, 0)


# --- who stays with the member for the owner ------------------------------------------------------


@pytest.fixture
def stayed(with_expert, asha, make_expert, time):
    """Asha writes to a member whose case Bea has taken and not yet joined."""
    case = with_expert(tier=3)
    bea = make_expert("Bea")
    actions.say(case, asha, "hello", "c1")
    actions.accept(actions.transfer(case, asha, bea, warm=True), bea)
    case = now(case)
    assert actions.staying(asha).get() == case

    def passes(amount):
        time.advance(seconds=amount.total_seconds())
        for expert in (asha, bea):
            actions.touch_presence(expert)
        sweeper.sweep_once()

    return case, bea, passes


def test_who_stays_with_a_member_and_says_nothing_is_warned_and_relieved(stayed, asha, pushes):
    case, bea, passes = stayed
    record_turn(case.session, "member", "are you there?", item_id="i1")
    assert Kind.NEXT_WORD in running(case)
    for share in (1.0, 0.2, 1.0):
        passes(NEXT_WORD[3] * share + timedelta(seconds=1))
    assert not actions.staying(asha).exists()
    assert (now(case).owner, Session.objects.get().floor) == (bea, Floor.COACH_WAITING)
    assert running(case) == {Kind.FIRST_WORD, Kind.RESOLUTION}


def test_a_word_of_who_stays_is_an_answer(stayed, asha):
    case, _bea, _passes = stayed
    record_turn(case.session, "member", "are you there?", item_id="i1")
    actions.say(case, asha, "yes, Bea comes soon", "c2")
    assert running(case) == {Kind.FIRST_WORD, Kind.RESOLUTION}


@pytest.mark.parametrize(("mode", "owed"), [("text", True), ("guide", False), ("monitor", False)])
def test_once_the_owner_has_joined_the_answer_is_theirs(stayed, mode, owed):
    case, bea, _passes = stayed
    record_turn(case.session, "member", "are you there?", item_id="i1")
    actions.take_floor(case, bea, mode)
    assert (Kind.NEXT_WORD in running(case)) is owed
