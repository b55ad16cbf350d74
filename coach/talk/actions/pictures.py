"""Show the coach a picture: a row, so that no lost push loses it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import Conflict, Refused
from coach.talk import limits
from coach.talk.actions.turns import add_card
from coach.talk.brief import sees_pictures, thaw
from coach.talk.models import Card, Picture, Session, Turn
from coach.talk.pictures import image


def show_picture(
    session: Session, client_id: str, file: bytes, *, by_note: bool = False
) -> tuple[Picture, Card]:
    """Keep the picture in `file` and put it into the thread; the relay shows it to the engine.

    `by_note`: the note of this `client_id` brings it, so no live line is to be told of it. The same
    `client_id` again returns what is there. Raises CoachError with what to do instead.
    """
    if there := _there(session, client_id):
        return there
    if not sees_pictures(thaw(session)):
        raise Refused(
            _("This coach can't look at pictures. Describe the meal instead."), code="no_pictures"
        )
    _check_room(session)  # before the work of reading it
    told_at = clock.now() if by_note else None
    return _keep(session, client_id, image.clean(file), told_at)


@transaction.atomic
def _keep(
    session: Session, client_id: str, seen: image.Cleaned, told_at: datetime | None
) -> tuple[Picture, Card]:
    # The row's lock: two requests with one id, or the last free place, wait for each other here.
    session = Session.objects.select_for_update().get(pk=session.pk)
    if there := _there(session, client_id):
        return there
    _check_room(session)
    picture = Picture.objects.create(
        session=session,
        client_id=client_id,
        data=seen.data,
        width=seen.width,
        height=seen.height,
        told_at=told_at,
    )
    return picture, add_card(session, image.KIND, str(picture.pk))


def _check_room(session: Session) -> None:
    if session.ended_at is not None:
        raise Conflict(_("This talk has ended."), code="ended")
    if session.pictures.count() >= limits.PICTURES_PER_TALK:
        raise Refused(
            _("That is as many pictures as one talk can hold. Describe the meal instead."),
            code="too_many_pictures",
        )


def _there(session: Session, client_id: str) -> tuple[Picture, Card] | None:
    picture = session.pictures.filter(client_id=client_id).first()
    if picture is None:
        return None
    return picture, session.cards.get(kind=image.KIND, ref=str(picture.pk))


@transaction.atomic
def claim_pictures(session: Session) -> list[Picture]:
    """The pictures that no engine was shown yet, oldest first; each is handed out once."""
    now = clock.now()
    return [
        picture
        for picture in session.pictures.filter(told_at=None)
        if Picture.objects.filter(pk=picture.pk, told_at=None).update(told_at=now)
    ]


@transaction.atomic
def give_back_pictures(session: Session, pks: Iterable[int]) -> None:
    """Shown lately and not answered, since the connection ended: the next one shows them again."""
    since = clock.now() - timedelta(seconds=limits.PICTURE_AGAIN_S)
    for picture in session.pictures.filter(pk__in=list(pks), created_at__gt=since):
        card = session.cards.get(kind=image.KIND, ref=str(picture.pk))
        later = {"seq__gt": card.seq}
        spoken = session.turns.filter(speaker=Turn.Speaker.COACH, **later).exists()
        if not spoken and not session.cards.filter(**later).exclude(kind=image.KIND).exists():
            Picture.objects.filter(pk=picture.pk).update(told_at=None)
