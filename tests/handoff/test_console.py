"""The desk's pages in the admin console open, and evidence stays as it is."""

import pytest
from django.urls import reverse

from coach.people.models import User
from handoff import actions
from handoff.crisis import country_of, resources_for
from handoff.models import CrisisResource, Escalation, Script

pytestmark = pytest.mark.django_db


@pytest.fixture
def console(client):
    client.force_login(User.objects.create_superuser("admin@x.test", "pw"))
    return client


@pytest.mark.parametrize(
    "model", ["expert", "escalation", "flagrecord", "auditread", "crisisresource", "script"]
)
def test_lists_open(console, model, session, asha):
    actions.raise_escalation(session, "SI-3", 0, "x")
    assert console.get(reverse(f"admin:handoff_{model}_changelist")).status_code == 200


def test_an_escalation_is_read_and_never_changed(console, session):
    escalation = actions.raise_escalation(session, "SI-3", 0, "x")
    url = reverse("admin:handoff_escalation_change", args=[escalation.pk])
    page = console.get(url)
    assert page.status_code == 200
    assert "created" in page.content.decode()
    assert console.post(url, {"tier": 4}).status_code == 403
    assert Escalation.objects.get().tier == 0


def test_a_locked_line_is_unlocked_before_it_is_edited(console):
    line = Script.objects.filter(locked=True).first()
    url = reverse("admin:handoff_script_change", args=[line.pk])
    console.post(url, {"text": "changed", "locked": "on"})
    line.refresh_from_db()
    assert line.text != "changed"


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/London", "GB"),
        ("America/New_York", "US"),
        ("US/Pacific", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Amsterdam", "NL"),
        ("UTC", ""),
    ],
)
def test_country_from_the_time_zone(zone, country):
    assert country_of(zone) == country


def test_help_for_every_country_and_none():
    for zone in ("Europe/London", "America/New_York", "Asia/Tokyo", "UTC", "Africa/Lagos"):
        for code in ("SI-3", "MED-E", "ED-H", "SUP", "ABU", "XX"):
            shown = resources_for(code, zone)
            assert 1 <= len(shown) <= 5, (zone, code)
            assert all(r.tel or r.sms or r.url for r in shown)
    first = resources_for("MED-E", "Asia/Tokyo")[0]
    assert (first.country, first.number) == ("JP", "119")


def test_text_message_words_and_numbers():
    shout = CrisisResource.objects.get(name="Shout")
    assert (shout.sms_number, shout.sms_word) == ("85258", "SHOUT")
    assert (
        CrisisResource.objects.get(country="GB", topic="crisis", name="Samaritans").tel == "116123"
    )


def test_every_country_has_an_emergency_number():
    countries = set(CrisisResource.objects.values_list("country", flat=True))
    with_number = set(
        CrisisResource.objects.filter(topic="emergency").values_list("country", flat=True)
    )
    assert countries == with_number


def test_first_words_fit_into_one_breath(make_session):
    """No line is cut off by the longest numbers and a long name."""
    from handoff.crisis import spoken_numbers

    for line in Script.objects.all():
        for zone in ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"):
            numbers = spoken_numbers(line.code or "SI-3", zone)
            said = line.text.replace("{numbers}", numbers).replace("{name}", "N" * 60)
            assert len(said) <= 600, (line.code, zone)
            assert "{" not in said
