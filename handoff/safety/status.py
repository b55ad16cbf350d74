"""What a member reads about their call for a person: how it stands, and how long it may take."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.talk.models import Floor
from handoff.estimates import NEAR, wait_of
from handoff.models import CANCELLABLE_STATES, Escalation, Tier
from handoff.safety.after_talk import words_after_talk

State = Escalation.State


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
    with_member = escalation.session.floor == Floor.EXPERT
    can_cancel = escalation.tier != Tier.P0 and state in CANCELLABLE_STATES and not with_member
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
    """How long it may take, as a range, or when somebody is there again; no number for P0."""
    if escalation.tier == Tier.P0:
        return _("You do not have to wait: the numbers above are answered right now.")
    wait = wait_of(escalation)
    if wait.opens_at is not None and wait.paused:
        return _(
            "No new requests are taken up before %(when)s. You keep your place in the line, and "
            "somebody is asked then. You can go on with the coach."
        ) % {"when": _moment(escalation.member.local(wait.opens_at))}
    if wait.opens_at is not None:
        return _(
            "Nobody is at the desk at this hour. Somebody is there from %(when)s, and you keep "
            "your place in the line. You can go on with the coach."
        ) % {"when": _moment(escalation.member.local(wait.opens_at))}
    if wait.range is None:
        return _(
            "Nobody is at the desk right now. You keep your place in the line, and somebody "
            "answers as soon as they are back. You can go on with the coach."
        )
    before = _before(wait.before)
    return " ".join((_range(*wait.range), before, _("You can go on with the coach.")))


def _before(number: int) -> str:
    if number == 0:
        return _("You are next in the line.")
    if number > NEAR:
        return _("More than %(number)d people are before you.") % {"number": NEAR}
    return ngettext(
        "%(number)d person is before you.", "%(number)d people are before you.", number
    ) % {"number": number}


def _range(low: int, high: int | None) -> str:
    """A range of minutes in words: whole hours from one hour on."""
    if high is None:
        return _("It may take more than %(hours)d hours.") % {"hours": low // 60}
    if low == 0:
        return _("Usually under %(minutes)d minutes.") % {"minutes": high}
    if low < 60:
        return _("About %(low)d to %(high)d minutes.") % {"low": low, "high": high}
    return _("About %(low)d to %(high)d hours.") % {"low": low // 60, "high": high // 60}


def _moment(when: datetime) -> str:
    """A day and a time, in the member's time zone: "Monday 09:00"."""
    return date_format(when, "l H:i")


def profession(escalation: Escalation) -> str:
    """Who is being asked, before anybody has accepted."""
    return _("teacher") if escalation.domain == "language" else _("dietitian")


def _who(escalation: Escalation) -> str:
    if escalation.owner is None:
        return _("Our expert")
    return f"{escalation.owner.user}, {escalation.owner.title},"
