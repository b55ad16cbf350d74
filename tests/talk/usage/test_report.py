"""The console's page on usage: its sums, its download, and that it stays quick."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from coach.people.models import User
from coach.personas.models import Persona
from coach.spreadsheets import plain
from coach.talk.actions import start_session
from coach.talk.brief import make_brief
from coach.talk.models import HouseNotice, MemberBudget, Usage
from coach.talk.usage.report import MEMBERS_SHOWN, draw, page_of

pytestmark = pytest.mark.django_db
URL = "admin:talk_usage_changelist"


@pytest.fixture
def console(client):
    client.force_login(User.objects.create_superuser("admin@x.test", "pw"))
    return client


@pytest.fixture
def personas():
    return [
        Persona.objects.create(slug=name.lower(), name=name, instructions="x", greeting="Hi")
        for name in ("Sage", "Basil")
    ]


def row(member, persona, number, *, ago=0, cost="0.01", **fields):
    day = timezone.now().date() - timedelta(days=ago)
    named = {"kind": "response", "provider": "openai", "model": "gpt-realtime-2.1"} | fields
    return Usage(
        member=member, persona=persona, ref=f"r{number}", member_day=day, house_day=day,
        cost=None if cost is None else Decimal(cost), **named,
    )  # fmt: skip


@pytest.fixture
def many(personas):
    """10,000 rows of 50 members over 40 days."""
    people = User.objects.bulk_create(
        [User(email=f"m{n:02}@example.org", display_name=f"Member {n:02}") for n in range(50)]
    )
    Usage.objects.bulk_create(
        [
            row(people[n % 50], personas[n % 2], n, ago=n % 40, audio_in=100, audio_cached=40)
            for n in range(10_000)
        ],
        batch_size=500,
    )


def test_an_empty_page_says_what_will_be_there(console):
    html = console.get(reverse(URL)).content.decode()
    assert "Nothing was counted in these days." in html
    assert "no limit" in html
    assert "<svg viewBox" not in html


def test_the_page_needs_as_many_queries_for_ten_thousand_rows_as_for_one(
    console, many, personas, django_assert_max_num_queries
):
    console.get(reverse(URL))  # what is asked once in a process
    with django_assert_max_num_queries(16):
        html = console.get(reverse(URL)).content.decode()
    assert html.count('scope="row">Member ') == MEMBERS_SHOWN
    assert "The others are in the download." in html
    with django_assert_max_num_queries(6):
        found = page_of(timezone.now())
    # 30 of 40 days, 250 rows of a cent on each.
    assert found.total == Decimal("75")
    assert found.count == 7500
    assert found.spent == Decimal("2.5")
    assert [line.cost for line in found.personas] == [Decimal("37.5")] * 2
    assert [(kind.count, kind.cached_percent) for kind in found.tokens][1] == (750_000, 40)
    assert found.cached_percent == 40


def test_sums_come_from_the_index(many):
    plan = Usage.objects.filter(house_day=timezone.now().date()).order_by().explain()
    assert "usage_house_day" in plan
    member = User.objects.get(email="m00@example.org")
    mine = Usage.objects.filter(member=member, member_day=timezone.now().date()).order_by()
    assert "usage_member_day" in mine.explain()


def test_what_has_no_price_is_called_so(console, personas):
    maya = User.objects.create_user("maya@example.org", display_name="Maya")
    Usage.objects.bulk_create(
        [row(maya, personas[0], 1, cost=None, model="new"), row(maya, personas[0], 2, model="old")]
    )
    html = console.get(reverse(URL)).content.decode()
    assert "One answer has no price and is in no sum" in html
    lines = {line.note.split(" ")[0]: line for line in page_of(timezone.now()).engines}
    assert (lines["new"].unpriced, lines["new"].cost) == (1, 0)
    assert "no price" in html
    assert lines["old"].cost == Decimal("0.01")


def test_our_own_engine_stands_by_its_name_and_under_no_hosted_model(console, personas):
    maya = User.objects.create_user("maya@example.org", display_name="Maya")
    own = {"provider": "embedded", "cost": "0"}
    Usage.objects.bulk_create(
        [
            row(maya, personas[0], 1, **own),
            row(maya, personas[0], 2, model="gpt-realtime-2.1-mini", **own),
            row(maya, personas[0], 3, kind="transcription", model="gpt-transcribe", **own),
        ]
    )
    html = console.get(reverse(URL)).content.decode()
    assert "Our own engine" in html
    assert "gpt-" not in html
    assert "Our own engine costs nothing" in html
    assert "<svg viewBox" not in html
    assert [line.count for line in page_of(timezone.now()).engines] == [2, 1]
    Usage.objects.bulk_create([row(maya, personas[0], 4)])
    html = console.get(reverse(URL)).content.decode()
    assert "gpt-realtime-2.1 · response" in html
    assert "<svg viewBox" in html


def test_the_house_budget_and_its_warning_are_shown(console, personas, settings):
    settings.BUDGET_SITE_USD = Decimal("0.04")
    maya = User.objects.create_user("maya@example.org")
    Usage.objects.bulk_create([row(maya, personas[0], n) for n in range(3)])
    html = console.get(reverse(URL)).content.decode()
    assert "75 %" in html
    assert "usage__limit" in html
    assert "site budget were used" not in html
    HouseNotice.objects.create(day=timezone.now().date(), percent=80)
    assert "80 % of today" in console.get(reverse(URL)).content.decode()
    HouseNotice.objects.create(day=timezone.now().date(), percent=100)
    assert "site budget was used up at" in console.get(reverse(URL)).content.decode()


def test_the_chart_is_to_scale():
    today = date(2026, 5, 30)
    costs = {today: Decimal(10), today - timedelta(days=1): Decimal(5)}
    chart = draw(costs, today, 30, Decimal(8))
    assert len(chart.days) == 30
    last, before, none = chart.days[-1], chart.days[-2], chart.days[-3]
    assert (last.day, last.today, last.bar.height) == (today, True, 160.0)
    assert before.bar.height == 80.0
    assert none.bar.height == 0
    assert last.bar.y + last.bar.height == chart.base
    assert chart.limit_y == pytest.approx(chart.base - 128)
    assert last.bar.x + chart.bar_width <= chart.width
    assert draw({}, today, 30, None).limit_y is None
    far = draw({today: Decimal(1)}, today, 30, Decimal(1000))
    assert far.limit_y is None  # else every bar would be flat
    assert far.days[-1].bar.height == 160.0


def test_the_download_has_every_sum_and_no_formula(console, personas):
    sly = User.objects.create_user("=cmd|x@example.org")
    Persona.objects.filter(pk=personas[0].pk).update(name="@SUM(A1)")
    Usage.objects.bulk_create(
        [
            row(sly, personas[0], 1, text_in=5),
            row(sly, personas[0], 2, text_in=6, cost=None),
            row(sly, personas[0], 3, ago=200),
        ]
    )
    answer = console.get(reverse("admin:talk_usage_export"))
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    (line,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert line["member"] == "'=cmd|x@example.org"
    assert line["persona"] == "'@SUM(A1)"
    assert (line["count"], line["without_price"], line["text_in"]) == ("2", "1", "11")
    assert Decimal(line["cost_usd"]) == Decimal("0.01")
    longer = console.get(reverse("admin:talk_usage_export") + "?days=366").content.decode()
    assert len(longer.splitlines()) == 3
    for days in ("0", "-5", "x", "9" * 50):
        assert console.get(reverse("admin:talk_usage_export"), {"days": days}).status_code == 200


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_a_cell_that_would_be_a_formula_is_text(value):
    assert plain(value) == f"'{value}"
    assert plain("Maya") == "Maya"


def test_only_who_may_see_usage_sees_it(client):
    member = User.objects.create_user("m@example.org")
    staff = User.objects.create_user("s@example.org", is_staff=True)
    for name in (URL, "admin:talk_usage_export"):
        client.force_login(member)
        assert client.get(reverse(name)).status_code == 302
        client.force_login(staff)
        assert client.get(reverse(name)).status_code == 403


def test_a_talk_shows_what_it_cost(console, personas):
    maya = User.objects.create_user("maya@example.org")
    brief = make_brief(personas[0], member_name="Maya")
    session = start_session(maya, personas[0], brief)
    rows = [row(maya, personas[0], 1, cost="0.1234"), row(maya, personas[0], 2, cost=None)]
    for one in rows:
        one.session = session
    Usage.objects.bulk_create(rows)
    html = console.get(reverse("admin:talk_session_change", args=[session.pk])).content.decode()
    assert "0.1234" in html
    assert "1 without a price" in html


def test_a_members_budget_is_set_in_the_console(console):
    maya = User.objects.create_user("maya@example.org")
    url = reverse("admin:talk_memberbudget_add")
    assert console.get(url).status_code == 200
    assert console.post(url, {"member": maya.pk, "usd": "-1"}).status_code == 200
    assert console.post(url, {"member": maya.pk, "usd": "2.50"}).status_code == 302
    assert MemberBudget.objects.get().usd == Decimal("2.50")
    listed = console.get(reverse("admin:talk_memberbudget_changelist")).content.decode()
    assert "2.50" in listed


def test_the_console_leads_to_it(console):
    html = console.get(reverse("admin:index")).content.decode()
    assert reverse(URL) in html


def test_the_list_of_budgets_says_what_holds_without_one(console, settings):
    address = reverse("admin:talk_memberbudget_changelist")
    settings.BUDGET_MEMBER_USD = None
    html = console.get(address).content.decode()
    assert "no limit of their own" in html
    assert "There are no member budgets yet." in html
    settings.BUDGET_MEMBER_USD = Decimal("0.50")
    assert "0.50 USD a day" in console.get(address).content.decode()
