"""Joining and coming back: who is a member is told to nobody, and a lost mail is no error."""

import re
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from django.conf import settings as of_site
from django.core import mail
from django.core.cache import cache
from django.test import Client

from coach.people.accounts import links
from coach.people.models import User

pytestmark = pytest.mark.django_db
KNOWN, NEW = "maya@example.org", "nobody@example.org"
PASSWORD = "a-long-1-secret"


@pytest.fixture(autouse=True)
def house(settings):
    """As in production: each account begins by mail."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def maya():
    return User.objects.create_user(KNOWN, "right-1-maya")


def join(email, page=None):
    form = {"display_name": "Maya", "email": email, "password1": PASSWORD, "password2": PASSWORD}
    return (page or Client()).post("/accounts/signup/", form, follow=True)


def ask_for_link(email):
    return Client().post("/accounts/password/reset/", {"email": email}, follow=True)


def seen(answer, email):
    """What a person sees and a script could tell apart, but for the address that they typed."""
    text = re.sub(r'(csrf\w*" (value|content))="\w+"', "", answer.content.decode())
    cookies = sorted(answer.client.cookies)
    return answer.status_code, answer.redirect_chain, cookies, text.replace(email, "…")


@pytest.mark.parametrize("ask", [join, ask_for_link])
def test_the_answer_is_the_same_for_members_and_strangers(maya, ask):
    assert seen(ask(KNOWN), KNOWN) == seen(ask(NEW), NEW)
    assert sorted(message.to[0] for message in mail.outbox) == [KNOWN, NEW]


def test_signing_in_right_after_does_not_tell_it_either(maya):
    told = []
    for email in (KNOWN, NEW):
        page = Client()
        join(email, page)
        form = {"login": email, "password": PASSWORD}
        told.append(seen(page.post("/accounts/login/", form, follow=True), email))
    assert told[0] == told[1]
    assert "first open the link" in told[0][3]


def test_who_was_made_in_the_console_confirms_their_address_first(maya):
    form = {"login": KNOWN, "password": "right-1-maya"}
    assert Client().post("/accounts/login/", form).status_code == 200
    assert Client().post("/accounts/login/", form).status_code == 200
    assert links.finish(5)
    (message,) = mail.outbox  # and not one for each try
    link = re.search(r"https?://[^/]+(/\S*confirm-email/\S+)", message.body)[1]
    Client().post(link)
    assert Client().post("/accounts/login/", form).status_code == 302


def test_the_owner_reads_that_somebody_joined_with_their_address(maya):
    join(KNOWN.upper())
    (message,) = mail.outbox
    assert message.to == [KNOWN]
    assert "/accounts/password/reset/" in message.body
    assert User.objects.count() == 1
    assert User.objects.get().check_password("right-1-maya")


def test_the_clock_does_not_tell_it_either(maya, monkeypatch):
    hashed = []
    from coach.people.forms import signup

    real = signup.make_password
    monkeypatch.setattr(signup, "make_password", lambda word: hashed.append(word) or real(word))
    join(KNOWN)
    assert hashed == [PASSWORD]


@contextmanager
def mail_server(first_words):
    """A server that says `first_words` and nothing more, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []

        def serve():
            while True:
                try:
                    client, _address = server.accept()
                except OSError:
                    return
                held.append(client)
                client.sendall(first_words)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        for client in held:
            client.close()


REFUSES, HANGS = b"554 no service here\r\n", b""


@pytest.fixture(params=["away", "refuses", "hangs"])
def no_mail(request, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = "127.0.0.1", False, 0.3
    with mail_server(HANGS if request.param == "hangs" else REFUSES) as port:
        settings.EMAIL_PORT = 1 if request.param == "away" else port
        yield settings.EMAIL_PORT


@pytest.mark.parametrize("ask", [join, ask_for_link])
def test_without_mail_a_person_reads_what_to_do(maya, no_mail, ask, caplog, capsys):
    told = [seen(ask(email), email) for email in (KNOWN, NEW)]
    assert told[0] == told[1]
    status, _chain, _cookies, text = told[0]
    assert status == 503
    assert "The mail could not be sent" in text
    logged = capsys.readouterr().out + caplog.text
    assert "mail_not_sent" in logged
    assert KNOWN not in logged
    assert NEW not in logged


def test_without_mail_signing_in_does_not_tell_whose_password_is_right(maya, no_mail, settings):
    settings.EMAIL_TIMEOUT = 3
    told, took = [], []
    for email in (KNOWN, NEW):
        page = Client()
        settings.EMAIL_PORT = 1
        join(email, page)
        settings.EMAIL_PORT = no_mail
        begun = time.monotonic()
        form = {"login": email, "password": PASSWORD}
        told.append(seen(page.post("/accounts/login/", form, follow=True), email))
        took.append(time.monotonic() - begun)
    assert told[0] == told[1]
    assert took[1] < took[0] + 1.5, "nobody waits for the mail"
    assert links.finish(10)


def test_the_account_stands_and_the_next_try_sends_the_mail(no_mail, settings):
    page = Client()
    assert join(NEW, page).status_code == 503
    assert User.objects.get().email == NEW
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    answer = page.post("/accounts/login/", {"login": NEW, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert links.finish(5)
    (message,) = mail.outbox
    link = re.search(r"https?://[^/]+(/\S*confirm-email/\S+)", message.body)[1]
    page.post(link)
    answer = page.post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert answer.status_code == 302


def test_no_mail_server_may_hold_a_request_for_long():
    assert 0 < of_site.EMAIL_TIMEOUT <= 5
