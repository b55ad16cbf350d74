"""The console's pages of people, personas, foods and meals."""

import re

import pytest
from django.urls import reverse

from coach.nutrition.models import Food
from coach.people.actions import save_profile
from coach.people.models import HealthFact, Measurement, MemoryItem, Profile, User
from coach.personas.actions import save_persona
from coach.personas.models import Persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin():
    return User.objects.create_superuser("robin@example.org", display_name="Robin")


@pytest.fixture
def console(client, robin):
    client.force_login(robin)
    return client


@pytest.fixture
def persona():
    return save_persona(
        Persona(slug="sage", name="Sage", instructions="Coach.", greeting="Hi", tools=["undo"])
    )


@pytest.mark.parametrize(
    "page",
    [
        "people_user_changelist",
        "people_user_add",
        "nutrition_food_changelist",
        "nutrition_food_add",
        "nutrition_meal_changelist",
        "nutrition_diarychange_changelist",
        "personas_persona_changelist",
        "personas_persona_add",
    ],
)
def test_the_pages_open(console, page):
    assert console.get(reverse(f"admin:{page}")).status_code == 200


def test_members_do_not_get_in(client):
    client.force_login(User.objects.create_user("maya@example.org"))
    assert client.get(reverse("admin:people_user_changelist")).status_code == 302


def filled(answer) -> dict:
    """What a browser would send of the page's form, unchanged."""
    form = answer.context["adminform"].form
    formsets = [inline.formset for inline in answer.context["inline_admin_formsets"]]
    sent = {}
    for one in [form, *(f.management_form for f in formsets), *(x for f in formsets for x in f)]:
        for field in one:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def test_a_persona_that_is_saved_is_a_new_version(console, persona):
    url = reverse("admin:personas_persona_change", args=[persona.pk])
    sent = {**filled(console.get(url)), "tools": ["log_meal", "undo"], "manner": "brief"}
    assert console.post(url, sent).status_code == 302
    persona.refresh_from_db()
    assert (persona.version, persona.tools) == (2, ["log_meal", "undo"])
    assert [version.version for version in persona.versions.all()] == [2, 1]
    assert persona.versions.first().content["manner"] == "brief"


def test_only_tools_that_there_are_can_be_ticked(console, persona):
    url = reverse("admin:personas_persona_change", args=[persona.pk])
    answer = console.post(url, {**filled(console.get(url)), "tools": ["no_such_tool"]})
    assert answer.status_code == 200
    persona.refresh_from_db()
    assert persona.tools == ["undo"]


def test_who_sets_targets_is_named(console, robin):
    maya = User.objects.create_user("maya@example.org", display_name="Maya")
    Profile.of(maya)
    url = reverse("admin:people_user_change", args=[maya.pk])
    sent = filled(console.get(url))
    assert console.post(url, {**sent, "profile-0-target_kcal": "1900"}).status_code == 302
    profile = Profile.objects.get(user=maya)
    assert (profile.target_kcal, profile.targets_by) == (1900, robin)


def test_a_dietitians_food_is_found(console):
    sent = {"name": "Bibimbap of the house", "kcal": "130", "others": "{}"}
    for name in ("protein_g", "carbohydrate_g", "sugar_g", "fat_g", "saturated_fat_g"):
        sent[name] = "1"
    sent |= {"fibre_g": "1", "sodium_mg": "200", "searchable": "on"}
    for prefix in ("portions", "other_names"):
        sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    assert console.post(reverse("admin:nutrition_food_add"), sent).status_code == 302
    assert Food.objects.get().source == Food.Source.CUSTOM
    page = console.get(reverse("admin:nutrition_food_changelist"), {"q": "bibimbap"})
    assert "Bibimbap of the house" in page.content.decode()


def test_a_new_person_needs_only_an_address(console):
    sent = {
        "email": "asha@example.org",
        "password1": "tr0ut-4-supper",
        "password2": "tr0ut-4-supper",
    }
    answer = console.post(reverse("admin:people_user_add"), {**sent, "usable_password": "true"})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert User.objects.filter(email="asha@example.org").exists()


def test_an_old_page_of_the_console_deletes_no_fact(console):
    maya = User.objects.create_user("maya@example.org", display_name="Maya")
    save_profile(maya, {"conditions": "gout"})
    url = reverse("admin:people_user_change", args=[maya.pk])
    page = console.get(url)
    old = filled(page)
    (inline,) = page.context["inline_admin_formsets"]
    for field in inline.formset.forms[0]:
        if field.field.show_hidden_initial:
            assert field.html_initial_name in page.content.decode()
            old[field.html_initial_name] = "" if field.value() is None else field.value()
    save_profile(maya, {"allergies": "sesame", "conditions": "gout, asthma"})
    assert console.post(url, {**old, "profile-0-weight_kg": "70"}).status_code == 302
    profile = Profile.objects.get(user=maya)
    assert (profile.weight_kg, profile.allergies) == (70, "sesame")
    assert profile.conditions == "gout, asthma"
    assert HealthFact.objects.noted().count() == 3


def test_what_is_kept_of_members_opens_as_a_list_without_values(console):
    maya = User.objects.create_user("maya@example.org", display_name="Maya")
    save_profile(maya, {"allergies": "sesame", "weight_kg": 81.5})
    rows = [
        HealthFact.objects.get(),
        Measurement.objects.get(),
        MemoryItem.objects.create(member=maya, text="less salt", by="Asha"),
    ]
    for row in rows:
        name = f"admin:people_{row._meta.model_name}"
        page = console.get(reverse(f"{name}_changelist"))
        assert page.status_code == 200
        assert not re.search("sesame|81.5|less salt", page.content.decode())
        assert console.get(reverse(f"{name}_change", args=[row.pk])).status_code == 403
