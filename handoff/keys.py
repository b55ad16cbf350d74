"""The desk's keys: what each does, which letter it has, and the letters that a person chose."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coach.errors import Refused

# By the letter that it usually has, which is also its name in the pages (`data-key`).
KEYS: dict[str, Promise] = {
    "a": gettext_lazy("Accept the offer that rings; while you type, with Alt"),
    "d": gettext_lazy("Decline the offer that rings; while you type, with Alt"),
    "j": gettext_lazy("Next case"),
    "k": gettext_lazy("Previous case"),
    "m": gettext_lazy("Monitor: only read along"),
    "g": gettext_lazy("Guide the coach"),
    "s": gettext_lazy("Stop what the coach is saying now"),
    "t": gettext_lazy("Text: take over and write"),
    "v": gettext_lazy("Voice: take over and speak"),
    "h": gettext_lazy("Hand back"),
    "p": gettext_lazy("Pass on to a colleague"),
    "n": gettext_lazy("Note to colleagues; while you type, Alt+P"),
    "c": gettext_lazy("Show or hide the context"),
    "b": gettext_lazy("Hide what members said, or show it again"),
}
ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def keys_of(chosen: Mapping[str, str]) -> dict[str, str]:
    """The letter of each key; `chosen` has those that are another than usual."""
    return {name: chosen.get(name, name) for name in KEYS}


def checked(wanted: Mapping[str, str]) -> dict[str, str]:
    """What of `wanted` is another letter than usual. Raises Refused for what cannot be a key.

    A letter means one thing: two keys with the same one are refused, and which they are is said.
    """
    letters = {name: wanted.get(name, name).strip().lower() or name for name in KEYS}
    taken: dict[str, str] = {}
    for name, letter in letters.items():
        if letter not in ALLOWED:
            raise Refused(
                _("“%(letter)s” cannot be a key: choose a letter from A to Z, or a digit.")
                % {"letter": letter[:3]}
            )
        if letter in taken:
            both = {"letter": letter.upper(), "one": KEYS[taken[letter]], "other": KEYS[name]}
            raise Refused(_("%(letter)s is chosen twice: “%(one)s” and “%(other)s”.") % both)
        taken[letter] = name
    return {name: letter for name, letter in letters.items() if letter != name}
