import asyncio
import functools
import gzip
import json
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from coach.engine.stt import models, voice_activity
from coach.engine.stt import workers as workers_module
from coach.engine.stt.beam import beam_search
from coach.engine.stt.bias import Bias
from coach.engine.stt.decoder import Decoder
from coach.engine.stt.lexicon import mend
from coach.engine.stt.models import ModelMissing
from coach.engine.stt.moonshine import LONGEST, Draft, Moonshine, read_tokens
from coach.engine.stt.recogniser import Recogniser
from coach.engine.stt.repair import invented, repair
from coach.engine.stt.scheduling import FairQueue, SpareTime
from coach.engine.stt.split import split_quietly
from coach.engine.stt.types import SttBusy, SttClosed
from coach.engine.stt.voice_activity import (
    CHUNK,
    CHUNK_24K,
    Downsampler,
    VadBatcher,
    VadModel,
    VadState,
)
from coach.engine.stt.workers import Workers
from coach.engine.tts.synthesiser import Synthesiser
from coach.voice.pcm import RATE, STT_RATE, Pcm, resample, to_float, to_int16

RNG = np.random.default_rng(5)
QUIET = np.zeros(RATE // 2, dtype=np.int16)


@functools.cache
def spoken(text: str) -> Pcm:
    async def said() -> list[Pcm]:
        tts = Synthesiser()
        await tts.start()
        parts = [piece.pcm async for piece in tts.synthesise(text)]
        await tts.close()
        return parts

    with ThreadPoolExecutor(1) as pool:
        return np.concatenate([QUIET, *pool.submit(lambda: asyncio.run(said())).result(), QUIET])


@pytest.fixture
async def recogniser() -> AsyncIterator[Recogniser]:
    made = Recogniser(workers=2)
    await made.start()
    yield made
    await made.close()


def test_token_list() -> None:
    long = b"x" * 200
    data = b"\x05<unk>\x00\x03abc" + bytes([128 + 200 % 128, 200 // 128]) + long
    assert read_tokens(data) == [b"<unk>", b"", b"abc", long]
    for cut in (b"\x05<un", b"\x80", data[:-1]):
        with pytest.raises(ValueError, match="ends inside"):
            read_tokens(cut)


def test_models_come_from_the_directory_first(tmp_path: Path) -> None:
    own = tmp_path / models.VOICE_ACTIVITY
    own.write_bytes(b"mine")
    assert models.locate(models.VOICE_ACTIVITY, tmp_path) == own
    assert models.locate(models.ENCODER, tmp_path).parent.name == "tiny-en"


def test_missing_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(models._CARRIERS, models.ENCODER, ("no_such_carrier", "data"))
    with pytest.raises(ModelMissing, match=r"encoder_model\.ort"):
        models.locate(models.ENCODER, tmp_path)


def test_fair_queue_serves_the_streams_in_turn() -> None:
    queue: FairQueue[str] = FairQueue()
    for key, item in (("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("c", "c1")):
        queue.push(key, item)
    assert [queue.pop() for _ in range(3)] == ["a1", "b1", "c1"]
    queue.push("b", "b2")
    assert queue.drop("b") == ["b2"]
    assert len(queue) == 2
    assert [queue.pop() for _ in range(3)] == ["a2", "a3", None]


class Gate:
    """Work that waits until it is let through, and notes the order of beginnings."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun: list[str] = []

    def call(self, name: str) -> Callable[[Callable[[], bool]], str]:
        def run(stop: Callable[[], bool]) -> str:
            self.begun.append(name)
            assert self.open.wait(10)
            return "stopped" if stop() else name

        return run


async def until(check: Callable[[], bool]) -> None:
    for _ in range(2000):
        if check():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it did not happen")


async def test_finals_go_before_partials() -> None:
    gate = Gate()
    with ThreadPoolExecutor(1) as pool:
        workers = Workers(pool, 1)
        first = asyncio.create_task(workers.submit("x", gate.call("first"), partial=False))
        await until(lambda: gate.begun == ["first"])
        partial = asyncio.create_task(workers.submit("a", gate.call("partial"), partial=True))
        await asyncio.sleep(0)
        final = asyncio.create_task(workers.submit("b", gate.call("final"), partial=False))
        await asyncio.sleep(0)
        gate.open.set()
        assert await asyncio.gather(first, partial, final) == ["first", "partial", "final"]
    assert gate.begun == ["first", "final", "partial"]


async def test_a_newer_request_overtakes_the_partials_of_its_stream() -> None:
    gate = Gate()
    with ThreadPoolExecutor(2) as pool:
        workers = Workers(pool, 2)
        running = asyncio.create_task(workers.submit("a", gate.call("running"), partial=True))
        await until(lambda: gate.begun == ["running"])
        waiting = asyncio.create_task(workers.submit("b", gate.call("waiting"), partial=True))
        await asyncio.sleep(0)
        newer = asyncio.create_task(workers.submit("b", gate.call("newer"), partial=True))
        await asyncio.sleep(0)
        final = asyncio.create_task(workers.submit("a", gate.call("final"), partial=False))
        assert await waiting == ""
        await until(lambda: "final" in gate.begun)
        assert "newer" not in gate.begun, "one worker is kept for finals"
        gate.open.set()
        assert await asyncio.gather(running, newer, final) == ["stopped", "newer", "final"]


async def test_a_final_that_would_wait_stops_a_partial_of_another_stream() -> None:
    running = threading.Event()

    def until_stopped(stop: Callable[[], bool]) -> str:
        running.set()
        while not stop():
            pass
        return ""

    with ThreadPoolExecutor(1) as pool:
        workers = Workers(pool, 1)
        partial = asyncio.create_task(workers.submit("a", until_stopped, partial=True))
        await until(running.is_set)
        assert await workers.submit("b", lambda stop: "heard", partial=False) == "heard"
        with pytest.raises(SttBusy):
            await partial


async def test_partials_wait_while_there_is_no_time_to_spare_and_finals_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers_module, "LOOK_SECONDS", 0.01)
    free = False
    with ThreadPoolExecutor(1) as pool:
        workers = Workers(pool, 1, lambda: free)
        partials = [
            asyncio.create_task(workers.submit(key, lambda stop: "some", partial=True))
            for key in "abc"
        ]
        await asyncio.sleep(0)
        assert await workers.submit("d", lambda stop: "all", partial=False) == "all"
        await asyncio.sleep(0.05)
        assert not any(partial.done() for partial in partials)
        free = True
        assert await asyncio.gather(*partials) == ["some"] * 3


def test_time_is_to_spare_while_less_than_six_tenths_of_the_cores_are_used() -> None:
    now = used = 0.0
    spare = SpareTime(2, lambda: now, lambda: used)

    def after(seconds: float, busy: float) -> bool:
        nonlocal now, used
        now += seconds
        used += 2 * seconds * busy
        return spare()

    assert spare()
    assert after(0.3, 1.0), "one busy moment is no load"
    assert not after(3.0, 1.0)
    assert not after(0.1, 0.0), "it looks at a quarter of a second or more"
    assert not after(0.2, 0.0), "a quiet moment is no end of it"
    assert after(3.0, 0.5)


class Sizes(VadModel):
    """Notes how many chunks it is given at a time."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def listen(self, chunks: list, memories: list) -> list[float]:
        self.sizes.append(len(chunks))
        return [0.5] * len(chunks)


async def test_who_has_fallen_behind_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = 0

    async def sleep(seconds: float) -> None:
        nonlocal waits
        waits += 1
        await asyncio.tasks.sleep(0)

    monkeypatch.setattr(voice_activity.asyncio, "sleep", sleep)
    with ThreadPoolExecutor(1) as pool:
        recogniser = Recogniser(1)
        recogniser._batcher = VadBatcher(Sizes(), pool)
        second = np.zeros(RATE, dtype=np.int16)
        heard = await asyncio.gather(*(recogniser.stream().feed(second) for _ in range(8)))
        assert [len(frames) for frames in heard] == [31] * 8
        assert waits <= 1, "only the last chunk of a stream may wait for others"
        stream = recogniser.stream()
        chunk = np.zeros(CHUNK_24K, dtype=np.int16)
        await asyncio.gather(*(stream.feed(chunk, behind=True) for _ in range(8)))
        assert waits <= 1


async def test_streams_that_send_together_are_looked_at_together() -> None:
    async def talk(batcher: VadBatcher, chunks: int) -> None:
        memory = VadState()
        for _ in range(chunks):
            await asyncio.sleep(0.001)
            await batcher.probability(np.zeros(CHUNK_24K, dtype=np.int16), memory)

    model = Sizes()
    sizes = model.sizes
    with ThreadPoolExecutor(1) as pool:
        batcher = VadBatcher(model, pool)
        await asyncio.gather(*(talk(batcher, 10) for _ in range(8)))
        assert len(sizes) <= 20
        sizes.clear()
        await talk(batcher, 5)
        assert sizes == [1] * 5


async def test_the_queue_is_bounded_and_close_frees_who_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers_module, "MOST_FINALS", 1)
    gate = Gate()
    with ThreadPoolExecutor(1) as pool:
        workers = Workers(pool, 1)
        running = asyncio.create_task(workers.submit("a", gate.call("running"), partial=False))
        await until(lambda: gate.begun == ["running"])
        waiting = asyncio.create_task(workers.submit("b", gate.call("waiting"), partial=False))
        await asyncio.sleep(0)
        with pytest.raises(SttBusy):
            await workers.submit("c", gate.call("too many"), partial=False)
        workers.close()
        with pytest.raises(SttClosed):
            await waiting
        gate.open.set()
        assert await running == "stopped"
        with pytest.raises(SttClosed):
            await workers.submit("d", gate.call("late"), partial=False)
    assert gate.begun == ["running"]


async def test_an_error_reaches_the_caller_and_frees_the_worker() -> None:
    def fail(stop: Callable[[], bool]) -> str:
        raise RuntimeError("broken")

    with ThreadPoolExecutor(1) as pool:
        workers = Workers(pool, 1)
        with pytest.raises(RuntimeError, match="broken"):
            await workers.submit("a", fail, partial=False)
        assert await workers.submit("a", lambda stop: "fine", partial=True) == "fine"


def test_long_audio_is_cut_where_it_is_quiet() -> None:
    samples = RNG.uniform(-0.5, 0.5, 40 * STT_RATE).astype(np.float32)
    for second in (12, 24):
        samples[second * STT_RATE : second * STT_RATE + STT_RATE // 2] *= 0.01
    pieces = split_quietly(samples)
    ends = np.cumsum([piece.size for piece in pieces]) / STT_RATE
    assert np.array_equal(np.concatenate(pieces), samples)
    assert 12 < ends[0] < 12.5
    assert 24 < ends[1] < 24.5
    assert max(piece.size for piece in pieces) <= 15 * STT_RATE
    grown = split_quietly(np.concatenate((samples, samples)))
    assert [piece.size for piece in grown[:2]] == [piece.size for piece in pieces[:2]]
    assert len(split_quietly(samples[: 15 * STT_RATE])) == 1


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("the king of the king of the king of the king of the", "the king of the king of the"),
        ("No, no, no.", "No, no, no."),
        ("In short,, it was", "In short, it was"),
        ("你叫叫叫", ""),
        ("...", ""),
        ("Can I see a dietician?", "Can I see a dietitian?"),
        ("Bitation, please.", "Dietitian, please."),
        ("a capu chino and a quasant", "a cappuccino and a croissant"),
        ("I forgot my insolent.", "I forgot my insulin."),
        ("my insolent friend", "my insolent friend"),
        ("We met for men's day", "We met for men's day"),
    ],
)
def test_repair(heard: str, meant: str) -> None:
    assert repair(heard) == meant


def test_repair_leaves_a_dictionary_of_english_alone() -> None:
    spec = find_spec("hibari")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "assets" / "lexicon_us_gold.json.gz"
    words = json.loads(gzip.decompress(path.read_bytes()))
    assert len(words) > 80_000
    assert [word for word in words if mend(word) != word] == []


def test_inventions() -> None:
    assert invented("You.")
    assert invented(" Thank you. ")
    assert not invented("You know it")
    assert not invented("Yes.")


async def test_activity_tells_speech_from_noise(recogniser: Recogniser) -> None:
    speech = spoken("I had two eggs and a slice of toast for breakfast.")
    noise = to_int16(RNG.standard_normal(RATE * 2) * 0.05)
    heard = await recogniser.stream().feed(speech)
    assert [frame.start_sample24k for frame in heard[:3]] == [0, 768, 1536]
    assert len(heard) == speech.size // CHUNK_24K
    middle = [frame.probability for frame in heard[20:-20]]
    assert np.mean(np.array(middle) > 0.5) > 0.9
    assert max(frame.probability for frame in heard[:10]) < 0.3
    assert max(frame.probability for frame in await recogniser.stream().feed(noise)) < 0.5


async def test_frames_do_not_depend_on_the_cutting_nor_on_other_streams(
    recogniser: Recogniser,
) -> None:
    speech = spoken("Log a banana.")
    whole = await recogniser.stream().feed(speech)
    streams = [recogniser.stream() for _ in range(3)]
    pieces: list[list[float]] = [[], [], []]
    for start in range(0, speech.size, 480):
        part = speech[start : start + 480]
        frames = await asyncio.gather(*(stream.feed(part) for stream in streams))
        for mine, got in zip(pieces, frames, strict=True):
            mine.extend(frame.probability for frame in got)
    for mine in pieces:
        assert np.allclose(mine, [frame.probability for frame in whole], atol=1e-4)


async def test_reset_starts_the_count_anew(recogniser: Recogniser) -> None:
    stream = recogniser.stream()
    first = await stream.feed(np.zeros(RATE, dtype=np.int16))
    stream.reset()
    assert (await stream.feed(np.zeros(RATE, dtype=np.int16))) == first


def test_chunks_are_converted_as_a_whole_recording_is() -> None:
    at = np.arange(CHUNK_24K * 4)
    pcm = to_int16(0.3 * np.sin(at * 0.2) + 0.2 * np.sin(at * 1.1))
    whole = to_float(resample(pcm, RATE, STT_RATE))
    memories, convert = [VadState(), VadState()], Downsampler()
    parts = [convert([chunk, -chunk], memories) for chunk in np.split(pcm, pcm.size // CHUNK_24K)]
    one, other = np.concatenate(parts, axis=1)
    late = 22  # samples at 16 kHz
    assert np.allclose(one[late + 20 :], whole[20:-late], atol=0.001)
    assert np.array_equal(one, -other)


def test_a_batch_is_as_good_as_single_calls() -> None:
    model = VadModel()
    chunks = [RNG.uniform(-0.3, 0.3, CHUNK).astype(np.float32) for _ in range(4)]
    together = model.probabilities(chunks, [VadState() for _ in chunks])
    alone = [model.probabilities([chunk], [VadState()])[0] for chunk in chunks]
    assert np.allclose(together, alone, atol=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        "I had two eggs and a slice of toast for breakfast.",
        "Please connect me with my dietitian.",
        "Is there a table for two near the window?",
    ],
)
async def test_sentences_are_heard(recogniser: Recogniser, text: str) -> None:
    assert await recogniser.transcribe(spoken(text)) == text


@pytest.mark.parametrize("word", ["Yes", "No", "Stop", "Two", "Okay", "Nine"])
async def test_single_words_are_heard(recogniser: Recogniser, word: str) -> None:
    assert (await recogniser.transcribe(spoken(f"{word}."))).strip(".,!") in (
        word,
        word.lower(),
        "2",
        "9",
    )


async def test_nothing_is_heard_where_nobody_speaks(recogniser: Recogniser) -> None:
    tone = 0.3 * np.sin(np.arange(RATE * 2) * 0.1)
    for audio in (np.zeros(RATE * 2), RNG.standard_normal(RATE * 2) * 0.05, tone, np.zeros(0)):
        assert await recogniser.transcribe(to_int16(audio)) == ""


async def test_long_speech_is_heard_to_its_end(recogniser: Recogniser) -> None:
    sentence = spoken("I had a bowl of porridge. Then I went for a walk.")
    text = await recogniser.transcribe(np.concatenate([sentence] * 6))
    assert text.count("bowl of porridge") == 6
    assert text.count("for a walk") == 6
    with pytest.raises(ValueError, match="360 s"):
        await recogniser.transcribe(np.zeros(RATE * 361, dtype=np.int16))


async def test_a_partial_gives_way_to_the_final_of_its_stream(recogniser: Recogniser) -> None:
    speech = spoken("Change it to three slices of bread.")
    stream = recogniser.stream()
    partial = asyncio.create_task(stream.transcribe(speech, partial=True))
    await asyncio.sleep(0)
    assert await stream.transcribe(speech) == "Change it to three slices of bread."
    assert await partial == ""
    assert (await stream.transcribe(speech, partial=True)).startswith("Change it")


async def test_a_cancelled_hearing_does_not_keep_its_worker() -> None:
    recogniser = Recogniser(workers=1)
    await recogniser.start()
    speech = spoken("Good morning.")
    task = asyncio.create_task(recogniser.transcribe(np.concatenate([speech] * 5)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await recogniser.transcribe(speech) == "Good morning."
    await recogniser.close()


async def test_life_of_the_ears() -> None:
    with pytest.raises(ValueError, match="worker"):
        Recogniser(workers=0)
    recogniser = Recogniser(workers=1)
    with pytest.raises(SttClosed):
        await recogniser.transcribe(QUIET)
    with pytest.raises(SttClosed):
        await recogniser.stream().feed(np.zeros(2000, dtype=np.int16))
    await recogniser.start()
    await recogniser.start()
    assert await recogniser.transcribe(QUIET) == ""
    await recogniser.close()
    await recogniser.close()
    with pytest.raises(SttClosed):
        await recogniser.transcribe(QUIET)


def test_the_model_refuses_too_much_and_stops_when_told() -> None:
    model = Moonshine()
    with pytest.raises(ValueError, match="the most"):
        model.transcribe(np.zeros(int((LONGEST + 1) * STT_RATE), dtype=np.float32))
    speech = to_float(resample(spoken("Good morning."), RATE, STT_RATE))
    assert model.transcribe(speech) == "Good morning."
    assert model.transcribe(speech, lambda: True) == ""


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many transcripts each run of the decoder goes on with."""
    runs: list[int] = []
    go_on = Decoder.go_on

    def count(self: Decoder, tokens: list[int], cache: dict) -> tuple:
        runs.append(len(tokens))
        return go_on(self, tokens, cache)

    monkeypatch.setattr(Decoder, "go_on", count)
    return runs


@pytest.mark.parametrize("quick", [True, False])
def test_a_draft_saves_runs(monkeypatch: pytest.MonkeyPatch, quick: bool) -> None:
    runs = counted(monkeypatch)
    model = Moonshine()
    text = "I had two eggs and a slice of toast for breakfast."
    speech = to_float(resample(spoken(text), RATE, STT_RATE))
    assert model.transcribe(speech, quick=quick) == text
    alone = len(runs)
    draft = Draft()
    model.transcribe(speech[: speech.size * 7 // 10], quick=True, draft=draft)
    runs.clear()
    assert model.transcribe(speech, quick=quick, draft=draft) == text
    assert len(runs) < (alone / 2 if quick else alone)
    wrong = Draft(tuple(reversed(draft.tokens)))
    assert model.transcribe(speech, quick=quick, draft=wrong) == text
    assert wrong.tokens == draft.tokens


async def test_a_stream_begins_from_its_draft_unless_it_hears_something_new(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = counted(monkeypatch)
    stream, speech = recogniser.stream(), spoken("Change it to three slices of bread.")
    first = await stream.transcribe(speech, partial=True)
    alone = len(runs)
    runs.clear()
    assert await stream.transcribe(speech, partial=True) == first
    assert len(runs) < alone / 4
    assert (await stream.transcribe(spoken("Log a banana."))).startswith("Log a banana")


TOKENS = [
    "<s>",
    "</s>",
    ".",
    "\u2581a",
    "\u2581m",
    "\u2581mu",
    "es",
    "li",
    "seum",
    "s",
    "in",
    "\u2581in",
]
LETTERS = [*"\u2581muesliacnM"]
LISTED = [token.encode() for token in [*TOKENS, *LETTERS]]


def tokens(*names: str) -> list[int]:
    return [LISTED.index(name.encode()) for name in names]


def test_bias_encodes_as_the_recogniser_does() -> None:
    bias = Bias(LISTED, [], 1.0)
    assert bias.encode("muesli") == tokens("\u2581mu", "es", "li")
    assert bias.encode("in a") == tokens("\u2581in", "\u2581a")


def test_a_bonus_is_kept_only_for_whole_phrases() -> None:
    bias = Bias(LISTED, ["muesli", "muesli in"], 1.0)

    def earned(*names: str) -> tuple[float, float]:
        node, owed, total = bias.root, 0.0, 0.0
        for token in tokens(*names):
            node, more, owed = bias.follow(node, owed, token)
            total += more
        return total, owed

    assert earned("\u2581mu", "es") == (0.0, 2.0)
    assert earned("\u2581mu", "es", "li", ".") == (3.0, 0.0)
    assert earned("\u2581mu", "es", "li", "s") == (0.0, 0.0)
    assert earned("\u2581mu", "seum", ".") == (0.0, 0.0)
    assert earned("\u2581mu", "es", "li", "\u2581in") == (0.0, 4.0)
    assert earned("\u2581a", "\u2581mu", "es", "li", "</s>") == (3.0, 0.0)


def told(row: dict[str, float]) -> list[float]:
    return [row.get(token.decode(), -20.0) for token in LISTED]


def test_search_looks_beyond_the_likeliest_word_and_leans_to_the_domain() -> None:
    said = {
        ("<s>",): {"\u2581a": 0.0, "\u2581mu": -0.1},
        ("<s>", "\u2581mu"): {"seum": 0.0, "es": -1.0},
        ("<s>", "\u2581mu", "es"): {"li": 0.0},
        ("<s>", "\u2581a"): {name: 0.0 for name in ("s", "li", "es", ".", "\u2581in", "\u2581m")},
    }

    def step() -> Callable[[list[int], list[int]], np.ndarray]:
        lines = [("<s>",)]

        def go(last: list[int], sources: list[int]) -> np.ndarray:
            nonlocal lines
            names = [LISTED[token].decode() for token in last]
            if names != ["<s>"]:
                lines = [(*lines[at], name) for at, name in zip(sources, names, strict=True)]
            return np.array([told(said.get(line, {"</s>": 5.0})) for line in lines], np.float32)

        return go

    def found(phrases: list[str], bonus: float) -> list[int]:
        return beam_search(step(), Bias(LISTED, phrases, bonus), 0, 1, 9, lambda: False)

    assert found([], 0.0) == tokens("\u2581mu", "seum")
    assert found(["muesli"], 0.8) == tokens("\u2581mu", "es", "li")
    assert found(["muesli"], 0.1) == tokens("\u2581mu", "seum")
    assert beam_search(step(), Bias(LISTED, [], 0.0), 0, 1, 9, lambda: True) == []


async def test_partials_take_the_quick_way(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def transcribe(
        self: Moonshine, samples: object, stop: object, *, quick: bool, draft: object
    ) -> str:
        asked.append(quick)
        return "Hello there."

    monkeypatch.setattr(Moonshine, "transcribe", transcribe)
    for partial in (True, False):
        await recogniser.transcribe(spoken("Good morning."), partial=partial)
    assert asked == [True, False]


def test_what_is_quiet_is_heard_louder(monkeypatch: pytest.MonkeyPatch) -> None:
    model, heard = Moonshine(), []

    def stepper(self: Moonshine, audio: np.ndarray, draft: object) -> Callable[..., np.ndarray]:
        heard.append(audio)
        return lambda last, sources: np.zeros((1, 3), np.float32)

    monkeypatch.setattr(Moonshine, "_stepper", stepper)
    speech = to_float(resample(spoken("Good morning."), RATE, STT_RATE))
    speech /= np.abs(speech).max()
    for gain in (0.9, 0.05, 0.01, 0.0):
        before = len(heard)
        model.transcribe(speech * np.float32(gain), lambda before=before: len(heard) > before)
    loud, quiet, faint, silent = heard
    assert np.abs(loud).max() == pytest.approx(0.9)
    assert np.abs(quiet).max() == pytest.approx(0.5)
    assert np.abs(faint).max() == pytest.approx(0.4)
    assert not silent.any()
