"""Who is told outside the house: other systems by web hooks, and people's devices by web push."""

import base64
import secrets
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from handoff.limits import ADDRESS_MAX_CHARS, HOOKS_MOST
from handoff.outside import push_key
from handoff.outside.public_http import why_not

SECRET_BYTES = 32


def new_secret() -> str:
    """A key for signatures, as the Standard Webhooks convention writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


class WebHook(models.Model):
    """A system that is told what happens to cases: numbers and codes, never names or words."""

    class Event(models.TextChoices):
        OPENED = "case.opened", _("opened")
        RAISED = "case.raised", _("more urgent")
        LOWERED = "case.lowered", _("less urgent")
        TAKEN = "case.taken", _("taken by an expert")
        FIRST_WORD = "case.first_word", _("first word of a person")
        WAITING_AGAIN = "case.waiting_again", _("without an expert again")
        OVERDUE = "case.overdue", _("overdue")
        HANDED_BACK = "case.handed_back", _("handed back to the coach")
        RESOLVED = "case.resolved", _("resolved")
        CANCELLED = "case.cancelled", _("taken back by the member")

    name = models.CharField(_("name"), max_length=60, unique=True)
    url = models.CharField(_("address"), max_length=ADDRESS_MAX_CHARS)
    events = models.JSONField(_("what it is told"), default=list)
    active = models.BooleanField(_("active"), default=True)
    secret = models.CharField(max_length=80, default=new_secret, editable=False)
    old_secret = models.CharField(max_length=80, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, editable=False)  # both sign until then
    created_at = CreatedAtField()
    # Since the first failure after which nothing was delivered any more.
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    switched_off_at = models.DateTimeField(_("switched off"), null=True, editable=False)
    busy_until = models.DateTimeField(null=True, editable=False)  # one request at a time

    class Meta:
        ordering = ["name"]
        verbose_name = _("web hook")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError where nothing may be sent, or where there are too many."""
        if reason := why_not(self.url):
            raise ValidationError({"url": reason})
        if self._state.adding and WebHook.objects.count() >= HOOKS_MOST:
            raise ValidationError(
                _("There are %(most)d web hooks, which is all.") % {"most": HOOKS_MOST}
            )


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def for_member(self, member: object) -> Self:
        """Those of one person; the only way in for requests."""
        return self.filter(user=member)

    def reached(self) -> Self:
        """Those of open accounts whose push service takes what this site signs: it is bound to the
        key of then.
        """
        return self.filter(site_key=push_key.public_key(), user__is_active=True)


class PushSubscription(models.Model):
    """A browser that its person wants to be told on. Its push service gets ciphertext alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.CharField(max_length=ADDRESS_MAX_CHARS, unique=True)
    key = models.CharField(max_length=88)  # p256dh: the device's public key
    auth = models.CharField(max_length=24)
    site_key = models.CharField(max_length=88)  # the site's public key when it was turned on
    created_at = CreatedAtField()

    objects = PushSubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"device {self.pk}"
