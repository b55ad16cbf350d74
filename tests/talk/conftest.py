"""What tests of talks share."""

import pytest

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.voice.realtime import client
from tests.support.chat_server import ChatServer


@pytest.fixture(autouse=True)
def _ids_as_the_scripts_write_them(monkeypatch):
    """A talk's ids carry a mark of their connection; in a test there is one connection."""
    monkeypatch.setattr(client, "token_hex", lambda length: "")


@pytest.fixture
def foods(monkeypatch):
    """Foods are looked up in the files, without their rows."""
    monkeypatch.setattr(store, "load_index", index_from_files)


@pytest.fixture
def chat(settings):
    """`async with chat(answers): …`: notes go to a scripted server of Chat Completions."""

    def start(*answers):
        server = ChatServer(list(answers))

        class Running:
            async def __aenter__(self):
                await server.__aenter__()
                settings.NOTES_URL, settings.NOTES_KEY = server.url, "k"
                return server

            async def __aexit__(self, kind, *error):
                await server.__aexit__(kind, *error)
                if kind is None:
                    server.assert_complete()

        return Running()

    return start
