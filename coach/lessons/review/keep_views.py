"""What can be kept: of a report, and a word of the partner's line in a talk."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from coach import wire
from coach.bounds import whole_text
from coach.errors import NotFound, Refused
from coach.lessons.models import Attempt
from coach.lessons.report import Report, make_report
from coach.lessons.review import actions
from coach.lessons.review.keeping import Offer, look_up, offers
from coach.lessons.word_levels import words_by_level
from coach.talk.answers import json_answer
from coach.talk.buttons import Done, button
from coach.types import MemberRequest

WORD_MAX_CHARS = 60
LINE_MAX_CHARS = 2_000  # of the partner


@login_required
@require_GET
def offered(request: MemberRequest, pk: int) -> HttpResponse:
    """Fragment: what of an attempt can be kept, and what is."""
    attempt = _attempt(request, pk=pk)
    context = keepable(request, attempt, make_report(attempt))
    return render(request, "lessons/review/_keep.html", context)


@button(refused="lessons:catalogue")
def keep(request: MemberRequest, pk: int) -> Done:
    """Keep one thing of a report, or all of its words. What it is the report says, not the form."""
    attempt = _attempt(request, pk=pk)
    what, all_words = request.POST.get("what", ""), "words" in request.POST
    found: list[Offer] = keepable(request, attempt, make_report(attempt))["offers"]
    chosen = [
        offer for offer in found if (offer.is_word if all_words else offer.keepsake.back == what)
    ]
    if not chosen:
        raise NotFound(_("This report has nothing like that."))
    new = sum(actions.keep(request.user, offer.keepsake)[1] for offer in chosen)
    said = ngettext("%(n)d kept for review.", "%(n)d kept for review.", new) % {"n": new}
    page = reverse("lessons:report", args=[attempt.pk]) + "#keep"
    return Done(said if new else _("That is in review already."), page)


@login_required
@require_POST
def word(request: MemberRequest, session: UUID) -> HttpResponse:
    """Fragment: what a `word` of a `line` of the partner means; `keep`: and keep it for review."""
    attempt = _attempt(request, session_id=session)
    problem = ""
    try:
        token = whole_text(request.POST.get("word", ""), WORD_MAX_CHARS)
        line = whole_text(request.POST.get("line", ""), LINE_MAX_CHARS)
    except Refused as error:
        return json_answer(wire.Refusal(error.code, str(error)), status=422)
    found = look_up(attempt, token, line, request.user.language)
    if "keep" in request.POST and found.keepsake.front:
        try:
            actions.keep(request.user, found.keepsake)
            found = replace(found, kept=True)
        except Refused as error:
            problem = str(error)
    context = {"found": found, "problem": problem}
    return render(request, "lessons/review/_word.html", context)


def keepable(request: MemberRequest, attempt: Attempt, report: Report) -> dict[str, Any]:
    """What the part of a report that offers to keep shows."""
    found = offers(attempt, report, request.user.language)
    language = attempt.scenario.language
    words = [offer.keepsake.back for offer in found if offer.is_word]
    return {
        "attempt": attempt,
        "offers": found,
        "open_words": sum(offer.is_word and not offer.kept for offer in found),
        "words_by_level": words_by_level(words, language),
        "language": language,
    }


def _attempt(request: MemberRequest, **by: Any) -> Attempt:
    own = Attempt.objects.for_member(request.user).select_related("session")
    attempt = get_object_or_404(own, **by)
    if attempt.lesson is None:
        raise Http404("The lesson is no longer here.")
    return attempt
