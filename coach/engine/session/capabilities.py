"""What this engine can do, as it depends on the parts it was given."""

import msgspec

from coach.engine.errors import BadRequest
from coach.engine.protocol.config import Config, SessionConfig, Transcription

ANY = "*"
_LANGUAGE = "session.audio.input.transcription.language"


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """`scripted`: the mind keeps to lines it was given. `hears` and `speaks`: languages (`*`: any
    that the endpoint knows), as two or three letters."""

    images: bool = False
    scripted: bool = True
    hears: tuple[str, ...] = ("en",)
    speaks: tuple[str, ...] = ("en",)

    def shown(self) -> dict[str, object]:
        """As a client reads it in `session.capabilities`: its languages are those of both parts."""
        return {
            "images": self.images,
            "scripted": self.scripted,
            "languages": _shared(self.hears, self.speaks),
        }

    def check(self, config: Config) -> None:
        """Holds a configuration to the languages of ears and voice. Raises BadRequest."""
        asked = config.audio.input.transcription
        for language in _asked(asked):
            if not _serves(self.hears, language):
                message = (
                    f"The ears of this engine do not understand '{language[:16]}' "
                    f"(they do: {', '.join(self.hears)}). Configure an endpoint that does: "
                    "COACH_STT_URL, COACH_STT_MODEL."
                )
                raise BadRequest("invalid_value", message, _LANGUAGE)
        if isinstance(config, SessionConfig) and config.output_modalities == ["audio"]:
            self._check_voice(asked)

    def _check_voice(self, asked: Transcription | None) -> None:
        languages = _asked(asked)
        if languages and not any(_serves(self.speaks, one) for one in languages):
            message = (
                f"The voice of this engine does not speak '{languages[0][:16]}' "
                f"(it does: {', '.join(self.speaks)}). Configure an endpoint that does: "
                "COACH_TTS_URL, COACH_TTS_MODEL; or ask for text."
            )
            raise BadRequest("invalid_value", message, _LANGUAGE)


OFFLINE = Capabilities()
"""What the built-in parts can do."""


def primary(language: str) -> str:
    """`de` of `de-AT`."""
    return language.replace("_", "-").partition("-")[0].strip().lower()


def _asked(asked: Transcription | None) -> list[str]:
    if asked is None:
        return []
    return [*([asked.language] if asked.language else []), *(asked.languages or [])]


def _serves(languages: tuple[str, ...], language: str) -> bool:
    return ANY in languages or primary(language) in {primary(one) for one in languages}


def _shared(hears: tuple[str, ...], speaks: tuple[str, ...]) -> list[str]:
    if ANY in hears:
        return list(speaks)
    return [one for one in hears if _serves(speaks, one)]
