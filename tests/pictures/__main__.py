"""Take the pictures: a desk with an expert, members in talks, the wall and the reports."""

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS, sign_up
from tests.e2e.test_handoff import take_over, write
from tests.support.browser_talk import open_talk, wait_for_silence, wait_for_turn
from tests.support.product import ROOT, Product
from tests.support.second_expert import second_place

PICTURES = ROOT / "docs" / "desk"
MOST_BYTES = 120_000
COLOURS = (128, 96, 64, 48, 32)
WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 780}

Opened = Callable[..., Page]


def shoot(page: Page, name: str) -> None:
    """Write what stands on the page, with as many colours as the size allows."""
    page.wait_for_timeout(600)  # until what moves stands
    seen = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    for colours in COLOURS:
        kept = io.BytesIO()
        seen.quantize(colours, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() <= MOST_BYTES:
            break
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / f"{name}.png").write_bytes(kept.getvalue())
    print(f"{name}: {kept.tell() // 1000} kB, {colours} colours")


def say(member: Page, text: str) -> None:
    member.locator("#say").fill(text)
    member.locator("#say").press("Enter")


def sits_down(page: Page) -> None:
    page.goto(re.sub(r"(//[^/]+).*", r"\1/desk/", page.url))
    page.get_by_role("button", name="Go available").click()
    expect(page.locator("[data-status=available]")).to_be_visible()


def waiting(opened: Opened) -> tuple[Page, Page]:
    """The demo's member asks for a person at a wide page, somebody else at a phone."""
    maya, noor = opened("member"), opened("noor", PHONE)
    for page, meal in (
        (maya, "I had two eggs and toast for breakfast."),
        (noor, "I had an apple."),
    ):
        open_talk(page)
        wait_for_silence(page)
        say(page, meal)
        wait_for_turn(page, "coach", "egg|apple")
    for page in (maya, noor):
        say(page, "Can I talk to a real dietitian, please?")
        expect(page.locator("[data-card=person]")).to_be_visible()
        wait_for_silence(page)
    return maya, noor


def modes(desk: Page, maya: Page) -> None:
    """Each mode of a case, from the offer to the hand-back."""
    shoot(desk, "desk-offer")
    desk.locator(".offer").first.get_by_role("button", name=re.compile("^Accept")).click()
    expect(desk.locator("[data-case-view]")).to_contain_text("peanuts")
    shoot(desk, "desk-monitor")
    desk.locator("[data-modes] [value=guide]").click()
    expect(desk.locator("[data-floor=guided]")).to_be_visible()
    write(desk, "No calorie numbers for now, please.")
    expect(desk.locator(".guided__item").first).to_be_visible()
    shoot(desk, "desk-guide")
    take_over(desk)
    write(desk, "Hello Maya, I am Asha. What would help you today?")
    wait_for_turn(maya, "expert", "I am Asha")
    say(maya, "I feel bloated after dinner, most of all after milk.")
    expect(desk.locator("#case-thread")).to_contain_text("bloated")
    shoot(desk, "desk-text")
    shoot(maya, "member-with-an-expert")
    desk.locator("[data-modes] [value=voice]").click()
    expect(desk.locator("[data-voice-panel]")).to_have_attribute(
        "data-lamp", "heard", timeout=20_000
    )
    shoot(desk, "desk-voice")
    desk.locator("[data-dialog=hand-back]").click()
    desk.locator("#first-words").fill("Asha asks you to keep dinners free of dairy.")
    desk.locator("#note").fill("Perhaps lactose. Dinners without dairy for two weeks.")
    shoot(desk, "desk-hand-back")
    desk.locator("#hand-back").get_by_role("button", name="Hand back").click()
    expect(desk.locator("#hand-back")).to_be_hidden()


def danger(opened: Opened, desk: Page) -> None:
    """Words of danger at a phone: what the member sees while a person is called, and then."""
    tom = opened("tom", PHONE)
    open_talk(tom)
    wait_for_silence(tom)
    say(tom, "I want to kill myself tonight.")
    expect(tom.locator("[data-card=crisis]")).to_be_visible(timeout=20_000)
    shoot(tom, "member-in-danger-phone")
    expect(desk.locator(".offer")).to_contain_text("P0")
    shoot(desk, "desk-emergency")


def of_supervisors(page: Page, home: str) -> None:
    for path, name in (
        ("desk/wall/", "wall"),
        ("desk/reports/", "reports"),
        ("desk/reports/referrals/", "referrals"),
    ):
        page.goto(f"{home}/{path}")
        page.wait_for_load_state()
        shoot(page, name)


def main() -> None:
    with ExitStack() as stack:
        var = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        product = Product(var, settings={"COACH_SERVER": "uvicorn"}).open()
        stack.callback(product.close)
        stack.enter_context(second_place(product))
        fill = "from tests.pictures.past import fill; fill()"
        command = [sys.executable, "manage.py", "shell", "-c", fill]
        subprocess.run(command, cwd=ROOT, env=product.environment, check=True)
        play = stack.enter_context(sync_playwright())
        browser: Browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        stack.callback(browser.close)

        def opened(who: str, size: dict[str, int] = WIDE) -> Page:
            context = browser.new_context(viewport=size, permissions=["microphone"])  # type: ignore[arg-type]
            page = context.new_page()
            page.set_default_timeout(40_000)
            page.goto(product.url)
            if who in ("member", "dietitian", "admin"):
                page.locator(f"form[action$='/demo/{who}/'] button").first.click()
            else:
                sign_up(page, who)
            page.wait_for_load_state()
            return page

        desk = opened("dietitian")
        maya, noor = waiting(opened)
        sits_down(desk)
        shoot(maya, "member-waiting")
        shoot(noor, "member-waiting-phone")
        modes(desk, maya)
        danger(opened, desk)
        of_supervisors(opened("dietitian"), product.url)


if __name__ == "__main__":
    main()
