"""What an expert's note becomes: the coach's context, what it says aloud, what the thread tells."""

import json

import pytest

from coach.errors import Refused
from coach.talk.actions import claim_directives, end_session, run_tool
from coach.talk.models import Directive, Floor
from handoff import actions
from handoff.actions.handing_back import _sentence, _short
from handoff.actions.scripts import _whole_sentences
from handoff.limits import NOTE_MAX_CHARS, NOTE_SPOKEN_MAX_CHARS
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


def test_a_long_note_is_said_as_far_as_whole_sentences_fit():
    note = "Eat more fibre. " * 30
    said = _short(note)
    assert len(said) <= NOTE_SPOKEN_MAX_CHARS
    assert said.endswith("Eat more fibre.")
    endless = _short("fibre " * 100)
    assert endless.endswith("fibre …")
    assert len(endless) <= NOTE_SPOKEN_MAX_CHARS + 2
    assert _short("short") == "short"


def test_a_script_is_cut_between_sentences_and_never_within_a_number():
    assert _whole_sentences("Call 116 123 now. Wait.", 18) == "Call 116 123 now."
    assert _whole_sentences("no end at all here", 8) == "no end"


def test_the_coach_reads_all_of_it_and_says_a_part(session, with_expert, asha):
    note = "Eat more fibre every day. " * 40
    actions.hand_back(with_expert(), asha, note, "advised")
    told = handed_back(session)
    assert note.strip() in told.text
    assert len(told.spoken) < len(told.text)
    assert told.spoken.endswith("Shall we go on?")
    assert told.author == asha.user


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
    assert escalation.first_human_at is None
    escalation = actions.take_floor(escalation, asha, "voice")
    assert escalation.first_human_at
    assert session.turns.last().text == "Asha, dietitian, has joined."


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
