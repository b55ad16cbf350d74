"""The diary's pages: what they show, whose it is, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coach.nutrition import actions
from coach.nutrition.diary_clock import today
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.pages.views.log import _question
from coach.talk.registries import orders
from tests.support.diary import make_member

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def member():
    return make_member(
        sex="female",
        born_on="1990-05-01",
        height_cm=168,
        weight_kg=68,
        activity="moderate",
        goal="maintain",
    )


@pytest.fixture
def page(client, member):
    client.force_login(member)
    return client


def log(member, said="two eggs and a banana for breakfast", **more):
    return actions.log_meal(member, said, **more)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize(
    "name", ["nutrition:diary", "nutrition:today", "nutrition:targets", "people:profile"]
)
def test_pages_are_for_who_is_signed_in(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_an_empty_day_shows_what_one_can_say(page):
    answer = page.get(reverse("nutrition:diary"))
    assert "data-example" in answer.content.decode()
    assert "Nothing written down yet today" in text_of(answer)


def test_a_day_shows_its_meals_and_its_targets(page, member):
    log(member)
    shown = text_of(page.get(reverse("nutrition:diary")))
    assert "Breakfast" in shown
    assert "of 2,150 kcal" in shown
    assert "two eggs and a banana for breakfast" in shown


def test_another_day_does_not_show_them(page, member):
    log(member)
    yesterday = today(member) - timedelta(days=1)
    shown = text_of(page.get(reverse("nutrition:day", args=[yesterday])))
    assert "two eggs and a banana" not in shown
    assert "Yesterday" in shown


def test_a_day_that_is_no_day_is_not_found(page):
    assert page.get("/diary/2026-13-40/").status_code == 404


def test_logging_with_script_answers_with_undo(page, member):
    answer = page.post(
        reverse("nutrition:log"),
        {"said": "two eggs for breakfast", "key": "abc", "day": today(member)},
        headers=FETCH,
    ).json()
    assert "eggs for breakfast" in answer["message"]
    assert Meal.objects.kept().count() == 1
    page.post(answer["undo"], headers=FETCH)
    assert Meal.objects.kept().count() == 0


def test_sending_the_form_twice_writes_once(page, member):
    sent = {"said": "two eggs for breakfast", "key": "abc"}
    for _ in range(2):
        page.post(reverse("nutrition:log"), sent, headers=FETCH)
    assert Meal.objects.count() == 1


def test_a_question_keeps_what_was_typed(page):
    answer = page.post(reverse("nutrition:log"), {"said": "a plate of florgle"}, headers=FETCH)
    assert answer.json()["rest"] == "a plate of florgle"
    assert "?" in answer.json()["answer"]
    plain = page.post(reverse("nutrition:log"), {"said": "a plate of florgle"})
    assert 'value="a plate of florgle"' in plain.content.decode()
    assert Meal.objects.count() == 0


def test_without_script_the_form_comes_back_to_the_day(page, member):
    day = today(member) - timedelta(days=2)
    answer = page.post(reverse("nutrition:log"), {"said": "a banana", "day": day}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("nutrition:day", args=[day])
    assert "I logged" in text_of(answer)


def test_the_preview_writes_nothing(page):
    answer = page.post(reverse("nutrition:preview"), {"said": "two eggs and a banana"})
    assert "kcal" in text_of(answer)
    assert Meal.objects.count() == 0


def test_grams_are_edited_in_place(page, member):
    item = log(member, "a banana").meal.items.get()
    url = reverse("nutrition:item", args=[item.pk])
    assert page.post(url, {"grams": "200,5 g"}, headers=FETCH).status_code == 200
    item.refresh_from_db()
    assert item.grams == 200.5
    wrong = page.post(url, {"grams": "much"}, headers=FETCH)
    assert wrong.status_code == 422
    assert "grams" in wrong.json()["message"]
    item.refresh_from_db()
    assert item.grams == 200.5


def test_deleting_can_be_undone(page, member):
    item = log(member).meal.items.first()
    url = reverse("nutrition:item_delete", args=[item.pk])
    answer = page.post(url, headers=FETCH).json()
    assert MealItem.objects.count() == 1
    page.post(answer["undo"], headers=FETCH)
    assert MealItem.objects.count() == 2


def test_a_meal_is_moved(page, member):
    meal = log(member).meal
    day = today(member) - timedelta(days=1)
    page.post(
        reverse("nutrition:meal", args=[meal.pk]),
        {"day": day, "time": "20:15", "slot": "dinner"},
        headers=FETCH,
    )
    meal.refresh_from_db()
    assert (meal.day, meal.slot, f"{meal.local_time:%H:%M}") == (day, "dinner", "20:15")


def test_yesterdays_breakfast_is_offered_and_copied(page, member):
    day = today(member)
    log(member, "oatmeal for breakfast", day=day - timedelta(days=1))
    assert "Breakfast as yesterday" in text_of(page.get(reverse("nutrition:diary")))
    page.post(reverse("nutrition:copy", args=[day, "breakfast"]), headers=FETCH)
    assert Meal.objects.on(day).count() == 1
    assert "Breakfast as yesterday" not in text_of(page.get(reverse("nutrition:diary")))


def test_nobody_else_can_press_the_buttons(client, member):
    logged = log(member)
    item = logged.meal.items.first()
    client.force_login(make_member("other@example.org"))
    for url in (
        reverse("nutrition:item", args=[item.pk]),
        reverse("nutrition:item_delete", args=[item.pk]),
        reverse("nutrition:meal_delete", args=[logged.meal.pk]),
        reverse("nutrition:undo", args=[logged.change.pk]),
    ):
        assert client.post(url, {"grams": "5"}, headers=FETCH).status_code == 404
    assert DiaryChange.objects.count() == 1


def test_a_change_below_another_answers_conflict(page, member):
    logged = log(member)
    actions.edit_item(member, logged.meal.items.first().pk, 10)
    url = reverse("nutrition:undo", args=[logged.change.pk])
    answer = page.post(url, headers=FETCH)
    assert answer.status_code == 409
    assert "changed again" in answer.json()["message"]


def test_buttons_want_a_post(page):
    assert page.get(reverse("nutrition:log")).status_code == 405


def test_the_side_panel_of_a_talk(page, member):
    log(member)
    shown = text_of(page.get(reverse("nutrition:today")))
    assert "Breakfast" in shown
    assert "of 2,150 kcal" in shown


def test_targets_follow_what_is_typed_and_write_nothing(page, member):
    typed = {
        "sex": "female",
        "born_on": "1990-05-01",
        "height_cm": "168",
        "weight_kg": "90",
        "activity": "moderate",
        "goal": "maintain",
        "display_name": "Maya",
        "time_zone": "UTC",
        "day_starts_hour": "0",
    }
    before = text_of(page.get(reverse("nutrition:targets")))
    assert "2,150" in before
    assert "2,490" in text_of(page.post(reverse("nutrition:targets"), typed))
    assert "2,150" in text_of(page.post(reverse("nutrition:targets"), {**typed, "weight_kg": "5"}))
    pounds = text_of(page.post(reverse("nutrition:targets"), {**typed, "weight_kg": "198.4 lb"}))
    assert "2,490" in pounds
    pregnant = text_of(page.post(reverse("nutrition:targets"), {**typed, "pregnant": "on"}))
    assert "kcal" not in pregnant
    assert "dietitian" in pregnant
    member.profile.refresh_from_db()
    assert (member.profile.weight_kg, member.profile.pregnant) == (68, False)


def test_the_time_shown_is_that_of_the_place_it_was_logged(page, member, monkeypatch):
    meal = log(member, "a banana").meal
    at = timezone.now().replace(hour=12, minute=5)
    Meal.objects.filter(pk=meal.pk).update(eaten_at=at, zone="Asia/Tokyo")
    assert "9:05 PM" in text_of(page.get(reverse("nutrition:diary")))


@pytest.mark.parametrize("day", ["0020-05-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_meal_moves_to_no_year_that_a_diary_cannot_have(page, member, day):
    meal = log(member).meal
    form = {"day": day, "time": "12:00", "slot": "lunch"}
    answer = page.post(reverse("nutrition:meal", args=[meal.pk]), form, headers=FETCH)
    assert answer.status_code == 422
    assert "Choose a day from" in answer.json()["message"]
    assert Meal.objects.get().day == meal.day


def test_nobody_ate_before_the_calendar_began(page):
    answer = page.post(
        reverse("nutrition:log"), {"said": "two eggs 99999999 days ago"}, headers=FETCH
    )
    assert answer.status_code == 200


def test_more_than_the_target_looks_like_more_in_words_too(page, member):
    log(member, "200 g butter for lunch")
    shown = page.get(reverse("nutrition:today")).content.decode()
    over = re.search(r'meter--4"\s+data-over.*?meter__over.*?([\d,]+) g over', shown, re.S)
    assert over
    eaten, goal = re.search(r"([\d,]+)\s*<small>\s*of (\d+) g", shown[over.start() :]).groups()
    assert int(over[1]) == pytest.approx(int(eaten) - int(goal), abs=1)
    assert shown.count("data-over") == 1


def test_a_sentence_that_is_too_long_comes_back_whole(page):
    said = "rice and beans " * 40
    fetched = page.post(reverse("nutrition:log"), {"said": said}, headers=FETCH).json()
    assert fetched["rest"] == said.strip()
    assert "500" in fetched["answer"]
    assert said.strip() in page.post(reverse("nutrition:log"), {"said": said}).content.decode()


def test_what_the_page_asks_keeps_to_the_orders(rf, monkeypatch):
    monkeypatch.setattr(orders, "_sources", [lambda member: ["no_calories"]])
    request = rf.get("/")
    request.user = make_member("ordered@example.org")
    page = _question(request, "That is 450 kcal. How much was it?")
    assert "450" not in page
    assert "How much was it?" in page
