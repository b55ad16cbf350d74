"""Messages that go on to a browser as they came over the channel layer."""

from typing import Annotated

from msgspec import Meta

from coach.wire.base import Message
from coach.wire.vocabulary import CaptionText, Item, Region, Speaker


class Caption(Message, frozen=True, tag="caption"):
    """Words as they are being said, each time all of them so far. May be lost."""

    speaker: Speaker
    item: Item
    text: CaptionText


class DataChanged(Message, frozen=True, tag="changed"):
    """Rows have changed: the page fetches what shows them again, and its newest cards."""

    what: Annotated[Region, Meta(description="which region of the page shows them")]
