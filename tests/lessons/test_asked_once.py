"""What a page needs is asked for once, and handed on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coach.lessons import checking
from coach.lessons.checking import lacks_in
from coach.lessons.files import FOLDER
from coach.lessons.languages import language_name
from coach.lessons.own.actions import begin_lesson
from coach.lessons.review import views as review_views
from coach.lessons.review.actions import Keepsake, keep
from tests.lessons.school import expert

TEXT = (FOLDER / "at-the-cafe.toml").read_text(encoding="utf-8")


@pytest.fixture
def calls(monkeypatch):
    """Count how often a name of a module is called."""

    def counted(module, name):
        verb, made = getattr(module, name), []

        def call(*args):
            made.append(name)
            return verb(*args)

        monkeypatch.setattr(module, name, call)
        return made

    return counted


def asked(client, url, part):
    """The queries of a page that have `part` in them."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries if part in query["sql"]]


def test_progress_reads_the_lessons_for_each_of_its_parts_once(page):
    found = asked(page, reverse("lessons:progress"), 'FROM "lessons_ownlesson"')
    assert len(found) == 3  # the page, the estimate, what to do next


@pytest.mark.usefixtures("partner")
@pytest.mark.parametrize("answer", ["coffee", "I want to kill myself"])
def test_review_asks_for_help_once(page, learner, calls, answer):
    item, _new = keep(learner, Keepsake("word", "en", "a hot brown drink", "coffee"))
    made = calls(review_views, "help_for")
    page.post(reverse("lessons:review"), {"item": item.pk, "answer": answer})
    assert len(made) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["edit_lesson", "edit_lesson_text"])
def test_the_editor_reads_the_newest_text_once(client, view):
    tara = expert("Tara", "language")
    lesson = begin_lesson(tara, TEXT)
    client.force_login(tara)
    url = reverse(f"lessons:{view}", args=[lesson.slug])
    assert len(asked(client, url, '"number" DESC LIMIT 1')) == 1


def test_the_check_looks_for_flaws_once(calls):
    made = calls(checking, "flaws")
    assert lacks_in(TEXT, "at-the-cafe", "cafe") == []
    assert len(made) == 1


def test_a_language_that_nobody_named_is_called_by_its_code():
    assert (language_name("de"), language_name("tlh")) == ("German", "tlh")
