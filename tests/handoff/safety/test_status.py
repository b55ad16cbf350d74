"""What a member reads of their call, in each of its states."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.talk.registries.cards import render
from handoff import actions
from handoff.estimates import Line, wait_of
from handoff.models import CANCELLABLE_STATES, Escalation, Expert
from handoff.safety.status import status_of, wait_words
from handoff.waits import USUAL

pytestmark = pytest.mark.django_db
State, Mode = Escalation.State, Escalation.Mode


@pytest.fixture
def call(session, asha):
    """The member's call as if it stood in `state`, in the hands of Asha."""
    escalation = actions.ask_for_person(session)

    def stands(state, **fields):
        for name, value in {"state": state, "owner": asha, "tier": 3, **fields}.items():
            setattr(escalation, name, value)
        return escalation

    return stands


@pytest.mark.parametrize(
    ("state", "mode", "title", "stage"),
    [
        (State.ASSIGNED, Mode.NONE, "Asha, dietitian, is coming", 2),
        (State.ACTIVE, Mode.MONITOR, "Asha, dietitian, has joined", 3),
        (State.ACTIVE, Mode.GUIDE, "Asha, dietitian, is helping the coach", 3),
        (State.ACTIVE, Mode.TEXT, "Asha, dietitian, has joined", 3),
        (State.TRANSFERRING, Mode.TEXT, "Asha, dietitian, has joined", 3),
        (State.PARKED, Mode.NONE, "Waiting for you", 1),
        (State.FOLLOW_UP, Mode.NONE, "Asha, dietitian, gets back to you", 2),
        (State.WRAP_UP, Mode.NONE, "Asha, dietitian, has handed back", 4),
        (State.RESOLVED, Mode.NONE, "Asha, dietitian, has handed back", 4),
        (State.CANCELLED, Mode.NONE, "You no longer need a person", 4),
    ],
)
def test_each_state_has_its_sentence(call, state, mode, title, stage):
    told = status_of(call(state, mode=mode))
    assert (told.title, told.stage) == (title, stage)
    assert told.text.endswith(".")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("tier", [0, 3])
def test_only_what_can_be_cancelled_offers_it(call, state, tier):
    told = status_of(call(state, tier=tier))
    assert told.can_cancel == (tier != 0 and state in CANCELLABLE_STATES)


@pytest.mark.parametrize(("kind", "title"), [("nutrition", "a dietitian"), ("lesson", "a teacher")])
def test_who_is_asked_is_named_by_the_talk(make_session, persona, kind, title):
    type(persona).objects.filter(pk=persona.pk).update(kind=kind)
    persona.refresh_from_db()
    escalation = actions.ask_for_person(make_session())
    assert title in status_of(escalation).title


def test_a_parked_call_names_who_is_asked_again(session, with_expert, asha):
    actions.park(with_expert(), asha)
    escalation = Escalation.objects.get()
    assert "we ask Asha again" in status_of(escalation).text


def test_the_card_of_a_deleted_call_is_not_drawn(session):
    escalation = actions.ask_for_person(session)
    card = session.cards.get(kind="person")
    assert render(card)
    escalation.delete()
    assert render(card) == ""
    card.ref = "not a number"
    assert render(card) == ""


# --- how long it takes ----------------------------------------------------------------------------


def test_an_emergency_is_told_no_minutes(session, asha):
    escalation = actions.raise_escalation(session, "SI-3", 0, "x")
    assert "You do not have to wait" in wait_words(escalation)


def test_nobody_at_the_desk_is_said_plainly(session):
    escalation = actions.ask_for_person(session)
    assert "Nobody is at the desk" in wait_words(escalation)


def test_somebody_free_is_under_five_minutes(session, asha):
    escalation = actions.ask_for_person(session)
    assert "under 5 minutes" in wait_words(escalation)
    assert "You are next" in wait_words(escalation)


def test_a_colleague_of_another_language_does_not_count(session, make_expert):
    make_expert(languages={"de": "fluent"})
    assert "Nobody is at the desk" in wait_words(actions.ask_for_person(session))


def test_a_full_desk_takes_longer_for_each_who_waits_before(make_session, make_expert):
    expert = make_expert(capacity=1)
    actions.claim(actions.ask_for_person(make_session()), expert)
    calls = [actions.ask_for_person(make_session()) for _ in range(3)]
    # Eight minutes each.
    assert [wait_of(call).range for call in calls] == [(5, 10), (10, 20), (20, 40)]
    assert "About 20 to 40 minutes. 2 people are before you." in wait_words(calls[-1])


def test_who_is_more_urgent_waits_less(make_session, make_expert):
    expert = make_expert(capacity=1)
    actions.claim(actions.ask_for_person(make_session()), expert)
    for _ in range(3):
        actions.ask_for_person(make_session())
    urgent = actions.raise_escalation(make_session(), "MED-U", 1, "x")
    assert wait_of(urgent).before == 0


def test_the_usual_length_is_learnt_and_forgotten_after_a_month(make_session, asha, time):
    for _ in range(11):
        escalation = actions.claim(actions.ask_for_person(make_session()), asha)
        time.advance(minutes=20)
        actions.touch_presence(asha)
        actions.hand_back(escalation, asha, "ok", "advised")
    learnt = Line.read(time.now())._usual_length("nutrition")
    assert timedelta(minutes=20) <= learnt < timedelta(minutes=20, seconds=1)
    time.advance(days=31)
    assert Line.read(time.now())._usual_length("nutrition") == USUAL


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacities=st.lists(st.integers(1, 12), min_size=1, max_size=4), more=st.integers(1, 12))
def test_one_more_expert_never_makes_the_wait_longer(session, make_expert, capacities, more):
    Expert.objects.all().delete()
    for capacity in capacities:
        make_expert(capacity=capacity)
    escalation = Escalation.objects.first() or actions.ask_for_person(session)
    before = wait_of(escalation).range
    make_expert(capacity=more)
    assert wait_of(escalation).range <= before


@pytest.mark.parametrize(
    ("state", "title", "stage"),
    [
        (State.QUEUED, "We are asking a dietitian to get back to you", 1),
        (State.ASSIGNED, "Asha, dietitian, has your case", 2),
        (State.PARKED, "We will get back to you", 1),
        (State.RESOLVED, "Asha, dietitian, has closed this", 4),
        (State.CANCELLED, "You no longer need a person", 4),
    ],
)
def test_after_the_talk_nobody_is_said_to_join(call, state, title, stage):
    found = call(state)
    if state in (State.QUEUED, State.PARKED):
        found.owner = None
    found.session.ended_at = found.created_at
    told = status_of(found)
    assert (told.title, told.stage) == (title, stage)
    assert told.text.endswith(".")
