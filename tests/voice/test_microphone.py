"""The member's audio: in order, bounded, and replayed to the next engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.microphone import Microphone
from tests.support.relay_stage import LOUD

FRAME_BYTES = 20 * limits.BYTES_PER_MS
MOST = limits.MIC_REPLAY_BYTES // FRAME_BYTES


class Engine:
    """Takes `room` frames, then is congested."""

    def __init__(self, room=10**9):
        self.room, self.frames = room, []

    @property
    def congested(self):
        return len(self.frames) >= self.room

    def append(self, pcm):
        self.frames.append(int.from_bytes(pcm[:4], "little"))


def filled(count, start=0):
    microphone = Microphone()
    for number in range(start, start + count):
        add(microphone, number)
    return microphone


def add(microphone, number):
    """A frame that knows its number, which came at that many seconds."""
    microphone.add(number.to_bytes(4, "little") + bytes(FRAME_BYTES - 4), float(number))


async def test_frames_reach_the_engine_once_and_in_order():
    microphone, engine = filled(5), Engine()
    microphone.send_to(engine)
    microphone.send_to(engine)
    add(microphone, 5)
    microphone.send_to(engine)
    assert engine.frames == [0, 1, 2, 3, 4, 5]
    assert microphone.unsent == 0


async def test_a_congested_engine_misses_the_oldest_beyond_the_queue():
    microphone, engine = filled(limits.MIC_QUEUE_FRAMES + 30), Engine(room=0)
    microphone.send_to(engine)
    assert microphone.unsent == limits.MIC_QUEUE_FRAMES
    engine.room = 10**9
    microphone.send_to(engine)
    assert engine.frames[0] == 30


async def test_the_next_engine_hears_what_came_after_the_given_moment():
    microphone, old, new = filled(10), Engine(), Engine()
    microphone.send_to(old)
    microphone.replay(6.0)
    assert microphone.unsent == 3
    microphone.send_to(new)
    assert new.frames == [7, 8, 9]


async def test_a_replay_longer_than_the_queue_is_not_cut_by_it():
    count = limits.MIC_QUEUE_FRAMES * 3
    microphone, engine = filled(count), Engine(room=1)
    microphone.replay(-1.0)
    microphone.send_to(engine)
    assert microphone.unsent == count - 1
    engine.room = 10**9
    microphone.send_to(engine)
    assert engine.frames == list(range(count))


async def test_only_sent_audio_that_is_in_words_is_forgotten():
    microphone, engine = filled(10), Engine(room=6)
    microphone.send_to(engine)
    microphone.forget(4.0)
    microphone.replay(-1.0)
    assert microphone.unsent == 6
    microphone.forget(100.0)
    assert microphone.unsent == 6


@given(st.integers(0, 3), st.integers(0, 40))
def test_no_more_is_kept_than_the_limit_and_always_the_newest(times, more):
    count = times * MOST + more
    microphone = filled(count)
    kept = min(count, MOST)
    assert microphone.unsent == kept
    microphone.replay(count - 1.5)
    assert microphone.unsent == min(kept, 1)


# --- where the first sound was --------------------------------------------------------------------


def heard(*spans_ms, gap_s=0.0):
    """A microphone that was quiet and loud in turns, quiet first; `gap_s` before the last span."""
    microphone, at = Microphone(), 100.0
    for number, span_ms in enumerate(spans_ms):
        if number == len(spans_ms) - 1:
            at += gap_s
        for _ in range(span_ms // 20):
            at += 0.02
            microphone.add(LOUD if number % 2 else bytes(FRAME_BYTES), at)
    return microphone


@pytest.mark.parametrize(
    ("spans_ms", "found"),
    [
        ((500, 200), (200, 0)),
        ((500, 200, 100, 100), (400, 0)),  # a stop within a word
        ((500, 100, 300, 200), (200, 0)),  # a click before it
        ((500, 300, 400), (700, 400)),  # a word that is over
        ((500,), (0, 0)),
        ((0, 2000), (1000, 0)),  # noise: as far back as is looked
        ((), (0, 0)),
    ],
)
def test_the_first_sound_is_looked_for_where_speech_was_noticed(spans_ms, found):
    assert heard(*spans_ms).loud_since() == found


def test_sound_from_before_the_microphone_was_away_is_another_one():
    assert heard(500, 400, 0, 200, gap_s=5.0).loud_since() == (200, 0)
