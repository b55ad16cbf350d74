"""A member shows the coach a photo of a meal, in a browser, with a model that really is sent it."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.test_notes import NOTES, open_notes
from tests.support.browser_talk import open_talk, turns, wait_for_silence, wait_for_turn
from tests.support.product import Product
from tests.support.vision_server import VisionServer
from tests.talk.pictures.test_image import photo

MEALS = "SELECT * FROM nutrition_meal WHERE deleted_at IS NULL"


@pytest.fixture(scope="module")
def vision():
    with VisionServer() as seeing:
        yield seeing


@pytest.fixture(scope="module")
def product(tmp_path_factory, vision):
    """A product whose own engine thinks with a server that sees."""
    settings = {
        "COACH_LLM_URL": vision.url,
        "COACH_LLM_MODEL": "seeing",
        "COACH_LLM_IMAGES": "1",
    }
    opened = Product(tmp_path_factory.mktemp("seeing"), settings=settings).open()
    yield opened
    assert opened.close() == []


def choose(page, file, name="IMG_1.jpg"):
    page.locator("[data-picture-menu] summary").click()
    with page.expect_file_chooser() as chooser:
        page.locator("[data-picture-open=file]").click()
    chooser.value.set_files({"name": name, "mimeType": "image/jpeg", "buffer": file})


def say(page, words):
    page.locator("#say").fill(words)
    page.locator("#say").press("Enter")


def test_a_photo_becomes_a_draft_that_is_corrected_added_and_undone(product, someone, vision):
    page = someone("member")
    open_talk(page)
    wait_for_silence(page)
    choose(page, photo((4000, 3000), turned=6))
    picture = page.locator(".turn--card[data-seq] .picture-card img")
    expect(picture).to_be_visible(timeout=20_000)
    expect(picture).to_have_attribute("alt", re.compile("The photo you showed at"))
    expect(page.locator(".picture-card--sending")).to_have_count(0)

    draft = page.locator("[data-draft-card]")
    expect(draft).to_be_visible(timeout=20_000)
    expect(draft).to_contain_text("An estimate from a photo")
    wait_for_turn(page, "coach", "estimate from a photo")
    seen = Image.open(io.BytesIO(vision.pictures[-1]))
    assert seen.size == (768, 1024)
    assert len(seen.getexif()) == 0
    assert not product.rows(MEALS)

    grams = draft.get_by_label(re.compile("Grams of .*rice", re.I))
    grams.fill("90")
    grams.press("Tab")
    expect(page.locator("#toasts")).to_contain_text("The weight is changed.")
    say(page, "no, leave the chicken out")
    wait_for_turn(page, "coach", "draft is now")
    expect(draft).not_to_contain_text("chicken", ignore_case=True)
    say(page, "yes, log it")
    wait_for_turn(page, "coach", "I logged")
    rows = product.rows("SELECT * FROM nutrition_mealitem")
    assert [round(row["grams"]) for row in rows] == [90]
    meal = page.locator("[data-meal-card]")
    expect(meal).to_be_visible()
    expect(page.locator("[data-draft-card]")).to_have_count(0)
    meal.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-meal-card]")).to_contain_text("removed")
    assert not product.rows(MEALS)


def test_a_picture_is_pasted_or_dropped_and_a_failed_one_is_tried_again(product, someone):
    page = someone("member", width=390)
    open_talk(page)
    wait_for_silence(page)
    page.route("**/pictures/", lambda route: route.abort())
    give = """async ([type, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], "a.jpg", { type: "image/jpeg" }));
        const init = { bubbles: true, cancelable: true };
        const event = type === "paste"
            ? new ClipboardEvent("paste", { ...init, clipboardData: data })
            : new DragEvent(type, { ...init, dataTransfer: data });
        document.body.dispatchEvent(event);
    }"""
    small = list(photo((300, 200)))
    page.evaluate(give, ["dragenter", small])
    expect(page.locator(".drop-here")).to_be_visible()
    page.evaluate(give, ["drop", small])
    expect(page.locator(".drop-here")).to_be_hidden()
    sending = page.locator(".picture-card--sending")
    expect(sending.get_by_role("button", name="Try again")).to_be_visible()
    expect(sending.locator("canvas")).to_be_visible()
    page.unroute("**/pictures/")
    sending.get_by_role("button", name="Try again").click()
    picture = page.locator(".turn--card[data-seq] .picture-card img")
    expect(picture).to_have_count(1, timeout=20_000)

    page.route("**/pictures/", lambda route: route.abort())
    page.evaluate(give, ["paste", small])
    sending.get_by_role("button", name="Cancel").click()
    expect(sending).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_in_notes_a_photo_waits_for_the_network_and_takes_the_typed_words_along(
    product, someone, vision
):
    page = someone("member", width=390)
    open_notes(page)
    page.route(NOTES, lambda route: route.abort())
    page.locator("#say").fill("This is my lunch")
    choose(page, photo((1200, 800)))
    note = page.locator(".turn--note")
    expect(note).to_contain_text("This is my lunch")
    expect(note.locator("canvas")).to_be_visible()
    expect(page.locator("#say")).to_have_value("")
    expect(page.locator("[data-notes-count]")).to_contain_text("One note")
    page.unroute(NOTES)
    page.reload()  # the browser has kept it, the picture too
    picture = page.locator(".turn--card[data-seq] .picture-card img")
    expect(picture).to_be_visible(timeout=30_000)
    expect(note.locator("canvas")).to_have_count(0)
    wait_for_turn(page, "member", "This is my lunch")
    assert len(turns(page, "member")) == 1
    expect(page.locator("[data-draft-card]")).to_be_visible()
    wait_for_turn(page, "coach", "estimate from a photo", seconds=30)
    choose(page, photo((600, 400)))
    expect(picture).to_have_count(2, timeout=30_000)
    assert Image.open(io.BytesIO(vision.pictures[-1])).size == (600, 400)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
