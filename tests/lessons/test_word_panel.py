"""In a talk: what a word of the partner's line means, and keeping it."""

import pytest
from django.urls import reverse

from coach.lessons import actions as lessons
from coach.lessons.files import get_scenario
from coach.lessons.review import actions
from coach.lessons.review.keeping import look_up
from coach.lessons.review.models import ReviewItem
from coach.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(page, attempt):
    """What the panel shows for a word of a line."""
    url = reverse("lessons:word", args=[attempt.session_id])
    return lambda word, line="", **more: page.post(url, {"word": word, "line": line, **more})


@pytest.mark.parametrize(
    ("token", "line", "word"),
    [
        ("coffee", "A coffee?", "coffee"),
        ("Coffees", "Two coffees?", "coffee"),
        ("juice", "An apple juice?", "apple juice"),
        ("juice", "We have juice.", "juice"),
        ("morning", "Good morning!", "morning"),
    ],
)
def test_a_word_is_found_as_the_lesson_explains_it(attempt, token, line, word):
    found = look_up(attempt, token, line, "es")
    assert found.keepsake.back == word
    assert bool(found.keepsake.front) == (word in attempt.scenario.words)


def test_korean_particles_hang_on_words(learner, partner):
    attempt = lessons.start_attempt(learner, get_scenario("ko-kapeeseo"))
    word = next(word for word in attempt.scenario.words if " " not in word)
    assert look_up(attempt, f"{word}를", "", "en").keepsake.back == word
    assert look_up(attempt, word, "", "en").level is None


def test_a_word_is_shown_and_kept_once(ask):
    shown = ask("coffee").content.decode()
    assert "a hot brown drink" in shown
    assert "A1" in shown
    assert "data-word-keep" in shown
    assert not ReviewItem.objects.exists()
    for _ in range(2):
        kept = ask("coffee", keep="1").content.decode()
        assert "data-word-keep" not in kept
    assert ReviewItem.objects.get().back == "coffee"


def test_what_the_lesson_does_not_explain_cannot_be_kept(ask):
    shown = ask("morning", keep="1").content.decode()
    assert "does not explain it" in shown
    assert not ReviewItem.objects.exists()
    assert ask("a" * 100).status_code == 422


def test_who_keeps_too_much_is_told_in_the_panel(ask, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 0)
    assert "Delete some" in ask("coffee", keep="1").content.decode()


def test_the_talk_of_another_explains_nothing(client, attempt):
    client.force_login(User.objects.create_user("other@example.org"))
    url = reverse("lessons:word", args=[attempt.session_id])
    assert client.post(url, {"word": "coffee"}).status_code == 404


def test_only_the_talk_of_a_lesson_has_the_panel(page, attempt):
    shown = page.get(reverse("talk:live", args=[attempt.session_id])).content.decode()
    assert "data-word-panel" in shown
