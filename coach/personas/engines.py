"""Which engine a persona or a talk uses: its address and key, and what it can do."""

from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import msgspec
from django.conf import settings
from django.utils.crypto import salted_hmac

from coach.personas.providers import EngineModel, ModelPrice, Provider
from coach.types import Member
from coach.voice.realtime import EngineTarget

EMBEDDED = "embedded"
DEFAULT = "house"  # as rows call it: an engine given by the environment that no row describes
LLM_RATES = ["text_in", "text_cached", "text_out", "image_in", "image_cached"]
STT_RATES = ["per_second", "per_minute"]
TTS_RATES = ["audio_out"]
RATES = [*LLM_RATES, *STT_RATES, *TTS_RATES, "audio_in", "audio_cached"]


class Wanted(Protocol):
    """A Brief or a Persona: who names a provider and a model, or leaves both to the site."""

    @property
    def provider(self) -> Any: ...

    @property
    def model(self) -> str: ...


class EngineChoice(msgspec.Struct, frozen=True):
    """An engine as it is reached now, and its capabilities.

    `provider` is the row's slug, or `DEFAULT`. `languages` and `voices`: empty means not known.
    `max_sessions` is the provider's own limit; None: it has none.
    """

    provider: str
    name: str
    url: str
    model: str
    key_name: str = ""
    azure: bool = False
    needs_key: bool = False
    tells_member: bool = False
    images: bool = False
    scripted: bool = False
    reasons: bool = False
    answers_itself: bool = False
    languages: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    max_sessions: int | None = None
    transcription_model: str = "gpt-transcribe"
    translation_model: str = ""  # of its translation sessions; empty: it has none
    retention_ratio: float | None = None

    @property
    def key(self) -> str:
        """From the environment, each time; empty when there is none."""
        own = settings.ENGINE_KEYS.get(self.key_name, "")
        return own or (settings.ENGINE_KEY if self.url == settings.ENGINE_URL else "")

    def target(self, member: Member | None = None) -> EngineTarget:
        """Where to dial, for `member`'s talk."""
        told = member if self.tells_member else None
        return EngineTarget(
            url=self.url,
            key=self.key,
            model=self.model,
            style="azure" if self.azure else "openai",
            safety_id=safety_identifier(told.pk) if told else "",
        )


def engine_for(wanted: Wanted) -> EngineChoice:
    """The engine of a persona, or of a talk by its Brief. Reads the database.

    A Brief names the provider by its slug. A provider that is gone or, for a new talk, inactive,
    gives way to the site's engine: a talk with another voice is better than none.
    """
    row = _row(wanted.provider)
    if row is None:
        return default_engine(wanted.model)
    return _choice(row, row.url or settings.EMBEDDED_URL, wanted.model or row.default_model)


def default_engine(model: str = "") -> EngineChoice:
    """The engine of whoever names none: that of the environment, else our own."""
    model = model or settings.ENGINE_MODEL
    row = None
    if settings.ENGINE_GIVEN and not settings.ENGINE_SCRIPTED:
        row = Provider.objects.filter(url=settings.ENGINE_URL).order_by("-active", "slug").first()
    if row is None:
        given = settings.ENGINE_GIVEN and not (settings.ENGINE_SCRIPTED or settings.LLM_URL)
        slug = DEFAULT if given else EMBEDDED
        row = None if given else Provider.objects.filter(slug=EMBEDDED).first()
        row = row or Provider(slug=slug, name=settings.ENGINE_URL)
    choice = _choice(row, settings.ENGINE_URL, model)
    # The environment names the key and what the engine can do.
    own: dict[str, Any] = {"key_name": "", "needs_key": True, "scripted": settings.ENGINE_SCRIPTED}
    if settings.ENGINE_IMAGES is not None:
        own["images"] = settings.ENGINE_IMAGES
    if choice.provider == EMBEDDED or settings.ENGINE_SESSIONS_GIVEN:
        own["max_sessions"] = settings.ENGINE_SESSIONS
    return msgspec.structs.replace(choice, **own)


def price_of(provider: str, model: str, day: date) -> ModelPrice | None:
    """What `model` of the provider with this slug costs on `day`; None when it is not known."""
    if provider == EMBEDDED:
        return _price_of_parts(day)
    row = EngineModel.objects.filter(provider__slug=provider, name=model).first()
    return row.price_on(day) if row else None


def _price_of_parts(day: date) -> ModelPrice:
    """Our own engine costs nothing but for its parts that are other servers.

    Their models stand under it in the console. The mind is given words, whatever was heard, so
    sound that is read again costs nothing.
    """
    rates: dict[str, Decimal | None] = dict.fromkeys(RATES, Decimal(0))
    for url, model, of_part in (
        (settings.LLM_URL, settings.LLM_MODEL, LLM_RATES),
        (settings.STT_URL, settings.STT_MODEL, STT_RATES),
        (settings.TTS_URL, settings.TTS_MODEL, TTS_RATES),
    ):
        if url:
            row = EngineModel.objects.filter(provider__slug=EMBEDDED, name=model).first()
            price = row.price_on(day) if row else None
            rates |= {rate: getattr(price, rate, None) for rate in of_part}
    return ModelPrice(from_date=day, **rates)


def safety_identifier(pk: Any) -> str:
    """A pseudonym of a member for a provider: stable, and nobody without our key can undo it."""
    return salted_hmac("coach.personas.safety", str(pk), algorithm="sha256").hexdigest()


def _row(provider: Any) -> Provider | None:
    if isinstance(provider, Provider):
        return provider if provider.active else None
    return Provider.objects.filter(slug=provider).first() if provider else None


def _own_languages(row: Provider) -> tuple[str, ...]:
    """What our own engine hears: English, or what the server says that hears in its place."""
    if not settings.STT_URL:
        return tuple(row.languages)
    return () if "*" in settings.STT_LANGUAGES else tuple(settings.STT_LANGUAGES)


def _choice(row: Provider, url: str, model: str) -> EngineChoice:
    own = row.slug == EMBEDDED  # what it can do is a matter of how it is started
    known = row.engine_models.filter(name=model).first() if row.pk else None
    return EngineChoice(
        provider=row.slug,
        name=row.name,
        url=url,
        model=model,
        key_name=row.key_name,
        azure=row.style == Provider.Style.AZURE,
        needs_key=row.needs_key,
        tells_member=row.tells_member,
        images=settings.LLM_IMAGES if own else row.images,
        scripted=not settings.LLM_URL if own else row.scripted,
        answers_itself=row.answers_itself,
        reasons=known.reasons if known else model.startswith("gpt-realtime-2"),
        languages=_own_languages(row) if own else tuple(row.languages),
        voices=tuple(row.voices),
        max_sessions=row.max_sessions,
        transcription_model=row.transcription_model,
        translation_model=row.translation_model,
        retention_ratio=row.retention_ratio,
    )
