"""The pages before a scene, and the sound and the ear that they ask for."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach import wire
from coach.bounds import read_number, whole_text
from coach.database import reading, writing
from coach.errors import NotFound, Refused
from coach.lessons.grammar import LANGUAGES
from coach.lessons.learn import actions, limits
from coach.lessons.learn.exercises import PLAN, Exercise, exercises
from coach.lessons.learn.judging import Verdict
from coach.lessons.learn.models import Preparation
from coach.lessons.learn.phrases import TargetPhrase, target_phrases
from coach.lessons.learn.sound import ear, hears, speaks, spoken
from coach.lessons.library import find_lesson
from coach.lessons.scenario import Scenario
from coach.lessons.written import help_for, screen_answer
from coach.talk.answers import json_answer
from coach.talk.buttons import is_fetched
from coach.types import MemberRequest
from coach.voice.wav import BadWav, read_recording

SLOWEST, FASTEST = 0.6, 1.0  # of the voice's own pace: slower, words fall apart


@dataclass(frozen=True)
class Learned:
    """A phrase as the page shows it; `verdict` of what was just typed."""

    phrase: TargetPhrase
    done: bool
    typed: str = ""
    verdict: Verdict | None = None
    problem: str = ""  # why what was typed was not read


@login_required
@require_GET
def learn(request: MemberRequest, slug: str) -> HttpResponse:
    """The target phrases: read, hear, say, type."""
    scenario = scenario_or_404(request, slug)
    return render(request, "lessons/learn/learn.html", _learned(request, scenario))


@login_required
@require_POST
def type_phrase(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Judge what was typed: the phrase's card for the page's script, else the page."""
    scenario = scenario_or_404(request, slug)
    phrase = _phrase(request, scenario, number)
    typed, problem = _text(request, "typed")
    verdict = None
    called = False
    if typed:
        verdict = actions.type_phrase(request.user, scenario, phrase, typed)
        said = (phrase.text, phrase.sentence)
        language = scenario.language
        called = screen_answer(
            request, typed, language=language, place="learn", said=said, lesson=slug
        )
    context = _learned(request, scenario)
    rows = [
        replace(row, typed=typed, verdict=verdict, problem=problem)
        if row.phrase.number == number
        else row
        for row in context["rows"]
    ]
    if is_fetched(request):
        one = context | {"row": rows[number], "help_here": context["help"] if called else []}
        return render(request, "lessons/learn/_phrase.html", one)
    return render(request, "lessons/learn/learn.html", context | {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def practise(request: MemberRequest, slug: str) -> HttpResponse:
    """One exercise after the other; `item` of the address chooses, else the first open one."""
    scenario = scenario_or_404(request, slug)
    row = actions.preparation(request.user, scenario)
    items = exercises(scenario, request.user.language)
    asked = read_number((request.POST or request.GET).get("item", ""))
    left = [one for one in items if one.number not in row.exercised]
    chosen = items[asked] if asked is not None and asked < len(items) else next(iter(left), None)
    answer, problem = _text(request, "answer")
    verdict = None
    if chosen is not None and answer and request.method == "POST":
        verdict = actions.do_exercise(request.user, scenario, chosen, answer)
        said = (chosen.wanted, *chosen.shown)
        language = scenario.language
        screen_answer(request, answer, language=language, place="practise", said=said, lesson=slug)
        row = actions.preparation(request.user, scenario)
    context = {
        "scenario": scenario,
        "steps": steps(row, scenario, "practise"),
        "items": [(one, one.number in row.exercised) for one in items],
        "item": chosen,
        "answer": answer,
        "verdict": verdict,
        "problem": problem,
        "following": _following(chosen, items),
        "help": help_for(request),
        "limit": limits.TYPED_MAX_CHARS,
    }
    return render(request, "lessons/learn/practise.html", context)


@login_required
@require_POST
def practise_again(request: MemberRequest, slug: str) -> HttpResponse:
    actions.exercise_again(request.user, scenario_or_404(request, slug))
    return redirect("lessons:practise", slug)


@login_required
@require_GET
def sound(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """How a phrase's sentence sounds; `slow` in the address: slower."""
    scenario = scenario_or_404(request, slug)
    phrase = _phrase(request, scenario, number)
    return sounded(request, phrase.sentence, scenario.language, scenario.pace)


def sounded(
    request: MemberRequest, text: str, language: str, pace: float, *, kept: bool = True
) -> HttpResponse:
    """The sound of a text at `pace`, or a sentence about why there is none.

    Not `kept`: it may have words of the member in it, and no file of them stays behind.
    """
    slow = limits.SLOW if "slow" in request.GET else 1.0
    try:
        if not speaks(language):
            raise Refused(_("There is no voice for this language here."), code="no_voice")
        wav = spoken(text, max(SLOWEST, min(FASTEST, pace * slow)), kept=kept)
    except Refused as error:
        return json_answer(wire.Refusal(error.code, str(error)), status=503)
    headers = {"Cache-Control": f"private, max-age={limits.SOUND_BROWSER_S}"}
    return HttpResponse(wav, content_type="audio/wav", headers=headers)


@never_cache
async def heard(request: MemberRequest) -> HttpResponse:
    """POST a short recording in `language`, get its words. They are screened, and kept nowhere."""
    user = await request.auser()
    if not user.is_authenticated:
        return _refusal(Refused(_("Sign in again, then try once more."), code="signed_out"), 401)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        language, pcm = await reading.run(_received, request)
        text = await ear.heard(pcm, language)
    except BadWav as error:
        said = _("That was too short to hear. Press, speak, then press again.")
        return _refusal(Refused(said, code=error.code), 422)
    except Refused as error:
        return _refusal(error, 422 if error.code == "not_heard_here" else 503)
    called = await writing.run(_called, request, text, language)
    return JsonResponse({"text": text} | ({"help": called} if called else {}))


def _called(request: MemberRequest, text: str, language: str) -> str:
    """The cards of help, where what was said has called for somebody."""
    lesson = request.POST.get("lesson", "")
    called = screen_answer(request, text, language=language, place="say", lesson=lesson)
    return "".join(help_for(request)) if called else ""


def _received(request: MemberRequest) -> tuple[str, bytes]:
    """Language and sound of a recording, off the loop: it would hold up the talks beside it.

    Raises Refused, BadWav.
    """
    language = request.POST.get("language", "")
    if language not in LANGUAGES or not hears(language):
        said = _("Nobody here writes down this language. Type it instead.")
        raise Refused(said, code="not_heard_here")
    file = request.FILES.get("audio")
    if not isinstance(file, UploadedFile) or (file.size or 0) > limits.SAY_MAX_BYTES:
        raise BadWav("bad_recording")
    sound = read_recording(file.read(), shortest_ms=limits.SAY_MIN_MS, longest_ms=limits.SAY_MAX_MS)
    return language, sound


def _refusal(error: Refused, status: int) -> HttpResponse:
    return json_answer(wire.Refusal(error.code, str(error)), status=status)


# --- what the pages share -------------------------------------------------------------------------
def steps(row: Preparation, scenario: Scenario, now: str) -> dict[str, Any]:
    """The three steps of a lesson, how far each is, and which is shown."""
    return {
        "now": now,
        "typed": actions.typed_of(row, scenario),
        "phrases": len(scenario.phrases),
        "exercised": actions.exercised_of(row),
        "exercises": len(PLAN),
    }


def scenario_or_404(request: MemberRequest, slug: str) -> Scenario:
    try:
        return find_lesson(request.user, slug)
    except NotFound as error:
        raise Http404(str(error)) from error


def _learned(request: MemberRequest, scenario: Scenario) -> dict[str, Any]:
    row = actions.preparation(request.user, scenario)
    phrases = target_phrases(scenario, request.user.language)
    return {
        "scenario": scenario,
        "steps": steps(row, scenario, "learn"),
        "rows": [Learned(phrase, phrase.text in row.typed) for phrase in phrases],
        "speaks": speaks(scenario.language),
        "hears": hears(scenario.language),
        "limit": limits.TYPED_MAX_CHARS,
        "say_ms": limits.SAY_MAX_MS,
        "help": help_for(request),
    }


def _phrase(request: MemberRequest, scenario: Scenario, number: int) -> TargetPhrase:
    phrases = target_phrases(scenario, request.user.language)
    if number >= len(phrases):
        raise Http404
    return phrases[number]


def _text(request: MemberRequest, name: str) -> tuple[str, str]:
    """What was typed, and what is wrong with it."""
    try:
        return whole_text(request.POST.get(name, ""), limits.TYPED_MAX_CHARS), ""
    except Refused as error:
        return "", str(error)


def _following(chosen: Exercise | None, items: list[Exercise]) -> int | None:
    """The number of the exercise after the one that is shown; None: it is the last."""
    if chosen is None or chosen.number + 1 >= len(items):
        return None
    return chosen.number + 1
