"""What was logged calls a person where its rules say so, without a word of the member's."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Case, Q, Value, When

from coach import clock
from coach.nutrition.diary_clock import day_starts_hour, instant_of
from coach.nutrition.diary_clock import today as diary_day
from coach.nutrition.models.diary import Meal
from coach.nutrition.targets.safeguards import may_have_an_eating_disorder
from coach.people.models import Measurement, Profile, User
from coach.personas.models import Persona
from coach.talk.actions import begin_written
from coach.talk.models import Session, Turn
from coach.types import Member
from handoff.actions import locks
from handoff.actions.raising import raise_escalation
from handoff.logs import rows, rules
from handoff.logs.rules import Finding
from handoff.models import Escalation, FlagRecord, LogLook
from handoff.models.reasons import kept
from handoff.timeouts import LOGS_LOOKED_AT_AFTER, LOGS_QUIET_FOR, LOGS_QUIET_IF_WRONG

Kind = Measurement.Kind
BATCH = 50  # members in one walk
MORNING = timedelta(hours=1)  # after a diary day has ended
OF_NOW = timedelta(days=1)  # a reading that is older is for the dietitian to see
DIARY = "diary"  # where it is from, when there never was a talk


def look_soon(member: Member, at: datetime) -> None:
    """Weights were noted: look at them once there was time to correct a slip."""
    _look_by(member, at + LOGS_LOOKED_AT_AFTER, at)


def look_tomorrow(member: Member, at: datetime) -> None:
    """The diary was changed: look at it when today's page is over."""
    _look_by(member, _next_morning(member, at), at)


def _next_morning(member: Member, at: datetime) -> datetime:
    hour = day_starts_hour(member)
    tomorrow = diary_day(member, at) + timedelta(days=1)
    return instant_of(tomorrow, time(hour), member.zone, hour) + MORNING


def _look_by(member: Member, due: datetime, at: datetime) -> None:
    look, made = LogLook.objects.get_or_create(member_id=member.pk, defaults={"due_at": due})
    if not made and not (look.due_at and at < look.due_at <= due):
        _bring_forward(look, due, at)


def _bring_forward(look: LogLook, due: datetime, at: datetime) -> None:
    """In one statement, so that it waits for a look that is under way and counts after it.

    That look has not seen what is being logged, and sets `due_at` to None at its end. Where it has
    not begun, it is put off a little, as it could begin before this is committed.
    """
    soon = min(due, at + LOGS_LOOKED_AT_AFTER)
    stale = Q(due_at=None) | Q(due_at__gt=due) | Q(due_at__lte=at)
    LogLook.objects.filter(stale, pk=look.pk).update(
        due_at=Case(When(due_at__lte=at, then=Value(soon)), default=Value(due))
    )


def looks_due(at: datetime) -> list[LogLook]:
    """Whose logs are to be looked at, the longest due first."""
    due = LogLook.objects.filter(due_at__lte=at).order_by("due_at")
    return list(due.select_related("member__profile")[:BATCH])


@transaction.atomic
def look(due: LogLook) -> Escalation | None:
    """Look at what a member has logged, and call a person where that says so.

    What was logged today is looked at again in the morning.
    """
    at = clock.now()
    if not LogLook.objects.filter(pk=due.pk, due_at=due.due_at).update(due_at=None):
        return None  # another sweeper has, or something newer was logged
    member = due.member
    profile: Profile | None = getattr(member, "profile", None)
    today = diary_day(member, at)
    if Meal.objects.for_member(member).kept().filter(day__gte=today).exists():
        look_tomorrow(member, at)
    if not member.is_active:
        return None
    found = [rules.weight_lost(rows.weighed(member, profile, today))]
    if not _eats_so_little_by_plan(profile):
        found.append(rules.very_low_days(rows.days_over(member, today)))
    return _act(member, [_for(member, profile, one) for one in found if one is not None])


def _eats_so_little_by_plan(profile: Profile | None) -> bool:
    """A dietitian has set a goal that is so low, and knows of it."""
    goal = profile.target_kcal if profile else None
    return goal is not None and goal <= rules.VERY_LOW_KCAL


def _for(member: Member, profile: Profile | None, found: Finding) -> Finding:
    """Of somebody who may have an eating disorder, a loss of weight is a sign of that."""
    if found.code == rules.WEIGHT and may_have_an_eating_disorder(member, profile):
        return Finding(rules.EATING, found.tier, found.why)
    return found


def hear_measured(member: Member, measured: Iterable[Measurement]) -> Escalation | None:
    """Act on what was measured: on alarming readings of today at once, on weights a while later."""
    at, found, talk = clock.now(), [], None
    for row in measured:
        if row.kind == Kind.WEIGHT:
            look_soon(member, at)
        elif row.measured_at >= at - OF_NOW and (alarming := _alarming(row)):
            found.append(alarming)
            talk = row.session
    return _act(member, found, talk)


def _alarming(row: Measurement) -> Finding | None:
    if row.kind == Kind.BLOOD_SUGAR:
        return rules.blood_sugar(row.value, row.unit)
    if row.kind == Kind.BLOOD_PRESSURE and row.second is not None:
        return rules.blood_pressure(row.value, row.second)
    return None


def _act(member: Member, found: list[Finding], talk: Session | None = None) -> Escalation | None:
    """Call a person for what is new, the gravest first, so that it names the case."""
    called = None
    for one in sorted(found, key=lambda each: each.tier):
        if one.code not in (rules.EMERGENCY, rules.URGENT) and _is_known(member, one):
            continue
        called = _call(member, one, talk) or called
    return called


def _call(member: Member, found: Finding, talk: Session | None) -> Escalation | None:
    session = talk or _talk_of(member)
    if session is None:
        return None
    session = locks.lock_session(session.pk)
    now = Escalation.objects.filter(session=session).open().first()
    said_already = now is not None and found.code in now.codes and now.tier <= found.tier
    if not said_already:  # the member's own words may have called for it a moment before
        now = raise_escalation(session, found.code, found.tier, "", kept(found.why))
    FlagRecord.objects.create(
        session=session,
        escalation=now,
        code=found.code,
        severity=found.tier,
        quote="",
        speaker=Turn.Speaker.MEMBER,
        source=FlagRecord.Source.LOG,
        created_at=clock.now(),
    )
    return now


def _is_known(member: Member, found: Finding) -> bool:
    """Somebody was called for it lately; whoever finds it needless has longer peace from it."""
    at = clock.now()
    before = FlagRecord.objects.filter(
        session__member_id=member.pk, source=FlagRecord.Source.LOG, code=found.code
    )
    needless = before.filter(escalation__flag_right=Escalation.FlagRight.WRONG)
    return (
        before.filter(created_at__gt=at - LOGS_QUIET_FOR).exists()
        or needless.filter(created_at__gt=at - LOGS_QUIET_IF_WRONG).exists()
        or before.filter(escalation__in=Escalation.objects.open()).exists()
    )


def _talk_of(member: Member) -> Session | None:
    """The talk in which the case stands: the live one, else the last, else one made for it."""
    talks = Session.objects.for_member(member).filter(kind=Session.Kind.COACHING)
    found = talks.live().order_by("-started_at").first() or talks.order_by("-started_at").first()
    if found is not None:
        return found
    persona = Persona.objects.filter(kind=Persona.Kind.NUTRITION).order_by("-active", "pk").first()
    person = User.objects.get(pk=member.pk)
    if persona is None:
        return None
    language = person.language or "en"
    kind = Session.Kind.COACHING
    return begin_written(person, persona, language=language, place=DIARY, kind=kind)
