"""A page as a tree that can be changed and compared: what tests need of a browser's DOM."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime

from django.test.html import Element, RootElement, parse_html

VOLATILE = {"data-now"}  # when the server drew it


def parse(html: str | bytes) -> Element:
    """The tree, without what differs each time a page is drawn."""
    text = html.decode() if isinstance(html, bytes) else html
    root = RootElement()
    root.children = [parse_html(text)]
    _settle(root)
    return root


def _settle(element: Element) -> None:
    element.attributes = [pair for pair in element.attributes if pair[0] not in VOLATILE]
    kept = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(child)
        elif get(child, "name") not in ("csrfmiddlewaretoken", "key"):
            _settle(child)
            kept.append(child)
    element.children = kept
    if element.name == "time":
        settle_time(element)


def settle_time(element: Element) -> None:
    """An instant, whichever zone it is written in; its words are the script's."""
    if when := get(element, "datetime"):
        instant = datetime.fromisoformat(when)
        if instant.tzinfo is not None:
            put(element, "datetime", instant.astimezone(UTC).isoformat())
    if get(element, "data-format"):
        element.children = []


def get(element: Element, name: str, default: str = "") -> str:
    """The value of an attribute; "" for one without a value."""
    for key, value in element.attributes:
        if key == name:
            return value or ""
    return default


def has(element: Element, name: str) -> bool:
    return any(key == name for key, _value in element.attributes)


def put(element: Element, name: str, value: str | None) -> None:
    element.attributes = [pair for pair in element.attributes if pair[0] != name]
    element.attributes = sorted([*element.attributes, (name, value)], key=lambda pair: pair[0])


def drop(element: Element, name: str) -> None:
    element.attributes = [pair for pair in element.attributes if pair[0] != name]


def walk(element: Element) -> Iterator[Element]:
    """The element and all within it, in their order."""
    yield element
    for child in element.children:
        if not isinstance(child, str):
            yield from walk(child)


Found = Callable[[Element], bool]


def find_all(root: Element, found: Found) -> list[Element]:
    return [element for element in walk(root) if found(element)]


def find(root: Element, found: Found) -> Element | None:
    return next((element for element in walk(root) if found(element)), None)


def need(root: Element, found: Found) -> Element:
    element = find(root, found)
    assert element is not None, "the page lacks what its script looks for"
    return element


def with_data(name: str, value: str | None = None) -> Found:
    """[data-name] or [data-name=value]."""
    attribute = f"data-{name}"
    return lambda e: has(e, attribute) and (value is None or get(e, attribute) == value)


def with_class(name: str) -> Found:
    return lambda e: name in get(e, "class").split()


def of_tag(name: str) -> Found:
    return lambda e: e.name == name


def set_text(root: Element, found: Found, text: str) -> None:
    """Set the text of the first element that is found, if there is one."""
    if (element := find(root, found)) is not None:
        words = " ".join(text.split())
        element.children = [words] if words else []


def inner(element: Element) -> str:
    """All within the element: what scripts replace."""
    return "".join(map(str, element.children))


def copy(element: Element) -> Element:
    return deepcopy(element)
