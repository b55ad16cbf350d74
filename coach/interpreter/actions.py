"""The verbs of the interpreter. Each is one transaction."""

import contextlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coach import clock
from coach.bounds import whole_text
from coach.errors import Refused as Refused
from coach.interpreter import limits
from coach.interpreter.models import Invitation, Line, Meeting, Seat, Side, digest
from coach.interpreter.numbers import numbers_differ
from coach.interpreter.readiness import Readiness, readiness
from coach.talk.usage.budgets import refusal
from coach.types import Member

TRIES = 8  # of beginning a meeting while other pages of the member begin theirs


@transaction.atomic
def start_meeting(member: Member, language_a: str, language_b: str, way: str) -> Meeting:
    """A new meeting of `member`; one of theirs that was left open ends here.

    Raises Refused, with words for the member.
    """
    chosen = readiness()
    _check(chosen, language_a, language_b)
    if words := refusal(member):
        raise Refused(words, code="budget")
    meeting = Meeting(
        member=member,
        language_a=language_a,
        language_b=language_b,
        way=way,
        mode=chosen.mode,
        provider=chosen.engine.provider,
        model=chosen.model,
    )
    for _try in range(TRIES):
        for left_open in Meeting.objects.for_member(member).live():
            end_meeting(left_open)
        with contextlib.suppress(IntegrityError), transaction.atomic():
            meeting.save(force_insert=True)
            return meeting
    raise Refused(_("Another page of yours is beginning. Please try again."), code="busy")


def _check(chosen: Readiness, language_a: str, language_b: str) -> None:
    if not chosen.ready:
        raise Refused(chosen.missing, code="not_ready")
    if language_a == language_b:
        raise Refused(_("Choose two different languages."), code="same_language")
    if not {language_a, language_b} <= set(chosen.languages):
        raise Refused(_("This language is not set up here."), code="language_not_served")


@transaction.atomic
def end_meeting(meeting: Meeting) -> bool:
    """End it for both; False when it had already ended."""
    now = clock.now()
    if not Meeting.objects.live().filter(pk=meeting.pk).update(ended_at=now):
        return False
    meeting.ended_at = now
    meeting.invitations.filter(ended_at=None).update(ended_at=now)
    return True


def end_left_open() -> int:
    """End meetings in which nobody has been for long: a guest could read them for ever.

    Returns how many.
    """
    long_ago = clock.now() - limits.LEFT_OPEN
    seen = Seat.objects.filter(until__gt=long_ago)
    alone = Meeting.objects.live().filter(started_at__lt=long_ago)
    left_open = alone.exclude(pk__in=seen.values("meeting"))[: limits.MEETINGS_ENDED]
    return sum(end_meeting(meeting) for meeting in left_open)


@transaction.atomic
def swap_languages(meeting: Meeting) -> None:
    """Each speaks the other's language from now on; what was said stays as it is."""
    Meeting.objects.live().filter(pk=meeting.pk).update(
        language_a=F("language_b"), language_b=F("language_a"), version=F("version") + 1
    )


@transaction.atomic
def erase_meeting(meeting: Meeting) -> None:
    """Delete it with all that was said."""
    end_meeting(meeting)
    meeting.delete()


# --- what was said --------------------------------------------------------------------------------


@transaction.atomic
def add_line(
    meeting: Meeting,
    side: str,
    original: str,
    translation: str,
    *,
    languages: tuple[str, str],
    item: int = 0,
) -> Line | None:
    """Write down what somebody said; None: it was nothing, or the meeting has all it may have.

    `languages`: of the original and of the translation. `item`: as the pages know it.
    """
    original, translation = original.replace("\0", "").strip(), translation.strip()
    if not (original or translation):
        return None
    rows = Meeting.objects.filter(pk=meeting.pk, last_seq__lt=limits.LINES_MAX)
    if not rows.update(last_seq=F("last_seq") + 1):
        return None
    seq = Meeting.objects.values_list("last_seq", flat=True).get(pk=meeting.pk)
    return Line.objects.create(
        meeting=meeting,
        seq=seq,
        item=item,
        side=side,
        language=languages[0],
        into=languages[1],
        original=original,
        translation=translation.replace("\0", ""),
        check_numbers=numbers_differ(original, translation),
    )


