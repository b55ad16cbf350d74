"""How long a member waits: end of speech in the microphone to the coach's first sound.

    python -m tests.bench.bench_talk [turns]

Measured in Chromium against the whole product: from the last loud frame that the page sent to the
first block with sound in its playback worklet. The silence window of the persona (500 ms) is the
reference; the rest is ours. Prints the memory of each process too.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.support.browser_talk import open_talk
from tests.support.product import Product
from tests.support.speech import timeline

QUESTIONS = (
    "How much protein have I had today?",
    "I had a banana as a snack.",
    "How many calories are left?",
    "I had two eggs and a slice of toast.",
    "How much protein is in an egg?",
)
FIRST_S, EVERY_S, WINDOW_MS = 9, 13, 500


def waits(product: Product, turns: int, folder: Path) -> list[float]:
    """Milliseconds from each end of speech to the next sound of the coach."""
    lines = [(FIRST_S + EVERY_S * n, QUESTIONS[n % len(QUESTIONS)]) for n in range(turns)]
    sound = timeline(folder / "talk.wav", lines)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=[*FLAGS, f"--use-file-for-fake-audio-capture={sound}%noloop"],
        )
        page = browser.new_page()
        page.goto(product.url)
        page.locator("form[action$='/demo/member/'] button").first.click()
        page.wait_for_load_state()
        open_talk(page)
        page.wait_for_timeout(1000 * (FIRST_S + EVERY_S * turns + 5))
        events = page.evaluate("window.__audio")
        browser.close()
    ends = [e["at"] for e in events if e["state"] == "mic_end"]
    sounds = [e["at"] for e in events if e["state"] == "audible"]
    found = [min((s for s in sounds if s > end), default=None) for end in ends]
    return [s - end for s, end in zip(found, ends, strict=True) if s and s - end < 5000]


def memory_of(product: Product) -> dict[str, float]:
    """Resident megabytes of each part, its children counted with it."""
    found = {}
    for name, pid in product.pids().items():
        part = psutil.Process(pid)
        family = [part, *part.children(recursive=True)]
        found[name] = sum(member.memory_info().rss for member in family) / 2**20
    return found


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as name:
        product = Product(Path(name)).open()
        try:
            found = sorted(waits(product, turns, Path(name)))
            memory = memory_of(product)
        finally:
            product.close()
    p95 = found[int(0.95 * (len(found) - 1))]
    median = statistics.median(found)
    print(f"{len(found)} of {turns} turns; median {median:.0f} ms, p95 {p95:.0f} ms")
    print(f"our own: {median - WINDOW_MS:.0f} ms; ratio to the window {median / WINDOW_MS:.2f}")
    for process, megabytes in memory.items():
        print(f"{process:12} {megabytes:6.0f} MB")


if __name__ == "__main__":
    main()
