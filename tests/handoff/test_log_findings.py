"""What members log calls a person without a word: once, and never for an empty diary."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from coach.nutrition.actions.history import record
from coach.nutrition.diary_clock import instant_of
from coach.nutrition.diary_clock import today as diary_day
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.people.actions import measure
from coach.people.health import Measured, read
from coach.people.models import Measurement, Profile
from coach.talk.actions import end_session, record_turn
from coach.talk.models import Session, Turn
from handoff import sweeper
from handoff.actions.log_findings import look, look_soon, look_tomorrow, looks_due
from handoff.logs.rows import TOLD_WHOLE
from handoff.models import Escalation, FlagRecord, LogLook
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
State = Escalation.State
MEALS = ("breakfast", "lunch", "dinner")


@pytest.fixture
def member(session):
    Profile.of(session.member)
    return session.member


@pytest.fixture
def ate(member, time):
    """So many kcal a day, on the days before today, in so many meals; then comes the morning."""

    def log(*kcals, slots=MEALS):
        today = diary_day(member, time.now())
        for back, kcal in zip(range(len(kcals), 0, -1), kcals, strict=True):
            day = today - timedelta(days=back)
            for slot in slots:
                at = instant_of(day, time.now().time(), member.zone)
                meal = Meal.objects.create(
                    member=member, day=day, slot=slot, zone="Europe/London", eaten_at=at
                )
                part = {"kcal": kcal / len(slots), "grams": 100.0, "name": "soup"}
                rest = dict.fromkeys(("protein_g", "carbohydrate_g", "fat_g"), 1.0)
                MealItem.objects.create(meal=meal, **part, **rest)
        look_tomorrow(member, time.now())
        time.advance(hours=26)

    return log


FALLING = (80, 78.8, 77.6, 76.4, 75.2, 74)


def weigh(member, time, *kilos, each=7):
    for kg in kilos:
        measure(member, [Measured("weight", kg, "kg")])
        time.advance(days=each)
    time.advance(days=-each, minutes=11)


def the_case():
    return Escalation.objects.get()


def test_three_whole_days_below_800_kcal_call_a_dietitian(ate, session):
    ate(640, 710, 590)
    sweeper.tidy_once()
    case = the_case()
    assert (case.code, case.tier, case.session_id) == ("ED-S", 2, session.pk)
    assert case.quote == ""
    assert "800 kcal" in case.why
    assert FlagRecord.objects.get().source == FlagRecord.Source.LOG


def test_an_empty_diary_or_one_with_gaps_calls_nobody(ate, member, time):
    ate(300, 250, 280, slots=("breakfast",))
    sweeper.tidy_once()
    time.advance(days=3)
    look_tomorrow(member, time.now())
    time.advance(days=1)
    sweeper.tidy_once()
    assert not Escalation.objects.exists()


def test_unless_the_member_said_in_the_evening_that_it_was_all(ate, session, member, time):
    for back in (3, 2, 1):
        turn = record_turn(session, Turn.Speaker.MEMBER, "that was all I ate today")
        evening = instant_of(
            diary_day(member, time.now()) - timedelta(days=back),
            time.now().time().replace(hour=20),
            member.zone,
        )
        Turn.objects.filter(pk=turn.pk).update(created_at=evening)
    ate(300, 250, 280, slots=("breakfast",))
    sweeper.tidy_once()
    assert the_case().code == "ED-S"


def test_a_goal_that_a_dietitian_has_set_so_low_is_known_already(ate, member):
    Profile.objects.filter(user=member).update(target_kcal=800)
    ate(640, 710, 590)
    sweeper.tidy_once()
    assert not Escalation.objects.exists()


def test_nobody_is_called_again_for_the_same_days(ate, member, time, session):
    ate(640, 710, 590)
    sweeper.tidy_once()
    events = the_case().last_event
    look_tomorrow(member, time.now())
    time.advance(days=1)
    sweeper.tidy_once()
    assert the_case().last_event == events


def test_nobody_is_called_before_the_day_is_over(ate, member, time):
    ate(640, 710, 590)
    time.advance(hours=-26)
    assert LogLook.objects.get().due_at > time.now()
    sweeper.tidy_once()
    assert not Escalation.objects.exists()


def test_after_the_talk_it_is_a_follow_up(ate, session):
    end_session(session)
    ate(640, 710, 590)
    sweeper.tidy_once()
    assert the_case().state == State.FOLLOW_UP


def test_who_never_talked_has_a_case_too(ate, member, session):
    Session.objects.all().delete()
    ate(640, 710, 590)
    sweeper.tidy_once()
    case = the_case()
    assert case.state == State.FOLLOW_UP
    assert case.session.ended_at is not None
    assert "From your diary" in _page(member, case.session)


def _page(member, session):
    return signed_in(member).get(reverse("talk:live", args=[session.pk])).content.decode()


def test_a_diary_that_is_changed_is_looked_at_in_the_morning(ate, member, time):
    ate(640)
    LogLook.objects.all().delete()
    meal = Meal.objects.first()
    record(member, DiaryChange.Verb.LOG, meal, {str(meal.pk): None})
    due = LogLook.objects.get(member=member).due_at
    assert time.now() < due <= time.now() + timedelta(hours=26)


def test_weight_that_falls_too_fast_calls_a_dietitian_after_a_while(member, time):
    weigh(member, time, *FALLING)
    sweeper.tidy_once()
    assert (the_case().code, the_case().tier) == ("MED-W", 2)


def test_a_weight_that_is_taken_back_in_time_calls_nobody(member, time):
    weigh(member, time, *FALLING)
    Measurement.objects.filter(value__lt=79).update(undone_at=time.now())
    sweeper.tidy_once()
    assert not Escalation.objects.exists()


def test_of_an_eating_disorder_a_loss_is_a_sign(member, time):
    Profile.objects.filter(user=member).update(eating_concern=True)
    weigh(member, time, *FALLING)
    sweeper.tidy_once()
    assert the_case().code == "ED-S"


def test_an_alarming_blood_sugar_is_an_emergency_at_once(member, session):
    measure(member, [Measured("sugar", 42, "mg/dL")], session=session)
    case = the_case()
    assert (case.code, case.tier, case.state) == ("MED-E", 0, State.QUEUED)
    assert case.crisis_card is not None


def test_so_is_a_very_high_blood_pressure_urgent(member, session):
    measure(member, [Measured("pressure", 190, "mmHg", 110)], session=session)
    assert (the_case().code, the_case().tier) == ("MED-U", 1)


def test_a_reading_of_another_day_calls_nobody(member, session):
    measure(member, [Measured("sugar", 42, "mg/dL", days_ago=2)], session=session)
    assert not Escalation.objects.exists()


def test_what_the_words_have_called_for_is_not_called_for_twice(member, session):
    record_turn(session, Turn.Speaker.MEMBER, "my blood sugar is 42")
    events = the_case().last_event
    measure(member, [Measured("sugar", 42, "mg/dL")], session=session)
    assert the_case().last_event == events
    assert FlagRecord.objects.count() == 2


@pytest.mark.parametrize(
    "said",
    [
        "sugar 2 spoons in my tea",
        "my level is 3 now",
        "my sugar was 45 today",
        "blood sugar at 3 in the morning was 110",
        "my sugar was 500 when I was diagnosed ten years ago",
        "190/110",
        "my bp used to be 190/100",
    ],
)
def test_a_doubtful_or_an_old_reading_calls_nobody(member, session, said):
    measure(member, read(said).measured, session=session)
    assert not Escalation.objects.exists()


@pytest.mark.parametrize("said", ["my blood sugar is 42", "my sugar is 2.4 mmol/L"])
def test_a_reading_with_its_name_and_unit_calls_at_once(member, session, said):
    measure(member, read(said).measured, session=session)
    assert the_case().tier == 0


@pytest.mark.parametrize(
    "said",
    [
        "ok that's all, thank you",
        "that's all I wanted to know",
        "that's all for today, good night",
        "that's all I had time for",
        "that's all I had for dinner",
        "I had nothing else planned today",
        "nothing more today, thanks",
        "I only had one question today",
    ],
)
def test_a_goodbye_does_not_say_that_all_food_was_told(said):
    assert not TOLD_WHOLE.search(said)


@pytest.mark.parametrize(
    "said",
    [
        "That's all I ate today.",
        "that was everything I've eaten",
        "that is all I had today",
        "I ate nothing else today",
        "nothing more to eat today",
        "I've only had a soup all day",
        "that's all the food for today",
    ],
)
def test_who_names_the_food_says_that_it_was_all(said):
    assert TOLD_WHOLE.search(said)


def test_what_is_logged_while_a_look_is_due_is_looked_at_too(member, time):
    look_soon(member, time.now())
    time.advance(minutes=11)
    (under_way,) = looks_due(time.now())
    look_tomorrow(member, time.now())
    assert look(under_way) is None
    due = LogLook.objects.get().due_at
    assert time.now() < due <= time.now() + timedelta(minutes=10)


def test_looks_that_fail_do_not_keep_the_others_waiting(member, time, monkeypatch, make_session):
    other = make_session("Noor").member
    look_soon(member, time.now())
    time.advance(seconds=1)
    look_soon(other, time.now())
    time.advance(minutes=11)

    def one_breaks(row):
        if row.member_id == member.pk:
            raise ValueError
        return look(row)

    monkeypatch.setattr("handoff.sweeper.look", one_breaks)
    monkeypatch.setattr("handoff.actions.log_findings.BATCH", 1)
    sweeper.tidy_once()
    sweeper.tidy_once()
    assert LogLook.objects.get(member=other).due_at is None
    assert LogLook.objects.get(member=member).due_at > time.now() + timedelta(minutes=59)


def test_the_reason_is_read_in_the_language_of_the_reader(ate, member):
    member.language = "de"
    member.save()
    ate(640, 710, 590)
    with translation.override("de"):
        sweeper.tidy_once()
    case = the_case()
    assert case.reason == "log:very_low_days"
    with translation.override("en"):
        assert case.why.startswith("On three whole days")


def test_a_reason_in_a_persons_words_stays_as_it_is():
    assert Escalation(reason="sugar").why == "sugar"
    assert Escalation(reason="log: he called").why == "log: he called"
