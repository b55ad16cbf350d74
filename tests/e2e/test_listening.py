"""How a member is heard: only while a button is held, or not while the coach speaks.

The choice is remembered with the person, so each test has a person of its own.
"""

import re

from playwright.sync_api import Page, expect

from tests.support.browser_talk import open_talk, wait_until_heard

SENT = """
    window.__sent = { frames: 0, messages: [] };
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      if (typeof data === "string") {
        const message = JSON.parse(data);
        if (!["heard", "ping"].includes(message.type)) window.__sent.messages.push(message);
      } else window.__sent.frames += 1;
      return send.call(this, data);
    };
"""
EGGS = "I had two eggs and a slice of toast for breakfast."


def choose(page: Page, mode: str) -> None:
    menu = page.locator("[data-listening-menu]")
    menu.locator("summary").click()
    menu.locator(f"input[value={mode}]").check()
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_have_attribute("data-listening", mode)


def frames(page: Page) -> int:
    return int(page.evaluate("window.__sent.frames"))


def held(page: Page) -> list[bool]:
    sent = page.evaluate("window.__sent.messages.filter((m) => m.type === 'held')")
    return [message["down"] for message in sent]


def greeted(page: Page) -> None:
    """The coach has begun to greet, and has ended."""
    words = page.locator("[data-state-words]")
    expect(words).to_have_text(re.compile("Coach is speaking"), timeout=20_000)
    expect(words).to_have_text("Listening", timeout=20_000)


def test_what_is_said_under_the_button_is_heard_and_nothing_else(product, someone):
    page = someone("lena", says=[(22, EGGS)])
    page.add_init_script(SENT)
    open_talk(page)
    greeted(page)
    choose(page, "push")
    product.wait_for_row("SELECT 1 FROM people_user WHERE listening_mode = 'push'")
    words = page.locator("[data-state-words]")
    expect(words).to_have_text("Hold to talk")
    before = frames(page)
    page.wait_for_timeout(500)
    assert frames(page) == before  # the microphone is on, and nothing leaves the page

    button = page.locator("[data-talk]")
    button.focus()
    page.keyboard.down(" ")
    expect(words).to_have_text("Listening")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(
        "() => window.__audio.some((change) => change.state === 'mic_end')", timeout=30_000
    )
    page.keyboard.up(" ")
    expect(button).to_have_attribute("aria-pressed", "false")
    wait_until_heard(page, EGGS)
    answer = page.locator(".turn--coach[data-seq]").nth(1)  # the first is the greeting
    expect(answer).to_be_visible(timeout=25_000)
    assert held(page) == [True, False]


def test_the_button_by_finger_by_tap_and_by_a_screen_reader(product, someone):
    page = someone("leo", width=390)
    page.add_init_script(SENT)
    open_talk(page)
    choose(page, "push")
    button, words = page.locator("[data-talk]"), page.locator("[data-state-words]")
    expect(words).to_have_text(re.compile("Coach is speaking, hold"), timeout=20_000)
    button.hover()
    page.mouse.down()  # over the coach: it stops at once
    expect(words).to_have_text("Listening")
    page.wait_for_function("() => document.querySelector('main').dataset.playedRms < 0.001")
    page.wait_for_timeout(500)
    page.mouse.up()
    expect(words).not_to_have_text("Listening")
    page.wait_for_timeout(400)
    assert held(page) == [True, False]

    expect(words).to_have_text("Hold to talk", timeout=20_000)
    button.click()  # a short tap keeps it open
    expect(words).to_have_text("Listening. Tap again when you have finished.")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(400)
    button.evaluate("node => node.click()")  # what a screen reader does
    expect(button).to_have_attribute("aria-pressed", "true")
    page.evaluate("dispatchEvent(new Event('blur'))")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(400)
    assert held(page) == [True, False] * 3


def test_the_space_bar_is_held_anywhere_but_where_it_is_typed(product, someone):
    page = someone("lia")
    page.add_init_script(SENT)
    open_talk(page)
    choose(page, "push")
    expect(page.locator("[data-state-words]")).to_have_text("Hold to talk", timeout=20_000)
    page.locator("#say").focus()
    page.keyboard.type("a b")
    assert held(page) == []
    page.locator("#say").fill("")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.down(" ")
    page.wait_for_timeout(500)
    page.keyboard.up(" ")
    page.wait_for_timeout(400)
    assert held(page) == [True, False]


def test_half_duplex_sends_nothing_while_the_coach_is_heard(product, someone):
    page = someone("lou")
    page.add_init_script(SENT)
    page.goto(f"{product.url}/profile/")
    page.get_by_label("Microphone in a talk").select_option("half")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    page.goto(f"{product.url}/talk/")
    open_talk(page)
    words = page.locator("[data-state-words]")
    expect(words).to_have_text(re.compile("can't hear you"), timeout=20_000)
    before = frames(page)
    page.wait_for_timeout(600)
    assert frames(page) == before
    page.locator("[data-talk]").click()  # the circle still interrupts
    expect(words).to_have_text("Listening")
    page.wait_for_function("(n) => window.__sent.frames > n + 5", arg=before)
    mutes = page.evaluate("window.__sent.messages.filter((m) => m.type === 'mute')")
    assert [message["on"] for message in mutes] == [True, False]


def test_a_coach_that_hears_itself_is_told_of_once_and_rests_at_one_tap(product, someone):
    page = someone("luca")
    open_talk(page)
    choose(page, "open")
    hint = page.locator("[data-echo-hint]")
    page.evaluate(
        """async () => {
            const { ListeningMenu } = await import("/static/js/talk/listening/menu.js");
            const root = document.querySelector("main");
            const menu = new ListeningMenu(root, { mode: (m) => { root.dataset.listening = m; } });
            await menu.suggest();
        }"""
    )
    expect(hint).to_be_visible()
    hint.get_by_role("button", name="Rest while it speaks").click()
    expect(hint).to_be_hidden()
    expect(page.locator("main")).to_have_attribute("data-listening", "half")
    product.wait_for_row(
        "SELECT 1 FROM people_user WHERE listening_mode = 'half' AND headphones_hint = 0"
    )
    page.reload()
    assert page.locator("[data-echo-hint][data-wanted]").count() == 0
    expect(page.locator("input[value=half]")).to_be_checked()


def test_where_the_coach_sees_nothing_the_page_says_so_before(product, someone):
    page = someone("lynn")
    open_talk(page)
    summary = page.locator("[data-picture-menu] summary")
    expect(summary).to_have_accessible_name(re.compile("not with this coach"))
    summary.click()
    expect(page.locator("[data-picture-menu]")).to_contain_text("Describe the meal instead")
    assert page.locator("input[type=file]").count() == 0
