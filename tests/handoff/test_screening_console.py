"""Thresholds of the score in the console, a sentence to try, and a dry run over recent turns."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from coach.people.models import User
from coach.talk.actions import record_turn
from handoff import hooks
from handoff.models import AuditRead, ScreeningThresholds
from handoff.safety import thresholds, trial
from handoff.screening.score import Thresholds, flags

pytestmark = pytest.mark.django_db
LIST = "admin:handoff_screeningthresholds_changelist"
USUAL = Thresholds(0.5, 0.9)


@pytest.fixture(autouse=True)
def known(monkeypatch, settings):
    """The score without its model: what it says is the number that stands in the text."""
    settings.SCREENING_SCORE = True
    for module in (thresholds, flags):
        monkeypatch.setattr(module, "trained", lambda: USUAL)
    monkeypatch.setattr("handoff.screening_admin.trained", lambda: USUAL)
    monkeypatch.setattr(
        flags, "_told", lambda turns: (flags._Told(turns[-1], float(turns[-1]), "SH", 0.0, 0.0),)
    )
    even = SimpleNamespace(card_of=lambda _code, card: card, ask=1.0)
    monkeypatch.setattr(flags, "machine", lambda: even)
    thresholds.forget()
    yield
    thresholds.forget()


@pytest.fixture
def console(client):
    client.force_login(User.objects.create_superuser("admin@x.test", "pw"))
    return client


def set_to(card, page):
    ScreeningThresholds.objects.update_or_create(pk=1, defaults={"card": card, "page": page})
    thresholds.forget()


def test_what_is_not_set_is_as_trained():
    thresholds.refresh()
    assert thresholds.current() == USUAL


@pytest.mark.parametrize(
    ("card", "page", "count"),
    [(0.3, None, (0.3, 0.9)), (None, 0.7, (0.5, 0.7)), (0.95, None, (0.95, 0.95))],
)
def test_what_is_set_counts_and_nobody_is_called_without_a_card(card, page, count):
    set_to(card, page)
    thresholds.refresh()
    assert thresholds.current() == Thresholds(*count)


def test_a_change_counts_without_a_restart(session):
    (before,) = hooks.score(["0.6"], [])
    assert before.help
    set_to(0.3, 0.55)
    record_turn(session, "member", "0.1", client_id="c1")  # whoever records a turn sees the change
    (after,) = hooks.score(["0.6"], [])
    assert not after.help


def test_the_score_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        hooks.score(["0.6"], [])


def test_a_row_is_read_once_in_a_while(django_assert_num_queries):
    with django_assert_num_queries(1):
        thresholds.refresh()
        thresholds.refresh()


@pytest.mark.parametrize(("card", "page"), [(0.8, 0.4), (1.5, None), (0.0, None)])
def test_thresholds_that_make_no_sense_are_refused(card, page):
    with pytest.raises(ValidationError):
        ScreeningThresholds(pk=1, card=card, page=page).full_clean()


def test_there_is_one_row():
    with pytest.raises(IntegrityError), transaction.atomic():
        ScreeningThresholds.objects.create(pk=2)


def test_the_row_is_changed_in_the_console_and_counts_at_once(console):
    url = reverse("admin:handoff_screeningthresholds_change", args=[1])
    assert console.post(url, {"card": "0.25", "page": "0.75"}).status_code == 302
    thresholds.refresh()
    assert thresholds.current() == Thresholds(0.25, 0.75)
    assert "A person is never called" in console.post(url, {"card": 0.9, "page": 0.2}).text


def test_a_sentence_is_tried_and_not_kept(console):
    page = console.post(reverse(LIST), {"try": "1", "text": "0.7", "language": "ko"}).text
    assert "SH" in page
    assert "the score" in page
    assert "0.700" in page


def test_rules_are_tried_when_the_score_is_off(console, settings):
    settings.SCREENING_SCORE = False
    said = {"try": "1", "text": "I want to kill myself", "language": "en"}
    page = console.post(reverse(LIST), said).text
    assert "SI-3" in page
    assert "a rule" in page
    assert "switched off" in page


def test_a_dry_run_counts_and_lists_and_is_written_down(console, session):
    for at, chance in enumerate(("0.2", "0.4", "0.6", "0.8")):
        record_turn(session, "member", chance, client_id=f"c{at}")
    said = {"dry_run": "1", "count": "3", "card": "0.5", "page": "0.7"}
    page = console.post(reverse(LIST), said).text
    assert "3 turns read. With a card: 2. Calling a person: 1." in page
    assert page.count("<q>") == 2
    read = AuditRead.objects.get(session=session)
    assert read.what == "console"


def test_who_may_not_read_turns_gets_no_dry_run(client, session):
    user = User.objects.create_user("staff@x.test", "pw", is_staff=True)
    user.user_permissions.add(permission("view_screeningthresholds"))
    client.force_login(user)
    assert "Dry run" not in client.get(reverse(LIST)).text
    said = {"dry_run": "1", "count": "3", "card": "0.5", "page": "0.7"}
    assert client.post(reverse(LIST), said).status_code == 403
    assert not AuditRead.objects.exists()


def test_who_may_not_see_screening_does_not(client):
    client.force_login(User.objects.create_user("other@x.test", "pw", is_staff=True))
    assert client.get(reverse(LIST)).status_code == 403


def test_a_dry_run_is_bounded(session, monkeypatch):
    monkeypatch.setattr(trial, "MAX_TURNS", 2)
    for at in range(4):
        record_turn(session, "member", "0.6", client_id=f"c{at}")
    assert trial.dry_run(100, USUAL).read == 2


def permission(name):
    return Permission.objects.get(codename=name)
