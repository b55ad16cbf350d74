"""What a member tells of themself, in fields."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach import clock
from coach.people.models.user import User


class Profile(models.Model):
    """What a coach must know of a member's body and wishes. All of it may be left out."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    class Activity(models.TextChoices):
        SEDENTARY = "sedentary", _("mostly sitting")
        LIGHT = "light", _("light exercise 1–3 days a week")
        MODERATE = "moderate", _("exercise 3–5 days a week")
        ACTIVE = "active", _("hard exercise 6–7 days a week")
        VERY_ACTIVE = "very_active", _("physical job or twice-a-day training")

    class Goal(models.TextChoices):
        MAINTAIN = "maintain", _("stay as I am")
        LOSE = "lose", _("lose weight gently")
        GAIN = "gain", _("gain weight")

    class Reach(models.TextChoices):
        WRITE = "write", _("write to me here")
        CALL = "call", _("call me")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex for the energy formula"), max_length=8, choices=Sex, blank=True)
    height_cm = models.FloatField(
        _("height in cm"),
        null=True,
        blank=True,
        validators=[MinValueValidator(90), MaxValueValidator(250)],
    )
    weight_kg = models.FloatField(
        _("weight in kg"),
        null=True,
        blank=True,
        validators=[MinValueValidator(25), MaxValueValidator(350)],
    )
    activity = models.CharField(_("activity"), max_length=12, choices=Activity, blank=True)
    goal = models.CharField(_("goal"), max_length=8, choices=Goal, default=Goal.MAINTAIN)
    pregnant = models.BooleanField(_("pregnant or breastfeeding"), default=False)
    eating_concern = models.BooleanField(
        _("I have or had an eating disorder"),
        default=False,
        help_text=_("Then the coach talks about food without calorie goals."),
    )
    allergies = models.CharField(_("allergies"), max_length=300, blank=True)
    conditions = models.CharField(_("conditions"), max_length=300, blank=True)
    medicines = models.CharField(_("medicines"), max_length=300, blank=True)
    eating_style = models.CharField(_("eating style"), max_length=120, blank=True)
    # Moves the instant at which a diary day ends, never its date: see coach.nutrition.diary_clock.
    day_starts_hour = models.PositiveSmallIntegerField(
        _("my day starts at"),
        default=0,
        validators=[MaxValueValidator(6)],
        help_text=_("What you eat before this hour counts for the day before."),
    )
    # How a person of the team may reach them once a talk is over, or in an emergency.
    phone = models.CharField(_("telephone"), max_length=16, blank=True)  # only with `may_call`
    may_call = models.BooleanField(_("you may call me on this number"), default=False)
    reach_by = models.CharField(_("best way to reach me"), max_length=8, choices=Reach, blank=True)
    reach_when = models.CharField(_("best times"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    emergency_contact = models.CharField(_("emergency contact"), max_length=200, blank=True)
    # Set by a dietitian; when set they replace what the formula says.
    target_kcal = models.PositiveIntegerField(_("energy target (kcal)"), null=True, blank=True)
    target_protein_g = models.PositiveIntegerField(_("protein target (g)"), null=True, blank=True)
    target_carbohydrate_g = models.PositiveIntegerField(
        _("carbohydrate target (g)"), null=True, blank=True
    )
    target_fat_g = models.PositiveIntegerField(_("fat target (g)"), null=True, blank=True)
    targets_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.user)

    def age_on(self, day: date) -> int | None:
        """Whole years, or None when the date of birth is unknown."""
        if self.born_on is None:
            return None
        before_birthday = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before_birthday

    @property
    def age(self) -> int | None:
        return self.age_on(self.user.local(clock.host_now()).date())

    @classmethod
    def of(cls, user: User) -> Self:
        return cls.objects.get_or_create(user=user)[0]
