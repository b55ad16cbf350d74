"""What a member tells of their health: asked, written after a yes, shown, erased."""

import json
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from coach import clock
from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.people.actions import erase_measurement, save_profile, tidy, undo_measurement
from coach.people.actions.health import ASKED_FOR
from coach.people.actions.tidying import KEPT_UNDONE
from coach.people.cards import REF
from coach.people.models import HealthFact, Measurement, Profile, User
from coach.people.tasks import tidy_now
from coach.people.tools.health import _cards
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import end_session, run_tool, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Card
from coach.talk.registries.cards import render
from handoff.models import Escalation

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return User.objects.create_user("maya@example.org", display_name="Maya")


class Talk:
    def __init__(self, member):
        persona = save_persona(Persona(slug="s", name="Sage", tools=["note_health"]))
        self.member = member
        self.session = start_session(member, persona, make_brief(persona, member_name="Maya"))
        self.calls = 0

    def call(self, said, **more):
        self.calls += 1
        arguments = json.dumps({"said": said, **more})
        return json.loads(run_tool(self.session.pk, f"c{self.calls}", "note_health", arguments))

    def yes(self, output):
        """What the engine calls when the member says yes."""
        return self.call(output["if_yes"]["said"])

    @property
    def profile(self):
        return Profile.of(self.member)

    def card(self):
        request = RequestFactory().get("/")
        request.user = self.member
        return render(Card.objects.filter(session=self.session).last(), request)


@pytest.fixture
def talk(member):
    return Talk(member)


def test_a_fact_is_asked_about_and_written_only_after_a_yes(talk):
    asked = talk.call("I have diabetes")
    assert asked["say"] == "Shall I note that you have diabetes?"
    assert talk.profile.conditions == ""
    said = talk.yes(asked)
    assert said["say"] == "I have noted that you have diabetes."
    assert talk.profile.conditions == "diabetes"
    (fact,) = HealthFact.objects.noted()
    assert (fact.source, fact.session, fact.said) == ("talk", talk.session, "I have diabetes")
    assert "Diabetes" in talk.card()


def test_a_model_confirms_with_an_argument(talk):
    talk.call("I'm allergic to sesame and kiwi")
    said = talk.call("yes please", confirmed=True)["say"]
    assert said == "I have noted that you are allergic to sesame and kiwi."
    assert talk.profile.allergies == "sesame, kiwi"


def test_a_confirmation_that_was_never_asked_for_is_asked_first(talk):
    output = talk.call("I have diabetes", confirmed=True)
    assert output["say"] == "Shall I note that you have diabetes?"
    assert talk.profile.conditions == ""


def test_a_no_writes_nothing_and_a_later_yes_neither(talk):
    talk.call("I have gout")
    assert talk.call("no", confirmed=False)["say"] == "All right. I have not noted it."
    talk.call("yes", confirmed=True)
    assert talk.profile.conditions == ""


def test_what_is_told_next_takes_the_place_of_what_was_asked(talk):
    talk.call("I have gout")
    talk.yes(talk.call("I have asthma"))
    assert talk.profile.conditions == "asthma"


def test_several_facts_are_one_question(talk):
    asked = talk.call("I'm lactose intolerant and I take metformin")
    assert (
        asked["say"] == "Shall I note that you do not tolerate lactose and that you take metformin?"
    )
    talk.yes(asked)
    profile = talk.profile
    assert (profile.allergies, profile.medicines) == ("lactose (intolerance)", "metformin")


def test_a_denial_takes_out_what_is_there_and_says_so_where_nothing_is(talk):
    assert "nothing of that" in talk.call("I don't have diabetes")["say"]
    save_profile(talk.member, {"medicines": "metformin, insulin"})
    asked = talk.call("I stopped taking metformin")
    assert asked["say"] == "Shall I take metformin out of your profile?"
    talk.yes(asked)
    assert talk.profile.medicines == "insulin"
    assert [fact.value for fact in HealthFact.objects.noted()] == ["insulin"]


def test_what_is_known_or_uncertain_is_not_asked(talk):
    save_profile(talk.member, {"allergies": "sesame"})
    assert "in your profile: sesame" in talk.call("I'm allergic to sesame")["say"]
    assert "not certain" in talk.call("I think I have diabetes")["say"]
    assert not HealthFact.objects.asked().exists()


def test_a_weight_is_written_at_once_and_taken_back_as_it_was(talk, client):
    save_profile(talk.member, {"weight_kg": 84.0})
    said = talk.call("I weigh 82 kilos")["say"]
    assert said == "I have noted your weight: 82 kg."
    assert talk.profile.weight_kg == 82
    assert "82 kg" in talk.card()
    client.force_login(talk.member)
    newest = Measurement.objects.first()
    client.post(reverse("people:measurement_undo", args=[newest.pk]))
    assert talk.profile.weight_kg == 84
    assert "taken back" in talk.card()


