"""Speech for the fake microphone, from voices that are not ours."""

import subprocess
import wave
from pathlib import Path

import numpy as np

RATE = 48_000
VOICES = {
    "slt": ["flite", "-voice", "slt", "-t", "{text}", "-o", "{path}"],
    "rms": ["flite", "-voice", "rms", "-t", "{text}", "-o", "{path}"],
    "hts": ["text2wave", "-eval", "(voice_cmu_us_slt_arctic_hts)", "-o", "{path}", "{script}"],
    "en-us": ["espeak-ng", "-v", "en-us", "-s", "150", "-w", "{path}", "{text}"],
}


def say(text: str, voice: str, folder: Path) -> np.ndarray:
    """`text` spoken by `voice`: int16 mono samples at 48 kHz."""
    raw, even = folder / "raw.wav", folder / "even.wav"
    script = folder / "text.txt"
    script.write_text(text)
    command = [part.format(text=text, path=raw, script=script) for part in VOICES[voice]]
    subprocess.run(command, check=True, capture_output=True)
    subprocess.run(
        ["sox", raw, "-r", str(RATE), "-c", "1", "-b", "16", even, "norm", "-6"],
        check=True,
        capture_output=True,
    )
    with wave.open(str(even)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def timeline(
    path: Path, lines: list[tuple[float, str]], *, voice: str = "hts", seconds: float = 0
) -> Path:
    """A microphone recording: each line of speech starts at its second, silence between them.

    Chromium starts reading at `getUserMedia` and stops at the end (`%noloop`).
    """
    said = {text: say(text, voice, path.parent) for text in dict.fromkeys(t for _at, t in lines)}
    spoken = [(int(at * RATE), said[text]) for at, text in lines]
    length = max([at + len(samples) for at, samples in spoken] + [int(seconds * RATE)])
    mix = np.zeros(length + RATE, np.int16)
    for at, samples in spoken:
        mix[at : at + len(samples)] = samples
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(mix.tobytes())
    return path
