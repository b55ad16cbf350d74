"""What the member showed."""

from django.db import models

from coach.clock import CreatedAtField
from coach.talk.models.session import Session


class Picture(models.Model):
    """A picture that the member showed in a talk, without anything its file said beside it.

    The bytes stand in the row: what is deleted here is gone.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="pictures")
    client_id = models.CharField(max_length=64)
    data = models.BinaryField()  # JPEG
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    created_at = CreatedAtField()
    told_at = models.DateTimeField(null=True, blank=True)  # when the engine was shown it

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "client_id"], name="picture_client_id")
        ]
        indexes = [
            models.Index(
                fields=["session"], condition=models.Q(told_at=None), name="pictures_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"picture #{self.pk}"
