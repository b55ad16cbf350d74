"""An account that ends, and all that is kept of its member with it."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import Refused
from coach.privacy.models import Erasure
from coach.talk.actions import end_session
from coach.talk.models import Session
from coach.types import Member

log = structlog.get_logger(__name__)

_guards: list[Callable[[Member], str]] = []


def register_guard(guard: Callable[[Member], str]) -> Callable[[Member], str]:
    """`guard` says why a member cannot be erased now; "" where nothing stands against it."""
    _guards.append(guard)
    return guard


def why_not(member: Member) -> str:
    """A sentence for the member, or ""."""
    if getattr(member, "is_demo", False):
        return _("This is a demo account. It is shared, so nobody can delete it.")
    if member.is_staff:
        return _("You work here. Ask an administrator to delete your account.")
    return next((said for guard in _guards if (said := guard(member))), "")


@transaction.atomic
def erase(member: Member) -> Erasure:
    """Delete the account and every row of it, and write down how many; raises Refused."""
    if said := why_not(member):
        raise Refused(said)
    return _erase(member)


@transaction.atomic
def _erase(member: Member) -> Erasure:
    """Sockets of the account close by themselves within seconds. The number of the account is kept
    beside the database as well: a backup that is restored has the account again.
    """
    talks = Session.objects.filter(member=member).order_by("pk")
    list(talks.select_for_update(no_key=True).values_list("pk"))  # talks are locked first
    member = get_user_model().objects.select_for_update().get(pk=member.pk)
    for session in talks.filter(ended_at=None):
        end_session(session)
    number, rows = member.pk, _sign_ins(member)
    rows |= member.delete()[1]
    row = Erasure.objects.create(number=number, rows=rows)
    transaction.on_commit(lambda: _keep(number, row.at))
    log.info("account_erased", account=number, rows=sum(rows.values()))
    return row


def erase_again(lines: list[str]) -> tuple[int, list[int]]:
    """After a restore: erase those again that had been, whatever the backup says of them.

    Returns how many were erased, and the numbers of those that could not be: a row that somebody
    else needs names them, such as a case of theirs.
    """
    erased, left = 0, []
    for line in lines:
        told = json.loads(line)
        joined = {"date_joined__lte": datetime.fromisoformat(told["at"])}
        for member in get_user_model().objects.filter(pk=told["account"], **joined):
            try:
                _erase(member)
            except ProtectedError:
                left.append(member.pk)
            else:
                erased += 1
    return erased, left


def kept_in() -> Path:
    """The file of erased accounts, a line each. Keep it apart from the backups."""
    path: Path = settings.VAR / "erased.jsonl"
    return path


def _keep(number: int, at: datetime | None) -> None:
    line = json.dumps({"account": number, "at": (at or clock.now()).isoformat()})
    try:
        with kept_in().open("a") as file:
            file.write(line + "\n")
    except OSError:  # the account is gone, and its row in the console says so
        log.exception("erasure_not_kept", line=line)


def _sign_ins(member: Member) -> dict[str, int]:
    """Rows that name the account by its address or number, without a key to it."""
    email, rows = member.email, {}
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        rows[model._meta.label] = model.objects.filter(username__iexact=email).delete()[0]
    kind = ContentType.objects.get_for_model(member)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(member.pk))
    rows[LogEntry._meta.label] = entries.update(object_repr="—", change_message="")
    return rows
