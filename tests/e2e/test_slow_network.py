"""A slow line: no press is lost before a script is there, and the first page asks for little."""

import re

from playwright.sync_api import Page, Request, Route, expect

from tests.support.browser_talk import wait_for_turn

MOST_REQUESTS = 11


class HeldScripts:
    """No script of the page arrives before `release()`."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] | None = []
        page.route(re.compile(r"/static/js/.*\.js$"), self.arrive)

    def arrive(self, route: Route) -> None:
        if self.waiting is None:
            route.continue_()
        else:
            self.waiting.append(route)

    def release(self) -> None:
        waiting, self.waiting = self.waiting or [], None
        for route in waiting:
            route.continue_()


def test_a_press_on_talk_before_its_script_has_run_begins_the_talk(product, someone):
    page = someone("member", says=[])
    scripts = HeldScripts(page)
    page.get_by_role("button", name=re.compile("Talk with Sage")).click(no_wait_after=True)
    page.wait_for_url(re.compile(r"/talk/[0-9a-f-]{36}/"), wait_until="commit")
    expect(page.locator("[data-talk]")).to_be_disabled()
    expect(page.locator("[data-composer] button")).to_be_disabled()
    page.locator("#say").fill("how much protein is in an egg")
    page.locator("#say").press("Enter")
    scripts.release()
    page.locator("[data-talk]").click()  # as soon as it is offered
    expect(page.locator("main[data-page=talk]")).to_have_attribute("data-begun", "true")
    expect(page.locator("#say")).to_have_value(re.compile("how much protein is in an egg"))
    page.locator("#say").press("Enter")
    wait_for_turn(page, "coach", "protein", seconds=40)
    assert "say=" not in page.url


def test_the_first_page_asks_for_few_files(product, someone):
    page = someone("member", says=[])
    context = page.context.browser.new_context(storage_state=page.context.storage_state())
    for state, path in [(True, "/talk/"), (False, "/accounts/login/")]:
        asked: set[str] = set()

        def note(request: Request, asked: set[str] = asked) -> None:
            asked.add(request.url)

        fresh = context if state else page.context.browser.new_context()
        opened = fresh.new_page()
        opened.on("request", note)
        opened.goto(product.url + path)
        opened.wait_for_load_state("networkidle")
        assert len(asked) <= MOST_REQUESTS, sorted(asked)


MEALS = "SELECT said FROM nutrition_meal WHERE said = ? AND deleted_at IS NULL"


def test_what_is_typed_while_an_entry_is_on_its_way_stays(product, someone):
    page = someone("member", says=[])
    page.goto(product.url + "/diary/")
    held: list[Route] = []
    page.route("**/diary/log/", lambda route: held.append(route))
    box = page.locator("#diary-said")
    box.fill("a banana")
    box.press("Enter")
    box.press_sequentially(" two plums")
    page.wait_for_timeout(200)
    held[0].continue_()
    expect(page.locator(".toast--ok")).to_be_visible()
    expect(box).to_have_value("two plums")
    page.reload()
    expect(box).to_have_value("two plums")
    box.fill("rice " * 120)
    expect(page.locator(".field__count")).to_contain_text("characters too many")
    box.press("Enter")
    expect(box).to_have_value("rice " * 120)
    assert len(held) == 1


def test_a_long_paste_is_whole_in_every_field_and_refused_with_words(product, someone):
    page = someone("member", says=[])
    page.goto(product.url + "/reminders/")
    expect(page.locator("button:disabled[data-needs]")).to_have_count(0)
    words = "drink water " * 100
    field = page.locator("[name=text]")
    field.focus()
    page.keyboard.insert_text(words)  # as a paste: `maxlength` would cut it
    expect(field).to_have_value(words)
    assert "characters too many" in field.evaluate("field => field.validationMessage")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("at most 200 characters")
    expect(field).to_have_value(words)


def test_an_answer_that_never_came_is_said_so_and_tried_again_without_doubling(product, someone):
    page = someone("member", says=[])
    page.goto(product.url + "/diary/")

    def lose(route: Route) -> None:
        route.fetch()  # the server has it, and nobody hears of it
        route.abort()

    page.route("**/diary/log/", lose)
    box = page.locator("#diary-said")
    box.fill("a pear and a cup of tea")
    box.press("Enter")
    lost = page.locator(".toast--danger")
    expect(lost).to_contain_text("could not tell whether this was saved")
    expect(box).to_have_value("a pear and a cup of tea")
    page.unroute("**/diary/log/")
    lost.get_by_role("button", name="Try again").click()
    expect(page.locator(".toast--ok")).to_be_visible()
    expect(box).to_have_value("")
    assert len(product.rows(MEALS, "a pear and a cup of tea")) == 1
