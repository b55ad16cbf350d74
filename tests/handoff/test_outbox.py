"""Mail to supervisors: written with the change, sent at least once, without a word of the talk."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core.mail import EmailMessage
from django.db import transaction

from coach import clock
from coach.celery import app
from coach.site.run.processes import processes
from handoff import actions, sweeper, tasks
from handoff.actions.summarising import SUMMARISE
from handoff.checks import crisis_resources, supervisors
from handoff.models import CrisisResource, Escalation, Offer, Outbox
from handoff.outside import mails, outbox
from handoff.timeouts import DELIVERIES_KEPT, STALE_CRISIS_DATA

pytestmark = pytest.mark.django_db
SEND_ONE, SEND_WAITING = (outbox.CHANNELS["mail"].send_one, outbox.CHANNELS["mail"].send_waiting)


@pytest.fixture
def boss(make_expert):
    return make_expert("Boss", here=False, supervisor=True)


@pytest.fixture
def waiting(session, time, boss):
    """A mail about a call that nobody took."""
    escalation = actions.raise_escalation(session, "MED-S", 2, "I am on dialysis")
    outbox.post(Outbox.Kind.OVERDUE, escalation, time.now())
    return Outbox.objects.get()


@pytest.fixture
def broken(monkeypatch):
    """A mail server that refuses everything."""
    tried = []

    def refuse(mail):
        tried.append(mail)
        raise SMTPException("no")

    monkeypatch.setattr("handoff.outside.mails.EmailMessage.send", refuse)
    return tried


def test_a_mail_goes_with_its_time_once_the_case_is_over(waiting, time):
    time.advance(days=DELIVERIES_KEPT / timedelta(days=1) + 1)
    assert outbox.prune(time.now()) == 0  # the open case says by it what was told already
    Escalation.objects.update(state=Escalation.State.CANCELLED)
    assert outbox.prune(time.now()) == 1
    assert not Outbox.objects.exists()


def send_waiting():
    """As a worker does that heard a bell; how many went out."""
    return sum(outbox.send(pk) for pk in outbox.waiting())


def test_it_names_the_case_and_the_desk_and_nothing_that_was_said(
    waiting, boss, mailoutbox, settings
):
    settings.PUBLIC_URL = "https://coach.example"
    assert send_waiting() == 1
    (mail,) = mailoutbox
    assert mail.to == [boss.user.email]
    assert f"P2 MED-S #{waiting.escalation_id}" in mail.subject
    assert "https://coach.example/desk/" in mail.body
    assert "dialysis" not in mail.subject + mail.body
    assert waiting.escalation.member.name not in mail.subject + mail.body
    assert mail.extra_headers["Message-ID"] == f"<{waiting.event_id}@coachline>"


def test_it_is_sent_once(waiting, mailoutbox):
    assert [send_waiting() for _ in range(3)] == [1, 0, 0]
    assert len(mailoutbox) == 1
    waiting.refresh_from_db()
    assert waiting.sent_at


def test_every_supervisor_who_works_here_and_nobody_else_is_told(
    waiting, boss, make_expert, mailoutbox
):
    second = make_expert("Vera", here=False, supervisor=True)
    make_expert("Gone", here=False, supervisor=True, active=False)
    make_expert("Asha", here=False)
    send_waiting()
    assert set(mailoutbox[0].to) == {boss.user.email, second.user.email}


def test_while_there_is_nobody_to_write_to_it_stays_due(
    waiting, boss, time, mailoutbox, monkeypatch
):
    logged = []
    error = lambda event, **fields: logged.append((event, fields))  # noqa: E731
    monkeypatch.setattr(mails.log, "error", error)
    type(boss).objects.update(active=False)
    assert send_waiting() == 0
    assert logged == [("outbox_nobody_to_write_to", {"outbox": waiting.pk})]
    waiting.refresh_from_db()
    assert (waiting.sent_at, waiting.attempts) == (None, 1)
    type(boss).objects.update(active=True)
    assert send_waiting() == 0
    time.advance(seconds=31)
    assert send_waiting() == 1
    assert mailoutbox[0].to == [boss.user.email]


def test_a_desk_without_a_supervisor_is_warned_of(boss, settings):
    assert supervisors(None) == []
    boss.user.email = ""
    boss.user.save()
    assert [message.id for message in supervisors(None)] == ["handoff.W001"]
    settings.DEBUG = True
    assert supervisors(None) == []


def test_crisis_numbers_that_nobody_checks_are_warned_of(settings, client, boss):
    today = clock.host_today()
    wall = "/desk/wall/"
    client.force_login(boss.user)
    shown = CrisisResource.objects.all()
    shown.update(checked_on=today - STALE_CRISIS_DATA)
    assert crisis_resources(None) == []
    assert "not checked within 90 days" not in client.get(wall).content.decode()
    one = shown.first()
    for old in (None, today - STALE_CRISIS_DATA - timedelta(days=1)):
        shown.filter(pk=one.pk).update(checked_on=old)
        assert [message.id for message in crisis_resources(None)] == ["handoff.W002"]
        assert "1 crisis number that members see" in client.get(wall).content.decode()
    shown.filter(pk=one.pk).update(active=False)
    assert crisis_resources(None) == []


def test_a_change_that_is_rolled_back_sends_nothing(session, time, boss, mailoutbox):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    with transaction.atomic():
        outbox.post(Outbox.Kind.OVERDUE, escalation, time.now())
        transaction.set_rollback(True)  # as a crash before the commit does
    assert send_waiting() == 0
    assert not mailoutbox


def test_the_wait_doubles_and_in_the_end_it_is_given_up(waiting, broken, time):
    waits = []
    for _ in range(outbox.MAX_ATTEMPTS):
        before = time.now()
        send_waiting()
        waiting.refresh_from_db()
        waits.append(round((waiting.next_try_at - before).total_seconds()))
        time.advance(seconds=waits[-1] + 1)
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3840]
    send_waiting()
    assert len(broken) == outbox.MAX_ATTEMPTS
    assert waiting.sent_at is None


def test_it_is_not_tried_before_its_time(waiting, broken, time):
    send_waiting()
    time.advance(seconds=29)
    send_waiting()
    assert len(broken) == 1
    time.advance(seconds=2)
    send_waiting()
    assert len(broken) == 2


def test_one_that_fails_keeps_no_other_back(waiting, session, time, mailoutbox, monkeypatch):
    outbox.post(Outbox.Kind.ATTENTION, waiting.escalation, time.now())
    send, tried = EmailMessage.send, []

    def first_fails(mail):
        tried.append(mail)
        if len(tried) == 1:
            raise OSError("reset")
        send(mail)

    monkeypatch.setattr("handoff.outside.mails.EmailMessage.send", first_fails)
    assert send_waiting() == 1
    assert "needs a supervisor" in mailoutbox[0].subject


def test_one_bell_wakes_a_limited_number(waiting, time, mailoutbox, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 2)
    for _ in range(4):
        outbox.post(Outbox.Kind.ATTENTION, waiting.escalation, time.now())
    assert [send_waiting() for _ in range(4)] == [2, 2, 1, 0]
    assert len(mailoutbox) == 5


def test_a_worker_is_told_after_the_commit_and_of_nothing_but_the_row(
    session, time, boss, nudges, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        escalation = actions.raise_escalation(session, "ASK", 3, "x")
        outbox.post(Outbox.Kind.OVERDUE, escalation, time.now())
        assert not nudges
    assert (SEND_ONE, (Outbox.objects.get().pk,)) in nudges


def test_mail_waits_in_a_queue_of_its_own():
    """A worker that waits for a mail server is none that calls for a person."""
    queues = {
        name: app.amqp.router.route({}, name)["queue"]
        for name in app.tasks
        if name.startswith("handoff.")
    }
    of = {
        name: {task for task, queue in queues.items() if queue.name == name}
        for name in ("mail", "outward", "routing")
    }
    assert of["mail"] == {SEND_ONE, SEND_WAITING, tasks.mail_now.name}
    channels = [one for via, one in outbox.CHANNELS.items() if via != outbox.Via.MAIL]
    outward = {name for one in channels for name in (one.send_one, one.send_waiting)}
    assert of["outward"] == {*outward, tasks.outward_now.name, SUMMARISE}
    assert sum(map(len, of.values())) == len(queues)
    watched = {queue for part in processes("::1", 8000, []) for queue in part.command.split()}
    assert {"routing", "mail", "outward"} <= watched  # each has a worker


def test_a_mail_server_that_is_silent_holds_no_timer_up(
    waiting, make_session, asha, time, monkeypatch
):
    """Twenty mails at 5 s each would be six lives of an offer in an emergency."""

    def silent(_mail):
        time.advance(seconds=5)
        raise TimeoutError

    monkeypatch.setattr("handoff.outside.mails.EmailMessage.send", silent)
    for _ in range(20):
        outbox.post(Outbox.Kind.ATTENTION, waiting.escalation, time.now())
    actions.raise_escalation(make_session(), "SI-3", 0, "x")
    sweeper.sweep_once()
    offer = Offer.objects.get(escalation__tier=0)
    time.advance(seconds=15)
    before = time.now()
    sweeper.sweep_once()
    assert (time.now() - before).total_seconds() < 1
    offer.refresh_from_db()
    assert offer.state == Offer.State.TIMED_OUT


def test_a_lost_bell_is_rung_again_once_and_the_task_sends(
    waiting, time, mailoutbox, nudges, django_capture_on_commit_callbacks
):
    outbox.post(Outbox.Kind.ATTENTION, waiting.escalation, time.now())
    with django_capture_on_commit_callbacks(execute=True):
        sweeper.sweep_once()
    assert (SEND_WAITING, ()) not in nudges  # the first bell may be under way
    time.advance(seconds=31)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            sweeper.sweep_once()
    assert nudges.count((SEND_WAITING, ())) == 1
    nudges.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.send_waiting_mails()
    assert [task for task, _args in nudges] == [SEND_ONE] * 2
    for _task, args in nudges:
        tasks.send_mail(*args)
    assert len(mailoutbox) == 2


def test_while_no_worker_hears_it_stays_due_and_loses_no_try(waiting, time, mailoutbox):
    for _ in range(200):
        time.advance(seconds=31)
        assert outbox.ring(time.now()) == 1
    waiting.refresh_from_db()
    assert (waiting.sent_at, waiting.attempts) == (None, 0)
    assert send_waiting() == 1


def test_a_task_that_comes_twice_sends_once(waiting, mailoutbox):
    for _ in range(3):
        tasks.send_mail(waiting.pk)
    tasks.send_mail(999_999)
    assert len(mailoutbox) == 1


def test_two_senders_that_read_the_same_row_send_once(waiting, mailoutbox, monkeypatch):
    claim, asked = outbox._claim, []

    def meanwhile(row):
        asked.append(row)
        if len(asked) == 1:  # the row is read and not yet claimed
            assert outbox.send(waiting.pk)
        return claim(row)

    monkeypatch.setattr(outbox, "_claim", meanwhile)
    assert not outbox.send(waiting.pk)
    assert len(mailoutbox) == 1


def test_a_sender_that_died_is_missed_when_its_lease_is_over(
    waiting, time, mailoutbox, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(mails, "recipients", lambda _row: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            outbox.send(waiting.pk)
    time.advance(seconds=29)
    assert outbox.ring(time.now()) == 0
    time.advance(seconds=2)
    assert outbox.ring(time.now()) == 1
    assert send_waiting() == 1
