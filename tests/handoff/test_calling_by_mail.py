"""P0 and P1 reach experts whose desk is not open by mail: through a real mail server."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from coach.talk.actions import end_session
from handoff import actions, sweeper, tasks
from handoff.models import Escalation, Expert, OnCall, Outbox
from handoff.outside import outbox
from handoff.timeouts import MAIL_OTHERS_AFTER, MISSES_UNTIL_UNRESPONSIVE, OFFER_LIFE, RING_STEP
from tests.support.smtp import mail_server

pytestmark = pytest.mark.django_db
SAID = "I want to kill myself"


@pytest.fixture
def mails(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = "127.0.0.1", False, 5
    settings.PUBLIC_URL = "https://coach.example"
    with mail_server() as (port, taken):
        settings.EMAIL_PORT = port
        yield taken


@pytest.fixture
def people(make_expert, time):
    """A supervisor and somebody on call, both away; Bea is away, Asha is at the desk."""
    chief = make_expert("Chief", here=False, supervisor=True)
    called = make_expert("Olga", here=False)
    OnCall.objects.create(
        expert=called, starts_at=time.now(), ends_at=time.now().replace(year=2099)
    )
    return {
        "chief": chief,
        "olga": called,
        "bea": make_expert("Bea", here=False),
        "sven": make_expert("Sven", here=False, languages={"sv": "fluent"}),
        "closed": make_expert("Cleo", here=False, active=False, supervisor=True),
        "asha": make_expert("Asha"),
    }


def call(session, tier=0):
    return actions.raise_escalation(session, "SI-3" if tier == 0 else "SH", tier, SAID)


def deliver():
    """As a worker does that hears the sweeper's bell."""
    for pk in outbox.waiting():
        tasks.send_mail(pk)


def to(mails):
    return [mail["To"] for mail in mails]


def test_who_is_on_call_is_written_to_at_once_and_without_contents(session, people, mails):
    case = call(session)
    deliver()
    assert set(to(mails)) == {people["chief"].user.email, people["olga"].user.email}
    for mail in mails:
        text = mail["Subject"] + mail.get_payload()
        assert "https://coach.example/desk/" in text
        assert f"case {case.pk}" in text
        assert "P0" in text
        for secret in (SAID, "SI-3", session.member.name, session.member.email):
            assert secret not in text


@pytest.mark.parametrize(("tier", "wait", "others"), [(0, 31, {"bea", "sven"}), (1, 121, {"bea"})])
def test_the_others_are_written_to_when_nobody_came(
    session, people, mails, time, tier, wait, others
):
    call(session, tier)
    deliver()
    mails.clear()
    time.advance(seconds=wait)
    assert outbox.ring(time.now())
    deliver()
    assert set(to(mails)) == {people[name].user.email for name in others}


def test_who_speaks_a_little_of_it_is_written_to_later(session, people, mails, time):
    Expert.objects.filter(pk=people["sven"].pk).update(languages={"en": "basic"})
    call(session, 1)
    time.advance(seconds=121)
    deliver()
    assert people["sven"].user.email not in to(mails)
    time.advance(seconds=120)
    deliver()
    assert people["sven"].user.email in to(mails)


def test_nobody_is_written_to_about_what_was_taken(session, people, mails, time):
    case = call(session)
    actions.claim(case, people["asha"])
    time.advance(seconds=31)
    deliver()
    assert mails == []
    assert not Outbox.objects.filter(kind=Outbox.Kind.CALL).exists()


def test_what_was_taken_leaves_nothing_in_the_way_of_the_next_call(session, people):
    case = call(session)
    assert Outbox.objects.filter(kind=Outbox.Kind.CALL).exists()
    actions.claim(case, people["asha"])
    assert not Outbox.objects.filter(kind=Outbox.Kind.CALL).exists()


def test_a_call_that_is_on_its_way_goes_out(session, people):
    case = call(session)
    Outbox.objects.filter(recipient=people["chief"].user).update(attempts=1)
    actions.claim(case, people["asha"])
    [row] = Outbox.objects.filter(kind=Outbox.Kind.CALL)
    assert row.recipient == people["chief"].user


def test_nor_is_anybody_who_has_opened_their_desk(session, people, mails):
    call(session)
    actions.touch_presence(people["olga"])
    deliver()
    assert to(mails) == [people["chief"].user.email]


def test_each_has_one_mail_however_often_it_is_raised_and_lost(session, people, mails, time):
    case = call(session)
    deliver()
    call(session)
    actions.claim(case, people["asha"])
    time.advance(seconds=40)  # Asha's page is gone
    sweeper.sweep_once()
    assert Escalation.objects.get(pk=case.pk).owner is None
    end_session(session)
    sweeper.sweep_once()
    deliver()
    calls = [mail for mail in mails if "is needed" in mail["Subject"]]
    assert sorted(to(calls)).count(people["chief"].user.email) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        outbox.post(Outbox.Kind.CALL, case, time.now(), people["chief"].user)


def test_what_becomes_an_emergency_is_told_as_soon_as_one(session, people, time):
    """Also by device, and whoever speaks the language a little, who would be told last."""
    call(session, tier=1)
    due = time.now() + MAIL_OTHERS_AFTER[0] + timedelta(seconds=1)
    assert Outbox.objects.filter(next_try_at__gt=due).exists()
    call(session)
    assert not Outbox.objects.filter(next_try_at__gt=due).exists()


@pytest.mark.parametrize("tier", [2, 3])
def test_what_is_not_urgent_writes_to_nobody(session, people, tier):
    actions.raise_escalation(session, "MED-S", tier, "x")
    assert not Outbox.objects.exists()


def test_who_left_the_desk_is_written_to_when_it_is_late(session, people, mails, time):
    call(session)
    time.advance(seconds=31)  # Asha has left without a word
    sweeper.sweep_once()
    assert Outbox.objects.filter(recipient=people["asha"].user).exists()


def test_who_does_not_answer_at_an_open_desk_is_written_to(session, people, mails, time):
    case = call(session)
    asha = people["asha"]
    for _missed in range(MISSES_UNTIL_UNRESPONSIVE):
        time.advance(seconds=RING_STEP[0].total_seconds())
        actions.touch_presence(asha)
        actions.dispatch(case)
        time.advance(seconds=OFFER_LIFE[0].total_seconds() + 1)
        actions.touch_presence(asha)
        actions.expire(case.offers.get(state="pending"))
    time.advance(seconds=31)
    actions.touch_presence(asha)
    deliver()
    assert to(mails).count(asha.user.email) == 1


def test_one_case_writes_to_a_limited_number(session, make_expert, monkeypatch):
    monkeypatch.setattr("handoff.actions.mailing.EXPERTS_MAILED", 2)
    for number in range(4):
        make_expert(f"E{number}", here=False)
    chief = make_expert("Chief", here=False, supervisor=True)
    call(session)
    told = Outbox.objects.values_list("recipient", flat=True)
    assert len(told) == 2
    assert chief.user_id in told  # first, though the last to come
    assert Expert.objects.count() == 5
