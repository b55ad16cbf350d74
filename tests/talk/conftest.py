"""What all tests of live talks share."""

import pytest

from coach.voice.realtime import client


@pytest.fixture(autouse=True)
def _ids_as_the_scripts_write_them(monkeypatch):
    """A talk's ids carry a mark of their connection; in a test there is one connection."""
    monkeypatch.setattr(client, "token_hex", lambda length: "")
