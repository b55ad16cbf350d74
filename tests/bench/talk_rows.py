"""Rows that a bench starts from. It runs in a product's environment: see `tests.bench.talks`."""

from collections.abc import Sequence

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from coach.people.models import User
from coach.personas.models import Persona
from coach.talk.actions import start_session
from coach.talk.brief import make_brief
from handoff.models import Expert

LINE = "MADE"


def make_talks(count: int, tools: Sequence[str]) -> None:
    """Print, for each of `count` new members, the id of their talk and their session's key."""
    persona = Persona.objects.get(slug="sage")
    persona.tools = [*persona.tools, *tools]
    first = User.objects.count()
    for number in range(first, first + count):
        name = f"Bench {number}"
        user = User.objects.create_user(f"bench{number}@example.org", display_name=name)
        talk = start_session(user, persona, make_brief(persona, member_name=name))
        print(LINE, talk.pk, signed_in(user))


def sign_in_expert() -> None:
    """Print the key of an expert's session."""
    print(LINE, signed_in(Expert.objects.filter(active=True)[0].user))


def signed_in(user: User) -> str:
    """The key of a session in which this person is signed in."""
    web = SessionStore()
    web[SESSION_KEY] = str(user.pk)
    web[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    web[HASH_SESSION_KEY] = user.get_session_auth_hash()
    web.create()
    return str(web.session_key)
