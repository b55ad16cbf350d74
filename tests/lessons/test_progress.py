"""The pages of progress and placement."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coach import clock
from coach.lessons import actions as lessons
from coach.lessons.files import get_scenario
from coach.lessons.models import Attempt
from coach.lessons.progress import actions as progress
from coach.lessons.progress.actions import begin_placement, step_now, taught
from coach.lessons.progress.evidence import observations
from coach.lessons.progress.level import Observation
from coach.lessons.progress.models import Placement
from coach.lessons.progress.placement import LEAST_STEPS, MOST_STEPS, Step
from coach.lessons.progress.proposal import propose
from coach.lessons.wording import example
from coach.people.models import User
from coach.talk.actions import record_turn
from coach.talk.models import Turn
from tests.lessons.posting import text_of

pytestmark = pytest.mark.django_db
CAFE = get_scenario("at-the-cafe")
URL = "lessons:progress"


# --- progress -------------------------------------------------------------------------------------
def test_without_a_scene_the_page_says_what_to_do(page):
    shown = text_of(page.get(reverse(URL)))
    assert "Too little is known yet" in shown
    assert "No scene in the last eight weeks" in shown
    assert page.get(reverse(URL)).context["next"].level == "A1"


def test_a_scene_counts_in_minutes_objectives_and_days(page, attempt, say):
    Attempt.objects.update(started_at=clock.now() - timedelta(minutes=7))
    for said in ("A coffee, please.", "A croissant, please.", "How much is it?"):
        say(said)
    lessons.finish_attempt(attempt)
    found = page.get(reverse(URL)).context["progress"]
    assert (found.minutes, found.lessons, found.met) == (7, 1, 3)
    assert found.streak.days in (1, 2)  # around midnight a scene may be of two days
    assert found.estimate.known
    whole = sum(len(lesson.objectives) for lesson in taught("en") if lesson.level == "A2")
    assert f"3 of {whole}" in [row.value for row in found.levels.rows if row.name == "A2"]


def test_a_page_that_was_left_open_counts_as_half_an_hour(page, attempt, say):
    Attempt.objects.update(started_at=clock.now() - timedelta(hours=5))
    say("A coffee, please.")
    assert page.get(reverse(URL)).context["progress"].minutes == 30


def test_a_scene_in_which_nothing_was_said_is_no_practice(page, attempt):
    lessons.finish_attempt(attempt)
    found = page.get(reverse(URL)).context["progress"]
    assert (found.minutes, found.lessons, found.streak.days) == (0, 0, 0)


def test_each_language_has_its_own_progress(page, attempt, say):
    say("A coffee, please.")
    assert page.get(reverse(URL), {"language": "es"}).context["progress"].lessons == 0
    assert page.get(reverse(URL)).context["language"] == "en"
    assert page.get(reverse(URL), {"language": "xx"}).status_code == 404


# --- what counts as evidence ----------------------------------------------------------------------
def test_who_left_early_has_not_failed_at_the_rest(learner, attempt, say):
    say("A coffee, please.")
    lessons.finish_attempt(attempt)
    assert observations(learner, "en") == [Observation("A2", True)]


def test_who_stayed_has_tried_all(learner, attempt, say):
    for said in ("A coffee, please.", "It is cold today.", "My sister likes cake."):
        say(said)
    lessons.finish_attempt(attempt)
    found = observations(learner, "en")
    assert sorted(one.reached for one in found) == [False, False, True]


def test_a_sentence_that_was_given_away_proves_nothing(learner, attempt, say):
    for _ in range(3):
        lessons.give_hint(attempt)
    say("Could I have a coffee, please?")
    lessons.finish_attempt(attempt)
    assert observations(learner, "en") == []


def test_a_lesson_that_is_played_again_is_no_further_evidence(learner, partner):
    for _ in range(2):
        attempt = lessons.start_attempt(learner, CAFE)
        record_turn(attempt.session, Turn.Speaker.MEMBER, "A coffee, please.")
        lessons.finish_attempt(attempt)
    assert len(observations(learner, "en")) == 1


# --- what comes next ------------------------------------------------------------------------------
def test_a_lesson_of_the_level_that_was_not_played_is_proposed(learner, attempt, say):
    first = propose(learner, "en", "A2")
    assert first.level == "A2"
    assert first.slug != attempt.slug
    hardest = max(lesson.level for lesson in taught("ko"))
    assert propose(learner, "ko", "C2").level == hardest


# --- placement ------------------------------------------------------------------------------------
def answer(page, placement: Placement, said: str):
    number = placement.steps.count()
    url = reverse("lessons:placement", args=[placement.pk])
    return page.post(
        url, {"number": number, "said": said} if said else {"number": number, "skip": 1}
    )


def placed(learner, language, says) -> Placement:
    placement = begin_placement(learner, language)
    while (step := step_now(placement)) is not None:
        number = placement.steps.count()
        placement = progress.answer_step(learner, placement.pk, number, says(step))
    return placement


def model_sentence(step: Step) -> str:
    return example(step.scenario, step.objective)


def test_who_can_say_nothing_is_placed_at_the_beginning(page, learner):
    placement = placed(learner, "en", lambda step: "")
    assert placement.level == "A1"
    assert LEAST_STEPS <= placement.steps.count() <= MOST_STEPS
    shown = page.get(reverse("lessons:placement", args=[placement.pk]))
    assert "You did 0 of" in text_of(shown)
    assert shown.context["next"].level == "A1"


def test_who_says_the_teachers_own_sentences_is_placed_high(page, learner):
    placement = placed(learner, "es", model_sentence)
    assert placement.level in ("B2", "C1", "C2")
    assert page.get(reverse(URL), {"language": "es"}).context["progress"].estimate.known
    again = page.get(reverse("lessons:placements"))
    assert f"last time {placement.level}" in text_of(again)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_first_steps_openings_are_understood(language):
    """What a teacher wrote as doing it does it. `check_lessons` tries it with each lesson."""
    openings = [Step(scenario, scenario.objectives[0]) for scenario in taught(language)[:3]]
    missed = [step.key for step in openings if not step.is_reached_by(model_sentence(step))]
    assert missed == []


def test_an_answer_that_is_sent_twice_counts_once(page, learner):
    placement = begin_placement(learner, "en")
    url = reverse("lessons:placement", args=[placement.pk])
    for _ in range(2):
        page.post(url, {"number": "0", "skip": "1"})
    assert placement.steps.count() == 1
    page.post(url, {"number": "1", "said": "   "})
    page.post(url, {"number": "1", "said": "a" * 5_000})
    assert placement.steps.count() == 1


def test_a_placement_can_be_left_and_begun_anew(page, learner):
    placement = begin_placement(learner, "en")
    assert begin_placement(learner, "en").pk == placement.pk
    page.post(reverse("lessons:placement_leave", args=[placement.pk]))
    url = reverse("lessons:placement", args=[placement.pk])
    assert page.get(url).url == reverse("lessons:placements")
    assert begin_placement(learner, "en").pk != placement.pk
    assert observations(learner, "en") == []


def test_a_placement_with_nothing_left_to_ask_gives_way_to_a_new_one(learner, monkeypatch):
    placement = begin_placement(learner, "en")
    monkeypatch.setattr(progress, "is_over", lambda so_far: not so_far)
    answered = progress.answer_step(learner, placement.pk, 0, "")
    assert answered.finished_at is None
    again = begin_placement(learner, "en")
    assert again.pk != placement.pk
    placement.refresh_from_db()
    assert (placement.level, placement.finished_at is None) == ("", False)


def test_nothing_that_was_answered_is_kept(page, learner):
    placement = begin_placement(learner, "en")
    answer(page, placement, "a secret sentence")
    (row,) = placement.steps.values()
    assert "secret" not in str(row)


def test_a_placement_is_of_its_member_alone(client, learner):
    placement = begin_placement(learner, "en")
    client.force_login(User.objects.create_user("other@example.org"))
    url = reverse("lessons:placement", args=[placement.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"number": "0", "skip": "1"}).status_code == 404
    assert client.post(reverse("lessons:placement_leave", args=[placement.pk])).status_code == 404


def test_a_language_without_lessons_has_no_placement(page):
    assert page.post(reverse("lessons:placement_begin"), {"language": "xx"}).status_code == 404
