"""Who a person is on screen, on the clock and at the desk."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from coach.people.models import Profile, User, valid_time_zone
from handoff.models import Expert

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return User.objects.create_user("Ada@Example.org", "a pass phrase", time_zone="Asia/Tokyo")


def test_an_address_is_kept_in_small_letters_and_names_who_gave_no_name(ada):
    assert ada.email == "ada@example.org"
    assert ada.name == str(ada) == ada.get_full_name() == "ada"
    ada.display_name = "Ada L."
    assert ada.name == "Ada L."


def test_an_instant_is_told_on_the_persons_own_clock(ada):
    local = ada.local(datetime(2026, 3, 10, 20, 30, tzinfo=UTC))
    assert (local.date(), local.hour, local.minute) == (date(2026, 3, 11), 5, 30)


@pytest.mark.parametrize("zone", ["Mars/Base", "", "UTC+2"])
def test_a_time_zone_must_exist(zone):
    with pytest.raises(ValidationError):
        valid_time_zone(zone)


def test_a_place_at_the_desk_is_a_row_that_is_active(ada):
    assert not ada.is_expert
    expert = Expert.objects.create(user=ada, title="Dietitian")
    assert User.objects.get(pk=ada.pk).is_expert
    Expert.objects.filter(pk=expert.pk).update(active=False)
    assert not User.objects.get(pk=ada.pk).is_expert


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 5, 3), 35), (date(2026, 5, 4), 36), (date(2027, 5, 4), 37)],
)
def test_an_age_changes_on_the_birthday(ada, day, age):
    assert Profile(user=ada, born_on=date(1990, 5, 4)).age_on(day) == age
    assert Profile(user=ada).age_on(day) is None


def test_there_is_one_profile_however_often_it_is_asked_for(ada):
    assert Profile.of(ada) == Profile.of(ada)
    assert Profile.objects.filter(user=ada).count() == 1
