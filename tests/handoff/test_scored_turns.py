"""What a score leads to: where there is help, or a person, and never less than the rules do."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from coach.talk.actions import record_turn
from coach.talk.live.turn_writer import write_turn
from coach.talk.models import NO_SCENE, Card, Floor
from coach.talk.registries import rehearsed
from coach.talk.registries.cards import render
from coach.voice.effects import RecordTurn
from handoff import hooks
from handoff.models import Escalation, FlagRecord
from handoff.screening.score import flags
from handoff.screening.score.flags import Scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(monkeypatch, settings):
    """Have the score say this; what it was given is returned."""
    settings.SCREENING_SCORE = True
    given = []

    def say(*found):
        def score(turns, rules, _thresholds):
            given.append((turns, [each.code for each in rules]))
            return list(found)

        monkeypatch.setattr(hooks.learned, "score", score)
        return given

    return say


def sure(code, severity=1):
    return Scored(code, severity, 0.99, True, "as it was said")


def unsure(code, severity=1):
    return Scored(code, severity, 0.7, False, "as it was said")


def test_a_sure_score_does_what_a_rule_of_the_code_does(session, scored):
    scored(sure("SI-3", 0))
    record_turn(session, "member", "no rule knows this", item_id="i1")
    session.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD
    assert Escalation.objects.get().tier == 0
    assert FlagRecord.objects.get().source == "score"


@pytest.mark.parametrize(
    ("kind", "data", "cases"),
    [("coaching", {}, 1), ("lesson", {}, 0), ("lesson", {NO_SCENE: True}, 1)],
)
def test_who_asks_for_the_manager_in_a_scene_plays_a_role(session, scored, kind, data, cases):
    session.kind = kind
    session.brief["data"] = data
    session.save(update_fields=["kind", "brief"])
    scored(sure("ASK", 3))
    record_turn(session, "member", "no rule knows this", item_id="i1")
    assert Escalation.objects.count() == cases


def in_the_scene(session, slug, kind="lesson"):
    session.kind = kind
    session.brief["data"] = {"lesson": slug}
    session.save(update_fields=["kind", "brief"])


@pytest.mark.parametrize(
    "said",
    [
        "I have a headache.",
        "i've got a sore throat",
        "I don't feel well. I have a fever.",
        "Good morning, doctor. I have a cough.",
    ],
)
def test_what_its_author_wrote_is_not_scored_in_a_lesson(session, scored, said):
    in_the_scene(session, "at-the-doctor")
    given = scored(sure("MED-E", 0))
    record_turn(session, "member", said, item_id="i1")
    assert given == []
    assert not FlagRecord.objects.exists()


@pytest.mark.parametrize(
    ("slug", "kind", "said"),
    [
        ("at-the-doctor", "lesson", "I have a headache. And it would be easier not to be here."),
        ("at-the-doctor", "lesson", "Good morning, doctor. I hide the scars."),
        ("at-the-doctor", "lesson", "I have a headache from the pills that I saved up"),
        ("at-the-doctor", "lesson", "a have I headache"),
        ("at-the-doctor", "lesson", "My son has a headache."),
        ("at-the-doctor", "lesson", "Good morning, please take a seat."),
        ("at-the-doctor", "lesson", "I'm sorry to hear that."),
        ("at-the-cafe", "lesson", "I have a headache."),
        ("at-the-doctor", "coaching", "I have a headache."),
        ("a-lesson-of-a-teacher", "lesson", "I have a headache."),
    ],
)
def test_what_a_learner_says_of_their_own_is_scored_in_a_lesson(session, scored, slug, kind, said):
    in_the_scene(session, slug, kind)
    scored(sure("SI-3", 0))
    record_turn(session, "member", said, item_id="i1")
    assert FlagRecord.objects.filter(source="score").get().code == "SI-3"


def test_rules_read_what_the_author_of_a_lesson_wrote(session, scored, monkeypatch):
    monkeypatch.setattr(rehearsed, "_known", [lambda _session, _sentence: True])
    given = scored()
    record_turn(session, "member", "I want to kill myself.", item_id="i1")
    assert given == []
    assert FlagRecord.objects.get().source == "rule"


def test_an_unsure_score_shows_help_and_calls_nobody(session, scored):
    scored(unsure("ED-H"))
    record_turn(session, "member", "no rule knows this", item_id="i1")
    session.refresh_from_db()
    assert session.floor == Floor.COACH
    assert not Escalation.objects.exists()
    record = FlagRecord.objects.get()
    assert (record.severity, record.source) == (4, "score")
    assert not hooks.said_signs_of_an_eating_disorder(session.member)  # so no goal goes
    card = Card.objects.get(kind="support")
    assert 'data-card="support"' in render(card)
    assert "help-list__row" in render(card)


def test_help_of_one_kind_is_shown_once_in_a_talk(session, scored):
    scored(unsure("ED-H"))
    record_turn(session, "member", "one", item_id="i1")
    record_turn(session, "member", "two", item_id="i2")
    scored(unsure("MED-U"))
    record_turn(session, "member", "three", item_id="i3")
    assert FlagRecord.objects.count() == 3
    assert Card.objects.filter(kind="support").count() == 2


def test_where_a_person_is_called_no_second_card_is_shown(session, scored):
    scored(unsure("SI-1"))
    record_turn(session, "member", "I have chest pain", item_id="i1")
    assert Escalation.objects.get().code.startswith("MED")
    assert not Card.objects.filter(kind="support").exists()


def test_the_score_is_given_the_turn_before_and_what_the_rules_found(session, scored):
    given = scored()
    record_turn(session, "member", "first", item_id="i1")
    record_turn(session, "coach", "Go on.", item_id="i2")
    record_turn(session, "member", "I have chest pain", item_id="i3")
    assert given == [(["first"], []), (["first", "I have chest pain"], ["MED-E"])]


def test_without_the_score_there_are_the_rules(session, scored, settings):
    given = scored(sure("SI-3", 0))
    settings.SCREENING_SCORE = False
    record_turn(session, "member", "I have chest pain", item_id="i1")
    assert given == []
    assert Escalation.objects.get().code == "MED-E"


@pytest.fixture
def read(monkeypatch):
    """What is read by the model, as (turns, whether a transaction was open); nothing is found."""
    found = []

    def note(turns):
        found.append((turns, connection.in_atomic_block))
        return ()

    monkeypatch.setattr(flags, "_read", note)
    flags._memory.clear()
    yield found
    flags._memory.clear()


@pytest.mark.django_db(transaction=True)
def test_words_of_a_live_talk_are_scored_before_their_transaction_and_not_in_it(
    session, read, settings
):
    """The database has one writer: all talks wait while it is held."""
    settings.SCREENING_SCORE = True
    for number, text in enumerate(("first", "second")):
        turn = RecordTurn("member", text, f"i{number}", "text", session.floor_epoch)
        assert write_turn(session, turn)
    assert read == [(("first",), False), (("first", "second"), False)]


@pytest.mark.django_db(transaction=True)
def test_a_sentence_of_the_lesson_is_not_scored_ahead_either(session, read, settings):
    settings.SCREENING_SCORE = True
    in_the_scene(session, "at-the-doctor")
    turn = RecordTurn("member", "I have a fever.", "i1", "text", session.floor_epoch)
    assert write_turn(session, turn)
    assert read == []


def test_what_two_want_scored_at_once_is_read_once(monkeypatch):
    begun, go, read = threading.Event(), threading.Event(), []

    def slowly(turns):
        read.append(turns)
        begun.set()
        assert go.wait(20)
        return ()

    monkeypatch.setattr(flags, "_read", slowly)
    flags._memory.clear()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(flags._told, ("the same",))
        assert begun.wait(20)
        second = threads.submit(flags._told, ("the same",))
        go.set()
        assert first.result(20) == second.result(20) == ()
    assert read == [("the same",)]
    flags._memory.clear()


def test_what_could_not_be_scored_is_tried_again(monkeypatch):
    flags._memory.clear()
    monkeypatch.setattr(flags, "_read", lambda turns: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        flags._told(("once",))
    monkeypatch.setattr(flags, "_read", lambda turns: ())
    assert flags._told(("once",)) == ()
    flags._memory.clear()
