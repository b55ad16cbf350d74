"""The verbs of the desk, one after another, on the ordinary database."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from coach.errors import Conflict, Refused
from coach.talk.actions import claim_directives, end_session, record_turn, run_tool
from coach.talk.models import Card, Directive, Floor, Turn
from coach.talk.registries.cards import render
from handoff import actions
from handoff.models import Escalation, Expert, Offer

State = Escalation.State
pytestmark = pytest.mark.django_db


def events(escalation):
    return list(escalation.events.values_list("kind", flat=True))


def test_p0_shows_the_card_holds_the_coach_and_speaks_reviewed_words(session):
    escalation = actions.raise_escalation(session, "SI-3", 0, "I want to kill myself", "", "i1")
    session.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD
    assert escalation.crisis_card.kind == "crisis"
    html = render(escalation.crisis_card)
    assert "tel:116123" in html  # Samaritans: the member's zone is London
    assert "tel:999" in html
    assert "findahelpline.com" in html
    (script,) = claim_directives(session)
    assert script.kind == Directive.Kind.SCRIPT
    assert "Mina" in script.spoken
    assert "116 123" in script.spoken
    assert "{" not in script.spoken


def test_p0_without_its_card_cannot_be_written(session):
    escalation = actions.raise_escalation(session, "SI-3", 0, "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=escalation.pk).update(crisis_card=None)


def test_p0_is_all_or_nothing(session, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("crash between two statements")

    monkeypatch.setattr("handoff.actions.raising._hold", broken)
    with pytest.raises(RuntimeError):
        actions.raise_escalation(session, "SI-3", 0, "x")
    session.refresh_from_db()
    assert not Escalation.objects.exists()
    assert not Card.objects.exists()
    assert session.floor == Floor.COACH


def test_second_trigger_raises_the_open_row_and_never_lowers_it(session):
    first = actions.raise_escalation(session, "ASK", 3, "a person please")
    assert Card.objects.get().kind == "person"
    second = actions.raise_escalation(session, "SI-3", 0, "I want to die")
    third = actions.raise_escalation(session, "ED-S", 2, "I must earn my food")
    assert first.pk == second.pk == third.pk
    third.refresh_from_db()
    assert (third.tier, third.code) == (0, "SI-3")
    assert third.codes == ["ASK", "SI-3", "ED-S"]
    assert third.due_at < first.due_at
    session.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD


def test_p1_after_p3_is_answered_with_its_own_words(session):
    actions.raise_escalation(session, "ASK", 3, "a person please")
    assert claim_directives(session) == []
    actions.raise_escalation(session, "ED-H", 1, "I throw up after meals")
    (script,) = claim_directives(session)
    assert "leaving food numbers aside" in script.spoken
    assert list(Card.objects.values_list("kind", flat=True)) == ["person", "safety"]


def test_asking_twice_is_one_call(session):
    first = actions.ask_for_person(session, "a person please")
    assert actions.ask_for_person(session, "hello? a person!").pk == first.pk
    assert Card.objects.count() == 1
    session.refresh_from_db()
    assert session.floor == Floor.COACH_WAITING


def test_dispatch_offers_to_who_is_there(session, asha, make_expert, pushes):
    make_expert("Away", here=False)
    make_expert("German", languages=["de"])
    make_expert("Teacher", domains=["language"])
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    (offer,) = actions.dispatch(escalation)
    assert offer.expert == asha
    escalation.refresh_from_db()
    assert escalation.state == State.OFFERED
    assert actions.dispatch(escalation) == []


def test_accept_rescinds_the_others(session, asha, make_expert):
    bea = make_expert("Bea")
    escalation = actions.raise_escalation(session, "SI-3", 0, "x")
    offers = {offer.expert_id: offer for offer in actions.dispatch(escalation)}
    assert set(offers) == {asha.pk, bea.pk}
    actions.accept(offers[bea.pk], bea)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.ASSIGNED, bea)
    assert Offer.objects.get(expert=asha).state == Offer.State.RESCINDED
    with pytest.raises(Conflict):
        actions.accept(offers[asha.pk], asha)
    with pytest.raises(Conflict):
        actions.claim(escalation, asha)


def test_nobody_accepts_for_somebody_else(session, asha, make_expert):
    (offer,) = actions.dispatch(actions.raise_escalation(session, "ASK", 3, "x"))
    with pytest.raises(Refused):
        actions.accept(offer, make_expert("Bea"))


def test_accepting_late_fails_cleanly(session, asha, time):
    (offer,) = actions.dispatch(actions.raise_escalation(session, "ASK", 3, "x"))
    time.advance(seconds=61)
    with pytest.raises(Conflict):
        actions.accept(offer, asha)
    escalation = Escalation.objects.get()
    assert escalation.owner is None
    assert Offer.objects.get().state == Offer.State.PENDING  # the sweeper ends it


def test_decline_asks_somebody_else(session, asha, make_expert, time):
    bea = make_expert("Bea")
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    (offer,) = actions.dispatch(escalation)
    actions.decline(offer, offer.expert, "lunch")
    escalation.refresh_from_db()
    assert escalation.state == State.QUEUED
    (other,) = actions.dispatch(escalation)
    assert {offer.expert, other.expert} == {asha, bea}
    actions.decline(other, other.expert)
    assert actions.dispatch(escalation) == []
    time.advance(minutes=5)
    actions.touch_presence(asha)
    assert len(actions.dispatch(escalation)) == 1


def test_two_missed_offers_make_an_expert_unresponsive(make_session, asha, time):
    for _ in range(2):
        (offer,) = actions.dispatch(actions.raise_escalation(make_session(), "ASK", 3, "x"))
        actions.touch_presence(asha)
        time.advance(seconds=61)
        actions.touch_presence(asha)
        assert actions.expire(offer)
        assert not actions.expire(offer)
        Escalation.objects.update(next_action_at=time.now())
        Escalation.objects.filter(state="queued").update(state="cancelled")
    asha.refresh_from_db()
    assert asha.status == Expert.Status.UNRESPONSIVE
    assert actions.dispatch(actions.raise_escalation(make_session(), "ASK", 3, "x")) == []
    actions.go_available(asha)
    assert asha.missed_offers == 0


def test_capacity_holds(make_session, make_expert):
    one = make_expert(capacity=1)
    actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), one)
    other = actions.raise_escalation(make_session(), "ASK", 3, "x")
    assert actions.dispatch(other) == []
    with pytest.raises(Refused, match="as many"):
        actions.claim(other, one)


def test_one_place_is_kept_for_emergencies(make_session, make_expert):
    two = make_expert(capacity=2)
    actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), two)
    assert actions.dispatch(actions.raise_escalation(make_session(), "ASK", 3, "x")) == []
    assert len(actions.dispatch(actions.raise_escalation(make_session(), "MED-U", 1, "x"))) == 1


def test_a_spoken_conversation_takes_all_of_an_expert(make_session, make_expert):
    expert = make_expert(capacity=3)
    escalation = actions.raise_escalation(make_session(), "ASK", 3, "x")
    actions.claim(escalation, expert)
    actions.take_floor(escalation, expert, "voice")
    assert actions.dispatch(actions.raise_escalation(make_session(), "MED-U", 1, "x")) == []


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
    assert directive.spoken == (
        "Thanks for waiting, Mina. Asha asked me to keep this in mind: "
        "Aim for more fibre at breakfast. Shall we go on?"
    )
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
    directive = actions.guide(escalation, asha, "Ask about breakfast")
    session.refresh_from_db()
    assert session.floor == Floor.GUIDED
    assert (directive.kind, directive.author) == (Directive.Kind.GUIDE, asha.user)
    assert record_turn(session, "coach", "What did you have for breakfast?") is not None
    with pytest.raises(Refused, match="floor"):
        actions.say(escalation, asha, "Hello", "c1")


def test_guidance_that_is_sent_again_is_one(session, asha):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    actions.claim(escalation, asha)
    first = actions.guide(escalation, asha, "Ask about breakfast", "g1")
    assert actions.guide(escalation, asha, "Ask about breakfast", "g1") == first
    end_session(session)
    assert actions.guide(escalation, asha, "Ask about breakfast", "g1") == first
    assert Directive.objects.filter(kind="guide").count() == 1


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


def test_release_goes_to_the_head_and_tells_the_member(session, with_expert, asha, make_session):
    older = actions.raise_escalation(make_session(), "ASK", 3, "x")
    Escalation.objects.filter(pk=older.pk).update(due_at=older.created_at)
    escalation = with_expert()
    actions.release(escalation, asha, "shift is over")
    escalation.refresh_from_db()
    session.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.QUEUED, None)
    assert session.floor == Floor.COACH_WAITING
    assert "had to leave" in session.turns.last().text
    assert Escalation.objects.filter(state="queued").in_order().first() == escalation


def test_lost_lease_returns_to_safety_hold(session, with_expert, asha, time):
    escalation = with_expert(0, "SI-3")
    assert not actions.lose(escalation)
    time.advance(seconds=31)
    assert actions.lose(escalation)
    assert not actions.lose(escalation)
    session.refresh_from_db()
    escalation.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD
    assert (escalation.state, escalation.at_head) == (State.QUEUED, True)
    assert "lost the connection to Asha" in session.turns.last().text
    assert "was lost" in claim_directives(session)[-1].spoken


def test_transfer_keeps_the_owner_until_the_colleague_accepts(with_expert, asha, make_expert):
    escalation = with_expert()
    bea = make_expert("Bea")
    actions.decline(actions.transfer(escalation, asha, bea), bea)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.ACTIVE, asha)
    actions.accept(actions.transfer(escalation, asha, bea), bea)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.owner) == (State.ASSIGNED, bea)
    assert Offer.objects.filter(state="accepted", ended_at=None).get().expert == bea


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
    done = actions.hand_back(escalation, asha, "Called her back", "called")
    assert done.state == State.RESOLVED
    assert not Directive.objects.filter(kind="hand_back").exists()


def test_only_a_person_lowers_and_says_why(session, asha):
    escalation = actions.raise_escalation(session, "SI-3", 0, "x")
    with pytest.raises(Refused):
        actions.lower(escalation, asha, 2, " ")
    lowered = actions.lower(escalation, asha, 2, "a quote from a film")
    assert lowered.tier == 2
    session.refresh_from_db()
    assert session.floor == Floor.COACH_WAITING
    assert "lowered" in events(lowered)


def test_flag_in_wrap_up_brings_the_same_row_back(session, with_expert, asha):
    escalation = actions.hand_back(with_expert(), asha, "ok")
    again = actions.raise_escalation(session, "SI-3", 0, "I want to die")
    assert again.pk == escalation.pk
    assert (again.state, again.preferred) == (State.QUEUED, asha)


def test_flag_after_resolving_is_a_new_row_that_knows_the_old(session, with_expert, asha):
    escalation = actions.hand_back(with_expert(), asha, "ok", "advised")
    again = actions.raise_escalation(session, "ASK", 3, "again please")
    assert again.pk != escalation.pk
    assert again.reopened_from == escalation
    assert again.preferred == asha


def test_step_in_without_having_been_called(session, asha):
    escalation = actions.step_in(session, asha)
    actions.take_floor(escalation, asha, "text")
    session.refresh_from_db()
    assert session.floor == Floor.EXPERT


def test_events_replay_to_the_row(session, with_expert, asha):
    escalation = with_expert(1, "ED-H")
    actions.say(escalation, asha, "Hello", "c1")
    actions.raise_escalation(session, "SI-3", 0, "I want to die")
    escalation = actions.hand_back(escalation, asha, "Called her mother", "safe", "right")
    rows = list(escalation.events.all())
    assert [e.seq for e in rows] == list(range(1, len(rows) + 1))
    folded = {}
    for event in rows:
        folded |= event.changes
    for name, value in folded.items():
        now = getattr(escalation, name)
        assert (now.isoformat() if hasattr(now, "isoformat") else now) == value, name
    with pytest.raises(TypeError):
        rows[0].save()


def test_deleting_a_member_takes_their_escalations_along(session):
    actions.raise_escalation(session, "SI-3", 0, "x")
    session.member.delete()
    assert not Escalation.objects.exists()


def test_tool_calls_a_person_even_in_a_hold(session, asha):
    out = run_tool(session.pk, "k1", "talk_to_human", '{"said": "a real person please"}')
    assert "asking a dietitian" in out
    assert Escalation.objects.get().code == "ASK"
    assert run_tool(session.pk, "k1", "talk_to_human", "{}") == out


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


def test_person_card_follows_the_row(session, asha):
    escalation = actions.ask_for_person(session, "x")
    card = Card.objects.get()
    assert "asking a dietitian" in render(card)
    actions.claim(escalation, asha)
    assert "Asha, dietitian, is coming" in render(card)
    actions.take_floor(escalation, asha, "text")
    assert "Asha, dietitian, has joined" in render(card)
    actions.hand_back(escalation, asha, "ok", "advised")
    assert "has handed back" in render(card)
    assert render_to_string  # the card is drawn anew each time, from the row


def test_member_turns_in_a_hold_are_answered_by_the_script(session):
    actions.raise_escalation(session, "SI-3", 0, "x", "", "i1")
    claim_directives(session)
    record_turn(session, Turn.Speaker.MEMBER, "are you there", item_id="i2")
    record_turn(session, Turn.Speaker.MEMBER, "hello", item_id="i3")
    lines = [d.spoken for d in claim_directives(session)]
    assert len(lines) == 2
    assert lines[0] != lines[1]
