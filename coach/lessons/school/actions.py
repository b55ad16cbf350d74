"""The verbs of classes. Each is one transaction."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.bounds import whole_text
from coach.errors import NotFound, Refused
from coach.lessons.models import (
    Assignment,
    Attempt,
    ClassInvitation,
    Membership,
    SchoolClass,
    TurnComment,
)
from coach.lessons.scenario import Scenario
from coach.lessons.school import limits
from coach.lessons.school.commented import commented
from coach.talk.models import Turn
from coach.types import Member


@transaction.atomic
def begin_class(teacher: Member, name: str) -> SchoolClass:
    if SchoolClass.objects.of_teacher(teacher).open().count() >= limits.CLASSES_MAX:
        raise Refused(
            _("You have %(n)d classes, as many as there can be. Close one that has ended.")
            % {"n": limits.CLASSES_MAX},
            code="too_many",
        )
    return SchoolClass.objects.create(teacher=teacher, name=name)


@transaction.atomic
def close_class(school_class: SchoolClass) -> None:
    """End it: everybody leaves, so that their teacher reads nothing of theirs any more."""
    _lock(school_class)  # who is joining is in it before, and leaves, or finds it closed
    now = clock.now()
    if SchoolClass.objects.open().filter(pk=school_class.pk).update(closed_at=now):
        school_class.memberships.standing().update(left_at=now)
        school_class.invitations.filter(ended_at=None).update(ended_at=now)


# --- who is in it ---------------------------------------------------------------------------------
@transaction.atomic
def invite(school_class: SchoolClass) -> ClassInvitation:
    """A new link; the one before leads nowhere from now on."""
    end_invitation(school_class)
    expires_at = clock.now() + limits.INVITATION_STANDS
    return ClassInvitation.objects.create(school_class=school_class, expires_at=expires_at)


@transaction.atomic
def end_invitation(school_class: SchoolClass) -> None:
    """Take the link back. Who has joined by it stays."""
    _lock(school_class)
    school_class.invitations.filter(ended_at=None).update(ended_at=clock.now())


@transaction.atomic
def join(member: Member, token: str) -> Membership:
    """Join by a link; who is in the class already stays as they are. Raises NotFound, Refused."""
    links = ClassInvitation.objects.by_link(token).standing()
    invitation = links.select_related("school_class").first()
    if invitation is not None:
        _lock(invitation.school_class)
    if invitation is None or not links.exists():  # it may have been taken back before the lock
        raise NotFound(_("This link is no longer good."), code="no_link")
    school_class = invitation.school_class
    if school_class.teacher_id == member.pk:
        raise Refused(_("You teach this class: you cannot join it."), code="own_class")
    standing = Membership.objects.standing()
    if (there := standing.filter(school_class=school_class, member=member).first()) is not None:
        return there
    if school_class.memberships.standing().count() >= limits.MEMBERS_MAX:
        raise Refused(_("This class is full. Ask your teacher."), code="full")
    if standing.for_member(member).count() >= limits.CLASSES_OF_MEMBER:
        raise Refused(_("You are in as many classes as one can be. Leave one first."), code="many")
    return Membership.objects.create(school_class=school_class, member=member)


@transaction.atomic
def leave(membership: Membership) -> None:
    """Leave, or be shown out: from now on the teacher reads nothing of theirs."""
    Membership.objects.standing().filter(pk=membership.pk).update(left_at=clock.now())


# --- what it plays --------------------------------------------------------------------------------
@transaction.atomic
def assign(
    school_class: SchoolClass,
    lesson: Scenario,
    *,
    due_on: date | None = None,
    words: Sequence[str] = (),
    note: str = "",
) -> Assignment:
    """Have the class play `lesson`. Raises Refused for one that it is to play already."""
    if school_class.assignments.standing().count() >= limits.ASSIGNMENTS_MAX:
        raise Refused(_("Withdraw an assignment first: there are as many as can be."), code="many")
    with suppress(IntegrityError), transaction.atomic():
        return Assignment.objects.create(
            school_class=school_class,
            slug=lesson.slug,
            due_on=due_on,
            words=list(words),
            note=note,
        )
    raise Refused(_("This lesson is assigned to the class already."), code="assigned")


@transaction.atomic
def withdraw_assignment(assignment: Assignment) -> None:
    """Nobody has to play it any more; what was played meanwhile stays with the class."""
    standing = Assignment.objects.standing().filter(pk=assignment.pk)
    standing.update(withdrawn_at=clock.now())


# --- what is said of it ---------------------------------------------------------------------------
@transaction.atomic
def comment(
    school_class: SchoolClass, attempt: Attempt, author: Member, turn: Turn, text: str
) -> TurnComment:
    """Say something of one turn. The learner is told on every page until they have read it."""
    text = whole_text(text, limits.COMMENT_MAX_CHARS)
    if not text:
        raise Refused(_("Write what you want to say of this turn."), code="empty")
    if turn.pk not in {line.turn.pk for line in commented(attempt)}:
        raise NotFound(_("There is nothing to comment on."), code="no_turn")
    if attempt.comments.count() >= limits.COMMENTS_MAX:
        raise Refused(_("There are as many comments here as can be."), code="many")
    return TurnComment.objects.create(
        school_class=school_class,
        attempt=attempt,
        turn=turn,
        member_id=attempt.member_id,
        author=author,
        text=text,
    )


@transaction.atomic
def delete_comment(row: TurnComment) -> None:
    """Its author takes it back."""
    row.delete()


@transaction.atomic
def read_comments(comments: Iterable[TurnComment]) -> None:
    """The learner has these before them; what a teacher writes meanwhile waits."""
    unread = TurnComment.objects.filter(pk__in=[one.pk for one in comments], read_at=None)
    unread.update(read_at=clock.now())


def _lock(school_class: SchoolClass) -> None:
    """One after the other: a class has one link, and not more members than it may have."""
    SchoolClass.objects.select_for_update().get(pk=school_class.pk)
