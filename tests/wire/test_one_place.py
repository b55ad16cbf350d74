"""Messages are made in coach/wire and nowhere else."""

import ast
from pathlib import Path

import pytest

from tests.support.messages import DIRECTIONS, messages_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("coach/talk", "coach/lessons", "coach/interpreter", "coach/nutrition", "handoff")
# Another protocol's messages.
FOREIGN = {
    "coach/talk/registries/tools.py": "the definition of a tool, as engines read it",
    "coach/page_socket.py": "frames, as ASGI servers take them",
    "handoff/outside/outbox.py": "the test of a web hook",
    "handoff/outside/web_hooks.py": "what web hooks are told",
}


def modules():
    # Of voice only its own modules: the rooms within it speak to engines.
    found = [ROOT / "coach/after_commit.py", *sorted((ROOT / "coach/voice").glob("*.py"))]
    for room in ROOMS:
        found += sorted((ROOT / room).rglob("*.py"))
    return [str(path.relative_to(ROOT)) for path in found if "migrations" not in path.parts]


def dicts_with_a_type(source):
    """The lines of dict literals, and of calls of dict(), that have the key "type"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dict":
            keys = [keyword.arg for keyword in node.keywords]
        else:
            continue
        if "type" in keys:
            yield node.lineno


@pytest.mark.parametrize("name", modules())
def test_no_module_makes_a_message_of_its_own(name):
    found = list(dicts_with_a_type((ROOT / name).read_text()))
    assert bool(found) == (name in FOREIGN), f"{name}: lines {found}"


def messages_made():
    """The names of the messages that the product makes, as `wire.Name(...)`."""
    paths = [*(ROOT / "coach").rglob("*.py"), *(ROOT / "handoff").rglob("*.py")]
    for path in paths:
        own = path == ROOT / "coach/wire/desk.py"  # makes those of a case
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            if (
                isinstance(node.func, ast.Attribute)
                and getattr(node.func.value, "id", "") == "wire"
            ):
                yield node.func.attr
            elif own and isinstance(node.func, ast.Name):
                yield node.func.id


def test_the_server_makes_each_message_that_it_may_send():
    made = set(messages_made())
    for name, union in DIRECTIONS.items():
        if not name.endswith(" up"):
            assert {message.__name__ for message in messages_of(union)} <= made, name


def test_what_is_looked_for_is_found():
    source = 'a = {"type": "x"}\nb = dict(type="x")\nc = {"kind": 1, **a}\n'
    assert list(dicts_with_a_type(source)) == [1, 2]
