"""The coach's tools through their one door: what is said, what is written, what is shown."""

import json
from datetime import timedelta

import pytest
from django.test import RequestFactory

from coach import clock
from coach.nutrition.answers.spans import MOST_DAYS, spans_in
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.reading import was_left_out
from coach.nutrition.speech.lookup import foods_in, look_up
from coach.nutrition.speech.questions import understand
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import record_turn, run_tool, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Card
from coach.talk.registries.cards import render
from coach.talk.registries.tools import get_tool
from tests.support.diary import NOON, make_member, names, state

pytestmark = pytest.mark.django_db
TOOLS = ["log_meal", "change_meal", "undo", "day_summary", "find_food", "get_profile"]


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def member():
    return make_member(
        sex="female",
        born_on="1990-01-01",
        height_cm=168,
        weight_kg=68,
        activity="moderate",
        goal="maintain",
        allergies="peanuts",
    )


class Talk:
    """A talk in which tools are called as an engine calls them."""

    def __init__(self, member):
        persona = save_persona(
            Persona(slug="sage", name="Sage", instructions="Coach.", greeting="Hi", tools=TOOLS)
        )
        self.member = member
        self.session = start_session(member, persona, make_brief(persona, member_name="Maya"))
        self.calls = 0

    def call(self, name, said="", call_id="", **arguments):
        self.calls += 1
        output = run_tool(
            self.session.pk,
            call_id or f"call-{self.calls}",
            name,
            json.dumps({"said": said, **arguments}),
        )
        return json.loads(output)

    def say(self, name, said="", **arguments):
        return self.call(name, said, **arguments)["say"]

    def heard(self, words, name, **arguments):
        """A call as a language model makes it after `words`, whatever it makes of them."""
        self.calls += 1
        item = f"said-{self.calls}"
        record_turn(self.session, "member", words, item_id=item)
        call_id = f"call-{self.calls}"
        sent = json.dumps(arguments)
        return json.loads(run_tool(self.session.pk, call_id, name, sent, asked=item))

    def card(self):
        row = Card.objects.filter(session=self.session).last()
        request = RequestFactory().get("/")
        request.user = self.member
        return render(row, request)


@pytest.fixture
def talk(member):
    return Talk(member)


def meal():
    return Meal.objects.kept().latest("pk")


def test_what_is_said_is_what_was_written(talk):
    output = talk.call("log_meal", "I had two eggs and toast for breakfast")
    items = list(meal().items.all())
    kcal, protein = (sum(getattr(i, n) for i in items) for n in ("kcal", "protein_g"))
    assert output["say"] == (
        f"I logged two eggs and toast for breakfast: {kcal:.0f} kilocalories and"
        f" {protein:.0f} grams of protein."
    )
    assert output["meals"][0]["total"]["kcal"] == round(kcal, 1)
    card = talk.card()
    assert f"{kcal:.0f}" in card
    assert "Undo" in card


def test_what_puts_something_right_is_no_new_meal_whatever_tool_was_taken(talk):
    talk.say("log_meal", "a plum and toast for breakfast")
    said = talk.say("log_meal", "oh, the plum was a peach")
    assert said.startswith("Done. Your breakfast is now")
    assert names(meal()) == ["peach", "toast"]
    assert Meal.objects.kept().count() == 1


def test_a_meal_like_that_of_yesterday_is_written_from_its_rows(talk):
    talk.say("log_meal", "salmon with rice for dinner yesterday")
    assert talk.say("log_meal", "dinner same as yesterday").startswith("I logged salmon with rice")
    assert sorted(Meal.objects.values_list("slot", "day")) == [
        ("dinner", NOON.date() - timedelta(days=1)),
        ("dinner", NOON.date()),
    ]
    none = talk.say("log_meal", "same breakfast as yesterday")
    assert none == "I find nothing for breakfast yesterday in your diary. What did you have?"
    assert Meal.objects.count() == 2


