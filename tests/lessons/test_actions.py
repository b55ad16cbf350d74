"""The verbs and tools of a lesson: what is ticked, hinted and answered, and on what evidence."""

import json
from datetime import timedelta

import pytest

from coach import clock
from coach.errors import Refused
from coach.lessons import actions
from coach.lessons.files import get_scenario
from coach.lessons.models import Attempt, ObjectiveMet
from coach.lessons.report import make_report
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import end_session, record_turn, run_tool, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Session, Turn

CAFE = get_scenario("at-the-cafe")
COFFEE, CAKE, PRICE = "A coffee, please.", "I'd like a croissant, please.", "How much is that?"


def call(session, name, call_id="call-1", **arguments):
    return json.loads(run_tool(session.pk, call_id, name, json.dumps(arguments)))


def ticked(attempt) -> list[str]:
    return list(attempt.ticks.values_list("objective", flat=True))


# --- starting -------------------------------------------------------------------------------------
def test_a_lesson_is_a_talk_with_its_partner(attempt, learner):
    session = attempt.session
    assert (session.kind, session.member) == (Session.Kind.LESSON, learner)
    brief = json.dumps(session.brief, ensure_ascii=False)
    assert CAFE.partner.opening in brief
    assert "Do not correct them during the play" in brief
    assert all(f"- {objective.id}: " in brief for objective in CAFE.objectives)
    assert attempt.state.last == CAFE.partner.opening


@pytest.mark.parametrize(("scripted", "tool"), [(True, "partner_reply"), (False, "objective_met")])
def test_the_embedded_partner_has_its_lines_and_a_model_its_report(
    learner, partner, settings, scripted, tool
):
    settings.ENGINE_SCRIPTED = scripted
    started = actions.start_attempt(learner, CAFE)
    names = {"partner_reply", "objective_met"}
    assert {name for name in names if f'"name": "{name}"' in json.dumps(started.session.tools)} == {
        tool
    }


def test_who_asked_to_go_slower_begins_the_next_lesson_slower(attempt, learner):
    paces = [attempt.session.brief["pace"]]
    call(attempt.session, "partner_reply", said="Please speak more slowly.")
    actions.finish_attempt(attempt)
    paces.append(actions.start_attempt(learner, CAFE).session.brief["pace"])
    assert paces == [0, 1]


def test_a_beginner_hears_a_slower_voice(learner, partner):
    of_a1 = actions.start_attempt(learner, get_scenario("meeting-a-neighbour"))
    of_b2 = actions.start_attempt(learner, get_scenario("taking-it-back"))
    assert of_a1.session.brief["speed"] < of_b2.session.brief["speed"]


def test_a_lesson_is_heard_in_its_own_language(learner, partner):
    assert actions.start_attempt(learner, CAFE).session.brief["language"] == "en"
    spanish = actions.start_attempt(learner, get_scenario("es-en-la-panaderia"))
    assert spanish.session.brief["language"] == "es"


def test_without_a_partner_nothing_begins(learner, partner):
    Persona.objects.filter(pk=partner.pk).update(active=False)
    with pytest.raises(Refused):
        actions.start_attempt(learner, CAFE)
    assert not Attempt.objects.exists()


# --- ticks ----------------------------------------------------------------------------------------
def test_a_turn_ticks_what_it_proves(attempt, say):
    turn = say(COFFEE)
    assert ticked(attempt) == ["drink"]
    assert attempt.met()["drink"].turn == turn
    assert attempt.open_objective().id == "food"


def test_a_second_turn_ticks_nothing_twice(attempt, say):
    first = say(COFFEE)
    say("Another coffee, please.")
    assert ticked(attempt) == ["drink"]
    assert attempt.met()["drink"].turn == first


def test_what_a_model_reported_meanwhile_keeps_its_turn(attempt, say, monkeypatch):
    first = say("Hello there.")
    actions.tick(attempt, "drink", first)
    monkeypatch.setattr(actions, "newly_met", lambda scenario, *_: [scenario.objective("drink")])
    assert say("A coffee, please.") is not None
    assert attempt.met()["drink"].turn == first


def test_what_the_partner_says_proves_nothing(attempt):
    record_turn(attempt.session, Turn.Speaker.COACH, COFFEE)
    assert ticked(attempt) == []


def test_a_talk_that_is_no_lesson_ticks_nothing(learner):
    persona = save_persona(Persona(slug="sage", name="Sage", instructions="Coach.", greeting="Hi"))
    session = start_session(learner, persona, make_brief(persona, member_name="Maya"))
    turn = record_turn(session, Turn.Speaker.MEMBER, COFFEE)
    assert actions.check_turn(turn) == []
    assert not ObjectiveMet.objects.exists()


# --- what a model reports -------------------------------------------------------------------------
@pytest.fixture
def reported(learner, partner, settings):
    """A lesson whose partner is a model, which reports with a tool."""
    settings.ENGINE_SCRIPTED = False
    return actions.start_attempt(learner, CAFE)


def test_a_report_with_the_learners_words_is_believed(reported):
    said = "Well, a hot drink of some kind would be nice."
    turn = record_turn(reported.session, Turn.Speaker.MEMBER, said)
    output = call(reported.session, "objective_met", id="drink", evidence="a hot drink")
    assert output["ticked"] == "drink"
    assert reported.met()["drink"].turn == turn


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"id": "drink", "evidence": "a cappuccino please"}, "no_evidence"),
        ({"id": "drink", "evidence": ""}, "no_evidence"),
        ({"id": "bill", "evidence": "well"}, "no_objective"),
        ({"id": "drink"}, "invalid_arguments"),
    ],
)
def test_a_report_that_the_transcript_does_not_bear_out_is_refused(reported, arguments, code):
    record_turn(reported.session, Turn.Speaker.MEMBER, "Well, something hot.")
    record_turn(reported.session, Turn.Speaker.COACH, "A cappuccino, please?")
    assert call(reported.session, "objective_met", **arguments)["error"] == code
    assert ticked(reported) == []


