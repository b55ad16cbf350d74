"""Wrong passwords lock out whoever types them, and never the owner of the account."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from coach.people.models import User

pytestmark = pytest.mark.django_db
HERE, THERE, ELSEWHERE = "192.0.2.1", "192.0.2.2", "192.0.2.3"
LOCKED = "Too many tries"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.AXES_ENABLED = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def asha():
    return User.objects.create_user("asha@example.org", "right-1-asha")


def sign_in(address, password, email="asha@example.org", at="/accounts/login/"):
    name = "username" if at.startswith("/admin/") else "login"
    form = {name: email, "password": password}
    return Client(REMOTE_ADDR=address).post(at, form)


def lock(address, email="asha@example.org", at="/accounts/login/"):
    for _try in range(8):
        answer = sign_in(address, "wrong", email, at)
    assert answer.status_code == 429
    assert LOCKED in answer.content.decode()


@pytest.mark.parametrize("at", ["/accounts/login/", "/admin/login/"])
def test_eight_wrong_passwords_rest_a_person_at_an_address(asha, at):
    User.objects.filter(pk=asha.pk).update(is_staff=True)
    lock(HERE, at=at)
    assert sign_in(HERE, "right-1-asha", at=at).status_code == 429


def test_from_elsewhere_the_owner_signs_in_all_the_same(asha):
    for address in (HERE, THERE):
        lock(address)
    assert sign_in(ELSEWHERE, "right-1-asha").status_code == 302


def test_others_at_that_address_sign_in_all_the_same(asha):
    User.objects.create_user("bea@example.org", "right-2-bea")
    lock(HERE)
    assert sign_in(HERE, "right-2-bea", "bea@example.org").status_code == 302


def test_the_case_of_the_letters_makes_nobody_another_person(asha):
    lock(HERE, "Asha@Example.org")
    assert sign_in(HERE, "right-1-asha").status_code == 429


def test_trying_on_while_locked_does_not_lock_for_longer(asha, monkeypatch):
    from datetime import timedelta

    from django.utils import timezone

    lock(HERE)
    now = timezone.now()
    for minutes, status in ((10, 429), (16, 302)):
        later = now + timedelta(minutes=minutes)
        monkeypatch.setattr("axes.handlers.proxy.now", lambda later=later: later)
        cache.clear()
        assert sign_in(HERE, "right-1-asha").status_code == status


def test_an_address_that_tries_everybody_rests_for_all(asha):
    for n in range(10):
        sign_in(HERE, "wrong", f"member{n}@example.org")
    answer = sign_in(HERE, "right-1-asha")
    assert "Too many failed login attempts" in answer.content.decode()
    assert sign_in(THERE, "right-1-asha").status_code == 302


def test_the_owner_comes_in_by_mail_from_the_locked_address(asha):
    lock(HERE)
    page = Client(REMOTE_ADDR=HERE)
    shown = page.post("/accounts/login/", {"login": asha.email, "password": "wrong"})
    assert 'href="/accounts/password/reset/"' in shown.content.decode()
    page.post("/accounts/password/reset/", {"email": asha.email})
    (sent,) = mail.outbox
    link = re.search(r"https?://[^/]+(/\S+)", sent.body)[1]
    form = page.get(link, follow=True)
    new = {"password1": "another-7-asha", "password2": "another-7-asha"}
    page.post(form.redirect_chain[-1][0], new)
    cache.clear()  # the minute of the address has passed
    assert sign_in(HERE, "another-7-asha").status_code == 302
