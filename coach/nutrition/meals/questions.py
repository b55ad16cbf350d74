"""The one short question that a sentence leaves open."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coach.nutrition.meals.results import Slot


@dataclass
class Questions:
    """What could not be settled, by kind; `first` words the one to ask.

    `ahead`: foods that are still to be eaten. `unplaced`: numbers that belong to nothing.
    """

    impossible: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    of_what: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)

    def first(
        self, has_items: bool, *, nothing_eaten: bool, not_yet: bool, slot: Slot | None
    ) -> str | None:
        """The question to ask, most needed first, or None."""
        if self.impossible:
            food = self.impossible[0]
            if food:
                return _("I want to get the %(food)s right: how much was it?") % {"food": food}
            return _("I want to get that right: how much was it?")
        if self.unknown:
            names = _(" or ").join(f"“{name}”" for name in self.unknown[:2])
            return _("I don't know %(names)s. What is it like?") % {"names": names}
        if self.of_what and not has_items:
            return _("What was in the %(vessel)s?") % {"vessel": self.of_what[0]}
        if not_yet:
            return _("Tell me once you have had it and I will write it down.")
        if self.ahead:
            return _("The %(food)s is still to come, so I have not written it down.") % {
                "food": self.ahead[0]
            }
        if self.unplaced:
            return _("You said “%(number)s”: of what?") % {"number": self.unplaced[0]}
        if has_items or nothing_eaten:
            return None
        if slot:
            return MEALS[slot]()
        return _("What did you eat or drink, and how much?")


MEALS: dict[Slot, Callable[[], str]] = {
    "breakfast": lambda: _("What did you have for breakfast?"),
    "lunch": lambda: _("What did you have for lunch?"),
    "dinner": lambda: _("What did you have for dinner?"),
    "snack": lambda: _("What did you have as a snack?"),
}
