"""What only a script does is not offered before the script listens."""

import pytest
from django.test import Client
from django.test.html import Element
from django.urls import reverse

from tests.support import dom
from tests.support.world import World

pytestmark = pytest.mark.django_db
BY_SCRIPT_ALONE = (  # plain, they go nowhere
    *("data-presence", "data-case-form", "data-composer", "data-ask-form"),
)


def offered(element: Element, by_script: bool = False) -> list[Element]:
    """Buttons that a press would reach and that do nothing by themselves."""
    if element.name in ("template", "dialog") or dom.has(element, "hidden"):
        return []
    by_script = by_script or any(dom.has(element, name) for name in BY_SCRIPT_ALONE)
    if element.name == "button":
        needs = by_script or dom.get(element, "type") == "button"
        return [element] if needs and not dom.has(element, "disabled") else []
    inner = [child for child in element.children if not isinstance(child, str)]
    return [button for child in inner for button in offered(child, by_script)]


@pytest.mark.parametrize(
    ("who", "name"),
    [
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
        ("chief", "handoff:wall"),
    ],
)
def test_no_button_of_a_page_waits_for_a_script_that_is_not_there(who: str, name: str) -> None:
    world = World()
    world.escalate()
    client = Client()
    people = {"member": world.member, "asha": world.asha.user, "chief": world.chief.user}
    client.force_login(people[who])
    args = [world.session.pk] if name == "talk:live" else []
    page = dom.parse(client.get(reverse(name, args=args)).content)
    assert [str(button)[:200] for button in offered(page)] == []
    assert dom.find(page, dom.with_data("needs", "boot"))
