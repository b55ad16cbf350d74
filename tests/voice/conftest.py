"""Talks without a loop, up to the point where most rules begin to matter."""

import pytest

from tests.support.conversation_driver import Driver, transcript


@pytest.fixture
def talk():
    return Driver()


@pytest.fixture
def asked(talk):
    """The member has spoken, and a response was asked for."""
    talk.says("m1")
    talk(transcript("m1", "I had eggs"))
    return talk
