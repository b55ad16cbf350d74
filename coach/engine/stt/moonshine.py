"""Speech to text: Moonshine tiny (English) on plain ONNX Runtime, greedily or by beam search."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.engine.stt import domain, models
from coach.engine.stt.beam import Step, beam_search
from coach.engine.stt.bias import SPACE, Bias
from coach.engine.stt.decoder import Decoder, DecoderSteps
from coach.voice.pcm import STT_RATE, Samples

LONGEST = 20.0
"""Seconds the model may be given at once; beyond that it loses words."""

_START, _END = 1, 2
_TOKENS_PER_SECOND = 6.5
# Silence before and after, in samples. Measured: it saves a tenth of the errors in sentences and
# nearly half of those in single words, for 12 ms of work.
_AROUND = (STT_RATE * 3 // 10, STT_RATE * 7 // 10)
_AROUND_WORD = (STT_RATE // 2, STT_RATE)
_WORD = 1.5
_QUIET, _PEAK = 0.15, 0.5
_GAIN = 40.0  # at most: 32 dB
_BONUS = 0.8  # for a token of a word of the domain; from 1.2 on it costs words outside it


@dataclass(slots=True)
class Draft:
    """The tokens of a recording, to begin from when more of the same speech has come."""

    tokens: Sequence[int] = ()


class Moonshine:
    """The model. ``transcribe`` may run in several threads at once."""

    def __init__(self, model_dir: Path | None = None) -> None:
        """Loads about 44 MB of weights (0.2 s). Raises ModelMissing."""
        self._encoder = models.session(models.locate(models.ENCODER, model_dir))
        self._decoder = Decoder(models.session(models.locate(models.DECODER, model_dir)))
        self._words = read_tokens(models.locate(models.TOKENS, model_dir).read_bytes())
        self._bias = Bias(self._words, domain.phrases(), _BONUS)

    def transcribe(
        self,
        samples: Samples,
        stop: Callable[[], bool] = lambda: False,
        *,
        quick: bool = False,
        draft: Draft | None = None,
    ) -> str:
        """The words in at most 20 s at 16 kHz, punctuated; "" when there are none.

        ``quick`` follows only the likeliest word at each place, for text that is shown for a
        moment. ``draft`` is of an earlier part of the same speech; it is used and brought up to
        date, and spares steps of the decoder. ``stop`` is asked before each token; when it says
        yes the result is "".
        Raises ValueError for a longer recording.
        """
        seconds = samples.size / STT_RATE
        if seconds > LONGEST:
            raise ValueError(f"{seconds:.1f} s of audio; {LONGEST:.0f} s is the most")
        silence = _AROUND_WORD if seconds < _WORD else _AROUND
        audio = np.pad(_level(samples), silence)[np.newaxis].astype(np.float32, copy=False)
        most = int(seconds * _TOKENS_PER_SECOND) + 6
        draft = draft or Draft()
        if stop():
            return ""
        step = self._stepper(audio, draft.tokens[:most])
        if quick:
            tokens = _greedy(step, most, stop)
        else:
            tokens = beam_search(step, self._bias, _START, _END, most, stop)
        if not stop():
            draft.tokens = tokens
        return self._text(tokens)

    def _stepper(self, audio: Samples, draft: Sequence[int]) -> Step:
        """Encodes the audio; the function that goes one token on, see ``beam.Step``."""
        mask = np.ones(audio.shape, dtype=np.int64)
        (hidden,) = self._encoder.run(None, {"input_values": audio, "attention_mask": mask})
        inputs = {"encoder_hidden_states": hidden, "encoder_attention_mask": mask}
        return DecoderSteps(self._decoder, inputs, _START, draft)

    def _text(self, tokens: list[int]) -> str:
        data = b"".join(self._words[token] for token in tokens if token > _END)
        return data.replace(SPACE, b" ").decode("utf-8", errors="replace").strip()


def _greedy(step: Step, most: int, stop: Callable[[], bool]) -> list[int]:
    """The likeliest token after each one; none when stopped."""
    tokens = [_START]
    while len(tokens) <= most:
        if stop():
            return []
        token = int(step(tokens[-1:], [0])[0].argmax())
        if token == _END:
            break
        tokens.append(token)
    return tokens[1:]


def _level(samples: Samples) -> Samples:
    """A quiet microphone costs words: the same, louder. What is loud enough stays as it is."""
    loudest = float(np.abs(samples).max(initial=0.0))
    if loudest >= _QUIET:
        return samples
    return samples * np.float32(min(_PEAK / max(loudest, 1e-9), _GAIN))


def read_tokens(data: bytes) -> list[bytes]:
    """The token list: each entry is its length (one byte, or two when the first is >= 128:
    ``(first - 128) + 128 * second``) and then its bytes. Raises ValueError on a cut-off file."""
    tokens = []
    at = 0
    while at < len(data):
        size = data[at]
        at += 1
        if size >= 128:
            if at >= len(data):
                raise ValueError("the token list ends inside an entry")
            size += 128 * data[at] - 128
            at += 1
        if at + size > len(data):
            raise ValueError("the token list ends inside an entry")
        tokens.append(data[at : at + size])
        at += size
    return tokens
