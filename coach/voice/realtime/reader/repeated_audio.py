"""Audio deltas that differ from one before in nothing but their event's id and their sound.

Nothing comes so often. Who has decoded one of them knows where the sound of the next one stands.
"""

import re
from typing import NamedTuple

import pybase64

from coach.voice.engine_events import SpokenAudio

_EVENT_ID = re.compile(rb'"event_id"\s*:\s*"')
_DELTA = re.compile(rb'"delta"\s*:\s*"')
_PLAIN = re.compile(rb"[\w.:-]*")


class RepeatedAudio(NamedTuple):
    """What such frames have in common, and what they are in our names, but for the sound."""

    head: bytes  # before the event's id
    middle: bytes  # between that and the sound
    tail: bytes  # after the sound
    response_id: str
    item_id: str
    part: int

    @classmethod
    def like(cls, data: bytes, audio: SpokenAudio) -> "RepeatedAudio | None":
        """The frames that are like `data`, which is `audio`; None: of this shape none is known."""
        name, sound = _EVENT_ID.search(data), _DELTA.search(data)
        if name is None or sound is None or sound.start() < name.end():
            return None
        if data.count(b'"event_id"') > 1 or data.count(b'"delta"') > 1:
            return None
        head, name_end = data[: name.end()], data.find(b'"', name.end())
        middle, tail = data[name_end : sound.end()], data[data.find(b'"', sound.end()) :]
        found = cls(head, middle, tail, audio.response_id, audio.item_id, audio.content_index)
        return found if found.read(data) == audio else None

    def read(self, data: bytes) -> SpokenAudio | None:
        """The audio in `data`; None: it is another kind of frame."""
        head, middle, tail, response_id, item_id, part = self
        if not (data.startswith(head) and data.endswith(tail)):
            return None
        name_at = len(head)
        name_end = data.find(b'"', name_at)
        start, end = name_end + len(middle), len(data) - len(tail)
        if start >= end or data[name_end:start] != middle:
            return None
        if _PLAIN.fullmatch(data, name_at, name_end) is None:
            return None
        try:
            pcm = pybase64.b64decode(memoryview(data)[start:end], validate=True)
        except ValueError:
            return None
        return SpokenAudio(response_id, item_id, pcm, part) if pcm else None
