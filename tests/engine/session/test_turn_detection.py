"""Turns follow from probabilities of speech: whatever these are, the changes make sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engine import limits
from coach.engine.protocol.config import SemanticVad, ServerVad
from coach.engine.session.audio import milliseconds, samples
from coach.engine.session.turn_detection import FRAME, TurnChange, TurnDetector, reads_finished

PROBABILITIES = st.lists(st.sampled_from([0.0, 0.3, 0.45, 0.6, 0.9]), max_size=200)
AFTER = {
    None: {"started"},
    "started": {"paused"},
    "paused": {"resumed", "stopped"},
    "resumed": {"paused"},
    "stopped": {"started"},
}


def changes(detector: TurnDetector, probabilities: list[float]) -> list[TurnChange]:
    found = [detector.push(at * FRAME, one) for at, one in enumerate(probabilities)]
    return [change for change in found if change is not None]


@given(PROBABILITIES, st.integers(200, 3_000))
def test_changes_come_in_an_order_that_makes_sense(
    probabilities: list[float], window_ms: int
) -> None:
    detector = TurnDetector(ServerVad(silence_duration_ms=window_ms))
    last = None
    place = 0
    for change in changes(detector, probabilities):
        assert change.kind in AFTER[last]
        assert change.at >= place or change.kind == "stopped"
        last, place = change.kind, change.at
    assert detector.speaking == (last not in (None, "stopped"))


@given(PROBABILITIES)
def test_speech_begins_with_frames_that_are_loud_enough(probabilities: list[float]) -> None:
    detector = TurnDetector(ServerVad())
    for change in changes(detector, probabilities):
        if change.kind == "started":
            first = change.at // FRAME
            assert min(probabilities[first : first + limits.START_FRAMES]) >= 0.5


@given(PROBABILITIES, st.integers(200, 3_000))
def test_a_turn_ends_after_its_silence_and_not_before(
    probabilities: list[float], window_ms: int
) -> None:
    detector = TurnDetector(ServerVad(silence_duration_ms=window_ms))
    for at, probability in enumerate(probabilities):
        change = detector.push(at * FRAME, probability)
        if change is not None and change.kind == "stopped":
            assert (at + 1) * FRAME - change.at >= samples(window_ms)
            assert (at + 1) * FRAME - change.at < samples(window_ms) + FRAME


def test_a_single_frame_is_no_speech_and_two_are() -> None:
    detector = TurnDetector(ServerVad())
    assert changes(detector, [0.9, 0.0, 0.9, 0.0]) == []
    assert changes(detector, [0.0, 0.9, 0.9]) == [TurnChange("started", FRAME)]


def test_speech_goes_on_at_less_than_it_takes_to_begin() -> None:
    detector = TurnDetector(ServerVad(threshold=0.5, silence_duration_ms=500))
    soft = 0.5 - limits.RELEASE_MARGIN + 0.01
    found = changes(detector, [0.9, 0.9, *[soft] * 40, *[0.0] * 20])
    assert [change.kind for change in found] == ["started", "paused", "stopped"]
    assert milliseconds(found[-1].at) == 42 * 32


@pytest.mark.parametrize(
    ("eagerness", "text", "ms"),
    [
        ("high", "I had two eggs.", limits.SENTENCE_END_MS["high"]),
        ("low", "I had two eggs.", limits.SENTENCE_END_MS["low"]),
        ("auto", "I had two eggs and", limits.EAGERNESS_MS["auto"]),
        ("high", "I had two eggs and", limits.EAGERNESS_MS["high"]),
    ],
)
def test_semantic_detection_waits_longer_after_an_unfinished_sentence(
    eagerness: str, text: str, ms: int
) -> None:
    detector = TurnDetector(SemanticVad(eagerness=eagerness))  # type: ignore[arg-type]
    detector.push(0, 0.9)
    detector.push(FRAME, 0.9)
    frame, ended = 2, None
    while ended is None:
        change = detector.push(frame * FRAME, 0.0)
        frame += 1
        if change is not None and change.kind == "paused":
            ended = detector.judge(text)
        elif change is not None:
            ended = change
    assert ended.kind == "stopped"
    assert ms <= milliseconds(frame * FRAME - ended.at) < ms + 32


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("I had two eggs.", True),
        ("I had two eggs and", False),
        ("So, um,", False),
        ("well…", False),
        ("What is my", False),
        ("Yes", True),
        ("", True),
        ("Log a banana -", False),
    ],
)
def test_a_sentence_that_breaks_off_is_told_by_its_end(text: str, finished: bool) -> None:
    assert reads_finished(text) is finished


def test_new_settings_hold_in_the_middle_of_speech() -> None:
    detector = TurnDetector(ServerVad(silence_duration_ms=5_000))
    assert len(changes(detector, [0.9, 0.9, *[0.0] * 20])) == 2
    detector.configure(ServerVad(silence_duration_ms=300))
    change = detector.push(22 * FRAME, 0.0)
    assert change is not None
    assert change.kind == "stopped"
