"""What the member reads when a note has no answer."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coach.talk.error_messages import words_for

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


def page_note_words() -> dict[str, str]:
    """Sentences that the page shows in notes mode."""
    return {
        "note_ready": gettext("Tap to record a note, or type one"),
        "note_recording": gettext("Recording. Tap to send."),
        "note_person": gettext("{name} is with you. Record a note, or type one."),
        "note_held": gettext("On hold: help is being called. You can record or type."),
        "note_recorded": gettext("Voice note, {time}"),
        "note_photo": gettext("Photo"),
        "note_photo_along": gettext("The photo goes out with your note."),
        "note_sending": gettext("Sending…"),
        "note_waiting": gettext("Waiting for its turn"),
        "note_waiting_coach": gettext("Waiting for the coach"),
        "note_offline": gettext("Waiting for the network"),
        "note_failed": gettext("Not sent"),
        "note_ended": gettext("Not sent: this talk has ended"),
        "note_signed_out": gettext("Not sent: you are signed out"),
        "note_short": gettext("That was too short. Tap, speak, then tap again to send."),
        "note_unkept": gettext(
            "This browser keeps nothing (its storage is full or closed to this page). Notes are "
            "sent as long as the page stays open."
        ),
        "note_waits": gettext("One note waits here until it is sent"),
        "notes_wait": gettext("{count} notes wait here until they are sent"),
        "note_unreachable": gettext(
            "The coach can't be reached right now. One note is kept and goes out by itself as "
            "soon as it can."
        ),
        "notes_unreachable": gettext(
            "The coach can't be reached right now. {count} notes are kept and go out by "
            "themselves as soon as they can."
        ),
        "note_no_network": gettext(
            "There is no connection right now. One note is kept here and goes out by itself."
        ),
        "notes_no_network": gettext(
            "There is no connection right now. {count} notes are kept here and go out by "
            "themselves."
        ),
        "note_left": gettext("A note from an earlier talk was not sent."),
        "notes_left": gettext("{count} notes from an earlier talk were not sent."),
    }


def note_words(code: str) -> str:
    """The sentence for `code`, in the language that is active."""
    return str(_WORDS[code]) if code in _WORDS else words_for(code)
