"""A page's own id of a message is taken whole or refused: half of one would be another's."""

import json

import pytest

from coach import wire
from coach.talk.models import Turn


def text_with(id):
    return json.dumps({"type": "text", "id": id, "text": "Hello"})


def test_the_longest_id_is_taken_whole_and_a_longer_one_is_a_bad_message():
    longest = "x" * (wire.CLIENT_ID_MAX_CHARS - 1) + "y"
    message = wire.read_from_page(text_with(longest))
    assert isinstance(message, wire.Text)
    assert message.id == longest
    with pytest.raises(ValueError, match="length"):
        wire.read_from_page(text_with(longest + "z"))


def test_the_row_has_room_for_it():
    assert Turn._meta.get_field("client_id").max_length == wire.CLIENT_ID_MAX_CHARS
