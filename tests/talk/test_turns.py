"""Writing into the thread: numbers without gaps, and nothing into a talk that is gone."""

import pytest
from django.contrib.auth import get_user_model

from coach.personas.models import Persona
from coach.talk.actions import add_card, record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Card, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    maya = get_user_model().objects.create_user("maya@example.org", display_name="Maya")
    persona = Persona.objects.create(slug="sage", name="Sage", instructions="Be kind.")
    return start_session(maya, persona, make_brief(persona, member_name="Maya"))


def test_turns_and_cards_share_the_numbers_of_the_thread(session):
    turn = record_turn(session, "member", "Two eggs", item_id="m1")
    card = add_card(session, "note", "two eggs")
    assert (turn.seq, card.seq) == (1, 2)


def test_no_card_is_written_into_a_talk_that_is_gone(session):
    Session.objects.filter(pk=session.pk).delete()
    with pytest.raises(Session.DoesNotExist):
        add_card(session, "note", "two eggs")
    assert not Card.objects.exists()
