"""What one connection claims of a session's rows, to tell its conversation each of them once."""

from django.db.models.functions import Now

from coach.talk.actions import (
    claim_directives,
    claim_pictures,
    give_back_directives,
    give_back_pictures,
)
from coach.talk.brief import Brief
from coach.talk.models import Directive, Picture, Session
from coach.talk.pictures.image import data_uri, instructions_for
from coach.voice.effects import Void
from coach.voice.inputs import (
    Event,
    GuidanceGiven,
    HandedBack,
    PictureShown,
    ScriptGiven,
    WordGiven,
)

Kind, Became = Directive.Kind, Directive.Became
_UNSAID = {"cut_off": Became.CUT_OFF, "expired": Became.EXPIRED, "floor": Became.FLOOR}


class DirectiveClaims:
    """`waiting`, `claim` and `give_back` are for a thread that may ask the database."""

    def __init__(self, session: Session, brief: Brief) -> None:
        self._session = session
        self._brief = brief
        self._undelivered: dict[int, str] = {}  # kinds of directives that were not heard, by pk
        self._pictures: set[int] = set()

    def waiting(self) -> bool:
        """Whether anything waits to be told; asks the database for no lock."""
        directives = Directive.objects.waiting(Now()).filter(session=self._session)
        return directives.exists() or self._session.pictures.filter(told_at=None).exists()

    def claim(self) -> list[Event]:
        """What waits to be told, in its order."""
        directives = claim_directives(self._session)
        self._undelivered.update({directive.pk: directive.kind for directive in directives})
        pictures = claim_pictures(self._session)
        self._pictures.update(picture.pk for picture in pictures)
        return [*map(_directive_event, directives), *map(self._picture_event, pictures)]

    def delivered(self, directive: int, *, void: Void = "") -> str:
        """The member has heard the directive of this pk, or it is void.

        What it has become; "" where nobody asks: of a reviewed script the thread tells.
        """
        kind = self._undelivered.pop(directive, "")
        if kind in ("", Kind.SCRIPT):
            return ""
        if void:
            return _UNSAID[void]
        return Became.USED if kind == Kind.GUIDE else Became.SPOKEN

    def give_back(self) -> None:
        """What the member did not hear of may be claimed by the next connection.

        Each only once: it may be the next connection's by now.
        """
        undelivered, self._undelivered = self._undelivered, {}
        pictures, self._pictures = self._pictures, set()
        if undelivered:
            give_back_directives(self._session, undelivered)
        if pictures:
            give_back_pictures(self._session, pictures)

    def _picture_event(self, picture: Picture) -> PictureShown:
        seen = data_uri(bytes(picture.data))
        return PictureShown(picture.client_id, seen, instructions=instructions_for(self._brief))


def _directive_event(directive: Directive) -> Event:
    match directive.kind:
        case Kind.HAND_BACK:
            return HandedBack(directive.text, directive.spoken, directive.pk, directive.verbatim)
        case Kind.GUIDE:
            return GuidanceGiven(directive.text, directive.pk, directive.life_s())
        case Kind.WORD:
            return WordGiven(directive.spoken, directive.pk, directive.life_s())
        case _:
            return ScriptGiven(directive.spoken or directive.text, directive.pk)
