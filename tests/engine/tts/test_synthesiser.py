from collections.abc import AsyncIterator

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.engine.stt.recogniser import Recogniser
from coach.engine.tts.names import PRONUNCIATIONS
from coach.engine.tts.segmentation import LATER, cut, sentences
from coach.engine.tts.synthesiser import Synthesiser
from coach.engine.tts.types import SpeechChunk, TtsClosed
from coach.voice.pcm import RATE
from tests.support.loudness import decibels


@pytest.fixture
async def tts() -> AsyncIterator[Synthesiser]:
    made = Synthesiser(workers=2)
    await made.start()
    yield made
    await made.close()


async def pieces(tts: Synthesiser, text: str, speed: float = 1.0) -> list[SpeechChunk]:
    return [piece async for piece in tts.synthesise(text, speed=speed)]


@given(
    st.lists(
        st.sampled_from([*"ab. ,;!?\n", "e.g. ", "Dr. Who", "and so ", "word " * 20, "3. ", "2.5 "])
    ).map("".join)
)
@example("x" * 1000)
@example("  \n ")
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(cut(text)) == text
    assert "".join(sentences(text)) == text
    assert all(piece for piece in cut(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hello. How are you?", ["Hello. ", "How are you?"]),
        ("Dr. Patel is here. Say hi!", ["Dr. Patel is here. ", "Say hi!"]),
        ("It was 2.5 kg. Good.", ["It was 2.5 kg. ", "Good."]),
        ("Eat e.g. eggs. Or not.", ["Eat e.g. eggs. ", "Or not."]),
        ("At 7 a.m. you ate.", ["At 7 a.m. you ate."]),
        ('He said "no." Then left.', ['He said "no." ', "Then left."]),
        ("1. Eat\n2. Sleep", ["1. Eat\n", "2. Sleep"]),
        ("Wait... what", ["Wait... what"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_the_first_piece_is_short_and_long_sentences_are_cut_at_clauses() -> None:
    text = (
        "Your dietitian will be here in five minutes; until then, tell me what you had for "
        "breakfast, and whether you were hungry before lunch, because that helps us to plan the "
        "rest of the day together, step by step, without any hurry, and with what you like."
    )
    parts = cut(text)
    assert parts[0] == "Your dietitian will be here in five minutes; until then, "[: len(parts[0])]
    assert parts[0].endswith(("; ", ", "))
    assert all(len(part) <= LATER + 1 for part in parts)
    assert all(part.rstrip()[-1] in ",;." for part in parts)
    assert cut("Well, it is only a short first sentence.") == [
        "Well, it is only a short first sentence."
    ]
    assert cut("Well now, here comes one that takes a bit longer.")[0] == "Well now, "
    assert cut("It is on Nov 22, 2026, at the old town hall, I think.")[0] != "It is on Nov 22, "


async def test_say_gives_the_written_words_and_audio_without_long_silence(
    tts: Synthesiser,
) -> None:
    text = "Well done, Asha! That is 62 g of oats. 🎉\nAnything else?"
    spoken = await pieces(tts, text)
    assert "".join(piece.text for piece in spoken) == text
    assert len(spoken) >= 3
    for piece in spoken:
        if not piece.pcm.size:
            continue
        assert piece.pcm.dtype == np.int16
        assert decibels(piece.pcm[: RATE // 50]) < -40, "no click at the start"
        assert decibels(piece.pcm[: RATE // 10]) > -60, "speech begins within 0.1 s"
        assert -30 < decibels(piece.pcm) < -12
        assert np.abs(piece.pcm.astype(int)).max() < 32767


async def test_what_is_said_is_understood(tts: Synthesiser) -> None:
    recogniser = Recogniser(workers=1)
    await recogniser.start()
    spoken = await pieces(tts, "I wrote down 62 g of oats and 2 tbsp of honey.")
    text = await recogniser.transcribe(np.concatenate([piece.pcm for piece in spoken]))
    await recogniser.close()
    heard = text.lower().replace("-", " ").replace("62", "sixty two").replace(" 2 ", " two ")
    assert "sixty two grams of oats and two tablespoons of honey" in heard


async def test_the_same_words_give_the_same_samples(tts: Synthesiser) -> None:
    first, second = [await pieces(tts, "Good morning.") for _ in range(2)]
    assert np.array_equal(first[0].pcm, second[0].pcm)


async def test_speed(tts: Synthesiser) -> None:
    text = "Would you like some more tea?"
    sizes = [(await pieces(tts, text, speed))[0].pcm.size for speed in (0.7, 1.0, 1.5, 2.0, 99)]
    assert sizes[0] > sizes[1] > sizes[2] > sizes[3] == sizes[4]


@pytest.mark.parametrize("text", ["", "  \n", "🎉", "***", "…"])
async def test_nothing_to_say(tts: Synthesiser, text: str) -> None:
    spoken = await pieces(tts, text)
    assert "".join(piece.text for piece in spoken) == text
    assert sum(piece.pcm.size for piece in spoken) == 0


async def test_closing_the_generator_stops_the_work(
    tts: Synthesiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    from_phonemes = tts._hibari.from_phonemes  # type: ignore[union-attr]

    def counted(phonemes: str, **rest: object) -> object:
        made.append(phonemes)
        return from_phonemes(phonemes, **rest)

    monkeypatch.setattr(tts._hibari, "from_phonemes", counted)
    saying = tts.synthesise("One. Two. Three. Four. Five.")
    assert (await anext(saying)).text == "One. "
    await saying.aclose()
    assert len(made) == 1


async def test_very_long_words_and_figures_are_said(tts: Synthesiser) -> None:
    assert sum(piece.pcm.size for piece in await pieces(tts, "9" * 300)) > RATE
    assert sum(piece.pcm.size for piece in await pieces(tts, "abc" * 300)) > RATE


async def test_names_are_said_as_their_bearers_say_them(tts: Synthesiser) -> None:
    hibari = tts._hibari
    assert hibari is not None
    for sounds in PRONUNCIATIONS.values():
        assert not set(sounds) - set(hibari.vocab), sounds
    assert hibari.g2p("Siobhan") == "ʃɪvˈɔn"
    assert hibari.g2p("Asha's plan").startswith("ˈɑʃəz ")


async def test_it_speaks_between_its_start_and_its_end_only() -> None:
    with pytest.raises(ValueError, match="worker"):
        Synthesiser(workers=0)
    tts = Synthesiser(workers=1)
    with pytest.raises(TtsClosed):
        await pieces(tts, "Hello.")
    await tts.start()
    saying = tts.synthesise("One. Two.")
    await anext(saying)
    await tts.close()
    await tts.close()
    with pytest.raises(TtsClosed):
        await anext(saying)
