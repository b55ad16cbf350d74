"""A learner who is signed in, and lessons that need no engine."""

import pytest

from coach.lessons import actions
from coach.lessons.files import get_scenario
from coach.people.models import User
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import record_turn
from coach.talk.models import Turn


@pytest.fixture
def learner(db):
    return User.objects.create_user("maya@example.org", display_name="Maya")


@pytest.fixture
def partner(db):
    """The persona that plays lessons, as the site is seeded."""
    Persona.objects.filter(slug="partner").delete()
    return save_persona(
        Persona(
            slug="partner",
            kind=Persona.Kind.LESSON,
            name="Partner",
            instructions="Play.",
            greeting="Hello",
        )
    )


@pytest.fixture
def attempt(learner, partner):
    return actions.start_attempt(learner, get_scenario("at-the-cafe"))


@pytest.fixture
def say(attempt):
    """Record what the learner says in the lesson."""
    return lambda text: record_turn(attempt.session, Turn.Speaker.MEMBER, text)


@pytest.fixture
def page(client, learner):
    client.force_login(learner)
    return client
