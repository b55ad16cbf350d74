"""How many conversations an expert has, and whether one more fits. Counted, never stored."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from coach.errors import Refused
from handoff.models import OWNED_STATES, Escalation, Expert


def load_of(expert: Expert) -> int:
    """Conversations the expert owns; a spoken one takes all their capacity."""
    owned = Escalation.objects.filter(owner=expert, state__in=OWNED_STATES)
    return counted(expert, list(owned.values_list("mode", flat=True)))


def counted(expert: Expert, modes: Sequence[str]) -> int:
    """The load of an expert who owns conversations in these modes."""
    if Escalation.Mode.VOICE in modes:
        return max(expert.capacity, len(modes))
    return len(modes)


def check_capacity(expert: Expert, *, extra: bool) -> None:
    """Raise Refused when the expert has no room. Their row must be locked.

    `extra`: a supervisor in an emergency, who may own more than their capacity.
    """
    if not extra and load_of(expert) >= expert.capacity:
        raise Refused(
            _("You have as many conversations as you can take. Finish or give one back first."),
            code="full",
        )
