"""The product, browsers with a microphone that speaks, and the people who use them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.product import Product
from tests.support.second_expert import second_place
from tests.support.speech import timeline

CHROMIUM = "/usr/bin/chromium"
# Three browsers and the product may share two cores; only what fails waits so long.
expect.set_options(timeout=15_000)
FLAGS = [
    "--no-sandbox",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


# Nothing is timed or heard in these files: they run beside the others.
TYPED = {
    "test_faults.py",
    "test_in_sight.py",
    "test_line.py",
    "test_losses.py",
    "test_pictures.py",
    "test_slow_network.py",
    "test_teaching.py",
    "test_told_outside.py",
}


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            if item.path.name in TYPED:
                item.add_marker(pytest.mark.typed)


# What a web server may do otherwise: sound both ways, typed words and pushes, the desk's socket.
ON_BOTH = {
    "test_talking_over_the_coach_silences_it_and_keeps_only_what_was_heard",
    "test_the_totals_of_the_day_move",
    "test_words_of_danger_hold_the_coach_and_call_a_person",
}
ON_UVICORN = {  # as in production
    "tests.e2e.test_colleagues",
    "tests.e2e.test_member",
    "tests.e2e.test_handoff",
    "tests.e2e.test_losses",
    "tests.e2e.test_voice_takeover",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each way through the product is walked on one web server, and the essence on both."""
    has_its_own = hasattr(metafunc.module, "product")
    if "product" in metafunc.fixturenames and not has_its_own:
        servers = ["uvicorn" if metafunc.module.__name__ in ON_UVICORN else "daphne"]
        if metafunc.function.__name__ in ON_BOTH:
            servers = ["daphne", "uvicorn"]
        metafunc.parametrize("product", servers, indirect=True, scope="session")


@pytest.fixture(scope="session")
def product(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    """The whole product, served by the program that the parameter names."""
    var = tmp_path_factory.mktemp(request.param)
    # A push service of the tests is on this machine. The interpreter's provider is there once its
    # test has written the row.
    own = {
        "COACH_INTERPRETER_PROVIDER": "translates",
        "COACH_SERVER": request.param,
        "COACH_PRIVATE_RECEIVERS": "1",
        "COACH_PUSH_SERVICES": "127.0.0.1",
    }
    opened = Product(var, settings=own).open()
    yield opened
    assert opened.close() == [], "Ctrl-C must end every process"


Speaking = Callable[..., Page]
DEMO = ("member", "dietitian", "admin")


def sign_up(page: Page, name: str) -> None:
    home = page.url
    page.goto(f"{home}accounts/signup/")
    page.locator("input[name=display_name]").fill(name.title())
    page.locator("input[name=email]").fill(f"{name}@example.org")
    page.locator("input[name=password1]").fill("a long pass phrase")
    page.locator("input[name=password2]").fill("a long pass phrase")
    page.locator("main form button[type=submit]").click()
    page.goto(f"{home}talk/")


@pytest.fixture
def second_expert(product: Product) -> Iterator[None]:
    """The demo's administrator sits at the desk, too. Ask for it by `usefixtures`, which come first
    and end last: a browser that is still open when the place closes is refused in the log.
    """
    with second_place(product):
        yield


@pytest.fixture
def someone(product: Product, tmp_path: Path) -> Iterator[Speaking]:
    """`someone("member", says=[(8, "I had two eggs")])`: a page of a signed-in demo person.

    `says` is what the microphone hears, by seconds after it was opened.
    """
    product.end_the_day()
    with ExitStack() as stack:
        play = stack.enter_context(sync_playwright())

        def sign_in(
            who: str,
            says: list[tuple[float, str]] | None = None,
            *,
            voice: str = "hts",
            width: int = 1400,
            at: Product | None = None,
        ) -> Page:
            sound = timeline(
                tmp_path / f"{who}.wav", says or [], voice=voice, seconds=0 if says else 2
            )
            browser: Browser = play.chromium.launch(
                executable_path=CHROMIUM,
                args=[*FLAGS, f"--use-file-for-fake-audio-capture={sound}%noloop"],
            )
            stack.callback(browser.close)
            context = browser.new_context(
                viewport={"width": width, "height": 900}, permissions=["microphone"]
            )
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.goto((at or product).url)
            if who in DEMO:
                page.locator(f"form[action$='/demo/{who}/'] button").first.click()
            else:
                sign_up(page, who)
            page.wait_for_load_state()
            return page

        yield sign_in
