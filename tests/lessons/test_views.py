"""The pages of lessons: what they show, whose they are, and what their buttons do."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from coach.lessons import actions
from coach.lessons.files import catalogue, get_scenario
from coach.lessons.models import Attempt
from coach.people.models import User
from coach.personas.models import Persona
from tests.lessons.posting import text_of

pytestmark = pytest.mark.django_db
CAFE = get_scenario("at-the-cafe")


def test_without_its_partner_a_lesson_says_so(client):
    client.force_login(User.objects.create_user("maya@example.org"))
    Persona.objects.filter(slug="partner").update(active=False)
    answer = client.post(reverse("lessons:start", args=["at-the-cafe"]))
    assert answer.url == reverse("lessons:lesson", args=["at-the-cafe"])
    (message,) = get_messages(answer.wsgi_request)
    assert "not available now" in str(message)
    assert not Attempt.objects.exists()


def test_a_lesson_that_was_refused_begins_by_the_same_form_later(page, partner):
    sent, there = {"key": "s" * 32}, Persona.objects.filter(pk=partner.pk)
    there.update(active=False)
    page.post(reverse("lessons:start", args=["at-the-cafe"]), sent)
    there.update(active=True)
    for _ in range(2):
        page.post(reverse("lessons:start", args=["at-the-cafe"]), sent)
    assert Attempt.objects.count() == 1


# --- the catalogue and a lesson's page ------------------------------------------------------------
def test_the_catalogue_has_every_lesson_under_its_theme(page):
    shown = text_of(page.get(reverse("lessons:catalogue")))
    for scenario in catalogue().values():
        assert escape(scenario.title) in shown
        assert scenario.theme in shown
    assert "best" not in shown


def test_the_catalogue_tells_the_best_try(page, attempt, say):
    say("A coffee and a croissant, please.")
    actions.finish_attempt(attempt)
    actions.finish_attempt(actions.start_attempt(attempt.member, CAFE))
    assert "best 2 of 3" in text_of(page.get(reverse("lessons:catalogue")))


def test_the_catalogue_asks_once_for_all_tries(page, attempt):
    for _ in range(3):
        actions.start_attempt(attempt.member, CAFE)
    with CaptureQueriesContext(connection) as queries:
        page.get(reverse("lessons:catalogue"))
    of_tries = [query for query in queries if "lessons_attempt" in query["sql"]]
    assert len(of_tries) == 1
    assert "standing" not in of_tries[0]["sql"]


def test_a_lesson_shows_its_scene_and_the_tries_that_ended(page, attempt, say):
    url = reverse("lessons:lesson", args=["at-the-cafe"])
    shown = text_of(page.get(url))
    assert CAFE.learner_role in shown
    assert all(objective.label in shown for objective in CAFE.objectives)
    assert "Your last tries" not in shown
    say("A coffee, please.")
    actions.finish_attempt(attempt)
    assert "1 of 3 objectives" in text_of(page.get(url))


def test_the_catalogue_is_narrowed_by_level_and_language(page):
    url = reverse("lessons:catalogue")
    shown = text_of(page.get(url, {"level": "A1", "language": "es"}))
    assert "En la panadería" in shown
    assert "At the café" not in shown
    assert "No lesson like that" in text_of(page.get(url, {"level": "C2"}))
    html = page.get(url, {"level": "A1"}).content.decode()
    assert 'href="?level=A1&amp;language=es"' in html
    assert html.count('aria-current="page"') >= 2


def test_the_language_with_most_lessons_comes_first_under_a_theme(page):
    shown = text_of(page.get(reverse("lessons:catalogue")))
    assert shown.index("At the café") < shown.index("En la panadería")


def test_phrases_are_translated_into_the_members_language(page, learner):
    url = reverse("lessons:lesson", args=["at-the-cafe"])
    assert "¿Cuánto es?" not in page.get(url).content.decode()
    learner.language = "es"
    learner.save()
    assert "¿Cuánto es?" in page.get(url).content.decode()


def test_a_lesson_that_there_is_not(page):
    assert page.get(reverse("lessons:lesson", args=["no-such"])).status_code == 404
    assert page.post(reverse("lessons:start", args=["no-such"])).status_code == 404


def test_starting_opens_the_talk(page, partner):
    answer = page.post(reverse("lessons:start", args=["at-the-cafe"]))
    assert answer.url == reverse("talk:live", args=[Attempt.objects.get().session_id])


# --- beside the talk ------------------------------------------------------------------------------
def test_the_checklist_shows_what_was_reached_and_with_which_words(page, attempt, say):
    url = reverse("lessons:objectives", args=[attempt.session_id])
    assert page.get(url).content.decode().count('data-met="0"') == 3
    say("A coffee, please.")
    shown = page.get(url).content.decode()
    assert shown.count('data-met="1"') == 1
    assert "“A coffee, please.”" in shown
    assert "Finish and see the report" in shown


def test_the_checklist_of_a_whole_scene_leads_to_the_report(page, attempt, say):
    for said in ("A coffee, please.", "A croissant, please.", "How much is it?"):
        say(said)
    shown = text_of(page.get(reverse("lessons:objectives", args=[attempt.session_id])))
    assert "See your report" in shown
    assert "Hint" not in shown


def test_a_hint_is_shown_by_the_checklist(page, attempt):
    answer = page.post(reverse("lessons:hint", args=[attempt.session_id]))
    assert answer.json() == {}
    shown = text_of(page.get(reverse("lessons:objectives", args=[attempt.session_id])))
    assert "Hint 1 of 3" in shown
    assert CAFE.objectives[0].hint[0] in shown


def test_a_try_of_an_earlier_version_of_the_lesson_is_still_shown(page, attempt, say):
    attempt.standing = {
        "met": ["drink"],
        "slots": {"drink": "coffee"},
        "misses": 1,
        "last": "A coffee, of course. Would you like something to eat?",
        "twisted": True,
    }
    attempt.save()
    actions.tick(attempt, "drink", say("A coffee"))
    for name, of in (("objectives", attempt.session_id), ("report", attempt.pk)):
        assert page.get(reverse(f"lessons:{name}", args=[of])).status_code == 200
    assert "A croissant" in actions.answer(attempt, "A croissant, please.")


# --- the report -----------------------------------------------------------------------------------
def test_finishing_leads_to_the_report(page, attempt, say):
    say("I want a coffee")
    answer = page.post(reverse("lessons:finish", args=[attempt.pk]))
    assert answer.url == reverse("lessons:report", args=[attempt.pk])
    shown = text_of(page.get(answer.url))
    assert "You spoke once. 4 words" in shown
    assert "I&#x27;d like a coffee, please." in shown
    attempt.refresh_from_db()
    assert attempt.finished_at is not None


def test_a_report_of_nothing_says_so_and_offers_another_lesson(page, attempt):
    shown = page.get(reverse("lessons:report", args=[attempt.pk]))
    assert "Nothing was said yet" in text_of(shown)
    following = shown.context["next"]
    assert (following.level, following.language) == ("A2", "en")
    assert following.slug != attempt.slug


def test_the_next_lesson_is_one_that_was_not_played_yet(page, attempt):
    report = reverse("lessons:report", args=[attempt.pk])
    offered = page.get(report).context["next"].slug
    actions.finish_attempt(actions.start_attempt(attempt.member, get_scenario(offered)))
    assert page.get(report).context["next"].slug not in (offered, attempt.slug)


def test_a_talk_leads_to_the_report_of_its_lesson(page, attempt):
    answer = page.get(reverse("lessons:of_session", args=[attempt.session_id]))
    assert answer.url == reverse("lessons:report", args=[attempt.pk])


# --- whose they are -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("method", "name", "by"),
    [
        ("get", "objectives", "session_id"),
        ("post", "hint", "session_id"),
        ("get", "of_session", "session_id"),
        ("get", "report", "pk"),
        ("post", "finish", "pk"),
    ],
)
def test_somebody_elses_lesson_is_not_found(client, attempt, method, name, by):
    client.force_login(User.objects.create_user("other@example.org"))
    url = reverse(f"lessons:{name}", args=[getattr(attempt, by)])
    assert getattr(client, method)(url).status_code == 404
    attempt.refresh_from_db()
    assert (attempt.finished_at, attempt.hints) == (None, {})


@pytest.mark.parametrize("name", ["catalogue", "lesson", "start"])
def test_lessons_are_for_who_is_signed_in(client, name):
    url = reverse(f"lessons:{name}", args=[] if name == "catalogue" else ["at-the-cafe"])
    answer = client.post(url) if name == "start" else client.get(url)
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


@pytest.mark.parametrize("name", ["hint", "finish", "start"])
def test_what_changes_something_wants_a_post(page, attempt, name):
    args = {"hint": attempt.session_id, "finish": attempt.pk, "start": "at-the-cafe"}
    assert page.get(reverse(f"lessons:{name}", args=[args[name]])).status_code == 405
