"""What the sound of a lesson tells in its report, and what it does not."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from coach import clock
from coach.lessons import actions
from coach.lessons.report import make_report
from coach.talk.actions import record_turn
from coach.talk.models import Turn
from coach.voice.effects import SpeechTiming

pytestmark = pytest.mark.django_db
THREE = [SpeechTiming(4000, response_ms=1000), SpeechTiming(2000, 1, 700, 3000)]
THREE += [SpeechTiming(3000, 2, 1500, 2000)]


@pytest.fixture
def speak(attempt):
    """The partner asks for three seconds, and the learner answers in six words."""

    def speak(*timings):
        for timing in timings:
            record_turn(attempt.session, Turn.Speaker.COACH, "And you?", heard_ms=3000)
            text = "I would like a coffee, please."
            record_turn(attempt.session, Turn.Speaker.MEMBER, text, timing=timing)
        return make_report(attempt).speaking

    return speak


@pytest.fixture
def shown(page, attempt):
    """The words of the report's part about speech."""

    def shown():
        answer = page.get(reverse("lessons:report", args=[attempt.pk]))
        (part,) = re.findall(r"data-spoken.*?</figure>", answer.content.decode(), re.DOTALL)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))

    return shown


def test_pace_pauses_answers_and_share_are_of_what_was_timed(speak):
    found = speak(*THREE)
    assert (found.words_per_minute, found.response_s, found.answers) == (120, 2.0, 3)
    assert (found.pauses, found.longest_pause_s, found.share) == (3, 1.5, 50)


def test_the_picture_shows_who_spoke_in_order(speak):
    (row,) = speak(*THREE).chart.rows
    assert [part.tone for part in row.parts] == ["light", "main"] * 3
    assert sum(part.width for part in row.parts) == pytest.approx(100, abs=0.1)
    assert row.parts[1].width == pytest.approx(100 * 4 / 18, abs=0.01)


@pytest.mark.parametrize(
    "timings",
    [[], THREE[:2], [SpeechTiming(300)] * 4, [None] * 5],
    ids=["nothing", "two turns", "two seconds", "not timed"],
)
def test_too_little_is_not_told(speak, timings):
    found = speak(*timings)
    assert not found.known
    assert (found.words_per_minute, found.response_s, found.share) == (None, None, None)


def test_two_answers_are_too_few_for_the_middle_one(speak):
    found = speak(*THREE[:2], SpeechTiming(4000))
    assert (found.known, found.response_s, found.answers) == (True, None, 2)


def test_a_turn_without_times_leaves_the_share_untold(speak):
    found = speak(*THREE, None)
    assert (found.turns, found.timed, found.pauses) == (4, 3, 3)
    assert (found.share, found.chart) == (None, None)


def test_what_was_typed_on_either_side_is_no_speech(speak, attempt):
    text = {"source": Turn.Source.TEXT}
    record_turn(attempt.session, Turn.Speaker.COACH, "Hello", **text)
    record_turn(attempt.session, Turn.Speaker.MEMBER, "a cake and a tea and a bun", **text)
    assert (speak(*THREE).words_per_minute, make_report(attempt).speaking.share) == (120, 50)


# --- the pages ------------------------------------------------------------------------------------
def test_the_report_shows_what_was_measured(speak, shown):
    speak(*THREE)
    words = shown()
    assert "measured in 3 of 3 turns" in words
    assert "2.0 s the middle one of 3 answers" in words
    assert "3 the longest 1.5 s" in words
    assert "50 %" in words
    assert "What you typed" not in words


def test_the_report_says_that_too_little_was_spoken(speak, shown):
    speak(SpeechTiming(900))
    assert "Too little was spoken to tell." in shown()


def test_the_report_says_that_speech_could_not_be_timed(speak, shown):
    speak(None, None, None)
    assert "Too few of your turns could be timed" in shown()


def test_the_report_of_a_typed_lesson_has_nothing_to_time(attempt, shown):
    record_turn(attempt.session, Turn.Speaker.MEMBER, "a coffee", source=Turn.Source.TEXT)
    assert "You typed, so there is nothing to time." in shown()


def test_progress_shows_the_time_to_answer_by_week(page, speak, attempt):
    speak(*THREE)
    weeks = page.get(reverse("lessons:progress")).context["progress"].responses
    assert [row.value for row in weeks.rows] == ["2.0 s", *["–"] * 7]
    Turn.objects.update(created_at=clock.now() - timedelta(weeks=1))
    again = actions.start_attempt(attempt.member, attempt.scenario)
    for timing in (SpeechTiming(900, response_ms=900),) * 3:
        record_turn(again.session, Turn.Speaker.MEMBER, "A coffee, please.", timing=timing)
    weeks = page.get(reverse("lessons:progress")).context["progress"].responses
    assert [row.value for row in weeks.rows][:3] == ["0.9 s", "2.0 s", "–"]
    assert weeks.rows[1].parts[0].width == 100


def test_progress_says_that_too_little_was_spoken(page, speak):
    speak(*THREE[:2])
    answer = page.get(reverse("lessons:progress"))
    assert answer.context["progress"].responses is None
    assert b"Too little was spoken to tell." in answer.content
