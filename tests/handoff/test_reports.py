"""Reports of the desk: each figure from rows, for supervisors, and never of one member."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from coach.talk.actions import add_card
from handoff import actions, sweeper
from handoff.hours import Hours
from handoff.models import (
    DeskZone,
    Escalation,
    FlagRecord,
    Offer,
    OpeningHours,
    Rating,
    ServiceClock,
)
from handoff.reports import breaches, flags, load, offers, outcomes, waits
from handoff.reports.asked import Asked
from handoff.reports.open_time import OpenTime
from handoff.reports.shapes import Share, span_words
from handoff.reports.source import Source, at_share
from handoff.views.reports import FIGURES
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NOON = MONDAY + timedelta(hours=12)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WEEK = Asked(date(2026, 3, 2), date(2026, 3, 8), ZoneInfo("UTC"))
State = Escalation.State


def source(now=MONDAY + timedelta(days=7), **asked):
    return Source(Asked(WEEK.first, WEEK.last, asked.pop("zone", WEEK.zone), **asked), now)


def rows(figure):
    """The rows of a figure's table by their first cell."""
    return {row[0]: list(row[1:]) for row in figure.table.rows}


@pytest.fixture
def make_case(session, asha):
    """A case that was raised at noon of a Monday and is over, unless told otherwise."""

    def make(raised=NOON, taken=1, word=2, back=3, **fields):
        moments = {"accepted_at": taken, "first_human_at": word, "wrap_at": back}
        times = {name: raised + n * MINUTE for name, n in moments.items() if n is not None}
        over = times.get("wrap_at", raised)
        values = {"tier": 2, "code": "MED-S", "codes": ["MED-S"], "state": State.RESOLVED}
        values |= {"ring_since": raised, "note_for_coach": "x"}
        values |= {"resolved_at": over, "owner": asha, **times, **fields}
        return Escalation.objects.create(
            session=session, member=session.member, created_at=raised, **values
        )

    return make


# --- the pieces -----------------------------------------------------------------------------------


@given(
    st.lists(st.floats(0, 1e6), min_size=1, max_size=60),
    st.sampled_from([0.5, 0.95]),
)
def test_a_share_of_the_values_is_not_above_its_percentile_and_less_is_below(values, share):
    found = at_share(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


@given(st.integers(0, 10_000), st.integers(1, 4_000))
def test_as_much_is_open_until_a_deadline_as_was_promised(start, amount):
    weekly = {day: ((time(9), time(12)), (time(13), time(17, 30))) for day in range(5)}
    hours = Hours(ZoneInfo("Europe/London"), weekly, frozenset({date(2026, 3, 4)}))
    at = MONDAY + start * MINUTE
    due = hours.after(at, amount * MINUTE)
    open_time = OpenTime(hours, MONDAY, MONDAY + timedelta(days=60))
    assert open_time.between(at, due) == amount * 60


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.6, "1 min"), (200, "3 min 20 s"), (7200, "2 h"), (90_000, "1 d 1 h")],
)
def test_a_span_is_told_in_its_largest_units(seconds, words):
    assert span_words(seconds) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(0, 0, "—"), (1, 2, "1 of 2"), (9, 10, "90 % of 10")]
)
def test_a_percentage_is_of_enough_and_says_of_how_many(part, whole, words):
    assert str(Share(part, whole)) == words


# --- waits and promises ---------------------------------------------------------------------------


def test_waits_are_told_by_tier_beside_the_promise(make_case):
    for minutes in range(1, 21):
        make_case(taken=minutes, word=30, back=40)
    make_case(taken=None, word=None, back=None, state=State.CANCELLED, owner=None)
    count, half, most, promised, kept, share, never = rows(waits.accepted(source()))["P2 soon"]
    assert (count, half, most, promised) == (20, 600, 19 * 60, 900)
    assert (kept, str(share), never) == (15, "75 % of 20", 1)


def test_what_never_came_is_late_once_its_time_is_over(make_case):
    make_case()
    nobody = {"taken": None, "word": None, "back": None, "state": State.QUEUED, "owner": None}
    waiting = make_case(**nobody, resolved_at=None, next_action_at=NOON)
    assert str(rows(waits.accepted(source(now=NOON + 5 * MINUTE)))["P2 soon"][5]) == "1 of 1"
    assert str(rows(waits.accepted(source(now=NOON + HOUR)))["P2 soon"][5]) == "1 of 2"
    waiting.delete()
    make_case(word=None, back=None, state=State.ASSIGNED, resolved_at=None)
    assert str(rows(waits.first_words(source(now=NOON + HOUR)))["P2 soon"][5]) == "1 of 2"


