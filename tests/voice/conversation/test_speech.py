"""Hearing the member, answering, and being interrupted."""

from coach.voice import limits
from coach.voice.effects import ClearPlayback, DropCaption, Play, ScreenText, ShowError
from coach.voice.engine_commands import AddMessage, AddSilence, CancelResponse, DeleteItem, Truncate
from coach.voice.engine_events import (
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
)
from coach.voice.inputs import Interrupt, MemberVoice, MicrophoneMuted, TextTyped
from coach.voice.recent_ids import RecentIds
from tests.support.conversation_driver import Driver, creates, of, played_ms, states, turns


def test_speech_that_was_committed_is_answered_once(talk):
    assert len(creates(talk.says("m1"))) == 1


def test_a_turn_goes_listening_thinking_speaking_listening(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "Hi there.", 1000)
    talk.heard(1000)
    assert states(talk.all) == ["listening", "thinking", "speaking", "listening"]


def test_a_pause_between_two_sentences_is_still_speaking(talk):
    talk.says("m1")
    response = talk.answers("c1", "One. ", 500, done=False)
    talk.heard(500)
    talk(SpokenAudio(response, "c1", bytes(500 * 48)))
    assert states(talk.all) == ["listening", "thinking", "speaking"]


def test_turns_are_written_as_they_were_said(talk):
    talk.says("m1")
    talk(InputTranscript("m1", " Hello. "))
    talk.answers("c1", "Hi there.", 1000)
    assert turns(talk.all) == [("member", "Hello.", False)]
    talk.heard(1000)
    assert turns(talk.all)[1:] == [("coach", "Hi there.", False)]


def test_a_late_transcript_still_stands_before_the_answer(talk):
    talk.says("m1")
    talk.answers("c1", "Hi there.", 1000)
    talk.heard(1000)
    assert turns(talk.all) == []
    talk(InputTranscript("m1", "Hello"))
    assert [t[0] for t in turns(talk.all)] == ["member", "coach"]


def test_two_transcripts_out_of_order_are_written_in_the_order_of_commits(talk):
    talk.says("m1")
    talk.says("m2")
    talk(InputTranscript("m2", "second"))
    talk(InputTranscript("m1", "first"))
    assert [t[1] for t in turns(talk.all)] == ["first", "second"]


def test_a_failed_transcript_does_not_hold_up_what_follows(talk):
    talk.says("m1")
    talk.says("m2")
    talk(InputTranscript("m2", "second"))
    out = talk(InputFailed("m1", "audio_unintelligible"))
    assert of(out, DropCaption) == [DropCaption("m1")]
    assert [t[1] for t in turns(talk.all)] == ["second"]


def test_a_transcript_that_never_comes_is_given_up_and_a_late_one_still_written(talk):
    talk.says("m1")
    talk.says("m2")
    talk(InputTranscript("m2", "second"))
    talk.ticks(11)
    assert [t[1] for t in turns(talk.all)] == ["second"]
    talk(InputTranscript("m1", "first"))
    assert [t[1] for t in turns(talk.all)] == ["second", "first"]


def test_partials_grow_the_caption_and_are_screened_about_once_a_second(talk):
    talk(SpeechStarted("m1"))
    screened = []
    for word in ("I ", "feel ", "so ", "very ", "bad"):
        screened += of(talk(InputDelta("m1", word), after=0.4), ScreenText)
    assert [s.text for s in screened] == ["I ", "I feel so very "]


# --- barge-in -------------------------------------------------------------------------------------


def interrupted(talk, heard_ms, *, done=False):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three four five six seven eight.", 3000, done=done)
    if heard_ms:
        talk.heard(heard_ms)
    return talk(SpeechStarted("m2"), *[MemberVoice(20)] * 10)


def test_barge_in_clears_cancels_and_truncates_at_what_was_heard(talk):
    out = interrupted(talk, 1200)
    assert of(out, ClearPlayback) == [ClearPlayback(2)]
    assert [c.response_id for c in of(out, CancelResponse)] == ["resp1"]
    assert [(t.item_id, t.audio_end_ms) for t in of(out, Truncate)] == [("c1", 1200)]
    [turn] = [t for t in turns(out) if t[0] == "coach"]
    assert turn[2] is True
    assert "One two".startswith(turn[1][:7])
    assert "eight" not in turn[1]


