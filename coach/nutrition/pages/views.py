"""The diary's pages, fragments and buttons.

A button answers the page's script with JSON (`message`, and `undo`: where to post to revert) and
a browser without script with a redirect to the day and the same message there.
"""

import uuid
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from coach.errors import CoachError, Conflict, NotFound
from coach.nutrition import actions
from coach.nutrition import today as clock
from coach.nutrition.actions.meals import LoggedMeal
from coach.nutrition.day import MACROS, Day, day_for, week_for
from coach.nutrition.models.diary import DiaryChange, Slot
from coach.nutrition.pages.chart import draw_week
from coach.nutrition.pages.forms import GramsForm, LogForm, WhenForm, first_error
from coach.nutrition.reading import read_meal
from coach.nutrition.speech.say import say_logged
from coach.nutrition.targets import targets_for

STATUS = {NotFound: 404, Conflict: 409}
EXAMPLES = (
    gettext_lazy("two eggs and a slice of toast for breakfast"),
    gettext_lazy("a bowl of rice with 150 g chicken at 1 pm"),
    gettext_lazy("a banana and a small latte"),
)


@login_required
@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    return _page(request, clock.today(request.user))


@login_required
@require_GET
def day(request: HttpRequest, day: date) -> HttpResponse:
    return _page(request, day)


def _page(request: HttpRequest, shown: date, **more: Any) -> HttpResponse:
    context = {**_day_context(request, shown), "key": uuid.uuid4(), **more}
    return render(request, "nutrition/diary.html", context)


def _day_context(request: HttpRequest, shown: date) -> dict[str, Any]:
    page = day_for(request.user, shown)
    return {
        "page": page,
        "week": draw_week(week_for(request.user, shown), page.targets.kcal),
        "slots": Slot.choices,
        "offers": _offers(request, page),
        "examples": EXAMPLES,
    }


def _offers(request: HttpRequest, page: Day) -> list[dict[str, Any]]:
    """Meals of the day before that this day has not got yet."""
    if page.day not in (page.today, page.today.fromordinal(page.today.toordinal() - 1)):
        return []
    have = {group.slot for group in page.slots}
    before = day_for(request.user, page.previous)
    return [
        {
            "slot": group.slot,
            "names": ", ".join(item.name for item in group.items),
            "totals": group.totals,
        }
        for group in before.slots
        if group.slot not in have and group.slot != Slot.SNACK
    ]


@login_required
@require_GET
def part(request: HttpRequest, day: date) -> HttpResponse:
    """What of the day's page changes with the diary."""
    return render(request, "nutrition/day.html", _day_context(request, day))


@login_required
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Today in short, for the side of a talk."""
    return render(request, "nutrition/today.html", {"page": day_for(request.user)})


@login_required
def targets(request: HttpRequest) -> HttpResponse:
    """What the targets are, or (POST) would be with what is being typed. Writes nothing."""
    member: Any = request.user
    profile = getattr(member, "profile", None)
    if request.method == "POST" and profile is not None:
        known = model_to_dict(profile)
        form = import_string(settings.PROFILE_FORM)(request.POST, instance=profile)
        for name in form.errors:
            if name in known:  # what is not valid yet keeps its old value
                setattr(profile, name, known[name])
    found = targets_for(member)
    macros = [(name, found.of(name)) for name in MACROS if found.of(name)]
    return render(request, "nutrition/targets.html", {"targets": found, "macros": macros})


@login_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What a sentence would write down. Writes nothing."""
    form = LogForm(request.POST)
    if not form.is_valid():
        return HttpResponse("")
    reading = read_meal(form.cleaned_data["said"], clock.today(request.user))
    return render(request, "nutrition/preview.html", {"reading": reading})


Button = Callable[..., tuple[date | None, str, DiaryChange | None]]


def button(view: Button) -> Callable[..., HttpResponse]:
    """A POST that changes the diary; `view` returns the day to show, what to say, the change."""

    @login_required
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, **values: Any) -> HttpResponse:
        fetched = request.headers.get("X-Requested-With") == "fetch"
        try:
            shown, said, change = view(request, **values)
        except CoachError as error:
            if fetched:
                status = STATUS.get(type(error), 422)
                return JsonResponse({"code": error.code, "message": str(error)}, status=status)
            messages.error(request, str(error))
            return redirect("nutrition:diary")
        if fetched:
            undo = reverse("nutrition:undo", args=[change.pk]) if change else None
            return JsonResponse({"message": said, "undo": undo})
        messages.success(request, said)
        return redirect("nutrition:day", shown) if shown else redirect("nutrition:diary")

    return answer


