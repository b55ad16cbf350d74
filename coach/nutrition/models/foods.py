"""Foods: what is in 100 g of each, what a portion of it weighs, what else it is called."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Food(models.Model):
    """A food of a public table, of our own everyday layer, or added by a dietitian.

    Nutrients are per 100 g, in the units of their names; `others` holds more of them by name and
    unit (`calcium_mg`).
    """

    class Source(models.TextChoices):
        FNDDS = "fndds", "USDA FNDDS"
        SR28 = "sr28", "USDA SR28"
        EVERYDAY = "everyday", pgettext_lazy("food source", "Everyday dishes")
        CUSTOM = "custom", pgettext_lazy("food source", "Added here")

    source = models.CharField(
        _("source"), max_length=12, choices=Source, default=Source.CUSTOM, db_index=True
    )
    source_id = models.CharField(_("number in the source"), max_length=80, blank=True)
    name = models.CharField(_("name"), max_length=255)
    group = models.CharField(_("group"), max_length=120, blank=True)
    kcal = models.FloatField(_("energy (kcal)"))
    protein_g = models.FloatField(_("protein (g)"), default=0)
    carbohydrate_g = models.FloatField(_("carbohydrate (g)"), default=0)
    fat_g = models.FloatField(_("fat (g)"), default=0)
    fibre_g = models.FloatField(_("fibre (g)"), default=0)
    sugar_g = models.FloatField(_("sugars (g)"), default=0)
    saturated_fat_g = models.FloatField(_("saturated fat (g)"), default=0)
    sodium_mg = models.FloatField(_("sodium (mg)"), default=0)
    others = models.JSONField(_("other nutrients"), default=dict, blank=True)
    searchable = models.BooleanField(_("offered in search"), default=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("food")
        verbose_name_plural = _("foods")
        ordering = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="one_food_per_source_id",
            ),
            models.CheckConstraint(
                condition=models.Q(kcal__gte=0) & models.Q(kcal__lte=1000),
                name="food_kcal_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Portion(models.Model):
    """A measure of a food as its source words it ("1 cup, sliced"), and what that weighs."""

    food = models.ForeignKey(Food, on_delete=models.CASCADE, related_name="portions")
    text = models.CharField(_("measure"), max_length=160)
    grams = models.FloatField(_("grams"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("portion")
        verbose_name_plural = _("portions")
        ordering = ["food", "position"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(grams__gte=0), name="portion_has_weight")
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.grams:g} g)"


class FoodName(models.Model):
    """Another name of a food."""

    food = models.ForeignKey(Food, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(_("name"), max_length=255, db_index=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["food", "name"], name="one_name_per_food")
        ]

    def __str__(self) -> str:
        return self.name
