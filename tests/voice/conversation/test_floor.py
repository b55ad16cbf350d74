"""Who may speak: floors, holds, scripts, directives."""

import pytest

from coach.voice import limits
from coach.voice.effects import (
    ClearPlayback,
    DirectiveDelivered,
    Play,
    RecordTurn,
    RunTool,
    ShowError,
    ShowFloor,
)
from coach.voice.engine_commands import AddMessage, CancelResponse, DeleteItem, ToolOutput, Truncate
from coach.voice.engine_events import (
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputFailed,
    InputTranscript,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.inputs import (
    FloorChanged,
    GuidanceGiven,
    HandedBack,
    HoldReleased,
    Interrupt,
    PersonSaid,
    ScriptGiven,
    TalkEnded,
    TextTyped,
    WordGiven,
)
from tests.support.conversation_driver import Driver, creates, of, states, turns

SCRIPT = "I hear you. A person is being called."
WORD = "Asha, your dietitian, says: half a banana is fine."


def refs(out):
    """The host's numbers of what was heard, or is void."""
    return [told.ref for told in of(out, DirectiveDelivered)]


@pytest.fixture
def speaking(talk):
    """The coach is in the middle of a sentence, half of it heard."""
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three four five six.", 2000, done=False)
    talk.heard(1000)
    return talk


@pytest.mark.parametrize("floor", ["expert", "safety_hold"])
def test_taking_the_floor_flushes_the_coach(speaking, floor):
    out = speaking(FloorChanged(floor, 2, "Asha"))
    assert of(out, ClearPlayback)
    assert [c.response_id for c in of(out, CancelResponse)] == ["resp1"]
    assert [t.audio_end_ms for t in of(out, Truncate)] == [1000]
    assert of(out, ShowFloor) == [ShowFloor(floor, 2, "Asha")]


def test_an_expert_stops_the_coach_in_the_middle_of_its_words(speaking):
    out = speaking(FloorChanged("coach_waiting", 2, stopped=2))
    assert of(out, ClearPlayback)
    assert [c.response_id for c in of(out, CancelResponse)] == ["resp1"]
    (turn,) = of(out, RecordTurn)
    assert (turn.speaker, turn.interrupted, turn.epoch) == ("coach", True, 2)
    assert turn.text in "One two three four five six."
    assert creates(speaking.ticks(20)) == []


def test_the_coach_that_was_stopped_answers_what_is_said_next(speaking):
    speaking(FloorChanged("coach", 2, stopped=2), ResponseDone("resp1", "cancelled"))
    out = speaking.says("m2") + speaking(InputTranscript("m2", "And fruit?"))
    assert creates(out + speaking.ticks(5))


def test_a_stop_that_was_missed_counts_when_the_floor_moves_again(speaking):
    assert of(speaking(FloorChanged("guided", 3, stopped=2)), ClearPlayback)


def test_an_old_stop_stops_nothing(talk):
    talk(FloorChanged("coach", 2, stopped=2))
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three.", 2000, done=False)
    talk.heard(1000)
    assert of(talk(FloorChanged("guided", 3, stopped=2)), ClearPlayback) == []


@pytest.mark.parametrize("floor", ["expert", "safety_hold"])
def test_nothing_of_the_engine_passes_while_the_floor_is_not_the_coachs(talk, floor):
    talk(FloorChanged(floor, 2))
    talk(ResponseCreated("r9", ""))
    out = talk(SpokenDelta("r9", "c9", "Hi"), SpokenAudio("r9", "c9", bytes(4800)))
    assert out == []
    assert of(talk.all, CancelResponse)


@pytest.mark.parametrize("floor", ["expert", "safety_hold"])
def test_the_member_is_still_heard_but_not_answered(talk, floor):
    talk(FloorChanged(floor, 2))
    out = talk.says("m1") + talk(InputTranscript("m1", "Are you there?"))
    out += talk(TextTyped("t1", "Hello?"))
    assert creates(out + talk.ticks(20)) == []
    assert [t[1] for t in turns(out)] == ["Are you there?", "Hello?"]


def test_an_answer_that_was_waiting_is_not_spoken_after_the_expert(talk):
    talk.says("m1")
    talk.says("m2")
    talk(FloorChanged("expert", 2))
    talk(ResponseCreated("r1", ""), ResponseDone("r1", "cancelled"))
    assert creates(talk(FloorChanged("coach", 3)) + talk.ticks(10)) == []


def test_no_tool_runs_under_an_expert_but_the_call_is_answered(talk):
    talk(FloorChanged("expert", 2))
    out = talk(ToolCalled("r", "call1", "log_meal", "{}"))
    assert of(out, RunTool) == []
    assert [o.call_id for o in of(out, ToolOutput)] == ["call1"]


def test_a_tool_that_ends_under_an_expert_is_answered_without_a_response(talk):
    from coach.voice.inputs import ToolFinished

    talk.says("m1")
    response = talk.starts_response()
    talk(ToolCalled(response, "call1", "log_meal", "{}"), ResponseDone(response, "completed"))
    talk(FloorChanged("expert", 2))
    out = talk(ToolFinished("call1", "{}")) + talk.ticks(2)
    assert of(out, ToolOutput)
    assert creates(out) == []


def test_an_older_epoch_is_ignored(talk):
    talk(FloorChanged("expert", 5))
    assert talk(FloorChanged("coach", 4)) == []
    assert talk.conversation.floor == "expert"


def test_between_floors_of_the_coach_it_speaks_on_under_the_new_epoch(speaking):
    out = speaking(FloorChanged("coach_waiting", 2))
    assert of(out, ClearPlayback, CancelResponse) == []
    speaking(SpokenText("resp1", "c1", "One two three four five six."))
    speaking(ResponseDone("resp1", "completed"))
    out = speaking.heard(2000)
    [turn] = of(out, RecordTurn)
    assert turn.epoch == 2


def test_floors_have_their_states(talk):
    talk(FloorChanged("expert", 2))
    talk(FloorChanged("safety_hold", 3))
    talk(FloorChanged("coach", 4))
    assert states(talk.all) == ["listening", "person", "held", "listening"]


def test_after_the_hand_back_the_coach_speaks_first_with_the_note(talk):
    talk(FloorChanged("expert", 2, "Asha"))
    talk(FloorChanged("coach", 3))
    out = talk(HandedBack("Asha spoke about iron.", "Asha told me about iron."))
    [note] = of(out, AddMessage)
    assert (note.role, note.text) == ("system", "Asha spoke about iron.")
    [create] = creates(out)
    assert 'For example: "Asha told me about iron."' in create.instructions


def test_what_an_expert_says_is_told_to_the_engine_silently(talk):
    talk(FloorChanged("expert", 2, "Asha"))
    out = talk(PersonSaid("Asha", "Take it easy."))
    [message] = of(out, AddMessage)
    assert message.role == "system"
    assert "Take it easy." in message.text
    assert creates(out) == []


def test_guidance_counts_for_one_answer_and_is_forgotten(talk):
    [message] = of(talk(GuidanceGiven("Ask about salt.")), AddMessage)
    assert "Ask about salt." in message.text
    talk.says("m1")
    response = talk.starts_response()
    out = talk.speaks(response, "c1", "How much salt?", 800)
    assert [d.item_id for d in of(out, DeleteItem)] == [message.item_id]


def test_guidance_in_the_middle_of_an_answer_is_kept_for_the_next(talk):
    talk.says("m1")
    response = talk.starts_response()
    talk(GuidanceGiven("Ask about salt."))
    assert of(talk.speaks(response, "c1", "Hello.", 800), DeleteItem) == []


def test_guidance_lasts_until_the_answer_that_follows_a_tool(talk):
    from coach.voice.inputs import ToolFinished

    [message] = of(talk(GuidanceGiven("Ask about salt.")), AddMessage)
    talk.says("m1")
    response = talk.starts_response()
    call = ToolCalled(response, "call1", "log_meal", "{}")
    out = talk(call, ResponseDone(response, "completed", calls=(call,)))
    out += talk(ToolFinished("call1", "{}"))
    assert of(out, DeleteItem, ShowError) == []
    response = talk.starts_response()
    out = talk.speaks(response, "c1", "How much salt?", 800)
    assert [d.item_id for d in of(out, DeleteItem)] == [message.item_id]


# --- scripts --------------------------------------------------------------------------------------


def test_a_script_is_asked_for_word_for_word_even_on_hold(talk):
    talk(FloorChanged("safety_hold", 2))
    [create] = creates(talk(ScriptGiven(SCRIPT)))
    assert create.instructions.startswith("Say exactly this, word for word")
    assert f'"{SCRIPT}"' in create.instructions
    assert not create.tools


def test_a_script_on_hold_is_heard_and_written(talk):
    talk(FloorChanged("safety_hold", 2))
    talk(ScriptGiven(SCRIPT))
    talk.answers("s1", SCRIPT, 2000)
    out = talk.heard(2000)
    [turn] = of(out, RecordTurn)
    assert (turn.text, turn.source) == (SCRIPT, "script")


def test_no_script_is_spoken_over_an_expert(talk):
    talk(FloorChanged("expert", 2))
    assert creates(talk(ScriptGiven(SCRIPT)) + talk.ticks(3)) == []


def test_a_script_cuts_off_what_the_coach_was_saying(speaking):
    out = speaking(ScriptGiven(SCRIPT))
    assert of(out, ClearPlayback)
    assert len(creates(speaking(ResponseDone("resp1", "cancelled")))) == 1


def off_script(talk, item):
    response = talk.starts_response()
    out = talk(SpokenAudio(response, item, bytes(4800)))
    out += talk(SpokenDelta(response, item, "Sure thing! I can "))
    out += talk(ResponseDone(response, "cancelled"))
    return out


def test_other_words_than_the_scripts_are_cut_off_and_tried_once_more(talk):
    talk(FloorChanged("safety_hold", 2))
    talk(ScriptGiven(SCRIPT))
    out = off_script(talk, "s1")
    assert of(out, ClearPlayback)
    assert turns(out) == []
    assert len(creates(out)) == 1


def test_a_script_that_is_not_spoken_is_shown_instead(talk):
    talk(FloorChanged("safety_hold", 2))
    talk(ScriptGiven(SCRIPT))
    off_script(talk, "s1")
    out = off_script(talk, "s2")
    assert creates(out) == []
    assert turns(out) == [("coach", SCRIPT, False)]


def test_half_a_script_is_not_the_script(talk):
    talk(ScriptGiven(SCRIPT))
    response = talk.starts_response()
    out = talk(SpokenDelta(response, "s1", "I hear you."))
    assert of(out, ClearPlayback) == []
    out = talk(SpokenText(response, "s1", "I hear you."))
    assert of(out, ClearPlayback)


# --- screening ------------------------------------------------------------------------------------


def test_a_hit_in_typed_text_holds_the_answer_until_released(talk):
    talk.hold.add("text-t1")
    out = talk(TextTyped("t1", "something grave"))
    assert creates(out) == []
    assert turns(out)
    assert len(creates(talk(HoldReleased()))) == 1


def test_a_hit_that_ends_in_a_hold_is_never_answered_by_the_engine(talk):
    talk.hold.add("text-t1")
    talk(TextTyped("t1", "something grave"))
    out = talk(FloorChanged("safety_hold", 2), ScriptGiven(SCRIPT), HoldReleased())
    assert [c.instructions[:16] for c in creates(out)] == ["Say exactly this"]


def test_a_hit_in_a_transcript_silences_the_answer_under_way_and_owes_it(talk):
    talk.says("m1")
    talk.answers("c1", "One two three", 1000, done=False)
    talk.hold.add("m1")
    out = talk(InputTranscript("m1", "something grave"))
    assert of(out, ClearPlayback)
    assert of(out, CancelResponse)
    talk(ResponseDone("resp1", "cancelled"))
    assert len(creates(talk(HoldReleased()))) == 1


def test_the_coachs_own_words_are_cut_off_at_a_hit(talk):
    talk.says("m1")
    response = talk.starts_response()
    talk.hold.add("c1")
    out = talk(SpokenAudio(response, "c1", bytes(4800)))
    out += talk(SpokenDelta(response, "c1", "You should stop taking your insulin at once"))
    assert of(out, ClearPlayback)
    assert of(out, ShowError) == [ShowError("coach_stopped")]
    assert talk(SpokenAudio(response, "c1", bytes(4800))) == []


def test_who_was_told_that_the_coach_was_stopped_waits_for_no_answer(talk):
    talk.says("m1")
    response = talk.starts_response()
    talk(SpeechStarted("m2"), InputCommitted("m2"), InputFailed("m2", "no"))  # waits its turn
    talk.hold.add("c1")
    talk(SpokenDelta(response, "c1", "You should stop taking your insulin at once"))
    talk(ResponseDone(response, "cancelled"))
    assert creates(talk(HoldReleased()) + talk.ticks(30)) == []


def test_a_hold_whose_act_never_ends_is_given_up(talk):
    talk.hold.add("text-t1")
    talk(TextTyped("t1", "something grave"))
    assert len(creates(talk.ticks(11))) >= 1


def test_a_talk_that_starts_on_hold_does_not_greet():
    talk = Driver(ready=False, floor="safety_hold", epoch=4, greeting="Hi!")
    assert creates(talk(EngineReady()) + talk.ticks(3)) == []


def test_a_new_talk_is_opened_by_the_coach():
    talk = Driver(ready=False, greeting="Hi Maya!")
    [create] = creates(talk(EngineReady()))
    assert create.instructions.endswith('For example: "Hi Maya!"')


def test_a_resumed_talk_is_not_opened_again():
    talk = Driver(ready=False, greeting="Hi Maya!")
    assert creates(talk(EngineReady(resumed=True))) == []


def test_committed_speech_while_held_back_is_not_answered_by_the_watchdog(talk):
    talk(FloorChanged("expert", 2))
    talk(InputCommitted("m1"))
    assert creates(talk.ticks(30)) == []


# --- what may not be lost ---------------------------------------------------------------------


def test_guidance_while_there_is_no_engine_is_told_to_the_next(talk):
    talk(EngineLost())
    assert of(talk(GuidanceGiven("Ask about salt.")), AddMessage) == []
    [message] = of(talk(EngineReady(resumed=True)), AddMessage)
    assert "Ask about salt." in message.text


def test_guidance_that_no_answer_was_shaped_by_is_told_to_the_next_engine(talk):
    talk(GuidanceGiven("Ask about salt."), EngineLost())
    assert len(of(talk(EngineReady(resumed=True)), AddMessage)) == 1
    talk.says("m1")
    response = talk.starts_response()
    out = talk.speaks(response, "c1", "How much salt?", 800)
    assert len(of(out, DeleteItem)) == 1
    assert of(talk(EngineLost(), EngineReady(resumed=True)), AddMessage) == []


def test_a_script_is_delivered_when_its_last_word_was_heard(talk):
    talk(FloorChanged("safety_hold", 2), ScriptGiven(SCRIPT, 7))
    talk.answers("s1", SCRIPT, 2000)
    assert of(talk.heard(1500), DirectiveDelivered) == []
    assert refs(talk.heard(2000)) == [7]


def test_half_a_script_at_the_end_of_the_connection_is_not_delivered(talk):
    talk(FloorChanged("safety_hold", 2), ScriptGiven(SCRIPT, 7), ScriptGiven("Again.", 8))
    talk.answers("s1", SCRIPT, 2000)
    talk.heard(1500)
    talk(TalkEnded())
    assert of(talk.all, DirectiveDelivered) == []


def test_a_script_spoken_otherwise_is_delivered_once_it_is_shown(talk):
    talk(FloorChanged("safety_hold", 2), ScriptGiven(SCRIPT, 7))
    assert of(off_script(talk, "s1"), DirectiveDelivered) == []
    assert refs(off_script(talk, "s2")) == [7]


def test_what_an_expert_took_over_from_is_void(talk):
    talk(
        EngineLost(),
        ScriptGiven(SCRIPT, 7),
        HandedBack("Note.", "Hello.", 8),
        GuidanceGiven("Salt.", 9),
    )
    out = talk(FloorChanged("expert", 2))
    assert {d.ref for d in of(out, DirectiveDelivered)} == {7, 8}


@pytest.mark.parametrize("complaint", ["", "server_error"])
@pytest.mark.parametrize("begun", [True, False])
def test_a_script_that_gets_stuck_is_read(talk, begun, complaint):
    talk(FloorChanged("safety_hold", 2), ScriptGiven(SCRIPT, 7))
    response = talk.starts_response()
    if begun:
        talk.speaks(response, "s1", "I hear you.", 400, done=False)
        talk.heard(400)
    if complaint:
        talk(EngineFault(complaint, "no"))
    out = talk.ticks(limits.RESPONSE_IDLE_S + 1)
    assert turns(out)[-1] == ("coach", SCRIPT, False)
    told = [type(effect) for effect in of(out, DirectiveDelivered, RecordTurn)]
    assert told == [*[RecordTurn] * (1 + begun), DirectiveDelivered]
    assert of(out, ShowError) == []


def test_guidance_and_hand_back_are_delivered_by_the_answer_they_shaped(talk):
    talk(HandedBack("Note.", "Hello.", 8), GuidanceGiven("Salt.", 9))
    response = talk.starts_response()
    out = talk.speaks(response, "c1", "Hello.", 800)
    out += talk.heard(800)
    assert {d.ref for d in of(out, DirectiveDelivered)} == {8, 9}


# --- an expert's own sentence ---------------------------------------------------------------------


def test_the_word_of_an_expert_is_spoken_as_it_is(talk):
    [create] = creates(talk(WordGiven(WORD, 7)))
    assert create.instructions == f'Say exactly this, word for word, and nothing else: "{WORD}"'
    talk.answers("w1", WORD, 900)
    out = talk.heard(900)
    assert of(out, DirectiveDelivered) == [DirectiveDelivered(7, "w1")]
    assert ("coach", WORD, False) in turns(talk.all)


def test_a_word_waits_until_the_coach_has_been_heard_and_cuts_nobody_off(speaking):
    out = speaking(WordGiven(WORD, 7))
    assert of(out, ClearPlayback, CancelResponse) == []
    assert creates(out) == []
    out = speaking(SpokenText("resp1", "c1", "One two."), ResponseDone("resp1", "completed"))
    out += speaking.heard(2000)
    assert [c.instructions[:16] for c in creates(out)] == ["Say exactly this"]


def test_a_word_that_an_engine_will_not_say_is_read(talk):
    talk(WordGiven(WORD, 7))
    off_script(talk, "w1")
    out = off_script(talk, "w2")
    assert turns(out)[-1] == ("coach", WORD, False)
    [told] = of(out, DirectiveDelivered)
    assert (told.ref, told.void) == (7, "")
    assert told.item_id


@pytest.mark.parametrize("floor", ["expert", "safety_hold"])
def test_a_word_is_void_where_somebody_else_may_speak(talk, floor):
    out = talk(EngineLost(), WordGiven(WORD, 7), FloorChanged(floor, 2))
    assert of(out, DirectiveDelivered) == [DirectiveDelivered(7, void="floor")]


def test_a_word_for_a_talk_that_a_person_has_is_given_back_at_once(talk):
    talk(FloorChanged("expert", 2))
    assert of(talk(WordGiven(WORD, 7)), DirectiveDelivered) == [DirectiveDelivered(7, void="floor")]


def test_a_word_that_could_not_be_said_in_time_is_given_back(talk):
    """The engine is away; once it is back, the word is out of place."""
    talk(EngineLost(), WordGiven(WORD, 7, life_s=30.0))
    assert of(talk.ticks(29), DirectiveDelivered) == []
    assert of(talk.ticks(2), DirectiveDelivered) == [DirectiveDelivered(7, void="expired")]
    assert creates(talk(EngineReady(True)) + talk.ticks(2)) == []


def test_a_word_that_is_being_said_is_said_to_its_end(talk):
    talk(WordGiven(WORD, 7, life_s=1.0))
    talk.answers("w1", WORD, 3000)
    assert of(talk.ticks(2), DirectiveDelivered) == []
    assert of(talk.heard(3000), DirectiveDelivered) == [DirectiveDelivered(7, "w1")]


def test_a_word_follows_the_answer_to_a_question_that_comes_while_it_waits(talk):
    talk.says("m1")
    first = talk.starts_response()
    talk(WordGiven(WORD, 7))
    out = talk(SpeechStarted("m2"), InputCommitted("m2"), InputTranscript("m2", "And a mango?"))
    out += talk(ResponseDone(first, "cancelled")) + talk.ticks(2)
    assert [c.instructions for c in creates(out)] == [""]  # the answer, and not the word
    second = talk.starts_response()
    out = talk.speaks(second, "c2", "A mango has 200.", 800)
    assert creates(out) == []
    out = talk.heard(800) + talk.ticks(1)
    assert [c.instructions[:16] for c in creates(out)] == ["Say exactly this"]


def test_a_word_that_nobody_has_heard_yet_follows_a_question_that_cuts_in(talk):
    talk(WordGiven(WORD, 7))
    word = talk.starts_response()
    out = talk(TextTyped("t1", "How much is a mango?"))
    assert of(out, DirectiveDelivered) == []
    out += talk(ResponseDone(word, "cancelled")) + talk.ticks(2)
    assert [c.instructions for c in creates(out)] == [""]
    talk.speaks(talk.starts_response(), "c2", "200 kcal.", 800)
    out = talk.heard(800) + talk.ticks(1)
    assert [c.instructions[:16] for c in creates(out)] == ["Say exactly this"]


def test_a_word_that_was_cut_in_on_is_given_back_and_not_repeated(talk):
    talk(WordGiven(WORD, 7))
    talk.answers("w1", WORD, 2000)
    talk.heard(1000)
    out = talk(Interrupt()) + talk.ticks(2)
    assert of(out, DirectiveDelivered) == [DirectiveDelivered(7, void="cut_off")]
    assert creates(out) == []


def test_words_after_a_hand_back_are_spoken_as_they_are(talk):
    [create] = creates(talk(HandedBack("Note.", "Fruit is fine.", 8, verbatim=True)))
    assert create.instructions.endswith('nothing else: "Fruit is fine."')


@pytest.mark.parametrize("sound", ["words", "noise", "unended"])
def test_words_after_a_hand_back_that_nobody_has_heard_yet_follow_who_cuts_in(talk, sound):
    """What the member said while the expert had the floor may be told of late."""
    talk(HandedBack("Note.", "Fruit is fine.", 8, verbatim=True))
    words = talk.starts_response()
    out = talk(SpeechStarted("m2", spoken_ms=500)) + talk(ResponseDone(words, "cancelled"))
    if sound != "unended":
        out += talk(InputCommitted("m2"), InputTranscript("m2", "Hm?" if sound == "words" else ""))
        talk.speaks(talk.starts_response(), "c2", "Yes.", 800)
        out += talk.heard(800) + talk.ticks(1)
    else:
        out += talk.ticks(limits.SPEECH_UNENDED_S + 1)
    assert of(out, DirectiveDelivered) == []
    assert creates(out)[-1].instructions.endswith('nothing else: "Fruit is fine."')
    [sound] = of(talk.speaks(talk.starts_response(), "w1", "Fruit is fine.", 900), Play)
    heard = talk.heard(900, sound.index)
    assert of(heard, DirectiveDelivered) == [DirectiveDelivered(8, "w1")]


def test_guidance_names_the_line_that_it_shaped(talk):
    talk(GuidanceGiven("Salt.", 9))
    talk.says("m1")
    out = talk.speaks(talk.starts_response(), "c1", "How much salt?", 800)
    assert of(out, DirectiveDelivered) == [DirectiveDelivered(9, "c1")]


def test_guidance_whose_time_is_over_shapes_nothing(talk):
    talk(GuidanceGiven("Salt.", 9, life_s=10.0))
    out = talk.ticks(11)
    assert len(of(out, DeleteItem)) == 1
    talk.says("m1")
    out = talk.speaks(talk.starts_response(), "c1", "Hello.", 800)
    assert of(out, DirectiveDelivered) == []


# --- a danger's script is not cut ---------------------------------------------------------------


@pytest.fixture
def crisis(talk):
    """A reviewed script is being spoken in a safety hold, half of it heard."""
    talk(FloorChanged("safety_hold", 2), ScriptGiven(SCRIPT, 7))
    response = talk.starts_response()
    talk.speaks(response, "s1", SCRIPT, 2000, done=False)
    talk.heard(1000)
    return talk


def test_neither_tap_nor_voice_nor_text_cuts_a_crisis_script(crisis):
    crisis.hold.add("text-t1")
    out = crisis(Interrupt(), TextTyped("t1", "something grave")) + crisis.says("m1")
    assert of(out, ClearPlayback, CancelResponse, Truncate) == []
    crisis(SpokenText("resp1", "s1", SCRIPT), ResponseDone("resp1", "completed"))
    out = crisis.heard(2000)
    assert ("coach", SCRIPT, False) in turns(out)


def test_an_expert_cuts_even_a_crisis_script(crisis):
    out = crisis(FloorChanged("expert", 3))
    assert of(out, ClearPlayback)
    assert refs(out) == [7]


def test_a_script_outside_a_safety_hold_yields_to_the_member(talk):
    talk(ScriptGiven(SCRIPT))
    talk.answers("s1", SCRIPT, 2000, done=False)
    assert of(talk(Interrupt()), ClearPlayback)
