"""A role-play lesson by voice: the partner speaks first, objectives tick by what was said."""

import re

from playwright.sync_api import expect

from tests.support.browser_talk import EAR, press_talk, wait_for_turn


def is_met(page, objective):
    expect(page.locator(f"[data-objective={objective}][data-met='1']")).to_be_visible(
        timeout=30_000
    )


def test_the_cafe_is_played_by_voice_to_its_report(product, someone):
    page = someone(
        "member",
        says=[
            (9, "Could I have a coffee, please?"),
            (22, "Do you like football?"),
            (33, "And for me a cheese sandwich as well."),
            (46, "How much is it all together?"),
        ],
    )
    page.goto(f"{product.url}/lessons/at-the-cafe/")
    expect(page.get_by_text("Phrases that help")).to_be_visible()
    page.add_init_script(EAR)
    page.get_by_role("button", name="Start the scene").click()
    page.wait_for_url(re.compile(r"/talk/[0-9a-f-]{36}/"))
    press_talk(page)
    wait_for_turn(page, "coach", "welcome to the Corner Caf")
    is_met(page, "drink")
    wait_for_turn(page, "member", "football")
    page.get_by_role("button", name="Hint").click()
    expect(page.get_by_text("Hint 1 of 3")).to_be_visible()
    is_met(page, "food")
    is_met(page, "price")
    wait_for_turn(page, "coach", "seven pounds fifty")
    line = page.locator(".turn--coach .turn__text").first
    line.focus()
    page.keyboard.press("Enter")
    word = page.get_by_role("dialog", name="What a word means")
    expect(word).to_be_focused()
    expect(word).to_contain_text(line.inner_text().split()[0].strip(",.!"))
    page.keyboard.press("ArrowRight")
    expect(word).to_contain_text(line.inner_text().split()[1].strip(",.!"))
    page.keyboard.press("Escape")
    expect(line).to_be_focused()
    page.get_by_role("button", name="See your report").click()
    page.wait_for_url(re.compile(r"/lessons/attempts/\d+/"))
    expect(page.locator("[data-objective=drink]")).to_contain_text(re.compile("coffee", re.I))
    expect(page.locator("[data-objective=food]")).to_contain_text(re.compile("sandwich", re.I))
    expect(page.locator("[data-objective=price]")).to_contain_text(re.compile("how much", re.I))
    spoken = page.locator("[data-spoken=known]")
    expect(spoken).to_contain_text(re.compile(r"Time to answer\s+\d+\.\d s"))
    expect(spoken).to_contain_text(re.compile(r"Share of talk\s+\d+ %"))


def test_a_free_talk_about_an_own_topic_is_followed_up_and_reported(product, someone):
    page = someone("member")
    page.goto(f"{product.url}/lessons/free/")
    page.get_by_label("Level").select_option("B1")
    page.get_by_label("Or a topic of your own").fill("My dog")
    page.get_by_role("button", name="Start talking").click()
    page.wait_for_url(re.compile(r"/talk/[0-9a-f-]{36}/"))
    press_talk(page)
    wait_for_turn(page, "member", "My dog")
    wait_for_turn(page, "coach", "funniest thing an animal has ever done")
    page.get_by_role("button", name="Finish and see the report").click()
    page.wait_for_url(re.compile(r"/lessons/attempts/\d+/"))
    expect(page.get_by_text("You wrote once.")).to_be_visible()
    expect(page.locator("[data-spoken=unknown]")).to_contain_text("nothing to time")