def test_a_weight_without_a_unit_is_in_the_unit_of_the_last(talk):
    assert "kilos or in pounds" in talk.call("I weigh 180")["say"]
    save_profile(talk.member, {"weight_kg": 82.0})
    talk.call("I weigh 180")
    assert talk.profile.weight_kg == 81.6


@pytest.mark.parametrize("said", ["82 kg today", "lost a kilo, 82 now", "82,4 kg this morning"])
def test_a_lone_weight_is_asked_about_where_none_is_known(talk, said):
    assert "Was that your own weight?" in talk.call(said)["say"]
    assert talk.profile.weight_kg is None


@pytest.mark.parametrize("said", ["120 kg today", "lost 5 kilos, 30 now", "55,5 kg this morning"])
def test_a_lone_weight_far_from_the_last_is_asked_about(talk, said):
    save_profile(talk.member, {"weight_kg": 82.0})
    assert "Was that your own weight?" in talk.call(said)["say"]
    assert talk.profile.weight_kg == 82


@pytest.mark.parametrize("said", ["81 kg today", "lost a kilo, 81 now", "81 kg"])
def test_a_lone_weight_near_the_last_is_written(talk, said):
    save_profile(talk.member, {"weight_kg": 82.0})
    talk.call(said)
    assert talk.profile.weight_kg == 81


def test_a_weight_of_yesterday_does_not_replace_that_of_today(talk):
    talk.call("I weigh 82 kilos")
    talk.call("yesterday I weighed 83 kilos")
    assert talk.profile.weight_kg == 82


def test_numbers_of_the_body_are_not_said_where_they_could_harm(talk):
    save_profile(talk.member, {"eating_concern": True})
    assert talk.call("I weigh 50 kilos")["say"] == "I have noted it."


def test_a_symptom_is_kept_in_the_members_words_and_judged_by_nobody(talk):
    said = talk.call("I feel dizzy since Monday")["say"]
    assert "dizzy" in said
    assert "see a doctor" in said
    (fact,) = HealthFact.objects.noted()
    assert (fact.kind, fact.said) == ("symptom", "I feel dizzy since Monday")
    assert talk.profile.conditions == ""


@pytest.mark.parametrize(
    ("said", "called"), [("I'm pregnant", True), ("I take insulin", True), ("I'm vegan", False)]
)
def test_a_special_need_calls_a_dietitian_and_says_so(talk, said, called):
    answer = talk.yes(talk.call(said))["say"]
    assert ("dietitian" in answer) is called
    assert Escalation.objects.filter(code="MED-S", tier=2).exists() is called


def test_of_others_and_of_questions_nothing_is_noted(talk):
    assert "about you alone" in talk.call("my sister has diabetes")["say"]
    assert talk.call("am I allergic to nuts")["say"] == "You have not told me of any allergies."
    assert not HealthFact.objects.exists()


# --- the page of what is kept ---------------------------------------------------------------------
def test_the_page_shows_each_fact_with_day_and_source(talk, client):
    talk.yes(talk.call("I have gout"))
    save_profile(talk.member, {"allergies": "sesame"})
    client.force_login(talk.member)
    page = client.get(reverse("people:told")).content.decode()
    assert "Gout" in page
    assert "said in a talk" in page
    assert "Sesame" in page
    assert "typed in the profile" in page


def test_what_is_erased_leaves_the_profile_and_the_card(talk, client):
    talk.yes(talk.call("I have gout"))
    client.force_login(talk.member)
    client.post(reverse("people:fact_erase", args=[HealthFact.objects.get().pk]))
    assert talk.profile.conditions == ""
    assert not HealthFact.objects.exists()
    assert talk.card() == ""


def test_nobody_erases_what_is_of_another(talk, client):
    talk.yes(talk.call("I have gout"))
    talk.call("I weigh 82 kilos")
    client.force_login(User.objects.create_user("eve@example.org"))
    for name, row in (
        ("fact_erase", HealthFact.objects.get()),
        ("measurement_undo", Measurement.objects.get()),
        ("measurement_erase", Measurement.objects.get()),
    ):
        script = {"HTTP_X_REQUESTED_WITH": "fetch"}
        url = reverse(f"people:{name}", args=[row.pk])
        assert client.post(url, **script).status_code == 404
    assert talk.profile.conditions == "gout"
    assert talk.profile.weight_kg == 82