def test_the_newest_turn_with_the_words_is_the_proof(reported):
    for said in ("something hot, please", "I said: something hot"):
        newest = record_turn(reported.session, Turn.Speaker.MEMBER, said)
    call(reported.session, "objective_met", id="drink", evidence="something hot")
    assert reported.met()["drink"].turn == newest


def test_tools_of_a_lesson_need_a_lesson(learner, partner):
    brief = make_brief(partner, member_name="Maya", tools=["partner_reply"])
    session = start_session(learner, partner, brief)
    assert call(session, "partner_reply", said="hello")["error"] == "no_lesson"


# --- the offline partner --------------------------------------------------------------------------
def test_the_partner_goes_on_from_where_the_lesson_stands(attempt):
    lines = [
        call(attempt.session, "partner_reply", call_id=str(n), said=said)["say"]
        for n, said in enumerate((COFFEE, CAKE, PRICE))
    ]
    assert lines[0].startswith("A coffee, of course.")
    assert lines[1].startswith("A croissant, good choice.")
    assert lines[2].endswith(CAFE.partner.closing)
    attempt.refresh_from_db()
    assert attempt.state.met == ("drink", "food", "price")
    assert attempt.state.order == {"drink": {"coffee": 1}, "food": {"croissant": 1}}


def test_a_repeated_call_moves_nothing(attempt):
    first = call(attempt.session, "partner_reply", said=COFFEE)
    assert call(attempt.session, "partner_reply", said=CAKE) == first
    attempt.refresh_from_db()
    assert attempt.state.met == ("drink",)


# --- hints ----------------------------------------------------------------------------------------
def test_hints_are_a_ladder_of_three(attempt):
    assert actions.hint_now(attempt) is None
    shown = []
    for _ in range(4):
        actions.give_hint(attempt)
        shown.append(actions.hint_now(attempt))
    hints = (*CAFE.objectives[0].hint, "Could I have a coffee, please?")
    assert shown == [(1, hints[0]), (2, hints[1]), (3, hints[2]), (3, hints[2])]


def test_a_new_objective_begins_without_hints(attempt, say):
    actions.give_hint(attempt)
    say(COFFEE)
    assert actions.hint_now(attempt) is None
    actions.give_hint(attempt)
    assert actions.hint_now(attempt) == (1, CAFE.objectives[1].hint[0])
    assert attempt.hints == {"drink": 1, "food": 1}


def test_nothing_is_hinted_when_all_is_done(attempt, say):
    for said in (COFFEE, CAKE, PRICE):
        say(said)
    actions.give_hint(attempt)
    assert attempt.hints == {}
    assert actions.hint_now(attempt) is None


# --- the end --------------------------------------------------------------------------------------
def test_finishing_ends_the_talk_once(attempt):
    actions.finish_attempt(attempt)
    attempt.refresh_from_db()
    finished = attempt.finished_at
    assert finished is not None
    assert attempt.session.ended_at is not None
    actions.finish_attempt(attempt)
    attempt.refresh_from_db()
    assert attempt.finished_at == finished


def test_a_talk_that_ends_finishes_its_lesson(attempt):
    end_session(attempt.session)
    attempt.refresh_from_db()
    assert attempt.finished_at is not None


# --- the report -----------------------------------------------------------------------------------
def test_a_report_tells_what_was_reached_with_which_words(attempt, say):
    actions.give_hint(attempt)
    say("I want a coffee")
    say("How much it costs?")
    attempt.refresh_from_db()
    report = make_report(attempt)
    assert [(o.objective.id, o.quote, o.hints) for o in report.objectives] == [
        ("drink", "I want a coffee", 1),
        ("food", "", 0),
        ("price", "How much it costs?", 0),
    ]
    assert (report.met, report.all_met) == (2, False)
    assert {o.natural for o in report.natural} == {
        "I'd like a coffee, please.",
        "How much does it cost?",
    }
    assert report.corrections == []  # it is shown once
    assert (report.spoken, report.written, report.words) == (2, 0, 8)


def test_typed_turns_are_not_called_spoken(attempt, say):
    say("A coffee, please.")
    record_turn(attempt.session, Turn.Speaker.MEMBER, "a cake", source=Turn.Source.TEXT)
    report = make_report(attempt)
    assert (report.spoken, report.written) == (1, 1)
    assert [o.written for o in report.objectives] == [False, True, False]


def test_a_report_of_a_whole_scene(attempt, say):
    for said in (COFFEE, CAKE, PRICE):
        say(said)
    attempt.refresh_from_db()
    report = make_report(attempt)
    assert report.all_met
    assert report.corrections == []
    used = dict(report.phrases)
    assert used["I'd like …, please."]
    assert used["How much is that?"]
    assert not used["Can I pay by card?"]


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (40, 1), (100, 2), (300, 5)])
def test_minutes_are_at_least_one(attempt, seconds, minutes):
    attempt.finished_at = attempt.started_at + timedelta(seconds=seconds)
    assert make_report(attempt).minutes == minutes


def test_a_lesson_of_somebody_else_is_not_seen(attempt, django_user_model):
    other = django_user_model.objects.create_user("other@example.org")
    assert not Attempt.objects.for_member(other).exists()
    assert Attempt.objects.for_member(attempt.member).get() == attempt
    assert attempt.started_at <= clock.now()
