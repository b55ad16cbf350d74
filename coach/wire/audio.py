"""Binary frames on the page's socket: sound, both ways, beside the messages.

PCM, signed 16 bit, little endian, one channel, 24,000 samples a second.
"""

import struct

HEADER = struct.Struct("<IHH")
# The parts of HEADER, in order: bytes and meaning.
HEADER_FIELDS = (
    (4, "playback generation: frames of an older one are dropped"),
    (2, "index of the audio item, counted by the server; `heard` reports by it"),
    (2, "reserved, 0"),
)


def audio_header(generation: int, item: int) -> bytes:
    """What stands before the samples in a frame to the page."""
    return HEADER.pack(generation, item, 0)
