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

# Files that run for minutes in one process: begun last, they would leave the other cores idle.
LONGEST = ("test_races_postgres.py", "test_up.py", "test_web.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    begin_with = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: begin_with.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database, whose first rows come back after each test that emptied it."""
    with django_db_blocker.unblock():
        SeededRows().stay()
