"""What the site remembers of the forms that were sent to it."""

from django.conf import settings
from django.db import models

from coach.clock import CreatedAtField


class AnsweredForm(models.Model):
    """A form that changed something, and how it was answered.

    The page gives each form a key. The same key with the same content is the same change, sent once
    more because its answer was lost or a button was pressed twice.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64)  # a digest: what was typed is not kept
    location = models.CharField(max_length=500, blank=True)  # the answer is a redirect …
    body = models.TextField(blank=True)  # … or this JSON
    created_at = CreatedAtField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="one_answer_per_key"),
        ]
        indexes = [models.Index(fields=["created_at"], name="answered_form_age")]

    def __str__(self) -> str:
        return f"form #{self.pk}"
