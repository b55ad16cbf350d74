"""Coaches that were set up before get the tools that propose and judge food, once."""

import importlib

import pytest
from django.apps import apps

from coach.personas.actions import save_persona
from coach.personas.models import Persona

migration = importlib.import_module("coach.personas.migrations.0006_food_tools")
pytestmark = pytest.mark.django_db


def persona(kind, tools):
    return save_persona(
        Persona(slug="old", name="Old", kind=kind, instructions="x", greeting="x", tools=tools)
    )


def test_a_nutrition_coach_gets_them_in_a_version_of_its_own():
    old = persona("nutrition", ["log_meal", "undo"])
    for _twice in range(2):
        migration.add_tools(apps, None)
    old.refresh_from_db()
    assert old.tools == ["log_meal", "food_for_me", "suggest_meal", "undo"]
    assert old.version == 2
    assert old.versions.first().content == old.snapshot()


@pytest.mark.parametrize(("kind", "tools"), [("lesson", ["log_meal"]), ("nutrition", ["undo"])])
def test_others_stay_as_they_are(kind, tools):
    old = persona(kind, tools)
    migration.add_tools(apps, None)
    old.refresh_from_db()
    assert (old.tools, old.version) == (tools, 1)
