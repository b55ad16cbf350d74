"""The page of reminders, and what is due on every page."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coach import clock
from coach.errors import CoachError
from coach.reminders import actions
from coach.reminders.forms import ReminderForm, repeat_of
from coach.reminders.limits import MOST, SHOWN_FOR
from coach.reminders.models import DueReminder, Reminder
from coach.reminders.phrases import sentence, what, when
from coach.talk.buttons import Done, button
from coach.types import Member, MemberRequest

PAGE = "reminders:page"
DUE_SHOWN = 5


@login_required
@require_http_methods(["GET", "POST"])
def page(request: MemberRequest) -> HttpResponse:
    """All reminders that will still come, and the form of a new one."""
    now = request.user.local(clock.now())
    form = ReminderForm(request.POST or None, initial={"day": now.date(), "repeat": "once"})
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect(PAGE)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "due": _due(request.user), **_list(request.user)}
    return render(request, "reminders/page.html", context, status=status)


@login_required
@require_GET
def list_of(request: MemberRequest) -> HttpResponse:
    """Fragment: the list."""
    return render(request, "reminders/_list.html", _list(request.user))


@login_required
@require_GET
def due(request: MemberRequest) -> HttpResponse:
    """Fragment: what is due and was not seen, for the strip on every page."""
    return render(request, "reminders/_due.html", {"due": _due(request.user)})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of one reminder."""
    row = get_object_or_404(Reminder.objects.for_member(request.user).open(), pk=pk)
    at = request.user.local(row.next_at) if row.next_at else None
    initial = {
        "text": row.text,
        "day": at.date() if at else row.first,
        "time": (at.time() if at else row.at).strftime("%H:%M"),
        "repeat": repeat_of(row),
        "by_mail": row.by_mail,
    }
    form = ReminderForm(request.POST or None, initial=initial, reminder=row)
    if request.method == "POST" and form.is_valid() and _save(request, form, row):
        return redirect(PAGE)
    status = 422 if request.method == "POST" else 200
    return render(request, "reminders/edit.html", {"form": form, "reminder": row}, status=status)


def _save(request: MemberRequest, form: ReminderForm, row: Reminder | None = None) -> bool:
    """Write what the form holds; what cannot be is said beside the form."""
    values = form.cleaned_data
    try:
        if row is None:
            row = actions.make(request.user, values["text"], form.rule, by_mail=values["by_mail"])
        else:
            row = actions.change(
                request.user, row.pk, values["text"], form.rule, by_mail=values["by_mail"]
            )
    except CoachError as error:
        form.add_error(None, str(error))
        return False
    words = {"what": what(row), "when": when(row, _today(request.user))}
    said = _("Saved: %(what)s, %(when)s") % words
    messages.success(request, sentence(said))
    return True


def _list(member: Member) -> dict[str, Any]:
    rows = Reminder.objects.for_member(member).open().select_related("member")[:MOST]
    today = _today(member)
    return {
        "reminders": [{"row": row, "what": what(row), "when": when(row, today)} for row in rows]
    }


def _today(member: Member) -> date:
    return member.local(clock.now()).date()


def _due(member: Member) -> list[dict[str, Any]]:
    """The newest unseen time of each reminder: one that comes by the hour hides no other."""
    since = clock.now() - SHOWN_FOR
    rows = DueReminder.objects.for_member(member).unseen().filter(due_at__gt=since)
    rows = rows.filter(reminder__cancelled_at=None).select_related("reminder__member")
    newer = DueReminder.objects.unseen().filter(
        reminder=OuterRef("reminder"), due_at__gt=OuterRef("due_at")
    )
    newest = rows.filter(~Exists(newer))
    return [{"row": row, "what": what(row.reminder)} for row in newest[:DUE_SHOWN]]


@button(PAGE)
def delete(request: MemberRequest, pk: int) -> Done:
    row = actions.cancel(request.user, pk)
    undo = reverse("reminders:put_back", args=[row.pk])
    return Done(_("Deleted: %(what)s.") % {"what": what(row)}, resolve_url(PAGE), undo)


@button(PAGE)
def put_back(request: MemberRequest, pk: int) -> Done:
    row = actions.put_back(request.user, pk)
    words = {"what": what(row), "when": when(row, _today(request.user))}
    said = _("It is back: %(what)s, %(when)s") % words
    return Done(sentence(said), resolve_url(PAGE))


@button(PAGE)
def seen(request: MemberRequest, pk: int) -> Done:
    actions.seen(request.user, pk)
    return Done("", resolve_url(PAGE))
