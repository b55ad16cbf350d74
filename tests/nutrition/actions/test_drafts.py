"""A meal proposed from a photo: corrected, added once, undone, discarded; only added it counts."""

import json
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from coach import clock
from coach.nutrition.actions import LoggedMeal, draft_in_question, log_meal
from coach.nutrition.day import day_for
from coach.nutrition.models import DiaryChange, Meal, MealDraft
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import run_tool, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Card, Picture
from coach.talk.registries.cards import render
from tests.support.diary import make_member

pytestmark = pytest.mark.django_db
TOOLS = ["log_meal", "change_meal", "undo", "propose_meal", "confirm_meal"]
LUNCH = [
    {"name": "white rice", "grams": 180},
    {"name": "grilled chicken breast", "grams": 150},
    {"name": "broccoli", "amount": "a cup"},
]


class Talk:
    def __init__(self, member):
        persona = save_persona(
            Persona(slug="sage", name="Sage", instructions="Coach.", greeting="Hi", tools=TOOLS)
        )
        self.member = member
        self.session = start_session(member, persona, make_brief(persona, member_name="Maya"))
        self.calls = 0

    def show(self):
        Picture.objects.create(session=self.session, client_id="p", data=b"x", width=1, height=1)

    def call(self, name, call_id="", **arguments):
        self.calls += 1
        call_id = call_id or f"call-{self.calls}"
        return json.loads(run_tool(self.session.pk, call_id, name, json.dumps(arguments)))

    def card(self, viewer=None):
        request = RequestFactory().get("/")
        request.user = viewer or self.member
        return render(Card.objects.filter(session=self.session).last(), request)


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def talk(member, settings):
    settings.ENGINE_IMAGES = True
    return Talk(member)


@pytest.fixture
def draft(talk):
    talk.show()
    talk.call("propose_meal", items=LUNCH)
    return MealDraft.objects.get()


@pytest.fixture
def page(client, member):
    client.force_login(member)
    return client


def names(draft):
    draft.refresh_from_db()
    return [line["name"].lower() for line in draft.lines]


def eaten(member):
    return day_for(member).totals["kcal"]


# --- proposing ----------------------------------------------------------------------------------


def test_it_is_an_estimate_and_says_so_and_counts_nowhere(talk, member):
    talk.show()
    told = talk.call("propose_meal", items=LUNCH)
    assert told["say"].startswith("This is an estimate from a photo and not in your diary yet: ")
    assert told["proposed"] is True
    assert told["in_diary"] is False
    draft = MealDraft.objects.get()
    assert [round(item.grams) for item in draft.items][:2] == [180, 150]
    assert told["draft"]["total"]["kcal"] == pytest.approx(sum(i.kcal for i in draft.items), abs=1)
    assert not Meal.objects.exists()
    assert eaten(member) == 0
    card = talk.card()
    for words in ("An estimate from a photo", "Add to diary", "Discard", "draft", "180", "kcal"):
        assert words in card


def test_the_same_call_again_is_the_same_draft(talk):
    talk.show()
    first = talk.call("propose_meal", call_id="c", items=LUNCH)
    assert talk.call("propose_meal", call_id="c", items=LUNCH) == first
    assert MealDraft.objects.count() == 1


def test_without_a_photo_there_is_nothing_to_propose(talk):
    assert talk.call("propose_meal", items=LUNCH)["error"] == "no_picture"
    assert not MealDraft.objects.exists()


def test_what_is_not_known_is_asked_for(talk):
    talk.show()
    told = talk.call("propose_meal", items=[*LUNCH[:1], {"name": "zorblax"}])
    assert "I don't know zorblax" in told["say"]
    assert len(MealDraft.objects.get().lines) == 1
    assert talk.call("propose_meal", items=[{"name": "zorblax"}])["proposed"] is False


def test_a_coach_that_sees_nothing_is_not_given_these_tools(member, settings):
    settings.ENGINE_IMAGES = False
    blind = Talk(member)
    given = {tool["name"] for tool in blind.session.tools}
    assert given == {"log_meal", "change_meal", "undo"}
    assert blind.call("propose_meal", items=LUNCH)["error"] == "unknown_tool"


# --- by voice -----------------------------------------------------------------------------------


def test_yes_adds_it_once_and_undo_takes_it_out(talk, draft, member):
    told = talk.call("confirm_meal", said="yes, log it")
    assert told["say"].startswith("I logged ")
    assert told["added"] is True
    meal = Meal.objects.get()
    assert [item.name.lower() for item in meal.items.all()] == names(draft)
    assert eaten(member) == pytest.approx(sum(item.kcal for item in draft.items))
    assert "Undo" in talk.card()  # the draft's card is the meal's now
    assert talk.call("confirm_meal", said="yes, log it")["error"] == "no_draft"
    talk.call("undo", said="undo that")
    assert eaten(member) == 0
    assert Meal.objects.count() == 1


