"""Which engine a persona or a talk gets, from rows and the environment."""

import json
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from django.core.exceptions import ValidationError

from coach.people.models import User
from coach.personas.actions import save_persona
from coach.personas.catalogue import FILE, seed_engines
from coach.personas.engines import default_engine, engine_for, price_of, safety_identifier
from coach.personas.models import EngineModel, ModelPrice, Persona, Provider
from coach.settings import secrets
from coach.talk.brief import freeze, make_brief, thaw
from coach.talk.live.engine import engine_settings
from coach.talk.models import Session
from coach.voice.realtime.settings import session_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded():
    seed_engines()


def persona(**fields):
    return Persona(
        slug="sage",
        name="Sage",
        instructions="Coach.",
        greeting="Hi",
        **{"voice": "marin"} | fields,
    )


# --- the catalogue ------------------------------------------------------------------------------


def test_the_catalogue_brings_models_with_prices_and_their_ends(seeded):
    row = EngineModel.objects.get(provider__slug="openai", name="gpt-realtime-2.1")
    assert (row.context, row.reasons, row.shutdown_on) == (128_000, True, None)
    price = row.price_on(date(2026, 11, 22))
    assert price is not None
    assert (price.audio_in, price.audio_cached, price.audio_out) == (32, Decimal("0.4"), 64)
    ends = EngineModel.objects.get(provider__slug="openai", name="gpt-realtime")
    assert ends.shutdown_on == date(2027, 1, 20)
    heard = price_of("openai", "gpt-transcribe", date(2026, 11, 22))
    assert heard is not None
    assert heard.a_second == Decimal("0.000075")
    assert {p.slug for p in Provider.objects.all()} == {"embedded", "openai", "openai-eu", "azure"}
    assert not Provider.objects.get(slug="azure").active


def test_every_default_model_of_the_catalogue_is_one_that_stays(seeded):
    for row in Provider.objects.exclude(slug="embedded"):
        for name in (row.default_model, row.transcription_model):
            assert row.engine_models.get(name=name).shutdown_on is None, name


def test_a_second_time_changes_nothing(seeded):
    def rows():
        kinds = (Provider, EngineModel, ModelPrice)
        return [list(kind.objects.order_by("pk").values()) for kind in kinds]

    before = rows()
    seed_engines()
    assert rows() == before


def test_what_an_admin_changed_stays_and_the_rest_is_brought_up_to_date(seeded, tmp_path):
    Provider.objects.filter(slug="openai").update(max_sessions=40, default_model="gpt-realtime-2")
    ModelPrice.objects.filter(model__name="gpt-realtime-2.1").update(text_in=Decimal("3.5"))
    newer = tmp_path / "engines.toml"
    text = FILE.read_text()
    text = text.replace('text = ["4", "0.40", "24"]', 'text = ["5", "0.50", "24"]')
    text = text.replace(
        'name = "gpt-realtime-2"\n', 'name = "gpt-realtime-2"\nshutdown_on = 2028-01-01\n'
    )
    text = text.replace('default_model = "gpt-realtime-2.1"', 'default_model = "gpt-realtime-3"')
    newer.write_text(text)
    seed_engines(newer)
    openai = Provider.objects.get(slug="openai")
    assert (openai.default_model, openai.max_sessions) == ("gpt-realtime-2", 40)
    assert Provider.objects.get(slug="openai-eu").default_model == "gpt-realtime-3"
    price = ModelPrice.objects.get(model__name="gpt-realtime-2.1", model__provider=openai)
    assert (price.text_in, price.text_cached) == (Decimal("3.5"), Decimal("0.5"))
    ends = EngineModel.objects.get(provider=openai, name="gpt-realtime-2")
    assert ends.shutdown_on == date(2028, 1, 1)


def test_a_row_of_an_admin_with_a_name_of_ours_is_theirs():
    Provider.objects.create(slug="openai", name="Our contract", url="wss://x.example/v1/realtime")
    seed_engines()
    assert Provider.objects.get(slug="openai").name == "Our contract"


def test_the_price_of_a_day(seeded):
    row = EngineModel.objects.get(provider__slug="openai", name="gpt-realtime-2.1")
    ModelPrice.objects.create(model=row, from_date=date(2027, 1, 1), audio_in=Decimal(20))
    day = {
        d: price_of("openai", row.name, date(*d))
        for d in [(2026, 9, 30), (2026, 12, 31), (2027, 1, 1)]
    }
    assert day[2026, 9, 30] is None
    assert day[2026, 12, 31].audio_in == 32
    assert day[2027, 1, 1].audio_in == 20


