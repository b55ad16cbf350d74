import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.voice import pcm


def tone(hertz: float, rate: int, seconds: float = 0.5) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate).astype(np.float32)


def run(source: int, target: int, samples: np.ndarray, cuts: list[int]) -> np.ndarray:
    resampler = pcm.Resampler(source, target)
    pieces = [resampler.process(part) for part in np.split(samples, cuts)]
    return np.concatenate([*pieces, resampler.flush()])


def test_bytes_round_trip_and_half_sample() -> None:
    values = np.array([0, 1, -1, 32767, -32768], dtype=np.int16)
    assert pcm.to_bytes(values)[:4] == b"\x00\x00\x01\x00"
    assert np.array_equal(pcm.from_bytes(pcm.to_bytes(values)), values)
    with pytest.raises(ValueError, match="odd"):
        pcm.from_bytes(b"abc")


def test_float_conversion_is_lossless_and_clips() -> None:
    values = np.arange(-32768, 32768, dtype=np.int64).astype(np.int16)
    assert np.array_equal(pcm.to_int16(pcm.to_float(values)), values)
    assert pcm.to_int16(np.array([2.0, -2.0])).tolist() == [32767, -32768]


def test_level() -> None:
    assert pcm.rms(np.zeros(0, dtype=np.int16)) == 0
    assert pcm.rms(pcm.to_int16(tone(1000, 24000))) == pytest.approx(0.5**0.5, abs=0.001)


@pytest.mark.parametrize(
    ("source", "target"),
    [(24000, 16000), (24000, 8000), (8000, 24000), (16000, 24000), (44100, 24000)],
)
def test_resampled_tone_keeps_its_phase_and_level(source: int, target: int) -> None:
    out = run(source, target, tone(440, source), [])
    want = tone(440, target)
    assert out.size == want.size
    inner = slice(200, -200)
    assert np.abs(out[inner] - want[inner]).max() < 2e-3


@pytest.mark.parametrize(("source", "target", "hertz"), [(24000, 16000, 9500), (24000, 8000, 5000)])
def test_resampler_removes_what_would_alias(source: int, target: int, hertz: float) -> None:
    out = run(source, target, tone(hertz, source), [])
    assert np.abs(out[100:-100]).max() < 0.003


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([(24000, 16000), (24000, 8000), (8000, 24000), (16000, 24000), (44100, 24000)]),
    st.integers(0, 3000),
    st.lists(st.integers(0, 3000), max_size=12),
)
def test_pieces_make_no_seam(rates: tuple[int, int], size: int, cuts: list[int]) -> None:
    samples = np.random.default_rng(7).standard_normal(size).astype(np.float32)
    whole = run(*rates, samples, [])
    pieces = run(*rates, samples, sorted(min(cut, size) for cut in cuts))
    assert whole.size == -(-size * rates[1] // rates[0])
    assert pieces.size == whole.size
    assert np.allclose(pieces, whole, atol=1e-5)


def test_resample_whole() -> None:
    values = pcm.to_int16(tone(300, 24000, 0.1))
    assert pcm.resample(values, 24000, 24000) is values
    assert pcm.resample(values, 24000, 16000).size == 1600
    with pytest.raises(ValueError, match="positive"):
        pcm.Resampler(0, 8000)
