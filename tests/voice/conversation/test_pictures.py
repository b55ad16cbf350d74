"""A picture is shown to the engine and answered with instructions of its own, once."""

from coach.voice import limits
from coach.voice.effects import RecordTurn, ShowError
from coach.voice.engine_commands import AddMessage, AddPicture, CancelResponse, CreateResponse
from coach.voice.engine_events import (
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputTranscript,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    ToolCalled,
)
from coach.voice.inputs import (
    FloorChanged,
    HoldReleased,
    Interrupt,
    MemberVoice,
    PictureShown,
    ToolFinished,
)
from tests.support.conversation_driver import creates, of, turns

URI = "data:image/jpeg;base64,AAAA"
MEAL = PictureShown("p1", URI, "My lunch", "Propose a meal.")


def test_it_is_added_recorded_and_answered_as_asked(talk):
    out = talk(MEAL)
    [added] = of(out, AddPicture)
    assert (added.data_uri, added.text) == (URI, "My lunch")
    assert [c.instructions for c in creates(out)] == ["Propose a meal."]
    assert turns(out) == [("member", "My lunch", False)]
    kinds = [type(e) for e in of(out, AddPicture, CreateResponse)]
    assert kinds == [AddPicture, CreateResponse]


def test_while_the_member_speaks_it_waits_for_their_words(talk):
    talk(SpeechStarted("m1"), *[MemberVoice(20)] * 20)
    out = talk(MEAL)
    assert len(of(out, AddPicture)) == 1
    assert creates(out + talk.ticks(2)) == []
    out = talk(SpeechStopped("m1"), InputCommitted("m1"))
    assert [c.instructions for c in creates(out)] == ["Propose a meal."]


def test_without_a_text_nothing_is_recorded(talk):
    out = talk(PictureShown("p1", URI))
    assert of(out, RecordTurn) == []
    assert len(of(out, AddPicture)) == 1
    assert len(creates(out)) == 1


def test_twice_the_same_counts_once(talk):
    talk(MEAL)
    assert talk(MEAL) == []


def test_it_interrupts_the_coach(talk):
    talk.says("m1")
    talk.answers("c1", "One two three", 3000, done=False)
    assert of(talk(MEAL), CancelResponse)


def test_the_next_answer_has_the_sessions_instructions_again(talk):
    talk(MEAL)
    talk.answers("c1", "Eggs, I think.", 500)
    talk.heard(500)
    [create] = creates(talk.says("m2"))
    assert create.instructions == ""


def test_the_answer_after_its_tool_has_the_sessions_instructions(talk):
    talk(MEAL)
    response = talk.starts_response()
    talk(ToolCalled(response, "call1", "draft_meal", "{}"), ResponseDone(response, "completed"))
    [create] = creates(talk(ToolFinished("call1", "{}")))
    assert create.instructions == ""


def test_words_after_it_are_answered_together_with_it(talk):
    talk(MEAL)
    talk.starts_response()
    talk.says("m2")
    talk(InputTranscript("m2", "And a coffee"))
    [create] = creates(talk(ResponseDone("resp1", "cancelled")))
    assert create.instructions == "Propose a meal."


def test_held_words_with_a_picture_hold_its_answer_too(talk):
    talk.hold.add("picture-p1")
    assert creates(talk(MEAL)) == []
    assert len(creates(talk(HoldReleased()))) == 1


def test_a_person_with_the_floor_answers_it(talk):
    talk(FloorChanged("expert", 2, "Asha"))
    out = talk(MEAL)
    assert len(of(out, AddPicture)) == 1
    assert creates(out) == []


def test_the_next_engine_sees_what_was_not_answered(talk):
    talk(MEAL)
    talk.starts_response()
    talk(EngineLost())
    out = talk(EngineReady(resumed=True))
    assert [(p.data_uri, p.text) for p in of(out, AddPicture)] == [(URI, "")]
    assert [c.instructions for c in creates(out)] == ["Propose a meal."]
    talk.answers("c1", "Eggs.", 500)
    talk(EngineLost())
    assert of(talk(EngineReady(resumed=True)), AddPicture) == []


def test_shown_while_there_is_no_engine_it_waits_for_one(talk):
    talk(EngineLost())
    assert of(talk(MEAL), AddPicture) == []
    assert len(of(talk(EngineReady(resumed=True)), AddPicture)) == 1


def test_a_tap_takes_the_answer_back(talk):
    talk(MEAL)
    assert of(talk(Interrupt()), CancelResponse)


def test_too_large_is_refused(talk):
    out = talk(PictureShown("p1", "x" * (limits.PICTURE_MAX_CHARS + 1)))
    assert out == [ShowError("picture_too_large")]


def test_one_that_the_engine_refuses_is_said_to_be_and_its_text_still_counts(talk):
    [added] = of(talk(MEAL), AddPicture)
    out = talk(EngineFault("invalid_value", "no images", added.event_id))
    assert of(out, ShowError) == [ShowError("picture_refused")]
    assert [(m.role, m.text) for m in of(out, AddMessage)] == [("user", "My lunch")]
    assert of(talk(EngineLost(), EngineReady(resumed=True)), AddPicture) == []


def test_what_is_said_meanwhile_of_one_that_is_refused_does_not_count(talk):
    [added] = of(talk(MEAL), AddPicture)
    response = talk.starts_response()
    out = talk(EngineFault("invalid_value", "no images", added.event_id))
    assert len(of(out, CancelResponse)) == 1
    [create] = creates(talk(ResponseDone(response, "cancelled")))
    assert create.instructions == ""  # those were for the picture
    talk(EngineFault("invalid_value", "no", of(talk.all, AddMessage)[-1].event_id))
    out = talk(EngineFault("invalid_value", "no", of(talk.all, AddMessage)[-1].event_id))
    assert of(out, ShowError) == [ShowError("text_refused")]


def test_one_without_words_that_is_refused_is_told_and_not_answered(talk):
    [added] = of(talk(PictureShown("p1", URI)), AddPicture)
    out = talk(EngineFault("invalid_value", "no images", added.event_id))
    assert of(out, ShowError) == [ShowError("picture_refused")]
    assert len(of(out, CancelResponse)) == 1
    assert creates(talk(ResponseCreated("r1"), ResponseDone("r1", "cancelled"))) == []
    assert of(talk.ticks(30), ShowError, CreateResponse) == []


def test_an_earlier_one_that_is_refused_leaves_the_later_one(talk):
    [first] = of(talk(MEAL), AddPicture)
    talk(PictureShown("p2", URI, "", "Propose a drink."))
    talk(EngineFault("invalid_value", "no images", first.event_id))
    [create] = creates(talk(ResponseCreated("r1"), ResponseDone("r1", "cancelled")))
    assert create.instructions == "Propose a drink."
    assert len(of(talk(EngineLost(), EngineReady(resumed=True)), AddPicture)) == 1
