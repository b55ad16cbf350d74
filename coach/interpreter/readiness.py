"""What interprets here, and what is missing where nothing does.

A server with translation sessions is best: it speaks while somebody does. Where there is none, a
language model that is told to translate does it sentence by sentence. Our own engine without one
follows authored lines, and cannot translate at all.
"""

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from coach.interpreter.languages import LANGUAGES
from coach.interpreter.models import Meeting
from coach.personas.checks import key_variable
from coach.personas.engines import EMBEDDED, EngineChoice, default_engine, engine_for

Mode = Meeting.Mode


class Asked(msgspec.Struct, frozen=True):
    """A provider as `engine_for` is asked for it."""

    provider: str
    model: str = ""


class Readiness(msgspec.Struct, frozen=True):
    """`mode` empty: nobody can be interpreted for, and `missing` says why, `setup` what to set.

    `languages`: codes of those that may be chosen. `model` is the one that translates.
    """

    engine: EngineChoice
    mode: str = ""
    model: str = ""
    languages: tuple[str, ...] = ()
    missing: str = ""
    setup: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        return bool(self.mode)

    @property
    def live(self) -> bool:
        return self.mode == Mode.TRANSLATION


def told_to(engine: EngineChoice) -> str:
    """Who is sent what people say, by its name; an address says nothing to them."""
    return _("the engine of this site") if "://" in engine.name else engine.name


def engine_of(provider: str, model: str = "") -> EngineChoice:
    """The engine of a meeting, as it is reached now. Reads the database."""
    chosen = engine_for(Asked(provider, model))
    return chosen if chosen.provider == provider else default_engine(model)


def readiness() -> Readiness:
    """What a meeting that begins now would use. Reads the database."""
    named = settings.INTERPRETER_PROVIDER
    engine = engine_for(Asked(named)) if named else default_engine()
    if named and engine.provider != named:
        return Readiness(
            engine,
            missing=_("The provider that is set for the interpreter is not there, or not active."),
            setup=(f"COACH_INTERPRETER_PROVIDER={named}",),
        )
    model = settings.INTERPRETER_MODEL or engine.translation_model
    if (model or not engine.scripted) and engine.needs_key and not engine.key:
        return Readiness(
            engine,
            missing=_("The server that would translate has no key here."),
            setup=(f"{key_variable(engine)}=…",),
        )
    if model:
        return Readiness(engine, Mode.TRANSLATION, model, tuple(LANGUAGES))
    return _by_instructions(engine)


def _by_instructions(engine: EngineChoice) -> Readiness:
    if engine.scripted:
        return Readiness(
            engine,
            missing=_(
                "The engine of this site follows rules. It hears and speaks, and it cannot "
                "translate."
            ),
            setup=(
                "COACH_INTERPRETER_PROVIDER=openai COACH_KEY_OPENAI=…",
                "COACH_LLM_URL=… COACH_STT_URL=… COACH_TTS_URL=…",
            ),
        )
    if engine.answers_itself:
        return Readiness(
            engine,
            missing=_(
                "The engine of this site answers whatever it hears, so it cannot be told to "
                "translate alone."
            ),
            setup=("COACH_INTERPRETER_PROVIDER=openai COACH_KEY_OPENAI=…",),
        )
    own = engine.provider == EMBEDDED
    spoken = _spoken_by_own_voice() if own else ()
    languages = tuple(
        code
        for code in LANGUAGES
        if all(not known or code in known for known in (engine.languages, spoken))
    )
    if len(languages) > 1:
        return Readiness(engine, Mode.INSTRUCTIONS, engine.model, languages)
    return Readiness(
        engine,
        missing=_(
            "There is a language model, but what hears and speaks for it knows one language only."
        ),
        setup=("COACH_STT_URL=… COACH_STT_LANGUAGES=*", "COACH_TTS_URL=… COACH_TTS_LANGUAGES=*"),
    )


def _spoken_by_own_voice() -> tuple[str, ...]:
    """What our own engine speaks: English, or what the server says that speaks in its place."""
    if not settings.TTS_URL:
        return ("en",)
    return () if "*" in settings.TTS_LANGUAGES else tuple(settings.TTS_LANGUAGES)
