"""How fast and how right speech to text is, against named references measured in the same run.

    python -m tests.bench.bench_speech [--errors]

``--errors`` adds word error rates over sentences read by every synthetic voice at hand
(the engine's own, and flite, festival and espeak-ng when they are installed).
"""

import argparse
import asyncio
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

from coach.engine.stt import moonshine
from coach.engine.stt.moonshine import Moonshine
from coach.engine.stt.recogniser import Recogniser
from coach.engine.stt.repair import repair
from coach.engine.stt.voice_activity import CHUNK, VadModel, VadState
from coach.engine.tts.numbers import cardinal
from coach.engine.tts.synthesiser import Synthesiser
from coach.voice.pcm import RATE, STT_RATE, Pcm, from_bytes, resample, to_float

SENTENCES = """I had two eggs and a slice of toast for breakfast.
Log a banana and a cup of black coffee.
I ate a bowl of porridge with honey and blueberries.
For lunch I had a chicken salad with olive oil.
Can I talk to a dietitian, please?
I would like to speak to a real person.
Please connect me with my dietitian.
How many calories did I eat today?
I drank half a litre of water this morning.
I had sixty grams of oats with almond milk.
For dinner I made grilled salmon with rice and broccoli.
Delete the last meal, I did not eat that.
What is my goal for protein?
I skipped breakfast because I was not hungry.
I have a headache and I feel dizzy.
My doctor said that my cholesterol is too high.
I am allergic to peanuts and shellfish.
Could you suggest a snack with less sugar?
I want to lose five kilograms before the summer.
Change it to three slices of bread.
Good morning, I would like a large latte, please.
Could I have a croissant and an orange juice?
Do you have any vegan options?
How much is that altogether?
I would like to pay by card.
Can I have the bill, please?
Is there a table for two near the window?
I ordered a cappuccino, but this is tea.
Where is the nearest train station?
Sorry, could you say that again more slowly?""".splitlines()

WORDS = "yes no stop two okay nine Thursday hello thanks maybe three cancel help banana"
SAME = {"ok": "okay", "liter": "litre", "dietician": "dietitian"}

READERS: dict[str, list[str]] = {
    "flite slt": ["flite", "-voice", "slt", "-t", "{text}", "-o", "{file}"],
    "flite rms": ["flite", "-voice", "rms", "-t", "{text}", "-o", "{file}"],
    "flite awb": ["flite", "-voice", "awb", "-t", "{text}", "-o", "{file}"],
    "festival": ["text2wave", "-eval", "(voice_cmu_us_slt_arctic_hts)", "-o", "{file}"],
    "espeak-ng": ["espeak-ng", "-v", "en-us", "-s", "150", "-w", "{file}", "{text}"],
}


def read_aloud(command: list[str], text: str, folder: Path) -> Pcm:
    file = folder / "said.wav"
    filled = [part.format(text=text, file=file) for part in command]
    subprocess.run(filled, input=text.encode(), check=True, capture_output=True)
    with wave.open(str(file)) as sound:
        pcm = from_bytes(sound.readframes(sound.getnframes()))
        return resample(pcm, sound.getframerate(), RATE)


async def said(tts: Synthesiser, text: str) -> Pcm:
    return np.concatenate([piece.pcm async for piece in tts.synthesise(text)])


def tokens(text: str) -> list[str]:
    text = re.sub(r"\d+", lambda match: cardinal(int(match[0])), text.lower().replace("’", "'"))
    return [SAME.get(word, word) for word in re.findall(r"[a-z']+", text)]


