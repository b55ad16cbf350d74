"""The desk's pages in the admin console open, and evidence stays as it is."""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.db import connection
from django.forms import model_to_dict, modelform_factory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coach.people.models import User
from coach.talk.actions import record_turn, run_tool
from handoff import actions
from handoff.actions.scripts import _whole_sentences
from handoff.admin import ScriptForm
from handoff.models import AuditRead, CrisisResource, Escalation, Expert, FlagRecord, Script
from handoff.safety.crisis import country_of, resources_for

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


def test_what_is_not_overdue_is_no_fault(console, session):
    actions.raise_escalation(session, "SI-3", 0, "x")
    page = console.get(reverse("admin:handoff_escalation_changelist")).content.decode()
    assert '<span class="yesno">No</span>' in page
    assert "close_small" not in page


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


def test_a_line_that_does_not_fit_is_refused(console):
    line = Script.objects.filter(moment="first", text__contains="{numbers}").first()
    Script.objects.filter(pk=line.pk).update(locked=False)
    url = reverse("admin:handoff_script_change", args=[line.pk])
    sent = {"code": line.code, "moment": line.moment, "language": line.language, "order": 10}
    long = "Please call. {numbers} " + "Stay here. " * 50
    page = console.post(url, sent | {"text": long})
    assert "characters too long" in page.content.decode()
    assert console.post(url, sent | {"text": "Call now. {numbers}"}).status_code == 302
    line.refresh_from_db()
    assert line.text == "Call now. {numbers}"


def test_no_reviewed_line_is_refused_as_it_is():
    checked = modelform_factory(Script, form=ScriptForm, fields="__all__")
    for line in Script.objects.all():
        form = checked(model_to_dict(line), instance=line)
        assert "text" not in form.errors, line


def test_a_line_that_is_too_long_all_the_same_ends_with_a_sentence():
    said = _whole_sentences("Breathe. " * 66 + "Call 116 123 now. Then wait.", 606)
    assert said == ("Breathe. " * 66).strip()
    assert _whole_sentences("Call 116 123.", 600) == "Call 116 123."


@pytest.mark.parametrize("model", ["session", "turn", "toolcall"])
def test_reading_a_talk_in_the_console_is_written_down(console, model, session):
    run_tool(session.pk, "k1", "handoff_notes", "{}")
    turn = record_turn(session, "member", "hello", item_id="i1")
    pk = {"session": session.pk, "turn": turn.pk, "toolcall": session.tool_calls.get().pk}[model]
    url = reverse(f"admin:talk_{model}_change", args=[pk])
    for _again in range(2):
        assert console.get(url).status_code == 200
    read = AuditRead.objects.get()
    assert (read.reader.email, read.session, read.what) == ("admin@x.test", session, "console")


def test_reading_a_call_or_a_flag_in_the_console_is_written_down(console, session):
    record_turn(session, "member", "I want to kill myself", item_id="i1")
    rows = {"escalation": Escalation.objects.get(), "flagrecord": FlagRecord.objects.first()}
    for name, row in rows.items():
        AuditRead.objects.all().delete()
        assert console.get(reverse(f"admin:handoff_{name}_changelist")).status_code == 200
        assert not AuditRead.objects.exists()
        assert (
            console.get(reverse(f"admin:handoff_{name}_change", args=[row.pk])).status_code == 200
        )
        read = AuditRead.objects.get()
        assert (read.reader.email, read.session, read.what) == ("admin@x.test", session, "console")


def open_talk(client, session):
    return client.get(reverse("admin:talk_session_change", args=[session.pk])).status_code


def test_a_part_of_a_talk_that_is_read_in_the_console_is_written_down(console, session):
    page = reverse("admin:talk_session_part", args=[session.pk, "turns"])
    with CaptureQueriesContext(connection) as asked:
        assert console.get(page).status_code == 200
    assert [(read.session, read.what) for read in AuditRead.objects.all()] == [(session, "console")]
    of_talks = [one for one in asked if 'FROM "talk_session"' in one["sql"]]
    assert len(of_talks) == 1


