"""At the hand-back a day may be agreed on which somebody gets back to the member."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from coach.errors import Refused
from coach.talk.actions import end_session
from coach.talk.models import Card
from handoff import actions, sweeper
from handoff.actions.planning import call_planned
from handoff.assignment import Ring
from handoff.models import DayOff, DeskZone, Escalation, OpeningHours, PlannedFollowUp
from handoff.opening import today_at_desk
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
State = Escalation.State


@pytest.fixture
def today(time):
    return today_at_desk(time.now())


@pytest.fixture
def agreed(with_expert, asha, today, session):
    """Asha has handed back, and gets back to the member in three days."""

    def make(days=3, **kwargs):
        day = today + timedelta(days=days)
        case = actions.hand_back(
            with_expert(), asha, "Fruit is fine.", "advised", again_on=day, **kwargs
        )
        session.refresh_from_db()
        return case

    return make


def planned():
    return PlannedFollowUp.objects.get()


def page(session):
    url = reverse("talk:live", args=[session.pk])
    return signed_in(session.member).get(url).content.decode()


def reach(time, moment):
    time.advance(seconds=(moment - time.now()).total_seconds() + 1)


def test_the_promise_stands_before_the_question_whether_it_helped(with_expert, asha, today):
    case = with_expert(3, "ASK")
    actions.say(case, asha, "Hello", "c1")
    actions.hand_back(case, asha, "All is well.", "advised", again_on=today + timedelta(days=3))
    cards = Card.objects.order_by("seq").values_list("kind", flat=True)
    assert [kind for kind in cards if kind in ("follow_up", "rating")] == ["follow_up", "rating"]


def test_the_member_reads_who_gets_back_to_them_and_when(agreed, session):
    agreed()
    day = f"{planned().day:%A}, {planned().day.day} {planned().day:%B}"
    assert f"Asha gets back to you on {day}" in page(session)
    end_session(session)
    assert f"Asha gets back to you on {day}" in page(session)


def test_or_whoever_is_at_the_desk_then(agreed, session):
    agreed(by_desk=True)
    assert "Our team gets back to you on" in page(session)


def test_on_that_day_it_rings_first_for_who_agreed_to_it(agreed, session, asha, time, make_expert):
    agreed()
    end_session(session)
    sweeper.sweep_once()
    assert Escalation.objects.open().count() == 0
    reach(time, planned().due_at)
    for expert in (make_expert("Bea"), asha):
        actions.touch_presence(expert)
    for _walk in range(2):
        sweeper.sweep_once()
    case = Escalation.objects.open().get()
    assert (case.code, case.tier, case.state) == ("FUP", 3, State.FOLLOW_UP)
    assert (case.preferred, planned().became, planned().state) == (asha, case, "called")
    assert case.offers.get(state="pending").expert == asha
    assert case.clocks.filter(kind="accept", stopped_at=None).exists()


def test_two_sweepers_call_once(agreed, time):
    agreed()
    row = planned()
    reach(time, row.due_at)
    assert call_planned(row) is not None
    assert call_planned(row) is None


def test_it_does_not_ring_before_its_day(agreed, time):
    agreed()
    reach(time, planned().due_at - timedelta(minutes=1))
    assert call_planned(planned()) is None


def test_the_member_takes_it_back(agreed, session, time):
    agreed()
    url = reverse("handoff:cancel_follow_up", args=[planned().pk])
    due = planned().due_at
    assert signed_in(session.member).post(url).status_code == 302
    assert "Nobody gets back to you about this" in page(session)
    reach(time, due)
    sweeper.sweep_once()
    assert not Escalation.objects.open().exists()


def test_nobody_else_takes_it_back(agreed, make_session, asha):
    agreed()
    url = reverse("handoff:cancel_follow_up", args=[planned().pk])
    for person in (make_session("Stranger").member, asha.user):
        assert signed_in(person).post(url).status_code == 404
    assert planned().state == "planned"


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_day_that_is_past_or_far_away_is_refused_and_nothing_is_handed_back(agreed, days):
    with pytest.raises(Refused, match="within 90 days"):
        agreed(days)
    assert Escalation.objects.get().state == State.ACTIVE


def test_days_are_those_of_the_desk(agreed, time):
    """It is tomorrow already in Auckland; the desk opens there in the afternoon."""
    DeskZone.objects.update_or_create(pk=1, defaults={"name": "Pacific/Auckland"})
    zone = ZoneInfo("Pacific/Auckland")
    for weekday in range(7):
        OpeningHours.objects.create(weekday=weekday, opens="14:00", closes="18:00")
    today = today_at_desk(time.now())
    assert today == time.now().astimezone(zone).date()
    agreed(days=2 + (today - time.now().date()).days)
    assert planned().due_at == datetime(*planned().day.timetuple()[:3], 14, tzinfo=zone)


def test_a_day_on_which_the_desk_is_closed_is_refused(agreed, today):
    for weekday in range(7):
        OpeningHours.objects.create(weekday=weekday, opens="09:00", closes="17:00")
    DayOff.objects.create(day=today + timedelta(days=3))
    with pytest.raises(Refused, match="closed on that day"):
        agreed()


@pytest.mark.parametrize(
    ("sent", "days"),
    [
        ({"again": ""}, None),
        ({"again": "3"}, 3),
        ({"again": "day", "again_on": "+5"}, 5),
        ({"again": "day", "again_on": "2026-02-31"}, 0),
        ({"again": "day"}, 0),
    ],
)
def test_the_expert_chooses_it_in_the_dialog(with_expert, asha, today, sent, days):
    if sent.get("again_on", "").startswith("+"):
        sent = sent | {"again_on": (today + timedelta(days=int(sent["again_on"]))).isoformat()}
    case = with_expert()
    desk = signed_in(asha.user)
    shown = desk.get(reverse("handoff:case", args=[case.pk])).content.decode()
    assert 'name="again"' in shown
    answer = desk.post(
        reverse("handoff:hand_back", args=[case.pk]), {"note": "ok", "outcome": "advised"} | sent
    )
    assert answer.status_code == (400 if days == 0 else 200)
    found = [row.day for row in PlannedFollowUp.objects.all()]
    assert found == ([today + timedelta(days=days)] if days else [])


def test_a_case_that_calls_again_meanwhile_keeps_what_was_agreed(agreed, session, asha, time):
    agreed()
    again = actions.claim(actions.ask_for_person(session), asha)
    reach(time, planned().due_at)
    actions.touch_presence(asha)
    sweeper.sweep_once()
    again.refresh_from_db()
    assert (planned().became, again.owner) == (again, asha)
    assert "FUP" in again.codes


def test_what_is_agreed_at_the_next_hand_back_of_a_case_takes_its_place(
    with_expert, asha, today, session
):
    case = with_expert()
    for days in (2, 3):
        day = today + timedelta(days=days)
        actions.hand_back(case, asha, "Fruit is fine.", again_on=day)  # to be written up yet
        case = actions.claim(actions.ask_for_person(session), asha)
    stands = PlannedFollowUp.objects.order_by("day").values_list("escalation", "day", "state")
    assert list(stands) == [
        (case.pk, today + timedelta(days=2), "cancelled"),
        (case.pk, today + timedelta(days=3), "planned"),
    ]


def test_the_day_puts_back_no_call_that_rings_already(agreed, session, time):
    agreed()
    row = planned()
    reach(time, row.due_at)
    actions.raise_escalation(session, "MED-U", 1, "It hurts.")
    Escalation.objects.open().update(ring=Ring.LANGUAGE)
    case = call_planned(row)
    assert (case.tier, case.ring) == (1, Ring.LANGUAGE)


def test_who_is_asked_for_first_is_known_to_the_line(agreed, asha, time):
    agreed()
    reach(time, planned().due_at)
    case = call_planned(planned())
    assert (case.ring, case.preferred) == (Ring.KNOWN, asha)


def test_it_goes_with_the_member(agreed, session):
    agreed()
    session.member.delete()
    assert not PlannedFollowUp.objects.exists()


def test_an_emergency_that_nobody_has_written_up_does_not_ring_as_one_on_that_day(
    with_expert, asha, today, session, time
):
    case = with_expert(0, "SI-3")
    day = today + timedelta(days=3)
    actions.hand_back(case, asha, "She is with her sister.", again_on=day)
    assert planned().escalation.state == State.WRAP_UP
    reach(time, planned().due_at)
    actions.go_available(asha)
    sweeper.sweep_once()
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.RESOLVED, "not_said")
    called = planned().became
    assert (called.tier, called.preferred, called.reopened_from) == (3, asha, case)
    session.refresh_from_db()
    assert session.floor == "coach_waiting"  # the talk goes on, and nothing is held
