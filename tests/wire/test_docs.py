"""The page about the wire is what the structs say."""

import pytest
from msgspec import inspect

from coach.wire import docs
from tests.support.messages import DIRECTIONS, messages_of, types_of


def test_the_page_is_up_to_date():
    assert docs.main(["--check"]) == 0


def test_a_page_that_is_not_up_to_date_is_found_and_made_anew(tmp_path, monkeypatch, capsys):
    page = tmp_path / "wire.md"
    monkeypatch.setattr(docs, "PATH", page)
    assert docs.main(["--check"]) == 1
    page.write_text("# The wire\n")
    assert docs.main(["--check"]) == 1
    assert "make wire" in capsys.readouterr().err
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0
    assert page.read_text() == docs.render()


def test_every_direction_has_a_table_with_all_its_messages():
    tables = {title: section for title, _about, section in docs.MESSAGES}
    assert set(tables.values()) == set(DIRECTIONS.values())
    for title, union in tables.items():
        section = docs.render().partition(f"## {title}\n")[2].partition("\n## ")[0]
        for name in types_of(union):
            assert f"| **`{name}`** |" in section, (title, name)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_message_and_every_field_says_what_it_means(direction):
    for message in messages_of(DIRECTIONS[direction]):
        assert message.__doc__, message
        assert message.__doc__.strip().endswith("."), message
        for field in inspect.type_info(message).fields:
            kind, meaning = docs._split(field.type)
            worded = isinstance(kind, inspect.LiteralType | inspect.StructType)
            assert meaning or worded, (message, field.name)


def test_a_field_within_an_object_has_a_row_of_its_own():
    rows = [line for line in docs.render().splitlines() if "engine.capabilities.images" in line]
    assert rows == [
        "| | `engine.capabilities.images` | true or false | true: it can look at pictures |"
    ]


def test_sound_and_close_codes_are_told():
    page = docs.render()
    assert "a header of 8 bytes" in page
    assert "| `/ws/desk/` | 4403 |" in page
    assert sum(size for size, _ in docs.HEADER_FIELDS) == docs.HEADER.size
