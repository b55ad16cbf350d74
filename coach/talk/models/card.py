"""What is shown in the thread between the turns."""

from django.db import models

from coach.clock import CreatedAtField
from coach.talk.models.session import Session


class Card(models.Model):
    """Something to see in the thread, drawn from the row that `kind` and `ref` name."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="cards")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    ref = models.CharField(max_length=80)
    created_at = CreatedAtField()

    class Meta:
        ordering = ["session", "seq"]
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="card_seq")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.seq}"
