"""Speech to text: Moonshine tiny (English), greedy decoding on plain ONNX Runtime."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.engine.ears import models
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
_HEADS, _HEAD_WIDTH = 8, 36
_SPACE = "\u2581".encode()


class Moonshine:
    """The recogniser. ``transcribe`` may run in several threads at once."""

    def __init__(self, model_dir: Path | None = None) -> None:
        """Loads about 44 MB of weights (0.2 s). Raises ModelMissing."""
        self._encoder = models.session(models.locate(models.ENCODER, model_dir))
        self._decoder = models.session(models.locate(models.DECODER, model_dir))
        self._words = read_tokens(models.locate(models.TOKENS, model_dir).read_bytes())
        names = [each.name for each in self._decoder.get_inputs()]
        self._past = [name for name in names if name.startswith("past_key_values.")]
        self._first = [each.name for each in self._decoder.get_outputs()]
        # What the encoder said does not change: only the first step has to return it.
        self._later = [name for name in self._first if ".encoder." not in name]

    def transcribe(self, samples: Samples, stop: Callable[[], bool] = lambda: False) -> str:
        """The words in at most 20 s at 16 kHz, punctuated; "" when there are none.

        ``stop`` is asked before each token; when it says yes the result is "".
        Raises ValueError for a longer recording.
        """
        seconds = samples.size / EAR_RATE
        if seconds > LONGEST:
            raise ValueError(f"{seconds:.1f} s of audio; {LONGEST:.0f} s is the most")
        silence = _AROUND_WORD if seconds < _WORD else _AROUND
        audio = np.pad(samples, silence)[np.newaxis].astype(np.float32, copy=False)
        mask = np.ones(audio.shape, dtype=np.int64)
        (hidden,) = self._encoder.run(None, {"input_values": audio, "attention_mask": mask})
        feeds: dict[str, NDArray[Any]] = {
            name: np.zeros((1, _HEADS, 0, _HEAD_WIDTH), np.float32) for name in self._past
        }
        feeds |= {"encoder_hidden_states": hidden, "encoder_attention_mask": mask}
        tokens = [_START]
        for step in range(int(seconds * _TOKENS_PER_SECOND) + 6):
            if stop():
                return ""
            feeds["input_ids"] = np.array([tokens[-1:]], dtype=np.int64)
            feeds["use_cache_branch"] = np.array([step > 0])
            names = self._later if step else self._first
            logits, *present = self._decoder.run(names, feeds)
            for name, value in zip(names[1:], present, strict=True):
                feeds[name.replace("present", "past_key_values")] = value
            tokens.append(int(logits[0, -1].argmax()))
            if tokens[-1] == _END:
                break
        return self._text(tokens)

    def _text(self, tokens: list[int]) -> str:
        data = b"".join(self._words[token] for token in tokens if token > _END)
        return data.replace(_SPACE, b" ").decode("utf-8", errors="replace").strip()


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
