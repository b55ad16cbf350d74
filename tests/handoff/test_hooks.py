"""What the desk registers with the member's side is there, and what each registration does."""

import sys
from datetime import date

import pytest

from coach import wire
from coach.celery import app
from coach.nutrition.needs import needs_of
from coach.nutrition.targets import safeguards, targets_for
from coach.people.models import Profile
from coach.talk import signals
from coach.talk.actions import end_session, move_floor, record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Floor, Turn
from coach.talk.registries import cards, never_stop, screeners, tools
from coach.talk.registries.plans import plan_of
from handoff import actions, hooks
from handoff.actions import queue
from handoff.hooks import REMEMBERED
from handoff.models import Escalation, FlagRecord

pytestmark = pytest.mark.django_db
ED = "I make myself throw up after every meal"


@pytest.fixture
def member(session):
    Profile.objects.create(
        user=session.member,
        sex="female",
        born_on=date(1990, 1, 1),
        height_cm=168,
        weight_kg=68,
        activity="moderate",
    )
    return session.member


# --- what is registered ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signal", "uid"),
    [
        (signals.turn_recorded, "handoff.screen_turn"),
        (signals.member_answered, "handoff.member_answered"),
        (signals.session_started, "handoff.tell_wall"),
        (signals.session_ended, "handoff.member_left"),
        (signals.person_wanted, "handoff.call_person"),
    ],
)
def test_each_signal_of_a_talk_is_heard(signal, uid):
    assert uid in {key[0] for key, *_receiver in signal.receivers}


def test_the_screener_is_asked_of_every_text():
    ((screener, flags),) = [
        (screener, flags)
        for screener, flags in screeners.screen("I want to die", "member", "en")
        if screener.name == "handoff"
    ]
    assert screener.act is hooks.act
    assert [(flag.code, flag.severity) for flag in flags] == [("SI-3", 0)]


def test_what_other_features_must_respect_is_registered():
    assert hooks.is_called_for in never_stop._reasons
    assert hooks.said_signs_of_an_eating_disorder in safeguards._concerns


@pytest.mark.parametrize(("name", "held"), [("talk_to_human", True), ("handoff_notes", False)])
def test_the_tools_are_there(name, held):
    """A person can be called while the coach is held back."""
    tool = tools.get_tool(name)
    assert tool.while_held is held
    assert tool.examples


@pytest.mark.parametrize("kind", ["crisis", "safety", "person"])
def test_the_cards_are_there(kind):
    assert kind in cards._drawings


@pytest.mark.parametrize("name", [queue.DISPATCH_NOW, queue.SWEEP_NOW])
def test_every_name_that_a_verb_enqueues_is_a_task(name):
    app.loader.import_default_modules()
    assert name in app.tasks


def test_the_talk_finds_them_by_itself():
    """`coach` imports none of them by name: that is what the layers forbid."""
    assert "handoff.hooks" in sys.modules
    assert "handoff.tools" in sys.modules
    assert "handoff.cards" in sys.modules


# --- signals --------------------------------------------------------------------------------------


@pytest.mark.parametrize("speaker", [Turn.Speaker.EXPERT, Turn.Speaker.SYSTEM])
def test_words_of_experts_and_notices_are_not_screened(session, speaker):
    record_turn(session, speaker, "I want to kill myself", client_id="c1")
    assert not FlagRecord.objects.exists()
    assert not Escalation.objects.exists()


def test_a_talk_begun_for_a_person_calls_one_at_once(session, persona):
    brief = make_brief(persona, member_name="Mina")
    begun = start_session(session.member, persona, brief, person=True)
    assert Escalation.objects.get(session=begun).code == "ASK"


def test_a_talk_that_ends_leaves_nobody_waiting_unseen(session):
    escalation = actions.ask_for_person(session)
    end_session(session)
    escalation.refresh_from_db()
    assert escalation.state == Escalation.State.FOLLOW_UP


