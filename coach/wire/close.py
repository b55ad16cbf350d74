"""Why a socket is closed, as its page is told: close codes of our own (4000 to 4999)."""

from enum import IntEnum
from typing import Self


class CloseCode(IntEnum):
    """A code and its `meaning`."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> Self:
        made = int.__new__(cls, code)
        made._value_ = code
        made.meaning = meaning
        return made


class PageClose(CloseCode):
    """On the socket of a talk."""

    BAD_MESSAGES = 4400, "no hello came, or too many messages that are none of ours"
    NOT_SIGNED_IN = 4401, "nobody is signed in"
    TAKEN = 4403, "another window has the talk now"
    NOT_FOUND = 4404, "this member has no such talk"
    IDLE = 4408, "nobody has spoken for long, and others wait for a place"
    ENDED = 4410, "the talk has ended"
    TOO_MANY = 4429, "this person has too many sockets open; the page may try again later"
    SIGNED_OUT = 4411, "the sign-in that opened it has ended; who is signed in may come back"
    FAILED = 4500, "the server or the engine has failed (1011 is reserved, it may not be sent)"


class DeskClose(CloseCode):
    """On the socket of the desk."""

    NOT_ALLOWED = 4403, "this person has no place at the desk, or no longer"
    SIGNED_OUT = PageClose.SIGNED_OUT.value, PageClose.SIGNED_OUT.meaning
    TOO_MANY = PageClose.TOO_MANY.value, PageClose.TOO_MANY.meaning
    FAILED = PageClose.FAILED.value, "the server cannot tell what changes; come back soon"


class VoiceClose(CloseCode):
    """On the socket of an expert's voice."""

    NOT_SPEAKING = 4403, "this person does not have the floor of this case by voice, or no longer"
    TAKEN = 4409, "another window of this expert speaks now"
    SIGNED_OUT = PageClose.SIGNED_OUT.value, PageClose.SIGNED_OUT.meaning
    TOO_MANY = PageClose.TOO_MANY.value, PageClose.TOO_MANY.meaning
    FAILED = PageClose.FAILED.value, "sound cannot be passed on; come back soon"


class InterpreterClose(CloseCode):
    """On the socket of the interpreter."""

    BAD_MESSAGES = PageClose.BAD_MESSAGES.value, PageClose.BAD_MESSAGES.meaning
    TAKEN = PageClose.TAKEN.value, "another window of this person has the conversation now"
    NOT_FOUND = PageClose.NOT_FOUND.value, "this person has no such conversation"
    IDLE = PageClose.IDLE.value, "nobody has spoken for long; whoever goes on comes back"
    ENDED = PageClose.ENDED.value, "the conversation has ended"
    SIGNED_OUT = PageClose.SIGNED_OUT.value, PageClose.SIGNED_OUT.meaning
    SHOWN_OUT = 4412, "the member has shown this guest out"
    STOPPED = 4413, "the day's budget is used up"
    TOO_MANY = PageClose.TOO_MANY.value, PageClose.TOO_MANY.meaning
    FAILED = PageClose.FAILED.value, PageClose.FAILED.meaning
