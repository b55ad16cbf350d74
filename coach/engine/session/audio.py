"""The three audio formats of the wire, to and from 24 kHz samples."""

import binascii

import numpy as np
import pybase64

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.protocol.config import Format
from coach.engine.protocol.config import Pcm as PcmFormat
from coach.engine.protocol.config import Pcmu as PcmuFormat
from coach.voice import g711
from coach.voice import pcm as maths
from coach.voice.pcm import Pcm

SAMPLES_PER_MS = limits.RATE // 1000


def samples(ms: float) -> int:
    """Samples in so many milliseconds."""
    return round(ms * SAMPLES_PER_MS)


def milliseconds(count: int) -> int:
    """Whole milliseconds in so many samples."""
    return count // SAMPLES_PER_MS


def b64(pcm: Pcm) -> str:
    """Samples as base64 of audio/pcm."""
    return pybase64.b64encode(maths.to_bytes(pcm)).decode("ascii")


class AudioDecoder:
    """Base64 of one format in, 24 kHz samples out; keeps the resampler between appends, and half
    a sample: who sends a stream of bytes may cut it anywhere."""

    def __init__(self, form: Format) -> None:
        self.form = form
        self._up = maths.Resampler(g711.RATE, limits.RATE)
        self._half = b""

    def forget(self) -> None:
        """What comes next begins with a whole sample."""
        self._half = b""

    def decode_whole(self, text: str, param: str) -> Pcm:
        """As `decode`, for sound that ends here: half a sample is refused, too."""
        pcm = self.decode(text, param)
        if self._half:
            message = "The audio ends in the middle of a 16 bit sample."
            raise BadRequest("invalid_value", message, param)
        return pcm

    def decode(self, text: str, param: str = "audio") -> Pcm:
        """Raises BadRequest for too much and for what is not base64."""
        if len(text) > -(-limits.APPEND_BYTES // 3) * 4:
            message = f"At most {limits.APPEND_BYTES} bytes of audio fit in one event."
            raise BadRequest("invalid_value", message, param)
        try:
            data = pybase64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadRequest("invalid_value", "The audio is not valid base64.", param) from error
        if isinstance(self.form, PcmFormat):
            if self._half or len(data) % 2:
                data = self._half + data
                self._half = data[len(data) & ~1 :]
                data = data[: len(data) & ~1]
            return maths.from_bytes(data)
        mulaw = isinstance(self.form, PcmuFormat)
        narrow = g711.decode_mulaw(data) if mulaw else g711.decode_alaw(data)
        return maths.to_int16(self._up.process(maths.to_float(narrow)))


def encoded(pcm: Pcm, form: Format) -> str:
    """A whole recording as base64 of one format."""
    outlet = AudioEncoder(form)
    data = pybase64.b64decode(outlet.encode(pcm)) + pybase64.b64decode(outlet.flush())
    return pybase64.b64encode(data).decode("ascii")


class AudioEncoder:
    """24 kHz samples in, base64 of one format out."""

    def __init__(self, form: Format) -> None:
        self._form = form
        self._down = maths.Resampler(limits.RATE, g711.RATE)

    def encode(self, pcm: Pcm) -> str:
        """May be empty while the resampler waits for more."""
        if isinstance(self._form, PcmFormat):
            return b64(pcm)
        return self._narrow(maths.to_int16(self._down.process(maths.to_float(pcm))))

    def flush(self) -> str:
        """What the resampler still holds."""
        if isinstance(self._form, PcmFormat):
            return ""
        return self._narrow(maths.to_int16(self._down.flush()))

    def _narrow(self, pcm: Pcm) -> str:
        mulaw = isinstance(self._form, PcmuFormat)
        data = g711.encode_mulaw(pcm) if mulaw else g711.encode_alaw(pcm)
        return pybase64.b64encode(data).decode("ascii")


class InputBuffer:
    """The input audio, addressed by samples counted since the session began."""

    def __init__(self) -> None:
        self._data = bytearray()
        self.start = 0

    @property
    def end(self) -> int:
        """One past the last sample."""
        return self.start + len(self._data) // 2

    def append(self, pcm: Pcm) -> None:
        """Adds samples at the end."""
        self._data += maths.to_bytes(pcm)

    def between(self, start: int, end: int) -> Pcm:
        """A copy of the samples from `start` to before `end`, as far as they are kept."""
        first = max(start - self.start, 0) * 2
        last = max(end - self.start, 0) * 2
        return np.frombuffer(self._data[first:last], dtype="<i2").astype(np.int16, copy=False)

    def drop_before(self, sample: int) -> None:
        """Forgets what came before a sample."""
        count = min(max(sample - self.start, 0), len(self._data) // 2)
        del self._data[: count * 2]
        self.start += count
