"""What is kept of a member: facts with day and source, measurements, what was agreed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.types import Member
from coach.voice.limits import TYPED_MAX_CHARS

VALUE_MAX_CHARS = 300  # as much as a field of the profile holds


class Source(models.TextChoices):
    """Where a fact is from."""

    TALK = "talk", _("said in a talk")
    TYPED = "typed", _("typed in the profile")
    EXPERT = "expert", _("by a dietitian")


class HealthQuerySet(models.QuerySet["HealthFact"]):
    def for_member(self, user: Member) -> Self:
        return self.filter(member_id=user.pk)

    def noted(self) -> Self:
        """What holds: the member said yes to it, or wrote it, and did not take it back."""
        return self.changes().filter(ends=False)

    def changes(self) -> Self:
        """What was noted and what a yes ended, as far as it was not taken back."""
        return self.exclude(noted_at=None).filter(undone_at=None)

    def over(self) -> Self:
        """What holds no more and is deleted later: ended, or taken back."""
        return self.exclude(noted_at=None).exclude(undone_at=None, ends=False)

    def asked(self) -> Self:
        """What the coach asked about, and nobody has answered."""
        return self.filter(noted_at=None)


class HealthFact(models.Model):
    """One thing that a member told: an allergy, a condition, a symptom.

    Without `noted_at` it was only asked about: «Shall I note that …?». What is erased is deleted.
    What is taken back by a word has `undone_at`, and is deleted later. A row with `ends` asks
    whether the fact holds no more; after the yes it stands for that change, so that it can be taken
    back. The fact's own rows then have that row's `noted_at` as `undone_at`. The profile's field is
    written from the rows.
    """

    class Kind(models.TextChoices):
        ALLERGY = "allergy", _("allergy or intolerance")
        CONDITION = "condition", _("condition")
        MEDICINE = "medicine", _("medicine")
        STYLE = "style", _("eating style")
        PREGNANCY = "pregnancy", _("pregnancy")
        SYMPTOM = "symptom", _("symptom")
        GOAL = "goal", _("goal")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="health_facts"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=VALUE_MAX_CHARS)
    said = models.TextField(max_length=TYPED_MAX_CHARS, blank=True)  # in their own words
    source = models.CharField(max_length=6, choices=Source, default=Source.TALK)
    session = models.ForeignKey(
        "talk.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ends = models.BooleanField(default=False)
    noted_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    created_at = CreatedAtField()

    objects = HealthQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["member", "kind"], name="health_of_member")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class MemoryQuerySet(models.QuerySet["MemoryItem"]):
    def for_member(self, user: Member) -> Self:
        return self.filter(member_id=user.pk)


class MemoryItem(models.Model):
    """What was agreed in a talk, in the words of the expert who wrote it down: `by`."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memory"
    )
    text = models.TextField(max_length=TYPED_MAX_CHARS)
    by = models.CharField(max_length=130)
    session = models.ForeignKey(
        "talk.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = CreatedAtField()

    objects = MemoryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["member", "-created_at"], name="memory_of_member")]

    def __str__(self) -> str:
        return f"memory #{self.pk}"


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def for_member(self, user: Member) -> Self:
        return self.filter(member_id=user.pk)

    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def newest_of_each_kind(self) -> Self:
        """The standing row of each member and kind that was measured last, in one query."""
        same = Measurement.objects.standing().filter(
            member_id=models.OuterRef("member_id"), kind=models.OuterRef("kind")
        )
        return self.filter(pk=models.Subquery(same.values("pk")[:1]))


class Measurement(models.Model):
    """A number that a member measured. `second` is the lower of two (blood pressure).

    `replaced`: what the profile held before, so that undoing writes it back.
    """

    class Kind(models.TextChoices):
        WEIGHT = "weight", _("weight")
        HEIGHT = "height", _("height")
        BLOOD_SUGAR = "sugar", _("blood sugar")
        BLOOD_PRESSURE = "pressure", _("blood pressure")
        PULSE = "pulse", _("pulse")
        LONG_TERM_SUGAR = "a1c", _("long-term blood sugar (HbA1c)")
        TEMPERATURE = "temp", _("temperature")
        BODY_FAT = "fat", _("body fat")
        WAIST = "waist", _("waist")
        HIPS = "hips", _("hips")
        THIGH = "thigh", _("thigh")
        CHEST = "chest", _("chest")
        ARM = "arm", _("upper arm")
        CALF = "calf", _("calf")
        NECK = "neck", _("neck")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="measurements"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.FloatField()
    second = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=8)
    replaced = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=6, choices=Source, default=Source.TALK)
    session = models.ForeignKey(
        "talk.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    measured_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    created_at = CreatedAtField()

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["-measured_at", "-pk"]
        indexes = [
            models.Index(fields=["member", "kind", "-measured_at"], name="measured_of_member")
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def amount(self) -> str:
        """As it is shown: `82 kg`, `130/85 mmHg`."""
        lower = f"/{self.second:g}" if self.second is not None else ""
        return f"{self.value:g}{lower} {self.unit}"
