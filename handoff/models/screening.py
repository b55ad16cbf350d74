"""What administrators decide about screening."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ONLY = 1  # the one row
LOWEST, HIGHEST = 0.02, 0.999


class ScreeningThresholds(models.Model):
    """How sure the learned score must be. One row; an empty field is the figure of the training."""

    card = models.FloatField(
        _("show a card from"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
        help_text=_(
            "A card that says where there is help; nobody is called. Lower: less is missed, and "
            "more members see a card that they did not need. Empty: as trained."
        ),
    )
    page = models.FloatField(
        _("call a person from"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
        help_text=_(
            "A person is called and the coach stops. Lower: experts are called more often, and "
            "more often for nothing. Not below the card's. Empty: as trained."
        ),
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screening")
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="one_row_of_thresholds"),
            models.CheckConstraint(
                condition=Q(card__isnull=True) | Q(page__isnull=True) | Q(page__gte=F("card")),
                name="nobody_is_called_without_a_card",
                violation_error_message=_("A person is never called where no card is shown."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Thresholds of the learned score"))
