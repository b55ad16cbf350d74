"""The pages of lessons: catalogue, brief, the side panel of a live one, report."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach.errors import Refused
from coach.lessons import actions
from coach.lessons.languages import language_name
from coach.lessons.learn.actions import preparation
from coach.lessons.learn.views import scenario_or_404, steps
from coach.lessons.library import lessons_for
from coach.lessons.models import Attempt, ReviewItem
from coach.lessons.report import make_report
from coach.lessons.review.keep_views import keepable
from coach.lessons.scenario import Scenario
from coach.lessons.school.assigned import (
    assigned_to,
    commented_attempts,
    still_to_do,
    words_of,
)
from coach.lessons.school.desk import role_of
from coach.lessons.school.reported import from_teachers
from coach.lessons.understanding.meaning import book
from coach.talk.buttons import turned_back
from coach.types import MemberRequest


@dataclass(frozen=True)
class Choice:
    """A tab that shows some of the lessons."""

    label: str
    href: str
    current: bool
    count: None = None


@login_required
@require_GET
def catalogue(request: MemberRequest) -> HttpResponse:
    """Lessons by theme, easiest first; `level` and `language` of the address choose among them."""
    level, language = request.GET.get("level", ""), request.GET.get("language", "")
    themes: dict[str, list[tuple[Scenario, int]]] = {}
    best = Attempt.objects.for_member(request.user).best()
    lessons = lessons_for(request.user)
    for scenario in _most_taught_first(lessons):
        if level in ("", scenario.level) and language in ("", scenario.language):
            themes.setdefault(scenario.theme, []).append((scenario, best.get(scenario.slug, -1)))
    context = {
        "themes": dict(sorted(themes.items())),
        "narrowed": bool(level or language),
        "due": ReviewItem.objects.for_member(request.user).due().count(),
        "levels": _choices(
            "level", {s.level: s.level for s in lessons.values()}, level, language=language
        ),
        "languages": _choices(
            "language",
            {s.language: language_name(s.language) for s in lessons.values()},
            language,
            level=level,
        ),
        "assigned": still_to_do(request.user),
        "commented": commented_attempts(request.user),
        "role": role_of(request.user),
    }
    return render(request, "lessons/catalogue.html", context)


def _most_taught_first(lessons: dict[str, Scenario]) -> list[Scenario]:
    """All lessons from easy to hard; those of the language with most lessons come first."""
    taught = Counter(scenario.language for scenario in lessons.values())
    return sorted(lessons.values(), key=lambda scenario: -taught[scenario.language])


def _choices(key: str, names: dict[str, str], chosen: str, **others: str) -> list[Choice]:
    """One link for each value of a filter, and one for all, which keep what else is chosen."""
    kept = {name: value for name, value in others.items() if value}
    return [
        Choice(name, "?" + urlencode(kept | ({key: value} if value else {})), value == chosen)
        for value, name in {"": _("All"), **dict(sorted(names.items()))}.items()
    ]


@login_required
@require_GET
def lesson(request: MemberRequest, slug: str) -> HttpResponse:
    attempts = Attempt.objects.for_member(request.user).filter(slug=slug).prefetch_related("ticks")
    scenario = scenario_or_404(request, slug)
    context = {
        "scenario": scenario,
        "steps": steps(preparation(request.user, scenario), scenario, "apply"),
        "assigned": assigned_to(request.user, slug),
        "phrases": _translated(request, scenario),
        "attempts": attempts.exclude(finished_at=None)[:5],
    }
    return render(request, "lessons/lesson.html", context)


@login_required
@require_POST
def start(request: MemberRequest, slug: str) -> HttpResponse:
    scenario = scenario_or_404(request, slug)
    book(scenario)  # read here, so that the first turn need not wait for it
    try:
        attempt = actions.start_attempt(request.user, scenario)
    except Refused as error:
        return turned_back(request, str(error), "lessons:lesson", slug)
    return redirect("talk:live", attempt.session_id)


@login_required
@require_GET
def objectives(request: MemberRequest, session: UUID) -> HttpResponse:
    """Fragment: the checklist of a live lesson, as the rows stand."""
    attempt = _attempt(request, session)
    if attempt.lesson is None:
        return render(request, "lessons/_no_lesson.html")
    template = "lessons/_free_panel.html" if attempt.free else "lessons/_objectives.html"
    return render(request, template, _panel(request, attempt, attempt.lesson))


@login_required
@require_POST
def hint(request: MemberRequest, session: UUID) -> HttpResponse:
    """The next hint is shown by the checklist, which the page fetches anew."""
    attempt = _attempt(request, session)
    if attempt.lesson is not None:
        actions.give_hint(attempt)
    return JsonResponse({})


@login_required
@require_POST
def finish(request: MemberRequest, pk: int) -> HttpResponse:
    attempt = get_object_or_404(Attempt.objects.opened_by(request.user), pk=pk)
    actions.finish_attempt(attempt)
    return redirect("lessons:report", attempt.pk)


@login_required
@require_GET
def report(request: MemberRequest, pk: int) -> HttpResponse:
    attempts = Attempt.objects.opened_by(request.user).select_related("session")
    attempt = get_object_or_404(attempts, pk=pk)
    context: dict[str, object] = {
        "attempt": attempt,
        "scenario": attempt.lesson,
        "teachers": from_teachers(attempt),
    }
    if attempt.lesson is None:
        return render(request, "lessons/no_report.html", context)
    made = make_report(attempt)
    context |= keepable(request, attempt, made)
    context |= {"report": made, "next": _next(request, attempt.lesson)}
    return render(request, "lessons/report.html", context)


def _next(request: MemberRequest, played: Scenario) -> Scenario | None:
    """The next lesson in the same language: first what was not played, of this level or above."""
    lessons = lessons_for(request.user).values()
    others = [s for s in lessons if s.language == played.language and s.slug != played.slug]
    done = Attempt.objects.for_member(request.user).best()
    others.sort(key=lambda s: (s.slug in done, s.level < played.level, s.level))
    return others[0] if others else None


@login_required
@require_GET
def of_session(request: MemberRequest, session: UUID) -> HttpResponse:
    """The report of the lesson that was played in a talk."""
    return redirect("lessons:report", _attempt(request, session).pk)


def _panel(request: MemberRequest, attempt: Attempt, lesson: Scenario) -> dict[str, object]:
    met = attempt.met()
    rows = [(o, met.get(o.id)) for o in lesson.objectives]
    return {
        "attempt": attempt,
        "session": attempt.session,
        "scenario": lesson,
        "rows": rows,
        "phrases": _translated(request, lesson),
        "hint": actions.hint_now(attempt),
        "wanted": words_of(attempt),
        "done": len(met) == len(rows),
    }


def _translated(request: MemberRequest, scenario: Scenario) -> list[tuple[str, str]]:
    """The phrases that help, each with its translation into the member's language, if any."""
    return [(p, of.get(request.user.language, "")) for p, of in scenario.phrases.items()]


def _attempt(request: MemberRequest, session: UUID) -> Attempt:
    attempts = Attempt.objects.opened_by(request.user).select_related("session")
    return get_object_or_404(attempts, session_id=session)