def test_fields_and_rows_agree_after_each_way_of_writing(member):
    save_profile(member, {"allergies": "sesame, kiwi", "pregnant": True})
    assert {fact.value for fact in HealthFact.objects.noted()} == {"sesame", "kiwi", "pregnant"}
    save_profile(member, {"allergies": "kiwi", "pregnant": False})
    assert {fact.value for fact in HealthFact.objects.noted()} == {"kiwi"}
    member.delete()
    assert not HealthFact.objects.exists()


# --- taking back by a word ------------------------------------------------------------------------
def test_undo_takes_back_the_newest_change_of_any_feature(member, monkeypatch):
    monkeypatch.setattr(store, "load_index", index_from_files)
    persona = save_persona(
        Persona(slug="u", name="Sage", tools=["note_health", "log_meal", "undo"])
    )
    session = start_session(member, persona, make_brief(persona, member_name="Maya"))

    def say(name, said):
        call = f"c{session.tool_calls.count()}"
        return json.loads(run_tool(session.pk, call, name, json.dumps({"said": said})))["say"]

    say("log_meal", "I had a banana")
    say("note_health", "I weigh 82 kilos")
    assert say("undo", "undo that") == "Done. I have taken back your weight."
    assert Profile.of(member).weight_kg is None
    assert "banana" in say("undo", "undo that").lower()


def test_undo_takes_back_only_what_was_told_in_this_talk(member):
    persona = save_persona(Persona(slug="u", name="Sage", tools=["note_health", "undo"]))
    session = start_session(member, persona, make_brief(persona, member_name="Maya"))
    numbers = iter(range(100))

    def say(name, said):
        arguments = json.dumps({"said": said})
        return json.loads(run_tool(session.pk, f"u{next(numbers)}", name, arguments))

    say("note_health", say("note_health", "I have gout")["if_yes"]["said"])
    save_profile(member, {"allergies": "sesame", "weight_kg": 80.0})
    assert "gout" in say("undo", "undo that")["say"]
    assert HealthFact.objects.get(value="gout").undone_at is not None  # it can still be looked up
    say("undo", "undo that")
    profile = Profile.of(member)
    assert (profile.allergies, profile.conditions, profile.weight_kg) == ("sesame", "", 80)
    assert [fact.value for fact in HealthFact.objects.noted()] == ["sesame"]


class Words:
    """A talk in which a member tells, says yes and takes back."""

    def __init__(self, member):
        persona = save_persona(Persona(slug="u", name="Sage", tools=["note_health", "undo"]))
        self.session = start_session(member, persona, make_brief(persona, member_name="Maya"))
        self.calls = 0

    def call(self, name, said):
        self.calls += 1
        arguments = json.dumps({"said": said})
        return json.loads(run_tool(self.session.pk, f"w{self.calls}", name, arguments))

    def told(self, said):
        """Tell something, and say yes to what is asked."""
        return self.call("note_health", self.call("note_health", said)["if_yes"]["said"])["say"]

    def undo(self):
        return self.call("undo", "undo that")["say"]


def profile_of(member):
    profile = Profile.of(member)
    return (profile.allergies, profile.medicines)


def test_undo_puts_back_what_a_yes_ended_and_only_then_takes_off_what_was_noted_before(member):
    save_profile(member, {"medicines": "metformin"})
    before = HealthFact.objects.get().pk
    words = Words(member)
    words.told("I'm allergic to sesame")
    words.told("I no longer take metformin")
    assert profile_of(member) == ("sesame", "")
    assert words.undo() == "Done. I have put metformin back into your profile."
    assert profile_of(member) == ("sesame", "metformin")
    assert HealthFact.objects.noted().get(kind="medicine").pk == before  # its day and source too
    assert words.undo() == "Done. I have taken back what I noted: sesame."
    assert profile_of(member) == ("", "metformin")


def test_undo_takes_back_the_whole_of_one_yes(member):
    save_profile(member, {"allergies": "sesame, kiwi"})
    words = Words(member)
    words.told("I have no allergies")
    assert profile_of(member) == ("", "")
    assert words.undo() == "Done. I have put sesame and kiwi back into your profile."
    assert profile_of(member) == ("sesame, kiwi", "")
    assert {fact.value for fact in HealthFact.objects.noted()} == {"sesame", "kiwi"}


def test_what_ended_and_was_told_anew_is_undone_step_by_step(member):
    save_profile(member, {"medicines": "metformin"})
    words = Words(member)
    for said in ("I no longer take metformin", "I take metformin"):
        words.told(said)
    words.undo()
    assert profile_of(member) == ("", "")
    words.undo()
    assert profile_of(member) == ("", "metformin")
    assert HealthFact.objects.noted().count() == 1


