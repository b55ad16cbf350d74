"""What this engine can do, which depends on the components it was given."""

import msgspec

from coach.engine.errors import BadRequest
from coach.engine.protocol.config import Config, SessionConfig, Transcription

ANY = "*"
_LANGUAGE = "session.audio.input.transcription.language"


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """`scripted`: the answers keep to lines that were given. `stt_languages` and `tts_languages`:
    two or three letters each (`*`: any that the endpoint knows)."""

    images: bool = False
    scripted: bool = True
    stt_languages: tuple[str, ...] = ("en",)
    tts_languages: tuple[str, ...] = ("en",)

    def shown(self) -> dict[str, object]:
        """As a client reads it in `session.capabilities`: its languages are those of both."""
        return {
            "images": self.images,
            "scripted": self.scripted,
            "languages": _shared(self.stt_languages, self.tts_languages),
        }

    def check(self, config: Config) -> None:
        """Refuses a language that recogniser or synthesiser lack. Raises BadRequest."""
        asked = config.audio.input.transcription
        for language in _asked(asked):
            if not _serves(self.stt_languages, language):
                message = (
                    f"The recogniser of this engine does not understand '{language[:16]}' "
                    f"(it does: {', '.join(self.stt_languages)}). Configure an endpoint that does: "
                    "COACH_STT_URL, COACH_STT_MODEL."
                )
                raise BadRequest("invalid_value", message, _LANGUAGE)
        if isinstance(config, SessionConfig) and config.output_modalities == ["audio"]:
            self._check_speech(asked)

    def _check_speech(self, asked: Transcription | None) -> None:
        languages = _asked(asked)
        if languages and not any(_serves(self.tts_languages, one) for one in languages):
            message = (
                f"The synthesiser of this engine does not speak '{languages[0][:16]}' "
                f"(it does: {', '.join(self.tts_languages)}). Configure an endpoint that does: "
                "COACH_TTS_URL, COACH_TTS_MODEL; or ask for text."
            )
            raise BadRequest("invalid_value", message, _LANGUAGE)


OFFLINE = Capabilities()
"""What the built-in components can do."""


def primary(language: str) -> str:
    """`de` of `de-AT`."""
    return language.replace("_", "-").partition("-")[0].strip().lower()


def _asked(asked: Transcription | None) -> list[str]:
    if asked is None:
        return []
    return [*([asked.language] if asked.language else []), *(asked.languages or [])]


def _serves(languages: tuple[str, ...], language: str) -> bool:
    return ANY in languages or primary(language) in {primary(one) for one in languages}


def _shared(stt: tuple[str, ...], tts: tuple[str, ...]) -> list[str]:
    if ANY in stt:
        return list(tts)
    return [one for one in stt if _serves(tts, one)]