def test_our_own_engine_costs_nothing_and_an_unknown_model_is_not_known(seeded, settings):
    free = price_of("embedded", "whatever", date(2026, 11, 22))
    assert free is not None
    assert free.audio_out == free.a_second == 0
    assert price_of("openai", "whatever", date(2026, 11, 22)) is None
    settings.LLM_URL = "https://llm.example/v1"
    dear = price_of("embedded", "whatever", date(2026, 11, 22))
    assert (dear.text_in, dear.text_out, dear.audio_out, dear.audio_in) == (None, None, 0, 0)


def test_parts_of_our_own_engine_that_are_other_servers_cost_what_their_models_do(seeded, settings):
    own = Provider.objects.get(slug="embedded")
    settings.LLM_URL, settings.LLM_MODEL = "https://llm.example/v1", "thinker"
    settings.STT_URL, settings.STT_MODEL = "https://ears.example/v1", "hearer"
    for name, rates in {
        "thinker": {"text_in": Decimal(2), "text_out": Decimal(8)},
        "hearer": {"per_minute": Decimal("0.006")},
    }.items():
        row = EngineModel.objects.create(provider=own, name=name)
        ModelPrice.objects.create(model=row, from_date=date(2026, 1, 1), **rates)
    price = price_of("embedded", "whatever", date(2026, 11, 22))
    assert (price.text_in, price.text_out, price.audio_in, price.audio_out) == (2, 8, 0, 0)
    assert price.a_second == Decimal("0.0001")


@pytest.mark.parametrize("wrong", ["en", 5, ["en", 5], [""], {"en": 1}])
def test_languages_and_voices_are_lists_of_names(seeded, wrong):
    provider = Provider.objects.get(slug="openai")
    provider.languages = wrong
    with pytest.raises(ValidationError):
        provider.full_clean()


# --- the choice ---------------------------------------------------------------------------------


def test_without_any_row_and_any_setting_it_is_our_own_engine(settings):
    engine = engine_for(persona())
    assert (engine.provider, engine.url, engine.scripted) == ("embedded", settings.ENGINE_URL, True)
    assert engine.target().key == settings.ENGINE_KEY
    assert engine.target().safety_id == ""


def test_the_environment_makes_the_engine_of_the_house(seeded, settings):
    settings.ENGINE_GIVEN, settings.ENGINE_SCRIPTED = True, False
    settings.ENGINE_URL, settings.ENGINE_KEY = "wss://api.openai.com/v1/realtime", "sk-house"
    settings.ENGINE_MODEL = "gpt-realtime-2.1-mini"
    engine = default_engine()
    assert (engine.provider, engine.model, engine.images) == (
        "openai",
        "gpt-realtime-2.1-mini",
        True,
    )
    assert engine.key == "sk-house"
    settings.ENGINE_URL = "ws://10.0.0.7:9000/v1/realtime"
    other = default_engine()
    assert (other.provider, other.tells_member, other.images) == ("house", False, False)
    settings.ENGINE_IMAGES = True
    assert default_engine().images


def test_a_persona_has_an_engine_of_its_own(seeded, settings):
    settings.ENGINE_KEYS = {"AZURE": "azure-key"}
    Provider.objects.filter(slug="azure").update(active=True, url="wss://r.openai.azure.com/v1")
    azure = Provider.objects.get(slug="azure")
    member = User.objects.create_user("maya@example.org")
    target = engine_for(persona(provider=azure, model="our-deployment")).target(member)
    assert target.address == "wss://r.openai.azure.com/v1?model=our-deployment"
    assert target.headers == {
        "api-key": "azure-key",
        "OpenAI-Safety-Identifier": safety_identifier(member.pk),
    }


def test_an_inactive_provider_gives_way_to_the_house(seeded):
    azure = Provider.objects.get(slug="azure")
    assert engine_for(persona(provider=azure)).provider == "embedded"


def test_a_key_is_found_under_its_name_and_shown_nowhere(monkeypatch, tmp_path, settings):
    file = tmp_path / "key"
    file.write_text("sk-of-file\n")
    monkeypatch.setenv("COACH_KEY_EU_FILE", str(file))
    monkeypatch.setenv("COACH_KEY_PLAIN", "sk-plain")
    monkeypatch.setenv("COACH_KEY_EMPTY", "")
    settings.ENGINE_KEYS = secrets("COACH_KEY_")
    assert settings.ENGINE_KEYS == {"EU": "sk-of-file", "PLAIN": "sk-plain"}
    row = Provider.objects.create(
        slug="eu", name="EU", url="wss://eu.example/v1/realtime", key_name="EU"
    )
    engine = engine_for(persona(provider=row))
    assert engine.key == "sk-of-file"
    assert "sk-of-file" not in repr(engine)
    assert "sk-of-file" not in repr(engine.target())


