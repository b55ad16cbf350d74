"""The session's rules for sound: buffer, turns, transcripts and interruptions."""

import base64

import numpy as np
import pytest

from coach.engine import limits
from coach.engine.llm.types import Message
from coach.engine.session.effects import (
    CancelTranscription,
    DetectSpeech,
    GenerateResponse,
    ResponseFinished,
    ResponsePiece,
    SpeechProbabilities,
    StopResponse,
    Tick,
    Transcribe,
    TranscriptFailed,
    TranscriptReady,
)
from coach.engine.session.turn_detection import reads_finished
from tests.support.session_bench import FRAME, Bench, b64, code, kinds, only, sound

DELTA = "conversation.item.input_audio_transcription.delta"
COMPLETED = "conversation.item.input_audio_transcription.completed"
FAILED = "conversation.item.input_audio_transcription.failed"


@pytest.fixture
def bench() -> Bench:
    made = Bench()
    made.detect()
    return made


def test_a_turn_event_by_event(bench: Bench) -> None:
    bench.hush(20)
    started = only(bench.say(20), "input_audio_buffer.speech_started")
    assert started["audio_start_ms"] == 640 - 300
    bench.hush(4)
    (final,) = bench.finals
    assert bench.happen(TranscriptReady(final.job, "Log a banana.")) == []
    events = bench.hush(16)
    assert kinds(events) == [
        "input_audio_buffer.speech_stopped",
        "input_audio_buffer.committed",
        "conversation.item.added",
        "conversation.item.done",
        DELTA,
        COMPLETED,
        "response.created",
        "rate_limits.updated",
    ]
    stopped, committed, added = events[:3]
    assert {stopped["item_id"], committed["item_id"], added["item"]["id"]} == {started["item_id"]}
    assert stopped["audio_end_ms"] == 640 + 640 + 512
    assert added["item"]["content"] == [{"type": "input_audio", "transcript": None}]
    completed = only(events, COMPLETED)
    assert completed["transcript"] == "Log a banana."
    assert completed["usage"] == {"type": "duration", "seconds": pytest.approx(1.452)}
    assert bench.answer.context.entries == [Message("user", "Log a banana.")]


def test_the_final_decode_starts_in_the_pause_and_is_not_repeated(bench: Bench) -> None:
    bench.say(20)
    bench.hush(3)
    (final,) = bench.finals
    bench.hush(17)
    assert bench.finals == [final]
    assert bench.wanted(GenerateResponse) == []
    events = bench.happen(TranscriptReady(final.job, "Hello."))
    assert COMPLETED in kinds(events)
    assert "response.created" not in kinds(events)
    assert len(bench.wanted(GenerateResponse)) == 1


def test_more_speech_drops_the_early_decode(bench: Bench) -> None:
    bench.say(20)
    bench.hush(4)
    (early,) = bench.finals
    bench.say(10)
    assert early.job in [one.job for one in bench.wanted(CancelTranscription)]
    assert bench.happen(TranscriptReady(early.job, "Log a")) == []
    bench.hush(20)
    (final,) = bench.finals
    assert final.pcm.size > early.pcm.size
    events = bench.happen(TranscriptReady(final.job, "Log a banana."))
    assert only(events, COMPLETED)["transcript"] == "Log a banana."


def test_a_click_is_no_speech(bench: Bench) -> None:
    events = bench.hear(0.0, 0.9, 0.0, 0.9, 0.0, 0.0)
    assert events == []


def test_a_lower_probability_keeps_a_turn_going(bench: Bench) -> None:
    bench.say(5)
    assert "input_audio_buffer.speech_stopped" not in kinds(bench.hear(*[0.4] * 40))
    assert "input_audio_buffer.speech_stopped" in kinds(bench.hear(*[0.3] * 20))


def test_partials_only_ever_append_what_two_decodes_agree_on(bench: Bench) -> None:
    bench.say(16)
    first = bench.wanted(Transcribe)[-1]
    assert first.partial
    assert bench.happen(TranscriptReady(first.job, "I had to")) == []
    bench.say(16)
    second = bench.wanted(Transcribe)[-1]
    events = bench.happen(TranscriptReady(second.job, "I had two eggs"))
    assert [event["delta"] for event in events] == ["I had"]
    bench.say(16)
    third = bench.wanted(Transcribe)[-1]
    events = bench.happen(TranscriptReady(third.job, "I had two eggs, and"))
    assert [event["delta"] for event in events] == [" two eggs"]
    bench.hush(4)
    final = bench.finals[-1]
    events = bench.happen(TranscriptReady(final.job, "I had two eggs and toast."))
    events += bench.hush(16)
    deltas = "".join(event["delta"] for event in bench.events if event["type"] == DELTA)
    assert deltas == "I had two eggs and toast."
    assert only(events, COMPLETED)["transcript"] == deltas


