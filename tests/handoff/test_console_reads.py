"""What the console shows of a member, and that a look at it is written down.

Two laws over all pages of the console, also of those to come: a list shows no words and no value of
a member, and whoever opens a row that does is in the record.
"""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from coach.nutrition.models import Meal
from coach.people.models import User
from handoff.models import AuditRead
from tests.handoff.everything import SAID, VALUE, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def console(client):
    client.force_login(User.objects.create_superuser("admin@x.test", "pw"))
    return client


@pytest.fixture
def member(session):
    return fill(session)


def shown(page):
    text = page.content.decode()
    return [word for word in (SAID, VALUE) if word in text]


def addresses(model):
    """The list of a model's rows, and each of its first rows."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    try:
        yield reverse(f"{name}_changelist")
        for row in model._default_manager.all()[:3]:
            yield reverse(f"{name}_change", args=[row.pk])
    except NoReverseMatch:  # a part of another page
        return


def test_no_list_of_the_console_shows_what_is_a_members(console, member):
    for model in site._registry:
        for address in list(addresses(model))[:1]:
            assert shown(console.get(address)) == [], address


def test_whoever_opens_what_is_a_members_is_in_the_record(console, member):
    opened = []
    for model in site._registry:
        for address in list(addresses(model))[1:]:
            AuditRead.objects.all().delete()
            page = console.get(address)
            if page.status_code == 200 and shown(page):
                opened.append(model)
                read = AuditRead.objects.get()
                assert (read.member, read.what) == (member, "console"), address
    assert {User, Meal} <= set(opened)


def test_a_look_at_ones_own_row_is_none(client):
    admin = User.objects.create_superuser("admin@x.test", "pw")
    client.force_login(admin)
    assert client.get(reverse("admin:people_user_change", args=[admin.pk])).status_code == 200
    assert not AuditRead.objects.exists()


def test_a_person_without_a_talk_is_read_as_well(console):
    person = get_user_model().objects.create_user("new@x.test")
    assert console.get(reverse("admin:people_user_change", args=[person.pk])).status_code == 200
    read = AuditRead.objects.get()
    assert (read.member, read.session) == (person, None)
    AuditRead.objects.update(at=timezone.now() - timedelta(minutes=6))
    console.get(reverse("admin:people_user_change", args=[person.pk]))
    assert AuditRead.objects.count() == 2
