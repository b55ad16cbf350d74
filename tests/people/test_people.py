"""Who people are: their names, clocks and rights, and what a coach may know of them."""

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from coach.people.actions import OF_LISTENING, save_listening, save_profile, set_targets
from coach.people.middleware import TimeZoneMiddleware
from coach.people.models import Profile, User
from coach.people.tools.profile import ASKED, answer, facts
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import run_tool, start_session
from coach.talk.brief import make_brief


@pytest.fixture
def member(db):
    return User.objects.create_user("maya@example.org", display_name="Maya", time_zone="Asia/Tokyo")


# --- people ---------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_people_sign_in_by_an_address_in_small_letters():
    user = User.objects.create_user("Maya@Example.ORG", "secret-4-maya")
    assert user.email == "maya@example.org"
    assert user.check_password("secret-4-maya")
    assert not user.is_staff
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("maya@example.org")


@pytest.mark.django_db
def test_an_administrator_may_do_everything():
    robin = User.objects.create_superuser("robin@example.org", "secret")
    assert (robin.is_staff, robin.is_superuser) == (True, True)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"display_name": "Maya", "email": "m@example.org"}, "Maya"),
        ({"display_name": "", "email": "maya.k@example.org"}, "maya.k"),
    ],
)
def test_a_name_is_never_empty(fields, name):
    user = User(**fields)
    assert str(user) == user.get_full_name() == user.get_short_name() == user.name == name


def test_each_person_has_a_clock():
    user = User(time_zone="Asia/Tokyo")
    at = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
    assert user.zone == ZoneInfo("Asia/Tokyo")
    assert user.local(at).isoformat() == "2026-03-11T05:00:00+09:00"


def test_a_zone_must_be_one(member):
    member.time_zone = "Mars/Olympus"
    with pytest.raises(ValidationError, match="not a time zone"):
        member.full_clean(exclude=["password"])


def test_a_member_is_no_expert(member):
    assert member.is_expert is False


@given(st.dates(date(1920, 1, 1), date(2015, 12, 31)), st.dates(date(2016, 1, 1), date(2030, 1, 1)))
def test_age_is_whole_years_and_grows_on_the_birthday(born, day):
    age = Profile(born_on=born).age_on(day)
    assert age == day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    assert Profile().age_on(day) is None


def test_age_is_by_the_members_own_clock(member, monkeypatch):
    at = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)  # 1:00 of the 10th in Tokyo
    monkeypatch.setattr("coach.clock.host_now", lambda: at)
    assert Profile(user=member, born_on=date(1990, 3, 10)).age == 36
    member.time_zone = "UTC"
    assert Profile(user=member, born_on=date(1990, 3, 10)).age == 35


def test_a_profile_is_made_when_it_is_first_asked_for(member):
    assert Profile.of(member) == Profile.of(member)
    assert Profile.objects.count() == 1


# --- their clock in a request ---------------------------------------------------------------------
def shown_zone(user) -> str:
    seen: list[str] = []

    def view(_request):
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    TimeZoneMiddleware(view)(SimpleNamespace(user=user))
    return seen[0]


def test_a_request_is_rendered_by_its_persons_clock(member):
    before = timezone.get_current_timezone_name()
    assert shown_zone(member) == "Asia/Tokyo"
    assert timezone.get_current_timezone_name() == before


def test_a_guest_sees_the_servers_clock():
    assert shown_zone(AnonymousUser()) == timezone.get_default_timezone_name()


