"""A process that has stopped is seen at the desk, and supervisors are written to once."""

import pytest
from django.urls import reverse

from handoff import sweeper, tasks
from handoff.actions.watching import tell_of_stopped
from handoff.health import LIMITS, NAMES, beat
from handoff.models import Outbox
from handoff.outside import outbox
from handoff.timeouts import BACK_BY_ITSELF, STOPPED_FOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(make_expert):
    return make_expert("Boss", supervisor=True)


@pytest.fixture
def at_work(time):
    for name in LIMITS:
        beat(name)


def stop(time, name="sweeper", seconds=61):
    """All but `name` go on."""
    time.advance(seconds=seconds)
    for other in LIMITS:
        if other != name:
            beat(other)


def mails():
    return Outbox.objects.filter(kind=Outbox.Kind.STOPPED)


@pytest.mark.parametrize("page", ["desk", "queue", "wall", "wall_board"])
def test_the_desk_and_the_wall_say_what_is_not_at_work(client, boss, at_work, time, page):
    client.force_login(boss.user)

    def shown():
        return client.get(reverse(f"handoff:{page}")).content.decode()

    assert "Not at work" not in shown()
    stop(time, seconds=11)
    assert "Not at work: the timers" in " ".join(shown().split())
    beat("sweeper")
    assert "Not at work" not in shown()


@pytest.mark.parametrize(
    ("name", "watcher"), [("sweeper", tasks.beat_now), ("outward", sweeper.tidy_once)]
)
def test_one_mail_is_written_however_long_it_lasts(boss, at_work, time, mailoutbox, name, watcher):
    stop(time, name, STOPPED_FOR.total_seconds() - 1)
    assert tell_of_stopped() == 0
    for _minute in range(3):
        stop(time, name)
        watcher()
    row = mails().get()
    assert row.facts == {"process": name}
    time.advance(seconds=BACK_BY_ITSELF.total_seconds())
    assert outbox.send(row.pk)
    (mail,) = mailoutbox
    assert mail.subject == f"Not at work: {NAMES[name]}"
    assert mail.to == [boss.user.email]
    beat(name)
    stop(time, name)
    watcher()
    assert mails().count() == 2  # the next time it stops


def test_after_a_pause_of_the_whole_machine_nobody_is_written_to(boss, at_work, time, mailoutbox):
    time.advance(hours=8)
    assert tell_of_stopped() == len(LIMITS)
    time.advance(seconds=1)
    for name in LIMITS:
        beat(name)
    time.advance(seconds=BACK_BY_ITSELF.total_seconds())
    assert not any(outbox.send(row.pk) for row in mails())
    assert (mailoutbox, mails().count()) == ([], 0)


def test_what_was_never_started_is_told_by_health_alone(boss, time):
    assert tell_of_stopped() == 0
