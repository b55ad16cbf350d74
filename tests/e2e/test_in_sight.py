"""What must be seen at once is: on a phone, and however much stands beside it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser_talk import open_talk, press_talk, wait_for_turn
from tests.support.product import Product

PHONE = 390


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """One of its own: emergencies that nobody takes would ring at the desk of other tests."""
    opened = Product(tmp_path_factory.mktemp("in-sight")).open()
    yield opened
    opened.close()


def within(page: Page, inner: Locator) -> bool:
    """Whether it lies in the window, and nothing lies over it."""
    return inner.evaluate(
        """node => {
            const {left, top, right, bottom} = node.getBoundingClientRect();
            const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            return top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight
                && node.contains(at);
        }"""
    )


def type_in(page: Page, words: str) -> None:
    page.locator("#say").fill(words)
    page.locator("#say").press("Enter")
    wait_for_turn(page, "member", re.escape(words))


def test_who_to_call_stays_in_sight_and_nutrition_gives_way(product, someone):
    for name, width in [("ann", PHONE), ("bob", 1400)]:
        page = someone(name, says=[], width=width)
        open_talk(page)
        type_in(page, "I want to kill myself")
        call = page.locator("[data-pinned] a[href^='tel:']").first
        expect(call).to_be_visible(timeout=30_000)
        for words in ["are you there", "what shall I do"]:
            type_in(page, words)
        assert within(page, call)
        expect(page.locator("[data-side]")).to_be_hidden()


def test_on_a_phone_a_scene_keeps_its_objectives_hint_and_end_in_sight(product, someone):
    page = someone("cleo", says=[], width=PHONE)
    page.goto(product.url + "/lessons/")
    page.locator("main a[href='/lessons/at-the-cafe/']").click()
    page.get_by_role("button", name=re.compile("Start")).click()
    page.wait_for_url(re.compile(r"/talk/[0-9a-f-]{36}/"))
    press_talk(page)
    wait_for_turn(page, "coach", ".")
    for part in page.locator(".objective").all():
        assert within(page, part)
    assert within(page, page.get_by_role("button", name="Hint"))
    assert within(page, page.get_by_role("button", name="Finish and see the report"))


def test_a_long_lunch_leaves_its_number_in_sight(product, someone):
    page = someone("dora", says=[])
    page.goto(product.url + "/diary/")
    page.locator("#diary-said").fill(
        "avocado toast with two fried eggs, smoked salmon, cream cheese, a bowl of granola "
        "with yoghurt, a banana and a glass of orange juice for lunch"
    )
    page.locator("#diary-said").press("Enter")
    expect(page.locator(".toast--ok")).to_be_visible()
    page.goto(product.url + "/talk/")
    page.get_by_role("button", name=re.compile("Talk with Sage")).click()
    number = page.locator(".today__slot .number")
    expect(number).to_be_visible()
    panel = page.locator("[data-side]").bounding_box()
    box = number.bounding_box()
    assert panel
    assert box
    assert box["x"] + box["width"] <= panel["x"] + panel["width"]
    assert within(page, number)
