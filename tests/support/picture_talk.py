"""A talk with a coach that sees, or does not, and what a model of it was shown."""

import base64
import io
from typing import Any

from PIL import Image

from coach.personas.models import Persona
from coach.talk import limits
from coach.talk.actions import start_session
from coach.talk.brief import make_brief
from coach.talk.models import Session

LUNCH = [{"name": "white rice", "grams": 180}, {"name": "grilled chicken breast", "grams": 150}]


def sage_with(member: Any, settings: Any, *, images: bool = True) -> Session:
    """A talk of `member` whose engine sees, or does not."""
    settings.ENGINE_IMAGES = images
    persona = Persona.objects.create(
        slug="test-sage",
        name="Sage",
        instructions="Be kind.",
        greeting="Hi {name}.",
        tools=["propose_meal", "confirm_meal"],
    )
    made = start_session(member, persona, make_brief(persona, member_name=member.name))
    return Session.objects.select_related("member", "persona").get(pk=made.pk)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def bare(uri: str) -> Image.Image:
    """The picture in a data URI; it must be small and say nothing beside what it shows."""
    head, _comma, body = uri.partition(",")
    assert head == "data:image/jpeg;base64"
    data = base64.b64decode(body, validate=True)
    assert len(data) <= limits.PICTURE_KEPT_MAX_BYTES
    for secret in (b"Exif", b"SecretCam", b"at home"):
        assert secret not in data
    return opened(data)


def image_of(message: dict[str, Any]) -> Image.Image:
    """The one picture, and nothing else, in an item that an engine was sent."""
    item = message["item"]
    assert (item["type"], item["role"]) == ("message", "user")
    assert [part["type"] for part in item["content"]] == ["input_image"]
    return bare(item["content"][0]["image_url"])