def test_truncation_never_exceeds_what_was_received(talk):
    out = interrupted(talk, 99_000)
    assert [t.audio_end_ms for t in of(out, Truncate)] == [3000]


def test_nothing_heard_is_deleted_not_truncated_and_not_written(talk):
    out = interrupted(talk, 0)
    assert [d.item_id for d in of(out, DeleteItem)] == ["c1"]
    assert of(out, Truncate) == []
    assert of(out, DropCaption) == [DropCaption("c1")]
    assert [t for t in turns(out) if t[0] == "coach"] == []


def test_barge_in_after_the_response_ended_still_truncates(talk):
    out = interrupted(talk, 1000, done=True)
    assert of(out, CancelResponse) == []
    assert [t.audio_end_ms for t in of(out, Truncate)] == [1000]


def test_speech_after_all_was_heard_interrupts_nothing(talk):
    out = interrupted(talk, 3000, done=True)
    assert of(out, ClearPlayback, Truncate, CancelResponse) == []


def test_stragglers_of_a_cancelled_response_are_dropped(talk):
    interrupted(talk, 1200)
    out = talk(SpokenAudio("resp1", "c1", bytes(4800)), SpokenDelta("resp1", "c1", " nine"))
    assert out == []
    out = talk(SpokenAudio("resp1", "c-new", bytes(4800)))
    assert out == []


def test_the_answer_to_the_interruption_waits_for_the_end_of_the_cancelled_response(talk):
    interrupted(talk, 1200)
    out = talk(SpeechStopped("m2"), InputCommitted("m2"))
    assert creates(out) == []
    out = talk(ResponseDone("resp1", "cancelled", "client_cancelled"))
    assert len(creates(out)) == 1


def test_frames_after_barge_in_carry_the_new_generation(talk):
    interrupted(talk, 1200)
    talk(SpeechStopped("m2"), InputCommitted("m2"))
    talk(ResponseDone("resp1", "cancelled"))
    response = talk.starts_response()
    [play] = of(talk(SpokenAudio(response, "c2", bytes(480))), Play)
    assert (play.generation, play.index) == (2, 1)


