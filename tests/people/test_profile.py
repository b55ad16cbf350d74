"""The profile page: saved as typed, in the units people use; errors keep everything."""

import pytest
from django.urls import reverse

from coach.people.actions import save_profile, set_targets
from coach.people.forms import HeightField, WeightField
from coach.people.models import HealthFact, Profile, User
from coach.people.tools.profile import answer, facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return User.objects.create_user("maya@example.org", display_name="Maya")


@pytest.fixture
def page(client, member):
    client.force_login(member)
    return client


def typed(**more):
    return {
        "display_name": "Maya",
        "time_zone": "Europe/Athens",
        "goal": "maintain",
        "day_starts_hour": "0",
        "listening_mode": "open",
        **more,
    }


def test_it_is_saved_and_says_so(page, member):
    answer = page.post(
        reverse("people:profile"),
        typed(height_cm="5 ft 8", weight_kg="154 lb", allergies="peanuts", day_starts_hour="4"),
        follow=True,
    )
    assert "Your profile is saved." in answer.content.decode()
    member.refresh_from_db()
    assert member.time_zone == "Europe/Athens"
    profile = member.profile
    assert (profile.height_cm, profile.weight_kg) == (172.7, 69.9)
    assert (profile.allergies, profile.day_starts_hour) == ("peanuts", 4)


def test_errors_keep_what_was_typed_and_save_nothing(page, member):
    answer = page.post(
        reverse("people:profile"), typed(weight_kg="5", allergies="peanuts and shellfish")
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "peanuts and shellfish" in body
    assert "errorlist" in body
    assert Profile.of(member).allergies == ""


@pytest.mark.parametrize(
    ("zone", "ok"), [("Asia/Kolkata", True), ("UTC", True), ("Mars/Olympus", False)]
)
def test_only_real_time_zones(page, member, zone, ok):
    answer = page.post(reverse("people:profile"), typed(time_zone=zone))
    assert answer.status_code == (302 if ok else 422)


@pytest.mark.parametrize(
    ("text", "cm"),
    [
        ("172", 172),
        ("1.72", 172),
        ("1,72 m", 172),
        ("172 cm", 172),
        ("5'8\"", 172.7),
        ("6 ft", 182.9),
    ],
)
def test_heights(text, cm):
    assert HeightField().to_python(text) == cm


@pytest.mark.parametrize(
    ("text", "kg"),
    [("70", 70), ("70,5 kg", 70.5), ("154 lb", 69.9), ("11 st 4", 71.7), ("11st", 69.9)],
)
def test_weights(text, kg):
    assert WeightField().to_python(text) == kg


def test_a_member_cannot_set_a_dietitians_targets(page, member):
    page.post(reverse("people:profile"), typed(target_kcal="800"))
    assert Profile.of(member).target_kcal is None
    with pytest.raises(KeyError):
        save_profile(member, {"target_kcal": 800})


def test_a_dietitian_is_named_with_the_targets(member):
    asha = User.objects.create_user("asha@example.org", display_name="Asha")
    profile = set_targets(Profile.of(member), asha, {"kcal": 1900, "protein_g": 80})
    assert (profile.target_kcal, profile.targets_by) == (1900, asha)
    assert set_targets(profile, asha, {"kcal": None, "protein_g": None}).targets_by is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("what's my weight", "You weigh 68.5 kilograms."),
        ("how tall am I", "You have not told me your height yet. You can add it in your profile."),
        ("am I allergic to anything", "You told me about these allergies: peanuts."),
        ("which medicines do I take", "You have not told me of any medicines."),
        ("what is my goal", "Your goal is to lose weight gently."),
    ],
)
def test_the_coach_answers_from_the_profile(member, said, expected):
    profile = Profile.of(member)
    profile.weight_kg, profile.allergies, profile.goal = 68.5, "peanuts", "lose"
    assert answer(member, profile, said) == expected


def test_everything_known_is_told_when_nothing_particular_was_asked(member):
    profile = Profile.of(member)
    profile.weight_kg = 68
    told = answer(member, profile, "what do you know about me")
    assert told.startswith("You are called Maya. You weigh 68 kilograms.")


def test_unknown_facts_are_left_out(member):
    assert "height_cm" not in facts(Profile.of(member))
    assert facts(Profile.of(member))["name"] == "Maya"


def test_how_a_talk_listens_is_chosen_in_the_profile(page, member):
    shown = page.get(reverse("people:profile")).content.decode()
    assert "Microphone in a talk" in shown
    page.post(reverse("people:profile"), typed(listening_mode="push", noise_reduction="far_field"))
    member.refresh_from_db()
    assert (member.listening_mode, member.noise_reduction) == ("push", "far_field")


def shown_on(answer) -> dict:
    """What a browser would send of the page's form, unchanged: values, and what was shown."""
    form = answer.context["form"]
    sent = {}
    for field in form:
        value = field.value()
        text = "" if value is None else str(value)
        if value is not False:
            sent[field.html_name] = text
        assert field.html_initial_name in str(field)
        sent[field.html_initial_name] = text
    return sent


def test_an_old_page_writes_only_what_was_changed_on_it(page, member):
    save_profile(member, {"allergies": "kiwi", "conditions": "gout", "pregnant": True})
    old = shown_on(page.get(reverse("people:profile")))
    save_profile(member, {"allergies": "kiwi, sesame", "conditions": "", "height_cm": 171.0})
    page.post(reverse("people:profile"), {**old, "weight_kg": "70"})
    profile = Profile.of(member)
    assert (profile.weight_kg, profile.height_cm) == (70, 171)
    assert (profile.allergies, profile.conditions, profile.pregnant) == ("kiwi, sesame", "", True)
    page.post(reverse("people:profile"), {**old, "allergies": "kiwi, peanuts"})
    kept = HealthFact.objects.for_member(member).noted().filter(kind="allergy")
    assert {fact.value for fact in kept} == {"kiwi", "peanuts", "sesame"}
    page.post(reverse("people:profile"), {**old, "allergies": ""})
    assert Profile.of(member).allergies == "peanuts, sesame"