def test_a_question_is_answered_from_the_meal_and_the_time_that_it_names(talk):
    talk.say("log_meal", "two eggs at 8 am for breakfast and soup at 12:30 pm for lunch")
    told = talk.say("day_summary", "what did I have at 12:30?")
    assert "soup" in told
    assert "eggs" not in told
    assert "eggs" in talk.say("day_summary", "read me my breakfast back")
    nothing = "There is nothing in your diary as a snack today."
    assert talk.say("day_summary", "what did I have between meals?") == nothing
    assert talk.say("day_summary", "how much is left if my limit is eighteen hundred").startswith(
        "You have had "
    )


def test_a_repeated_call_writes_nothing_more(talk):
    first = talk.call("log_meal", "a banana", call_id="same")
    assert talk.call("log_meal", "a banana", call_id="same") == first
    assert Meal.objects.count() == 1
    assert Card.objects.count() == 1


def test_two_meals_in_one_breath_are_one_change(talk):
    output = talk.call("log_meal", "eggs for breakfast and a salad for lunch")
    assert {m["meal"] for m in output["meals"]} == {"breakfast", "lunch"}
    assert Card.objects.count() == 2
    talk.call("undo", "undo that")
    assert state(talk.member) == {}


def test_each_meal_of_a_sentence_keeps_its_own_time(talk):
    talk.call("log_meal", "yesterday breakfast at 8 two eggs, lunch at 1 soup")
    times = [f"{meal.local_time:%H:%M}" for meal in Meal.objects.kept().order_by("eaten_at")]
    assert times == ["08:00", "13:00"]
    assert len({meal.day for meal in Meal.objects.kept()}) == 1


@pytest.mark.parametrize("said", ["a pear tomorrow", "next Tuesday I will have pizza"])
def test_a_meal_still_to_come_is_not_written_and_that_is_told(talk, said):
    output = talk.call("log_meal", said)
    assert output["logged"] is False
    assert "once you have had it" in output["say"]
    assert not Meal.objects.exists()


def test_unknown_food_is_asked_for_and_the_rest_is_written(talk):
    output = talk.call("log_meal", "two eggs and a florgle for breakfast")
    assert output["say"].endswith("?")
    assert names(meal()) == ["eggs"]
    nothing = talk.call("log_meal", "a plate of florgle")
    assert nothing["logged"] is False
    assert nothing["say"].endswith("?")
    assert Meal.objects.count() == 1


@pytest.mark.parametrize("said", ["I skipped breakfast", "what should I eat for dinner"])
def test_nothing_eaten_writes_nothing(talk, said):
    assert talk.call("log_meal", said)["logged"] is False
    assert Meal.objects.count() == 0


def test_foods_that_a_model_named_are_looked_up(talk):
    output = talk.call(
        "log_meal",
        "the usual for lunch",
        items=[{"name": "chicken breast", "grams": 150}, {"name": "white rice", "grams": 200}],
    )
    assert [i["grams"] for i in output["meals"][0]["items"]] == [150, 200]
    assert output["meals"][0]["meal"] == "lunch"


def test_arguments_that_make_no_sense_are_refused(talk):
    output = talk.call("log_meal", "rice", items=[{"name": "rice", "grams": -5}])
    assert output["error"] == "invalid_arguments"
    assert Meal.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "foods", "grams"),
    [
        ("make that three eggs", ["eggs", "toast"], {0: 150}),
        ("delete the toast", ["eggs"], {}),
        ("it was brown bread", ["eggs", "brown bread"], {}),
        ("the toast was 60 grams", ["eggs", "toast"], {1: 60}),
        ("add a banana", ["eggs", "toast", "banana"], {}),
        ("I only ate half of it", ["eggs", "toast"], {0: 50}),
    ],
)
def test_corrections(talk, said, foods, grams):
    talk.call("log_meal", "two eggs and toast for breakfast")
    before = state(talk.member)
    output = talk.call("change_meal", said)
    assert output["changed"] is True, output
    assert names(meal()) == foods
    for place, weight in grams.items():
        assert list(meal().items.all())[place].grams == pytest.approx(weight, abs=1)
    talk.call("undo", "undo that")
    assert state(talk.member) == before


