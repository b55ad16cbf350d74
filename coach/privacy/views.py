"""The page of a member's data: what there is, a copy of it, and its end."""

import tempfile
from typing import IO

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach import clock
from coach.errors import Refused
from coach.privacy.archive import counts, write_archive
from coach.privacy.erasing import erase, why_not
from coach.privacy.forms import EraseForm
from coach.types import MemberRequest

IN_MEMORY_BYTES = 4 * 1024 * 1024  # a larger archive is written to a file without a name


@login_required
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """What is kept, counted."""
    return _page(request, EraseForm(request), 200)


@login_required
@require_POST
def archive(request: MemberRequest) -> FileResponse:
    """Everything of the member, as one file."""
    out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  # the answer closes it
    write_archive(request.user, out)
    out.seek(0)
    name = f"coachline-{clock.now():%Y-%m-%d}.zip"
    return FileResponse(out, as_attachment=True, filename=name)


@login_required
@require_POST
def erase_account(request: MemberRequest) -> HttpResponse:
    """Delete the account; the person is signed out, and told."""
    form = EraseForm(request)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        erase(request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("privacy:page")
    logout(request)
    messages.success(request, _("Your account and everything in it is deleted."))
    return redirect("home")


def _page(request: MemberRequest, form: EraseForm, status: int) -> HttpResponse:
    values = {"counts": counts(request.user), "form": form, "why_not": why_not(request.user)}
    return render(request, "privacy/page.html", values, status=status)
