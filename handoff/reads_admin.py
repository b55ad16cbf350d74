"""Who opens a page of the console that shows what is a member's: it is written down."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from coach.lessons.models import Attempt
from coach.nutrition.models import DiaryChange, Meal
from coach.people.models import User
from coach.talk.models import Session, ToolCall, Turn
from coach.types import Member
from handoff.views.access import note_console_read


class AuditedAdmin:
    """A look at a member's row is a read like any other. Lists name no value, so they are none."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of one row."""
        answer: HttpResponse = super().change_view(  # type: ignore[misc]
            request, object_id, form_url, extra_context
        )
        row = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if row is not None and answer.status_code == 200:
            note_console_read(cast(Member, request.user), *whose(row))
        return answer


def whose(row: Any) -> tuple[int, Any]:
    """The member whose row it is, and the talk that it belongs to, if it does."""
    if isinstance(row, User):
        return row.pk, None
    talk = row if isinstance(row, Session) else getattr(row, "session", None)
    if talk is not None:
        return talk.member_id, talk.pk
    return row.member_id, None


def audit(*models: type[Model]) -> None:
    """Register the pages of these anew, as they are and audited: their apps know no audit."""
    for model in models:
        page = type(admin.site.get_model_admin(model))
        admin.site.unregister(model)
        admin.site.register(model, type(page.__name__, (AuditedAdmin, page), {}))


audit(User, Meal, DiaryChange, Attempt, Turn, ToolCall)