@pytest.mark.parametrize(
    ("said", "slot", "back", "hour"),
    [
        ("actually that was at lunch", "lunch", 0, 13),
        ("move it to yesterday", "breakfast", 1, 8),
        ("no, I had it for dinner yesterday", "dinner", 1, 19),
        ("actually I had it at 10:30", "breakfast", 0, 10),
    ],
)
def test_a_meal_is_moved_by_saying_so(talk, said, slot, back, hour):
    talk.call("log_meal", "two eggs and toast for breakfast")
    before = state(talk.member)
    assert talk.call("change_meal", said)["changed"] is True
    moved = meal()
    assert (moved.slot, moved.day) == (slot, NOON.date() - timedelta(days=back))
    assert moved.local_time.hour == hour
    assert names(moved) == ["eggs", "toast"]
    talk.call("undo")
    assert state(talk.member) == before


def test_a_meal_of_too_many_foods_is_refused_whole(talk):
    said = ", ".join(["an egg", "a banana", "an apple", "a pear"] * 11)
    output = talk.call("log_meal", f"I had {said}")
    assert output["error"] == "too_much", output
    assert state(talk.member) == {}


def test_one_food_is_moved_to_another_meal(talk):
    talk.call("log_meal", "two eggs and toast for breakfast")
    before = state(talk.member)
    talk.call("change_meal", "the toast was at lunch")
    slots = {m.slot: names(m) for m in Meal.objects.kept()}
    assert slots == {"breakfast": ["eggs"], "lunch": ["toast"]}
    assert "error" not in talk.call("undo")
    assert state(talk.member) == before
    talk.call("undo", "put it back")
    assert {m.slot: names(m) for m in Meal.objects.kept()} == slots


def test_an_earlier_meal_is_meant_when_its_food_is_named(talk):
    talk.call("log_meal", "two eggs and toast for breakfast")
    talk.call("log_meal", "a banana as a snack")
    talk.call("change_meal", "make that three eggs")
    breakfast = Meal.objects.get(slot="breakfast")
    assert breakfast.items.first().grams == 150
    assert names(Meal.objects.get(slot="snack")) == ["banana"]


def test_a_whole_meal_is_taken_out(talk):
    talk.call("log_meal", "two eggs and toast for breakfast")
    talk.call("log_meal", "a banana as a snack")
    assert "breakfast" in talk.say("change_meal", "delete my breakfast")
    assert [m.slot for m in Meal.objects.kept()] == ["snack"]
    assert "removed" in talk.card()
    assert "Put back" in talk.card()


def test_an_unclear_correction_is_a_question_and_changes_nothing(talk):
    talk.call("log_meal", "two eggs and toast for breakfast")
    before = state(talk.member)
    output = talk.call("change_meal", "make that purple")
    assert output["changed"] is False
    assert output["say"].endswith("?")
    assert state(talk.member) == before


def test_nothing_to_change_or_undo_is_said(talk):
    assert "nothing" in talk.say("change_meal", "delete the toast").lower()
    assert "nothing" in talk.say("undo", "undo that").lower()


def test_undo_says_what_is_gone_and_the_card_offers_it_back(talk):
    talk.call("log_meal", "two eggs and toast for breakfast")
    said = talk.say("undo", "undo that")
    assert said == "Undone. I removed two eggs and toast for breakfast from your diary."
    assert "Put back" in talk.card()
    said = talk.say("undo", "put it back")
    assert said.startswith("It is back. Your breakfast is now two eggs and toast:")


def test_a_card_of_another_member_is_empty(talk):
    talk.call("log_meal", "a banana")
    row = Card.objects.get()
    other = make_member("other@example.org")
    row.session.member = other
    assert render(row) == ""


