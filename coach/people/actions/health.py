"""Note what a member tells of their health: asked first, written after a yes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import NotFound
from coach.people import goals
from coach.people.actions import rows
from coach.people.health import Fact, Sign, Standing
from coach.people.models import HealthFact, Profile
from coach.people.models.health import Source
from coach.people.signals import health_noted
from coach.talk.models import Session
from coach.types import Member

ASKED_FOR = timedelta(minutes=30)  # a later yes is to something else
GOALS = frozenset({HealthFact.Kind.GOAL})
FACTS = frozenset(HealthFact.Kind) - GOALS


@dataclass(frozen=True)
class Change:
    """What a yes wrote: rows, the names of what was taken off, whether a person is called.

    Taken back, it is the same: rows that count no more, the names of what holds again.
    """

    noted: tuple[HealthFact, ...] = ()
    ended: tuple[str, ...] = ()
    person: bool = False

    def __bool__(self) -> bool:
        return bool(self.noted or self.ended)


@transaction.atomic
def ask(
    session: Session, facts: Iterable[Fact], said: str, *, more: bool = False
) -> tuple[list[HealthFact], list[Fact]]:
    """Keep what to ask the member about. Returns that, and what needs no asking.

    With `more` it is asked together with what this talk has asked and nobody has answered.

    What the profile holds already needs none, nor does the denial of what it does not hold.
    """
    member = session.member
    rows.hold(member)
    asked = waiting(session, FACTS) if more else []
    HealthFact.objects.for_member(member).asked().exclude(pk__in=[row.pk for row in asked]).delete()
    profile = Profile.of(member)
    known: list[Fact] = []
    for fact in facts:
        values = _values(profile, fact)
        known += [] if values else [fact]
        asked += [_asked(session, fact, value, said) for value in values]
    return asked, known


def _values(profile: Profile, fact: Fact) -> list[str]:
    """What would change in the profile by `fact`: names to add, or to take off."""
    held = rows.listed(profile, fact.kind)
    if fact.standing == Standing.DENIED:
        if not fact.value or fact.kind == HealthFact.Kind.PREGNANCY:
            return held
        return [one for one in held if rows.same(one, fact.value)]
    return [] if rows.has(profile, fact.kind, fact.value) else [fact.value]


def _asked(session: Session, fact: Fact, value: str, said: str) -> HealthFact:
    return HealthFact.objects.create(
        member=session.member,
        session=session,
        kind=fact.kind,
        value=value,
        said=said,
        ends=fact.standing == Standing.DENIED,
    )


@transaction.atomic
def ask_goal(session: Session, value: str, said: str) -> HealthFact:
    """Keep a goal that was judged, to ask the member about it."""
    rows.hold(session.member)
    forget_asked(session.member)
    return HealthFact.objects.create(
        member=session.member, session=session, kind=HealthFact.Kind.GOAL, value=value, said=said
    )


@transaction.atomic
def forget_asked(member: Member) -> int:
    """Nothing is asked any more: the member said no, or spoke of something else."""
    return HealthFact.objects.for_member(member).asked().delete()[0]


def waiting(session: Session, kinds: Collection[str]) -> list[HealthFact]:
    """What this talk has asked of `kinds`, and a yes may still answer."""
    asked = HealthFact.objects.for_member(session.member).asked()
    since = clock.now() - ASKED_FOR
    return list(asked.filter(session=session, kind__in=kinds, created_at__gt=since))


@transaction.atomic
def confirm(session: Session, kinds: Collection[str], keys: Collection[int] = ()) -> Change:
    """The member said yes to what this talk asked of `kinds`. Falsy: nothing was asked.

    `keys` names the rows that were asked about; without them it is all that waits.
    """
    member = session.member
    rows.hold(member)
    at = clock.now()
    asked = [row for row in waiting(session, kinds) if not keys or row.pk in keys]
    if not asked:
        return Change()
    profile = Profile.of(member)
    for row in asked:
        if row.kind == HealthFact.Kind.GOAL:
            _set_goal(profile, row)
        if row.ends:
            _end(profile, row, at)
        else:
            rows.add(profile, row.kind, row.value)
        row.noted_at = at
        row.save(update_fields=["noted_at"])
    profile.save()
    noted = [row for row in asked if not row.ends]
    answers = health_noted.send(HealthFact, session=session, facts=noted) if noted else []
    called = any(answer for _receiver, answer in answers)
    return Change(tuple(noted), tuple(row.value for row in asked if row.ends), called)


def body_of(profile: Profile) -> goals.Body:
    """What a wish about weight is held against."""
    return goals.Body(profile.weight_kg, profile.height_cm, profile.age, profile.pregnant)


def _set_goal(profile: Profile, row: HealthFact) -> None:
    """The profile has the goal's direction; a goal takes the place of the one before."""
    wish = goals.read(row.said, profile.user.local(row.created_at).date())
    profile.goal = goals.way_of(wish, body_of(profile)) or Profile.Goal.MAINTAIN
    HealthFact.objects.for_member(profile.user).noted().filter(kind=row.kind).delete()