# --- the other person -----------------------------------------------------------------------------


@transaction.atomic
def invite(meeting: Meeting) -> str:
    """The secret of a new link. Whoever had joined by an older one is shown out.

    Raises Refused.
    """
    # One link after the other: two pages that ask at once would both make the only one.
    stands = Meeting.objects.select_for_update().live().filter(pk=meeting.pk).exists()
    if not stands or not meeting.by_links:
        raise Refused(_("Nobody can join this conversation any more."), code="ended")
    if meeting.invitations.count() >= limits.LINKS_MAX:
        raise Refused(_("Too many links. Begin a new conversation."), code="too_many")
    show_out(meeting)
    secret = secrets.token_urlsafe(limits.LINK_CHARS)
    expires_at = clock.now() + limits.LINK_LIVES
    Invitation.objects.create(meeting=meeting, secret=digest(secret), expires_at=expires_at)
    return secret


@transaction.atomic
def show_out(meeting: Meeting) -> bool:
    """Take the link back: whoever joined by it sees nothing more. False: there was none."""
    open_ones = meeting.invitations.filter(ended_at=None)
    shown_out = open_ones.update(ended_at=clock.now())
    Seat.objects.filter(meeting=meeting, side=Side.B).update(socket="")
    return bool(shown_out)


def find_invitation(secret: str) -> Invitation | None:
    """The invitation of a link that somebody may still join by."""
    fresh = Invitation.objects.standing().filter(joined_at=None, expires_at__gt=clock.now())
    return fresh.select_related("meeting__member").filter(secret=digest(secret)).first()


@transaction.atomic
def join(secret: str, name: str) -> str:
    """Take the seat that a link offers; returns the key by which this browser is known.

    Raises Refused: the link is used, taken back or too old, which is told apart nowhere.
    """
    name = whole_text(name, limits.NAME_MAX_CHARS)
    key = secrets.token_urlsafe(limits.LINK_CHARS)
    now = clock.now()
    found = find_invitation(secret)
    # The claim asks its own row alone: what a subquery has found may be taken by now.
    open_ones = Invitation.objects.filter(joined_at=None, ended_at=None)
    mine = open_ones.filter(pk=found.pk) if found else open_ones.none()
    if not mine.update(joined_at=now, guest=digest(key), name=name):
        raise Refused(_("This link is no longer good. Ask for a new one."), code="gone")
    return key


@transaction.atomic
def leave(invitation: Invitation) -> None:
    """The guest goes, and does not come back by this link. Whoever came after them stays."""
    open_one = Invitation.objects.filter(pk=invitation.pk, ended_at=None)
    if open_one.update(ended_at=clock.now()):
        Seat.objects.filter(meeting=invitation.meeting_id, side=Side.B).update(socket="")


# --- seats ----------------------------------------------------------------------------------------


@transaction.atomic
def take_seat(meeting: Meeting, side: str, socket: str) -> None:
    """This socket is the person's from now on; an older one has the seat no longer."""
    until = clock.now() + limits.SEEN
    Seat.objects.update_or_create(
        meeting=meeting, side=side, defaults={"socket": socket, "until": until}
    )


def keep_seats(sockets: Iterable[str]) -> None:
    """Renew the leases of these sockets."""
    Seat.objects.filter(socket__in=sockets).update(until=clock.now() + limits.SEEN)


def leave_seat(meeting: Meeting, socket: str) -> None:
    """The socket is closed."""
    Seat.objects.filter(meeting=meeting, socket=socket).update(
        socket="", until=clock.now() - timedelta(seconds=1)
    )