def test_a_card_has_no_buttons_for_who_reads_along(talk):
    talk.call("log_meal", "a banana")
    row = Card.objects.get()
    request = RequestFactory().get("/")
    request.user = make_member("expert@example.org")
    assert "<form" not in render(row, request)
    assert "banana" in render(row, request).lower()


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("how much protein have I had today", ["grams of protein today", "Your goal is 82 grams"]),
        ("how many calories are left", ["kilocalories left of 2,150"]),
        ("what did I eat today", ["two eggs and toast for breakfast"]),
        ("what did I have for breakfast", ["two eggs and toast for breakfast"]),
        ("what did I have for dinner", ["nothing in your diary for dinner today"]),
        ("what's my target", ["2,150 kilocalories", "82 grams of protein"]),
        ("how am I doing", ["So far today", "to your goal"]),
        ("how was yesterday", ["nothing in your diary yesterday"]),
        ("how much more protein do I need today", ["grams of protein left of 82"]),
        ("how much sodium did I have", ["milligrams of sodium"]),
        ("how many carbs did I have for breakfast", ["grams of carbohydrate for breakfast"]),
    ],
)
def test_day_summary(talk, said, parts):
    talk.call("log_meal", "two eggs and toast for breakfast")
    answer = talk.say("day_summary", said)
    for part in parts:
        assert part in answer


def test_a_summary_of_yesterday(talk):
    talk.call("log_meal", "a banana yesterday")
    answer = talk.say("day_summary", "what did I eat yesterday")
    assert answer.startswith("Yesterday you had a banana")


def test_no_targets_says_why(talk):
    talk.member.profile.conditions = "type 2 diabetes"
    talk.member.profile.save()
    output = talk.call("day_summary", "how many calories are left")
    assert "dietitian" in output["say"]
    assert output["targets"] == {}


@pytest.mark.parametrize(
    ("said", "nutrients", "remaining", "target"),
    [
        ("how much fat is left", ("fat_g",), True, False),
        ("what's my protein goal", ("protein_g",), False, True),
        ("how much saturated fat have I had", ("saturated_fat_g",), False, False),
        ("my macros", ("kcal", "protein_g", "carbohydrate_g", "fat_g"), False, False),
        ("how many more calories can I have", ("kcal",), True, False),
    ],
)
def test_questions_are_understood(said, nutrients, remaining, target):
    asked = understand(said)
    assert (asked.nutrients, asked.remaining, asked.target) == (nutrients, remaining, target)


def test_find_food_tells_what_is_in_it():
    found = look_up("how much protein is in an egg")
    assert found.say == "In an egg, about 50 grams, there are 6.3 grams of protein."
    assert "banana" in look_up("how many calories in a banana").say


def test_find_food_compares_weight_for_weight():
    found = look_up("is there more protein in chicken or tofu")
    assert found.say.startswith("Weight for weight, chicken has more protein: in 100 grams,")
    fewer = look_up("which has fewer calories, pasta or potatoes")
    assert "potato" in fewer.say.split(" has less ")[0]


def test_find_food_says_when_it_does_not_know():
    assert "I don't have" in look_up("how much protein is in florgle").say
    assert look_up("how much protein").say == "Which food do you mean?"


@pytest.mark.parametrize(
    ("said", "food"),
    [
        ("how much protein is in an egg", "an egg"),
        ("how many calories in a banana?", "a banana"),
        ("what's in a cup of rice", "a cup of rice"),
        ("how many grams of sugar does orange juice have", "orange juice"),
        ("tell me the nutrition facts of oatmeal", "oatmeal"),
    ],
)
def test_the_food_of_a_question(said, food):
    assert foods_in(said) == food


def test_find_food_writes_nothing(talk):
    talk.call("find_food", "how much protein is in an egg")
    assert not any(rows.objects.exists() for rows in (Meal, MealItem, DiaryChange))


def test_the_profile_is_told(talk):
    assert talk.say("get_profile", "am I allergic to anything") == (
        "You told me about these allergies: peanuts."
    )


@pytest.mark.parametrize("name", TOOLS)
def test_tools_have_examples_and_a_closed_schema(name):
    definition = get_tool(name).definition()
    assert definition["description"].count('"') >= 10
    assert definition["parameters"]["additionalProperties"] is False
    assert "said" in definition["parameters"]["properties"]


@pytest.mark.parametrize("name", ["change_meal", "undo"])
@pytest.mark.parametrize(
    "said",
    ["don't delete my lunch", "do not undo that", "did you delete the egg", "no borres el huevo",
     "lösch das Ei nicht"],
)  # fmt: skip
def test_a_change_that_is_forbidden_or_asked_about_is_not_made(talk, name, said):
    talk.call("log_meal", "an egg for lunch")
    before = state(talk.member)
    assert talk.call(name, said)["say"] == "I left it as it is."
    assert state(talk.member) == before


