"""Two people at one device: each reads what the other says in their own language."""

import asyncio
import re
import sqlite3
import threading
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.support.translation_server import Script, Step, TranslationServer, spoken

ENGLISH, KOREAN = "Good morning, where does it hurt today?", "안녕하세요, 오늘은 어디가 아프세요?"
ANSWER, ANSWERED = "어제부터 머리가 아파요.", "My head has been hurting since yesterday."
# The microphone is a machine's voice: what the two say is in the script of the server.
SAYS = [(2, ENGLISH), (7, "My head has been hurting since yesterday, and I could not sleep.")]
FIRST_MS, SECOND_MS = 900, 3000  # of sound that is not silence


@pytest.fixture(scope="module")
def server():
    """A server of translation sessions, on a loop of its own."""
    steps = {
        "ko": [(FIRST_MS, (ENGLISH, KOREAN)), (SECOND_MS, (ANSWER, ANSWER))],
        "en": [(FIRST_MS, (ENGLISH, ENGLISH)), (SECOND_MS, (ANSWER, ANSWERED))],
    }
    scripts = {
        into: [Script([Step(at, spoken(*said, ms=400)) for at, said in of])]
        for into, of in steps.items()
    }
    made = TranslationServer(scripts)
    loop = asyncio.new_event_loop()
    running = threading.Thread(target=loop.run_forever, daemon=True)
    running.start()
    asyncio.run_coroutine_threadsafe(made.__aenter__(), loop).result(10)
    yield made
    asyncio.run_coroutine_threadsafe(made.__aexit__(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    running.join(10)
    loop.close()


PROVIDER = {
    "slug": "translates",
    "name": "The test's server",
    "url": "",
    "translation_model": "gpt-realtime-translate",
    "style": "compatible",
    "seeded": "{}",
    "key_name": "",
    "default_model": "",
    "transcription_model": "",
    "safety_id": 0,
    "images": 0,
    "scripted": 0,
    "answers_itself": 0,
    "languages": "[]",
    "voices": "[]",
    "active": 1,
}


@pytest.fixture
def translates(product, server):
    """The provider that the product names as its interpreter's is there: our server."""
    row = PROVIDER | {"url": server.url}
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    insert = f"INSERT INTO personas_provider ({columns}) VALUES ({places})"
    with closing(sqlite3.connect(product.database, timeout=20)) as db, db:
        db.execute(insert, list(row.values()))
    yield
    with closing(sqlite3.connect(product.database, timeout=20)) as db, db:
        db.execute("DELETE FROM personas_provider WHERE slug = ?", [row["slug"]])


def large(page, side):
    """What the pane of this side shows large."""
    return page.locator(f"[data-pane={side}] [data-large]")


@pytest.mark.usefixtures("translates")
def test_each_pane_fills_with_its_own_language_and_what_was_said_is_kept(someone, server):
    page = someone("member", SAYS)
    page.get_by_role("link", name="Interpreter").click()
    page.get_by_label("I speak").select_option("ko")
    page.get_by_label("They speak").select_option("en")
    page.get_by_role("button", name="Exchange the languages").click()
    expect(page.get_by_label("I speak")).to_have_value("en")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/interpreter/[0-9a-f-]{36}/"))
    page.get_by_role("button", name="Start").click()
    expect(page.locator("main")).to_have_attribute("data-stage", "interpreting", timeout=15_000)
    expect(large(page, "b")).to_have_text([KOREAN, ANSWER], timeout=30_000)
    expect(large(page, "a")).to_have_text([ENGLISH, ANSWERED])
    played = page.locator("main[data-played-ms]")
    expect(played).not_to_have_attribute("data-played-ms", "0", timeout=10_000)
    expect(page.locator("[data-pane=a] [data-seq]")).to_have_count(2, timeout=10_000)
    page.locator("[data-pane=a] [data-again]").first.click()
    page.get_by_role("button", name="End").click()
    expect(page.get_by_role("link", name="Save as text")).to_be_visible(timeout=15_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as text").click()
    text = download.value.path().read_text()
    assert all(words in text for words in (ENGLISH, KOREAN, ANSWER, ANSWERED))
    server.assert_complete()
