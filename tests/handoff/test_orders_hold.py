"""What an expert orders at the hand-back holds in tools, cards, pages and the next brief."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from coach.engine.llm.tool_results import sentence_of
from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import run_tool, start_session
from coach.talk.brief import make_brief, thaw
from coach.talk.registries.orders import orders_of
from handoff import actions

pytestmark = pytest.mark.django_db
TOOLS = ["log_meal", "day_summary", "find_food", "get_profile", "set_goal"]


@pytest.fixture
def talk(make_session, make_expert, monkeypatch):
    """A talk of a member whose calorie numbers an expert forbade."""
    monkeypatch.setattr(store, "load_index", index_from_files)
    session, expert = make_session(), make_expert("Asha")
    case = actions.raise_escalation(session, "ASK", 3, "x")
    actions.claim(case, expert)
    actions.hand_back(case, expert, "Eat slowly.", "advised", "right", ["no_calories", "no_weight"])
    member = session.member
    persona = save_persona(Persona(slug="s", name="Sage", instructions="Coach.", tools=TOOLS))
    return start_session(member, persona, make_brief(persona, member_name="Maya"))


def output_of(talk, name, said):
    call = f"c{talk.tool_calls.count()}"
    return run_tool(talk.pk, call, name, json.dumps({"said": said}))


def text_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


SAYS = (
    ("log_meal", "I had two eggs and a banana"),
    ("day_summary", "how many calories have I had"),
    ("day_summary", "what did I eat today"),
    ("find_food", "how many calories in a banana"),
    ("get_profile", "what do you know about me"),
)


@pytest.mark.parametrize(("name", "said"), SAYS)
def test_no_tool_brings_a_calorie_number_to_any_engine(talk, name, said):
    output_of(talk, "log_meal", "I had toast for breakfast")
    output = output_of(talk, name, said)
    assert not re.search(r"kcal|\d[\d.,]*\s*k?(?:ilo)?cal", output, re.IGNORECASE)
    assert json.loads(output)["say"]


def test_the_embedded_engine_speaks_none(talk):
    output = output_of(talk, "log_meal", "I had two eggs and a banana")
    spoken = sentence_of(output)
    assert "logged" in spoken
    assert "cal" not in spoken.lower()


def test_what_is_forbidden_is_not_done(talk):
    assert json.loads(output_of(talk, "set_goal", "I want to lose weight"))["error"] == (
        "ordered_not_to"
    )


def test_the_members_pages_and_cards_show_none(talk, client):
    output_of(talk, "log_meal", "I had two eggs and a banana for breakfast")
    client.force_login(talk.member)
    card = talk.cards.get(kind="meal")
    for url in (
        reverse("nutrition:diary"),
        reverse("nutrition:today"),
        reverse("nutrition:targets"),
        reverse("talk:card", args=[talk.pk, card.seq]),
        reverse("talk:live", args=[talk.pk]),
    ):
        assert "kcal" not in text_of(client, url)


def test_the_next_talk_is_told_and_the_next_hand_back_decides(talk, make_expert):
    assert "no calorie numbers" in thaw(talk).instructions
    expert = make_expert("Ben")
    case = actions.raise_escalation(talk, "ASK", 3, "x")
    actions.claim(case, expert)
    actions.hand_back(case, expert, "All well.", "advised", "right", [])
    assert not orders_of(talk.member)
    assert "kilocalories" in output_of(talk, "log_meal", "I had two eggs")
