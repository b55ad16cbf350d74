"""Budgets: days, sums, words, who is spared, and what the start page does of it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coach import wire
from coach.errors import Refused
from coach.nutrition import diary_clock as diary
from coach.people.models import Profile, User
from coach.personas.models import EngineModel, ModelPrice, Persona, Provider
from coach.settings import money
from coach.talk.actions import end_session, move_floor, record_turn, start_session
from coach.talk.actions.usage import count_usage, stop_for_budget, tell_of_budget
from coach.talk.brief import make_brief
from coach.talk.models import HouseNotice, MemberBudget, Session, Turn, Usage
from coach.talk.usage import budgets as budgets
from coach.talk.usage.budgets import (
    budget_of,
    member_day,
    member_day_begins,
    refusal,
    site_budget,
)
from handoff.actions import ask_for_person, raise_escalation
from handoff.actions.ending import cancel
from handoff.models import Escalation

pytestmark = pytest.mark.django_db
numbers = count()


@pytest.fixture
def persona():
    return Persona.objects.create(slug="sage", name="Sage", instructions="Be kind.", greeting="Hi")


@pytest.fixture
def maya():
    return User.objects.create_user("maya@example.org", "x", display_name="Maya")


@pytest.fixture
def session(maya, persona):
    return start_session(maya, persona, make_brief(persona, member_name="Maya"))


def spend(member, usd, *, session=None, now=None):
    """A row of this cost, as if it was counted at `now`."""
    now = now or timezone.now()
    return Usage.objects.create(
        session=session, member=member, kind="response", ref=f"r{next(numbers)}",
        cost=None if usd is None else Decimal(usd),
        member_day=member_day(member, now), house_day=budgets.site_day(now),
    )  # fmt: skip


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# --- settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("told", "usd"), [("", None), ("2.50", "2.50"), ("0", "0"), (" 3 ", "3")])
def test_the_setting_is_an_amount_or_nothing(monkeypatch, told, usd):
    monkeypatch.setenv("X_USD", told)
    assert money("X_USD") == (None if usd is None else Decimal(usd))


@pytest.mark.parametrize("told", ["-1", "much", "NaN", "inf", "1,50"])
def test_what_is_no_amount_is_told_at_once(monkeypatch, told):
    monkeypatch.setenv("X_USD", told)
    with pytest.raises(ImproperlyConfigured, match="X_USD"):
        money("X_USD")


# --- days -----------------------------------------------------------------------------------------

ZONES = ("UTC", "Asia/Kolkata", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("starts", [0, 4])
def test_the_members_day_is_the_diarys(maya, zone, starts):
    maya.time_zone = zone
    maya.profile = Profile(user=maya, day_starts_hour=starts)
    moment = at("2026-03-27T00:00")
    while moment < at("2026-04-07T00:00"):  # clocks change in several of the zones
        day = member_day(maya, moment)
        assert day == diary.today(maya, moment)
        assert member_day_begins(maya, day) <= moment
        assert moment < member_day_begins(maya, day + timedelta(days=1))
        moment += timedelta(minutes=53)


def test_yesterdays_money_is_yesterdays(maya, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    maya.time_zone = "Asia/Kolkata"  # 5:30 ahead: the day there begins at 18:30 UTC
    spend(maya, "0.60", now=at("2026-05-01T18:00"))
    spend(maya, "0.30", now=at("2026-05-01T19:00"))
    before = budget_of(maya, at("2026-05-01T18:29")).member
    after = budget_of(maya, at("2026-05-01T18:31")).member
    assert (before.spent, before.day, before.opens_at) == (
        Decimal("0.60"),
        date(2026, 5, 1),
        at("2026-05-01T18:30"),
    )
    assert (after.spent, after.day) == (Decimal("0.30"), date(2026, 5, 2))


def test_the_sites_day_is_utc(maya, settings):
    settings.BUDGET_SITE_USD = Decimal(1)
    spend(maya, "0.60", now=at("2026-05-01T23:59"))
    assert site_budget(at("2026-05-01T23:59")).percent == 60
    assert site_budget(at("2026-05-02T00:00")).percent == 0
    assert site_budget(at("2026-05-01T10:00")).opens_at == at("2026-05-02T00:00")


# --- sums and limits ------------------------------------------------------------------------------


def test_without_a_limit_nothing_is_reached_and_nothing_is_summed(
    maya, django_assert_max_num_queries
):
    spend(maya, "1000")
    with django_assert_max_num_queries(2):  # the member's own limit, their profile
        assert not budget_of(maya).reached
    assert refusal(maya) == ""


def test_what_has_no_price_is_in_no_sum(maya, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    spend(maya, None)
    spend(maya, "0.25")
    assert budget_of(maya).member.percent == 25


def test_one_members_money_is_not_anothers(maya, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    other = User.objects.create_user("other@example.org")
    spend(other, "5")
    assert budget_of(maya).member.spent == 0
    assert budget_of(other).member.reached


@pytest.mark.parametrize(
    ("usd", "near", "reached"),
    [
        ("0.79999999", False, False),
        ("0.8", True, False),
        ("0.99999999", True, False),
        ("1", True, True),
    ],
)
def test_the_marks_are_exact(maya, settings, usd, near, reached):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    spend(maya, usd)
    status = budget_of(maya).member
    assert (status.near, status.reached) == (near, reached)


def test_a_hundred_cents_are_a_dollar_whatever_the_database_sums_with(maya, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    for _number in range(99):
        spend(maya, "0.01")
    assert not budget_of(maya).reached
    spend(maya, "0.01")
    assert budget_of(maya).member.spent == 1
    assert budget_of(maya).reached


def test_the_console_may_give_one_member_more_less_or_no_limit(maya, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    spend(maya, "2")
    assert budget_of(maya).reached
    own = MemberBudget.objects.create(member=maya, usd=Decimal(5))
    assert not budget_of(maya).reached
    own.usd = None
    own.save()
    assert budget_of(maya).member.limit is None
    own.usd = Decimal(0)
    own.save()
    assert budget_of(maya).reached


def test_a_deleted_account_leaves_its_cost_to_the_site(maya, session, settings):
    settings.BUDGET_SITE_USD = Decimal(1)
    spend(maya, "0.50", session=session)
    maya.delete()
    row = Usage.objects.get()
    assert (row.member, row.session) == (None, None)
    assert site_budget().percent == 50


# --- counting -------------------------------------------------------------------------------------


@pytest.fixture
def priced():
    provider = Provider.objects.create(slug="p", name="P")
    model = EngineModel.objects.create(provider=provider, name="m")
    for day, usd in ((date(2020, 1, 1), 1), (date(2021, 1, 1), 2), (date(2999, 1, 1), 3)):
        ModelPrice.objects.create(model=model, from_date=day, text_out=usd, text_in=usd)
    return model


def count_some(session, ref="r1", tokens=1_000_000, **fields):
    told = {"output_tokens": tokens, "output_token_details": {"text_tokens": tokens}}
    named = {"provider": "p", "model": "m", "status": "completed"} | fields
    return count_usage(session, "response", ref, told, **named)


def test_the_price_is_that_of_the_day(session, priced):
    row = count_some(session)
    assert (row.cost, row.priced_by) == (2, date(2021, 1, 1))


def test_the_same_ref_counts_once_and_of_another_kind_again(session, priced):
    first = count_some(session)
    again = count_some(session, tokens=5)
    assert (again.pk, again.text_out) == (first.pk, 1_000_000)
    count_usage(session, "transcription", "r1", {"input_tokens": 1}, provider="p", model="m")
    assert Usage.objects.count() == 2


def test_what_is_used_without_a_price_is_not_free(session, priced):
    told = {"output_tokens": 10, "output_token_details": {"audio_tokens": 10}}
    row = count_usage(session, "response", "r1", told, provider="p", model="m")
    assert (row.cost, row.priced_by, row.audio_out) == (None, None, 10)
    unknown = count_some(session, "r2", model="of tomorrow")
    assert unknown.cost is None


def test_a_foreign_id_of_any_length_is_one_of_its_own(session, priced):
    long = "x" * 5000
    row = count_some(session, long + "1")
    other = count_some(session, long + "2")
    again = count_some(session, long + "1")
    assert len(row.ref) <= 80
    assert row.ref != other.ref
    assert again.pk == row.pk


# --- notices --------------------------------------------------------------------------------------


def tell(session, usd):
    spend(session.member, usd, session=session)
    tell_of_budget(session, budget_of(session.member), Decimal(usd))


def test_the_member_reads_of_eighty_percent_once_in_a_talk(session, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    tell(session, "0.79")
    assert not session.turns.exists()
    tell(session, "0.02")
    tell(session, "0.02")
    (notice,) = session.turns.all()
    assert notice.speaker == Turn.Speaker.SYSTEM
    assert notice.text.startswith("Most of today's time with the coach is used (81 %).")


def test_nobody_is_told_of_money_while_a_person_is_called(session, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    ask_for_person(session)
    session.refresh_from_db()
    before = session.turns.count()
    tell(session, "0.90")
    assert session.turns.count() == before


def test_the_site_is_warned_once_a_day_at_each_mark(session, settings):
    settings.BUDGET_SITE_USD = Decimal(1)
    for usd in ("0.70", "0.15", "0.05", "0.20", "0.20"):
        tell(session, usd)
    assert list(HouseNotice.objects.values_list("percent", flat=True)) == [100, 80]
    assert not session.turns.exists()  # members are not told how the site stands


def test_the_other_talks_hear_of_a_limit_when_it_is_reached(
    session, persona, settings, monkeypatch
):
    rung = []
    monkeypatch.setattr(
        "coach.talk.actions.usage.publish", lambda group, event: rung.append((group, event))
    )
    other = User.objects.create_user("other@example.org")
    theirs = start_session(other, persona, make_brief(persona, member_name="O"))
    settings.BUDGET_SITE_USD = Decimal(1)
    tell(session, "0.90")
    assert rung == []
    tell(session, "0.20")
    assert set(rung) == {(talk.group, wire.BudgetReached()) for talk in (session, theirs)}
    rung.clear()
    tell(session, "0.20")
    assert rung == []


# --- the end --------------------------------------------------------------------------------------


def test_a_talk_ends_with_its_sentence_when_the_budget_is_reached(session, maya, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    assert stop_for_budget(session) == "open"
    spend(maya, "1")
    assert stop_for_budget(session) == "stopped"
    assert stop_for_budget(session) == "stopped"  # and says it once
    (turn,) = session.turns.all()
    assert turn.text == (
        "That was all of your time with the coach for today. You can go on tomorrow at 00:00, your "
        "time. You can still call a person. In danger, call your local emergency number: nobody "
        "here can send help."
    )
    session.refresh_from_db()
    assert session.ended_at is not None


def test_the_sentence_tells_the_later_of_two_days(maya, settings):
    settings.BUDGET_MEMBER_USD = settings.BUDGET_SITE_USD = Decimal(1)
    maya.time_zone = "Pacific/Kiritimati"  # 14 hours ahead of UTC
    spend(maya, "1")
    both = budget_of(maya)
    assert both.opens_at == max(both.member.opens_at, both.site.opens_at)
    settings.BUDGET_SITE_USD = None
    assert budget_of(maya).opens_at == budget_of(maya).member.opens_at


@pytest.mark.parametrize("floor", ["coach_waiting", "guided", "expert", "safety_hold"])
def test_a_floor_that_is_not_the_coachs_alone_is_spared(session, maya, settings, floor):
    settings.BUDGET_MEMBER_USD = settings.BUDGET_SITE_USD = Decimal(0)
    move_floor(session, floor)
    assert stop_for_budget(session) == "spared"
    session.refresh_from_db()
    assert session.ended_at is None


def test_an_open_call_for_a_person_is_spared_and_a_closed_one_is_not(session, maya, settings):
    settings.BUDGET_MEMBER_USD = Decimal(0)
    escalation = ask_for_person(session)
    Session.objects.filter(pk=session.pk).update(floor="coach")
    assert stop_for_budget(session) == "spared"
    assert refusal(maya) == ""
    cancel(escalation, actor=maya)
    assert stop_for_budget(session) == "stopped"
    assert refusal(maya) != ""


def test_an_emergency_in_the_last_words_is_met_though_the_money_is_spent(session, maya, settings):
    settings.BUDGET_MEMBER_USD = Decimal(0)
    record_turn(session, "member", "I want to kill myself", item_id="m1")
    session.refresh_from_db()
    assert session.floor == "safety_hold"
    assert session.cards.filter(kind="crisis").exists()
    assert stop_for_budget(session) == "spared"


def test_after_its_end_an_emergency_still_reaches_the_desk(session, maya, settings):
    """Words that were under way when the talk ended are screened like all others."""
    settings.BUDGET_MEMBER_USD = Decimal(0)
    assert stop_for_budget(session) == "stopped"
    record_turn(session, "member", "I want to kill myself", item_id="m1")
    assert Escalation.objects.filter(session=session, tier=0).open().exists()
    assert refusal(maya) == ""  # and a new talk is not refused


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def page(client, maya):
    client.force_login(maya)
    return client


def begin(page, **more):
    return page.post(reverse("talk:begin"), {"persona": "sage"} | more)


def test_a_new_talk_is_refused_kindly_and_says_when(page, maya, persona, settings):
    settings.BUDGET_MEMBER_USD = Decimal(1)
    spend(maya, "1")
    answer = begin(page)
    assert answer.url == reverse("talk:start")
    assert not Session.objects.exists()
    html = page.get(answer.url).content.decode()
    assert "That was all of your time with the coach for today." in html
    assert "tomorrow at 00:00, your time" in html
    assert "Call a person" in html
    assert "Talk with Sage" not in html


def test_a_refusal_leaves_the_open_talk_open(page, maya, session, settings):
    settings.BUDGET_MEMBER_USD = Decimal(0)
    begin(page)
    session.refresh_from_db()
    assert session.ended_at is None


def test_a_person_can_be_called_with_no_money_left(page, maya, persona, settings):
    settings.BUDGET_MEMBER_USD = settings.BUDGET_SITE_USD = Decimal(0)
    answer = begin(page, person="1")
    made = Session.objects.get()
    assert answer.url == reverse("talk:live", args=[made.pk])
    assert Escalation.objects.get(session=made).is_open
    assert made.floor == "coach_waiting"
    assert stop_for_budget(made) == "spared"


def test_a_lesson_is_refused_with_the_same_words(page, maya, settings):
    from coach.lessons.files import catalogue

    Persona.objects.create(slug="partner", name="P", kind="lesson", instructions="x", greeting="Hi")
    settings.BUDGET_MEMBER_USD = Decimal(0)
    slug = next(iter(catalogue()))
    answer = page.post(reverse("lessons:start", args=[slug]), follow=True)
    assert "That was all of your time with the coach for today." in answer.content.decode()
    assert not Session.objects.exists()


def test_members_see_their_day_only_where_it_is_limited(page, maya, persona, settings):
    spend(maya, "0.42")
    url = reverse("talk:start")
    assert "today's time with the coach" not in page.get(url).content.decode()
    settings.BUDGET_MEMBER_USD = Decimal(1)
    html = page.get(url).content.decode()
    assert "today's time with the coach" in html
    assert 'value="42"' in html
    assert "0.42" not in html  # a share, not what the site pays


def test_the_page_of_an_ended_talk_leads_to_a_person(page, maya, session, settings):
    url = reverse("talk:live", args=[session.pk])
    end_session(session)
    assert "New talk" in page.get(url).content.decode()
    settings.BUDGET_MEMBER_USD = Decimal(0)
    html = page.get(url).content.decode()
    assert "Call a person" in html
    assert "New talk" not in html


def test_the_verb_refuses_whoever_calls_it(maya, persona, settings):
    settings.BUDGET_SITE_USD = Decimal(0)
    with pytest.raises(Refused) as refused, transaction.atomic():
        start_session(maya, persona, make_brief(persona, member_name="Maya"))
    assert refused.value.code == "budget"
    assert str(refused.value).startswith("The coach has done all it can for everybody today.")
    assert not raised_for(maya)


def raised_for(member):
    return Escalation.objects.filter(member=member).exists()


def test_a_grave_flag_of_an_earlier_talk_lets_a_new_one_begin(session, maya, persona, settings):
    settings.BUDGET_MEMBER_USD = Decimal(0)
    raise_escalation(session, "SI-3", 0, "x")
    end_session(session)
    again = start_session(maya, persona, make_brief(persona, member_name="Maya"))
    assert again.ended_at is None