def test_a_cough_does_not_silence_the_coach(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three four.", 3000)
    talk.heard(500)
    out = talk(SpeechStarted("m2"), *[MemberVoice(20)] * 5)
    out += talk(SpeechStopped("m2"), InputCommitted("m2"), after=0.6)
    out += talk(InputTranscript("m2", ""))
    assert of(out, ClearPlayback, CancelResponse, Truncate) == []
    assert creates(out) == []
    assert [d.item_id for d in of(out, DeleteItem)] == ["m2"]
    talk.heard(3000)
    assert turns(talk.all)[-1] == ("coach", "One two three four.", False)


def test_a_short_word_counts_when_its_transcript_tells_so(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three four.", 3000)
    talk.heard(500)
    talk(SpeechStarted("m2"), *[MemberVoice(20)] * 7)
    talk(SpeechStopped("m2"), InputCommitted("m2"), after=0.6)
    out = talk(InputTranscript("m2", "Stop."))
    assert of(out, ClearPlayback)
    assert len(creates(out)) == 1
    assert ("member", "Stop.", False) in turns(out)


def test_quiet_speech_interrupts_when_it_outlasts_any_cough(talk):
    talk.says("m1")
    talk.answers("c1", "One two three four.", 3000)
    talk.heard(500)
    talk(SpeechStarted("m2"))
    assert of(talk.ticks(0.5), ClearPlayback) == []
    assert of(talk.ticks(0.5), ClearPlayback)


def test_a_short_sound_in_silence_waits_for_its_words_but_not_for_ever(talk):
    talk(SpeechStarted("m1"), MemberVoice(20), SpeechStopped("m1"))
    assert creates(talk(InputCommitted("m1"))) == []
    assert len(creates(talk.ticks(2))) == 1


def test_speech_before_the_response_began_cancels_it_by_id_when_it_begins(talk):
    talk.says("m1")
    out = talk(SpeechStarted("m2"), *[MemberVoice(20)] * 10)
    assert [c.response_id for c in of(out, CancelResponse)] == [""]
    from coach.voice.engine_events import ResponseCreated

    out = talk(ResponseCreated("late", ""))
    assert [c.response_id for c in of(out, CancelResponse)] == ["late"]
    assert talk(SpokenAudio("late", "c1", bytes(480))) == []


def test_a_tap_silences_the_coach_and_nothing_answers(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "One two three four.", 3000)
    talk.heard(1500)
    out = talk(Interrupt())
    assert of(out, ClearPlayback)
    assert creates(out) == []
    assert [t[0] for t in turns(out)] == ["coach"]


def test_muting_in_the_middle_of_speech_ends_the_utterance(talk):
    talk(SpeechStarted("m1"))
    [silence] = of(talk(MicrophoneMuted(True)), AddSilence)
    assert silence.ms > 500
    talk(SpeechStopped("m1"))
    assert of(talk(MicrophoneMuted(True)), AddSilence) == []


def test_speech_that_the_engine_finds_after_the_mute_ends_as_well(talk):
    talk(MicrophoneMuted(True))
    [silence] = of(talk(SpeechStarted("m1")), AddSilence)
    assert silence.ms > 500
    assert of(talk(SpeechStarted("m1")), AddSilence) == []  # told twice, ended once
    talk(MicrophoneMuted(False))
    assert of(talk(SpeechStarted("m2")), AddSilence) == []


# --- typed text -----------------------------------------------------------------------------------


def test_typed_text_is_screened_then_written_then_answered(talk):
    out = talk(TextTyped("id-1", " A banana "))
    kinds = [type(e).__name__ for e in out if not type(e).__name__.startswith("Show")]
    assert kinds == ["ScreenText", "RecordTurn", "AddMessage", "CreateResponse"]
    [message] = of(out, AddMessage)
    assert (message.role, message.text) == ("user", "A banana")


def test_typed_text_interrupts_the_coach(talk):
    talk.says("m1")
    talk.answers("c1", "One two three four.", 3000)
    talk.heard(500)
    assert of(talk(TextTyped("id-1", "wait")), ClearPlayback)


def test_the_same_typed_text_counts_once(talk):
    talk(TextTyped("id-1", "A banana"))
    assert talk(TextTyped("id-1", "A banana")) == []


def test_texts_answered_before_a_reconnection_are_known():
    talk = Driver(answered_ids=["id-1"])
    assert talk(TextTyped("id-1", "A banana")) == []


def test_empty_text_is_nothing(talk):
    assert talk(TextTyped("id-1", "   ")) == []


# --- the page -------------------------------------------------------------------------------------


def test_a_page_that_never_reports_still_gets_its_turns_written(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    talk.answers("c1", "Hi there.", 1000)
    talk.ticks(8)
    assert turns(talk.all)[-1] == ("coach", "Hi there.", False)


def test_a_long_answer_is_sent_at_the_pace_of_its_playing(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "Hello"))
    response = talk.starts_response()
    out = []
    for _ in range(100):
        out += talk(SpokenAudio(response, "c1", bytes(100 * 48)))
    assert played_ms(out) == 4000
    assert played_ms(talk.heard(2000)) == 2000


def test_items_have_their_own_index(talk):
    talk.says("m1")
    response = talk.starts_response()
    out = talk(SpokenAudio(response, "c1", bytes(480)), SpokenAudio(response, "c2", bytes(480)))
    assert [p.index for p in of(out, Play)] == [0, 1]


def test_more_texts_than_anybody_types_are_refused_and_none_that_was_accepted_is_lost(talk):
    texts = [TextTyped(f"t{n}", f"text {n}") for n in range(limits.TYPED_AT_ONCE + 1)]
    out = talk(*texts)
    assert [t[1] for t in turns(out)] == [t.text for t in texts[:-1]]
    assert of(out, ShowError) == [ShowError("too_many_texts")]
    out = talk(texts[-1], after=limits.TYPED_WINDOW_S)
    assert [t[1] for t in turns(out)] == [texts[-1].text]


def test_only_the_last_ids_are_known(monkeypatch):
    monkeypatch.setattr(limits, "RECENT_IDS", 2)
    ids = RecentIds(["a"])
    for name in ("b", "b", "c"):
        ids.add(name)
    assert ["a" in ids, "b" in ids, "c" in ids] == [False, True, True]


def test_a_part_of_the_words_that_comes_after_all_of_them_shows_nothing(talk):
    talk.says("m1")
    talk(InputTranscript("m1", "I had eggs"))
    assert talk(InputDelta("m1", "I had")) == []
