"""What was agreed is remembered, read, erased, and said when the next talk begins."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from coach import clock
from coach.people.actions import remember
from coach.people.actions.memory import KEPT
from coach.people.models import MemoryItem, User
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.reminders import actions as reminders
from coach.reminders.schedule import Rule
from coach.talk.actions import end_session, start_session
from coach.talk.brief import make_brief, thaw
from coach.talk.models import Session
from coach.talk.registries.memory import open_with

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
GREETING = "Hi {name}, I'm Sage, your AI coach. What have you had today?"


@pytest.fixture
def member(db):
    return User.objects.create_user("maya@example.org", display_name="Maya")


@pytest.fixture
def begin(member):
    persona = save_persona(
        Persona(slug="s", name="Sage", instructions="Coach.", greeting=GREETING, tools=[])
    )

    def start(kind=Session.Kind.COACHING):
        session = start_session(member, persona, make_brief(persona, member_name="Maya"), kind=kind)
        return session, thaw(session)

    return start


def test_a_talk_of_somebody_new_begins_as_the_persona_does(begin):
    _session, brief = begin()
    assert brief.greeting == "Hi Maya, I'm Sage, your AI coach. What have you had today?"
    assert "earlier talks" not in brief.instructions


def test_the_next_talk_begins_with_what_an_expert_noted_last(begin):
    session, _brief = begin()
    remember(session, "Eat breakfast before nine", "Asha, dietitian")
    end_session(session)
    _session, brief = begin()
    assert brief.greeting == (
        "Hi Maya, I'm Sage, your AI coach. Last time Asha, dietitian, noted: "
        "Eat breakfast before nine. What have you had today?"
    )
    assert "Asha, dietitian, noted: Eat breakfast before nine." in brief.instructions


def test_a_reminder_of_today_comes_first_and_a_lesson_begins_as_before(begin, member, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON - timedelta(hours=1))
    session, _brief = begin()
    remember(session, "Eat breakfast", "Asha, dietitian")
    monkeypatch.setattr(clock, "now", lambda: NOON)
    reminders.make(member, "drink water", Rule(NOON.date(), time(20)))
    _session, brief = begin()
    assert "I will remind you today at 8 p.m.: drink water. What" in brief.greeting
    assert "noted" not in brief.greeting
    _session, lesson = begin(Session.Kind.LESSON)
    assert "remind" not in lesson.greeting + lesson.instructions


def test_what_an_expert_forbade_is_not_said_again_from_memory(begin, monkeypatch):
    session, _brief = begin()
    remember(session, "You weigh 82 kilos now", "Asha, dietitian")
    monkeypatch.setattr("coach.talk.registries.orders._sources", [lambda member: ["no_weight"]])
    _session, brief = begin()
    assert "82" not in brief.greeting + brief.instructions


def test_the_member_reads_and_erases_it_and_nobody_else(begin, member, client):
    session, _brief = begin()
    item = remember(session, "Eat breakfast", "Asha, dietitian")
    erase = reverse("people:memory_erase", args=[item.pk])
    client.force_login(User.objects.create_user("eve@example.org"))
    assert client.post(erase, HTTP_X_REQUESTED_WITH="fetch").status_code == 404
    client.force_login(member)
    assert "Eat breakfast" in client.get(reverse("people:told")).content.decode()
    client.post(erase)
    assert not MemoryItem.objects.exists()


def test_so_many_are_kept_and_the_oldest_go(begin):
    session, _brief = begin()
    for number in range(KEPT + 2):
        remember(session, f"number {number}", "Asha")
    kept = set(MemoryItem.objects.values_list("text", flat=True))
    assert len(kept) == KEPT
    assert "number 0" not in kept


@given(st.text(max_size=80), st.text(max_size=40))
def test_a_greeting_keeps_all_of_its_words(greeting, sentence):
    opened = open_with(greeting, sentence)
    if opened != greeting:
        assert opened.replace(f" {sentence}", "", 1) == greeting
