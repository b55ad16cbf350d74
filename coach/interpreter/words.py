"""What people read on the interpreter's pages, carried to them as JSON so that it is translated."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ERRORS: dict[str, Promise] = {
    "taken_elsewhere": gettext_lazy("This conversation is open in another window now."),
    "shown_out": gettext_lazy("You were shown out of this conversation."),
    "idle": gettext_lazy(
        "Nobody has spoken for a while, so the interpreter rests. What was said is kept."
    ),
    "no_bus": gettext_lazy(
        "Two devices cannot be joined here at the moment. Use one device for both, or tell whoever "
        "runs this site."
    ),
    "bad_message": gettext_lazy("This page sent something that was not understood. Reload it."),
    "insufficient_quota": gettext_lazy(
        "The interpreter is not available: its provider's quota is used up. What was said is kept."
    ),
    "language_not_served": gettext_lazy(
        "The interpreter does not speak one of these languages. Please choose another."
    ),
}
_OTHER = gettext_lazy(
    "The interpreter cannot be reached. What was said is kept. Try again in a moment."
)


def words_for(code: str) -> str:
    """The sentence for `code`, in the language that is active."""
    return str(_ERRORS.get(code, _OTHER))


def page_words() -> dict[str, str]:
    """All sentences of the live page by name; `{name}` is filled in by the page."""
    return {
        "idle": _("Press Start, and allow the microphone"),
        "connecting": _("Reaching the interpreter"),
        "interpreting": _("Speak: the other hears it in their language"),
        "by_button": _("Hold your button while you speak"),
        "held": _("Listening. Let go when you have finished."),
        "locked": _("Only {language} is translated now"),
        "muted": _("The microphone is off"),
        "no_mic": _("No microphone: you can read along"),
        "reconnecting": _("Reconnecting. What you say now may have to be said again."),
        "alone": _("The other person is not here yet. Nothing is translated meanwhile."),
        "other_left": _("{name} has left the page. Nothing is translated meanwhile."),
        "other_here": _("{name} is here"),
        "other": _("The other person"),
        "queued": _("All places are taken. You are connected here as soon as one is free."),
        "lost": _("The connection is lost. Reconnecting."),
        "ended": _("The conversation has ended"),
        "rested": _("The interpreter rests. Press Start to go on."),
        "stopped": _("Not connected. Press Start to try again."),
        "replay": _("Play again"),
        "no_translation": _("(not translated)"),
        "check_numbers": _("The numbers differ: please check them."),
        "copied": _("The link is copied"),
        "start": _("Start"),
        "mic_refused": _(
            "The microphone is not allowed, so nobody is heard. Allow it in the browser's address "
            "bar, then press Start."
        ),
        "mic_missing": _("No microphone was found. Connect one, then press Start."),
        "mic_busy": _("Another program uses the microphone. Close it, then press Start."),
        "mic_insecure": _("Browsers give the microphone to https pages only."),
        "mic_failed": _("The microphone could not be opened. Press Start to try again."),
        "mic_lost": _("The microphone is gone. Connect it, then press Start."),
        "asleep": _("The sound was put to sleep. Tap anywhere to go on."),
    }
