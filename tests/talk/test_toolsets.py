"""A brief's tools stand in one row, however many talks have them, and nothing else does."""

import json
from importlib import import_module

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from coach.personas.models import Persona
from coach.talk.actions import end_session, start_session
from coach.talk.brief import freeze, make_brief, thaw
from coach.talk.models import Session, Toolset
from coach.talk.models.toolset import key_of

BEFORE, TABLES = [("talk", "0018_talks_by_start")], [("talk", "0019_toolsets")]
TOOLS = ["log_meal", "undo"]


@pytest.fixture
def persona(db):
    return Persona.objects.create(
        slug="sage", name="Sage", instructions="Be kind.", greeting="Hi {name}", tools=TOOLS
    )


@pytest.fixture
def start(persona):
    def begin(name):
        who = get_user_model().objects.create_user(f"{name}@example.org", display_name=name)
        return start_session(who, persona, make_brief(persona, member_name=name))

    return begin


def again(talk):
    return Session.objects.get(pk=talk.pk)


def test_the_tools_of_many_talks_are_one_row_that_names_nobody(start):
    talks = [start("Maya"), start("Noor")]
    (row,) = Toolset.objects.all()
    assert {one["name"] for one in row.tools} == set(TOOLS)
    assert {again(talk).toolset_id for talk in talks} == {row.pk}
    assert "Maya" not in json.dumps(row.tools)
    assert "tools" not in again(talks[0]).brief


def test_what_was_frozen_is_thawed(start, persona):
    brief = make_brief(persona, member_name="Maya")
    assert thaw(Session(**freeze(brief))) == brief


def test_a_persona_that_is_given_another_tool_changes_only_the_next_talk(start, persona):
    first = start("Maya")
    persona.tools = [*TOOLS, "get_profile"]
    persona.save()
    second = start("Noor")
    assert thaw(again(first)).tool_names == set(TOOLS)
    assert thaw(again(second)).tool_names == {*TOOLS, "get_profile"}


def test_the_order_of_fields_makes_no_other_list():
    """PostgreSQL keeps an order of its own."""
    assert key_of([{"a": 1, "b": 2}]) == key_of([{"b": 2, "a": 1}])
    assert key_of([{"a": 1}, {"b": 2}]) != key_of([{"b": 2}, {"a": 1}])


def migrate(to):
    MigrationExecutor(connection).migrate(to)


def latest():
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


@pytest.mark.django_db(transaction=True)
def test_briefs_of_before_lose_nothing_on_the_way_there_and_back(start):
    over, live = start("Maya"), start("Noor")
    end_session(over)
    briefs = [thaw(over), thaw(live)]
    try:
        migrate(BEFORE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT brief FROM talk_session ORDER BY started_at")
            whole = [json.loads(row[0]) for row in cursor.fetchall()]
    finally:
        migrate(latest())
    assert [one["tools"] for one in whole] == [brief.tools for brief in briefs]
    assert "tools" not in again(over).brief
    assert [thaw(again(talk)) for talk in (over, live)] == briefs


@pytest.mark.django_db(transaction=True)
def test_a_talk_that_goes_on_during_the_migration_keeps_its_brief_whole(start):
    over, live = start("Maya"), start("Noor")
    end_session(over)
    try:
        migrate(TABLES)
    finally:
        migrate(latest())
    assert (again(over).toolset_id is None, again(live).toolset_id is None) == (False, True)
    assert "tools" in again(live).brief
    assert thaw(again(live)).tool_names == set(TOOLS)


@pytest.mark.django_db(transaction=True)
def test_more_talks_than_one_part_are_all_moved(start, monkeypatch):
    talks = [start(f"M{number}") for number in range(5)]
    for talk in talks:
        end_session(talk)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    try:
        migrate(TABLES)
    finally:
        executor = MigrationExecutor(connection)
        moved = executor.loader.get_migration("talk", "0020_tools_apart")
        monkeypatch.setitem(moved.operations[0].code.__globals__, "AT_ONCE", 2)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert not Session.objects.filter(toolset=None).exists()


def test_the_keys_of_the_migration_do_not_change_with_the_model():
    made = import_module("coach.talk.migrations.0020_tools_apart").key_of
    assert made.__module__ != key_of.__module__
    assert made([{"b": 1, "a": "é"}]) == key_of([{"a": "é", "b": 1}])
