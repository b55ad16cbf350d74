"""Parts of the engine that are other servers, of OpenAI's HTTP interface."""

from coach.engine.endpoints.config import (
    EarsEndpoint,
    Endpoints,
    MindEndpoint,
    VoiceEndpoint,
)
from coach.engine.endpoints.ears import EndpointEars
from coach.engine.endpoints.http import client
from coach.engine.endpoints.mind import EndpointMind
from coach.engine.endpoints.voice import EndpointVoice

__all__ = [
    "EarsEndpoint",
    "EndpointEars",
    "EndpointMind",
    "EndpointVoice",
    "Endpoints",
    "MindEndpoint",
    "VoiceEndpoint",
    "client",
]
