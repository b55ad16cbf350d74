"""What is kept of a voice note. The recording itself is not: only what was said in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField


class Note(models.Model):
    """One message that a member recorded or typed, and how far its answer has come.

    `client_id` is the page's own: a note that is sent again is the same note. Whoever answers holds
    the row until `claimed_until`; `attempts` tells the claims apart, so that a late one writes
    nothing.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("waits for a try")
        ANSWERING = "answering", _("being answered")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    class Kind(models.TextChoices):
        VOICE = "voice", _("voice")
        TEXT = "text", _("text")
        PICTURE = "picture", _("picture")  # alone; those of either other kind may bring one too

    session = models.ForeignKey("talk.Session", on_delete=models.CASCADE, related_name="notes")
    client_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.VOICE)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    code = models.CharField(max_length=40, blank=True)  # why there is no answer
    attempts = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    turn = models.ForeignKey(
        "talk.Turn", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reply = models.ForeignKey(
        "talk.Turn", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = CreatedAtField()

    class Meta:
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "client_id"], name="one_note"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} note #{self.pk}"

    @property
    def said_item(self) -> str:
        """Item id of the member's turn."""
        return f"{ITEM_PREFIX}{self.pk}-said"

    @property
    def reply_item(self) -> str:
        """Item id of the coach's turn."""
        return f"{ITEM_PREFIX}{self.pk}"


ITEM_PREFIX = "note-"  # of the item ids of turns that came by note


class NoteSound(models.Model):
    """The coach's answer as it sounds (WAV), for the member alone and for a limited time."""

    note = models.OneToOneField(Note, on_delete=models.CASCADE, related_name="sound")
    wav = models.BinaryField()
    created_at = CreatedAtField(db_index=True)

    def __str__(self) -> str:
        return f"sound of note #{self.note_id}"
