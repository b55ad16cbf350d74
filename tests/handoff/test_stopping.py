"""An expert stops what the coach is saying now, without taking over."""

import pytest
from django.urls import reverse

from coach.errors import Refused
from coach.talk.actions import end_session, record_turn
from coach.talk.models import Floor, Turn
from handoff import actions
from handoff.actions.transitions import AlreadyTaken
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(session, asha):
    """Asha reads along."""
    found = actions.raise_escalation(session, "ASK", 3, "please")
    actions.claim(found, asha)
    found = actions.take_floor(found, asha, "monitor")
    session.refresh_from_db()
    return found


def test_what_the_coach_was_saying_is_refused_from_then_on(case, asha, session):
    before = session.floor_epoch
    actions.stop_coach(case, asha)
    session.refresh_from_db()
    assert (session.floor_epoch, session.stopped_epoch) == (before + 1, before + 1)
    assert record_turn(session, Turn.Speaker.COACH, "and then", epoch=before) is None


def test_the_floor_and_the_mode_stay_as_they_are(case, asha, session):
    floor = session.floor
    stopped = actions.stop_coach(case, asha)
    session.refresh_from_db()
    assert session.floor == floor
    assert (stopped.mode, stopped.owner) == ("monitor", asha)
    said = record_turn(session, Turn.Speaker.COACH, "Well.", epoch=session.floor_epoch)
    assert said is not None


def test_the_member_reads_who_stopped_it_and_the_case_keeps_it(case, asha, session):
    actions.stop_coach(case, asha)
    last = session.turns.order_by("-seq").first()
    assert (last.speaker, last.text) == ("system", "Asha, dietitian, has stopped the coach.")
    assert case.events.filter(kind="coach_stopped", actor=asha.user).exists()


def test_an_expert_who_has_the_floor_has_nothing_to_stop(case, asha):
    actions.take_floor(case, asha, "text")
    with pytest.raises(Refused):
        actions.stop_coach(case, asha)


def test_reviewed_words_in_a_safety_hold_are_not_stopped(session, asha):
    case = actions.raise_escalation(session, "SI-3", 0, "x")
    actions.claim(case, asha)
    session.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD
    with pytest.raises(Refused):
        actions.stop_coach(case, asha)


def test_nobody_else_stops_it_and_nobody_after_the_talk(case, asha, session, make_expert):
    with pytest.raises(AlreadyTaken):
        actions.stop_coach(case, make_expert("Bea"))
    end_session(session)
    with pytest.raises(Refused):
        actions.stop_coach(case, asha)


def test_the_button_is_there_while_the_coach_may_speak(case, asha):
    page = signed_in(asha.user).get(reverse("handoff:case", args=[case.pk])).content.decode()
    assert reverse("handoff:stop", args=[case.pk]) in page
    actions.take_floor(case, asha, "text")
    page = signed_in(asha.user).get(reverse("handoff:case", args=[case.pk])).content.decode()
    assert reverse("handoff:stop", args=[case.pk]) not in page
