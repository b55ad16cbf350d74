"""Write a sentence down from the diary's page."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from coach.errors import CoachError
from coach.nutrition import actions, diary_clock
from coach.nutrition.actions import LoggedMeal
from coach.nutrition.pages.forms import LogForm, first_error
from coach.nutrition.pages.views.button import is_fetched
from coach.nutrition.pages.views.diary import day_page
from coach.nutrition.speech.say import say_logged
from coach.talk.registries.orders import orders_of
from coach.types import MemberRequest


@login_required
@require_POST
def log(request: MemberRequest) -> HttpResponse:
    """Write a sentence down. A question is answered with the words still in the box."""
    fetched = is_fetched(request)
    form = LogForm(request.POST)
    shown = form.cleaned_data.get("day") if form.is_valid() else None
    shown = shown or diary_clock.today(request.user)
    said = request.POST.get("said", "").strip()
    if not form.is_valid():
        return _asked(request, shown, fetched, first_error(form), said)
    try:
        logged = actions.log_meal(request.user, said, day=shown)
    except CoachError as error:
        return _asked(request, shown, fetched, str(error), said)
    if not isinstance(logged, LoggedMeal):
        return _asked(request, shown, fetched, logged.text, said)
    said = say_logged(logged, diary_clock.today(request.user))
    message = orders_of(request.user).say(said)
    if not fetched:
        messages.success(request, message)
        if logged.question:
            return _asked(request, logged.meal.day, fetched, logged.question, logged.rest)
        return redirect("nutrition:day", logged.meal.day)
    return JsonResponse(
        {
            "message": message,
            "undo": reverse("nutrition:undo", args=[logged.change.pk]),
            "answer": _question(request, logged.question),
            "rest": logged.rest,
        }
    )


def _asked(
    request: MemberRequest, shown: date, fetched: bool, question: str, said: str
) -> HttpResponse:
    if fetched:
        return JsonResponse({"answer": _question(request, question), "rest": said})
    question = orders_of(request.user).say(question)
    return day_page(request, shown, question=question, said=said)


def _question(request: MemberRequest, text: str) -> str:
    text = orders_of(request.user).say(text)
    return render_to_string("nutrition/preview.html", {"question": text}) if text else ""