def _end(profile: Profile, ended: HealthFact, at: datetime) -> None:
    """The fact that `ended` names holds no more; its rows are kept as long as it can be undone."""
    rows.take(profile, ended.kind, ended.value)
    held = HealthFact.objects.for_member(profile.user).noted()
    keys = [row.pk for row in rows.named(held, ended)]
    held.filter(pk__in=keys).update(undone_at=at)


def _hold_again(profile: Profile, ended: HealthFact) -> None:
    """Undo `_end`: its rows stand again, unless the profile has the fact anew."""
    if rows.has(profile, ended.kind, ended.value):
        return
    rows.add(profile, ended.kind, ended.value)
    over = HealthFact.objects.for_member(profile.user).over().filter(ends=False)
    keys = [row.pk for row in rows.named(over.filter(undone_at=ended.noted_at), ended)]
    if not over.filter(pk__in=keys).update(undone_at=None):
        rows.note(profile.user, ended.kind, ended.value, Source.TALK)


@transaction.atomic
def note_signs(session: Session, signs: Iterable[Sign], said: str) -> list[HealthFact]:
    """Write symptoms down for the experts, in the member's own words."""
    at = clock.now()
    return [
        HealthFact.objects.create(
            member=session.member,
            session=session,
            kind=HealthFact.Kind.SYMPTOM,
            value=sign.name,
            said=said,
            source=Source.TALK,
            noted_at=at,
        )
        for sign in signs
    ]


@transaction.atomic
def erase_fact(member: Member, pk: int) -> str:
    """Delete a fact for good, and take it off the profile. Returns its name. Raises NotFound."""
    rows.hold(member)
    row = HealthFact.objects.for_member(member).noted().filter(pk=pk).first()
    if row is None:
        raise NotFound(_("That is no longer there."))
    profile = Profile.of(member)
    _take_off(profile, row)
    profile.save()
    rows.erase(row)
    return row.value


@transaction.atomic
def undo_told(session: Session, at: datetime) -> Change:
    """Take back what was written at `at` in this talk; what a yes ended then holds again.

    The rows are deleted later. Raises NotFound, and Refused where the profile is full.
    """
    rows.hold(session.member)
    written = HealthFact.objects.for_member(session.member).changes()
    told = list(written.filter(session=session, source=Source.TALK, noted_at=at))
    if not told:
        raise NotFound(_("That is no longer there."))
    profile, now = Profile.of(session.member), clock.now()
    for row in sorted(told, key=lambda row: row.ends):  # what is taken off makes room
        (_hold_again if row.ends else _take_off)(profile, row)
        row.undone_at = now
        row.save(update_fields=["undone_at"])
    profile.save()
    noted = tuple(row for row in told if not row.ends)
    return Change(noted, tuple(row.value for row in told if row.ends))


def _take_off(profile: Profile, row: HealthFact) -> None:
    if row.kind == HealthFact.Kind.GOAL:
        profile.goal = Profile.Goal.MAINTAIN
    rows.take(profile, row.kind, row.value)
