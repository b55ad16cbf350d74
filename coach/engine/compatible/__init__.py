"""Components of the engine that are other servers, of OpenAI's HTTP interface."""

from coach.engine.compatible.config import Endpoints, LlmEndpoint, SttEndpoint, TtsEndpoint
from coach.engine.compatible.http import client
from coach.engine.compatible.llm import CompatibleLlm
from coach.engine.compatible.stt import CompatibleStt
from coach.engine.compatible.tts import CompatibleTts

__all__ = [
    "CompatibleLlm",
    "CompatibleStt",
    "CompatibleTts",
    "Endpoints",
    "LlmEndpoint",
    "SttEndpoint",
    "TtsEndpoint",
    "client",
]