def errors(want: list[str], got: list[str]) -> int:
    row = list(range(len(got) + 1))
    for i, word in enumerate(want, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


def timed(call: Callable[[], object], rounds: int = 15) -> float:
    """The median in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def show(what: str, measured: float, reference: str, against: float, unit: str = "ms") -> None:
    print(f"{what:44} {measured:8.1f} {unit}  x{measured / against:5.2f} of {reference}")


async def speed(stt: Recogniser, tts: Synthesiser) -> None:
    utterance = await said(tts, "I had two eggs and a slice of toast for breakfast this morning.")
    utterance = np.resize(utterance, 3 * RATE)
    model = Moonshine()
    samples = to_float(resample(utterance, RATE, STT_RATE))
    bare = timed(lambda: model.transcribe(samples))
    times = []
    for _ in range(15):
        start = time.perf_counter()
        await stt.transcribe(utterance)
        times.append((time.perf_counter() - start) * 1000)
    show("final text of 3 s", statistics.median(times), "the bare recogniser", bare)
    show("final text of 3 s", statistics.median(times), "real time", 3000)
    start = time.perf_counter()
    await asyncio.gather(*(stt.transcribe(utterance) for _ in range(8)))
    eight = (time.perf_counter() - start) * 1000
    show("8 finals at the same moment", eight, "8 one after another", 8 * statistics.median(times))
    activity = VadModel()
    chunk = samples[STT_RATE : STT_RATE + CHUNK]
    memories = [VadState() for _ in range(32)]
    single = timed(lambda: [activity.probabilities([chunk], [each]) for each in memories])
    batch = timed(lambda: activity.probabilities([chunk] * 32, memories))
    show("voice activity, 32 streams, one chunk each", batch, "one call a stream", single)


async def first_audio(tts: Synthesiser) -> None:
    reply = (
        "Hello there. I wrote down two eggs and a slice of toast, about 250 kcal. Anything else?"
    )
    firsts, wholes = [], []
    for _ in range(15):
        start = time.perf_counter()
        marks = [time.perf_counter() - start async for _ in tts.synthesise(reply)]
        firsts.append(marks[0] * 1000)
        wholes.append(marks[-1] * 1000)
    show("first audio", statistics.median(firsts), "the whole reply", statistics.median(wholes))


def rate(heard: Callable[[Pcm], str], pairs: list[tuple[str, Pcm]]) -> float:
    wrong = sum(errors(tokens(text), tokens(heard(pcm))) for text, pcm in pairs)
    return 100 * wrong / sum(len(tokens(text)) for text, _ in pairs)


async def word_errors(tts: Synthesiser) -> None:
    model = Moonshine()

    def ours(pcm: Pcm) -> str:
        return repair(model.transcribe(to_float(resample(pcm, RATE, STT_RATE))))

    def bare(pcm: Pcm) -> str:
        around, word = moonshine._AROUND, moonshine._AROUND_WORD
        moonshine._AROUND = moonshine._AROUND_WORD = (0, STT_RATE // 5)
        text = model.transcribe(to_float(resample(pcm, RATE, STT_RATE)))
        moonshine._AROUND, moonshine._AROUND_WORD = around, word
        return text

    readers = {name: cmd for name, cmd in READERS.items() if shutil.which(cmd[0])}
    with tempfile.TemporaryDirectory() as folder:
        for kind, texts in (("sentences", SENTENCES), ("single words", WORDS.split())):
            spoken = {"own voice": [(text, await said(tts, text)) for text in texts]}
            for name, command in readers.items():
                spoken[name] = [(text, read_aloud(command, text, Path(folder))) for text in texts]
            for name, pairs in spoken.items():
                # Where the reference makes no error at all, count it as one word in the whole.
                one = 100 / sum(len(tokens(text)) for text, _ in pairs)
                reference = max(rate(bare, pairs), one)
                show(f"{kind}, {name}", rate(ours, pairs), "no padding, no repair", reference, "%")


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    stt, tts = Recogniser(), Synthesiser()
    await stt.start()
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    await tts.start()
    both = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    show("memory with recogniser and synthesiser", both, "recogniser alone", loaded, "MB")
    await speed(stt, tts)
    await first_audio(tts)
    if arguments.errors:
        await word_errors(tts)
    await stt.close()
    await tts.close()


if __name__ == "__main__":
    asyncio.run(main())
