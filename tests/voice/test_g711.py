"""The telephone codecs, against known values and the reference."""

import numpy as np
import pytest

from coach.voice import g711


def test_telephone_codecs_known_values() -> None:
    values = np.array([0, 32767, -32768, 1000, -1000], dtype=np.int16)
    assert list(g711.encode_mulaw(values)) == [0xFF, 0x80, 0x00, 0xCE, 0x4E]
    assert list(g711.encode_alaw(values)) == [0xD5, 0xAA, 0x2A, 0xFA, 0x7A]


@pytest.mark.parametrize("law", ["mulaw", "alaw"])
def test_telephone_codecs_are_stable_and_close(law: str) -> None:
    encode = getattr(g711, f"encode_{law}")
    decode = getattr(g711, f"decode_{law}")
    codes = bytes(range(256))
    assert np.array_equal(decode(encode(decode(codes))), decode(codes))
    values = np.arange(-32768, 32768, dtype=np.int64).astype(np.int16)
    error = np.abs(decode(encode(values)).astype(int) - values)
    assert (error <= np.maximum(16, np.abs(values.astype(int)) // 16)).all()


@pytest.mark.parametrize("law", ["mulaw", "alaw"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_telephone_codecs_match_the_reference(law: str) -> None:
    reference = pytest.importorskip("audioop")
    short = "ulaw" if law == "mulaw" else law
    values = np.arange(-32768, 32768, dtype=np.int64).astype(np.int16)
    encode = getattr(g711, f"encode_{law}")
    decode = getattr(g711, f"decode_{law}")
    want = getattr(reference, f"lin2{short}")(values.tobytes(), 2)
    assert encode(values) == want
    codes = bytes(range(256))
    assert decode(codes).tobytes() == getattr(reference, f"{short}2lin")(codes, 2)
