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
