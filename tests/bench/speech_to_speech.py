"""Hugging Face's speech-to-speech, installed and tried on this machine without any hub.

    python -m tests.bench.speech_to_speech [--turns 4]

Its own hearing, thinking and speaking would be downloaded from a hub: in their place stand ours,
behind OpenAI's HTTP interface. Its turn detection is its own. It lives in `var/engines`.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.product import ROOT, free_port

VERSION = "1.1.0"
FOLDER = ROOT / "var" / "engines"
HOME = FOLDER / f"speech-to-speech-{VERSION}"
# What it imports. With all that it names, a resolver falls back to a version of last year.
NEEDS = (
    *("torch", "torchaudio", "transformers>=5.18,<6", "silero-vad", "nltk", "openai==2.28.0"),
    *("fastapi", "uvicorn", "websockets", "httpx", "jsonschema", "rich", "scipy", "soxr"),
    *("librosa==0.11.0", "lingua-language-detector", "sounddevice", "onnxruntime", "pillow"),
)
START_S = 180.0


def install() -> Path:
    """Returns its command; some 3 GB, once."""
    command = HOME / "bin" / "speech-to-speech"
    if not command.exists():
        venv.create(HOME, with_pip=True)
        pip = [HOME / "bin" / "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, *NEEDS], check=True)
        subprocess.run([*pip, "--no-deps", f"speech-to-speech=={VERSION}"], check=True)
    return command


@contextmanager
def running(command: Sequence[str | Path], ready: str, **environment: str) -> Iterator[None]:
    """A process of which `ready` is to be read in its log; its log lies in `FOLDER`."""
    log = FOLDER / f"{Path(command[0]).name}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=out
        )
        try:
            until = time.monotonic() + START_S
            while ready not in log.read_text():
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"it did not start: see {log}")
                time.sleep(0.2)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=4)
    turns = parser.parse_args().turns
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = install()
    parts, port = free_port(), free_port()
    here = f"http://127.0.0.1:{parts}/v1"
    options = {
        "port": str(port),
        "device": "cpu",
        "stt": "openai",
        "openai_stt_base_url": here,
        "tts": "openai",
        "openai_tts_base_url": here,
        "llm_backend": "chat-completions",
        "responses_api_base_url": here,
        "responses_api_api_key": "none",
    }
    named = [word for name, value in options.items() for word in (f"--{name}", value)]
    serve = [command, "serve", "--no_smart_turn", "--responses_api_stream", *named]
    offline = str(ROOT / "tests" / "bench" / "without_a_hub")
    own = [sys.executable, "-m", "tests.bench.openai_parts", "--port", str(parts)]
    with running(own, "", OPENAI_API_KEY="none"):
        time.sleep(10)  # its models
        with running(serve, "Uvicorn running", PYTHONPATH=offline, HF_HUB_OFFLINE="1"):
            print(f"speech-to-speech {VERSION}", flush=True)
            url = f"ws://127.0.0.1:{port}/v1/realtime"
            tried = [sys.executable, "-m", "tests.bench.try_engine", "--url", url]
            raise SystemExit(subprocess.run([*tried, "--turns", str(turns)], cwd=ROOT).returncode)


if __name__ == "__main__":
    main()
