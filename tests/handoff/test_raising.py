"""A person is called for: the row, the card, the hold and the first words, all or nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from coach.errors import Refused
from coach.talk.actions import claim_directives, record_turn, run_tool
from coach.talk.models import Card, Directive, Floor, Turn
from coach.talk.registries.cards import render
from handoff import actions
from handoff.models import Escalation
from handoff.timeouts import OFFER_LIFE, TARGET

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
    accept = third.clocks.get(kind="accept")
    assert accept.due_at - accept.started_at == TARGET[0]
    session.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD


def test_what_rings_when_it_becomes_an_emergency_rings_as_long_as_one(session, asha, time):
    case = actions.raise_escalation(session, "ASK", 3, "a person please")
    (offer,) = actions.dispatch(case)
    actions.raise_escalation(session, "SI-3", 0, "I want to die")
    offer.refresh_from_db()
    assert offer.expires_at <= time.now() + OFFER_LIFE[0]
    time.advance(seconds=16)
    assert actions.expire(offer)


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