def test_the_clock_is_put_back_when_a_view_fails(member):
    def fails(_request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        TimeZoneMiddleware(fails)(SimpleNamespace(user=member))
    assert timezone.get_current_timezone_name() == timezone.get_default_timezone_name()


# --- verbs ----------------------------------------------------------------------------------------
def test_a_profile_is_saved_to_the_person_and_to_the_profile(member):
    save_profile(member, {"display_name": "May", "weight_kg": 70.0, "noise_reduction": "off"})
    member.refresh_from_db()
    assert (member.display_name, member.noise_reduction) == ("May", "off")
    assert member.profile.weight_kg == 70.0


@pytest.mark.parametrize("name", ["target_kcal", "targets_by", "no_such_field"])
def test_what_is_not_theirs_to_say_changes_nothing(member, name):
    with pytest.raises(Exception, match=name):
        save_profile(member, {"display_name": "May", name: 1})
    member.refresh_from_db()
    assert member.display_name == "Maya"


def test_listening_leaves_what_was_not_chosen(member):
    for name in OF_LISTENING:
        before = {other: getattr(member, other) for other in OF_LISTENING if other != name}
        value = {"listening_mode": "push", "noise_reduction": "off", "headphones_hint": False}[name]
        save_listening(member, {name: value, "email": "other@example.org"})
        member.refresh_from_db()
        assert getattr(member, name) == value
        assert {other: getattr(member, other) for other in before} == before
        assert member.email == "maya@example.org"


def test_targets_are_one_persons_until_all_are_taken_back(member):
    asha = User.objects.create_user("asha@example.org")
    profile = set_targets(Profile.of(member), asha, {"kcal": 1900, "fat_g": 60})
    assert (profile.targets_by, profile.target_kcal, profile.target_fat_g) == (asha, 1900, 60)
    assert set_targets(profile, asha, {"kcal": None}).targets_by == asha
    assert set_targets(profile, asha, {"fat_g": None}).targets_by is None
    with pytest.raises(Exception, match="target_vitamins"):
        set_targets(profile, asha, {"vitamins": 3})


# --- what the coach may ask -----------------------------------------------------------------------
EVERYTHING = {
    "born_on": date(1990, 1, 1), "sex": "female", "height_cm": 168.0, "weight_kg": 68.5,
    "activity": "light", "goal": "gain", "pregnant": True, "allergies": "peanuts",
    "conditions": "asthma", "medicines": "a spray", "eating_style": "vegan",
    "target_kcal": 2000, "target_fat_g": 70,
}  # fmt: skip
QUESTIONS = [
    ("what's my weight", "You weigh 68.5 kilograms.", "your weight"),
    ("how tall am I", "You are 168 centimetres tall.", "your height"),
    ("how old am I", " years old.", "your date of birth"),
    ("am I allergic to anything", "You told me about these allergies: peanuts.", "any allergies"),
    ("do I have a condition", "You told me about: asthma.", "any conditions"),
    ("which pills do I take", "You told me that you take: a spray.", "any medicines"),
    ("how active am I", "Your activity is: light exercise 1–3 days a week.", "how active you are"),
    ("what diet do I follow", "You told me how you eat: vegan.", "how you eat"),
    ("what's my goal", "Your goal is to gain weight.", "Your goal is to stay as you are."),
    ("what time zone am I in", "Your time zone is Asia, Tokyo.", "Your time zone is Asia, Tokyo."),
    ("who am I", "You are called Maya.", "You are called Maya."),
]


@pytest.mark.parametrize(("said", "known", "unknown"), QUESTIONS)
def test_a_question_is_answered_with_what_is_known_or_asked_for(member, said, known, unknown):
    assert known in answer(member, Profile(user=member, **EVERYTHING), said)
    assert unknown in answer(member, Profile(user=member), said)


def test_every_kind_of_question_is_tested():
    assert len(QUESTIONS) == len(ASKED)


def test_facts_are_in_the_units_of_their_names(member):
    told = facts(Profile(user=member, **EVERYTHING))
    assert told["height_cm"] == 168.0
    assert told["goal"] == "gain weight"
    assert told["pregnant_or_breastfeeding"] is True
    assert told["dietitian_targets"] == {"kcal": 2000, "fat_g": 70}
    assert json.dumps(told)
    assert facts(Profile(user=member)) == {"name": "Maya", "goal": "stay as I am"}


def test_the_tool_tells_of_the_sessions_own_member(member):
    Profile.of(User.objects.create_user("other@example.org", display_name="Other"))
    persona = save_persona(
        Persona(slug="sage", name="S", instructions="C", greeting="H", tools=["get_profile"])
    )
    session = start_session(member, persona, make_brief(persona, member_name="Maya"))
    arguments = {"said": "who am I", "member": "other@example.org"}
    output = json.loads(run_tool(session.pk, "c1", "get_profile", json.dumps(arguments)))
    assert "Other" not in json.dumps(output)
    output = json.loads(run_tool(session.pk, "c2", "get_profile", '{"said": "who am I"}'))
    assert output["say"] == "You are called Maya."
    assert output["profile"]["name"] == "Maya"


# --- rights in the console ------------------------------------------------------------------------
@pytest.fixture
def clerk(client, db):
    """Somebody who may edit people and is no administrator, signed in to the console."""
    user = User.objects.create_user("clerk@example.org", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_user", "change_user", "change_profile"])
    )
    client.force_login(user)
    return user


def change_page(client, user):
    return client.get(reverse("admin:people_user_change", args=[user.pk]))


def test_who_may_edit_people_cannot_give_rights(client, clerk, member):
    page = change_page(client, member)
    assert page.status_code == 200
    assert not {"is_staff", "is_superuser"} & set(page.context["adminform"].form.fields)
    client.post(reverse("admin:people_user_change", args=[member.pk]), {"is_superuser": "on"})
    member.refresh_from_db()
    assert not member.is_superuser


def test_who_may_edit_people_cannot_take_an_administrators_account(client, clerk):
    robin = User.objects.create_superuser("robin@example.org", display_name="Robin")
    url = reverse("admin:people_user_change", args=[robin.pk])
    assert client.post(url, {"email": "clerk2@example.org"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[robin.pk])
    answer = client.post(password, {"password1": "tr0ut-4-you", "password2": "tr0ut-4-you"})
    assert answer.status_code == 403
    robin.refresh_from_db()
    assert robin.email == "robin@example.org"
    assert not robin.check_password("tr0ut-4-you")
