"""Whether a food is all right for a member: profile, plan and reviewed texts answer."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import clock
from coach.nutrition.advice.asked import MOST_WORDS, asked_for
from coach.nutrition.advice.judge import Verdict, judge_food
from coach.nutrition.advice.reviewed import RULES, Level, rules_for
from coach.nutrition.foods.classes import class_names
from coach.nutrition.models.diary import DiaryChange, Meal
from coach.nutrition.speech.judged import offer, say_judged
from coach.people.models import Profile
from coach.talk.registries import orders, plans
from coach.talk.registries.plans import Plan
from tests.support.diary import NOON, make_member
from tests.support.nutrition_talk import NutritionTalk

HERE = Path(__file__).parent
BODY = {
    "sex": "female",
    "born_on": "1990-01-01",
    "height_cm": 168,
    "weight_kg": 68,
    "activity": "moderate",
}


@pytest.fixture
def member(monkeypatch, db):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return make_member(**BODY)


def cases(name):
    for line in (HERE / name).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            profile, _bar, rest = line.partition(" | ")
            said, _arrow, parts = rest.partition(" => ")
            offered = parts.endswith("+")
            yield profile, said, [p.strip() for p in parts.rstrip("+").split("|")], offered


def with_profile(member, told):
    """`member` with the profile that a line of a file tells: "allergies=milk"."""
    name, _is, value = told.partition("=")
    yes = value == "yes" if name in ("pregnant", "eating_concern") else value
    profile = Profile(user=member, **{**BODY, name: yes or ""})
    if name in ("pregnant", "eating_concern"):
        setattr(profile, name, bool(yes))
    Profile.objects.filter(user=member).delete()
    profile.save()
    member.refresh_from_db()
    return member


def wrong(member, name):
    """Each question of a file that is answered otherwise than it says there."""
    found = []
    for profile, said, parts, offered in cases(name):
        judged = judge_food(with_profile(member, profile), said)
        say = say_judged(judged, member)
        for part in parts:
            if (part.removeprefix("!").lower() in say.lower()) == part.startswith("!"):
                found.append(f"{profile!r} {said!r} wants {part!r}, said {say!r}")
        if bool(offer(judged)) != offered:
            found.append(f"{profile!r} {said!r} wants an offer: {offered}, said {say!r}")
    print("\n".join(found))
    return found


def test_questions(member):
    assert wrong(member, "advice_for_me.txt") == []


def test_questions_put_aside(member):
    assert wrong(member, "advice_for_me_aside.txt") == []


def test_it_logs_nothing_and_offers_a_dietitian_in_its_data(member):
    with_profile(member, "conditions=type 2 diabetes")
    talk = NutritionTalk(member)
    output = talk.call("food_for_me", "Can I eat bananas with diabetes?")
    assert output["say"].endswith("Shall I ask a dietitian?")
    assert output["if_yes"] == {
        "tool": "talk_to_human",
        "said": "Please ask a dietitian: Can I eat bananas with diabetes?",
    }
    assert not Meal.objects.exists()
    assert not DiaryChange.objects.exists()
    assert "if_yes" not in NutritionTalk(make_member("b@example.org")).call(
        "food_for_me", "can I have a mango?"
    )


def test_a_talk_that_can_call_nobody_asks_for_no_dietitian(member):
    with_profile(member, "conditions=type 2 diabetes")
    talk = NutritionTalk(member, tools=["food_for_me"])
    output = talk.call("food_for_me", "Can I eat bananas with diabetes?")
    assert "dietitian?" not in output["say"]
    assert "if_yes" not in output


def test_the_plan_of_a_dietitian_goes_first(member, monkeypatch):
    plan = Plan("Asha", "Two bananas a day are fine. No grapefruit.", NOON)
    monkeypatch.setattr(plans, "_sources", [lambda _member: plan])
    with_profile(member, "conditions=type 2 diabetes")

    def say(said):
        return say_judged(judge_food(member, said), member)

    assert say("can I have a banana").startswith("Asha noted for you: “Two bananas a day are fine”")
    assert "No grapefruit" in say("may I eat grapefruit")
    assert "Asha" not in say("can I have rice")


@pytest.mark.parametrize(
    ("note", "said", "noted"),
    [
        ("Half a banana is fine. Fruit is fine, two pieces a day.", "can I have a mango?", "two"),
        ("Half a banana is fine. Fruit is fine, two pieces a day.", "can I have a banana", "Half"),
        ("Fruit is fine, two pieces a day.", "can I have apple pie", ""),
        ("Fruit is fine, two pieces a day.", "can I have mango juice", ""),
        ("Fruit juice only at breakfast.", "can I have a mango", ""),
        ("Fish is fine.", "can I have sushi", ""),
        ("Vegetables as you like.", "can I have broccoli", "as you like"),
    ],
)
def test_a_plan_speaks_of_a_food_by_what_it_is(member, monkeypatch, note, said, noted):
    monkeypatch.setattr(plans, "_sources", [lambda _member: Plan("Asha", note, NOON)])
    judged = judge_food(with_profile(member, "conditions=type 2 diabetes"), said)
    assert (judged.verdict is Verdict.PLAN) == bool(noted)
    assert noted in judged.planned
    if noted:
        assert offer(judged) == ""  # who has said it already is not called again


def test_what_reviewed_advice_forbids_no_plan_for_its_kind_allows(member, monkeypatch):
    plan = Plan("Asha", "Fruit is fine.", NOON)
    monkeypatch.setattr(plans, "_sources", [lambda _member: plan])
    with_profile(member, "medicines=simvastatin")
    assert judge_food(member, "can I have a grapefruit").verdict is Verdict.ADVICE


def test_a_plan_that_may_not_be_quoted_is_kept_and_not_said(member, monkeypatch):
    plan = Plan("Asha, dietitian", "She binges on nuts. Avoid grapefruit. Fruit is fine.", NOON)
    plan = Plan(plan.by, plan.note, NOON, quotable=False)
    monkeypatch.setattr(plans, "_sources", [lambda _member: plan])
    with_profile(member, "conditions=type 2 diabetes")
    for said in ("can I have a grapefruit", "can I have almonds", "can I have a mango"):
        say = say_judged(judge_food(member, said), member)
        assert "noted" not in say
        assert "binge" not in say
    say = say_judged(judge_food(member, "can I have a grapefruit"), member)
    assert say.startswith("Leave out a grapefruit for now: Asha, dietitian, asked me to say so.")


def test_a_plan_hides_no_allergy_and_speaks_only_of_its_foods(member, monkeypatch):
    note = "Go for a walk with a friend. Drink 1.5 litres of water. Noodles once a week. Avoid zoof"
    monkeypatch.setattr(plans, "_sources", [lambda _member: Plan("Asha", note, NOON)])
    with_profile(member, "allergies=peanuts")

    def say(said):
        return say_judged(judge_food(member, said), member)

    both = say("can I have noodles with peanut sauce")
    assert both.startswith("No: leave out noodles with peanut sauce")
    assert "Asha noted for you: “Noodles once a week”" in both
    assert "Asha" not in say("can I have rice with broccoli")
    assert "“Drink 1.5 litres of water”" in say("can I have a glass of water")
    assert "I could not check it for zoof" in say("can I have rice")


@pytest.mark.parametrize("profile", ["allergies=peanuts", "conditions=type 2 diabetes"])
def test_a_food_that_no_table_reads_is_no_food_that_is_right(member, profile, monkeypatch):
    monkeypatch.setattr("coach.nutrition.advice.judge._unread", lambda _index, _foods: True)
    judged = judge_food(with_profile(member, profile), "can I have broccoli")
    assert judged.verdict is Verdict.UNKNOWN
    assert "I don't know what broccoli is made of" in say_judged(judged, member)


def test_a_food_without_a_row_is_named(member):
    judged = judge_food(member, "can I take florgle on an empty stomach")
    assert "florgle" in say_judged(judged, member)


def test_long_words_are_read_up_to_a_limit():
    assert len(asked_for("mango " * (2 * MOST_WORDS)).foods.split()) == MOST_WORDS
    assert asked_for("can I have rice with my milk and egg allergy").allergies.classes == {
        "milk",
        "egg",
    }


def test_an_order_to_advise_nothing_silences_all_but_allergies(member, monkeypatch):
    monkeypatch.setattr(orders, "_sources", [lambda _member: ["no_advice"]])
    with_profile(member, "allergies=peanuts")
    talk = NutritionTalk(member)
    assert "I leave that to your expert" in talk.say("food_for_me", "can I have a mango")
    assert "leave out satay" in talk.say("food_for_me", "can I have satay")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.when[:12]}-{min(rule.classes)}")
def test_each_rule_can_be_reached_and_names_its_source(rule):
    assert rule.classes <= class_names()
    assert str(rule.source)
    assert str(rule.advice).endswith(".")
    assert not any(character.isdigit() for character in str(rule.advice).replace("G6PD", ""))


def test_the_strongest_advice_comes_first():
    levels = [rule.level for rule in rules_for("pregnant, diabetes", {"sugary", "soft_cheese"})]
    assert levels == [Level.AVOID, Level.CARE]
    assert rules_for("", {"soft_cheese"}) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_words_can_be_read(said):
    asked_for(said)
