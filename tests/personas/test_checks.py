"""Engines that will stop working are told of in time: by check, in the console, in /healthz."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from coach.people.models import User
from coach.personas.actions import save_persona
from coach.personas.catalogue import seed_engines
from coach.personas.checks import ending, engines
from coach.personas.models import EngineModel, ModelPrice, Persona, Provider
from tests.people.test_admin import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def openai():
    seed_engines()
    return Provider.objects.get(slug="openai")


@pytest.fixture
def sage(openai, settings):
    settings.ENGINE_KEYS = {"OPENAI": "sk-x"}
    return save_persona(
        Persona(
            slug="sage", name="Sage", instructions="x", greeting="Hi",
            provider=openai, model="gpt-realtime",
        )
    )  # fmt: skip


def ids():
    return [message.id for message in engines(None)]


def ends(days):
    day = timezone.localdate() + timedelta(days=days)
    EngineModel.objects.filter(name="gpt-realtime").update(shutdown_on=day)


@pytest.mark.parametrize(
    ("days", "found"),
    [(91, []), (90, ["personas.W001"]), (1, ["personas.W001"]), (0, ["personas.E001"])],
)
def test_a_model_that_ends_is_told_of_in_time(sage, days, found):
    ends(days)
    assert ids() == found


def test_what_nobody_uses_is_of_no_concern(sage):
    ends(10)
    Persona.objects.update(active=False)
    assert ids() == []


def test_the_model_that_writes_down_what_is_heard_counts_too(sage, openai):
    ends(500)
    Provider.objects.filter(pk=openai.pk).update(transcription_model="whisper-1")
    found = ending(date(2027, 2, 1))
    assert [(row.name, use.by) for row, use in found] == [("whisper-1", ("sage",))]


def test_the_model_of_the_house_counts(openai, settings):
    settings.ENGINE_GIVEN, settings.ENGINE_SCRIPTED = True, False
    settings.ENGINE_URL, settings.ENGINE_KEY = openai.url, "sk-house"
    settings.ENGINE_MODEL = "gpt-realtime"
    ends(30)
    messages = engines(None)
    assert [message.id for message in messages] == ["personas.W001"]
    assert "the site" in messages[0].hint


def test_a_provider_without_its_key_is_told_of_by_the_variable(sage, settings):
    ends(500)
    settings.ENGINE_KEYS = {}
    messages = engines(None)
    assert [message.id for message in messages] == ["personas.W002"]
    assert "COACH_KEY_OPENAI" in messages[0].hint


def test_a_provider_that_was_switched_off_is_told_of(sage, openai):
    Provider.objects.filter(pk=openai.pk).update(active=False)
    assert ids() == ["personas.W003"]


# --- where people look --------------------------------------------------------------------------


@pytest.fixture
def console(client):
    client.force_login(User.objects.create_superuser("robin@example.org", display_name="Robin"))
    return client


def test_the_console_shows_when_a_model_ends_and_what_it_costs(console, sage):
    ends(10)
    shown = console.get(reverse("admin:personas_enginemodel_changelist")).content.decode()
    assert (timezone.localdate() + timedelta(days=10)).isoformat() in shown
    assert "audio 32 in, 64 out for a million tokens" in shown
    assert "0.000075 a second" in shown


def test_the_console_says_whether_there_is_a_key_and_never_which(console, openai, settings):
    settings.ENGINE_KEYS = {"OPENAI": "sk-secret"}
    page = reverse("admin:personas_provider_change", args=[openai.pk])
    for address in (page, reverse("admin:personas_provider_changelist")):
        shown = console.get(address).content.decode()
        assert "sk-secret" not in shown
        assert "not set" in shown or address == page
    assert ">set<" in shown_of(console, openai)
    settings.ENGINE_KEYS = {}
    assert ">not set<" in shown_of(console, openai)


def shown_of(console, provider):
    answer = console.get(reverse("admin:personas_provider_change", args=[provider.pk]))
    return answer.content.decode()


def test_the_pages_open(console, openai):
    model = EngineModel.objects.first()
    for name, args in [
        ("provider_add", []),
        ("enginemodel_add", []),
        ("enginemodel_change", [model.pk]),
        ("persona_add", []),
    ]:
        assert console.get(reverse(f"admin:personas_{name}", args=args)).status_code == 200


def test_what_came_with_the_product_is_not_deleted(console, openai):
    own = Provider.objects.create(slug="own", name="Own", url="wss://own.example/v1/realtime")
    assert (
        console.post(reverse("admin:personas_provider_delete", args=[openai.pk])).status_code == 403
    )
    gone = {"post": "yes"}
    console.post(reverse("admin:personas_provider_delete", args=[own.pk]), gone)
    assert not Provider.objects.filter(slug="own").exists()


def test_a_voice_that_is_not_known_is_a_doubt_and_no_refusal(console, sage):
    page = reverse("admin:personas_persona_change", args=[sage.pk])
    sent = filled(console.get(page)) | {"voice": "beacon"}
    answer = console.post(page, sent, follow=True)
    assert "is not known to have the voice “beacon”" in answer.content.decode()
    sage.refresh_from_db()
    assert sage.voice == "beacon"


def test_a_new_coach_begins_with_the_tools_of_the_first_and_none_is_a_doubt(console, sage):
    Persona.objects.filter(pk=sage.pk).update(tools=["log_meal", "undo"])
    page = console.get(reverse("admin:personas_persona_add"))
    assert page.context["adminform"].form.initial["tools"] == ["log_meal", "undo"]
    change = reverse("admin:personas_persona_change", args=[sage.pk])
    sent = filled(console.get(change))
    sent.pop("tools", None)
    assert "It has no tools" in console.post(change, sent, follow=True).content.decode()


def test_healthz_tells_of_it_and_stays_well(client, sage):
    ends(10)
    part = client.get(reverse("healthz")).json()["parts"]["models"]
    day = timezone.localdate() + timedelta(days=10)
    assert part == {"ok": True, "ending": [f"gpt-realtime {day}"]}


def test_a_budget_that_cannot_count_is_told_of(sage, settings):
    ends(500)
    ModelPrice.objects.all().delete()
    assert ids() == []
    settings.BUDGET_SITE_USD = Decimal(20)
    assert ids() == ["personas.W004"]  # our own engine is free
    seed_engines()
    assert ids() == []


def test_the_model_of_voice_notes_is_told_of_until_its_price_is_entered(console, sage, settings):
    ends(500)
    settings.BUDGET_SITE_USD = Decimal(20)
    assert ids() == []  # notes go to the engine of the talk
    settings.NOTES_URL = "https://api.openai.com/v1"
    [told] = engines(None)
    assert told.id == "personas.W004"
    assert "gpt-audio" in told.msg
    audio = EngineModel.objects.get(provider__slug="openai", name="gpt-audio")
    change = reverse("admin:personas_enginemodel_change", args=[audio.pk])
    sent = filled(console.get(change)) | {
        "prices-TOTAL_FORMS": "1",
        "prices-0-model": audio.pk,
        "prices-0-from_date": "2026-11-01",
        "prices-0-text_in": "2.50",
        "prices-0-text_out": "10",
        "prices-0-audio_in": "32",
        "prices-0-audio_out": "64",
    }
    console.post(change, sent)
    assert audio.prices.get().audio_out == 64
    assert ids() == []


@pytest.fixture
def own():
    return Provider.objects.create(
        slug="embedded", name="Own", default_model="gpt-realtime-2.1", languages=["en"]
    )


def test_names_are_written_with_commas_and_kept_as_a_list(console, own):
    address = reverse("admin:personas_provider_change", args=[own.pk])
    shown = console.get(address)
    assert "which are those of the protocol" in shown.content.decode()
    form = shown.context["adminform"].form
    assert form["languages"].value() == "en"
    assert 'value="en"' in str(form["languages"])
    field = form.fields["languages"]
    assert field.clean(" en, de ,") == ["en", "de"]
    assert field.clean("") == []
    assert not field.has_changed(["en"], "en")


def test_the_list_of_providers_names_no_model_that_does_not_run(console, own, settings):
    address = reverse("admin:personas_provider_changelist")
    assert "gpt-" not in console.get(address).content.decode()
    settings.LLM_URL, settings.LLM_MODEL = "https://mind.example/v1", "thinker"
    assert "thinker" in console.get(address).content.decode()