@pytest.mark.parametrize(
    ("had", "said", "left"),
    [
        ("a schnitzel", "Mit Bratkartoffeln, nicht mit Pommes", ["potatoes", "schnitzel"]),
        ("a schnitzel with fries", "with rice, not with fries", ["rice", "schnitzel"]),
        ("two eggs and rice", "con patatas, no con arroz", ["eggs", "potatoes"]),
        ("an egg and toast", "with jam, not with fries", ["egg", "jam", "toast"]),
    ],
)
def test_another_side_leaves_what_it_goes_with(talk, had, said, left):
    talk.call("log_meal", had)
    talk.call("change_meal", said)
    assert sorted(names(meal())) == left


@pytest.mark.parametrize(
    ("said", "eaten"),
    [
        ("John ate the pizza", []),
        ("mit Reis, nicht mit Pommes", ["rice"]),
        ("a pain au chocolat", ["pain au chocolate"]),
        ("comí chili con carne", ["chili con carne"]),
        ("kannst du zwei Eier eintragen", ["eggs"]),
        ("I had two crabs", ["crabs"]),
        ("my brother ate the eggs and I had tea", ["tea"]),
        ("I had eggs but threw away the toast", ["eggs"]),
        ("put eggs in for tomorrow's breakfast", []),
        ("add a salad to tomorrow's lunch", []),
    ],
)
def test_only_what_the_member_ate_is_written(talk, said, eaten):
    assert talk.call("log_meal", said)["say"]
    assert [item.name.lower() for item in MealItem.objects.all()] == eaten


EGG = [{"name": "egg", "grams": 50}]
NO_MEALS = [
    "should I have an egg?", "should I have an egg", "can I eat an egg", "order me an egg",
    "I'm going to have an egg", "I didn't have an egg", "remind me to eat an egg",
    "how about an egg for lunch, what do you think?", "my husband had an egg",
    "if I had an egg, would that be ok", "what is in an egg", "¿puedo comer un huevo?",
    "soll ich ein Ei essen", "mañana voy a comer un huevo", "je vais manger un œuf",
    "계란 먹어도 돼?",
]  # fmt: skip


@pytest.mark.parametrize("words", NO_MEALS)
@pytest.mark.parametrize("items", [None, EGG], ids=["in words", "with foods"])
@pytest.mark.parametrize("said", ["as it was said", "I had an egg"])
def test_what_was_asked_planned_or_denied_is_not_written_whatever_a_model_calls(
    talk, words, items, said
):
    verbatim = words if said == "as it was said" else said
    assert talk.heard(words, "log_meal", said=verbatim, items=items)["logged"] is False
    assert not Meal.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["Hello! Can I eat an egg?", "I'm hungry. Should I have an egg?", "yes, should I have an egg?",
     "Hola. ¿puedo comer un huevo?", "in ten minutes, tell me to boil an egg",
     "It's breakfast time. I'll have an egg"],
)  # fmt: skip
@pytest.mark.parametrize("items", [None, EGG], ids=["in words", "with foods"])
def test_words_beside_a_question_do_not_let_its_food_through(talk, words, items):
    for said in (words, "I had an egg"):
        assert talk.heard(words, "log_meal", said=said, items=items)["logged"] is False
    assert not Meal.objects.exists()


@pytest.mark.parametrize(
    "words", ["yes", "yes I want that", "ok why not", "ja, ich will", "maybe two", "no milk"]
)
def test_an_answer_to_a_question_of_ours_holds_nothing_back(talk, words):
    record_turn(talk.session, "coach", "Shall I write that down?")
    assert talk.heard(words, "log_meal", said="two eggs and a black coffee")["logged"]
    assert names(meal()) == ["eggs", "black coffee"]


def test_of_many_turns_without_an_answer_the_newest_count(talk):
    for number in range(12):
        record_turn(talk.session, "member", "can I have some cake?", item_id=f"unheard-{number}")
    assert talk.heard("I had an egg", "log_meal", said="I had an egg")["logged"]
    assert names(meal()) == ["egg"]


