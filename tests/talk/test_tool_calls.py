"""One call has one output, and a tool that only reads holds nobody up meanwhile."""

import json

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coach.errors import CoachError
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import run_tool, start_session
from coach.talk.brief import make_brief
from coach.talk.registries import orders, tools
from coach.talk.registries.tools import (
    NewCard,
    ToolCallContext,
    ToolResult,
    get_tool,
    tool,
    tool_names,
)
from tests.support.diary import make_member

pytestmark = pytest.mark.django_db


class NoArguments(msgspec.Struct):
    said: str = ""


def _no_probe(call: ToolCallContext, args: NoArguments) -> ToolResult:
    raise AssertionError("the test made no probe")


@pytest.fixture
def made(monkeypatch):
    """Tools of a test alone."""
    monkeypatch.setattr(tools, "_tools", dict(tools._tools))

    tool("probe", "Stands until the test makes its own.")(_no_probe)

    def make(function, **options):
        del tools._tools["probe"]
        function.__annotations__ = {"args": NoArguments}
        tool("probe", "A tool of the tests.", **options)(function)

    return make


@pytest.fixture
def talk(made):
    persona = save_persona(
        Persona(slug="sage", name="Sage", instructions="Coach.", greeting="Hi", tools=["probe"])
    )
    return start_session(make_member(), persona, make_brief(persona, member_name="Maya"))


@pytest.mark.parametrize(("reads_only", "locked"), [(True, False), (False, True)])
def test_only_a_tool_that_changes_rows_is_run_under_the_lock(made, talk, reads_only, locked):
    begun = []

    def probe(call, args):
        begun.extend(query["sql"] for query in captured)
        return ToolResult(say="Done.")

    made(probe, reads_only=reads_only)
    with CaptureQueriesContext(connection) as captured:
        assert json.loads(run_tool(talk.pk, "c1", "probe", "{}")) == {"say": "Done."}
    assert any(sql.startswith("UPDATE") for sql in begun) is locked
    assert talk.tool_calls.get().call_id == "c1"


def test_who_waits_for_an_answer_does_not_wait_for_its_row(made, talk):
    made(lambda call, args: ToolResult(say="Read."), reads_only=True)
    waiting = []
    for _ in range(2):  # nobody waits for a lock, so the same call may be under way twice
        out = run_tool(talk.pk, "c1", "probe", "{}", later=waiting.append)
        assert json.loads(out) == {"say": "Read."}
    assert not talk.tool_calls.exists()
    for write in waiting:
        write()
    assert talk.tool_calls.get().output == out


def test_a_tool_that_only_reads_has_nothing_to_show(made, talk):
    card = NewCard("meal", "1")
    made(lambda call, args: ToolResult(say="Read.", cards=(card,)), reads_only=True)
    assert json.loads(run_tool(talk.pk, "c1", "probe", "{}"))["error"] == "tool_failed"


def test_a_tool_that_fails_has_an_output_and_no_row(made, talk):
    def probe(call, args):
        raise ValueError("what the member said")

    made(probe, reads_only=True)
    assert json.loads(run_tool(talk.pk, "c1", "probe", "{}"))["error"] == "tool_failed"
    assert not talk.tool_calls.exists()


def test_the_products_own_reading_tools_say_so():
    reading = {name for name in tool_names() if get_tool(name).reads_only}
    assert {"day_summary", "find_food", "get_profile", "handoff_notes"} <= reading
    assert not reading & {"log_meal", "change_meal", "undo", "talk_to_human", "confirm_meal"}


def test_no_tool_takes_less_of_the_members_words_than_a_turn_may_have():
    """Else a long turn that calls a person, at its end, is no call at all."""
    for name in tool_names():
        said = get_tool(name).definition()["parameters"]["properties"].get("said")
        assert said is None or said["maxLength"] == tools.SAID_MAX_CHARS, name


def test_orders_hold_in_a_refusal_too_and_beside_energy(made, talk, monkeypatch):
    monkeypatch.setattr(orders, "_sources", [lambda member: ["no_calories"]])

    def probe(call, args):
        if args.said:
            raise CoachError("That is 450 kcal. Say it again?", code="odd")
        return ToolResult(say="Well done. You have 450 left.", data={"left": {"kcal": 450}})

    made(probe)
    out = [run_tool(talk.pk, f"c{n}", "probe", json.dumps({"said": n})) for n in ("", "x")]
    assert [json.loads(one)["say"] for one in out] == ["Well done.", "Say it again?"]
    assert "450" not in "".join(out)