def test_no_transcript_events_unless_asked_for() -> None:
    bench = Bench()
    bench.say(40)
    bench.hush(20)
    events = bench.happen(TranscriptReady(bench.finals[-1].job, "Hello."))
    assert [kind for kind in kinds(bench.events) if "transcription" in kind] == []
    assert kinds(events) == ["rate_limits.updated"]
    assert bench.answer.context.entries == [Message("user", "Hello.")]


def test_long_speech_is_decoded_in_pieces(bench: Bench) -> None:
    bench.say(280)
    bench.hush(5)
    first = bench.finals[-1]
    bench.say(30)
    bench.happen(TranscriptReady(first.job, "The first part."))
    bench.hush(20)
    last = bench.finals[-1]
    assert last.pcm.size < first.pcm.size
    events = bench.happen(TranscriptReady(last.job, "The second."))
    assert only(events, COMPLETED)["transcript"] == "The first part. The second."


def test_speech_without_a_pause_is_cut_at_its_quietest(bench: Bench) -> None:
    bench.say(360)
    bench.hear(0.6)
    bench.say(70)
    (piece,) = bench.finals
    frames = (piece.pcm.size - 0) / 768
    assert frames == pytest.approx(361, abs=1)


def test_a_failed_decode_fails_the_item_and_the_talk_goes_on(bench: Bench) -> None:
    bench.say()
    bench.hush()
    events = bench.happen(TranscriptFailed(bench.finals[-1].job, "stt_busy"))
    assert only(events, FAILED)["error"]["code"] == "stt_busy"
    assert bench.answer.context.entries == [Message("user", "")]


def test_a_failed_early_decode_is_tried_again(bench: Bench) -> None:
    bench.say()
    bench.hush(4)
    bench.happen(TranscriptFailed(bench.finals[-1].job, "stt_busy"))
    bench.hush(16)
    assert len(bench.wanted(Transcribe)) > 1
    events = bench.happen(TranscriptReady(bench.finals[-1].job, "Hello."))
    assert only(events, COMPLETED)["transcript"] == "Hello."


def test_barging_in_cancels_the_response(bench: Bench) -> None:
    bench.send("response.create")
    answer = bench.answer.response_id
    bench.happen(ResponsePiece(answer, "A long story.", sound(300)))
    events = bench.say(3)
    assert kinds(events) == [
        "input_audio_buffer.speech_started",
        "response.output_audio.done",
        "response.output_audio_transcript.done",
        "response.content_part.done",
        "conversation.item.done",
        "response.output_item.done",
        "response.done",
    ]
    assert events[4]["item"]["status"] == "incomplete"
    details = events[-1]["response"]["status_details"]
    assert details == {"type": "cancelled", "reason": "turn_detected"}
    assert bench.wanted(StopResponse)[-1].response_id == answer


def test_interrupting_can_be_turned_off() -> None:
    bench = Bench()
    bench.detect(interrupt_response=False)
    bench.send("response.create")
    assert kinds(bench.say(3)) == ["input_audio_buffer.speech_started"]


def test_answering_can_be_left_to_the_client() -> None:
    bench = Bench()
    bench.detect(create_response=False)
    bench.say()
    events = bench.hush()
    assert "response.created" not in kinds(events)
    assert "response.created" in kinds(bench.send("response.create"))
    assert bench.wanted(GenerateResponse) == []
    bench.happen(TranscriptReady(bench.finals[-1].job, "Hello."))
    assert bench.answer.context.entries == [Message("user", "Hello.")]


def test_a_shorter_window_ends_a_turn_sooner() -> None:
    bench = Bench()
    bench.detect(silence_duration_ms=64)
    bench.say()
    assert "input_audio_buffer.committed" in kinds(bench.hush(3))


def test_semantic_detection_waits_for_the_rest_of_a_sentence() -> None:
    for text, frames in (("I had two eggs and", 63), ("I had two eggs.", 13)):
        bench = Bench()
        turns = {"type": "semantic_vad", "eagerness": "high"}
        bench.update(audio={"input": {"turn_detection": turns}})
        bench.say()
        bench.hush(3)
        bench.happen(TranscriptReady(bench.finals[-1].job, text))
        assert "input_audio_buffer.committed" not in kinds(bench.hush(frames - 4))
        assert "input_audio_buffer.committed" in kinds(bench.hush(2))


