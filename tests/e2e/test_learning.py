"""Before and after a scene: phrases said and typed, exercises and review by keys alone."""

import re
import subprocess
import sys

from playwright.sync_api import expect

from tests.support.product import ROOT

KEEP = """
from coach.lessons.review.actions import Keepsake, keep
from coach.people.models import User
member = User.objects.get(email="maya@demo.invalid")
for word, means in (("coffee", "a hot brown drink"), ("tea", "a drink made with leaves")):
    keep(member, Keepsake("word", "en", means, word))
"""


def test_phrases_exercises_and_review_by_keys(product, someone):
    keeping = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", KEEP], cwd=ROOT, env=product.environment
    )
    page = someone("member", says=[(1, "How much is that?")])
    page.goto(f"{product.url}/lessons/at-the-cafe/learn/")
    part = page.locator("[data-part]").nth(3)
    with page.expect_response("**/sound/") as sounded:
        part.get_by_role("button", name="Hear it").click()
    assert sounded.value.headers["content-type"] == "audio/wav"
    part.get_by_role("button", name="Say it").click()
    done = part.get_by_role("button", name="Done speaking")
    expect(done).to_be_visible()
    page.wait_for_timeout(2_500)  # as long as the sentence takes
    done.click()
    expect(part.locator("[data-words]")).to_have_text(re.compile("how much", re.I))
    part.locator("[name=typed]").fill("how much is that")
    page.keyboard.press("Enter")
    expect(part.locator(".verdict")).to_contain_text("Right.")
    expect(page.locator("#typed-4")).to_be_focused()

    page.goto(f"{product.url}/lessons/at-the-cafe/practise/")
    right = page.locator(".choice", has_text="I'd like a sandwich, please.")
    page.keyboard.press(right.locator("kbd").inner_text())
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Next")).to_be_focused()
    page.keyboard.press("Enter")
    words = page.locator("[data-words]")
    for word in ("Could", "I", "have", "a", "coffee,", "please?"):
        words.get_by_role("button", name=word, exact=True).click()
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("Right.")
    expect(page.locator(".steps")).to_contain_text("2 of 5 exercises")

    assert keeping.wait(60) == 0
    page.goto(f"{product.url}/lessons/review/")
    due = page.locator("[data-due-now]")
    expect(due).to_have_attribute("data-due-now", "2")
    for word in ("coffee", "tea"):
        expect(page.locator("#answer")).to_be_focused()
        page.keyboard.type(word)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Good")).to_be_focused()
        expect(page.get_by_role("button", name="Hear it")).to_be_enabled()  # keys are listened to
        page.keyboard.press("4")
    expect(due).to_have_attribute("data-due-now", "0")
    expect(page.get_by_text("All done for now")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("u")
    expect(due).to_have_attribute("data-due-now", "1")
    expect(page.locator("#front")).to_have_text("a drink made with leaves")
