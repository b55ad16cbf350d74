"""How a talk listens is remembered with the person, one choice at a time."""

import pytest
from django.urls import reverse

from coach.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return User.objects.create_user("maya@example.org", display_name="Maya")


@pytest.fixture
def choose(client, member):
    client.force_login(member)
    return lambda **choice: client.post(reverse("people:listening"), choice)


def test_one_choice_leaves_the_others(choose, member):
    assert choose(listening_mode="half").json() == {"mode": "half", "noise_reduction": ""}
    assert choose(noise_reduction="near_field").json()["mode"] == "half"
    member.refresh_from_db()
    assert (member.listening_mode, member.noise_reduction) == ("half", "near_field")
    assert member.headphones_hint is True


def test_the_hint_is_put_away_for_good_and_automatic_comes_back(choose, member):
    choose(noise_reduction="off")
    choose(headphones_hint="", noise_reduction="", listening_mode="")
    member.refresh_from_db()
    assert (member.headphones_hint, member.noise_reduction) == (False, "")
    assert member.listening_mode == "open"


@pytest.mark.parametrize("choice", [{"listening_mode": "loud"}, {"noise_reduction": "x"}])
def test_what_is_no_choice_changes_nothing(choose, member, choice):
    assert choose(**choice).status_code == 422
    member.refresh_from_db()
    assert (member.listening_mode, member.noise_reduction) == ("open", "")


def test_a_guest_has_nothing_to_choose(client):
    assert client.post(reverse("people:listening"), {"listening_mode": "half"}).status_code == 302
