"""Items that the engine refuses: what is said meanwhile, and what is not."""

import pytest

from coach.voice.effects import DirectiveDelivered, ShowError
from coach.voice.engine_commands import AddMessage, CancelResponse, history_event_id
from coach.voice.engine_events import EngineFault, EngineLost, EngineReady, ItemDone, ResponseDone
from coach.voice.inputs import FloorChanged, HandedBack, HoldReleased, ScriptGiven, TextTyped
from tests.support.conversation_driver import Driver, creates, of


def refuses(talk, kind=AddMessage):
    """The engine refuses the last item of this kind."""
    return talk(EngineFault("invalid_value", "no", of(talk.all, kind)[-1].event_id))


@pytest.fixture
def dangerous():
    """A typed text is dangerous: a hold, then reviewed words under a safety hold."""
    talk = Driver()
    talk.hold.add("text-t1")
    talk(TextTyped("t1", "I want to die"))
    talk(FloorChanged("safety_hold", 2), ScriptGiven("Please call 116 123 now.", 5))
    return talk


@pytest.mark.parametrize("requested", [False, True])
def test_reviewed_words_are_spoken_to_their_end_whatever_is_refused(dangerous, requested):
    out = []
    if not requested:  # the text was refused before they are
        out += refuses(dangerous)
    out += dangerous(HoldReleased())
    if requested:
        out += refuses(dangerous)
    assert len(creates(out)) == 1
    response = dangerous.starts_response()
    dangerous.speaks(response, "c1", "Please call ", 700, done=False)
    out = refuses(dangerous)
    assert of(out, ShowError) == [ShowError("text_refused")]
    assert of(dangerous.all, CancelResponse, DirectiveDelivered) == []
    dangerous.speaks(response, "c1", "116 123 now.", 700, done=False)
    dangerous(ItemDone(response, "c1"), ResponseDone(response, "completed"))
    assert [d.ref for d in of(dangerous.heard(1400), DirectiveDelivered)] == [5]


def test_a_hand_back_is_not_cut_off_by_a_refusal(talk):
    talk(FloorChanged("expert", 2, "Asha"), TextTyped("t1", "Hello Asha"))
    talk(FloorChanged("coach", 3), HandedBack("Rest.", "Here I am again.", 7))
    refused = next(m for m in of(talk.all, AddMessage) if m.text == "Hello Asha")
    response = talk.starts_response()
    talk.speaks(response, "c1", "Here I ", 700, done=False)
    talk(EngineFault("invalid_value", "no", refused.event_id))
    refuses(talk)
    assert of(talk.all, CancelResponse) == []
    talk(ResponseDone(response, "completed"))


# --- as history ----------------------------------------------------------------------------------


def refuses_turn(talk, number, item):
    """A new engine refuses what it is told of a turn."""
    talk(EngineLost(), EngineReady(resumed=True))
    return talk(EngineFault("invalid_value", "no", history_event_id(number, item)))


def test_a_text_that_a_new_engine_refuses_as_history_is_sent_again(talk):
    talk(TextTyped("t1", "I had a banana"))
    out = refuses_turn(talk, 2, "text-t1")  # behind it stand an expert's notes
    assert [message.text for message in of(out, AddMessage)] == ["I had a banana"]
    assert of(refuses(talk), ShowError) == [ShowError("text_refused")]


@pytest.mark.parametrize("item", ["", "c1", "text-t0"])
def test_another_turn_that_a_new_engine_refuses_sends_no_text_again(talk, item):
    talk(TextTyped("t1", "I had a banana"))
    assert of(refuses_turn(talk, 0, item), AddMessage) == []


def test_history_that_waits_for_no_answer_is_not_sent_again(talk):
    talk(TextTyped("t1", "I had a banana"))
    talk.answers("c1", "Noted.", 300)
    talk.heard(300)
    assert refuses_turn(talk, 1, "text-t1") == []