def test_a_turn_that_was_answered_by_a_script_is_not_answered_twice(session):
    record_turn(session, "member", "I want to kill myself", item_id="i1")
    session.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD
    assert session.directives.count() == 1  # the first words; the same turn gets no second line
    record_turn(session, "member", "are you there", item_id="i2")
    assert session.directives.count() == 2


def test_without_a_hold_a_members_turn_is_left_to_the_coach(session):
    actions.ask_for_person(session)
    record_turn(session, "member", "and another thing", item_id="i2")
    assert not session.directives.exists()


# --- calorie goals --------------------------------------------------------------------------------


def say(session, text):
    record_turn(session, "member", text, item_id="item-1")
    assert FlagRecord.objects.filter(code__startswith="ED", severity__lte=1).exists()


def test_goals_go_with_the_words_and_stay_away_after_the_talk(session, member, time):
    assert targets_for(member).kcal
    say(session, ED)
    found = targets_for(member)
    assert [found.kcal, found.protein_g, found.carbohydrate_g, found.fat_g] == [None] * 4
    assert found.offer_person
    time.advance(days=REMEMBERED.days + 1)
    assert targets_for(member).kcal


def test_goals_leave_the_page_that_is_open_with_the_words(
    session, member, pushes, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        record_turn(session, "member", "Good morning", item_id="m1")
    assert (session.group, wire.DataChanged("day")) not in pushes
    with django_capture_on_commit_callbacks(execute=True):
        record_turn(session, "member", ED, item_id="m2")
    assert (session.group, wire.DataChanged("day")) in pushes


def test_an_expert_can_say_that_the_flag_was_wrong(session, member):
    say(session, ED)
    Escalation.objects.update(flag_right=Escalation.FlagRight.WRONG)
    FlagRecord.objects.update(escalation=Escalation.objects.get())
    assert targets_for(member).kcal


def test_another_members_words_change_nothing(session, member, make_session):
    other = make_session("Noor")
    record_turn(other, "member", ED, item_id="item-2")
    assert targets_for(member).kcal


def test_soft_signs_and_the_coachs_own_words_leave_the_goals(session, member):
    record_turn(session, "member", "I need to earn my food", item_id="i1")
    record_turn(session, "coach", "Try to eat only 500 calories a day.", item_id="i2")
    assert FlagRecord.objects.count() == 2
    assert targets_for(member).kcal


# --- budgets --------------------------------------------------------------------------------------


def test_no_budget_stops_a_member_for_whom_a_person_is_called(session, asha, make_session):
    pk = session.member_id
    assert not never_stop.is_never_stopped(pk)
    escalation = actions.ask_for_person(session)
    assert never_stop.is_never_stopped(pk)
    assert not never_stop.is_never_stopped(make_session("Noor").member_id)
    actions.claim(escalation, asha)
    escalation = actions.hand_back(escalation, asha, "All well", "advised")
    assert not never_stop.is_never_stopped(pk)


def test_who_is_to_be_followed_up_is_not_stopped_either(session):
    actions.ask_for_person(session)
    end_session(session)
    assert hooks.is_called_for(session.member_id)
    actions.cancel(Escalation.objects.get(), session.member)
    assert not hooks.is_called_for(session.member_id)


def test_a_parked_call_is_queued_again_by_a_word_of_the_member(session, with_expert, asha):
    actions.park(with_expert(), asha)
    move_floor(session, Floor.COACH)
    record_turn(session, "coach", "Shall we go on?", item_id="k1")
    assert Escalation.objects.get().state == Escalation.State.PARKED
    record_turn(session, "member", "Yes, I am back", item_id="i1")
    assert Escalation.objects.get().state == Escalation.State.QUEUED


def test_the_coach_keeps_to_the_last_note(session, with_expert, asha):
    assert plan_of(session.member) is None
    actions.hand_back(
        with_expert(), asha, "No dairy  for two weeks.", "advised", "", ["no_calories"]
    )
    plan = plan_of(session.member)
    assert (plan.by, plan.note) == ("Asha, dietitian", "No dairy for two weeks.")
    assert needs_of(session.member).planned.classes == {"milk"}
    assert needs_of(session.member).numbers is False
