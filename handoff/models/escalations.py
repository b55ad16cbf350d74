"""A session's request for a person."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from coach.people.models import Profile
from coach.personas.models import Persona
from coach.talk.models import Card, Session
from handoff.models.experts import Expert
from handoff.models.reasons import in_words

# Kinds of the clocks that decide who is served first: all but when the case is to be resolved.
PROMISED_TO_MEMBERS = ("accept", "first_word", "next_word", "contact")


class Tier(models.IntegerChoices):
    P0 = 0, _("P0 emergency")
    P1 = 1, _("P1 urgent")
    P2 = 2, _("P2 soon")
    P3 = 3, _("P3 today")
    P4 = 4, _("P4 review")


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def open(self) -> Self:
        """Neither resolved nor cancelled: a person is still wanted or at it."""
        return self.exclude(state__in=TERMINAL_STATES)

    def with_talk(self) -> Self:
        """With member and talk, but not the talk's brief, which only the coach's side reads."""
        return self.select_related("member", "session").defer("session__brief")

    def in_order(self) -> Self:
        """Who is served first: tier, then those that lost their expert, then what was promised."""
        # Looked up for each row: joined and grouped, all cases of the past would be read as well.
        clocks = self.model._meta.get_field("clocks").related_model._default_manager
        running = clocks.filter(escalation=OuterRef("pk"), stopped_at=None)
        promised = running.filter(kind__in=PROMISED_TO_MEMBERS).order_by("due_at")
        soonest = Subquery(promised.values("due_at")[:1])
        return self.order_by("tier", "-at_head", soonest.asc(nulls_last=True), "created_at", "pk")


class Escalation(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        OFFERED = "offered", _("offered")
        ASSIGNED = "assigned", _("accepted")
        ACTIVE = "active", _("with an expert")
        TRANSFERRING = "transferring", _("being passed on")
        PARKED = "parked", _("waiting for the member")
        FOLLOW_UP = "follow_up", _("to follow up")
        WRAP_UP = "wrap_up", _("being written up")
        RESOLVED = "resolved", _("resolved")
        CANCELLED = "cancelled", _("cancelled")

    class Mode(models.TextChoices):
        NONE = "none", _("none")
        MONITOR = "monitor", _("watching")
        GUIDE = "guide", _("guiding the coach")
        TEXT = "text", _("writing")
        VOICE = "voice", _("speaking")

    class FlagRight(models.TextChoices):
        UNSAID = "", _("not said")
        RIGHT = "right", _("right")
        TOO_HIGH = "too_high", _("too high")
        TOO_LOW = "too_low", _("too low")
        WRONG = "wrong", _("not needed")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="escalations")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="escalations"
    )
    state = models.CharField(max_length=14, choices=State, default=State.QUEUED)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    code = models.CharField(max_length=12)
    codes = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    quote = models.CharField(max_length=500, blank=True)
    item_id = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=12, default="en")
    domain = models.CharField(max_length=20, default="nutrition")

    owner = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.PROTECT, related_name="escalations"
    )
    preferred = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.NONE)
    ring = models.PositiveSmallIntegerField(default=0)
    ring_since = models.DateTimeField()
    at_head = models.BooleanField(default=False)
    next_action_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # failed steps in a row
    retry_at = models.DateTimeField(null=True, blank=True)  # not looked at before, after a failure
    needs_attention = models.BooleanField(default=False)

    wait_told = models.CharField(max_length=40, blank=True)  # the estimate last pushed

    # Each is the first time it happened, by the database's clock.
    created_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    first_human_at = models.DateTimeField(null=True, blank=True)
    wrap_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)  # of the owner who has it now

    crisis_card = models.ForeignKey(
        Card, null=True, blank=True, on_delete=models.RESTRICT, related_name="+"
    )
    held_item = models.CharField(max_length=80, blank=True)  # last turn answered by a script
    scripts_said = models.PositiveSmallIntegerField(default=0)
    # How the member asked to be reached about this; see `Contact` for the rest.
    reach_by = models.CharField(max_length=8, choices=Profile.Reach, blank=True)
    reach_phone = models.CharField(max_length=16, blank=True)
    reach_when = models.CharField(max_length=120, blank=True)
    first_words = models.TextField(max_length=600, blank=True)  # the coach's, to the member
    note_for_coach = models.TextField(max_length=2000, blank=True)  # what it answers from
    may_quote = models.BooleanField(default=True)  # the note, as the expert's word
    constraints = models.JSONField(default=list, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    flag_right = models.CharField(max_length=8, choices=FlagRight, blank=True, default="")
    reopened_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reopened"
    )
    last_event = models.PositiveIntegerField(default=0)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["next_action_at"], name="escalation_due"),
            models.Index(fields=["state", "tier"], name="escalation_queue"),
            models.Index(fields=["owner", "state"], name="escalation_load"),
            models.Index(fields=["owner", "resolved_at"], name="escalation_done"),
            models.Index(fields=["resolved_at"], name="escalation_done_last"),
            models.Index(fields=["created_at"], name="escalation_raised"),
            models.Index(
                fields=["domain", "wrap_at"],
                condition=Q(wrap_at__isnull=False),
                name="escalation_lengths",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=~Q(state__in=["resolved", "cancelled"]),
                name="one_open_escalation",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["resolved", "cancelled"])
                | Q(next_action_at__isnull=False)
                | Q(owner__isnull=False),
                name="escalation_never_lost",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "active", "transferring"])
                | Q(owner__isnull=False),
                name="escalation_owned",
            ),
            models.CheckConstraint(
                condition=~Q(tier=0) | Q(crisis_card__isnull=False),
                name="p0_has_crisis_card",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["wrap_up", "resolved"])
                | ~Q(note_for_coach="")
                | ~Q(first_words=""),
                name="note_before_hand_back",
            ),
            models.CheckConstraint(
                condition=~(Q(state="cancelled") & Q(tier=0)), name="p0_is_not_cancelled"
            ),
            models.CheckConstraint(condition=Q(tier__lte=4), name="escalation_tier"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{later}__isnull": True})
                    | Q(**{f"{earlier}__isnull": True})
                    | Q(**{f"{later}__gte": F(earlier)}),
                    name=f"escalation_{later}_after_{earlier}"[:60],
                )
                for earlier, later in (
                    ("created_at", "offered_at"),
                    ("offered_at", "accepted_at"),
                    ("accepted_at", "first_human_at"),
                    ("first_human_at", "wrap_at"),
                    ("wrap_at", "resolved_at"),
                    ("created_at", "resolved_at"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"P{self.tier} {self.code} #{self.pk}"

    @property
    def why(self) -> str:
        """The reason, in the language of who reads it."""
        return in_words(self.reason)

    @property
    def waits(self) -> bool:
        """Nobody has it: experts are called, or will be."""
        return self.state in WAITING_STATES and self.owner_id is None

    @property
    def rings(self) -> bool:
        """It waits for anybody who takes it. In queries: `roster.CALLING`."""
        return self.waits and self.state != self.State.PARKED

    @property
    def is_open(self) -> bool:
        return self.state not in TERMINAL_STATES


TERMINAL_STATES = (Escalation.State.RESOLVED, Escalation.State.CANCELLED)
OPEN_STATES = tuple(state for state in Escalation.State if state not in TERMINAL_STATES)
# An expert has it now, and it counts against their capacity.
OWNED_STATES = (
    Escalation.State.ASSIGNED,
    Escalation.State.ACTIVE,
    Escalation.State.TRANSFERRING,
)
# No expert is at it: anyone with room may claim it.
WAITING_STATES = (
    Escalation.State.QUEUED,
    Escalation.State.OFFERED,
    Escalation.State.PARKED,
    Escalation.State.FOLLOW_UP,
)
# The member may take the call back: nobody has joined. Never for P0.
CANCELLABLE_STATES = (*WAITING_STATES, Escalation.State.ASSIGNED)


def domain_of(persona_kind: str) -> str:
    """What an expert must know, by the kind of persona that the member talks with."""
    return "language" if persona_kind == Persona.Kind.LESSON else "nutrition"
