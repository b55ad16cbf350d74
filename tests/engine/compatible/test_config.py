"""From the environment's settings to the engine's parts."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from coach.engine.compatible import LlmEndpoint, SttEndpoint, TtsEndpoint
from coach.site.management.commands.engine import endpoints


def test_no_setting_no_endpoint() -> None:
    found = endpoints()
    assert (found.llm, found.stt, found.tts) == (None, None, None)


def test_all_settings(settings: Any) -> None:
    settings.LLM_URL, settings.LLM_KEY = "http://127.0.0.1:11434/v1/", "k1"
    settings.LLM_MODEL, settings.LLM_IMAGES = "qwen3:8b", True
    settings.STT_URL, settings.STT_MODEL, settings.STT_KEY = "https://e/v1", "whisper", "k2"
    settings.STT_LANGUAGES = ["en", "de"]
    settings.TTS_URL, settings.TTS_MODEL, settings.TTS_KEY = "https://v/v1", "tts", "k3"
    settings.TTS_VOICES = ["coral", "ash"]
    found = endpoints()
    found.check()
    url = "http://127.0.0.1:11434/v1/"
    assert found.llm == LlmEndpoint(url=url, key="k1", model="qwen3:8b", images=True)
    assert found.llm.at("chat/completions") == "http://127.0.0.1:11434/v1/chat/completions"
    assert found.stt == SttEndpoint(
        url="https://e/v1", key="k2", model="whisper", languages=("en", "de")
    )
    assert found.tts == TtsEndpoint(
        url="https://v/v1", key="k3", model="tts", voices=("coral", "ash"), languages=("*",)
    )


@pytest.mark.parametrize(
    ("url", "model", "named"),
    [("127.0.0.1:11434", "m", "COACH_LLM_URL"), ("http://a/v1", "", "COACH_LLM_MODEL")],
)
def test_half_a_configuration_is_refused_by_name(
    settings: Any, url: str, model: str, named: str
) -> None:
    settings.LLM_URL, settings.LLM_MODEL = url, model
    with pytest.raises(CommandError, match=named):
        call_command("engine", port=0, stdout=StringIO())
