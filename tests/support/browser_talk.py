"""Small words for what a test does in a talk."""

import re
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.heard import alike

EAR = Path(__file__).with_name("ear.js").read_text()


def open_talk(page: Page) -> str:
    """Begin a talk with the coach; returns the session's id."""
    page.add_init_script(EAR)
    page.get_by_role("button", name=re.compile("Talk with Sage")).click()
    page.wait_for_url(re.compile(r"/talk/[0-9a-f-]{36}/"))
    press_talk(page)
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def press_talk(page: Page) -> None:
    page.locator("[data-talk]").click()
    root = page.locator("main[data-page=talk]")
    expect(root).to_have_attribute("data-begun", "true")


def turns(page: Page, speaker: str) -> list[str]:
    """The stored turns of `speaker` that the thread shows."""
    return page.locator(f".turn--{speaker}[data-seq] .turn__text").all_inner_texts()


def wait_for_turn(page: Page, speaker: str, pattern: str, seconds: float = 25) -> str:
    found = page.locator(f".turn--{speaker}[data-seq] .turn__text").filter(
        has_text=re.compile(pattern, re.I)
    )
    expect(found.last).to_be_visible(timeout=seconds * 1000)
    return found.last.inner_text()


def wait_until_heard(page: Page, said: str, seconds: float = 25) -> str:
    """Until the thread shows a turn of the member that is alike what they said; returns it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for text in turns(page, "member"):
            if alike(text, said):
                return text
        page.wait_for_timeout(100)
    raise AssertionError(f"not heard within {seconds} s: {said}; but {turns(page, 'member')}")


def wait_for_silence(page: Page, seconds: float = 30) -> None:
    """Until the coach has finished speaking and it is the member's turn."""
    expect(page.locator("main[data-page=talk]")).to_have_attribute(
        "data-state", re.compile("listening|person|held"), timeout=seconds * 1000
    )


def wait_for_level(page: Page, name: str, seconds: float = 20) -> None:
    """Until the loudspeaker of `page` has given out sound, as the worklet has measured it."""
    page.wait_for_function(
        "name => Number(document.querySelector('main').dataset[name]) > 0.005",
        arg=name,
        timeout=seconds * 1000,
    )


def audio(page: Page) -> list[dict[str, object]]:
    """What the worklet put out: changes between audible and silent, in page time."""
    found: list[dict[str, object]] = page.evaluate("window.__audio")
    return found
