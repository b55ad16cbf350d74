"""Crisis referrals: each card with help is counted, and the count leads to nobody."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coach.talk.registries.screeners import Flag
from handoff import actions
from handoff.actions.flagging import act_on_flags
from handoff.models import CrisisReferral, CrisisResource, DeskZone
from handoff.reports import referrals
from handoff.views.referrals import FIGURES
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
SAID = "xyzzy"


@pytest.fixture
def chief(make_expert):
    return make_expert("Chief", supervisor=True)


def shown(session, code, tier):
    return actions.raise_escalation(session, code, tier, SAID, SAID)


def rows(figure):
    return {row[0]: list(row[1:]) for row in figure.table.rows}


def test_each_card_that_names_whom_to_call_is_counted_once(make_session):
    shown(make_session(), "SI-5", 0)
    shown(make_session(), "ED-H", 1)
    shown(make_session(), "MED-S", 2)  # a dietitian is asked, and no help is named
    helped = Flag("SI-1", 4, SAID, "score", True)
    talk = make_session()
    for item in ("i1", "i2"):  # shown once in a talk
        act_on_flags(talk, [helped], item, "member")
    found = CrisisReferral.objects.values_list("shown", "code")
    assert sorted(found) == [("crisis", "SI-5"), ("safety", "ED-H"), ("support", "SI-1")]


def test_a_call_that_becomes_graver_is_a_further_referral(session):
    shown(session, "ED-H", 1)
    shown(session, "ED-H", 1)
    shown(session, "SI-5", 0)
    found = CrisisReferral.objects.values_list("shown", "code")
    assert sorted(found) == [("crisis", "SI-5"), ("safety", "ED-H")]


def test_it_names_what_the_card_names_and_keeps_it(session):
    shown(session, "SI-3", 0)
    referral = CrisisReferral.objects.get()
    assert referral.country == "GB"
    assert referral.resources[0] == CrisisResource.objects.get(number="116 123", country="GB").name
    CrisisResource.objects.all().delete()
    named = rows(referrals.by_resource(referral.month.year))
    assert named[referral.resources[0]] == ["GB", 1]


def test_no_referral_leads_to_a_member_and_each_stays_when_one_is_erased(session):
    shown(session, "SI-3", 0)
    fields = {field.name: field for field in CrisisReferral._meta.get_fields()}
    assert not [name for name, field in fields.items() if field.is_relation]
    assert set(fields) == {"id", "month", "shown", "code", "country", "resources"}
    session.escalations.all().delete()
    session.member.delete()
    assert CrisisReferral.objects.count() == 1


def test_the_month_is_that_of_the_desks_calendar(session, time):
    DeskZone.objects.update_or_create(defaults={"name": "Pacific/Auckland"})
    year = time.now().year
    time.advance(seconds=(datetime(year, 12, 31, 12, tzinfo=UTC) - time.now()).total_seconds())
    shown(session, "SI-3", 0)
    assert CrisisReferral.objects.get().month == date(year + 1, 1, 1)


def referral(month, code="SI-3", kind="crisis", *names):
    return CrisisReferral.objects.create(
        month=date(*month, 1), code=code, shown=kind, country="GB", resources=list(names)
    )


def test_a_year_is_told_by_month_by_kind_and_by_resource():
    referral((2026, 3), "SI-3", "crisis", "Samaritans", "999")
    referral((2026, 3), "SH", "safety", "Samaritans")
    referral((2026, 12), "ED-H", "safety", "Beat")
    referral((2025, 12), "SI-3", "crisis", "Samaritans")
    months = rows(referrals.by_month(2026))
    assert months["2026-03"] == [2, 2]
    assert months["2026-12"] == [1, 0]
    assert months["2026-01"] == [0, 0]
    assert months["Year"] == [3, 2]
    kinds = rows(referrals.by_kind(2026))
    assert kinds["SI-3"][1:] == [1, 0, 0, 1]
    assert kinds["SH"][1:] == [0, 1, 0, 1]
    assert rows(referrals.by_resource(2026)) == {
        "Samaritans": ["GB", 2],
        "999": ["GB", 1],
        "Beat": ["GB", 1],
    }
    assert referrals.years(date(2026, 5, 1)) == [2026, 2025]


def test_the_page_and_each_csv_have_no_word_and_no_name(chief, make_session):
    talk = make_session(SAID)
    shown(talk, "SI-5", 0)
    year, client = CrisisReferral.objects.get().month.year, signed_in(chief.user)
    page = client.get(reverse("handoff:referrals")).content.decode()
    assert f"Crisis referrals in {year}" in page
    sheets = {}
    for name in FIGURES:
        url = reverse("handoff:referrals_csv", args=[name])
        assert f'href="{url}?year={year}"' in page
        sheets[name] = client.get(url, {"year": year}).content.decode()
    assert len(list(csv.reader(io.StringIO(sheets["by-month"])))) == 14  # with head and sum
    for text in (page, *sheets.values()):
        assert SAID not in text
        assert talk.member.email not in text


@pytest.mark.parametrize("year", ["1999", "x", "-1", "２０２６"])
def test_of_no_other_year_is_there_a_report(chief, year):
    assert (
        signed_in(chief.user).get(reverse("handoff:referrals"), {"year": year}).status_code == 404
    )


def test_a_year_in_which_nobody_needed_help_says_so(chief):
    client = signed_in(chief.user)
    assert "No referrals in this year" in client.get(reverse("handoff:referrals")).content.decode()
    assert reverse("handoff:referrals") in client.get(reverse("handoff:reports")).content.decode()
    unknown = reverse("handoff:referrals_csv", args=["nothing"])
    assert client.get(unknown).status_code == 404


def test_a_year_of_many_asks_as_much_as_one_of_few(chief):
    client, url = signed_in(chief.user), reverse("handoff:referrals")

    def asked():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url, {"year": "2026"}).status_code == 200
        return len(caught)

    referral((2026, 1))
    asked()  # what is asked once
    few = asked()
    for month in range(1, 13):
        referral((2026, month), "ED-H", "safety", "Beat")
    assert asked() == few


def test_what_was_shown_before_it_was_counted_is_counted_too(session):
    """By the migration: which help those cards named was not written down."""
    shown(session, "SI-5", 0)
    loader = MigrationExecutor(connection).loader
    (key,) = [key for key in loader.disk_migrations if key[1].endswith("_crisis_referrals")]
    CrisisReferral.objects.all().delete()
    loader.get_migration(*key).operations[1].code(loader.project_state(key).apps, None)
    found = CrisisReferral.objects.get()
    assert (found.shown, found.code, found.resources) == ("crisis", "SI-5", [])
