"""An expert in the talk: joining, writing, guiding, handing back, and how a call ends otherwise."""

import pytest
from django.db import IntegrityError, transaction

from coach.errors import Refused
from coach.talk.actions import claim_directives, end_session, record_turn, run_tool
from coach.talk.models import Directive, Floor
from handoff import actions
from handoff.models import Escalation, Offer

State = Escalation.State
pytestmark = pytest.mark.django_db


def test_expert_joins_writes_and_hands_back(session, with_expert, asha):
    escalation = with_expert()
    assert (session.floor, session.floor_holder) == (Floor.EXPERT, asha.user)
    assert session.turns.last().text == "Asha, dietitian, has joined."
    assert record_turn(session, "coach", "late words") is None
    turn = actions.say(escalation, asha, "Hello Mina", "c1")
    assert actions.say(escalation, asha, "Hello Mina", "c1").pk == turn.pk
    assert turn.author_name == "Asha, dietitian"
    escalation.refresh_from_db()
    first = escalation.first_human_at
    assert first
    actions.say(escalation, asha, "More", "c2")
    escalation.refresh_from_db()
    assert escalation.first_human_at == first
    with pytest.raises(Refused, match="note"):
        actions.hand_back(escalation, asha, "  ")
    claim_directives(session)
    done = actions.hand_back(
        escalation, asha, "Aim for more fibre at breakfast", "advised", "right", ["no weight talk"]
    )
    session.refresh_from_db()
    assert (done.state, session.floor) == (State.RESOLVED, Floor.COACH)
    (directive,) = claim_directives(session)
    assert directive.kind == Directive.Kind.HAND_BACK
    assert "you are active again" in directive.text
    assert "no weight talk" in directive.text
    assert directive.spoken == "Thanks for waiting, Mina. I am back with you. Shall we go on?"
    assert not directive.verbatim
    assert escalation.offers.get().state == Offer.State.COMPLETED


def test_a_note_stands_before_the_floor_returns(with_expert):
    escalation = with_expert()
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=escalation.pk).update(state=State.WRAP_UP)


def test_wrap_up_waits_for_the_outcome(with_expert, asha):
    escalation = actions.hand_back(with_expert(), asha, "All well")
    assert escalation.state == State.WRAP_UP
    assert actions.complete(escalation, "advised", "right", asha.user)
    assert not actions.complete(escalation, "advised")
    escalation.refresh_from_db()
    assert (escalation.state, escalation.flag_right) == (State.RESOLVED, "right")


def test_guiding_leaves_the_voice_to_the_coach(session, asha):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    actions.claim(escalation, asha)
    directive = actions.guide(escalation, asha, "Breakfast first, then a walk")
    session.refresh_from_db()
    assert session.floor == Floor.GUIDED
    assert (directive.kind, directive.author) == (Directive.Kind.WORD, asha.user)
    assert record_turn(session, "coach", "What did you have for breakfast?") is not None
    with pytest.raises(Refused, match="floor"):
        actions.say(escalation, asha, "Hello", "c1")


def test_guidance_that_is_sent_again_is_one(session, asha):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    actions.claim(escalation, asha)
    first = actions.guide(escalation, asha, "Breakfast first, then a walk", "g1")
    assert actions.guide(escalation, asha, "Breakfast first, then a walk", "g1") == first
    end_session(session)
    assert actions.guide(escalation, asha, "Breakfast first, then a walk", "g1") == first
    assert Directive.objects.count() == 1


def test_given_back_after_the_talk_it_is_followed_up_by_somebody(session, asha, with_expert):
    escalation = with_expert()
    end_session(session)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.FOLLOW_UP, asha)
    for _ in range(2):  # as the one who had it, and as one who took it up
        actions.release(escalation, asha)
        escalation.refresh_from_db()
        assert (escalation.state, escalation.owner) == (State.FOLLOW_UP, None)
        assert escalation.next_action_at
        assert not escalation.offers.filter(state="accepted", ended_at=None).exists()
        actions.claim(escalation, asha)
    with pytest.raises(Refused, match="ended"):
        actions.take_floor(escalation, asha, "text")


def test_parked_comes_back_when_the_member_speaks(session, with_expert, asha):
    escalation = with_expert()
    actions.park(escalation, asha)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.PARKED, None)
    record_turn(session, "member", "I am back", item_id="i9")
    escalation.refresh_from_db()
    assert (escalation.state, escalation.preferred) == (State.QUEUED, asha)


def test_cancel_is_for_the_member_and_not_for_emergencies(session, make_session):
    escalation = actions.ask_for_person(session, "x")
    actions.cancel(escalation, session.member)
    session.refresh_from_db()
    escalation.refresh_from_db()
    assert (escalation.state, session.floor) == (State.CANCELLED, Floor.COACH)
    grave = actions.raise_escalation(make_session(), "SI-3", 0, "x")
    with pytest.raises(Refused):
        actions.cancel(grave)


def test_cancel_after_joining_is_too_late(with_expert, asha):
    escalation = with_expert()
    with pytest.raises(Refused, match="already"):
        actions.cancel(escalation)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.ACTIVE, asha)
    assert escalation.offers.get().state == Offer.State.ACCEPTED


@pytest.mark.parametrize("tier", [0, 3])
def test_member_who_leaves_is_followed_up(session, tier):
    escalation = actions.raise_escalation(session, "SI-3" if tier == 0 else "ASK", tier, "x")
    end_session(session)
    escalation.refresh_from_db()
    assert escalation.state == State.FOLLOW_UP
    assert escalation.next_action_at


def test_follow_up_ends_with_a_note(session, asha):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    end_session(session)
    actions.claim(escalation, asha)
    actions.note_call(escalation, asha, "reached")
    done = actions.hand_back(escalation, asha, "Called her back", "called")
    assert done.state == State.RESOLVED
    assert not Directive.objects.filter(kind="hand_back").exists()


def test_notes_of_the_expert_can_be_asked_for(session, with_expert, asha):
    assert "No expert" in run_tool(session.pk, "k1", "handoff_notes", "{}")
    actions.hand_back(with_expert(), asha, "More fibre at breakfast", "advised")
    out = run_tool(session.pk, "k2", "handoff_notes", '{"said": "what did she say"}')
    assert "Asha, dietitian, noted: More fibre at breakfast" in out
    later = actions.raise_escalation(session, "ASK", 3, "again")
    Escalation.objects.filter(pk=later.pk).update(
        note_for_coach="Nobody's", wrap_at=later.created_at
    )
    out = run_tool(session.pk, "k3", "handoff_notes", "{}")
    assert "More fibre at breakfast" in out
