"""What a person wrote to a member whose talk had ended."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from coach.clock import CreatedAtField
from coach.talk.models.turn import Turn
from coach.types import Member


class MessageQuerySet(models.QuerySet["Message"]):
    def for_member(self, user: Member) -> Self:
        return self.filter(member_id=user.pk)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Message(models.Model):
    """A turn that waits to be read: nobody was there when it was written.

    The words are the turn's. `member` is whose talk it is, so that every page can count theirs.
    """

    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="message")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages"
    )
    created_at = CreatedAtField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["member"], condition=Q(read_at=None), name="messages_unread")
        ]

    def __str__(self) -> str:
        return f"message #{self.pk}"