def test_a_sentence_ends_its_turn_though_no_more_sound_comes() -> None:
    bench = Bench()
    turns = {"type": "semantic_vad", "eagerness": "high"}
    bench.update(audio={"input": {"turn_detection": turns}})
    bench.say()
    assert kinds(bench.hush(40)) == []
    events = bench.happen(TranscriptReady(bench.finals[-1].job, "I had two eggs."))
    assert "input_audio_buffer.speech_stopped" in kinds(events)
    assert bench.answer.context.entries[-1].text == "I had two eggs."
    assert kinds(bench.hush(40)) == []


@pytest.mark.parametrize(
    ("text", "finished"),
    [("Log a banana.", True), ("", True), ("I had", False), ("eggs,", False), ("no", True)],
)
def test_what_reads_finished(text: str, finished: bool) -> None:
    assert reads_finished(text) is finished


def test_push_to_talk() -> None:
    bench = Bench()
    bench.update(audio={"input": {"turn_detection": None, "transcription": {"model": "whisper-1"}}})
    bench.send("input_audio_buffer.append", audio=b64(sound(99)))
    assert bench.wanted(DetectSpeech) == []
    error = only(bench.send("input_audio_buffer.commit"), "error")["error"]
    assert error["code"] == "input_audio_buffer_commit_empty"
    bench.send("input_audio_buffer.append", audio=b64(sound(901)))
    events = bench.send("input_audio_buffer.commit")
    assert kinds(events) == [
        "input_audio_buffer.committed",
        "conversation.item.added",
        "conversation.item.done",
    ]
    (final,) = bench.finals
    assert final.pcm.size == 24_000
    events = bench.happen(TranscriptReady(final.job, "Hello."))
    assert kinds(events) == [DELTA, COMPLETED]
    assert bench.wanted(GenerateResponse) == []
    assert code(bench.send("input_audio_buffer.commit")) == "input_audio_buffer_commit_empty"


def test_a_response_waits_for_the_words_it_answers() -> None:
    bench = Bench()
    bench.update(audio={"input": {"turn_detection": None}})
    bench.send("input_audio_buffer.append", audio=b64(sound(500)))
    bench.send("input_audio_buffer.commit")
    assert kinds(bench.send("response.create")) == ["response.created"]
    assert bench.wanted(GenerateResponse) == []
    bench.happen(TranscriptReady(bench.finals[-1].job, "Hello."))
    assert bench.answer.context.entries == [Message("user", "Hello.")]


def test_a_response_does_not_wait_for_a_deleted_item() -> None:
    bench = Bench()
    bench.update(audio={"input": {"turn_detection": None}})
    bench.send("input_audio_buffer.append", audio=b64(sound(500)))
    item = bench.send("input_audio_buffer.commit")[0]["item_id"]
    bench.send("response.create")
    bench.send("conversation.item.delete", item_id=item)
    assert bench.answer.context.entries == []
    (decode,) = bench.wanted(Transcribe)
    assert CancelTranscription(decode.job) in bench.effects
    assert bench.happen(TranscriptReady(decode.job, "Hello.")) == []


def test_a_commit_in_the_middle_of_a_turn_ends_it(bench: Bench) -> None:
    started = only(bench.say(), "input_audio_buffer.speech_started")
    committed = only(bench.send("input_audio_buffer.commit"), "input_audio_buffer.committed")
    assert committed["item_id"] == started["item_id"]
    assert kinds(bench.hush()) == []


def test_clearing_forgets_the_turn(bench: Bench) -> None:
    bench.say()
    assert kinds(bench.send("input_audio_buffer.clear")) == ["input_audio_buffer.cleared"]
    assert bench.hush() == []
    started = only(bench.say(), "input_audio_buffer.speech_started")
    assert started["audio_start_ms"] >= 640


def test_late_news_of_an_old_detector_is_dropped(bench: Bench) -> None:
    bench.hush(2)
    old = bench.wanted(DetectSpeech)[-1].generation
    bench.send("input_audio_buffer.clear")
    assert bench.happen(SpeechProbabilities(old, [(0, 0.9), (768, 0.9), (1536, 0.9)])) == []


