"""The proof that somebody was erased. It holds nothing of theirs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField


class Erasure(models.Model):
    """One account that is gone, and how many rows of each kind went with it. Append-only."""

    number = models.PositiveBigIntegerField(_("number of the account"))  # no key: it is gone
    rows = models.JSONField(_("rows"))  # model's label: how many
    at = CreatedAtField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("erased account")
        verbose_name_plural = _("erased accounts")

    def __str__(self) -> str:
        return f"account {self.number}"
