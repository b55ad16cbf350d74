"""Which rows of the database are a member's: found by the models, so that no kind is forgotten.

A row is a member's if a field of OWNER names them, or if it would go with such a row. What is not
handed out is named by its feature, with why: `leave_out`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import QuerySet

from coach.types import Member

OWNER = ("member", "user")  # names of the fields that say whose a row is

_left_out: dict[str, str] = {
    "admin.LogEntry": "what somebody did in the console, not what is known of them",
    "mfa.Authenticator": "keys of the second factor",
    "account.EmailConfirmation": "keys of links in mails",
    "site.AnsweredForm": "keys of forms, kept for a day",
    "talk.ToolCall": "the same as the cards and meals that came of it, for programs",
    "talk.MemberBudget": "limits of cost, set by the practice",
    "nutrition.DiaryChange": "the steps that an undo goes back by",
    "nutrition.MealDraft": "questions about a meal that are still open",
    "interpreter.Seat": "keys of guests",
    "interpreter.Invitation": "keys of guests",
    "reminders.DueReminder": "the queue of reminders that are sent",
}


@dataclass(frozen=True)
class Kind:
    """A model whose rows are of members. `path`: from a row to its member, as a lookup."""

    model: type[models.Model]
    path: str

    @property
    def label(self) -> str:
        return self.model._meta.label

    def of(self, member: Member) -> QuerySet[Any]:
        """The member's rows of this kind, oldest first."""
        rows = self.model._default_manager.filter(**{self.path: member.pk})
        return rows.order_by("pk")


def leave_out(label: str, why: str) -> None:
    """Rows of this model are kept of members, and not handed to them."""
    _left_out[label] = why


def left_out() -> dict[str, str]:
    """Why each of these models is not handed out."""
    return dict(_left_out)


def handed_out() -> list[Kind]:
    """What a member is given of the database, in the order of its apps."""
    return [kind for kind in kinds() if kind.label not in _left_out]


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """Every model with rows of members."""
    person = get_user_model()
    paths: dict[type[models.Model], str] = {person: "pk"}
    waiting = list(apps.get_models())
    while True:
        found = {m: path for m in waiting if m not in paths and (path := _path(m, paths))}
        if not found:
            break
        paths |= found
    return tuple(Kind(model, paths[model]) for model in waiting if model in paths)


def _path(model: type[models.Model], paths: dict[type[models.Model], str]) -> str | None:
    """By which of its fields a row is a member's, if by any: the shortest way."""
    ways = []
    for field in _relations(model):
        if field.related_model is get_user_model():
            if field.name in OWNER:
                ways.append(field.name)
        elif field.related_model in paths and field.remote_field.on_delete is models.CASCADE:
            ways.append(f"{field.name}__{paths[field.related_model]}")
    return min(ways, key=lambda way: way.count("__")) if ways else None


def _relations(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if field.is_relation:
            yield field