def test_a_talk_that_is_opened_again_later_is_another_read(console, session, time):
    open_talk(console, session)
    time.advance(minutes=4)
    open_talk(console, session)
    assert AuditRead.objects.count() == 1
    time.advance(minutes=2)
    open_talk(console, session)
    assert AuditRead.objects.count() == 2


def test_each_reader_and_each_talk_is_written_down(console, client, session, make_session):
    open_talk(console, session)
    open_talk(console, make_session("Noor"))
    client.force_login(User.objects.create_superuser("other@x.test", "pw"))
    open_talk(client, session)
    assert AuditRead.objects.count() == 3


@pytest.mark.parametrize("model", ["session", "turn", "toolcall"])
def test_a_list_and_a_page_that_is_not_there_are_no_reads(console, model, session):
    console.get(reverse(f"admin:talk_{model}_changelist"))
    console.get(
        reverse(f"admin:talk_{model}_change", args=[session.pk if model != "session" else "x"])
    )
    assert not AuditRead.objects.exists()


def test_who_may_not_see_talks_reads_none(client, session):
    staff = User.objects.create_user("staff@x.test", is_staff=True)
    client.force_login(staff)
    assert open_talk(client, session) in (302, 403)
    assert not AuditRead.objects.exists()


def test_the_log_of_reads_is_read_and_never_changed(console, session):
    open_talk(console, session)
    read = AuditRead.objects.get()
    url = reverse("admin:handoff_auditread_change", args=[read.pk])
    assert console.get(url).status_code == 200
    assert console.post(url, {"what": "nothing"}).status_code == 403
    assert (
        console.post(reverse("admin:handoff_auditread_delete", args=[read.pk])).status_code == 403
    )
    assert AuditRead.objects.get().what == "console"


def test_a_new_expert_is_made_in_the_console(console, session):
    sent = {
        "user": session.member.pk,
        "active": "on",
        "title": "dietitian",
        "domains": '["nutrition"]',
        "languages": "EN native, de, fr basic",
        "capacity": "4",
    }
    assert console.post(reverse("admin:handoff_expert_add"), sent).status_code == 302
    expert = Expert.objects.get(user=session.member)
    assert (expert.capacity, expert.domains, expert.status) == (4, ["nutrition"], "offline")
    assert expert.languages == {"en": "native", "de": "fluent", "fr": "basic"}
    page = reverse("admin:handoff_expert_change", args=[expert.pk])
    assert 'value="en native, de fluent, fr basic"' in console.get(page).content.decode()
    listed = console.get(reverse("admin:handoff_expert_changelist")).content.decode()
    assert "en native, de fluent, fr basic" in listed
    for wrong in ({"capacity": "99"}, {"languages": "english"}, {"languages": "en a little"}):
        assert console.post(page, sent | wrong).status_code == 200
    expert.refresh_from_db()
    assert expert.languages["en"] == "native"


def test_numbers_that_nobody_checked_lately_are_marked(console):
    rows = CrisisResource.objects.all()
    rows.update(checked_on=None)
    page = reverse("admin:handoff_crisisresource_changelist")
    assert b"icon-yes" not in console.get(page).content
    marked = CrisisResource.objects.first()
    checked = site._registry[CrisisResource].checked
    for days, fresh in ((0, True), (90, True), (91, False)):
        marked.checked_on = timezone.localdate() - timedelta(days=days)
        assert checked(marked) is fresh


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
    from handoff.safety.crisis import spoken_numbers

    for line in Script.objects.all():
        for zone in ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"):
            numbers = spoken_numbers(line.code or "SI-3", zone)
            said = line.text.replace("{numbers}", numbers).replace("{name}", "N" * 60)
            assert len(said) <= 600, (line.code, zone)
            assert "{" not in said
