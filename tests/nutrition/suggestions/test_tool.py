"""The tool that proposes meals: what it says, what it writes, what its cards do."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from coach import clock
from coach.nutrition.actions.suggest import suggest_meals
from coach.nutrition.day import total
from coach.nutrition.foods.files import index_from_files
from coach.nutrition.models.diary import Meal, MealItem
from coach.nutrition.models.drafts import MealDraft
from coach.nutrition.speech.phrasing import rounded
from coach.nutrition.suggestions.wish import wish_in
from coach.talk.registries import orders, plans
from coach.talk.registries.plans import Plan
from tests.support.diary import NOON, make_member
from tests.support.nutrition_talk import NutritionTalk

pytestmark = pytest.mark.django_db
BODY = {
    "sex": "female",
    "born_on": "1990-01-01",
    "height_cm": 168,
    "weight_kg": 68,
    "activity": "moderate",
    "goal": "maintain",
}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def talk_of(**profile):
    member = make_member(**profile)
    member.refresh_from_db()
    return NutritionTalk(member)


@pytest.fixture
def talk():
    return talk_of(**BODY, allergies="peanuts", eating_style="vegetarian")


def drafts():
    return list(MealDraft.objects.order_by("pk"))


def test_what_is_said_is_what_the_cards_show(talk):
    output = talk.call("suggest_meal", "what should I eat tonight")
    found = drafts()
    assert len(found) == len(output["proposals"]) == len(talk.cards()) == 3
    for draft, card in zip(found, talk.cards(), strict=True):
        assert draft.title in output["say"]
        kcal = rounded(total(draft.items)["kcal"])
        assert kcal in output["say"]
        assert kcal in card
        assert "Log this" in card
    assert output["say"].startswith("For dinner you could have ")
    assert "I left out peanuts." in output["say"]
    assert "2,150 kilocalories left today" in output["say"]
    assert not Meal.objects.exists()


def test_a_day_is_planned_meal_by_meal_within_its_energy(talk):
    output = talk.call("suggest_meal", "plan tomorrow for me, all three meals, about 1500")
    found = drafts()
    assert [draft.slot for draft in found] == ["breakfast", "lunch", "dinner"]
    assert all(draft.title in output["say"] for draft in found)
    kcal = sum(total(draft.items)["kcal"] for draft in found)
    assert f"Together they have {rounded(kcal)} kilocalories." in output["say"]
    assert kcal <= 1500
    assert not Meal.objects.exists()


def test_numbers_in_the_sentence_are_those_of_the_rows(talk):
    said = talk.say("suggest_meal", "a dinner with a lot of protein under 600 calories")
    amounts = {rounded(total(draft.items)["protein_g"], "protein_g") for draft in drafts()}
    numbers = set(re.findall(r"\d+(?:\.\d+)?", said))
    assert numbers == amounts
    assert all(total(draft.items)["kcal"] <= 600 for draft in drafts())


def test_pressing_twice_logs_once_and_undo_takes_it_back(talk, client):
    talk.call("suggest_meal", "an idea for lunch")
    draft = drafts()[0]
    client.force_login(talk.member)
    add = reverse("nutrition:draft_add", args=[draft.pk])
    first = client.post(add, {}, headers={"X-Requested-With": "fetch"}).json()
    again = client.post(add, {}, headers={"X-Requested-With": "fetch"}).json()
    assert first["undo"] == again["undo"]
    meal = Meal.objects.get()
    assert [(i.name, i.grams) for i in meal.items.all()] == [(i.name, i.grams) for i in draft.items]
    assert (meal.slot, meal.day) == ("lunch", NOON.date())
    assert "Undo" in talk.cards()[0]
    client.post(first["undo"], {}, headers={"X-Requested-With": "fetch"})
    assert not Meal.objects.kept().exists()
    assert "Put back" in talk.cards()[0]


def test_a_proposal_that_is_added_later_is_eaten_then(talk, client, monkeypatch):
    talk.call("suggest_meal", "an idea for dinner")
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=20))
    client.force_login(talk.member)
    client.post(reverse("nutrition:draft_add", args=[drafts()[0].pk]))
    assert Meal.objects.get().day == NOON.date() + timedelta(days=1)


def test_a_repeated_call_proposes_the_same(talk):
    first = talk.call("suggest_meal", "tonight?", call_id="same")
    assert talk.call("suggest_meal", "tonight?", call_id="same") == first
    assert len(drafts()) == 3


def test_something_else_is_something_else(talk):
    talk.call("suggest_meal", "a dinner")
    talk.call("suggest_meal", "something else for dinner")
    assert len({draft.title for draft in drafts()}) == 6


def test_words_without_a_name_are_not_about_a_proposal(talk):
    talk.call("log_meal", "two eggs for breakfast")
    talk.call("suggest_meal", "what's for lunch")
    talk.call("change_meal", "make that three eggs")
    assert MealItem.objects.get().grams == 150


def test_a_meal_that_was_had_before_is_proposed_again():
    talk = talk_of(**BODY)
    for back in (2, 3, 5):
        day = NOON - timedelta(days=back)
        meal = Meal.objects.create(
            member=talk.member, eaten_at=day, zone="UTC", day=day.date(), slot="lunch"
        )
        for name, grams, kcal in (("Lentil soup", 370, 300), ("Bread", 50, 130)):
            MealItem.objects.create(
                meal=meal, name=name, spoken=f"my {name.lower()}", grams=grams, kcal=kcal,
                protein_g=15, carbohydrate_g=40, fat_g=4,
            )  # fmt: skip
    said = talk.say("suggest_meal", "lunch ideas with lentils")
    assert "my lentil soup and my bread" in said
    mine = next(draft for draft in drafts() if draft.title.startswith("my"))
    assert total(mine.items)["kcal"] == 430


def test_without_targets_it_still_works_and_says_so():
    talk = talk_of()
    said = talk.say("suggest_meal", "what should I eat")
    assert "I have no energy target for you" in said
    assert len(drafts()) == 3


def test_what_could_not_be_checked_is_said():
    assert "I could not check them for birch pollen." in talk_of(allergies="birch pollen").say(
        "suggest_meal", "a snack please"
    )


def test_who_should_see_no_numbers_sees_none():
    talk = talk_of(**BODY, eating_concern=True)
    output = talk.call("suggest_meal", "what can I have for lunch")
    assert not re.search(r"\d", output["say"])
    assert all("kcal" not in card for card in talk.cards())
    assert all(set(one) == {"name"} for one in output["proposals"])


def test_what_a_dietitian_ordered_is_kept_to(monkeypatch):
    talk = talk_of(**BODY)
    monkeypatch.setattr(orders, "_sources", [lambda _member: ["no_calories"]])
    assert "kilocalories" not in talk.say("suggest_meal", "what should I eat")
    assert all("kcal" not in card for card in talk.cards())
    monkeypatch.setattr(orders, "_sources", [lambda _member: ["no_advice"]])
    assert "expert" in talk.call("suggest_meal", "what should I eat")["say"]
    assert len(drafts()) == 3


def test_what_a_dietitian_wrote_is_left_out(monkeypatch):
    plan = Plan("Asha", "No dairy for two weeks, please.", NOON)
    monkeypatch.setattr(plans, "_sources", [lambda _member: plan])
    talk_of(**BODY).call("suggest_meal", "a breakfast with cheese or yoghurt")
    assert not any(
        re.search("cheese|yog|milk", item.name.lower()) and "soy" not in item.name.lower()
        for draft in drafts()
        for item in draft.items
    )


def test_nothing_that_fits_is_said_and_nothing_shown(talk):
    output = talk.call("suggest_meal", "a dinner under 51 calories")
    assert output["proposals"] == []
    assert "I know no meal that is within that" in output["say"]


def test_a_card_is_escaped_and_has_no_buttons_for_who_reads_along(talk):
    talk.call("suggest_meal", "a snack")
    MealDraft.objects.update(title="<b>soup</b>")
    assert "<b>soup" not in talk.cards()[0]
    other = make_member("expert@example.org")
    assert "<form" not in talk.cards(other)[0]


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("what should I eat tonight", "dinner"),
        ("breakfast ideas", "breakfast"),
        ("I'm peckish", "snack"),
        ("something sweet", "snack"),
        ("what now", "lunch"),  # it is one o'clock
        ("una cena vegetariana", "dinner"),
        ("eine Idee zum Frühstück", "breakfast"),
        ("une idée pour le déjeuner", "lunch"),
        ("저녁 뭐 먹지", "dinner"),
    ],
)
def test_the_meal_that_is_meant(talk, said, slot):
    talk.call("suggest_meal", said)
    assert {draft.slot for draft in drafts()} == {slot}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("what could I cook with lentils", "lentil"),
        ("a dinner with tofu", "tofu"),
        ("I've got eggs and spinach for dinner", "egg"),
    ],
)
def test_what_is_at_home_is_used(talk, said, words):
    assert words in talk.say("suggest_meal", said)


def test_a_repeated_request_says_the_same(talk):
    """Where nothing fits into what is left of the day, that is said the second time too."""
    for said in ("a dinner under 60 calories", "dinner"):
        results = [suggest_meals(talk.member, said, key=f"same-{said}") for _ in range(2)]
        assert results[0].fits == results[1].fits
        assert [d.pk for d in results[0].drafts] == [d.pk for d in results[1].drafts]


def test_what_is_proposed_beyond_a_limit_does_not_fit_when_repeated(talk, monkeypatch):
    first = suggest_meals(talk.member, "dinner", key="k")
    assert first.fits
    monkeypatch.setattr("coach.nutrition.actions.suggest.limit_of", lambda _wish, _left: 1.0)
    again = suggest_meals(talk.member, "dinner", key="k")
    assert again.drafts == first.drafts
    assert not again.fits


@pytest.mark.parametrize(
    ("said", "kcal"),
    [
        ("plan my meals for today with 1800", 1800),
        ("plan my day with two thousand calories", 2000),
        ("plan three meals, under 1,500 kcal", 1500),
        ("plan my meals for Monday 14 December 2026", None),
        ("plan my day with 900 g of vegetables", None),
    ],
)
def test_the_number_of_a_plan_is_the_energy_of_its_day(said, kcal):
    wish = wish_in(index_from_files(), said)
    assert (wish.whole_day, wish.most_kcal) == (True, kcal)
