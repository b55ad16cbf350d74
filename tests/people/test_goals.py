"""A wish about weight meets the guard first; what is within limits is noted after a yes."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.people.actions import save_profile
from coach.people.goals import Body, Verdict, Wish, judge, read
from coach.people.goals.guard import WEEKLY_SHARE
from coach.people.models import HealthFact, Profile, User
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import run_tool, start_session
from coach.talk.brief import make_brief
from handoff.models import Escalation

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I want to lose 10 kilos in two weeks", Wish("lose", 10, days=14)),
        ("I'd like to lose twenty pounds in a month", Wish("lose", 9.1, days=30)),
        ("I want to lose weight", Wish("lose")),
        ("I want to get down to 70 kilos", Wish("lose", target_kg=70)),
        ("my goal is to weigh 65 kg by March", Wish("", target_kg=65, days=92)),
        ("lose 3 kilos in the next 8 weeks", Wish("lose", 3, days=55)),
        ("I want to lose 2 kilos a week", Wish("lose", 2, days=7, each=True)),
        ("I want to gain 5 kilos", Wish("gain", 5)),
        ("drop 10 lbs by Christmas", Wish("lose", 4.5, days=25)),
        ("I want to keep my weight", Wish("maintain")),
    ],
)
def test_a_wish_is_read(said, wish):
    assert read(said, TODAY) == wish


MARCH_4 = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("said", "today", "days"),
    [
        ("lose 5 kilos in March", MARCH_4, 27),
        ("lose 5 kilos in March", date(2026, 3, 31), 1),
        ("lose 5 kilos in March 2027", MARCH_4, 392),
        ("lose 5 kilos in March next year", MARCH_4, 392),
        ("lose 5 kilos in next March", MARCH_4, 362),
        ("lose 5 kilos in April", MARCH_4, 57),
        ("lose 5 kilos by March", MARCH_4, 27),
        ("lose 5 kilos before March", MARCH_4, 362),
        ("lose 5 kilos by the end of March", MARCH_4, 27),
        ("lose 5 kilos until the end of march", TODAY, 122),
        ("lose 5 kilos before the end of March next year", MARCH_4, 392),
        ("lose 5 kilos by mid March", MARCH_4, 11),
        ("lose 5 kilos by 20 March", MARCH_4, 16),
        ("lose 5 kilos by March 20", MARCH_4, 16),
        ("lose 5 kilos by the end of the month", MARCH_4, 27),
        ("lose 5 kilos by the end of next month", MARCH_4, 57),
        ("lose 5 kilos by the end of the year", MARCH_4, 302),
    ],
)
def test_a_month_is_the_running_one_until_it_is_over(said, today, days):
    assert read(said, today) == Wish("lose", 5, days=days)


@pytest.mark.parametrize(
    ("said", "undated"),
    [
        ("lose 5 kilos before my wedding", True),
        ("lose 5 kilos by Easter", True),
        ("lose 5 kilos by the 20th", True),
        ("be 75 kilos before I turn 40", True),
        ("ich will bis Ende März 5 Kilo abnehmen", True),
        ("quiero perder 5 kilos antes de marzo", True),
        ("lose 5 kilos by walking more", False),
        ("drop my weight by 5 kilos", False),
        ("drop my weight by half a kilo", False),
        ("lose weight before my wedding", False),  # it says not how much
        ("lose 5 kilos by summer", False),
        ("lose 5 kilos by the end of March", False),
    ],
)
def test_a_time_that_is_not_read_is_asked_for(said, undated):
    wanted = Verdict.UNDATED if undated else Verdict.FINE
    assert judge(read(said, date(2026, 1, 4)), Body(80, 170)) == wanted


BODIES = st.builds(
    Body,
    st.none() | st.floats(40, 200),
    st.none() | st.floats(140, 200),
    st.none() | st.integers(18, 90),
)


@given(BODIES, st.floats(0.1, 60), st.integers(1, 400))
def test_nothing_faster_than_one_percent_a_week_is_ever_fine(body, kg, days):
    verdict = judge(Wish("lose", kg, days=days), body)
    if kg * 7 / days > WEEKLY_SHARE * (body.kg or 50):
        assert verdict != Verdict.FINE


@given(st.integers(1, 17), st.sampled_from(["lose", "gain"]), st.none() | st.floats(0.1, 5))
def test_no_wish_of_somebody_who_is_growing_is_fine(age, way, kg):
    assert judge(Wish(way, kg, days=365), Body(60, 160, age)) == Verdict.GROWING


@pytest.mark.parametrize(
    ("wish", "body", "verdict"),
    [
        (Wish("lose", 3, days=84), Body(80, 170, 40), Verdict.FINE),
        (Wish("lose", 3, days=84), Body(80, 170, 40, pregnant=True), Verdict.PREGNANT),
        (Wish("lose", target_kg=48), Body(60, 170, 40), Verdict.TOO_LOW),
        (Wish("lose"), Body(50, 175, 40), Verdict.TOO_LOW),
        (Wish("lose", 30), Body(100, 170, 40), Verdict.TOO_MUCH),
        (Wish("maintain"), Body(60, 170, 15), Verdict.FINE),
        (Wish("lose"), Body(None, 170, 40), Verdict.UNKNOWN),
        (Wish("lose", 3, days=84), Body(80, None, 40), Verdict.UNKNOWN),
        (Wish("gain", 2, days=84), Body(60, None, 40), Verdict.FINE),
    ],
)
def test_the_limits(wish, body, verdict):
    assert judge(wish, body) == verdict


@pytest.mark.parametrize(
    ("said", "body", "verdict"),
    [
        ("lose half a kilo each week", Body(50, 170), Verdict.TOO_LOW),
        ("weigh 38 kilos", Body(60), Verdict.UNKNOWN),
        ("40 kilos by summer", Body(41, 170), Verdict.TOO_LOW),
        ("40 kilos by summer", Body(60), Verdict.TOO_FAST),
        ("lose 500 grams a day", Body(80, 170), Verdict.TOO_FAST),
        ("lose 30 kilos", Body(), Verdict.UNKNOWN),
        ("I weigh 50 kilos and want to be 38", Body(50, 170), Verdict.TOO_LOW),
        ("I weigh 80 and want to lose 3", Body(80, 170), Verdict.FINE),
        ("I'm 90 kg and I want to get to 80 kg", Body(90, 170), Verdict.FINE),
        ("Ich will 10 Kilo in zwei Wochen abnehmen", Body(80, 170), Verdict.TOO_FAST),
        ("Ich will 500 Gramm am Tag abnehmen", Body(80, 170), Verdict.TOO_FAST),
        ("Ich möchte auf 45 Kilo runter", Body(80, 170), Verdict.TOO_LOW),
        ("quiero perder 10 kilos en dos semanas", Body(80, 170), Verdict.TOO_FAST),
    ],
)
def test_a_wish_that_says_how_much_is_always_judged(said, body, verdict):
    assert judge(read(said, TODAY), body) == verdict


@pytest.fixture
def talk(db):
    member = User.objects.create_user("maya@example.org", display_name="Maya")
    save_profile(member, {"weight_kg": 80.0, "height_cm": 170.0})
    persona = save_persona(
        Persona(slug="s", name="Sage", tools=["set_goal", "note_health", "talk_to_human"])
    )
    session = start_session(member, persona, make_brief(persona, member_name="Maya"))
    numbers = iter(range(100))

    def call(said, tool="set_goal"):
        arguments = json.dumps({"said": said})
        return json.loads(run_tool(session.pk, f"c{next(numbers)}", tool, arguments))

    call.member = member
    return call


def test_what_is_not_safe_is_refused_and_a_yes_calls_a_dietitian(talk):
    output = talk("I want to lose 10 kilos in two weeks")
    assert "not safe" in output["say"]
    assert output["say"].endswith("Shall I ask a dietitian to plan it with you?")
    assert not HealthFact.objects.filter(kind="goal").exists()
    talk(output["if_yes"]["said"], output["if_yes"]["tool"])
    assert Escalation.objects.exists()


def test_what_is_within_limits_is_noted_after_a_yes(talk):
    output = talk("I want to lose 3 kilos in 12 weeks")
    assert output["say"] == "Shall I note your goal: lose weight: 3 kg, in 12 weeks?"
    assert Profile.of(talk.member).goal == "maintain"
    talk(output["if_yes"]["said"])
    assert Profile.of(talk.member).goal == "lose"
    assert HealthFact.objects.noted().get(kind="goal").value == "lose weight: 3 kg, in 12 weeks"
    talk(talk("I want to keep my weight")["if_yes"]["said"])
    assert HealthFact.objects.noted().get(kind="goal").value == "keep your weight"
    assert Profile.of(talk.member).goal == "maintain"


@pytest.mark.parametrize(
    "told",
    [
        {"eating_concern": True},
        {"conditions": "diabetes"},
        {"pregnant": True},
        {"born_on": date.today() - timedelta(days=365 * 15)},
    ],
)
def test_who_needs_a_dietitian_gets_no_goal(talk, told):
    save_profile(talk.member, told)
    output = talk("I want to lose 3 kilos in 12 weeks")
    assert output["if_yes"]["tool"] == "talk_to_human"
    assert not any(mark.isdigit() for mark in output["say"])


def test_without_weight_and_height_a_goal_is_not_noted_but_asked_for(talk):
    Profile.objects.filter(user=talk.member).update(height_cm=None)
    output = talk("I want to weigh 38 kilos")
    assert "height" in output["say"]
    assert "if_yes" not in output
    assert not HealthFact.objects.exists()


def test_a_goal_is_not_noted_before_its_time_is_known(talk):
    output = talk("I want to lose 3 kilos before my wedding")
    assert output["say"].startswith("Until when is that?")
    assert "if_yes" not in output
    assert not HealthFact.objects.exists()


def test_a_goal_is_judged_again_when_it_is_confirmed(talk):
    asked = talk("I want to lose 3 kilos in 12 weeks")
    save_profile(talk.member, {"pregnant": True})
    assert "dietitian" in talk(asked["if_yes"]["said"])["say"]
    assert not HealthFact.objects.noted().filter(kind="goal").exists()


def test_only_the_tool_of_goals_confirms_a_goal(talk):
    asked = talk("I want to lose 3 kilos in 12 weeks")
    talk(asked["if_yes"]["said"], "note_health")
    assert not HealthFact.objects.noted().exists()
    assert Profile.of(talk.member).goal == "maintain"
