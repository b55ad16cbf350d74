"""Calls that nobody flagged: a coach that fails, silence, a supervisor, whoever is on call."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.utils.translation import get_language

from coach.errors import Refused
from coach.talk.actions import announce_failure, end_session, record_turn
from coach.talk.live.failures import Failures
from handoff import actions, sweeper
from handoff.models import Escalation, OnCall, Outbox
from handoff.outside import mails
from handoff.timeouts import SILENT_FOR

State = Escalation.State
pytestmark = pytest.mark.django_db


# --- the coach cannot answer ----------------------------------------------------------------------


def test_a_coach_that_cannot_answer_asks_a_person_once_and_says_so(session):
    for _ in range(2):
        announce_failure(session)
    case = Escalation.objects.get()
    assert (case.code, case.tier) == ("ENG", 2)
    assert "asking a person" in session.directives.get().spoken


def test_words_of_a_failure_are_in_the_members_language(make_session, monkeypatch):
    session = make_session(language="es")
    monkeypatch.setattr("handoff.hooks._words_of_failure", get_language)
    announce_failure(session)
    assert session.directives.get().spoken == "es"


def test_a_failure_adds_nothing_where_a_person_is_called_or_the_talk_has_ended(session):
    actions.ask_for_person(session)
    announce_failure(session)
    assert Escalation.objects.get().code == "ASK"


@pytest.mark.parametrize(
    ("codes", "announced"),
    [
        (["not_heard", "busy", "failed"], 0),
        (["failed", "not_heard", "failed", "failed"], 1),
        (["engine_unavailable"], 1),
        (["no_answer", "failed", "engine_unavailable"], 1),
    ],
)
def test_one_failure_is_none_and_many_are_announced_once(session, codes, announced):
    begun = []
    failures = Failures(session, Mock(start=begun.append))
    for code in codes:
        failures.take(code)
    for work in begun:
        work.close()
    assert len(begun) == announced


# --- silence --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tier", "heard"), [(0, True), (1, False)])
def test_silence_in_danger_raises_urgency_once(session, time, tier, heard):
    case = actions.raise_escalation(session, "SI-3", tier, "x")
    time.advance(seconds=SILENT_FOR.total_seconds() - 5)
    sweeper.sweep_once()
    assert not case.events.filter(kind="silent").exists()
    time.advance(seconds=10)
    sweeper.sweep_once()
    sweeper.sweep_once()
    assert case.events.filter(kind="silent").count() == heard
    case.refresh_from_db()
    assert case.at_head is heard


def test_who_speaks_is_not_silent(session, time):
    case = actions.raise_escalation(session, "SI-3", 0, "x")
    time.advance(seconds=SILENT_FOR.total_seconds() - 5)
    turn = record_turn(session, "member", "are you there", item_id="i1")
    type(turn).objects.filter(pk=turn.pk).update(created_at=time.now())
    time.advance(seconds=20)
    sweeper.sweep_once()
    assert not case.events.filter(kind="silent").exists()


# --- a supervisor ---------------------------------------------------------------------------------


@pytest.fixture
def boss(make_expert):
    return make_expert("Boss", supervisor=True)


def test_a_supervisor_takes_a_talk_that_nobody_has_called_for(session, boss):
    case = actions.pull(session, boss, "the coach sounds odd")
    assert (case.state, case.owner, case.code) == (State.ASSIGNED, boss, "SUV")
    assert actions.pull(session, boss) == case
    assert Escalation.objects.count() == 1


def test_others_and_the_past_are_not_pulled(session, asha, boss):
    with pytest.raises(Refused):
        actions.pull(session, asha)
    end_session(session)
    with pytest.raises(Refused):
        actions.pull(session, boss)


def test_what_a_colleague_has_stays_theirs(with_expert, boss):
    case = with_expert()
    with pytest.raises(actions.AlreadyTaken):
        actions.pull(case.session, boss)


# --- whoever is on call ---------------------------------------------------------------------------


@pytest.fixture
def away(make_expert, time):
    """An expert who is not at the desk, and on call."""
    expert = make_expert("Away", here=False)
    span = {
        "starts_at": time.now() - timedelta(hours=1),
        "ends_at": time.now() + timedelta(hours=1),
    }
    OnCall.objects.create(expert=expert, **span)
    return expert


@pytest.mark.parametrize(("tier", "mails"), [(0, 1), (1, 1), (2, 0)])
def test_danger_is_mailed_to_whoever_is_on_call_and_not_there(session, asha, away, tier, mails):
    actions.raise_escalation(session, "SI-3", tier, "a private matter")
    called = Outbox.objects.filter(kind=Outbox.Kind.CALL)
    assert [row.recipient for row in called] == [away.user] * mails


def test_with_nobody_at_the_desk_supervisors_are_called_too(session, make_expert, time):
    boss = make_expert("Boss", here=False, supervisor=True)
    case = actions.raise_escalation(session, "SI-3", 0, "a private matter")
    (row,) = Outbox.objects.filter(kind=Outbox.Kind.CALL)
    assert mails.recipients(row) == [boss.user.email]
    assert "private" not in "".join(mails.words(row))
    assert not mails.is_moot(row, time.now())
    Outbox.objects.update(attempts=1)  # its first try failed
    actions.claim(case, boss)
    assert mails.is_moot(Outbox.objects.get(pk=row.pk), time.now())


def test_turns_of_others_and_of_other_days_call_nobody(session, asha, away, time):
    OnCall.objects.update(ends_at=time.now() - timedelta(minutes=1))
    actions.raise_escalation(session, "SI-3", 0, "x")
    now = Outbox.objects.filter(kind=Outbox.Kind.CALL, next_try_at__lte=time.now())
    assert not now.exists()  # as everybody else, they are written to after a while
