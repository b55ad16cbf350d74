"""What administrators decide about screening."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ONLY = 1  # the one row
LOWEST, HIGHEST = 0.02, 0.999
OFTEN = 6  # of so many turns, and answers, the last ones are looked at


class ScreeningThresholds(models.Model):
    """How sure the learned score must be, and how often a talk may go wrong. One row.

    An empty field is the figure of the training, or the usual one.
    """

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
    annoyed = models.PositiveSmallIntegerField(
        _("annoyed turns"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(OFTEN)],
        help_text=_(
            "A person is asked (P3) when a member's last six turns have so many complaints of the "
            "coach. Empty: 2. 0: never."
        ),
    )
    misunderstood = models.PositiveSmallIntegerField(
        _("answers not understood"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(OFTEN)],
        help_text=_(
            "A person is asked (P3) when the coach says so often in a row that it does not "
            "understand. Empty: 3. 0: never."
        ),
    )
    unhelped = models.PositiveSmallIntegerField(
        _("answers without help"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(OFTEN)],
        help_text=_(
            "A person is asked (P3) when in so many of its last six answers the coach could not "
            "help, or only guessed what was meant. Empty: 3. 0: never."
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
