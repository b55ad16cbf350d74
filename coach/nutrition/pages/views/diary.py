"""The diary's pages and fragments. They write nothing."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from coach.nutrition import diary_clock
from coach.nutrition.day import MACROS, Day, day_for, week_for
from coach.nutrition.models.diary import Slot
from coach.nutrition.pages.chart import draw_week
from coach.nutrition.pages.forms import LogForm
from coach.nutrition.reading import read_meal
from coach.nutrition.targets import targets_for
from coach.types import MemberRequest

EXAMPLES = (
    gettext_lazy("two eggs and a slice of toast for breakfast"),
    gettext_lazy("a bowl of rice with 150 g chicken at 1 pm"),
    gettext_lazy("a banana and a small latte"),
)


@login_required
@require_GET
def diary(request: MemberRequest) -> HttpResponse:
    return day_page(request, diary_clock.today(request.user))


@login_required
@require_GET
def day(request: MemberRequest, day: date) -> HttpResponse:
    return day_page(request, day)


def day_page(request: MemberRequest, shown: date, **more: object) -> HttpResponse:
    """The page of a day; `more` goes to its template."""
    context = {**_day_context(request, shown), **more}
    return render(request, "nutrition/diary.html", context)


def _day_context(request: MemberRequest, shown: date) -> dict[str, Any]:
    page = day_for(request.user, shown)
    return {
        "page": page,
        "week": draw_week(week_for(request.user, shown), page.targets.kcal),
        "slots": Slot.choices,
        "offers": _offers(request, page),
        "examples": EXAMPLES,
    }


def _offers(request: MemberRequest, page: Day) -> list[dict[str, Any]]:
    """Meals of the day before that this day has not got yet."""
    if page.day not in (page.today, page.today - timedelta(days=1)):
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
def part(request: MemberRequest, day: date) -> HttpResponse:
    """What of the day's page changes with the diary."""
    return render(request, "nutrition/day.html", _day_context(request, day))


@login_required
@require_GET
def today(request: MemberRequest) -> HttpResponse:
    """Today in short, for the side of a talk."""
    return render(request, "nutrition/today.html", {"page": day_for(request.user)})


@login_required
def targets(request: MemberRequest) -> HttpResponse:
    """What the targets are, or (POST) would be with what is being typed. Writes nothing."""
    member = request.user
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
def preview(request: MemberRequest) -> HttpResponse:
    """What a sentence would write down. Writes nothing."""
    form = LogForm(request.POST)
    if not form.is_valid():
        return HttpResponse("")
    reading = read_meal(form.cleaned_data["said"], diary_clock.said_at(request.user))
    return render(request, "nutrition/preview.html", {"reading": reading})