@pytest.mark.parametrize(
    ("audio", "expected"),
    [
        ("not base64!", "invalid_value"),
        ("A" * (-(-limits.APPEND_BYTES // 3) * 4 + 4), "invalid_value"),
    ],
    ids=["not base64", "too much"],
)
def test_audio_that_is_refused(bench: Bench, audio: str, expected: str) -> None:
    events = bench.send("input_audio_buffer.append", audio=audio, event_id="e")
    error = only(events, "error")["error"]
    assert (error["code"], error["param"], error["event_id"]) == (expected, "audio", "e")
    assert bench.wanted(DetectSpeech) == []


def test_a_stream_of_bytes_may_be_cut_anywhere() -> None:
    bench = Bench()
    bench.update(audio={"input": {"turn_detection": None}})
    sent = np.arange(-3_000, 3_000, dtype="<i2")
    data = sent.tobytes()
    for at in range(0, len(data), 333):
        piece = base64.b64encode(data[at : at + 333]).decode()
        assert bench.send("input_audio_buffer.append", audio=piece) == []
    assert bench.send("input_audio_buffer.append", audio=base64.b64encode(b"x").decode()) == []
    bench.send("input_audio_buffer.commit")
    bench.send("input_audio_buffer.append", audio=b64(sent))
    bench.send("input_audio_buffer.commit")
    first, second = bench.finals
    assert np.array_equal(first.pcm, sent)
    assert np.array_equal(second.pcm, sent), "the half sample went with the turn it was sent in"


@pytest.mark.parametrize(("form", "bytes_each"), [("audio/pcm", 2), ("audio/pcmu", 1 / 3)])
def test_sound_is_retrieved_in_the_format_it_came_in(form: str, bytes_each: float) -> None:
    bench = Bench()
    bench.update(audio={"input": {"turn_detection": None, "format": {"type": form}}})
    sent = bytes(range(256)) * 20
    bench.send("input_audio_buffer.append", audio=base64.b64encode(sent).decode())
    committed = only(bench.send("input_audio_buffer.commit"), "input_audio_buffer.committed")
    kept = bench.send("conversation.item.retrieve", item_id=committed["item_id"])
    data = base64.b64decode(kept[0]["item"]["content"][0]["audio"])
    [piece] = bench.finals
    assert len(data) == pytest.approx(piece.pcm.size * bytes_each, abs=32)
    if form == "audio/pcm":
        assert data == sent


def test_the_buffer_has_an_end() -> None:
    bench = Bench()
    bench.update(audio={"input": {"turn_detection": None}})
    two_minutes = b64(sound(120_000))
    for _ in range(3):
        assert bench.send("input_audio_buffer.append", audio=two_minutes) == []
    assert code(bench.send("input_audio_buffer.append", audio=two_minutes)) == (
        "input_audio_buffer_full"
    )


def test_the_buffer_forgets_silence(bench: Bench) -> None:
    bench.hush(2_000)
    committed = bench.send("input_audio_buffer.commit")
    item = only(committed, "input_audio_buffer.committed")["item_id"]
    kept = bench.send("conversation.item.retrieve", item_id=item)[0]["item"]["content"][0]
    assert len(kept["audio"]) < b64(sound(21_000)).__len__()


def test_an_endless_turn_ends(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TURN_SECONDS", 2.0)
    assert "input_audio_buffer.committed" in kinds(bench.say(70))


def test_telephone_sound_is_taken() -> None:
    bench = Bench()
    form = {"type": "audio/pcmu"}
    bench.update(audio={"input": {"turn_detection": None, "format": form}})
    bench.send("input_audio_buffer.append", audio=base64.b64encode(b"\xff" * 8_000).decode())
    bench.send("input_audio_buffer.commit")
    assert bench.finals[-1].pcm.size == pytest.approx(24_000, abs=100)


def test_sound_as_an_item_is_transcribed() -> None:
    bench = Bench()
    bench.detect()
    content = [{"type": "input_audio", "audio": b64(sound(500))}]
    item = {"type": "message", "role": "user", "content": content}
    events = bench.send("conversation.item.create", item=item)
    assert kinds(events) == ["conversation.item.added", "conversation.item.done"]
    bench.send("response.create")
    assert bench.wanted(GenerateResponse) == []
    events = bench.happen(TranscriptReady(bench.finals[-1].job, "Hello."))
    assert only(events, COMPLETED)["item_id"] == bench.events[-2]["item_id"]
    assert bench.answer.context.entries == [Message("user", "Hello.")]


def test_the_idle_timeout_prompts_once() -> None:
    bench = Bench()
    bench.detect(idle_timeout_ms=5_000)
    bench.hush(100)
    bench.send("response.create")
    answer = bench.answer.response_id
    bench.happen(ResponsePiece(answer, "Hello.", sound(2_000)))
    bench.happen(ResponseFinished(answer))
    assert bench.session.deadline() == pytest.approx(bench.now + 7.0)
    bench.now += 6.9
    assert bench.happen(Tick()) == []
    bench.now += 0.2
    events = bench.happen(Tick())
    assert kinds(events) == [
        "input_audio_buffer.timeout_triggered",
        "input_audio_buffer.committed",
        "conversation.item.added",
        "conversation.item.done",
        COMPLETED,
        "response.created",
        "rate_limits.updated",
    ]
    bench.happen(ResponseFinished(bench.answer.response_id))
    assert bench.session.deadline() == 3_700.0


def test_gpt_4o_transcripts_are_counted_in_tokens() -> None:
    bench = Bench()
    bench.detect()
    bench.update(audio={"input": {"transcription": {"model": "gpt-4o-mini-transcribe"}}})
    bench.say()
    bench.hush()
    usage = only(bench.happen(TranscriptReady(bench.finals[-1].job, "Hello.")), COMPLETED)["usage"]
    assert usage["type"] == "tokens"
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]


def test_the_detector_is_woken_for_whole_frames_only_and_misses_nothing(bench: Bench) -> None:
    bench.detect(idle_timeout_ms=5_000)
    bench.user("hi")
    bench.send("response.create")
    bench.happen(ResponseFinished(bench.answer.response_id))
    given = np.arange(480 * 50, dtype=np.int16)
    for part in np.split(given, 50):
        bench.send("input_audio_buffer.append", audio=b64(part))
        bench.now += 0.2  # silence is committed in the middle of it
    assert "input_audio_buffer.timeout_triggered" in kinds(bench.events)
    listens = bench.wanted(DetectSpeech)
    assert len(listens) < 50
    assert all(one.pcm.size % FRAME == 0 for one in listens)
    heard = np.concatenate([one.pcm for one in listens])
    assert given.size - heard.size < FRAME
    assert np.array_equal(heard, given[: heard.size])


def _sound_item(bench: Bench, item_id: str) -> int:
    """Adds sound as an item; the job that decodes it."""
    content = [{"type": "input_audio", "audio": b64(sound(200))}]
    item = {"type": "message", "role": "user", "id": item_id, "content": content}
    assert "conversation.item.done" in kinds(bench.send("conversation.item.create", item=item))
    return bench.finals[-1].job


def test_a_response_does_not_wait_for_the_words_of_a_deleted_item(bench: Bench) -> None:
    job = _sound_item(bench, "a")
    given = {"conversation": "none", "input": [{"type": "item_reference", "id": "a"}]}
    bench.send("response.create", response=given)
    assert not bench.wanted(GenerateResponse)
    bench.send("conversation.item.delete", item_id="a")
    assert CancelTranscription(job) in bench.effects
    assert bench.answer


def test_words_of_a_deleted_item_are_not_given_to_another_with_its_id(bench: Bench) -> None:
    old = _sound_item(bench, "a")
    bench.send("conversation.item.delete", item_id="a")
    new = _sound_item(bench, "a")
    bench.happen(TranscriptReady(old, "Old."))
    bench.happen(TranscriptReady(new, "New."))
    bench.send("response.create")
    assert bench.answer.context.entries == [Message("user", "New.")]


def test_the_id_of_what_is_being_said_is_taken(bench: Bench) -> None:
    bench.detect()
    item_id = only(bench.say(), "input_audio_buffer.speech_started")["item_id"]
    content = [{"type": "input_text", "text": "hi"}]
    item = {"type": "message", "role": "user", "id": item_id, "content": content}
    refused = bench.send("conversation.item.create", item=item)
    assert code(refused) == "item_create_duplicate_id"
    assert only(bench.hush(), "input_audio_buffer.committed")["item_id"] == item_id


def test_the_idle_time_begins_anew_after_what_was_said(bench: Bench) -> None:
    bench.detect(idle_timeout_ms=5_000, create_response=False)
    bench.user("hi")
    bench.send("response.create")
    bench.happen(ResponsePiece(bench.answer.response_id, "Hello.", sound(1_000)))
    bench.happen(ResponseFinished(bench.answer.response_id))
    said = bench.say(200) + bench.hush()
    assert "input_audio_buffer.committed" in kinds(said)
    assert "input_audio_buffer.timeout_triggered" not in kinds(said)
    bench.now += 5
    assert "input_audio_buffer.timeout_triggered" in kinds(bench.happen(Tick()))


def test_nothing_is_decoded_for_deltas_that_nobody_asked_for(bench: Bench) -> None:
    bench.update(audio={"input": {"transcription": None}})
    bench.say(60)
    assert not [decode for decode in bench.wanted(Transcribe) if decode.partial]
    bench.hush()
    assert len(bench.finals) == 1
