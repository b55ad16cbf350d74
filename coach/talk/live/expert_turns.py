"""What an expert has said aloud, written into the thread."""

import msgspec
from django.contrib.auth import get_user_model

from coach.talk.actions import record_turn
from coach.talk.models import Session, Turn


class PersonSpeaks(msgspec.Struct, frozen=True):
    """The expert who has the floor by voice: the key of the person, their name, the epoch."""

    person: int
    name: str
    epoch: int


def write_expert_turn(session: Session, speaks: PersonSpeaks, item_id: str, text: str) -> None:
    """Write the turn, once for each `item_id`."""
    record_turn(
        session,
        Turn.Speaker.EXPERT,
        text,
        item_id=item_id,
        author=get_user_model().objects.filter(pk=speaks.person).first(),
        author_name=speaks.name,
        source=Turn.Source.VOICE,
        epoch=speaks.epoch,
    )
