"""Text frames between a page of the interpreter and the server, both ways.

Binary frames are sound: up the microphone, down the translations. Where each person has a device of
their own, what one side's process has for the other's page goes over Redis: see `Passed`.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from coach.wire.base import Message, Ping, Pong, decode
from coach.wire.page_down import Ended, Error, WaitingPlace
from coach.wire.vocabulary import InterpreterStage, Side

# --- up -------------------------------------------------------------------------------------------


class InterpreterHello(Message, frozen=True, tag="hello"):
    """The first message on every socket. Nothing else is read before it."""

    since: Annotated[int, Meta(description="number of the last line that the page has")] = 0


class DirectionChosen(Message, frozen=True, tag="direction"):
    """How the page says whose words are translated."""

    lock: Annotated[
        Literal["auto", "a", "b"],
        Meta(description="auto: the language tells who speaks; else only this person is heard"),
    ]
    by_button: Annotated[bool, Meta(description="true: only who holds their button is heard")]


class SpeakerHeld(Message, frozen=True, tag="held"):
    """A button of hold to speak was pressed or let go."""

    side: Annotated[Literal["", "a", "b"], Meta(description='whose; "": none is held')]


FromInterpreter = InterpreterHello | DirectionChosen | SpeakerHeld | Ping
_decoder: msgspec.json.Decoder[FromInterpreter] = msgspec.json.Decoder(FromInterpreter)


def read_from_interpreter(text: str) -> FromInterpreter:
    """Raises ValueError when it is too long or not one of ours."""
    return decode(_decoder, text)


# --- down -----------------------------------------------------------------------------------------

LineItem = Annotated[int, Meta(description="of the line, as its sound has it in its header")]
LineSide = Annotated[Side, Meta(description="whose words they are")]


class InterpreterReady(Message, frozen=True, tag="ready"):
    """The server serves this page, or the languages were exchanged."""

    language_a: Annotated[str, Meta(description="code of what the member speaks")]
    language_b: Annotated[str, Meta(description="code of what the other person speaks")]


class InterpreterStageChanged(Message, frozen=True, tag="stage"):
    """Whether what is said now is translated."""

    stage: InterpreterStage


class LineWords(Message, frozen=True, tag="words"):
    """A line as it is being said: all of it so far. May be lost; `line` brings it whole."""

    item: LineItem
    side: LineSide
    original: Annotated[str, Meta(description="what was said, as it was heard")]
    translation: Annotated[str, Meta(description="its translation")]


class LineKept(Message, frozen=True, tag="line"):
    """A line as it is stored. It replaces the words of its item."""

    seq: Annotated[int, Meta(description="number in the conversation: 1, 2, 3 …")]
    item: LineItem
    side: LineSide
    language: Annotated[str, Meta(description="code of the language that was spoken")]
    into: Annotated[str, Meta(description="code of the language of the translation")]
    original: Annotated[str, Meta(description="what was said, as it was heard")]
    translation: Annotated[str, Meta(description="its translation")]
    check: Annotated[bool, Meta(description="true: the numbers in the two are not the same")]
    at: Annotated[str, Meta(description="when it was said, ISO 8601")]


class OtherPerson(Message, frozen=True, tag="other"):
    """Where each has a device of their own: whether the other person is there."""

    here: Annotated[bool, Meta(description="true: their page is connected")]
    name: Annotated[str, Meta(description='what they are called, or ""')]
    joined: Annotated[bool, Meta(description="true: somebody has come by the link that stands")]


ToInterpreter = (
    InterpreterReady
    | InterpreterStageChanged
    | LineWords
    | LineKept
    | OtherPerson
    | WaitingPlace
    | Error
    | Ended
    | Pong
)

# --- between the processes of two pages -----------------------------------------------------------

_SOUND, _WORDS = b"s", b"w"
_words: msgspec.json.Decoder[LineWords] = msgspec.json.Decoder(LineWords)


class Passed(msgspec.Struct, frozen=True):
    """What one person's process has for the other's page: words of a line, or its sound.

    `sound`: a binary frame as the page gets it, header and samples.
    """

    words: LineWords | None = None
    sound: bytes = b""

    def pack(self) -> bytes:
        """The frame as it is published: a letter that tells which, then the frame itself."""
        if self.words is None:
            return _SOUND + self.sound
        return _WORDS + msgspec.json.encode(self.words)


def read_passed(frame: bytes) -> Passed | None:
    """What was published; None: a frame that is none of ours, perhaps of another version."""
    kind, content = frame[:1], frame[1:]
    if kind == _SOUND:
        return Passed(sound=content)
    try:
        return Passed(words=_words.decode(content)) if kind == _WORDS else None
    except msgspec.DecodeError:
        return None
