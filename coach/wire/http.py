"""JSON that scripts of the pages read in answers to their requests."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from coach.wire.vocabulary import Floor, Seq


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every answer."""


class Refusal(Answer, frozen=True):
    """Why a request was refused, with a status of 4xx or 5xx."""

    code: Annotated[str, Meta(description="what was wrong, for the page")]
    message: Annotated[str, Meta(description="the sentence for a person, in their language")]


class ThreadNews(Answer, frozen=True):
    """What has come to a talk since `since`: for a page in notes mode, which has no socket."""

    thread: Annotated[str, Meta(description="fragment of the thread since that number")]
    floor: Floor
    person: Annotated[str, Meta(description='the expert who has the floor, or ""')]
    ended: Annotated[bool, Meta(description="true: the talk is over")]


class NoteStatus(Answer, frozen=True):
    """How a note of the member stands."""

    id: Annotated[str, Meta(description="the note's id, made by the page")]
    state: Annotated[
        Literal["waiting", "done", "failed"],
        Meta(description="waiting: ask again; failed: only if the member wants to"),
    ]
    code: Annotated[str, Meta(description="what holds it up or went wrong, or empty")]
    message: Annotated[str, Meta(description="the sentence for the code, or empty")]
    retry_s: Annotated[float | None, Meta(description="seconds until the page asks again")]
    reply: Annotated[Seq | None, Meta(description="number of the coach's answer in the thread")]
    picture: Annotated[Refusal | None, Meta(description="why its picture is not shown")]


class NoteAnswer(ThreadNews, frozen=True):
    """The answer to a note: with status 202 while it waits, else 200."""

    note: NoteStatus


class PicturePlaced(Answer, frozen=True):
    """A picture has its card in the thread."""

    seq: Seq
    url: Annotated[str, Meta(description="where the card's fragment is fetched")]


class InvitationMade(Answer, frozen=True):
    """A link by which the other person joins; it is told once."""

    url: Annotated[str, Meta(description="where they join")]
