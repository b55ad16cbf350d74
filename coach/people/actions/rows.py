"""How the fields of a profile and the rows of facts are kept the same."""

from collections.abc import Collection, Iterable

from django.contrib.auth import get_user_model

from coach import clock
from coach.bounds import whole_text
from coach.people.models import HealthFact, Profile, User
from coach.people.models.health import Source
from coach.types import Member

Kind = HealthFact.Kind
# The field of the profile that lists the facts of a kind.
FIELDS = {
    Kind.ALLERGY: "allergies",
    Kind.CONDITION: "conditions",
    Kind.MEDICINE: "medicines",
    Kind.STYLE: "eating_style",
}
FIELD_MAX_CHARS = {
    field: Profile._meta.get_field(field).max_length or 0  # type: ignore[union-attr]
    for field in FIELDS.values()
}


def hold(member: Member) -> None:
    """Let one change of what is known of a member wait for another. Call it in the transaction."""
    get_user_model().objects.select_for_update().get(pk=member.pk)


def listed(profile: Profile, kind: str) -> list[str]:
    """The things of `kind` that the profile holds."""
    if kind == Kind.PREGNANCY:
        return ["pregnant"] if profile.pregnant else []
    field = FIELDS.get(Kind(kind))
    return parts(getattr(profile, field)) if field else []


def parts(text: str) -> list[str]:
    """The things that a field lists."""
    return [part for one in text.replace(";", ",").split(",") if (part := one.strip())]


def same(one: str, other: str) -> bool:
    return one.casefold().removeprefix("a ") == other.casefold().removeprefix("a ")


def add(profile: Profile, kind: str, value: str) -> None:
    """Put `value` into the profile's list of `kind`. Raises Refused when the list is full."""
    if kind == Kind.PREGNANCY:
        profile.pregnant = True
    elif (field := FIELDS.get(Kind(kind))) and not has(profile, kind, value):
        text = ", ".join([*listed(profile, kind), value])
        setattr(profile, field, whole_text(text, FIELD_MAX_CHARS[field]))


def take(profile: Profile, kind: str, value: str) -> None:
    """Take `value` off the profile's list of `kind`."""
    if kind == Kind.PREGNANCY:
        profile.pregnant = False
    elif field := FIELDS.get(Kind(kind)):
        left = [one for one in listed(profile, kind) if not same(one, value)]
        setattr(profile, field, ", ".join(left))


def has(profile: Profile, kind: str, value: str) -> bool:
    if kind == Kind.PREGNANCY:
        return profile.pregnant
    return any(same(one, value) for one in listed(profile, kind))


def named(found: Iterable[HealthFact], fact: HealthFact) -> list[HealthFact]:
    """The rows among `found`, of the kind of `fact`, that name the same."""
    return [
        row
        for row in found
        if row.kind == fact.kind and (row.kind == Kind.PREGNANCY or same(row.value, fact.value))
    ]


def erase(row: HealthFact) -> None:
    """Delete a fact for good, with what «undo that» could bring back of it."""
    over = HealthFact.objects.for_member(row.member).over()
    keys = [one.pk for one in named(over.filter(kind=row.kind), row)]
    over.filter(pk__in=keys).delete()
    row.delete()


def agree(profile: Profile, source: Source, changed: Collection[str] | None = None) -> None:
    """Bring the rows up to the profile's fields, after somebody typed there.

    What is new gets a row with `source`; the row of what is gone is deleted. `changed`: the names
    of the fields that were typed; None: all.
    """
    rows = HealthFact.objects.for_member(profile.user).noted()
    for kind, field in {**FIELDS, Kind.PREGNANCY: "pregnant"}.items():
        if changed is not None and field not in changed:
            continue
        values = listed(profile, kind)
        kept = _kept(rows.filter(kind=kind), values)
        for value in values:
            if kind != Kind.PREGNANCY and any(same(value, one) for one in kept):
                continue
            if kind == Kind.PREGNANCY and kept:
                continue
            note(profile.user, kind, value, source)


def _kept(rows: Iterable[HealthFact], values: list[str]) -> list[str]:
    """The values of rows that the profile still holds; the others are deleted."""
    kept: list[str] = []
    for row in rows:
        holds = (
            bool(values) if row.kind == Kind.PREGNANCY else any(same(row.value, v) for v in values)
        )
        if holds:
            kept.append(row.value)
        else:
            erase(row)
    return kept


def note(member: User, kind: str, value: str, source: Source) -> HealthFact:
    return HealthFact.objects.create(
        member=member, kind=kind, value=value, source=source, noted_at=clock.now()
    )
