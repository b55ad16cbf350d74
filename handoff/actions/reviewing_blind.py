"""The weekly blind review: draw a sample of what members said, and judge it one by one.

A reviewer reads the turn and what was said before it, never what screening said of either. What
they find missed is not only counted: a person is called for it.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import Refused
from coach.talk.models import Turn
from handoff.actions import locks
from handoff.actions.raising import raise_escalation
from handoff.actions.transitions import taken
from handoff.models import Escalation, Expert, FlagRecord, ReviewItem, ReviewRound, Tier
from handoff.opening import desk_zone, today_at_desk

Found, Judged = ReviewItem.Found, ReviewItem.Judged
SAMPLE = {Found.CALLED: 15, Found.KEPT: 10, Found.UNFLAGGED: 25}  # turns of each kind in a week
MOST_TURNS = 200_000  # of a week; of more, the newest
CLINICAL = "clinical"  # the skill of who reviews, besides supervisors
MISSED = "REV"  # the code of the case that a reviewer calls for
NEEDS_PERSON = Tier.P2  # judged so or graver, a missed turn calls somebody still


def may_review(expert: Expert) -> bool:
    """Whether they judge what others said: clinicians, and supervisors."""
    return expert.supervisor or CLINICAL in expert.domains


@transaction.atomic
def draw_round(at: datetime) -> ReviewRound | None:
    """Draw the sample of the week that is over; None: it is drawn."""
    today = today_at_desk(at)
    week = today - timedelta(days=today.weekday() + 7)
    if ReviewRound.objects.filter(week=week).exists():
        return None
    turns = _turns_of(week)
    by_kind = {kind: _keys(turns, kind) for kind in Found}
    try:
        with transaction.atomic():
            drawn = ReviewRound.objects.create(
                week=week,
                drawn_at=at,
                called=len(by_kind[Found.CALLED]),
                kept=len(by_kind[Found.KEPT]),
                unflagged=len(by_kind[Found.UNFLAGGED]),
            )
    except IntegrityError:  # another sweeper was faster
        return None
    mixed = secrets.SystemRandom()
    chosen = [
        (pk, kind)
        for kind, keys in by_kind.items()
        for pk in mixed.sample(keys, min(len(keys), SAMPLE[kind]))
    ]
    mixed.shuffle(chosen)
    severities = _severities([pk for pk, _kind in chosen])
    ReviewItem.objects.bulk_create(
        ReviewItem(round=drawn, turn_id=pk, found=kind, severity=severities.get(pk), place=place)
        for place, (pk, kind) in enumerate(chosen)
    )
    return drawn


def _turns_of(week: date) -> QuerySet[Turn]:
    """What members said in talks that began in the week: flagged or not, a call or not.

    By the talk's beginning, since that has an index and the times of turns have none.
    """
    zone = desk_zone()
    start = datetime.combine(week, time.min, zone)
    end = datetime.combine(week + timedelta(days=7), time.min, zone)
    of_turn = FlagRecord.objects.filter(_of_turn(), session=OuterRef("session")).exclude(item_id="")
    said = Turn.objects.filter(
        speaker=Turn.Speaker.MEMBER,
        session__started_at__gte=start,
        session__started_at__lt=end,
    ).exclude(text="")
    return said.annotate(
        flagged=Exists(of_turn), called=Exists(of_turn.filter(severity__lt=int(Tier.P4)))
    )


def _of_turn() -> Q:
    return Q(item_id=OuterRef("item_id")) | Q(item_id=OuterRef("client_id"))


def _keys(turns: QuerySet[Turn], kind: str) -> Sequence[int]:
    wanted = {
        Found.CALLED: Q(called=True),
        Found.KEPT: Q(flagged=True, called=False),
        Found.UNFLAGGED: Q(flagged=False),
    }[Found(kind)]
    return list(turns.filter(wanted).order_by("-pk").values_list("pk", flat=True)[:MOST_TURNS])


def _severities(keys: Sequence[int]) -> dict[int, int]:
    """The gravest flag of each turn that has one."""
    found: dict[int, int] = {}
    for turn in Turn.objects.filter(pk__in=keys):
        names = [name for name in (turn.item_id, turn.client_id) if name]
        flags = FlagRecord.objects.filter(session_id=turn.session_id, item_id__in=names)
        gravest = flags.order_by("severity").values_list("severity", flat=True).first()
        if gravest is not None:
            found[turn.pk] = gravest
    return found


def to_judge(expert: Expert) -> QuerySet[ReviewItem]:
    """What waits for this reviewer, of cases that they did not have: those they know already."""
    theirs = Escalation.objects.filter(
        Q(owner=expert) | Q(offers__expert=expert), session=OuterRef("turn__session")
    )
    rows = ReviewItem.objects.filter(~Exists(theirs), judged=None)
    return rows.select_related("turn__session", "round").defer("turn__session__brief")


@transaction.atomic
def judge(item: ReviewItem, expert: Expert, judged: int) -> Escalation | None:
    """Write down what the turn called for. Returns the case that is called out for it, if one is.

    A case is called where a person was needed and nobody has been: it is late, and not too late.
    Raises Refused, or AlreadyTaken where a colleague has judged it.
    """
    if not may_review(expert) or judged not in Judged.values:
        raise Refused(_("Choose what it called for."))
    at = clock.now()
    session = locks.lock_session(item.turn.session_id)
    waiting = ReviewItem.objects.filter(pk=item.pk, judged=None)
    if not waiting.update(judged=judged, judged_by=expert, judged_at=at):
        raise taken()
    if judged > NEEDS_PERSON or _somebody_came(item):
        return None
    reason = _("Found in the weekly review: this called for a person, and nobody was called.")
    turn = item.turn
    key = turn.item_id or turn.client_id
    return raise_escalation(session, MISSED, judged, turn.text, reason, key)


def _somebody_came(item: ReviewItem) -> bool:
    """Whether a case of this talk was open when it was said, or was called since."""
    cases = Escalation.objects.filter(session_id=item.turn.session_id)
    after = Q(resolved_at__isnull=True) | Q(resolved_at__gte=item.turn.created_at)
    return cases.filter(after).exists()
