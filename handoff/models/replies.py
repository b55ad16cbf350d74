"""Sentences that experts insert instead of typing them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

DEFAULT = "en"


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def in_language(self, language: str) -> list["CannedReply"]:
        """One of each key, in `language`, or in English where there is none."""
        found: dict[str, CannedReply] = {}
        for reply in self.filter(active=True, language__in={language, DEFAULT}):
            if reply.key not in found or reply.language == language:
                found[reply.key] = reply
        return sorted(found.values(), key=lambda reply: (reply.order, reply.pk))


class CannedReply(models.Model):
    """A sentence in one language; the same `key` is the same sentence in another."""

    key = models.SlugField(_("key"), max_length=30, help_text=_("What is typed after the slash."))
    language = models.CharField(_("language"), max_length=12, default=DEFAULT)
    title = models.CharField(_("title"), max_length=60)
    text = models.CharField(
        _("text"), max_length=600, help_text=_("{name} becomes the member's name.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=10)
    active = models.BooleanField(_("active"), default=True)
    # Of the very text that stands there: whoever changes it takes them away.
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "key", "language"]
        verbose_name_plural = "canned replies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "language"], name="canned_reply_once")
        ]

    def __str__(self) -> str:
        return f"/{self.key} {self.language}"

    def for_member(self, name: str) -> str:
        """The sentence as it is inserted."""
        return self.text.replace("{name}", name)
