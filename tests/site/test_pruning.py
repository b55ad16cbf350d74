"""What would grow for ever is deleted by its age."""

from datetime import timedelta

import pytest
from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session as WebSession

from coach import clock
from coach.site import pruning
from coach.site.tasks import prune_now

pytestmark = pytest.mark.django_db


def sign_in(key, expires):
    WebSession.objects.create(session_key=key, session_data="", expire_date=expires)


def logged(model, age):
    row = model.objects.create(username="maya@example.org", ip_address="192.0.2.7")
    model.objects.filter(pk=row.pk).update(attempt_time=clock.now() - age)
    return row.pk


def test_sign_ins_that_have_run_out_go_and_the_others_stay():
    now = clock.now()
    sign_in("old", now - timedelta(seconds=1))
    sign_in("new", now + timedelta(days=1))
    assert pruning.prune() == 1
    assert [one.session_key for one in WebSession.objects.all()] == ["new"]


@pytest.mark.parametrize("model", [AccessLog, AccessFailureLog])
def test_who_has_signed_in_is_kept_for_half_a_year(model):
    logged(model, pruning.SIGN_INS_KEPT + timedelta(hours=1))
    kept = logged(model, pruning.SIGN_INS_KEPT - timedelta(hours=1))
    prune_now()
    assert [row.pk for row in model.objects.all()] == [kept]


def test_more_than_is_deleted_at_once_goes_as_well(monkeypatch):
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    for number in range(5):
        sign_in(f"old-{number}", clock.now() - timedelta(days=1))
    assert pruning.prune() == 5
    assert not WebSession.objects.exists()


def test_beat_sends_it_every_night():
    scheduled = {one["task"]: one["schedule"] for one in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled["coach.site.tasks.prune_now"].hour == {3}
