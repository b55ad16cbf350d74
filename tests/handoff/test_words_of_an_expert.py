"""What an expert's note becomes: the coach's context, what it says aloud, what the thread tells."""

import json

import pytest

from coach.errors import Refused
from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.people.models import MemoryItem, Profile
from coach.talk.actions import claim_directives, end_session, run_tool
from coach.talk.live.expert_turns import PersonSpeaks, write_expert_turn
from coach.talk.models import Directive, Floor
from coach.talk.models.toolset import toolset_of
from coach.talk.registries.plans import plan_of
from coach.talk.registries.tools import definitions
from handoff import actions
from handoff.actions.handing_back import _sentence
from handoff.actions.scripts import _whole_sentences
from handoff.limits import NOTE_MAX_CHARS
from handoff.models import Escalation

pytestmark = pytest.mark.django_db
State = Escalation.State


def handed_back(session):
    (directive,) = [d for d in claim_directives(session) if d.kind == Directive.Kind.HAND_BACK]
    return directive


# --- the note -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("more fibre", "more fibre."),
        ("More fibre.", "More fibre."),
        ("Really?", "Really?"),
        ("  two \n lines  ", "two lines."),
        ("to be continued …", "to be continued …"),
    ],
)
def test_a_note_becomes_a_sentence(note, sentence):
    assert _sentence(note) == sentence


def test_a_script_is_cut_between_sentences_and_never_within_a_number():
    assert _whole_sentences("Call 116 123 now. Wait.", 18) == "Call 116 123 now."
    assert _whole_sentences("no end at all here", 8) == "no end"


def test_the_coach_keeps_all_of_the_note_in_mind_and_says_nothing_of_it(session, with_expert, asha):
    note = "Eat more fibre every day. " * 40
    actions.hand_back(with_expert(), asha, note, "advised")
    told = handed_back(session)
    assert note.strip() in told.text
    assert "fibre" not in told.spoken
    assert told.author == asha.user


def test_the_first_words_are_said_as_they_are(session, with_expert, asha):
    words = "Asha has told me all of it. Fruit is fine."
    done = actions.hand_back(with_expert(), asha, "", "advised", first_words=words)
    told = handed_back(session)
    assert (told.spoken, told.verbatim, done.first_words) == (words, True, words)
    assert "Their note" not in told.text
    assert done.state == State.RESOLVED


def test_one_of_the_two_is_required(with_expert, asha):
    with pytest.raises(Refused) as refused:
        actions.hand_back(with_expert(), asha, " ", "advised", first_words=" ")
    assert refused.value.code == "note_required"


def test_first_words_that_screening_would_stop_are_refused(session, with_expert, asha):
    case = with_expert()
    with pytest.raises(Refused, match="screening"):
        actions.hand_back(
            case, asha, "ok", "advised", first_words="You should stop taking your insulin."
        )
    session.refresh_from_db()
    assert session.floor == Floor.EXPERT


@pytest.mark.parametrize("may_quote", [True, False])
def test_a_note_that_may_not_be_quoted_is_shown_nowhere_to_the_member(
    session, with_expert, asha, may_quote
):
    actions.hand_back(with_expert(), asha, "Binges at night.", "advised", may_quote=may_quote)
    said_again = said(session, "k1", "handoff_notes")["say"]
    memory = [item.text for item in MemoryItem.objects.all()]
    plan = plan_of(session.member)
    assert ("Binges" in said_again) is may_quote
    assert bool(memory) is may_quote
    assert plan.quotable is may_quote
    assert ("never quote" in handed_back(session).text) is not may_quote


def test_words_at_a_newer_hand_back_take_an_older_notes_place(session, with_expert, asha):
    actions.hand_back(with_expert(), asha, "Fruit is fine.", "advised")
    assert plan_of(session.member).quotable
    actions.hand_back(with_expert(), asha, "", "advised", first_words="No fruit for a week.")
    assert not plan_of(session.member).quotable


def test_a_note_is_kept_whole_or_refused(session, with_expert, asha):
    case = with_expert()
    with pytest.raises(Refused):
        actions.hand_back(case, asha, "x" * (NOTE_MAX_CHARS + 1), "advised")
    done = actions.hand_back(case, asha, "x" * NOTE_MAX_CHARS, "advised")
    assert done.note_for_coach == "x" * NOTE_MAX_CHARS


def test_constraints_are_kept_and_told(session, with_expert, asha):
    limits = ["no weight talk", "no targets"]
    done = actions.hand_back(with_expert(), asha, "Be kind", "advised", constraints=limits)
    assert done.constraints == limits
    assert "Keep to this: no weight talk, no targets." in handed_back(session).text


def test_the_times_are_those_of_the_members_clock(make_session, asha, time):
    session = make_session(time_zone="Asia/Tokyo")
    escalation = actions.claim(actions.ask_for_person(session), asha)
    escalation = actions.take_floor(escalation, asha, "text")
    joined = session.member.local(escalation.joined_at)
    time.advance(minutes=12)
    actions.touch_presence(asha)
    actions.hand_back(escalation, asha, "ok", "advised")
    left = session.member.local(time.now())
    assert f"from {joined:%H:%M} to {left:%H:%M}" in handed_back(session).text


