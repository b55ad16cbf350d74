"""All that the desk registers with the member's side, besides its tools and cards.

`coach` does not know `handoff`. What a talk announces or asks is answered here, and each signal
is handled in the transaction that sent it.
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from allauth.account.signals import password_changed, password_reset
from django.conf import settings
from django.contrib.auth import user_logged_out
from django.db.models.functions import Now
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from coach import clock
from coach.lessons.school.desk import Desk, Role, register_desk
from coach.nutrition.models import Meal
from coach.nutrition.signals import diary_changed
from coach.nutrition.targets import watch_for
from coach.nutrition.targets.safeguards import may_hear_numbers, why_no_numbers
from coach.people.goals.concerns import watch_goals
from coach.people.models import HealthFact, Measurement, Profile
from coach.people.numbers import numbers_while
from coach.people.signals import health_noted, measured
from coach.talk.actions import add_directive
from coach.talk.language import in_language_of
from coach.talk.models import Directive, Floor, Session, Turn
from coach.talk.registries.never_stop import never_stopped_while
from coach.talk.registries.orders import orders_from
from coach.talk.registries.plans import Plan, plans_from
from coach.talk.registries.readers import read_while
from coach.talk.registries.rehearsed import is_rehearsed
from coach.talk.registries.screened_parts import Part
from coach.talk.registries.screeners import Flag, Screener, register_screener
from coach.talk.signals import (
    coach_failed,
    directive_settled,
    member_answered,
    person_wanted,
    session_ended,
    session_started,
    turn_recorded,
)
from coach.types import Member
from handoff import actions, screening
from handoff.actions import clocks
from handoff.actions.devices import (
    OF_SIGN_IN,
    forget_device_of_sign_in,
    forget_other_devices,
)
from handoff.actions.flagging import act_on_flags
from handoff.actions.log_findings import hear_measured, look_tomorrow
from handoff.actions.queue import tell_wall
from handoff.actions.reading import record_read
from handoff.actions.scripts import say_script
from handoff.actions.troubles import call_for_trouble
from handoff.models import OWNED_STATES, Escalation, Expert, FlagRecord, Script, Tier
from handoff.safety import thresholds
from handoff.screening import score as learned

# Calorie goals stay away for so long, unless an expert says that the flag was not needed.
REMEMBERED = timedelta(days=180)
GRAVE = 1  # severities P0 and P1
REVIEW = int(Tier.P4)


# --- signals --------------------------------------------------------------------------------------


@receiver(turn_recorded, sender=Turn, dispatch_uid="handoff.screen_turn")
def screen_turn(turn: Turn, **_signal: object) -> None:
    """Screen what was said, whatever the live socket did; answer a member who is on hold."""
    session = turn.session
    if turn.speaker == Turn.Speaker.EXPERT:
        clocks.answered(session, clock.now())
        actions.first_word(session, turn.author)
    if turn.speaker not in (Turn.Speaker.MEMBER, Turn.Speaker.COACH):
        return
    flags = screen(turn.text, turn.speaker, str(session.brief.get("language", "en")))
    if _is_scored(turn):
        thresholds.refresh()
        flags += score([*_turns_before(turn), turn.text], flags)
    if flags:
        act_on_flags(session, flags, turn.item_id or turn.client_id, turn.speaker)
        session.refresh_from_db(fields=["floor", "floor_epoch", "last_seq"])
    if turn.speaker == Turn.Speaker.MEMBER:
        _answer_waiting_member(session, turn)
    call_for_trouble(session, turn)


def _is_scored(turn: Turn) -> bool:
    if turn.speaker != Turn.Speaker.MEMBER or not settings.SCREENING_SCORE:
        return False
    return not is_rehearsed(turn.session, turn.text)


def _turns_before(turn: Turn) -> list[str]:
    """What the member said last before `turn`."""
    said = turn.session.turns.filter(speaker=Turn.Speaker.MEMBER, seq__lt=turn.seq)
    return list(said.order_by("-seq").values_list("text", flat=True)[:1])


def _answer_waiting_member(session: Session, turn: Turn) -> None:
    """Requeue a parked call; in a safety hold, say a reviewed line instead of being silent."""
    if session.ended_at is not None:
        return  # an answer after the talk is announced by itself
    key = turn.item_id or turn.client_id or f"turn-{turn.seq}"
    escalation = Escalation.objects.filter(session=session).open().first()
    if escalation is None:
        return
    if escalation.state == Escalation.State.PARKED:
        actions.unpark(escalation)
    elif session.floor == Floor.SAFETY_HOLD and escalation.held_item != key:
        say_script(session, escalation, Script.Moment.STAY, key)
    elif session.floor == Floor.EXPERT and escalation.state in OWNED_STATES:
        clocks.member_waits(escalation, clock.now())


@receiver(member_answered, sender=Turn, dispatch_uid="handoff.member_answered")
def member_answered_after_talk(turn: Turn, **_signal: object) -> None:
    """The member wrote into their ended talk: whoever has the case hears of it, or is called."""
    actions.member_wrote(turn)


@receiver(session_ended, sender=Session, dispatch_uid="handoff.member_left")
def member_left(session: Session, **_signal: object) -> None:
    """The talk ended: a person who was wanted is still wanted."""
    actions.member_left(session)
    tell_wall()


@receiver(session_started, sender=Session, dispatch_uid="handoff.tell_wall")
def member_came(session: Session, **_signal: object) -> None:
    """A talk has begun: supervisors see it at the wall."""
    tell_wall()


@receiver(directive_settled, sender=Directive, dispatch_uid="handoff.guidance")
def guidance_settled(directive: Directive, **_signal: object) -> None:
    """What an expert told the coach was used or spoken, or is void: the desk shows it."""
    if directive.kind in (Directive.Kind.GUIDE, Directive.Kind.WORD):
        actions.note_outcome(directive)


@receiver(person_wanted, sender=Session, dispatch_uid="handoff.call_person")
def call_person(session: Session, **_signal: object) -> None:
    """The talk was begun to reach a person: call one before the coach has said a word."""
    actions.ask_for_person(session)


@receiver(user_logged_out, dispatch_uid="handoff.forget_device")
def signed_out(request: HttpRequest, user: Member | None, **_signal: object) -> None:
    """Whoever signs out is told on that device no longer."""
    device = request.session.get(OF_SIGN_IN)
    if user is not None and device is not None:
        forget_device_of_sign_in(user, device)


@receiver([password_changed, password_reset], dispatch_uid="handoff.forget_other_devices")
def password_is_new(request: HttpRequest, user: Member, **_signal: object) -> None:
    """All other sign-ins end, and with them what their devices are told."""
    forget_other_devices(user, request.session.get(OF_SIGN_IN, 0))


ENGINE_FAILED = "ENG"


@receiver(coach_failed, sender=Session, dispatch_uid="handoff.coach_failed")
def call_for_failure(session: Session, **_signal: object) -> None:
    """The coach cannot answer: a person is asked, and the member is told; once in a talk."""
    session = Session.objects.defer("brief").get(pk=session.pk)
    if session.ended_at is not None or session.escalations.exists():
        return
    reason = _("The coach could not answer, or could not be reached.")
    actions.raise_escalation(session, ENGINE_FAILED, int(Tier.P2), "", reason)
    add_directive(
        session,
        Directive.Kind.SCRIPT,
        _("Say exactly these reviewed words and nothing else."),
        spoken=in_language_of(session.member, _words_of_failure)(),
    )


def _words_of_failure() -> str:
    return _(
        "I have trouble answering just now, so I am asking a person to join you. What you have "
        "said is kept."
    )


SPECIAL_DIET = "MED-S"
# Who needs a dietitian before any advice in numbers: what the profile calls it.
SPECIAL = re.compile(
    r"\b(?:pregnant|breastfeeding|insulin|type 1 diabetes|gestational diabetes|kidney|dialysis"
    r"|warfarin|blood thinners|maoi|phenylketonuria|stomach surgery|cirrhosis|liver disease"
    r"|heart failure|transplant|cancer|chemotherapy|stoma|cystic fibrosis|lithium"
    r"|eating disorder)\b",
    re.IGNORECASE,
)


@receiver(health_noted, sender=HealthFact, dispatch_uid="handoff.special_diet")
def call_dietitian(session: Session, facts: Sequence[HealthFact], **_signal: object) -> bool:
    """A fact was noted that asks for a dietitian: call one, once in a talk."""
    special = [fact for fact in facts if SPECIAL.search(fact.value)]
    if not special:
        return False
    key = f"health-{special[0].pk}"
    found = Flag(SPECIAL_DIET, int(Tier.P2), special[0].said)
    return act_on_flags(session, [found], key, Turn.Speaker.MEMBER) is not None


@receiver(diary_changed, sender=Meal, dispatch_uid="handoff.look_at_diary")
def look_at_diary(member: Member, **_signal: object) -> None:
    """The diary was changed: its whole days are looked at in the morning."""
    look_tomorrow(member, clock.now())


@receiver(measured, sender=Measurement, dispatch_uid="handoff.hear_measured")
def hear_of_measurements(member: Member, sure: Sequence[Measurement], **_signal: object) -> None:
    """What was measured may be alarming. What is doubtful calls nobody."""
    hear_measured(member, sure)


# --- the screener ---------------------------------------------------------------------------------


def screen(text: str, speaker: str, language: str) -> list[Flag]:
    """What the rules find in `text`: pure."""
    return screen_part(Part(text, (0, len(text))), speaker, language)


def screen_part(part: Part, speaker: str, language: str) -> list[Flag]:
    """What the rules find in one part of a text: fast enough for every partial transcript."""
    return [
        Flag(found.code, found.severity, found.quote)
        for found in screening.screen(part.text, speaker, language, part.own)
    ]


def score(turns: Sequence[str], found: Sequence[Flag]) -> list[Flag]:
    """What the learned score adds for the last of the member's `turns`; nothing if it is off.

    What is not sure enough to call a person is kept for review, and shows where there is help.
    """
    if not settings.SCREENING_SCORE:
        return []
    rules = [screening.Found(flag.code, flag.severity, flag.quote) for flag in found]
    return [
        Flag(each.code, each.severity if each.page else REVIEW, each.quote, "score", not each.page)
        for each in learned.score(turns, rules, thresholds.current())
    ]


def act(session_id: UUID, flags: Sequence[Flag], item_id: str, speaker: str) -> None:
    """Write the flags down and call a person where their severity asks for one."""
    session = Session.objects.defer("brief").get(pk=session_id)
    act_on_flags(session, flags, item_id, speaker)


register_screener(Screener("handoff", screen, act, screen_part, score, thresholds.refresh))


# --- what other features must respect -------------------------------------------------------------


@watch_for
def said_signs_of_an_eating_disorder(member: Member) -> bool:
    """Whether `member` said something that was flagged as an eating disorder, P0 or P1."""
    flags = FlagRecord.objects.filter(
        session__member=member,
        speaker=Turn.Speaker.MEMBER,
        code__startswith="ED",
        severity__lte=GRAVE,
        created_at__gt=clock.now() - REMEMBERED,
    )
    return flags.exclude(escalation__flag_right=Escalation.FlagRight.WRONG).exists()


@watch_goals
def numbers_may_harm(member: Member) -> str:
    """Why no weight goal is noted for `member`: as for targets from a formula."""
    profile: Profile | None = getattr(member, "profile", None)
    return why_no_numbers(member, profile, member.local(clock.now()).date())


numbers_while(may_hear_numbers)


@orders_from
def of_the_last_hand_back(member: Member) -> list[str]:
    """What the newest hand-back ordered; it takes the place of those before."""
    last = actions.last_hand_back(member)
    return [str(one) for one in last.constraints] if last else []


@orders_from
def of_guidance(member: Member) -> list[str]:
    """What experts order in the middle of a talk; it holds for some minutes."""
    rows = Directive.objects.filter(session__member=member, expires_at__gt=Now())
    given = rows.exclude(orders=[]).exclude(became=Directive.Became.REFUSED)
    return [str(one) for orders in given.values_list("orders", flat=True) for one in orders]


@never_stopped_while
def is_called_for(member_id: int) -> bool:
    """Whether a person is called for this member, talks with them, or has to follow up."""
    return bool(Escalation.objects.filter(member_id=member_id).open().exists())


@read_while
def is_followed_up(session: Session) -> bool:
    """Whether a person is called into this talk still, though it has ended."""
    return bool(Escalation.objects.filter(session=session).open().exists())


@plans_from
def plan_of_the_last_hand_back(member: Member) -> Plan | None:
    """What the expert who handed `member` back last wrote for the coach."""
    last = actions.last_note(member)
    if last is None or last.wrap_at is None:
        return None
    note = " ".join(last.note_for_coach.split())
    # What was said at a newer hand-back may differ: the older note then only leaves foods out.
    newest = actions.last_hand_back(member)
    still = newest is None or newest.pk == last.pk or not newest.first_words
    return Plan(str(last.owner), note, last.wrap_at, last.may_quote and still)


# --- lessons --------------------------------------------------------------------------------------

TEACHES = "language"  # the skill of a teacher


def role_of(person: Member) -> Role:
    """What somebody may do with classes and lessons, by their place at the desk."""
    here = Expert.objects.filter(user_id=person.pk, active=True, user__is_active=True).first()
    return Role(
        teaches=here is not None and TEACHES in here.domains,
        supervises=here is not None and here.supervisor,
        sees_all=person.is_staff,
    )


def note_read_of_lesson(reader: Member, learner: int, session: UUID) -> None:
    """A teacher reads what a learner said: it is written down as a read at the desk is."""
    record_read(reader, learner, "lesson", session)


register_desk(Desk(role_of, note_read_of_lesson))
