"""What has come to a thread since somebody looked."""

from itertools import product

import pytest

from coach.talk.actions import add_card, record_turn
from coach.talk.live.changes import changes_since

pytestmark = pytest.mark.django_db
ORDERS = list(product("tc", repeat=3))


def test_turns_and_cards_come_whole_and_in_order_however_they_are_mixed(session):
    for kind in "".join(map("".join, ORDERS)):
        if kind == "t":
            record_turn(session, "member", "Hello")
        else:
            add_card(session, "note", "1")
    for seen in range(session.last_seq + 1):
        numbers = [message.seq for message in changes_since(session, seen).thread]
        assert numbers == list(range(seen + 1, session.last_seq + 1))


def test_a_turn_alone_asks_for_no_cards(session, django_assert_num_queries):
    record_turn(session, "member", "Hello")
    with django_assert_num_queries(2):
        changes_since(session, session.last_seq - 1)
    with django_assert_num_queries(1):
        changes_since(session, session.last_seq)
