"""Which components of the engine are other servers, as its process was told."""

from urllib.parse import urlsplit

import msgspec

from coach.engine.errors import BadRequest
from coach.engine.session.capabilities import ANY, Capabilities


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A server of OpenAI's HTTP interface: base URL (`…/v1`), a key if it wants one, a model."""

    url: str
    model: str
    key: str = ""

    def check(self, name: str) -> None:
        """Raises BadRequest `endpoint_invalid` that says which setting is wrong."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            message = f"{name}_URL is not an http or https address."
            raise BadRequest("endpoint_invalid", message, f"{name}_URL")
        if not self.model:
            message = f"{name}_URL is set, so {name}_MODEL must be, too."
            raise BadRequest("endpoint_invalid", message, f"{name}_MODEL")

    def at(self, path: str) -> str:
        """The address of a resource, as `audio/speech`."""
        return f"{self.url.rstrip('/')}/{path}"


class LlmEndpoint(Endpoint, frozen=True, kw_only=True):
    """Chat Completions. `images`: its model sees pictures."""

    images: bool = False


class SttEndpoint(Endpoint, frozen=True, kw_only=True):
    """Transcriptions. `languages` as two or three letters, or `*`."""

    languages: tuple[str, ...] = (ANY,)


class TtsEndpoint(Endpoint, frozen=True, kw_only=True):
    """Speech. `voices`: those it knows, the usual one first; none: whatever is asked for."""

    voices: tuple[str, ...] = ()
    languages: tuple[str, ...] = (ANY,)

    def voice_for(self, asked: str) -> str:
        """The voice to ask for."""
        return asked if asked in self.voices or not self.voices else self.voices[0]


class Endpoints(msgspec.Struct, frozen=True, kw_only=True):
    """The components that are not the built-in ones."""

    llm: LlmEndpoint | None = None
    stt: SttEndpoint | None = None
    tts: TtsEndpoint | None = None

    def check(self) -> None:
        """Raises BadRequest `endpoint_invalid`."""
        for name, one in (("LLM", self.llm), ("STT", self.stt), ("TTS", self.tts)):
            if one is not None:
                one.check(f"COACH_{name}")

    def capabilities(self) -> Capabilities:
        """What an engine with these components can do."""
        found = Capabilities()
        if self.llm is not None:
            found = msgspec.structs.replace(found, scripted=False, images=self.llm.images)
        if self.stt is not None:
            found = msgspec.structs.replace(found, stt_languages=self.stt.languages)
        if self.tts is not None:
            found = msgspec.structs.replace(found, tts_languages=self.tts.languages)
        return found