@login_required
@require_POST
def log(request: HttpRequest) -> HttpResponse:
    """Write a sentence down. A question is answered with the words still in the box."""
    fetched = request.headers.get("X-Requested-With") == "fetch"
    form = LogForm(request.POST)
    shown = form.cleaned_data.get("day") if form.is_valid() else None
    shown = shown or clock.today(request.user)
    said = form.cleaned_data.get("said", "")
    if not form.is_valid():
        return _asked(request, shown, fetched, first_error(form), said)
    key = f"page:{form.cleaned_data['key']}" if form.cleaned_data["key"] else ""
    try:
        logged = actions.log_meal(request.user, said, key=key, day=shown)
    except CoachError as error:
        return _asked(request, shown, fetched, str(error), said)
    if not isinstance(logged, LoggedMeal):
        return _asked(request, shown, fetched, logged.text, said)
    message = say_logged(logged, clock.today(request.user))
    if not fetched:
        messages.success(request, message)
        if logged.question:
            return _asked(request, logged.meal.day, fetched, logged.question, logged.rest)
        return redirect("nutrition:day", logged.meal.day)
    return JsonResponse(
        {
            "message": message,
            "undo": reverse("nutrition:undo", args=[logged.change.pk]),
            "answer": _question(logged.question),
            "rest": logged.rest,
            "key": uuid.uuid4().hex,
        }
    )


def _asked(
    request: HttpRequest, shown: date, fetched: bool, question: str, said: str
) -> HttpResponse:
    if fetched:
        return JsonResponse({"answer": _question(question), "rest": said})
    return _page(request, shown, question=question, said=said)


def _question(text: str) -> str:
    return render_to_string("nutrition/preview.html", {"question": text}) if text else ""


@button
def item(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    form = GramsForm(request.POST)
    if not form.is_valid():
        raise CoachError(first_error(form), code="invalid")
    change = actions.edit_item(request.user, pk, form.cleaned_data["grams"])
    return change.meal.day, _("The weight is changed."), change


@button
def item_delete(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    change = actions.delete_item(request.user, pk)
    return change.meal.day, _("Deleted."), change


@button
def meal(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    form = WhenForm(request.POST)
    if not form.is_valid():
        raise CoachError(first_error(form), code="invalid")
    values = form.cleaned_data
    change = actions.move_meal(
        request.user, pk, day=values["day"], slot=values["slot"], clock=values["time"]
    )
    return change.meal.day, _("The meal is changed."), change


@button
def meal_delete(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    change = actions.delete_meal(request.user, pk)
    return change.meal.day, _("The meal is deleted."), change


@button
def copy(request: HttpRequest, day: date, slot: str) -> tuple[date | None, str, DiaryChange | None]:
    if slot not in Slot.values:
        raise Http404
    source = date.fromordinal(day.toordinal() - 1)
    logged = actions.copy_slot(request.user, slot, source=source, target=day)
    return day, say_logged(logged, clock.today(request.user)), logged.change


@button
def undo(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    change = actions.undo(request.user, pk)
    return change.meal.day, _("Undone."), None


@button
def restore(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    change = actions.restore(request.user, pk)
    return change.meal.day, _("It is back."), None


@button
def draft_line(
    request: HttpRequest, pk: int, line: int
) -> tuple[date | None, str, DiaryChange | None]:
    form = GramsForm(request.POST)
    if not form.is_valid():
        raise CoachError(first_error(form), code="invalid")
    actions.edit_draft_line(request.user, pk, line, form.cleaned_data["grams"])
    return None, _("The weight is changed."), None


@button
def draft_line_delete(
    request: HttpRequest, pk: int, line: int
) -> tuple[date | None, str, DiaryChange | None]:
    actions.remove_draft_line(request.user, pk, line)
    return None, _("Taken out of the draft."), None


@button
def draft_add(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    change = actions.add_draft(request.user, pk)
    logged = LoggedMeal.again(change)
    return change.meal.day, say_logged(logged, clock.today(request.user)), change


@button
def draft_discard(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    actions.discard_draft(request.user, pk)
    return None, _("Discarded. Nothing was added to your diary."), None


@button
def draft_keep(request: HttpRequest, pk: int) -> tuple[date | None, str, DiaryChange | None]:
    actions.keep_draft(request.user, pk)
    return None, _("The draft is back."), None
