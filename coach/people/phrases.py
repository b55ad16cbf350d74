"""Facts about health as sentences to the member."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from coach.people.actions import Change
from coach.people.models import HealthFact, Measurement

Kind = HealthFact.Kind
INTOLERANT = " (intolerance)"


def and_list(names: Sequence[str]) -> str:
    """«sesame, kiwi and milk»."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def that_you(facts: Iterable[HealthFact]) -> str:
    """«that you have diabetes and that you take insulin»: one part a kind, in the order told."""
    groups: dict[str, list[str]] = {}
    for fact in facts:
        kind = "intolerance" if fact.value.endswith(INTOLERANT) else str(fact.kind)
        groups.setdefault(kind, []).append(fact.value.removesuffix(INTOLERANT))
    return and_list([_part(kind, and_list(names)) for kind, names in groups.items()])


def _part(kind: str, names: str) -> str:
    forms = {
        "intolerance": _("that you do not tolerate %(names)s"),
        Kind.ALLERGY: _("that you are allergic to %(names)s"),
        Kind.CONDITION: _("that you have %(names)s"),
        Kind.MEDICINE: _("that you take %(names)s"),
        Kind.STYLE: _("how you eat: %(names)s"),
        Kind.PREGNANCY: _("that you are %(names)s"),
        Kind.GOAL: _("your goal: %(names)s"),
    }
    return forms[kind] % {"names": names}


def question(asked: Sequence[HealthFact]) -> str:
    """«Shall I note that you have diabetes?»: one question for all that was told."""
    new = [fact for fact in asked if not fact.ends]
    over = and_list([fact.value for fact in asked if fact.ends])
    if new and over:
        return _("Shall I note %(facts)s, and take %(over)s out of your profile?") % {
            "facts": that_you(new),
            "over": over,
        }
    if over:
        return _("Shall I take %(over)s out of your profile?") % {"over": over}
    return _("Shall I note %(facts)s?") % {"facts": that_you(new)}


def noted(facts: Sequence[HealthFact], ended: Sequence[str]) -> str:
    """What a yes has written, made from the rows."""
    parts = []
    if facts:
        parts.append(_("I have noted %(facts)s.") % {"facts": that_you(facts)})
    if ended:
        parts.append(_("I have taken %(over)s out of your profile.") % {"over": and_list(ended)})
    return " ".join(parts)


def undone(change: Change) -> str:
    """What «undo that» has taken back of what was told, and what holds again."""
    parts = [_("Done.")]
    if change.noted:
        names = and_list([fact.value for fact in change.noted])
        parts.append(_("I have taken back what I noted: %(name)s.") % {"name": names})
    if change.ended:
        names = and_list(change.ended)
        parts.append(_("I have put %(names)s back into your profile.") % {"names": names})
    return " ".join(parts)


def measured(rows: Sequence[Measurement], *, numbers: bool = True) -> str:
    """«I have noted your weight: 82 kg.» Without `numbers`, for whom they could harm."""
    if not numbers:
        return _("I have noted it.")
    parts = [
        _("your %(what)s: %(amount)s") % {"what": row.get_kind_display(), "amount": row.amount}
        for row in rows
    ]
    return _("I have noted %(parts)s.") % {"parts": and_list(parts)}


def signs(rows: Sequence[HealthFact]) -> str:
    """A symptom was written down: for whom, and what the coach cannot know."""
    names = and_list([row.value for row in rows])
    return _(
        "I am sorry to hear that. I have noted it for the dietitians here: %(names)s. I cannot tell"
        " what it comes from, so if it is strong, lasts or worries you, please see a doctor."
    ) % {"names": names}