def test_what_a_model_calls_otherwise_is_not_left_out(talk):
    words = "should I have a pear, I had a coke"
    assert talk.heard(words, "log_meal", said="a cola", items=[{"name": "cola"}])["logged"]
    assert not was_left_out("", words, "I had a coke")


def test_what_is_to_be_told_later_changes_no_meal(talk):
    talk.call("log_meal", "an egg for lunch")
    before = state(talk.member)
    talk.call("change_meal", "in twenty minutes, tell me to take the lasagne out")
    assert state(talk.member) == before


@pytest.mark.parametrize(
    "words",
    ["an egg", "log an egg", "can you put down an egg", "I had an egg, should I have a banana?",
     "I skipped lunch but I had an egg", "I wanted cake but ended up having an egg"],
)  # fmt: skip
def test_of_what_a_model_names_only_what_was_eaten_is_written(talk, words):
    foods = [*EGG, {"name": "banana", "grams": 120}] if "banana" in words else EGG
    assert talk.heard(words, "log_meal", said=words, items=foods)["logged"]
    assert names(meal()) == ["egg"]


def test_an_answer_to_a_question_is_read_with_what_was_said_before(talk):
    record_turn(talk.session, "coach", "How many eggs?")
    assert talk.heard("two, I think?", "log_meal", said="I had two eggs")["logged"]
    record_turn(talk.session, "coach", "Two eggs.")
    record_turn(talk.session, "member", "and a pear")
    assert talk.heard("what is left today?", "log_meal", said="a pear")["logged"]


@pytest.mark.parametrize(
    ("said", "slot", "back"),
    [
        ("and a coffee", "breakfast", 1),
        ("I had an apple with it", "breakfast", 1),
        ("and then a beer", "lunch", 0),
        ("and a beer for dinner", "dinner", 0),
        ("a coffee", "lunch", 0),
    ],
)
def test_what_was_had_with_a_meal_is_of_its_time(talk, said, slot, back):
    talk.call("log_meal", "yesterday I had a boiled egg for breakfast")
    talk.call("log_meal", said)
    meal = Meal.objects.latest("pk")
    assert (meal.slot, (NOON.date() - meal.day).days) == (slot, back)


def test_long_after_a_meal_nothing_is_of_its_time(talk, monkeypatch):
    talk.call("log_meal", "I had a boiled egg for breakfast")
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=30))
    talk.call("log_meal", "and a coffee")
    assert Meal.objects.latest("pk").slot == "lunch"


@pytest.mark.parametrize(
    ("had", "said", "left"),
    [
        ("I had toast", "I had a banana instead of the toast", ["Banana"]),
        ("I had pasta", "I had a salad instead of the burger", ["Pasta", "Salad"]),
    ],
)
def test_what_gives_its_place_has_to_be_there(talk, had, said, left):
    talk.call("log_meal", had)
    talk.call("log_meal", said)
    assert sorted(item.name for item in MealItem.objects.all()) == left


@pytest.mark.parametrize(
    ("had", "said", "foods"),
    [
        ("a glass of water", "another glass", ["Water", "Water"]),
        ("a slice of toast", "and one more slice please", ["Toast", "Toast"]),
        ("a glass of water", "would you mind noting an orange", ["Orange", "Water"]),
        ("a glass of water", "pls log an orange", ["Orange", "Water"]),
    ],
)
def test_short_words_are_read_with_what_they_leave_unsaid(talk, had, said, foods):
    talk.call("log_meal", f"I had {had}")
    assert "?" not in talk.call("log_meal", said)["say"]
    assert sorted(item.name for item in MealItem.objects.all()) == foods


def test_a_food_that_is_pointed_at_is_the_one_that_was_just_had(talk):
    talk.call("log_meal", "I had a banana")
    assert "banana" in talk.call("find_food", "how much sugar is in one of those")["say"]
    talk.call("log_meal", "I had toast and jam")
    assert "banana" not in talk.call("find_food", "how much sugar is in it")["say"]


def test_the_most_of_all_days_is_looked_for_in_all_of_them():
    (span,) = spans_in("what's the most calories I ever had in one day", NOON.date())
    assert span.days == MOST_DAYS
