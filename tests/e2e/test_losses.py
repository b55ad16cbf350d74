"""Processes are killed or stopped while a member types: nothing is lost or done twice."""

import os
import signal
import time

import pytest
from playwright.sync_api import expect

from tests.support.browser_talk import open_talk, wait_for_turn

FOODS = ["pear", "kiwi", "banana", "carrot", "plum", "peach"]
EATEN = "SELECT name FROM nutrition_mealitem ORDER BY id"
TURNS = "SELECT text FROM talk_turn WHERE speaker = 'member' AND session_id = ?"


LOSSES = [("engine", signal.SIGKILL), ("web", signal.SIGKILL)]
if "FAULTS" in os.environ:  # `make faults`
    LOSSES += [(part, how) for part in ("engine", "web") for how in [signal.SIGTERM] * 3]
    LOSSES += LOSSES[:2] * 2


@pytest.mark.parametrize(("part", "how"), LOSSES)
def test_of_sentences_typed_meanwhile_none_is_lost_and_none_counts_twice(
    product, someone, part, how
):
    before = len(product.rows(EATEN))
    page = someone(f"{part}{how.name}{before}".lower())
    session = open_talk(page).replace("-", "")
    wait_for_turn(page, "coach", ".")
    field = page.locator("[data-composer] textarea")
    for number, food in enumerate(FOODS):
        field.fill(f"I had a {food}")
        field.press("Enter")
        if number == 1:
            os.killpg(product.pids()[part], how)
        time.sleep(0.7)
    expect(page.locator("main")).to_have_attribute("data-state", "listening", timeout=60_000)
    until = time.monotonic() + 40
    while len(product.rows(EATEN)) - before < len(FOODS) and time.monotonic() < until:
        time.sleep(0.5)
    said = [row["text"] for row in product.rows(TURNS, session)]
    assert sorted(said) == sorted(f"I had a {food}" for food in FOODS)
    eaten = [row["name"].lower() for row in product.rows(EATEN)[before:]]
    for food in FOODS:
        assert len([name for name in eaten if food in name]) == 1, (food, eaten)
