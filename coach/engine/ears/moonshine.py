"""Speech to text: Moonshine tiny (English) on plain ONNX Runtime, greedily or by beam search."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.engine.ears import domain, models
from coach.engine.ears.beam import Step, search
from coach.engine.ears.bias import SPACE, Bias
from coach.voice.pcm import EAR_RATE, Samples

LONGEST = 20.0
"""Seconds the model may be given at once; beyond that it loses words."""

_START, _END = 1, 2
_TOKENS_PER_SECOND = 6.5
# Silence before and after, in samples. Measured: it saves a tenth of the errors in sentences and
# nearly half of those in single words, for 12 ms of work.
_AROUND = (EAR_RATE * 3 // 10, EAR_RATE * 7 // 10)
_AROUND_WORD = (EAR_RATE // 2, EAR_RATE)
_WORD = 1.5
_QUIET, _PEAK = 0.15, 0.5
_GAIN = 40.0  # at most: 32 dB
_HEADS, _HEAD_WIDTH = 8, 36
_BONUS = 0.8  # for a token of a word of the domain; from 1.2 on it costs words outside it


class Moonshine:
    """The recogniser. ``transcribe`` may run in several threads at once."""

    def __init__(self, model_dir: Path | None = None) -> None:
        """Loads about 44 MB of weights (0.2 s). Raises ModelMissing."""
        self._encoder = models.session(models.locate(models.ENCODER, model_dir))
        self._decoder = models.session(models.locate(models.DECODER, model_dir))
        self._words = read_tokens(models.locate(models.TOKENS, model_dir).read_bytes())
        self._bias = Bias(self._words, domain.phrases(), _BONUS)
        names = [each.name for each in self._decoder.get_inputs()]
        self._past = [name for name in names if name.startswith("past_key_values.")]
        self._first = [each.name for each in self._decoder.get_outputs()]
        # What the encoder said does not change: only the first step has to return it.
        self._later = [name for name in self._first if ".encoder." not in name]

    def transcribe(
        self,
        samples: Samples,
        stop: Callable[[], bool] = lambda: False,
        *,
        quick: bool = False,
    ) -> str:
        """The words in at most 20 s at 16 kHz, punctuated; "" when there are none.

        ``quick`` follows only the likeliest word at each place, for text that is shown for a
        moment. ``stop`` is asked before each token; when it says yes the result is "".
        Raises ValueError for a longer recording.
        """
        seconds = samples.size / EAR_RATE
        if seconds > LONGEST:
            raise ValueError(f"{seconds:.1f} s of audio; {LONGEST:.0f} s is the most")
        silence = _AROUND_WORD if seconds < _WORD else _AROUND
        audio = np.pad(_level(samples), silence)[np.newaxis].astype(np.float32, copy=False)
        most = int(seconds * _TOKENS_PER_SECOND) + 6
        step = self._stepper(audio)
        if not quick:
            return self._text(search(step, self._bias, _START, _END, most, stop))
        tokens = [_START]
        while len(tokens) <= most and tokens[-1] != _END:
            if stop():
                return ""
            tokens.append(int(step(tokens[-1:], [0])[0].argmax()))
        return self._text(tokens)

    def _stepper(self, audio: Samples) -> Step:
        """Hears the audio; the function that goes one token on, see ``beam.Step``."""
        mask = np.ones(audio.shape, dtype=np.int64)
        (hidden,) = self._encoder.run(None, {"input_values": audio, "attention_mask": mask})
        feeds: dict[str, NDArray[Any]] = {
            name: np.zeros((1, _HEADS, 0, _HEAD_WIDTH), np.float32) for name in self._past
        }

        def step(last: list[int], sources: list[int]) -> NDArray[np.float32]:
            begun = feeds[self._past[0]].shape[2] > 0
            if begun:
                for name in self._past:
                    feeds[name] = feeds[name][sources]
            feeds["encoder_hidden_states"] = np.repeat(hidden, len(last), axis=0)
            feeds["encoder_attention_mask"] = np.repeat(mask, len(last), axis=0)
            feeds["input_ids"] = np.array([[token] for token in last], dtype=np.int64)
            feeds["use_cache_branch"] = np.array([begun])
            names = self._later if begun else self._first
            logits, *present = self._decoder.run(names, feeds)
            for name, value in zip(names[1:], present, strict=True):
                feeds[name.replace("present", "past_key_values")] = value
            row: NDArray[np.float32] = logits[:, -1]
            return row

        return step

    def _text(self, tokens: list[int]) -> str:
        data = b"".join(self._words[token] for token in tokens if token > _END)
        return data.replace(SPACE, b" ").decode("utf-8", errors="replace").strip()


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
