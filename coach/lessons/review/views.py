"""The pages of review: what is due, one after the other, and all that is kept."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach import clock
from coach.bounds import asked_number, read_number, whole_text
from coach.errors import CoachError, Refused
from coach.lessons.learn import limits
from coach.lessons.learn.judging import Verdict, judge
from coach.lessons.learn.sound import hears, speaks
from coach.lessons.learn.views import sounded
from coach.lessons.review import actions
from coach.lessons.review.models import ReviewAnswer, ReviewItem
from coach.lessons.review.scheduling import Answer, intervals
from coach.lessons.written import help_for, screen_answer
from coach.talk.buttons import Done, button, turned_back
from coach.types import Member, MemberRequest

SHOWN_AT_ONCE = 50  # items of the list
PACE = 0.9  # of the voice, for a sentence without its lesson
SUGGESTED = {Verdict.RIGHT: Answer.GOOD, Verdict.CLOSE: Answer.HARD, Verdict.OTHER: Answer.AGAIN}
PAGE = "lessons:review"


@login_required
@require_http_methods(["GET", "POST"])
def review(request: MemberRequest) -> HttpResponse:
    """The item that is due longest; a POST shows what was wanted beside what was answered."""
    own = ReviewItem.objects.for_member(request.user)
    due = own.due()
    asked = read_number(request.POST.get("item", ""))
    compared = due.filter(pk=asked).first() if asked is not None else None
    item = compared or due.first()  # what was answered elsewhere gives way to the next
    context: dict[str, Any] = {
        "due": due.count(),
        "kept": own.count(),
        "undoable": actions.undoable(request.user) is not None,
        "limit": limits.TYPED_MAX_CHARS,
        "say_ms": limits.SAY_MAX_MS,
    }
    if compared is not None:
        context |= _revealed(request, compared)
        given, said = context.get("given", ""), (compared.back, compared.front)
        screen_answer(request, given, language=compared.language, place="review", said=said)
    context["help"] = help_for(request)  # what was just answered may call for it
    if item is None:
        return render(request, "lessons/review/done.html", context | _ended(request.user))
    context |= {"item": item, "hears": hears(item.language), "speaks": speaks(item.language)}
    return render(request, "lessons/review/review.html", context)


def _revealed(request: MemberRequest, item: ReviewItem) -> dict[str, Any]:
    try:
        given = whole_text(request.POST.get("answer", ""), limits.TYPED_MAX_CHARS)
    except Refused as error:
        return {"problem": str(error)}
    verdict = judge(given, item.back)
    spans = intervals(item.schedule, clock.now())
    names = {
        Answer.AGAIN: _("Again"),
        Answer.HARD: _("Hard"),
        Answer.GOOD: _("Good"),
        Answer.EASY: _("Easy"),
    }
    return {
        "revealed": True,
        "given": given,
        "verdict": verdict,
        "answers": [
            (int(answer), names[answer], span_in_words(spans[answer]), answer == SUGGESTED[verdict])
            for answer in Answer
        ],
    }


def _ended(member: Member) -> dict[str, Any]:
    """What was done today, and when the next one comes."""
    now = member.local(clock.now())
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    given = ReviewAnswer.objects.filter(item__member_id=member.pk, answered_at__gte=today)
    coming = ReviewItem.objects.for_member(member).order_by("due").values_list("due", flat=True)
    following = coming.first()
    return {
        "today": given.count(),
        "next_in": span_in_words(following - now) if following else "",
    }


def span_in_words(span: timedelta) -> str:
    """«1 minute», «2 hours», «11 days»: the largest unit that says enough."""
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 24:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


@login_required
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """The next item is all the answer there is: a toast after each would be in the way."""
    given = read_number(request.POST.get("answer", ""))
    try:
        if given not in list(Answer):
            raise Refused(_("Choose Again, Hard, Good or Easy."))
        actions.answer_item(request.user, pk, Answer(given))
    except CoachError as error:
        return turned_back(request, str(error), PAGE)
    return redirect(PAGE)


@button(refused=PAGE)
def undo(request: MemberRequest) -> Done:
    actions.undo_answer(request.user)
    return Done(_("Your last answer was taken back."), PAGE)


@button(refused="lessons:kept")
def forget(request: MemberRequest, pk: int) -> Done:
    actions.forget(request.user, pk)
    return Done(_("Deleted from review."), "lessons:kept")


@login_required
@require_GET
def kept(request: MemberRequest) -> HttpResponse:
    """All that is kept, newest first."""
    own = ReviewItem.objects.for_member(request.user)
    page = Paginator(own, SHOWN_AT_ONCE).get_page(asked_number(request.GET, "page"))
    now = clock.now()
    rows = [(item, "" if item.due <= now else span_in_words(item.due - now)) for item in page]
    return render(request, "lessons/review/kept.html", {"rows": rows, "page": page})


@login_required
@require_GET
def item_sound(request: MemberRequest, pk: int) -> HttpResponse:
    """How what is wanted sounds."""
    item = get_object_or_404(ReviewItem.objects.for_member(request.user), pk=pk)
    of_lesson = item.kind == ReviewItem.Kind.WORD
    return sounded(request, item.back, item.language, PACE, kept=of_lesson)
