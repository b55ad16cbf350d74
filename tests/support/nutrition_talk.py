"""A talk in which the diary's tools are called as an engine calls them."""

import json
from typing import Any

from django.test import RequestFactory

from coach.people.models import User
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import run_tool, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Card
from coach.talk.registries.cards import render

TOOLS = [
    "log_meal", "change_meal", "undo", "day_summary", "find_food", "suggest_meal", "food_for_me",
    "get_profile", "talk_to_human",
]  # fmt: skip


class NutritionTalk:
    def __init__(self, member: User, tools: list[str] = TOOLS) -> None:
        persona = Persona.objects.filter(slug="sage").first() or save_persona(
            Persona(slug="sage", name="Sage", instructions="Coach.", greeting="Hi", tools=TOOLS)
        )
        self.member = member
        brief = make_brief(persona, member_name="Maya", tools=tools)
        self.session = start_session(member, persona, brief)
        self.calls = 0

    def call(self, name: str, said: str = "", call_id: str = "", **arguments: Any) -> Any:
        """The tool's output, read."""
        self.calls += 1
        output = run_tool(
            self.session.pk,
            call_id or f"call-{self.calls}",
            name,
            json.dumps({"said": said, **arguments}),
        )
        return json.loads(output)

    def say(self, name: str, said: str = "", **arguments: Any) -> str:
        return str(self.call(name, said, **arguments)["say"])

    def cards(self, reader: User | None = None) -> list[str]:
        """The cards of the thread as `reader` (the member) sees them."""
        request = RequestFactory().get("/")
        request.user = reader or self.member
        return [
            render(card, request)
            for card in Card.objects.filter(session=self.session).order_by("pk")
        ]
