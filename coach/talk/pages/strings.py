"""Sentences that the live page shows, carried to it as JSON so that they are translated like all
others. `{name}` is filled in by the page."""

from django.utils.translation import gettext as _

from coach.talk.notes.words import page_note_words


def page_words(*, lesson: bool) -> dict[str, str]:
    """All sentences by name; a lesson has a partner where a coaching talk has a coach."""
    words = _states() | _happenings() | _microphone() | _pictures() | page_note_words()
    return words | (_partner_words() if lesson else {})


def _partner_words() -> dict[str, str]:
    return {
        "reading": _("Type to your partner"),
        "unreachable": _(
            "Your partner can't be reached right now; we keep trying. What you type is kept, or "
            "leave a voice note."
        ),
        "speaking": _("Your partner is speaking, talk to interrupt"),
        "speaking_text": _("Your partner is speaking, tap the circle to interrupt"),
        "speaking_half": _("Your partner is speaking and can't hear you. Tap the circle to stop."),
        "speaking_push": _("Your partner is speaking, hold the circle to interrupt"),
    }


def _states() -> dict[str, str]:
    """What is happening, always in words."""
    return {
        "idle": _("Ready when you are"),
        "connecting": _("Connecting"),
        "unreachable": _(
            "The coach can't be reached right now; we keep trying. What you type is kept, or leave "
            "a voice note."
        ),
        "queued": _(
            "All places are taken. You are number {position} in line and will be connected here "
            "as soon as it is your turn. You are not heard yet; what you type is kept."
        ),
        "listening": _("Listening"),
        "muted": _("Your microphone is off. Unmute or type."),
        "reading": _("Type to your coach"),
        "thinking": _("Thinking"),
        "speaking": _("Coach is speaking, talk to interrupt"),
        "speaking_text": _("Coach is speaking, tap the circle to interrupt"),
        "speaking_half": _("Coach is speaking and can't hear you. Tap the circle to stop."),
        "speaking_push": _("Coach is speaking, hold the circle to interrupt"),
        "hold": _("Hold to talk"),
        "locked": _("Listening. Tap again when you have finished."),
        "person": _("{name} is with you"),
        "person_nameless": _("A person is with you"),
        "person_speaks": _("{name}, is speaking with you"),
        "person_unheard": _("{name}, is speaking with you. Your microphone is off."),
        "waiting": _("Listening. A person has been called."),
        "held": _("On hold: help is being called"),
        "reconnecting": _("Reconnecting, nothing is lost"),
        "ended": _("Ended"),
        "elsewhere": _("This talk is open in another window. Tap the circle to talk here."),
        "lost": _("Not connected. Tap the circle to try again."),
        "unsent": _("Waiting to be sent"),
    }


def _microphone() -> dict[str, str]:
    """What happened to the sound, what it means, what to do."""
    return {
        "mic_refused": _(
            "The microphone is not allowed, so the coach cannot hear you. Type below, or allow it "
            "in the browser's address bar and press the microphone."
        ),
        "mic_missing": _(
            "No microphone was found. Type below, or connect one and press the microphone."
        ),
        "mic_busy": _(
            "Another program is using the microphone. Close it and press the microphone, or type."
        ),
        "mic_insecure": _(
            "This address is not encrypted, so the browser gives no microphone. Type below, or "
            "open the site with https."
        ),
        "mic_failed": _("The microphone did not start. Type below, or press the microphone again."),
        "mic_lost": _(
            "The microphone was disconnected. Type below, or press the microphone to use another."
        ),
        "no_sound": _("This browser could not start its sound, so you will read the coach."),
        "asleep": _("The sound is paused by your device. Tap anywhere to go on."),
    }


def _happenings() -> dict[str, str]:
    return {
        "asking": _("Asking for a person…"),
        "asked": _("A person is being called. The coach stays with you until they join."),
        "ask_failed": _("Nobody was called."),
        "end_failed": _("The talk goes on."),
        "gone": _("The server has closed this connection. What was said is kept."),
    }


def _pictures() -> dict[str, str]:
    return {
        "picture_none": _("This coach can't look at pictures. Describe the meal instead."),
        "picture_kind": _("That is not a picture. Choose a JPEG, PNG or WebP file."),
        "picture_large": _("This picture is larger than 12 MB. Send a smaller one."),
        "picture_many": _("Only the first three pictures were sent. Send the others after them."),
        "picture_sending": _("Sending the picture…"),
        "picture_looking": _("Being prepared for the coach…"),
        "picture_sent": _("The coach has your picture."),
    }
