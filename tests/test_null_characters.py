"""A NUL reaches no row, from wherever it comes: PostgreSQL would refuse the whole of it."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from coach.bounds import whole_text
from coach.null_characters import NUL, without_nul
from coach.talk.actions import record_turn
from coach.talk.models import Session, ToolCall, Turn
from tests.support.world import World

texts = st.text(alphabet=["a", NUL, "é"], max_size=6)
values = st.recursive(
    texts | st.none() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_no_nul_is_left_at_any_depth(value):
    plain = without_nul(value)
    assert "\\x00" not in repr(plain)
    assert without_nul(plain) == plain


def test_what_has_none_is_the_same():
    value = [1, None, b"\x00", {"a": ("b", 2.5)}, "c"]
    assert without_nul(value) == value


def test_a_persons_words_are_kept_around_it():
    assert whole_text("\x00 two\x00 eggs ", 8) == "two eggs"


@pytest.mark.django_db
def test_no_nul_reaches_a_row():
    world = World()
    session = world.session
    turn = record_turn(session, "member", "I had\x00 a plum", item_id="m\x00", client_id="t\x00")
    assert turn.text == "I had a plum"  # so do those who are told of it read it
    again = record_turn(session, "member", "I had a plum", item_id="m\x00", client_id="t\x00")
    assert again.pk == turn.pk
    made = Turn.objects.get(pk=turn.pk)
    assert (made.item_id, made.client_id) == ("m", "t")
    call = ToolCall.objects.create(session=session, call_id="c\x00", name="note", output="{\x00}")
    assert ToolCall.objects.values_list("call_id", "output").get(pk=call.pk) == ("c", "{}")
    Session.objects.filter(pk=session.pk).update(brief=["no\x00 dairy", {"a\x00": 1}])
    if connection.vendor == "postgresql":  # SQLite keeps JSON as a text, with an escape
        brief = Session.objects.values_list("brief", flat=True).get(pk=session.pk)
        assert brief == ["no dairy", {"a": 1}]
    assert not Turn.objects.filter(text__contains="a\x00b").exists()
    Turn.objects.bulk_create(
        [
            Turn(session=session, seq=900 + n, speaker="member", text=f"{n}\x00", floor_epoch=1)
            for n in range(2)
        ]
    )
    assert set(session.turns.filter(seq__gte=900).values_list("text", flat=True)) == {"0", "1"}
