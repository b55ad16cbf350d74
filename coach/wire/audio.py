"""Binary frames: sound on the pages' sockets, and an expert's voice between processes.

PCM, signed 16 bit, little endian, one channel, 24,000 samples a second.
"""

import struct

import msgspec

HEADER = struct.Struct("<IHH")
# The parts of HEADER, in order: bytes and meaning.
HEADER_FIELDS = (
    (4, "playback generation: frames of an older one are dropped"),
    (2, "index of the audio item, counted by the server; `heard` reports by it"),
    (2, "flags; 1: somebody speaks at this moment, so late sound is dropped, not caught up with"),
)
LIVE = 1

LIVE_HEADER = struct.Struct("<IIQQ")
LIVE_HEADER_FIELDS = (
    (4, "epoch of the floor: frames of another one are dropped"),
    (4, "flags; 1: the expert's words are being written down; 2: the page has played their sound"),
    (8, "number of the frame, always rising: milliseconds since 1970"),
    (8, "number of the other side's last frame of sound that has arrived, 0: none has"),
)
WORDS, PLAYED = 1, 2


def audio_header(generation: int, item: int, flags: int = 0) -> bytes:
    """What stands before the samples in a frame to a page."""
    return HEADER.pack(generation, item, flags)


class LiveSound(msgspec.Struct, frozen=True):
    """A frame of an expert's voice takeover, between the processes of the two sockets.

    `pcm` may be empty: then the frame only says what has `arrived`. `words`: the member's side
    writes the expert's words down. `played`: the member's page has played what it was given.
    """

    epoch: int
    number: int
    arrived: int
    pcm: bytes = b""
    words: bool = False
    played: bool = False

    def pack(self) -> bytes:
        """The frame as it is published."""
        flags = (WORDS if self.words else 0) | (PLAYED if self.played else 0)
        return LIVE_HEADER.pack(self.epoch, flags, self.number, self.arrived) + self.pcm


def read_live_sound(frame: bytes) -> LiveSound | None:
    """What was published; None: a frame that is none of ours, perhaps of another version."""
    if len(frame) < LIVE_HEADER.size or (len(frame) - LIVE_HEADER.size) % 2:
        return None
    epoch, flags, number, arrived = LIVE_HEADER.unpack_from(frame)
    pcm, words, played = frame[LIVE_HEADER.size :], bool(flags & WORDS), bool(flags & PLAYED)
    return LiveSound(epoch, number, arrived, pcm, words, played)
