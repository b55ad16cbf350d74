"""Moonshine's decoder: one token on at a time, for the hypotheses of one recording."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Logits = NDArray[np.float32]
_Cache = dict[str, NDArray[Any]]

_HEADS, _HEAD_WIDTH = 8, 36


class Decoder:
    """The weights, shared by all recordings."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        past = [each.name for each in session.get_inputs() if each.name.startswith("past_key")]
        self._first = [each.name for each in session.get_outputs()]
        # What the encoder gave does not change: only the first run has to return it.
        self._later = [name for name in self._first if ".encoder." not in name]
        self._nothing = {name: np.zeros((1, _HEADS, 0, _HEAD_WIDTH), np.float32) for name in past}

    def begin(self, tokens: Sequence[int], inputs: _Cache) -> tuple[Logits, _Cache, _Cache]:
        """Runs over some tokens at once, for little more than over one. Returns what may follow
        each of them, and what is remembered of the tokens and of the recording."""
        logits, present = self._run(self._first, [tokens], {**self._nothing, **inputs}, False)
        tokens_cache = {name: value for name, value in present.items() if ".encoder." not in name}
        recording = {name: present[name] for name in present if name not in tokens_cache}
        return logits[0], tokens_cache, recording

    def go_on(self, tokens: Sequence[int], cache: _Cache) -> tuple[Logits, _Cache]:
        """One token more for each of several transcripts."""
        logits, present = self._run(self._later, [[token] for token in tokens], cache, True)
        return logits[:, -1], present

    def _run(
        self, names: list[str], tokens: list[Any], cache: _Cache, begun: bool
    ) -> tuple[Logits, _Cache]:
        ids = np.array(tokens, dtype=np.int64)
        feeds = {**cache, "input_ids": ids, "use_cache_branch": np.array([begun])}
        logits, *present = self._session.run(names, feeds)
        return logits, {
            name.replace("present", "past_key_values"): value
            for name, value in zip(names[1:], present, strict=True)
        }


class DecoderSteps:
    """``beam.Step`` for one recording.

    A draft, the tokens that an earlier and shorter recording of the same speech gave, is looked
    through in one run; only transcripts that leave it cost a run for each token. A wrong draft
    costs time. The one run rounds otherwise than many: seldom, another word is the likeliest then.
    """

    def __init__(self, decoder: Decoder, inputs: _Cache, start: int, draft: Sequence[int]) -> None:
        """``inputs``: what the encoder gives the decoder. ``start``: the token before the first."""
        self._decoder = decoder
        self._draft = [start, *draft]
        self._rows, self._drafted_cache, recording = decoder.begin(self._draft, inputs)
        self._recording = {**inputs, **recording}
        self._length = 0
        # Of each transcript of the last step: its place in the cache, or None on the draft.
        self._places: list[int | None] = [None]
        self._cache: _Cache = {}

    def __call__(self, last: list[int], sources: list[int]) -> Sequence[Logits]:
        """See ``beam.Step``."""
        parents = [self._places[source] for source in sources]
        known = self._draft[self._length] if self._length < len(self._draft) else None
        off = [
            number
            for number, (token, parent) in enumerate(zip(last, parents, strict=True))
            if parent is not None or token != known
        ]
        rows: list[Logits] = [self._rows[min(self._length, len(self._draft) - 1)]] * len(last)
        places: list[int | None] = [None] * len(last)
        if off:
            cache = {**self._recording_for(len(off)), **self._past([parents[at] for at in off])}
            fresh, self._cache = self._decoder.go_on([last[at] for at in off], cache)
            for place, number in enumerate(off):
                rows[number], places[number] = fresh[place], place
        self._places = places
        self._length += 1
        return rows

    def _past(self, parents: list[int | None]) -> _Cache:
        """What was said before, in each transcript to be run."""
        held = next(iter(self._cache.values())).shape[0] if self._cache else 0
        if parents == list(range(held)):
            return self._cache
        left = [parent for parent in parents if parent is not None]
        if len(left) == len(parents):
            return {name: value[left] for name, value in self._cache.items()}
        drafts = {name: value[:, :, : self._length] for name, value in self._drafted_cache.items()}
        return {
            name: np.concatenate(
                [
                    draft if parent is None else self._cache[name][parent : parent + 1]
                    for parent in parents
                ]
            )
            for name, draft in drafts.items()
        }

    def _recording_for(self, count: int) -> _Cache:
        """The recording, as often as there are transcripts. It is large (0.5 MB a second): only
        as many as were ever followed at a time are held, and fewer are a part of these."""
        held = self._recording["encoder_hidden_states"].shape[0]
        if count > held:
            self._recording = {
                name: np.repeat(value[:1], count, axis=0) for name, value in self._recording.items()
            }
        return {name: value[:count] for name, value in self._recording.items()}
