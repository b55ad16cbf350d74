"""After an emergency: how the expert is, a break that ends by itself, and what supervisors see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coach.errors import Conflict, Refused
from handoff import actions, sweeper
from handoff.models import Debrief, Expert
from handoff.timeouts import BREAK, DEBRIEF_FOR
from handoff.wall.board import Board

pytestmark = pytest.mark.django_db
Status = Expert.Status


@pytest.fixture
def closed(with_expert, asha):
    """A case of this tier that Asha has handed back."""

    def make(tier=0):
        case = with_expert(tier, "SI-3" if tier == 0 else "ASK")
        actions.say(case, asha, "I am here with you.", "c1")
        return actions.hand_back(case, asha, "She is with her sister.", outcome="answered")

    return make


@pytest.fixture
def boss(make_expert):
    return make_expert("Boss", supervisor=True)


def page(client, expert, name="handoff:queue", *args):
    client.force_login(expert.user)
    return client.get(reverse(name, args=args)).content.decode()


@pytest.mark.parametrize(("tier", "asked"), [(0, True), (1, False), (3, False)])
def test_an_expert_is_asked_after_an_emergency_alone(client, closed, asha, tier, asked):
    case = closed(tier)
    assert (actions.owed_debrief(asha) == case) is asked
    assert ("How are you?" in page(client, asha)) is asked


def test_who_takes_nothing_new_is_not_made_available_by_a_break(closed, asha):
    case = closed()
    actions.drain(asha)
    actions.debrief(case, asha, "shaken", rest=True)
    asha.refresh_from_db()
    assert (asha.status, asha.away_until) == (Status.DRAINING, None)


def test_nobody_is_asked_while_it_goes_on_nor_for_ever(with_expert, asha, closed, time):
    case = with_expert(0, "SI-3")
    assert actions.owed_debrief(asha) is None
    with pytest.raises(Refused):
        actions.debrief(case, asha, "fine")
    actions.say(case, asha, "I am here.", "c1")
    actions.hand_back(case, asha, "note", outcome="answered")
    assert actions.owed_debrief(asha) == case
    time.advance(seconds=DEBRIEF_FOR.total_seconds() + 1)
    assert actions.owed_debrief(asha) is None


def test_a_supervisor_reads_the_answer_and_takes_it_from_the_wall(client, closed, asha, boss, time):
    case = closed()
    assert "Take ten minutes off" in page(client, asha, "handoff:ask_debrief", case.pk)
    said = {"how": "talk", "note": "I would like a call.", "rest": "1"}
    client.post(reverse("handoff:debrief", args=[case.pk]), said)
    assert "How are you?" not in page(client, asha)
    asha.refresh_from_db()
    assert asha.status == Status.AWAY
    assert abs(asha.away_until - time.now() - BREAK) < timedelta(seconds=5)
    board = page(client, boss, "handoff:wall_board")
    assert "I would like a call." in board
    assert "I want to talk to somebody" in board
    row = Debrief.objects.get()
    assert client.post(reverse("handoff:see_debrief", args=[row.pk])).status_code == 200
    row.refresh_from_db()
    assert row.seen_by == boss
    assert row.seen_at is not None
    assert Board.read(time.now()).debriefs == []


def test_who_wants_none_is_not_asked_again_and_stands_on_no_wall(client, closed, asha, boss, time):
    case = closed()
    client.force_login(asha.user)
    client.post(reverse("handoff:debrief", args=[case.pk]), {"skip": "1", "rest": "1"})
    asha.refresh_from_db()
    assert asha.status == Status.AVAILABLE
    assert actions.owed_debrief(asha) is None
    assert Board.read(time.now()).debriefs == []


def test_it_is_answered_once_and_by_whoever_had_it(client, closed, asha, boss):
    case = closed()
    with pytest.raises(Refused):
        actions.debrief(case, boss, "fine")
    with pytest.raises(Refused):
        actions.debrief(case, asha, "whatever")
    row = actions.debrief(case, asha, "fine")
    with pytest.raises(Conflict):
        actions.debrief(case, asha, "shaken")
    with pytest.raises(Refused):
        actions.see_debrief(row, asha)
    client.force_login(boss.user)
    assert client.get(reverse("handoff:ask_debrief", args=[case.pk])).status_code == 404


def test_the_answer_is_told_to_supervisors_and_to_who_gave_it(
    closed, asha, boss, pushes, django_capture_on_commit_callbacks
):
    case = closed()
    with django_capture_on_commit_callbacks(execute=True):
        row = actions.debrief(case, asha, "shaken")
    assert [group for group, _event in pushes] == ["wall", asha.group]
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.see_debrief(row, boss)
    assert [group for group, _event in pushes] == ["wall"]


# --- the break ------------------------------------------------------------------------------------


def test_a_break_ends_by_itself_and_whoever_waits_is_offered_then(client, session, asha, time):
    client.force_login(asha.user)
    client.post(reverse("handoff:presence"), {"status": "break"})
    case = actions.raise_escalation(session, "ASK", 3, "x")
    time.advance(seconds=BREAK.total_seconds() - 1)
    sweeper.sweep_once()
    assert not case.offers.exists()
    assert "No offers ring until" in page(client, asha)
    actions.touch_presence(asha)
    time.advance(seconds=2)
    sweeper.sweep_once()
    sweeper.sweep_once()
    asha.refresh_from_db()
    assert (asha.status, asha.away_until) == (Status.AVAILABLE, None)
    assert case.offers.filter(expert=asha).exists()


@pytest.mark.parametrize(
    ("verb", "status"),
    [(actions.go_away, Status.AWAY), (actions.go_offline, Status.OFFLINE)],
)
def test_what_is_chosen_in_a_break_stays(asha, time, verb, status):
    actions.take_break(asha)
    verb(asha)
    time.advance(seconds=BREAK.total_seconds() + 1)
    sweeper.sweep_once()
    asha.refresh_from_db()
    assert (asha.status, asha.away_until) == (status, None)
    assert not actions.end_break(asha)


def test_the_end_of_a_break_is_no_sign_of_life(session, asha, time):
    actions.take_break(asha)
    case = actions.raise_escalation(session, "ASK", 3, "x")
    time.advance(seconds=BREAK.total_seconds() + 1)
    sweeper.sweep_once()
    asha.refresh_from_db()
    assert asha.status == Status.AVAILABLE
    assert not asha.live(time.now())
    assert not case.offers.exists()
