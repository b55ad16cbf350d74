"""What interprets here, by what is set."""

import pytest

from coach.interpreter.languages import LANGUAGES
from coach.interpreter.readiness import readiness, told_to
from coach.personas.catalogue import seed_engines
from coach.personas.models import Provider

pytestmark = pytest.mark.django_db
ALL = tuple(LANGUAGES)


@pytest.fixture
def engines():
    seed_engines()


def test_the_built_in_engine_translates_nothing(engines):
    found = readiness()
    assert (found.mode, found.ready) == ("", False)
    assert any("COACH_KEY_OPENAI" in one for one in found.setup)


def test_a_provider_that_is_named_translates_live_beside_any_engine(engines, settings):
    settings.INTERPRETER_PROVIDER = "openai"
    settings.ENGINE_KEYS = {"OPENAI": "sk-1"}
    found = readiness()
    assert (found.mode, found.model) == ("translation", "gpt-realtime-translate")
    assert found.languages == ALL
    assert told_to(found.engine) == "OpenAI"
    target = found.engine.target().translating(found.model)
    assert target.address == (
        "wss://api.openai.com/v1/realtime/translations?model=gpt-realtime-translate"
    )


def test_a_provider_without_its_key_is_told_by_its_variable(engines, settings):
    settings.INTERPRETER_PROVIDER = "openai"
    assert readiness().setup == ("COACH_KEY_OPENAI=…",)


def test_a_provider_that_is_not_there_is_told(engines, settings):
    settings.INTERPRETER_PROVIDER = "nobody"
    assert readiness().setup == ("COACH_INTERPRETER_PROVIDER=nobody",)


def test_an_engine_that_answers_by_itself_cannot_be_told_to_translate(engines, settings):
    settings.INTERPRETER_PROVIDER = "own"
    Provider.objects.create(slug="own", name="Own", url="ws://x/v1/realtime", answers_itself=True)
    assert "answers whatever it hears" in readiness().missing


@pytest.mark.parametrize(
    ("heard", "spoken", "mode"),
    [
        ("", "", ""),  # our own ears and voice know English only
        ("http://x/v1", "", ""),
        ("http://x/v1", "http://x/v1", "instructions"),
    ],
)
def test_a_language_model_needs_ears_and_a_voice_for_both(engines, settings, heard, spoken, mode):
    settings.LLM_URL, settings.ENGINE_SCRIPTED = "http://x/v1", False
    settings.STT_URL, settings.STT_LANGUAGES = heard, ["*"]
    settings.TTS_URL, settings.TTS_LANGUAGES = spoken, ["en", "ko"]
    found = readiness()
    assert found.mode == mode
    if mode:
        assert set(found.languages) == {"en", "ko"}
    else:
        assert any("COACH_TTS_URL" in one for one in found.setup)
