"""What of a note is shown beside its turns."""

from collections.abc import Sequence

from django.urls import reverse

from coach.talk.models import NoteSound, Turn
from coach.talk.models.note import ITEM_PREFIX


def sounds_of(turns: Sequence[Turn]) -> dict[int, str]:
    """Where the coach's answers to notes can be heard, by the pk of their turn, while kept."""
    replies = [turn.pk for turn in turns if turn.item_id.startswith(ITEM_PREFIX)]
    if not replies:
        return {}
    kept = NoteSound.objects.filter(note__reply__in=replies)
    rows = kept.values_list("note__reply", "note__session", "note")
    return {reply: reverse("talk:sound", args=[session, note]) for reply, session, note in rows}
