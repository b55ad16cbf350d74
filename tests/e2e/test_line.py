"""More people than the engine takes: the line, seen by two of them."""

import pytest
from playwright.sync_api import expect

from tests.support.browser_talk import open_talk, wait_for_turn
from tests.support.product import Product


@pytest.fixture
def small_house(tmp_path):
    opened = Product(tmp_path / "small", settings={"COACH_ENGINE_SESSIONS": "1"})
    opened.var.mkdir()
    opened.open()
    yield opened
    opened.close()


def test_the_second_waits_in_line_also_over_a_restart_and_is_let_in(small_house, someone):
    maya = someone("member", at=small_house)
    open_talk(maya)
    wait_for_turn(maya, "coach", "Maya")

    omar = someone("omar", at=small_house)
    open_talk(omar)
    line = omar.locator("[data-state-words]")
    expect(line).to_contain_text("number 1 in line")
    assert omar.title().startswith("(1)")

    small_house.kill("web")
    expect(maya.locator("main")).to_have_attribute("data-state", "reconnecting")
    expect(line).to_contain_text("number 1 in line", timeout=30_000)
    expect(maya.locator("main")).to_have_attribute("data-state", "listening", timeout=30_000)
    expect(line).to_contain_text("number 1 in line")

    maya.locator("[data-end]").first.click()
    maya.get_by_role("button", name="End the talk").last.click()
    wait_for_turn(omar, "coach", "Omar", seconds=30)
    assert not omar.title().startswith("(")
