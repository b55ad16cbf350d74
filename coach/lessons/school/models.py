"""Classes of teachers: who is in them, what they are to play, and what was said of it.

A teacher reads an attempt by way of the class alone: see `attempts_of` in `access.py`.
"""

from datetime import datetime
from typing import Self, TypeAlias

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from coach import clock
from coach.clock import CreatedAtField
from coach.lessons.school.limits import COMMENT_MAX_CHARS, NAME_MAX_CHARS, NOTE_MAX_CHARS
from coach.talk.models import Turn
from coach.types import Member

Moment: TypeAlias = datetime | OuterRef  # a column of the query around it
_SIGNER = Signer(sep=".", salt="coach.lessons.school")


class SchoolClassQuerySet(models.QuerySet["SchoolClass"]):
    def of_teacher(self, teacher: Member) -> Self:
        return self.filter(teacher_id=teacher.pk)

    def open(self) -> Self:
        return self.filter(closed_at=None)


class SchoolClass(models.Model):
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="school_classes"
    )
    name = models.CharField(_("name"), max_length=NAME_MAX_CHARS)
    created_at = CreatedAtField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SchoolClassQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("class")
        verbose_name_plural = _("classes")

    def __str__(self) -> str:
        return self.name


class ClassInvitationQuerySet(models.QuerySet["ClassInvitation"]):
    def standing(self) -> Self:
        """Nobody has taken it back, it is not too old, and the class goes on."""
        return self.filter(ended_at=None, expires_at__gt=clock.now(), school_class__closed_at=None)

    def by_link(self, token: str) -> Self:
        """The one whose link has this token; none for a token that is not ours."""
        try:
            return self.filter(pk=int(_SIGNER.unsign(token)))
        except (BadSignature, ValueError):
            return self.none()


class ClassInvitation(models.Model):
    """A link by which whoever has it joins the class.

    Its token is the row's number with our signature: it cannot be guessed, rows do not hold it, and
    its teacher can be shown it again.
    """

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.CASCADE, related_name="invitations"
    )
    created_at = CreatedAtField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ClassInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class"], condition=Q(ended_at=None), name="one_link_of_a_class"
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to class {self.school_class_id}"

    @property
    def token(self) -> str:
        return _SIGNER.sign(str(self.pk))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def standing(self) -> Self:
        return self.filter(left_at=None)

    def for_member(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)

    def since(self, begun: Moment) -> Self:
        """Those of who is in a class now, and was when an attempt had begun."""
        return self.standing().filter(joined_at__lte=begun)


class Membership(models.Model):
    """A member's time in a class. Who leaves and joins again has another one."""

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.CASCADE, related_name="memberships"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    joined_at = CreatedAtField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "member"],
                condition=Q(left_at=None),
                name="one_membership_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk} of class {self.school_class_id}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def stood(self, begun: Moment) -> Self:
        """Those that stood when an attempt had begun."""
        not_over = Q(withdrawn_at=None) | Q(withdrawn_at__gte=begun)
        return self.filter(not_over, created_at__lte=begun)


class Assignment(models.Model):
    """A lesson that a class is to play."""

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.CASCADE, related_name="assignments"
    )
    slug = models.SlugField()
    due_on = models.DateField(_("due"), null=True, blank=True)
    words = models.JSONField(_("words to use"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=NOTE_MAX_CHARS, blank=True)
    created_at = CreatedAtField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "slug"],
                condition=Q(withdrawn_at=None),
                name="one_assignment_of_a_lesson",
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug} for class {self.school_class_id}"


class TurnCommentQuerySet(models.QuerySet["TurnComment"]):
    def unread_by(self, member: Member) -> Self:
        return self.filter(member_id=member.pk, read_at=None)


class TurnComment(models.Model):
    """What a teacher says of one turn of an attempt."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="comments")
    attempt = models.ForeignKey(
        "lessons.Attempt", on_delete=models.CASCADE, related_name="comments"
    )
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(  # whose attempt it is: every page asks what they have not read
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(max_length=COMMENT_MAX_CHARS)
    created_at = CreatedAtField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = TurnCommentQuerySet.as_manager()

    class Meta:
        ordering = ["turn__seq", "pk"]
        indexes = [
            models.Index(fields=["member"], condition=Q(read_at=None), name="comments_unread")
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.attempt_id}"