def test_a_p3_that_nobody_took_in_time_is_no_late_p2(session, asha, time):
    case = actions.raise_escalation(session, "ASK", 3, "Can I talk to somebody?")
    raised = time.now()
    time.advance(hours=4, minutes=1)
    sweeper.sweep_once()
    actions.claim(case, asha)
    case.refresh_from_db()
    assert case.tier == 2

    def figures(**chosen):
        now = time.now()
        asked = Asked(raised.date(), now.date(), ZoneInfo("UTC"), **chosen)
        return waits.accepted(Source(asked, now))

    assert list(rows(figures())) == ["P3 today"]
    assert figures(tier=3).table.rows
    assert not figures(tier=2).table.rows
    by_clock = case.events.filter(changes__tier=2)
    assert by_clock.update(kind="overdue") == 1  # as older cases have it
    assert list(rows(figures())) == ["P3 today"]
    actions.raise_tier(case, _supervisor(asha), 1, "Her voice is slurred.")
    assert list(rows(figures())) == ["P1 urgent"]


def _supervisor(expert):
    expert.supervisor = True
    expert.save()
    return expert


def test_of_p2_only_the_hours_of_the_desk_count_and_of_p1_all(make_case):
    OpeningHours.objects.create(weekday=0, opens=time(13), closes=time(17))
    make_case(taken=75, word=76, back=77)
    make_case(taken=75, word=76, back=77, tier=1, code="MED-U")
    found = rows(waits.accepted(source()))
    assert found["P2 soon"][1] == 15 * 60
    assert found["P1 urgent"][1] == 75 * 60


def test_the_first_word_after_a_talk_has_a_promise_of_its_own(make_case, session):
    make_case()
    assert rows(waits.first_words(source()))["P2 soon"][1] == 60
    type(session).objects.update(ended_at=NOON)
    assert not waits.first_words(source()).table.rows
    assert rows(waits.followed_up(source()))["P2 soon"][3] == 4 * 3600


def test_a_clock_that_runs_has_kept_nothing_yet(make_case):
    case = make_case()
    for stage, stopped in ((0, NOON), (2, NOON), (3, NOON), (4, None), (1, None)):
        kind = {(4, None): "first_word", (1, None): "resolution"}.get((stage, stopped), "accept")
        ServiceClock.objects.create(
            escalation=case,
            kind=kind,
            stage=stage,
            started_at=NOON,
            due_at=NOON,
            next_at=NOON,
            stopped_at=stopped,
        )
    found = {row[0]: list(row[2:]) for row in breaches.breaches(source()).table.rows}
    assert found["Somebody takes it"][:2] == [2, 1]
    assert found["First word"][:2] == [0, 1]
    assert found["Resolved"][3] == 1


# --- flags and offers -----------------------------------------------------------------------------


def test_precision_is_of_those_that_were_judged(make_case, session):
    for verdict in ["right"] * 3 + ["wrong", ""]:
        make_case(flag_right=verdict)
    FlagRecord.objects.create(
        session=session, code="MED-S", severity=2, quote="x", speaker="member", created_at=NOON
    )
    figure = flags.precision(source())
    meaning, found, cases, judged, right, *_others, share = rows(figure)["MED-S"]
    assert (meaning, found, cases, judged, right) == ("Special diet need", 1, 5, 4, 3)
    assert str(share) == "3 of 4"
    assert figure.headline[1] == "3 of 4"


@pytest.fixture
def offer(make_case, asha):
    """An offer of a case to Asha, answered a minute after noon."""

    def make(state, case=None, held=0, **fields):
        at = NOON + MINUTE
        values = {"expert": asha, "created_at": NOON, "expires_at": at, "answered_at": at}
        values |= {"ended_at": None if held is None else at + held * MINUTE, **fields}
        return Offer.objects.create(escalation=case or make_case(), state=state, **values)

    return make


def test_what_was_taken_from_the_queue_was_not_offered(offer):
    offer("completed", held=5)
    offer("canceled", held=5)  # accepted, and then the member left
    offer("canceled")  # it rang, and was needed no more
    offer("completed", held=5, kind="claimed")
    offer("declined", reason="busy")
    offer("timed_out")
    found = {name: row[0] for name, row in rows(offers.answers(source())).items()}
    assert found == {
        "Accepted": 2,
        "Declined: busy with another case": 1,
        "Not answered": 1,
        "Ended otherwise, or still ringing": 1,
    }
    assert rows(offers.by_expert(source())) == {"Asha": [5, 2, 1, 1, 1]}