def test_no_throws_it_away(talk, draft, member):
    told = talk.call("confirm_meal", said="no, don't log that")
    assert told["say"] == "All right, nothing was added to your diary."
    assert not Meal.objects.exists()
    assert "Draft discarded" in talk.card()
    assert draft_in_question(member) is None


def test_what_the_model_says_wins_over_our_reading_of_the_words(talk, draft):
    assert talk.call("confirm_meal", said="no problem, add it", add=True)["added"] is True


def test_a_food_is_left_out_changed_and_put_back(talk, draft, member):
    told = talk.call("change_meal", said="no, leave the rice out")
    assert "rice" not in " ".join(names(draft))
    assert told["say"].startswith("The draft is now ")
    talk.call("change_meal", said="change the chicken to 200 grams")
    draft.refresh_from_db()
    assert round(draft.items[0].grams) == 200
    talk.call("undo", said="undo that")
    draft.refresh_from_db()
    assert round(draft.items[0].grams) == 150
    assert not Meal.objects.exists()
    talk.call("change_meal", said="forget it")
    draft.refresh_from_db()
    assert draft.discarded_at is not None


def test_words_about_the_diary_still_change_the_diary(talk, member):
    log_meal(member, "two eggs for breakfast")
    talk.show()
    talk.call("propose_meal", items=LUNCH)
    told = talk.call("change_meal", said="make that three eggs")
    assert told["changed"] is True
    assert "three eggs" in told["say"]
    assert len(MealDraft.objects.get().lines) == 3


def test_after_something_else_was_logged_nobody_means_the_draft(talk, draft, member):
    assert draft_in_question(member, talk.session) == draft
    assert isinstance(log_meal(member, "a banana"), LoggedMeal)
    assert draft_in_question(member, talk.session) is None
    talk.call("undo", said="undo that")
    assert not Meal.objects.for_member(member).kept().exists()


# --- by hand ------------------------------------------------------------------------------------


def post(page, name, *args, **data):
    address = reverse(f"nutrition:{name}", args=args)
    return page.post(address, data, headers={"X-Requested-With": "fetch"})


def test_lines_are_weighed_and_taken_out_and_the_rest_is_added(talk, draft, page, member):
    before = draft.items[0].kcal
    assert post(page, "draft_line", draft.pk, 0, grams="90").status_code == 200
    draft.refresh_from_db()
    assert draft.items[0].kcal == pytest.approx(before / 2, rel=0.01)
    assert post(page, "draft_line_delete", draft.pk, 1).status_code == 200
    answer = post(page, "draft_add", draft.pk).json()
    assert answer["message"].startswith("I logged ")
    assert post(page, "draft_add", draft.pk).json() == answer  # pressed twice
    assert Meal.objects.count() == DiaryChange.objects.count() == 1
    assert round(Meal.objects.get().items.first().grams) == 90
    assert post(page, "draft_line", draft.pk, 0, grams="10").status_code == 409
    assert page.post(answer["undo"]).status_code in (200, 302)
    assert eaten(member) == 0


def test_the_last_line_taken_out_discards_it_and_it_can_come_back(talk, draft, page):
    for line in (0, 1, 2):
        post(page, "draft_line_delete", draft.pk, line)
    assert "Draft discarded" in talk.card()
    assert post(page, "draft_add", draft.pk).status_code == 409
    assert post(page, "draft_keep", draft.pk).status_code == 200
    assert "Add to diary" in talk.card()


def test_a_weight_that_is_none_changes_nothing(draft, page):
    before = draft.lines
    for grams in ("", "-3", "much", "99999"):
        assert post(page, "draft_line", draft.pk, 0, grams=grams).status_code == 422
    assert post(page, "draft_line", draft.pk, 77, grams="5").status_code == 404
    draft.refresh_from_db()
    assert draft.lines == before


def test_nobody_else_touches_it(talk, draft):
    eve = make_member("eve@example.org")
    other = Client()
    other.force_login(eve)
    for name in ("draft_add", "draft_discard", "draft_keep"):
        assert post(other, name, draft.pk).status_code == 404
    assert post(other, "draft_line", draft.pk, 0, grams="5").status_code == 404
    assert "Add to diary" not in talk.card(viewer=eve)
    draft.refresh_from_db()
    assert (draft.change, draft.discarded_at) == (None, None)


def test_a_draft_left_for_a_day_is_gone(talk, draft, page, member, monkeypatch):
    later = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert talk.card() == ""
    assert post(page, "draft_add", draft.pk).status_code == 409
    assert post(page, "draft_keep", draft.pk).status_code == 404
    talk.call("propose_meal", items=LUNCH)
    assert not MealDraft.objects.filter(pk=draft.pk).exists()


def test_an_added_one_stays(talk, draft, page, monkeypatch):
    post(page, "draft_add", draft.pk)
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Undo" in talk.card()
    talk.call("propose_meal", items=LUNCH)
    assert MealDraft.objects.filter(pk=draft.pk).exists()