# --- who is talking -----------------------------------------------------------------------------


def test_the_pseudonym_is_stable_and_depends_on_our_key(settings):
    first = safety_identifier(7)
    assert first == safety_identifier(7)
    assert first != safety_identifier(8)
    assert len(first) == 64
    settings.SECRET_KEY = "another"
    assert safety_identifier(7) != first


@pytest.mark.parametrize(
    ("style", "enabled", "told"),
    [
        ("openai", False, True),
        ("azure", False, True),
        ("compatible", False, False),
        ("compatible", True, True),
    ],
)
def test_a_plain_server_is_told_no_pseudonym_unless_the_row_says_so(style, enabled, told):
    member = User.objects.create_user("maya@example.org")
    row = Provider.objects.create(
        slug="x", name="X", style=style, url="wss://x.example/v1/realtime", safety_id=enabled
    )
    headers = engine_for(persona(provider=row)).target(member).headers
    assert ("OpenAI-Safety-Identifier" in headers) is told


# --- personas -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"speed": 0.2}, "speed"),
        ({"speed": 1.6}, "speed"),
        ({"eagerness": "high"}, "eagerness"),
        ({"model": "gpt-realtime-1.5", "reasoning_effort": "low"}, "reasoning_effort"),
        ({"turn_detection": "none"}, "turn_detection"),
        ({"noise_reduction": "loud"}, "noise_reduction"),
    ],
)
def test_settings_that_no_engine_takes_are_refused(seeded, fields, wrong):
    openai = Provider.objects.get(slug="openai")
    with pytest.raises(ValidationError) as caught:
        persona(provider=openai, **fields).full_clean()
    assert set(caught.value.message_dict) == {wrong}


def test_settings_that_fit_are_taken(seeded):
    persona(
        provider=Provider.objects.get(slug="openai"),
        model="gpt-realtime-2.1-mini",
        reasoning_effort="low",
        turn_detection="semantic_vad",
        eagerness="low",
        noise_reduction="far_field",
        speed=1.5,
    ).full_clean()


def chosen():
    return save_persona(
        persona(
            provider=Provider.objects.get(slug="openai"),
            model="gpt-realtime-2.1-mini",
            reasoning_effort="low",
            turn_detection="semantic_vad",
            eagerness="high",
            noise_reduction="near_field",
        )
    )


def test_a_brief_freezes_engine_and_settings(seeded):
    brief = make_brief(chosen(), member_name="Maya")
    stored = Session(**freeze(brief))
    stored.brief = json.loads(json.dumps(stored.brief))
    Persona.objects.update(provider=None, model="", noise_reduction="")
    Provider.objects.filter(slug="openai").update(default_model="other", retention_ratio=0.5)
    thawed = thaw(stored)
    assert thawed == brief
    assert engine_for(thawed).target().address == (
        "wss://api.openai.com/v1/realtime?model=gpt-realtime-2.1-mini"
    )
    session = json.loads(session_update(engine_settings(thawed), "e"))["session"]
    assert session["reasoning"] == {"effort": "low"}
    assert session["truncation"] == {"type": "retention_ratio", "retention_ratio": 0.8}
    assert session["audio"]["input"]["noise_reduction"] == {"type": "near_field"}
    assert session["audio"]["input"]["turn_detection"]["eagerness"] == "high"
    assert session_update(engine_settings(thaw(stored)), "e") == session_update(
        engine_settings(brief), "e"
    )
    alone = msgspec.structs.replace(thawed, answers_itself=True)
    assert [engine_settings(told).answers_itself for told in (thawed, alone)] == [False, True]


def test_a_brief_of_the_house_leaves_the_choice_to_the_environment(seeded, settings):
    brief = make_brief(save_persona(persona()), member_name="Maya")
    assert (brief.provider, brief.model, brief.scripted) == ("", "", True)
    settings.ENGINE_URL = "ws://127.0.0.1:1/v1/realtime"
    assert engine_for(brief).url == settings.ENGINE_URL


def test_a_brief_from_before_there_were_providers_is_still_read(seeded):
    stored = Session(**freeze(make_brief(save_persona(persona()), member_name="Maya")))
    new = "provider reasoning_effort turn_detection eagerness noise_reduction transcription_model"
    for name in (*new.split(), "retention_ratio", "images", "scripted", "max_sessions"):
        stored.brief.pop(name)
    assert thaw(stored).provider == ""


def test_versions_keep_the_engine_too(seeded):
    content = chosen().versions.get().content
    assert content["provider"] == "openai"
    assert (content["reasoning_effort"], content["turn_detection"]) == ("low", "semantic_vad")
    assert (content["eagerness"], content["noise_reduction"]) == ("high", "near_field")