def test_nothing_is_said_into_a_talk_that_has_ended(session, with_expert, asha):
    escalation = with_expert()
    end_session(session)
    actions.note_call(escalation, asha, "reached")
    turns = session.turns.count()
    actions.hand_back(escalation, asha, "Called her", "advised")
    assert session.turns.count() == turns
    assert not session.directives.filter(kind=Directive.Kind.HAND_BACK).exists()


def test_somebody_else_cannot_hand_it_back(session, with_expert, make_expert):
    escalation = with_expert()
    with pytest.raises(actions.AlreadyTaken):
        actions.hand_back(escalation, make_expert("Bea"), "mine now", "advised")
    session.refresh_from_db()
    assert session.floor == Floor.EXPERT


def test_a_question_is_answered_from_the_note_and_nobody_is_called(
    session, with_expert, asha, monkeypatch
):
    monkeypatch.setattr(store, "load_index", index_from_files)
    Profile.objects.create(user=session.member, conditions="type 2 diabetes")
    tools = [*session.tools, *definitions(["food_for_me"], images=False)]
    session.toolset = toolset_of(tools)
    session.save(update_fields=["toolset"])
    note = "Half a banana is fine. Fruit is fine, two pieces a day."
    actions.hand_back(with_expert(), asha, note, "advised")
    out = said(session, "k1", "food_for_me", "can I have a mango?")
    assert "noted for you: “Fruit is fine, two pieces a day”" in out["say"]
    assert "if_yes" not in out
    assert Escalation.objects.open().count() == 0


# --- writing and guiding --------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [actions.say, actions.guide])
def test_empty_words_are_refused(with_expert, asha, verb):
    with pytest.raises(Refused):
        verb(with_expert(), asha, " \n ", "c1")


def test_a_coach_that_is_silent_cannot_be_guided(with_expert, asha):
    with pytest.raises(Refused) as refused:
        actions.guide(with_expert(), asha, "Ask about milk", "c1")
    assert refused.value.code == "coach_silent"


def test_who_has_lost_the_floor_writes_nothing(session, with_expert, asha):
    escalation = with_expert()
    actions.take_floor(escalation, asha, "monitor")
    session.refresh_from_db()
    assert session.floor == Floor.COACH_WAITING
    with pytest.raises(Refused) as refused:
        actions.say(escalation, asha, "Hello", "c1")
    assert refused.value.code == "no_floor"
    assert not session.turns.filter(speaker="expert").exists()


def test_words_spoken_by_a_person_count_as_the_first_answer(session, asha):
    escalation = actions.claim(actions.ask_for_person(session), asha)
    escalation = actions.take_floor(escalation, asha, "voice")
    assert escalation.first_human_at is None  # to have the floor is no word
    session.refresh_from_db()
    speaks = PersonSpeaks(asha.user_id, str(asha), session.floor_epoch)
    write_expert_turn(session, speaks, "e1", "Hello, I am here.")
    escalation.refresh_from_db()
    assert escalation.first_human_at
    assert not escalation.clocks.filter(kind="first_word", stopped_at=None).exists()
    assert session.turns.first().text == "Asha, dietitian, has joined."


def test_joining_is_told_once(session, with_expert, asha):
    escalation = with_expert()
    for mode in ("monitor", "guide", "text"):
        actions.take_floor(escalation, asha, mode)
    assert session.turns.filter(text__contains="has joined").count() == 1
    kinds = list(escalation.events.values_list("kind", flat=True))
    assert kinds.count("joined") == 1
    assert kinds.count("mode") == 3


# --- the coach's tools ----------------------------------------------------------------------------


def said(session, call, name="talk_to_human", words="a person please"):
    return json.loads(run_tool(session.pk, call, name, json.dumps({"said": words})))


def test_the_tool_says_how_long_it_may_take(session, make_expert):
    alone = said(session, "k1")
    assert "Nobody is at the desk right now" in alone["say"]
    make_expert()
    assert "under 5 minutes" in said(session, "k2")["say"]
    assert Escalation.objects.count() == 1


def test_the_tool_says_who_has_come(session, asha):
    actions.claim(actions.ask_for_person(session), asha)
    told = said(session, "k1")
    assert told["say"] == "Asha already has your request and is with you."
    assert told["state"] == State.ASSIGNED


def test_in_an_emergency_the_tool_promises_no_minutes(session, asha):
    actions.raise_escalation(session, "SI-3", 0, "x")
    assert "being called right now" in said(session, "k1")["say"]


def test_notes_of_another_member_are_not_told(session, make_session, with_expert, asha):
    actions.hand_back(with_expert(), asha, "More fibre", "advised")
    other = make_session("Noor")
    assert said(other, "k1", "handoff_notes")["notes"] == []
    assert said(session, "k2", "handoff_notes")["note"] == "More fibre"
