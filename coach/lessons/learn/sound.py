"""A voice and an ear outside a talk: the site's own engine, asked by its plain interface.

What a talk costs is counted against budgets, and this is no talk. So it is offered where it costs
nothing: by our own engine, whose parts stand on this machine or in its private network.
"""

import asyncio
import hashlib
from urllib.parse import urlsplit

import httpx
import structlog
from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
from django.utils.translation import gettext as _

from coach.database import reading
from coach.errors import Refused
from coach.lessons.learn import limits
from coach.personas.engines import EMBEDDED, EngineChoice, default_engine
from coach.voice.notes.exchange import NoteError
from coach.voice.notes.realtime import open_realtime_client
from coach.voice.private_address import is_private_host
from coach.voice.realtime import EngineSettings, connect

log = structlog.get_logger(__name__)

ENGLISH = ("en",)  # what the built-in voice speaks


def speaks(language: str) -> bool:
    """Whether sentences of this language can be heard here."""
    if default_engine().provider != EMBEDDED:
        return False
    if not settings.TTS_URL:
        return language in ENGLISH
    return is_private_host(settings.TTS_URL) and _among(language, settings.TTS_LANGUAGES)


def hears(language: str) -> bool:
    """Whether what is said in this language can be written down here."""
    engine = default_engine()
    if engine.provider != EMBEDDED or (settings.STT_URL and not is_private_host(settings.STT_URL)):
        return False
    return not engine.languages or language in engine.languages


def _among(language: str, languages: list[str]) -> bool:
    return "*" in languages or language in languages


def spoken(text: str, speed: float, *, kept: bool) -> bytes:
    """The sentence as a WAV file; `kept`: made once, and found again. Raises Refused."""
    engine = default_engine()
    if not kept:
        return _synthesised(engine, text, speed)
    voice = settings.TTS_VOICES[0] if settings.TTS_VOICES else ""
    parts = (settings.TTS_URL, settings.TTS_MODEL, voice, f"{speed:.2f}", text)
    name = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    shelf = _shelf()
    sound: bytes | None = shelf.get(name)
    if sound is None:
        sound = _synthesised(engine, text, speed)
        shelf.set(name, sound, limits.SOUND_KEPT_S)
    return sound


def _shelf() -> FileBasedCache:
    """Files of this instance: a sentence takes some 100 kB, too much for Redis."""
    options = {"MAX_ENTRIES": limits.SOUNDS_KEPT}
    return FileBasedCache(str(settings.VAR / "sounds"), {"OPTIONS": options})


def _synthesised(engine: EngineChoice, text: str, speed: float) -> bytes:
    address = urlsplit(engine.url)
    scheme = "https" if address.scheme == "wss" else "http"
    url = f"{scheme}://{address.netloc}/v1/audio/speech"
    body = {"model": engine.model, "input": text, "response_format": "wav", "speed": speed}
    try:
        answer = httpx.post(
            url,
            json=body,
            headers={"Authorization": f"Bearer {engine.key}"} if engine.key else {},
            timeout=limits.SPOKEN_S,
            trust_env=not is_private_host(url),
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        log.warning("sentence_not_spoken", error=type(error).__name__)
        raise Refused(_("The voice cannot be reached now. Try again in a moment.")) from error
    if len(answer.content) > limits.SPOKEN_MAX_BYTES:
        raise Refused(_("This sentence is too long to be heard."))
    return answer.content


class Ear:
    """Writes down recordings, a few at a time in one process."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once

    async def heard(self, pcm: bytes, language: str) -> str:
        """The words in it, "" for none. Raises Refused."""
        if self._free < 1:
            raise Refused(_("Others are speaking just now. Try again in a moment."), code="busy")
        self._free -= 1
        try:
            async with asyncio.timeout(limits.HEARD_S):
                return await _transcribed(await reading.run(default_engine), pcm, language)
        except (NoteError, TimeoutError) as error:
            code = getattr(error, "code", "timeout")
            if code == "not_heard":
                return ""
            log.warning("recording_not_heard", code=code)
            raise Refused(
                _("What you said could not be written down now. Type it instead."), code=code
            ) from error
        finally:
            self._free += 1


async def _transcribed(engine: EngineChoice, pcm: bytes, language: str) -> str:
    client = await open_realtime_client(
        lambda: connect(engine.target()),
        EngineSettings(
            instructions="",
            language=language,
            output="text",
            transcription_model=engine.transcription_model,
        ),
        lambda usage: None,  # our own engine costs nothing
    )
    try:
        return (await client.transcribe(pcm)).strip()
    finally:
        await client.close()


ear = Ear(limits.HEARD_AT_ONCE)
