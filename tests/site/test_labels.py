"""What is read out contains what is seen, and each page says what it is."""

import pytest
from django.test.html import Element
from django.urls import reverse

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from tests.support import dom
from tests.support.world import World, signed_in

pytestmark = pytest.mark.django_db
PAGES = [
    ("member", "talk:start"),
    ("member", "talk:live"),
    ("member", "nutrition:diary"),
    ("member", "people:profile"),
    ("member", "lessons:catalogue"),
    ("member", "lessons:review"),
    ("member", "lessons:progress"),
    ("member", "lessons:placements"),
    ("member", "interpreter:start"),
    ("asha", "handoff:desk"),
    ("asha", "handoff:case"),
]
PRESSED = ("a", "button", "summary")


def seen(element: Element | str) -> str:
    """The words of an element that can be seen."""
    if isinstance(element, str):
        return element
    if dom.with_class("visually-hidden")(element) or dom.has(element, "hidden"):
        return ""
    return " ".join(" ".join(seen(child) for child in element.children).split())


@pytest.mark.parametrize(("who", "name"), PAGES)
def test_a_label_contains_the_words_that_are_seen(who: str, name: str, meals: None) -> None:
    page = opened(who, name)
    labelled = dom.find_all(page, lambda e: e.name in PRESSED and dom.has(e, "aria-label"))
    wrong = [
        (dom.get(element, "aria-label"), seen(element))
        for element in labelled
        if seen(element).lower() not in " ".join(dom.get(element, "aria-label").lower().split())
    ]
    assert wrong == []


@pytest.mark.parametrize(("who", "name"), PAGES[:-1])
def test_a_page_has_one_heading_of_the_first_rank(who: str, name: str, meals: None) -> None:
    assert len(dom.find_all(opened(who, name), dom.of_tag("h1"))) == 1


def test_a_case_is_part_of_the_desk(meals: None) -> None:
    assert dom.find(opened("asha", "handoff:case"), dom.of_tag("h1")) is None


@pytest.fixture
def meals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Foods from the files, without a table in the database."""
    monkeypatch.setattr(store, "load_index", index_from_files)


def opened(who: str, name: str) -> Element:
    world = World()
    world.own()
    world.eat("two eggs for breakfast")
    client = signed_in(world.member if who == "member" else world.asha.user)
    args = {"talk:live": [world.session.pk], "handoff:case": [world.case.pk]}.get(name, [])
    return dom.parse(client.get(reverse(name, args=args)).content)
