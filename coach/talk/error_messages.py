"""What the member reads when something goes wrong in a live talk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: dict[str, Promise] = {
    "not_heard": _("I could not make that out. Please say it again."),
    "unwritten": _(
        "What you said here could not be written down. If the answer does not fit, please type it."
    ),
    "speech_lost": _("What you said here did not reach the coach. Please say it again, or type."),
    "no_words": _(
        "Your microphone brings sound, but the coach hears no words in it. If you were speaking, "
        "please say it again closer to it, or type."
    ),
    "no_answer": _("The coach did not answer. Please say it again."),
    "failed": _("The coach could not answer just now. Please try again."),
    "silent": _("The coach had nothing to say. Please try again."),
    "line_broke": _("The line to the coach broke off here."),
    "incomplete": _("The coach's answer was cut short."),
    "coach_stopped": _("The coach was stopped there: a person should check what it was saying."),
    "busy": _("The coach is very busy just now. Please try again in a moment."),
    "filtered": _("The coach may not say that. Please ask in another way."),
    "tool_failed": _("Sorry, something went wrong there, so I do not know whether it was done."),
    "tool_timeout": _("Sorry, that took too long, so I do not know whether it was done."),
    "only_tools": _(
        "The coach found no words for that. If anything was written down, it is shown here."
    ),
    "text_refused": _("The coach could not take in what you wrote. Please write it differently."),
    "result_refused": _("The coach was not told how that went. What was done is shown here."),
    "idle": _(
        "Nobody has spoken for a while and others are waiting, so your place was given to the "
        "next. What was said is kept: tap the circle to come back."
    ),
    "taken_elsewhere": _("This talk is open in another window now."),
    "engine_unavailable": _(
        "The coach could not be reached for several minutes. What was said and typed is kept. Try "
        "again, or leave a voice note."
    ),
    "person_stays": _(
        "The coach cannot be reached. You stay together here: please type, since what is said "
        "aloud may not be written down."
    ),
    "person_comes": _(
        "The coach cannot be reached. A person has been called, and goes on being called if you "
        "leave. Please type, since what you say aloud may not be written down."
    ),
    "language_not_served": _(
        "This coach speaks a language that is not set up here yet. Please choose another coach, "
        "or ask whoever runs this site."
    ),
    "audio_format_not_served": _(
        "This coach's voice and ears need another kind of sound than this site sends. Please "
        "choose another coach, or tell whoever runs this site."
    ),
    "insufficient_quota": _("The coach is not available: its provider's quota is used up."),
    "too_many_texts": _(
        "That was a lot at once. Please wait a moment and send the last one again."
    ),
    "text_too_long": _("That is too long to be sent at once. Please send it in parts."),
    "too_short": _("That was too short. Hold the button while you speak."),
    "picture_too_large": _("That picture is too large for the coach. Please send a smaller one."),
    "picture_refused": _("The coach could not look at that picture. Please describe it instead."),
    "not_saved": _(
        "What was said could not be saved yet. We go on trying: please leave this page open."
    ),
    "bad_message": _("This page sent something that was not understood. Please reload it."),
    "failure": _("Something went wrong on our side. Reconnecting."),
}
_OTHER = _("The coach is not available right now. What was said is kept.")


def words_for(code: str) -> str:
    """The sentence for `code`, in the language that is active."""
    return str(_WORDS.get(code, _OTHER))
