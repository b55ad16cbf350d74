"""Who uses Coachline: one User for members, experts and admins."""

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def valid_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("“%(zone)s” is not a time zone."), params={"zone": value})


class UserManager(BaseUserManager["User"]):
    """People sign in by e-mail; there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True} | fields
        )


class ListeningMode(models.TextChoices):
    """When a talk's page sends what the microphone hears."""

    OPEN = "open", _("open microphone")
    HALF_DUPLEX = "half", _("not while the coach speaks")
    PUSH_TO_TALK = "push", _("only while I hold the button")


class NoiseReduction(models.TextChoices):
    """What an engine that cleans sound is told of the microphone; empty: as the coach is set up."""

    AUTOMATIC = "", _("automatic")
    NEAR = "near_field", _("headset")
    FAR = "far_field", _("laptop or room")
    OFF = "off", _("off")


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("name the coach uses"), max_length=60, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[valid_time_zone]
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    # How a talk listens to this person, on whichever device.
    listening_mode = models.CharField(
        _("microphone in a talk"), max_length=8, choices=ListeningMode, default=ListeningMode.OPEN
    )
    noise_reduction = models.CharField(
        _("noise reduction"), max_length=12, choices=NoiseReduction, blank=True, default=""
    )
    headphones_hint = models.BooleanField(_("may be told that headphones help"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What people are called on screen; never empty."""
        return self.display_name or self.email.split("@")[0]

    def get_full_name(self) -> str:
        """What Django's console calls them."""
        return self.name

    get_short_name = get_full_name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def local(self, at: datetime) -> datetime:
        """`at` (aware) on this person's clock."""
        return at.astimezone(self.zone)

    @property
    def is_expert(self) -> bool:
        """Whether this person has a place at the desk (a row that `handoff` owns)."""
        try:
            return bool(self.expert.active)
        except ObjectDoesNotExist:
            return False
