"""Sound that repeats its frame is read as any other frame is."""

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from coach.voice.engine_commands import CancelResponse, CreateResponse
from coach.voice.realtime import wire
from coach.voice.realtime.reader import Reader
from coach.voice.realtime.reader.repeated_audio import RepeatedAudio

SOUND = base64.b64encode(bytes(range(240))).decode()
COMPACT = (",", ":")


def delta(event="e1", response="r1", item="i1", sound=SOUND, part=0, separators=COMPACT, **more):
    fields = {"type": wire.AUDIO, "event_id": event, "response_id": response, "item_id": item}
    fields |= {"output_index": 0, "content_index": part, "delta": sound, **more}
    return json.dumps(fields, separators=separators).encode()


frames = st.one_of(
    *[st.builds(delta, event=st.sampled_from(["e1", "e22", "e-3.4"]))] * 5,
    st.builds(
        delta,
        event=st.sampled_from(["e1", '"', "\\", "\u00e9", "", '","delta":"AAAA']),
        response=st.sampled_from(["r1", "r1", "r2", ""]),
        item=st.sampled_from(["i1", "i1", "i2", ""]),
        sound=st.sampled_from([SOUND, "AAAA", "AAA", "", "no base64!", SOUND + "\n"]),
        part=st.sampled_from([0, 0, 1]),
        separators=st.sampled_from([COMPACT, None]),
    ),
    st.builds(lambda event: delta(event, more={"delta": "AAAA"}), st.sampled_from(["e1", "e2"])),
    st.sampled_from(
        [
            delta().replace(b'"delta"', b'"delta":"AAAA","delta"'),
            delta().replace(b'"e1"', b'"e\x011"'),
            delta().replace(b'"e1"', b'"e\xff1"'),
            delta()[:-1],
            delta() + b" ",
            delta() + b"}",
            b'{"type":"response.output_audio_transcript.delta","response_id":"r1","delta":"Hi"}',
            b'{"type":"response.done","response":{"id":"r1","status":"completed"}}',
            b'{"type":"response.created","response":{"id":"r1"}}',
            CreateResponse("c1"),
            CancelResponse("c2", ""),
        ]
    ),
)


class Generally(Reader):
    """Reads each frame as if it were the first."""

    def read(self, data):
        self._repeated = None
        return super().read(data)


def outcome(reader, what):
    if not isinstance(what, bytes):
        return reader.to_upstream(what)
    try:
        return reader.read(what)
    except wire.Malformed as error:
        return str(error)


@given(st.lists(frames, min_size=4, max_size=20))
def test_both_ways_read_the_same_of_any_stream(stream):
    short, general = Reader("m"), Generally("m")
    for what in stream:
        assert outcome(short, what) == outcome(general, what)


def test_what_is_usual_goes_the_short_way(monkeypatch):
    reader = Reader("m")
    reader.read(delta("e0"))
    monkeypatch.setattr(wire, "_decode_delta", None)  # nothing is decoded any more
    for number in range(1, 50):
        (audio,) = reader.read(delta(f"event_{number}"))
        assert audio.pcm == base64.b64decode(SOUND)


def test_a_frame_that_names_its_sound_twice_is_decoded_each_time():
    twice = delta(sound="AAAA", again={"delta": SOUND})
    (*_, audio) = Reader("m").read(twice)
    assert audio.pcm == b"\0\0\0"
    assert RepeatedAudio.like(twice, audio) is None
