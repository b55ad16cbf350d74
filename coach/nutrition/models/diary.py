"""The diary: what a member ate and drank, and every change of it.

A meal carries three times: the instant, the zone the member's clock showed when it was logged, and
the diary day. An item carries its nutrients as they were when it was logged, so that correcting a
food never rewrites what somebody ate.
"""

from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.talk.registries.tools import SAID_MAX_CHARS
from coach.types import Member

# What an item keeps of its food, in the units of the names.
NUTRIENTS = (
    "kcal",
    "protein_g",
    "carbohydrate_g",
    "fat_g",
    "fibre_g",
    "sugar_g",
    "saturated_fat_g",
    "sodium_mg",
)


class Slot(models.TextChoices):
    """The meals of a day, in its order."""

    BREAKFAST = "breakfast", _("Breakfast")
    LUNCH = "lunch", _("Lunch")
    DINNER = "dinner", _("Dinner")
    SNACK = "snack", pgettext_lazy("meal", "Snacks")


class MealQuerySet(models.QuerySet["Meal"]):
    def for_member(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)

    def kept(self) -> Self:
        """Without removed meals."""
        return self.filter(deleted_at=None)

    def on(self, day: date) -> Self:
        return self.filter(day=day)


class Meal(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meals"
    )
    eaten_at = models.DateTimeField(_("eaten at"))
    zone = models.CharField(_("time zone at logging"), max_length=64)
    day = models.DateField(_("diary day"))
    slot = models.CharField(_("meal"), max_length=12, choices=Slot)
    said = models.TextField(_("as said"), max_length=SAID_MAX_CHARS, blank=True)
    session = models.ForeignKey(
        "talk.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    call_id = models.CharField(max_length=80, blank=True)
    created_at = CreatedAtField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MealQuerySet.as_manager()

    class Meta:
        ordering = ["day", "eaten_at", "pk"]
        indexes = [models.Index(fields=["member", "day"], name="meals_of_a_day")]

    def __str__(self) -> str:
        return f"{self.get_slot_display()} {self.day}"

    @property
    def local_time(self) -> datetime:
        """`eaten_at` as the clock on the wall showed it where it was logged (naive)."""
        return self.eaten_at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


class MealItem(models.Model):
    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="items")
    food = models.ForeignKey(
        "nutrition.Food", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("food"), max_length=160)
    amount = models.CharField(_("amount"), max_length=80, blank=True)
    # Amount and name as a person says them: "two slices of toast".
    spoken = models.CharField(max_length=200, blank=True)
    grams = models.FloatField(_("grams"))
    kcal = models.FloatField(_("energy (kcal)"))
    protein_g = models.FloatField(_("protein (g)"))
    carbohydrate_g = models.FloatField(_("carbohydrate (g)"))
    fat_g = models.FloatField(_("fat (g)"))
    fibre_g = models.FloatField(_("fibre (g)"), null=True, blank=True)
    sugar_g = models.FloatField(_("sugars (g)"), null=True, blank=True)
    saturated_fat_g = models.FloatField(_("saturated fat (g)"), null=True, blank=True)
    sodium_mg = models.FloatField(_("sodium (mg)"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["meal", "position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def spoken_name(self) -> str:
        """Amount and name within a sentence."""
        if self.spoken:
            return self.spoken
        return gettext("%(grams)s grams of %(food)s") % {
            "grams": f"{self.grams:.0f}",
            "food": self.name[:1].lower() + self.name[1:],
        }


class ChangeQuerySet(models.QuerySet["DiaryChange"]):
    def for_member(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)

    def standing(self) -> Self:
        """Changes that have not been undone."""
        return self.filter(undone_at=None)


class DiaryChange(models.Model):
    """One verb's effect on the diary: the meals it touched, whole, before and after.

    `before` and `after` map a meal's key to its snapshot (None: the meal was not there), so that
    undoing is writing one of them back.
    """

    class Verb(models.TextChoices):
        LOG = "log", _("logged")
        CHANGE = "change", _("changed")
        REMOVE = "remove", _("removed")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="diary_changes"
    )
    # The meal to show for this change; a moved item also touches another.
    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=8, choices=Verb)
    said = models.TextField(max_length=SAID_MAX_CHARS, blank=True)
    key = models.CharField(max_length=130, blank=True)
    before = models.JSONField()
    after = models.JSONField()
    created_at = CreatedAtField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "key"], condition=~models.Q(key=""), name="one_change_per_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"

    @property
    def meals(self) -> set[str]:
        """Keys of the meals this change touched."""
        return set(self.before) | set(self.after)
