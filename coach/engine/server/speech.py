"""`/v1/audio/speech`: a short text as sound, for who needs a voice and no session."""

import asyncio
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from msgspec import Meta
from starlette.responses import Response

from coach.engine import limits
from coach.engine.errors import BadRequest, EngineError, from_validation
from coach.engine.tts.types import Tts
from coach.voice import wav
from coach.voice.pcm import to_bytes


class SpeechRequest(msgspec.Struct, frozen=True):
    """OpenAI's request, as far as it can be met. Fields that are not here change nothing."""

    input: Annotated[str, Meta(min_length=1, max_length=limits.SPEECH_CHARS)]
    model: str = ""
    voice: str = ""
    response_format: Literal["wav", "pcm"] = "wav"
    speed: Annotated[float, Meta(ge=0.25, le=4.0)] = 1.0


async def spoken(tts: Tts, body: dict[str, Any]) -> Response:
    """The sound of a request's text, whole. Raises BadRequest, EngineError."""
    try:
        request = msgspec.convert(body, SpeechRequest)
    except msgspec.ValidationError as error:
        raise from_validation(error) from error
    try:
        async with asyncio.timeout(limits.SPEECH_SECONDS):
            pieces = tts.synthesise(request.input, speed=request.speed, voice=request.voice)
            sound = [chunk.pcm async for chunk in pieces]
    except TimeoutError as error:
        raise EngineError("tts_timeout", "The text took too long to speak.") from error
    if not any(piece.size for piece in sound):
        raise BadRequest("nothing_to_say", "There is nothing to say in the input.", "input")
    samples = to_bytes(np.concatenate(sound))
    if request.response_format == "pcm":
        return _answer(samples, "audio/pcm")
    return _answer(wav.write(samples), "audio/wav")


def _answer(sound: bytes, kind: str) -> Response:
    """As each plain answer, it closes its connection."""
    return Response(sound, headers={"Connection": "close"}, media_type=kind)
