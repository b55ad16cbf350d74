"""What the member reads when a note has no answer."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coach.talk.words import words_for

_WORDS: dict[str, Promise] = {
    "not_heard": _("Nothing could be made out in this note. Record it again, or type it."),
    "bad_recording": _("This recording could not be read. Record it again, or type it."),
    "too_short": _("That was too short. Hold on a little longer, or type it."),
    "too_long": _("A note can be two minutes long. Send it in parts."),
    "empty": _("There was nothing in this note."),
    "busy": _("The note before this one is still being answered."),
    "at_limit": _("Many notes are being answered right now. Yours goes out in a moment."),
    "timeout": _("The coach took too long to answer. Your note is tried again."),
    "unreachable": _("The coach cannot be reached right now. Your note is tried again."),
    "rate_limited": _("The coach has too much to do right now. Your note is tried again."),
    "not_yours": _("Somebody else is signed in now, so this note was not sent."),
    "signed_out": _("You are signed out. Sign in again and your notes are sent."),
    "ended": _("This talk has ended, so the note was not sent."),
}


def note_words(code: str) -> str:
    """The sentence for `code`, in the language that is active."""
    return str(_WORDS[code]) if code in _WORDS else words_for(code)
