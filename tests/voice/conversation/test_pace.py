"""«Slower, please» holds from the next thing that the coach says, and to the talk's end."""

import pytest

from coach.voice.conversation.pace import PACES, step_after
from coach.voice.engine_commands import CreateResponse, SetPace
from coach.voice.engine_events import (
    EngineLost,
    EngineReady,
    InputTranscript,
    ResponseDone,
    SpokenAudio,
)
from coach.voice.inputs import TextTyped
from tests.support.conversation_driver import Driver, of

WISHES = {"slower": "slower", "normal": "normal"}


@pytest.fixture
def talk():
    return Driver(read_pace=WISHES.get)


def paces(effects):
    return [effect.pace for effect in of(effects, SetPace)]


def test_a_typed_wish_is_told_before_its_answer_is_asked_for(talk):
    out = talk(TextTyped("1", "slower"))
    assert [type(e) for e in of(out, SetPace, CreateResponse)] == [SetPace, CreateResponse]
    assert paces(out) == [PACES[1]]


def test_each_wish_is_a_step_and_the_normal_pace_comes_back_at_once(talk):
    said = ["slower", "slower", "slower", "normal", "hello"]
    for number, text in enumerate(said):
        talk(TextTyped(str(number), text))
        talk.answers(f"c{number}", "All right.", 500)
        talk.heard(500, number)
    assert paces(talk.all) == [PACES[1], PACES[2], PACES[0]]


def test_a_spoken_wish_waits_for_the_end_of_the_response_under_way(talk):
    talk.says("m1")
    response = talk.starts_response()
    assert paces(talk(InputTranscript("m1", "slower"))) == []
    assert paces(talk(SpokenAudio(response, "c1", bytes(480)))) == []
    assert paces(talk(ResponseDone(response, "completed"))) == [PACES[1]]


def test_a_new_engine_is_told_before_it_says_anything(talk):
    talk(TextTyped("1", "slower"))
    talk.answers("c1", "All right.", 500)
    talk(EngineLost())
    assert paces(talk(EngineReady())) == [PACES[1]]
    talk(TextTyped("2", "normal"))
    talk(EngineLost())
    assert paces(talk(EngineReady())) == []


def test_a_talk_that_stands_slower_begins_slower():
    talk = Driver(read_pace=WISHES.get, pace=1, greeting="Hello.")
    assert [type(e) for e in of(talk.all, SetPace, CreateResponse)] == [SetPace, CreateResponse]


def test_the_steps_of_a_talk_follow_from_what_was_said():
    assert step_after(["slower", "hello", "slower"], WISHES.get) == 2
    assert step_after(["slower", "normal"], WISHES.get) == 0
    assert step_after([], WISHES.get, 1) == 1
