"""A member, and what they need to be interpreted for."""

from contextlib import asynccontextmanager

import pytest

from coach.interpreter import limits
from coach.interpreter.actions import start_meeting
from coach.people.models import User
from coach.voice import limits as voice_limits
from tests.support.translation_server import TranslationServer


@pytest.fixture
def maya(db):
    return User.objects.create_user("maya@example.org", "right-1-maya", display_name="Maya")


@pytest.fixture
def quick(monkeypatch):
    """Lines are whole soon after their last word, and rows are looked at often."""
    monkeypatch.setattr(limits, "LINE_QUIET_S", 0.3)
    monkeypatch.setattr(limits, "LOOK_S", 0.05)
    monkeypatch.setattr(voice_limits, "TICK_S", 0.05)


@pytest.fixture
def translates(settings):
    """The site's engine has translation sessions."""
    settings.INTERPRETER_MODEL = "gpt-realtime-translate"


@pytest.fixture
def meeting(maya, translates):
    """Maya speaks English; the other person speaks Korean, at the same device."""
    return start_meeting(maya, "en", "ko", "device")


@pytest.fixture
def serving(settings):
    """`async with serving({"ko": [Script(…)]}) as server`: it is the site's engine."""

    @asynccontextmanager
    async def opened(scripts, **options):
        async with TranslationServer(scripts, **options) as server:
            settings.ENGINE_URL = server.url
            yield server

    return opened