def test_what_ended_is_seen_by_nobody_and_deleted_with_time(member, client):
    save_profile(member, {"medicines": "metformin"})
    Words(member).told("I no longer take metformin")
    client.force_login(member)
    assert "Metformin" not in client.get(reverse("people:told")).content.decode()
    tidy()
    assert HealthFact.objects.count() == 2
    long_ago = clock.now() - KEPT_UNDONE * 2
    HealthFact.objects.update(noted_at=long_ago)
    HealthFact.objects.exclude(undone_at=None).update(undone_at=long_ago)
    tidy()
    assert not HealthFact.objects.exists()


@pytest.mark.parametrize("typed", [True, False])
def test_undo_does_not_bring_back_what_was_erased_since(member, client, typed):
    save_profile(member, {"medicines": "metformin"})
    words = Words(member)
    for said in ("I no longer take metformin", "I take metformin"):
        words.told(said)
    if typed:
        save_profile(member, {"medicines": ""})
    else:
        client.force_login(member)
        client.post(reverse("people:fact_erase", args=[HealthFact.objects.noted().get().pk]))
    words.undo()
    assert profile_of(member) == ("", "")
    assert not HealthFact.objects.exists()


# --- what a yes is to -----------------------------------------------------------------------------
def test_words_that_begin_with_yes_confirm_nothing_and_are_asked_with_the_rest(talk):
    talk.call("I'm allergic to sesame")
    asked = talk.call("Yes, and I'm also allergic to kiwi")
    assert asked["say"] == "Shall I note that you are allergic to sesame and kiwi?"
    assert talk.profile.allergies == ""
    talk.yes(asked)
    assert talk.profile.allergies == "sesame, kiwi"


def test_a_yes_to_something_else_confirms_nothing(talk):
    talk.call("I have diabetes")
    talk.call("Yes, I'm vegan")
    assert talk.profile.conditions == ""


def test_with_a_confirmation_the_rest_of_the_sentence_is_new(talk):
    talk.call("I'm allergic to sesame")
    output = talk.call("Yes, and I'm also allergic to kiwi", confirmed=True)
    assert talk.profile.allergies == "sesame"
    assert output["say"].endswith("Shall I note that you are allergic to kiwi?")
    talk.yes(output)
    assert talk.profile.allergies == "sesame, kiwi"


def test_the_dietitian_reads_what_was_told_and_not_the_yes(talk):
    talk.call("I take insulin")
    talk.call("yes", confirmed=True)
    assert Escalation.objects.get(code="MED-S").quote == "I take insulin"


# --- what nobody sees any more --------------------------------------------------------------------
def test_a_question_that_stays_open_is_deleted_at_the_end_of_its_talk_and_with_time(talk):
    talk.call("I have gout")
    end_session(talk.session)
    assert not HealthFact.objects.exists()
    HealthFact.objects.create(member=talk.member, kind="condition", value="asthma")
    tidy()
    assert HealthFact.objects.filter(value="asthma").exists()
    HealthFact.objects.update(created_at=clock.now() - ASKED_FOR - timedelta(minutes=1))
    tidy()
    assert not HealthFact.objects.exists()


def test_what_was_undone_is_deleted_with_time_and_what_stands_is_not(talk):
    talk.call("I weigh 82 kilos")
    talk.call("I weigh 83 kilos")
    undone, kept = Measurement.objects.order_by("value")
    undo_measurement(talk.member, undone.pk)
    tidy()
    assert Measurement.objects.count() == 2
    Measurement.objects.filter(pk=undone.pk).update(undone_at=clock.now() - KEPT_UNDONE * 2)
    tidy()
    assert Measurement.objects.get() == kept


def test_an_erased_number_does_not_come_back(talk):
    talk.call("I weigh 84 kilos")
    talk.call("I weigh 82 kilos")
    newest, first = Measurement.objects.order_by("value")
    erase_measurement(talk.member, first.pk)
    undo_measurement(talk.member, newest.pk)
    assert talk.profile.weight_kg is None


def test_the_task_runs():
    tidy_now()


def test_the_card_shows_numbers_by_the_same_rule_as_speech(talk):
    talk.call("I weigh 50 kilos")
    assert "50 kg" in talk.card()
    save_profile(talk.member, {"conditions": "anorexia"})
    talk.session.member.refresh_from_db()
    assert talk.call("I weigh 51 kilos")["say"] == "I have noted it."
    assert "51 kg" not in talk.card()


def test_a_dozen_rows_are_as_many_cards_as_their_refs_need():
    rows = [HealthFact(pk=10**17 + n) for n in range(12)]
    cards = _cards(rows)
    assert all(len(card.ref) <= 80 for card in cards)
    assert [key for card in cards for key in REF.findall(card.ref)] == [
        ("f", str(row.pk)) for row in rows
    ]
