"""Take a picture from the member's page, and show it to those who may see it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach import wire
from coach.errors import CoachError, Conflict, Refused
from coach.talk import limits
from coach.talk.actions import show_picture
from coach.talk.answers import json_answer
from coach.talk.models import Session
from coach.talk.thread import picture_response
from coach.types import MemberRequest

STATUS = {Conflict: 409, Refused: 409}


@login_required
@require_POST
def add(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Keep the file `picture` under the page's own `client_id`; answers with its card's place."""
    mine = Session.objects.for_member(request.user)
    session: Session = get_object_or_404(mine, pk=pk)
    try:
        client_id, file = _read(request)
        _picture, card = show_picture(session, client_id, file)
    except CoachError as error:
        status = 413 if error.code == "picture_too_large" else STATUS.get(type(error), 422)
        return json_answer(wire.Refusal(error.code, str(error)), status=status)
    url = reverse("talk:card", args=[session.pk, card.seq])
    return json_answer(wire.PicturePlaced(card.seq, url))


def _read(request: MemberRequest) -> tuple[str, bytes]:
    client_id = request.POST.get("client_id", "")
    file = request.FILES.get("picture")
    if file is None or not 0 < len(client_id) <= limits.PICTURE_ID_MAX_CHARS:
        raise CoachError(_("No picture came with that. Please choose it again."), code="no_file")
    if (file.size or 0) > limits.PICTURE_MAX_BYTES:
        raise CoachError(
            _("This picture is larger than 12 MB. Send a smaller one."), code="picture_too_large"
        )
    return client_id, file.read()


@login_required
@require_GET
def picture(request: MemberRequest, pk: UUID, number: int) -> HttpResponse:
    """The picture itself, for the member whose talk it stands in."""
    mine = Session.objects.for_member(request.user)
    return picture_response(get_object_or_404(mine, pk=pk), number)
