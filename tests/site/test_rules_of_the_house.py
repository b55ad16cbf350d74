"""The rules that no linter knows: sizes, people with a type, one door out, one clock, one wire."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE_MAX, MODULE_P90 = 400, 200
FUNCTION_MAX = 50
FLAT_MAX = 12
PEOPLE = {"member", "user", "author", "holder", "expert", "owner", "reader", "learner"}


def tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = [ROOT / name for name in done.stdout.splitlines()]
    return [path for path in found if path.exists() and "migrations" not in path.parts]


@pytest.fixture(scope="module")
def modules() -> dict[Path, ast.Module]:
    """The product's own modules, parsed."""
    files = tracked("coach/*.py", "handoff/*.py", "manage.py")
    return {path: ast.parse(path.read_text()) for path in files}


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def functions(tree: ast.Module):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def test_no_module_is_too_long(modules):
    assert [(path.name, lines(path)) for path in modules if lines(path) > MODULE_MAX] == []


def test_nine_of_ten_modules_are_short(modules):
    sizes = [lines(path) for path in modules if lines(path) > 1]
    assert statistics.quantiles(sizes, n=10)[-1] <= MODULE_P90


def test_no_browser_module_is_too_long():
    long = {path.name: lines(path) for path in tracked("static/js/*.js") if lines(path) > 300}
    assert long == {}


def test_no_function_is_too_long(modules):
    long = [
        where(path, node)
        for path, tree in modules.items()
        for node in functions(tree)
        if node.end_lineno - node.lineno + 1 > FUNCTION_MAX
    ]
    assert long == []


def test_no_room_is_a_heap(modules):
    rooms: dict[Path, int] = {}
    for path in modules:
        if path.name != "__init__.py":
            rooms[path.parent] = rooms.get(path.parent, 0) + 1
    assert rooms[ROOT / "coach" / "talk"] <= FLAT_MAX


def test_no_person_is_typed_as_anything(modules):
    untyped = [
        where(path, argument)
        for path, tree in modules.items()
        for node in functions(tree)
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.arg in PEOPLE
        and argument.annotation is not None
        and re.search(r"\bAny\b", ast.unparse(argument.annotation))
    ]
    assert untyped == []


def test_managers_are_typed(modules):
    untyped = [path for path in modules if "ClassVar[Any] =" in path.read_text()]
    assert untyped == []


def calls(tree: ast.Module) -> set[str]:
    found = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {name.rsplit(".", 1)[-1] for name in found}


def test_only_after_commit_publishes_and_enqueues(modules):
    doors = {"group_send", "apply_async", "delay", "send_task"}
    found = {
        path.relative_to(ROOT).as_posix() for path, tree in modules.items() if calls(tree) & doors
    }
    assert found == {"coach/after_commit.py"}


def test_every_offer_is_made_by_the_call(modules):
    """Who makes the dict by hand asks what a talk without that tool cannot do."""
    by_hand = [
        where(path, node)
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        and {ast.unparse(key) for key in node.keys if key} == {"'tool'", "'said'"}
    ]
    assert [place for place in by_hand if "registries/tools.py" not in place] == []
    assert by_hand


def test_nothing_imports_within_a_function(modules):
    local = [
        where(path, inner)
        for path, tree in modules.items()
        for node in functions(tree)
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]
    assert local == []
