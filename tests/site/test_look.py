"""The look: icons that exist, pages without inline code, error pages that stand on their own."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from coach.site.admin.navigation import GROUPS
from coach.site.pages.context import demo_people, product
from coach.site.pages.look import COMPONENTS, ICONS
from coach.site.templatetags.ui import drawing, icon, initials, share

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPRITE = (ROOT / "static/icons/sprite.svg").read_text()
SYMBOLS = set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_keep_the_content_policy(template: Path) -> None:
    html = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.S)
    assert not re.search(r"<[^>]*\sstyle=", html), "style attribute"
    assert not re.search(r"<[^>]*\son[a-z]+=", html), "event handler attribute"
    assert "<style" not in html
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html)
    assert not inline


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_icons_of_templates_are_in_the_sprite(template: Path) -> None:
    named = set(re.findall(r'{% icon "([^"]+)"', template.read_text()))
    assert named <= SYMBOLS, named - SYMBOLS


def test_icons_of_the_sheet_and_of_scripts_are_in_the_sprite() -> None:
    named = set(ICONS)
    for script in (ROOT / "static/js").rglob("*.js"):
        named |= set(re.findall(r'\bicon\("([a-z0-9-]+)"', script.read_text()))
    assert named <= SYMBOLS, named - SYMBOLS


def test_icon_is_hidden_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icon("mic")
    assert "sprite.svg#mic" in icon("mic")
    labelled = icon("mic", "", 'On "air"')
    assert 'aria-label="On &quot;air&quot;"' in labelled
    assert "aria-hidden" not in labelled


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Asha Rao", "AR"), ("Maya", "M"), ("", "?"), ("maya@demo.invalid", "MD"), ("Åsa", "Å")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("value", "whole", "hundredths"),
    [(1240, 2000, 62), (3000, 2000, 100), (0, 2000, 0), (5, 0, 0), (None, 9, 0), (-4, 9, 0)],
)
def test_share(value: float | None, whole: float | None, hundredths: int) -> None:
    assert share(value, whole) == hundredths


def test_drawing_drops_the_prologue() -> None:
    assert drawing('<?xml version="1.0"?>\n<svg><path/></svg>') == "<svg><path/></svg>"


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_nothing_from_the_view(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert "<h1>" in html
    assert 'href="/"' in html


@pytest.mark.parametrize("demo", [True, False])
def test_demo_people_only_where_allowed(settings: pytest.FixtureRequest, demo: bool) -> None:
    settings.COACH_DEMO = demo  # type: ignore[attr-defined]
    assert bool(demo_people()) is demo


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><x', "")])
def test_theme_comes_from_the_cookie_and_only_when_known(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert product(request)["theme"] == theme


@pytest.mark.django_db
def test_landing_says_that_it_is_an_ai_and_keeps_the_policy(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "The coach is an AI" in response.content.decode()
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_sheet_shows_every_component(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    html = client.get("/look/").content.decode()
    for name in COMPONENTS:
        assert f'id="{name}"' in html
    settings.DEBUG = False  # type: ignore[attr-defined]
    assert client.get("/look/").status_code == 404


@pytest.mark.django_db
def test_only_the_console_has_the_looser_policy(client: Client) -> None:
    console = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in console
    assert "unsafe" not in client.get("/accounts/login/").headers["Content-Security-Policy"]


def test_no_model_stands_twice_in_the_sidebar() -> None:
    names = [name for _, models in GROUPS for name in models]
    assert len(names) == len(set(names))