def test_a_reason_that_the_desk_offers_is_told(session, asha):
    case = actions.raise_escalation(session, "MED-S", 2, "x")
    (offer,) = actions.dispatch(case)
    desk = signed_in(asha.user)
    assert 'value="busy"' in desk.get(reverse("handoff:offers")).content.decode()
    desk.post(reverse("handoff:decline", args=[offer.pk]), {"reason": "busy"})
    today = case.created_at.date()
    figure = offers.answers(Source(Asked(today, today, ZoneInfo("UTC")), timezone.now()))
    assert rows(figure)["Declined: busy with another case"][0] == 1


def test_a_reason_in_somebodys_own_words_is_counted_and_not_shown(offer):
    offer("declined", reason="I know Mina")
    figure = offers.answers(source())
    assert rows(figure)["Declined: in their own words"][0] == 1
    assert "Mina" not in str(figure)


# --- what came after ------------------------------------------------------------------------------


def test_a_case_that_came_back_is_counted_once(make_case):
    first = make_case()
    make_case(reopened_from=first)
    make_case(reopened_from=make_case(tier=3), code="FUP", tier=4)  # as was agreed
    make_case(back=None, state=State.CANCELLED)
    assert rows(outcomes.reopened(source()))["P2 soon"][:2] == [2, 1]
    assert rows(outcomes.reopened(source()))["P3 today"][:2] == [1, 0]


# --- load -----------------------------------------------------------------------------------------


def test_days_and_hours_are_those_of_the_desk(make_case):
    make_case(raised=MONDAY - HOUR, back=90)
    kolkata = ZoneInfo("Asia/Kolkata")  # half past four on Monday there
    assert rows(load.raised(source(zone=kolkata)))["2026-03-02"] == [1, 0]
    assert load.raised(source()).chart is None
    heat = rows(load.by_hour(source(zone=kolkata)))
    assert heat["Monday"][4:7] == [0.5, 1, 0]
    assert rows(load.by_hour(source()))["Monday"][0] == 0.5  # open in the span, raised before it


def test_open_cases_are_a_mean_over_the_hours_that_have_been(make_case):
    make_case(raised=NOON, back=150)
    make_case(
        raised=NOON,
        taken=None,
        word=None,
        back=None,
        state="queued",
        owner=None,
        resolved_at=None,
        next_action_at=NOON,
    )
    monday = rows(load.by_hour(source(now=NOON + 3 * HOUR)))["Monday"]
    assert monday[11:16] == [0, 2, 2, 1.5, 0]


def test_hours_are_held_within_the_span_and_until_now(make_case, asha, offer):
    offer("completed", make_case(raised=NOON), held=90)
    before = MONDAY - 2 * HOUR
    offer(
        "completed", make_case(raised=before, back=180), answered_at=before, ended_at=MONDAY + HOUR
    )
    offer("accepted", make_case(), held=None)
    offer("timed_out")
    cases, held, share = rows(load.by_expert(source(now=NOON + 31 * MINUTE)))["Asha"]
    assert cases == 3
    assert held == pytest.approx(0.5 + 1 + 0.5)
    assert share == 100


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture
def chief(make_expert):
    return make_expert("Chief", supervisor=True)


def page(who, name="reports", args=(), **asked):
    return signed_in(who.user).get(reverse(f"handoff:{name}", args=args), asked)


def lately(make_case, **fields):
    return make_case(raised=timezone.now() - HOUR, **fields)


def test_reports_are_for_supervisors(asha, chief, session, client):
    assert page(chief).status_code == 200
    assert page(asha).status_code == 403
    assert page(asha, "report_csv", ["cases"]).status_code == 403
    client.force_login(session.member)
    assert client.get(reverse("handoff:reports")).status_code == 403


def test_the_desk_and_the_console_lead_supervisors_there(asha, chief):
    link = f'href="{reverse("handoff:reports")}"'
    assert link in page(chief, "desk").content.decode()
    assert link not in page(asha, "desk").content.decode()
    for expert in (asha, chief):
        expert.user.is_staff = expert.user.is_superuser = True
        expert.user.save()
    console = reverse("admin:index")
    assert link in signed_in(chief.user).get(console).content.decode()
    assert link not in signed_in(asha.user).get(console).content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "2026-03-02"}, "Choose a day."),
        ({"first": "2026-03-02", "last": "2090-01-01"}, "Choose a day up to today"),
        ({"first": "2026-03-02", "last": "2026-03-01"}, "ends before it begins"),
        ({"first": "2020-03-02", "last": "2026-03-01"}, "more than 366 days"),
        ({"first": "1066-10-14", "last": "2026-03-01"}, "Choose a day from"),
        ({"first": "soon", "last": "2026-03-01"}, "Enter a valid date"),
        ({"days": "8"}, "8 is not one of the available choices"),
        ({"tier": "9"}, "9 is not one of the available choices"),
    ],
)
def test_a_span_that_cannot_be_is_told_at_its_field(chief, asked, said):
    answer = page(chief, **asked)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert page(chief, "report_csv", ["cases"], **asked).status_code == 404


