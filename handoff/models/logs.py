"""When a member's logs are looked at next."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class LogLook(models.Model):
    """Something was logged: at `due_at` somebody looks at it. None: nothing new."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log_look"
    )
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(due_at__isnull=False),
                name="log_looks_due",
            )
        ]

    def __str__(self) -> str:
        return f"look at the logs of member {self.member_id}"
