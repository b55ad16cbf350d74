"""What a member reads about their call for a person: how it stands, and how long it may take."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach import clock
from handoff.models import CANCELLABLE_STATES, OWNED_STATES, Escalation, Expert, Tier
from handoff.safety.after_talk import words_after_talk

State = Escalation.State
USUAL_CONVERSATION = timedelta(minutes=8)  # until there is a history to know better
HISTORY = timedelta(days=30)
MAX_HISTORY = 200


@dataclass(frozen=True)
class Status:
    """How a call stands, in the member's language."""

    title: str
    text: str
    stage: int  # 1 asked, 2 accepted, 3 with the member, 4 done
    can_cancel: bool


def status_of(escalation: Escalation) -> Status:
    """The state of a call in words that a member understands."""
    who = _who(escalation)
    title = escalation.owner.title if escalation.owner else profession(escalation)
    state = escalation.state
    can_cancel = escalation.tier != Tier.P0 and state in CANCELLABLE_STATES
    over = escalation.session.ended_at is not None or state == State.FOLLOW_UP
    if over and state != State.CANCELLED:
        return Status(*words_after_talk(escalation, who, title), can_cancel)
    if state in (State.QUEUED, State.OFFERED):
        asked = _("We are asking a %(title)s to join you") % {"title": title}
        if escalation.tier == Tier.P0:
            asked = _("A person is being called")
        return Status(asked, wait_words(escalation), 1, can_cancel)
    if state == State.ASSIGNED:
        text = _("%(who)s is reading along and joins in a moment.") % {"who": who}
        return Status(_("%(who)s is coming") % {"who": who}, text, 2, can_cancel)
    if state in (State.ACTIVE, State.TRANSFERRING):
        return _active(escalation, who)
    if state == State.PARKED:
        text = _("Say something when you are ready, and we ask %(who)s again.") % {
            "who": escalation.preferred.user if escalation.preferred else title
        }
        return Status(_("Waiting for you"), text, 1, can_cancel)
    if state == State.CANCELLED:
        return Status(_("You no longer need a person"), _("Ask again whenever you like."), 4, False)
    text = _("What you agreed is with your coach now. Ask again whenever you like.")
    return Status(_("%(who)s has handed back") % {"who": who}, text, 4, False)


def _active(escalation: Escalation, who: str) -> Status:
    if escalation.mode == Escalation.Mode.GUIDE:
        text = _("They read along and advise the coach.")
        return Status(_("%(who)s is helping the coach") % {"who": who}, text, 3, False)
    text = _("You are talking with a person. The AI coach listens and stays silent.")
    return Status(_("%(who)s has joined") % {"who": who}, text, 3, False)


def wait_words(escalation: Escalation) -> str:
    """How long it usually takes, as a range; no number when nobody is at the desk."""
    if escalation.tier == Tier.P0:
        return _("You do not have to wait: the numbers above are answered right now.")
    minutes = minutes_to_wait(escalation)
    if minutes is None:
        return _(
            "Nobody is at the desk right now. Your request stays open, and somebody answers as "
            "soon as they are back. You can go on with the coach."
        )
    if minutes <= 5:
        return _("Usually under 5 minutes. You can go on with the coach.")
    return ngettext(
        "Usually within %(minutes)d minute. You can go on with the coach.",
        "Usually within %(minutes)d minutes. You can go on with the coach.",
        minutes,
    ) % {"minutes": minutes}


def minutes_to_wait(escalation: Escalation) -> int | None:
    """Minutes until somebody is likely free, rounded up to 5; None when nobody is at the desk."""
    at = clock.now()
    here = [
        e
        for e in Expert.objects.filter(active=True, status=Expert.Status.AVAILABLE)
        if e.live(at) and escalation.language.split("-")[0] in e.languages
    ]
    if not here:
        return None
    busy = Escalation.objects.filter(state__in=OWNED_STATES, owner__in=here).count()
    room = sum(e.capacity for e in here) - busy
    before = (
        Escalation.objects.filter(
            state__in=(State.QUEUED, State.OFFERED), tier__lte=escalation.tier
        )
        .exclude(pk=escalation.pk)
        .filter(due_at__lte=escalation.due_at)
        .count()
    )
    waiting = max(0, before + 1 - max(0, room))
    minutes = waiting / len(here) * (_usual_length() / timedelta(minutes=1))
    return max(5, -(-int(minutes) // 5) * 5)


def _usual_length() -> timedelta:
    """The median conversation of the last 30 days, once there are ten of them."""
    recent = Escalation.objects.filter(
        accepted_at__isnull=False, wrap_at__gte=clock.now() - HISTORY
    ).values_list("accepted_at", "wrap_at")[:MAX_HISTORY]
    lengths = [(wrap - accepted).total_seconds() for accepted, wrap in recent if accepted and wrap]
    return timedelta(seconds=median(lengths)) if len(lengths) >= 10 else USUAL_CONVERSATION


def profession(escalation: Escalation) -> str:
    """Who is being asked, before anybody has accepted."""
    return _("teacher") if escalation.domain == "language" else _("dietitian")


def _who(escalation: Escalation) -> str:
    if escalation.owner is None:
        return _("Our expert")
    return f"{escalation.owner.user}, {escalation.owner.title},"
