"""What all tests stand on."""

import pytest
from channels.testing import WebsocketCommunicator
from hypothesis import settings

from tests.support.seeded_rows import SeededRows

# A busy machine is slow, and that is no fault of what is tested.
UNHURRIED_S = 20
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

for wait in (
    "connect",
    "receive_from",
    "receive_json_from",
    "receive_output",
    "wait",
    "disconnect",
):
    # Each waits for one second, where a test says nothing else.
    method = getattr(WebsocketCommunicator, wait)
    method.__defaults__ = tuple(UNHURRIED_S if one == 1 else one for one in method.__defaults__)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database, whose first rows come back after each test that emptied it."""
    with django_db_blocker.unblock():
        SeededRows().stay()