def test_a_choice_of_cases_goes_along_to_the_csv(chief, make_case):
    lately(make_case, language="de", flag_right="right")
    lately(make_case, language="es", flag_right="wrong")
    shown = page(chief, days="7", language="de", tier="2").content.decode()
    assert "language=de&amp;tier=2" in shown
    answer = page(chief, "report_csv", ["flags"], days="7", language="de")
    head, line = csv.reader(io.StringIO(answer.content.decode()))
    assert head[-1] == "Right, of judged (%)"
    assert line == ["MED-S", "Special diet need", "0", "1", "1", "1", "0", "0", "0", "100.0"]


def test_without_cases_the_page_says_what_to_do(chief):
    shown = page(chief).content.decode()
    assert "No cases in these days" in shown
    assert "<figure" not in shown


def test_no_cell_of_a_csv_is_a_formula(chief, make_case, make_expert):
    eve = make_expert("=HYPERLINK(1)")
    case = lately(make_case)
    at = case.created_at
    Offer.objects.create(
        escalation=case, expert=eve, state="declined", created_at=at, expires_at=at
    )
    found = page(chief, "report_csv", ["offers-by-expert"]).content.decode()
    assert "'=HYPERLINK(1)" in found
    assert page(chief, "report_csv", ["nothing"]).status_code == 404


SAID = "xyzzy"  # in whatever a person may have written, and in the member's name


@pytest.fixture
def full(make_session, make_expert, chief):
    """A practice in which all that was ever written has `SAID` in it."""
    talk = make_session(SAID)
    asha = make_expert("Asha")
    case = actions.raise_escalation(talk, "MED-S", 2, SAID, SAID)
    (offer,) = actions.dispatch(case)[:1]
    actions.decline(offer, offer.expert, SAID)
    case = actions.claim(case, asha)
    actions.take_floor(case, asha, "text")
    actions.say(case, asha, SAID, "c1")
    actions.hand_back(case, asha, SAID, "advised", first_words=SAID, flag_right="right")
    actions.rate(case, 3, SAID)
    FlagRecord.objects.create(
        session=talk,
        code="MED-S",
        severity=2,
        quote=SAID,
        speaker="member",
        created_at=timezone.now(),
    )
    return talk


def test_no_report_has_words_or_a_name_of_a_member(full, chief):
    answers = [page(chief), *(page(chief, "report_csv", [name]) for name in FIGURES)]
    assert [answer.status_code for answer in answers] == [200] * (1 + len(FIGURES))
    shown = [answer.content.decode() for answer in answers]
    assert not [text[:80] for text in shown if SAID in text]
    assert all(full.member.email not in text for text in shown)
    assert "Asha" in shown[0]  # who was signed out of the words is not who was at the desk


def test_every_number_that_is_drawn_stands_in_a_table_as_well(full, chief):
    shown = page(chief).content.decode()
    assert shown.count("bars__bar") + shown.count('class="days"') + shown.count('class="heat"') >= 9
    assert shown.count("<table") == shown.count("CSV\n")


def test_a_report_of_many_cases_asks_as_much_as_one_of_few(chief, make_case, make_expert, session):
    def fill(count):
        for number in range(count):
            case = lately(make_case, language="de" if number % 2 else "en")
            expert = make_expert(f"E{number}")
            at = case.created_at
            times = {"created_at": at, "expires_at": at, "answered_at": at}
            Offer.objects.create(
                escalation=case, expert=expert, state="completed", ended_at=at + MINUTE, **times
            )
            Rating.objects.create(escalation=case, asked_at=at, answer=3, answered_at=at)
        add_card(session, "person", str(case.pk))

    client, url = signed_in(chief.user), reverse("handoff:reports")

    def asked():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    DeskZone.objects.update(name="Europe/London")
    OpeningHours.objects.create(weekday=0, opens=time(9), closes=time(17))
    fill(2)
    asked()  # what is asked once
    few = asked()
    fill(20)
    assert asked() == few
    assert few <= 30
