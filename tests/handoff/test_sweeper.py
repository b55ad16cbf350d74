"""The timers: what is due is done, once, whoever walks and whatever was lost."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from coach import clock
from coach.talk.actions import end_session, record_turn
from coach.talk.models import Floor
from handoff import actions, sweeper, tasks
from handoff.actions import dispatching
from handoff.health import beat, health
from handoff.management.commands.sweeper import Command
from handoff.models import (
    OPEN_STATES,
    OWNED_STATES,
    Escalation,
    FlagRecord,
    Heartbeat,
    Offer,
    Outbox,
    ServiceClock,
)

State = Escalation.State
pytestmark = pytest.mark.django_db


def orphans(at):
    """I3: rows that neither a timer nor a living owner will ever move."""
    return [
        row
        for row in Escalation.objects.filter(state__in=OPEN_STATES).select_related("owner")
        if row.next_action_at is None
        and not (row.owner and (row.owner.live(at) or row.state not in OWNED_STATES))
    ]


def test_a_lost_nudge_costs_one_walk(session, asha, nudges, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.raise_escalation(session, "ASK", 3, "x")
    assert nudges[-1][0] == "handoff.tasks.dispatch_now"  # sent, and nobody received it
    assert not Offer.objects.exists()
    sweeper.sweep_once()
    assert Offer.objects.get().expert == asha


def test_tasks_may_come_twice(session, asha):
    actions.raise_escalation(session, "ASK", 3, "x")
    for _ in range(3):
        tasks.dispatch_now()
        tasks.sweep_now()
    assert Offer.objects.count() == 1


@pytest.mark.parametrize("task", [tasks.dispatch_now, tasks.sweep_now])
def test_a_worker_rings_before_it_writes_its_heartbeat(session, asha, task):
    """A heartbeat waits for whoever writes, and must not keep a call waiting with it."""
    actions.raise_escalation(session, "ASK", 3, "x")
    with CaptureQueriesContext(connection) as caught:
        task()
    written = [q["sql"] for q in caught if q["sql"].startswith(("INSERT", "UPDATE"))]
    rung = next(at for at, sql in enumerate(written) if Offer._meta.db_table in sql)
    beats = [at for at, sql in enumerate(written) if Heartbeat._meta.db_table in sql]
    assert beats
    assert rung < min(beats)


def test_two_sweepers_do_what_one_does(make_session, make_expert, time):
    for number in range(3):
        make_expert(f"E{number}", capacity=2)
    for _ in range(4):
        actions.raise_escalation(make_session(), "ASK", 3, "x")
    sweeper.sweep_once()
    sweeper.sweep_once()
    ringing = Offer.objects.filter(state="pending")
    assert ringing.count() == ringing.values("escalation").distinct().count()
    time.advance(seconds=65)
    for expert in {offer.expert for offer in ringing}:
        actions.touch_presence(expert)
    sweeper.sweep_once()
    seen = list(Escalation.objects.values_list("pk", "last_event"))
    sweeper.sweep_once()
    assert list(Escalation.objects.values_list("pk", "last_event")) == seen


def test_an_unanswered_offer_goes_to_somebody_else(session, asha, make_expert, time):
    bea = make_expert("Bea")
    actions.raise_escalation(session, "ASK", 3, "x")
    sweeper.sweep_once()
    first = Offer.objects.get().expert
    time.advance(seconds=61)
    for expert in (asha, bea):
        actions.touch_presence(expert)
    sweeper.sweep_once()
    assert Offer.objects.filter(state="timed_out").get().expert == first
    assert Offer.objects.filter(state="pending").get().expert != first


def test_an_emergency_reaches_further_each_step(session, make_expert, time):
    busy = make_expert("Busy", capacity=1)
    boss = make_expert("Boss", supervisor=True, capacity=1, domains=["language"])
    other = actions.raise_escalation(session, "SI-3", 0, "x")
    Escalation.objects.filter(pk=other.pk).update(ring=1)
    sweeper.sweep_once()
    assert [o.expert for o in Offer.objects.all()] == [busy]
    for _ in range(6):
        time.advance(seconds=10)
        for expert in (busy, boss):
            actions.touch_presence(expert)
        sweeper.sweep_once()
    assert boss in [o.expert for o in Offer.objects.all()]


def test_a_lost_lease_is_noticed(session, with_expert, asha, time):
    escalation = with_expert()
    time.advance(seconds=31)
    sweeper.sweep_once()
    escalation.refresh_from_db()
    session.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.QUEUED, None)
    assert session.floor == Floor.COACH_WAITING
    assert orphans(time.now()) == []


def test_a_living_lease_is_left_alone(with_expert, asha, time):
    escalation = with_expert()
    for _ in range(5):
        time.advance(seconds=20)
        actions.touch_presence(asha)
        sweeper.sweep_once()
    escalation.refresh_from_db()
    assert escalation.state == State.ACTIVE


def test_overdue_is_told_and_keeps_its_place(session, time, mailoutbox, make_expert):
    make_expert("Boss", here=False, supervisor=True)
    escalation = actions.raise_escalation(session, "ASK", 3, "a private matter")
    time.advance(hours=4, seconds=1)
    session.cards.update(created_at=time.now())
    sweeper.sweep_once()
    escalation.refresh_from_db()
    assert (escalation.tier, escalation.state) == (2, State.QUEUED)
    sweeper.sweep_once()
    tasks.send_mail(Outbox.objects.get().pk)
    assert Outbox.objects.get().sent_at
    (mail,) = mailoutbox
    assert "private" not in mail.subject + mail.body


@pytest.mark.parametrize("error", [ConnectionRefusedError, ValueError])
def test_a_mail_that_fails_is_sent_later(
    session, time, mailoutbox, make_expert, monkeypatch, error
):
    make_expert("Boss", here=False, supervisor=True)
    actions.raise_escalation(session, "ASK", 3, "x")
    time.advance(hours=4, seconds=1)

    def away(*_args, **_kwargs):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("handoff.outside.mails.EmailMessage.send", away)
        sweeper.sweep_once()
        tasks.send_mail(Outbox.objects.get().pk)
    assert Outbox.objects.get().sent_at is None
    time.advance(minutes=1)
    tasks.send_mail(Outbox.objects.get().pk)
    assert len(mailoutbox) == 1


def test_accepted_but_silent_goes_back_after_a_warning(session, make_expert, time):
    expert = make_expert()
    escalation = actions.raise_escalation(session, "MED-U", 1, "x")
    actions.claim(escalation, expert)
    for step, state in ((73, State.ASSIGNED), (61, State.QUEUED)):
        time.advance(seconds=step)
        actions.touch_presence(expert)
        sweeper.sweep_once()
        escalation.refresh_from_db()
        assert escalation.state == state
    kinds = list(escalation.events.values_list("kind", flat=True))
    assert kinds.count("first_word_again") == 2
    assert kinds[-1] == "released"


def test_wrap_up_ends_itself_but_not_for_an_emergency(with_expert, make_session, asha, time):
    plain = actions.hand_back(with_expert(), asha, "ok")
    grave = actions.raise_escalation(make_session(), "SI-3", 0, "x")
    actions.claim(grave, asha)
    grave = actions.hand_back(actions.take_floor(grave, asha, "text"), asha, "safe now")
    time.advance(minutes=3)
    actions.touch_presence(asha)
    sweeper.sweep_once()
    plain.refresh_from_db()
    grave.refresh_from_db()
    assert (plain.state, grave.state) == (State.RESOLVED, State.WRAP_UP)


def test_parked_becomes_a_follow_up(with_expert, asha, time):
    escalation = with_expert()
    actions.park(escalation, asha)
    time.advance(hours=25)
    sweeper.sweep_once()
    escalation.refresh_from_db()
    assert escalation.state == State.FOLLOW_UP


def test_follow_up_is_never_forgotten(session, time):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    end_session(session)
    for _ in range(3):
        time.advance(hours=5)
        sweeper.sweep_once()
        assert orphans(time.now()) == []
    escalation.refresh_from_db()
    assert escalation.state == State.FOLLOW_UP
    assert escalation.clocks.get(kind="accept").stage == ServiceClock.Stage.AGAIN


def test_an_abandoned_talk_ends_and_its_call_is_followed_up(make_session, time):
    left, calling, living = make_session(), make_session(), make_session()
    escalation = actions.raise_escalation(calling, "ASK", 3, "x")
    turn = record_turn(living, "member", "hello", item_id="i1")
    time.advance(hours=1, minutes=59)
    sweeper.tidy_once()
    left.refresh_from_db()
    assert left.ended_at is None
    type(turn).objects.update(created_at=time.now())
    time.advance(minutes=2)
    sweeper.tidy_once()
    for session, ended in ((left, True), (calling, True), (living, False)):
        session.refresh_from_db()
        assert (session.ended_at is not None) == ended
    escalation.refresh_from_db()
    assert escalation.state == State.FOLLOW_UP


def test_a_talk_that_cannot_be_ended_stops_nobody(make_session, time, monkeypatch):
    broken, other = make_session(), make_session()
    time.advance(hours=3)

    def end(session):
        if session.pk == broken.pk:
            raise OperationalError("database is locked")
        return end_session(session)

    monkeypatch.setattr("handoff.sweeper.end_session", end)
    sweeper.tidy_once()
    other.refresh_from_db()
    assert other.ended_at


def test_rows_that_fail_do_not_starve_the_others(make_session, asha, time, monkeypatch):
    monkeypatch.setattr(sweeper, "BATCH", 2)
    bad = [actions.raise_escalation(make_session(), "MED-U", 1, "x").pk for _ in range(2)]
    good = actions.raise_escalation(make_session(), "ASK", 3, "x")
    offer = dispatching._offer_to

    def broken(row, *planned):
        if row.pk in bad:
            raise OperationalError("database is locked")
        return offer(row, *planned)

    with monkeypatch.context() as patch:
        patch.setattr(dispatching, "_offer_to", broken)
        sweeper.sweep_once()
        sweeper.sweep_once()
    assert Offer.objects.get().escalation == good
    for row in Escalation.objects.filter(pk__in=bad):
        assert row.attempts == 1
        assert row.retry_at > time.now()
    time.advance(seconds=2)
    actions.touch_presence(asha)
    sweeper.sweep_once()
    row = Escalation.objects.filter(pk__in=bad).first()
    assert (row.attempts, row.retry_at) == (0, None)


def test_the_wait_after_a_failure_grows_to_a_limit(session, time):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    waits = []
    for _ in range(9):
        sweeper._count_failure(escalation)
        escalation.refresh_from_db()
        waits.append(round((escalation.retry_at - time.now()) / timedelta(seconds=1)))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 64, 64]


def test_a_row_that_fails_is_kept_and_shown(session, asha, monkeypatch, time):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")

    def locked(*_args, **_kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(dispatching, "_offer_to", locked)
        for _ in range(5):
            sweeper.sweep_once()
            time.advance(seconds=17)
            actions.touch_presence(asha)
    escalation.refresh_from_db()
    assert (escalation.attempts, escalation.needs_attention) == (5, True)
    sweeper.sweep_once()
    assert Offer.objects.count() == 1  # and served as soon as it can be


def test_the_command_survives_a_database_that_is_away(monkeypatch, asha):
    def away(_stopping):
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr("handoff.management.commands.sweeper.sweep_once", away)
        patch.setattr("handoff.management.commands.sweeper.connection", Mock())
        patch.setattr("handoff.management.commands.sweeper.close_old_connections", Mock())
        call_command("sweeper", "--once")
    assert not Heartbeat.objects.filter(name="sweeper").exists()


def test_a_walk_hears_between_two_timers_that_it_is_to_stop(session, asha):
    """However much is due, a process that is to end leaves the rest to the next one."""
    case = actions.raise_escalation(session, "ASK", 3, "x")
    looks = []

    def stopping():
        looks.append(case.offers.count())
        return len(looks) > 2

    sweeper.sweep_once(stopping)
    assert looks == [0, 0, 0]
    assert not case.offers.exists()
    sweeper.sweep_once()
    assert case.offers.exists()


def test_the_command_that_is_stopped_during_a_walk_tidies_no_more(monkeypatch):
    module, tidied, heard = "handoff.management.commands.sweeper", [], []
    for name in ("beat", "close_old_connections"):
        monkeypatch.setattr(f"{module}.{name}", Mock())
    monkeypatch.setattr(f"{module}.sweep_once", lambda stopping: heard.append(stopping()))
    monkeypatch.setattr(f"{module}.tidy_once", lambda: tidied.append(1))
    assert Command().walk(lambda: True)
    assert (heard, tidied) == ([True], [])


def test_the_command_tidies_at_its_start_and_then_once_a_minute(monkeypatch):
    tidied, at = [], [1000.0]
    module = "handoff.management.commands.sweeper"
    for name in ("sweep_once", "beat", "close_old_connections"):
        monkeypatch.setattr(f"{module}.{name}", Mock())
    monkeypatch.setattr(f"{module}.tidy_once", lambda: tidied.append(at[0]))
    monkeypatch.setattr(f"{module}.time.monotonic", lambda: at[0])
    command = Command()
    for _ in range(130):
        command.walk(lambda: False)
        at[0] += 1
    assert tidied == [1000.0, 1060.0, 1120.0]


def test_a_walk_with_nothing_due_is_few_statements_and_asks_the_clock_once(
    make_session, make_expert, django_assert_num_queries, monkeypatch
):
    """However many talks are open and however many cases experts have."""
    experts = [make_expert(f"E{number}", capacity=12) for number in range(3)]
    for number in range(12):
        session = make_session()
        record_turn(session, "member", "hello", item_id="i1")
        case = actions.raise_escalation(session, "ASK", 3, "x")
        actions.claim(case, experts[number % 3])
    sweeper.sweep_once()
    asked, now = [], clock.now
    monkeypatch.setattr(clock, "now", lambda: asked.append(1) or now())
    with django_assert_num_queries(13):
        assert sweeper.sweep_once() == 0
    assert len(asked) == 1


def test_cases_of_experts_who_are_there_are_not_even_read(
    make_session, make_expert, time, monkeypatch
):
    here, gone = make_expert("Here", capacity=12), make_expert("Gone", capacity=12)
    for number in range(8):
        case = actions.raise_escalation(make_session(), "ASK", 3, "x")
        actions.claim(case, gone if number == 7 else here)
    time.advance(seconds=31)
    actions.touch_presence(here)
    looked_at, lose = [], actions.lose
    monkeypatch.setattr("handoff.actions.lose", lambda row: looked_at.append(row) or lose(row))
    from_db = Escalation.from_db.__func__
    read = []
    monkeypatch.setattr(
        Escalation,
        "from_db",
        classmethod(lambda cls, *row: read.append(row) or from_db(cls, *row)),
    )
    assert sweeper._lose_absent(time.now()) == 1
    assert len(looked_at) == 1
    assert len(read) < 8


def test_a_talk_is_left_by_its_last_line_however_many_it_has(
    make_session, time, django_assert_num_queries
):
    left, living = make_session(), make_session()
    for number in range(5):
        record_turn(left, "member", "hello", item_id=f"i{number}")
        record_turn(living, "member", "hello", item_id=f"i{number}")
    time.advance(hours=2, seconds=1)
    last = living.turns.last()
    type(last).objects.filter(pk=last.pk).update(created_at=time.now())
    with django_assert_num_queries(1):
        assert [session.pk for session in sweeper._abandoned(time.now())] == [left.pk]
    sweeper.tidy_once()
    living.refresh_from_db()
    assert living.ended_at is None


def test_health_tells_who_is_silent(time):
    assert not health()["sweeper"]["ok"]
    beat("sweeper")
    tasks.beat_now()
    assert not health()["mail"]["ok"]
    tasks.mail_now()
    tasks.outward_now()
    assert all(pulse["ok"] for pulse in health().values())
    time.advance(seconds=11)
    assert not health()["sweeper"]["ok"]
    assert health()["worker"]["ok"]


def test_a_heartbeat_is_written_once_a_second_however_often_it_beats(time):
    with CaptureQueriesContext(connection) as caught:
        for _ in range(5):
            beat("mail")
    assert sum(q["sql"].startswith("INSERT") for q in caught) == 1
    assert not any(q["sql"].startswith("UPDATE") for q in caught[-3:])
    time.advance(seconds=2)
    beat("mail")
    assert health()["mail"]["age"] < 1


def test_a_turn_calls_a_person_once_however_often_it_is_seen(session):
    from handoff.hooks import act, screen

    flags = screen("I want to kill", "member", "en") + screen(
        "I want to kill myself", "member", "en"
    )
    act(session.pk, flags, "i1", "member")
    act(session.pk, flags, "i1", "member")
    session.refresh_from_db()
    record_turn(session, "member", "I want to kill myself", item_id="i1")
    record_turn(session, "member", "I want to kill myself", item_id="i1")
    escalation = Escalation.objects.get()
    assert (escalation.tier, escalation.item_id) == (0, "i1")
    assert FlagRecord.objects.get().escalation == escalation
    assert session.cards.filter(kind="crisis").count() == 1
    assert session.directives.count() == 1


def test_without_a_screening_socket_the_turn_itself_calls(session):
    record_turn(session, "member", "my throat is closing", item_id="i1")
    session.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD


def test_lesson_words_are_kept_and_call_nobody(session):
    record_turn(session, "member", "how do you say I want to die in Spanish?", item_id="i1")
    assert FlagRecord.objects.get().code == "LNG-R"
    assert not Escalation.objects.exists()


def test_unsafe_words_of_the_coach_are_a_matter_for_review(session):
    record_turn(session, "coach", "Try to eat only 500 calories a day.", item_id="i1")
    escalation = Escalation.objects.get()
    assert (escalation.code, escalation.tier) == ("QLT", 2)
    session.refresh_from_db()
    assert session.floor == Floor.COACH_WAITING


def test_asking_in_words_calls_a_person(session, asha):
    record_turn(session, "member", "can I talk to a real dietitian please", item_id="i1")
    assert Escalation.objects.get().code == "ASK"


def test_reminders_are_delivered_after_every_timer_of_people_in_danger(monkeypatch):
    walked = []
    names = ("_expire_offers", "_lose_absent", "_dispatch", "_walk_due", "_strike_clocks")
    for name in (*names, "deliver_due"):
        monkeypatch.setattr(sweeper, name, lambda at, name=name: walked.append(name) or 0)
    monkeypatch.setattr(sweeper.outbox, "ring", lambda at: walked.append("ring") or 0)
    sweeper.sweep_once()
    assert walked == [*names, "ring", "deliver_due"]


def test_a_review_that_can_not_be_drawn_does_not_stop_the_timers(monkeypatch):
    monkeypatch.setattr(sweeper, "draw_round", Mock(side_effect=ValueError))
    sweeper.tidy_once()
