"""What a learner writes outside of a scene is screened as what they say in one is."""

import pytest
from django.test import override_settings
from django.urls import reverse

from coach.lessons.files import FOLDER, catalogue
from coach.lessons.learn import views as learn_views
from coach.lessons.learn.exercises import Kind, exercises
from coach.lessons.models import Attempt, LessonVersion, OwnLesson
from coach.lessons.own.actions import begin_lesson
from coach.lessons.progress.actions import begin_placement
from coach.lessons.review.actions import Keepsake, keep
from coach.lessons.written import screen_answer
from coach.talk.actions import written, written_lately
from coach.talk.models import Session, Turn
from handoff.models import Escalation, FlagRecord, ScreeningThresholds
from handoff.models.screening import ONLY
from handoff.safety import thresholds
from handoff.screening.score.flags import Scored
from tests.lessons.school import expert

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partner")]
GRAVE = "I want to kill myself"
CRISIS = 'data-card="crisis"'
CAFE = catalogue()["at-the-cafe"]


def learn(page, learner, text):
    return page.post(reverse("lessons:type_phrase", args=[CAFE.slug, 1]), {"typed": text})


def learn_by_script(page, learner, text):
    url = reverse("lessons:type_phrase", args=[CAFE.slug, 1])
    return page.post(url, {"typed": text}, headers={"X-Requested-With": "fetch"})


def practise(page, learner, text):
    item = next(one for one in exercises(CAFE, "en") if one.kind == Kind.TYPE)
    form = {"item": item.number, "answer": text}
    return page.post(reverse("lessons:practise", args=[CAFE.slug]), form)


def review(page, learner, text):
    item, _new = keep(learner, Keepsake("word", "en", "a hot brown drink", "coffee"))
    return page.post(reverse("lessons:review"), {"item": item.pk, "answer": text})


def placement(page, learner, text):
    row = begin_placement(learner, "en")
    form = {"number": row.steps.count(), "said": text}
    return page.post(reverse("lessons:placement", args=[row.pk]), form, follow=True)


EVERYWHERE = [learn, learn_by_script, practise, review, placement]


@pytest.mark.parametrize("write", EVERYWHERE)
def test_a_grave_sentence_shows_where_there_is_help_and_makes_a_case(page, learner, write):
    answer = write(page, learner, GRAVE)
    assert CRISIS in answer.content.decode()
    case = Escalation.objects.get()
    assert (case.tier, case.member, case.quote) == (0, learner, GRAVE)
    assert case.state == Escalation.State.FOLLOW_UP  # nobody is there to be talked with
    assert case.crisis_card_id
    turn = case.session.turns.get()
    assert (turn.text, turn.speaker, turn.source) == (GRAVE, "member", Turn.Source.TEXT)
    assert FlagRecord.objects.get().escalation == case


@pytest.mark.parametrize("write", EVERYWHERE)
@pytest.mark.parametrize("text", ["How much is that?", "I would like a coffee", "no idea"])
def test_an_ordinary_answer_leaves_nothing_behind(page, learner, write, text):
    answer = write(page, learner, text)
    assert "data-card" not in answer.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize("text", ["quiero morir", "죽고 싶어요", "Je veux mourir"])
def test_it_is_understood_in_the_learners_own_language(page, learner, text):
    assert CRISIS in learn(page, learner, text).content.decode()


def test_what_fills_a_gap_is_the_learners_own(page, learner):
    """«I'd like …» takes any words, and is right with these."""
    answer = learn(page, learner, "I'd like to die, please.")
    assert CRISIS in answer.content.decode()


def test_the_lessons_own_sentences_call_nobody(page, learner, monkeypatch, rf):
    """They are what a learner says on purpose; a score would find some of them grave."""
    monkeypatch.setattr(written, "_calls_for_help", lambda text, language: True)
    request = rf.post("/")
    request.user = learner
    own = CAFE.objectives[2].said[0]
    assert not screen_answer(request, own.upper(), language="en", place="say")
    assert not screen_answer(request, "b a", language="en", place="learn", said=["A, b!"])
    assert not screen_answer(request, "?!", language="en", place="learn")
    cut = "Quiero cortarme las puntas"  # not the first word of its slot
    assert not screen_answer(request, cut, language="es", place="say")
    also = "I'd like a cuppa, please"
    assert not screen_answer(request, also, language="en", place="say")
    assert not Session.objects.exists()
    assert screen_answer(request, "other words", language="en", place="learn")


def test_two_sentences_within_the_hour_are_one_case(page, learner):
    learn(page, learner, GRAVE)
    practise(page, learner, "I want to die")
    assert Escalation.objects.count() == 1
    assert Escalation.objects.get().session.turns.count() == 2
    old = Session.objects.get().ended_at - written.TOGETHER
    Session.objects.update(ended_at=old)
    learn(page, learner, GRAVE)
    assert Session.objects.count() == 2


def test_help_stays_on_the_pages_of_lessons_for_an_hour(page, learner):
    url = reverse("lessons:learn", args=[CAFE.slug])
    assert CRISIS not in page.get(url).content.decode()
    learn(page, learner, GRAVE)
    assert CRISIS in page.get(url).content.decode()
    assert CRISIS in page.get(reverse("lessons:review")).content.decode()
    Session.objects.update(ended_at=Session.objects.get().ended_at - written.TOGETHER)
    assert CRISIS not in page.get(url).content.decode()


def test_nobody_sees_the_help_of_somebody_else(page, learner, client, django_user_model):
    learn(page, learner, GRAVE)
    client.force_login(django_user_model.objects.create_user("ben@example.org"))
    url = reverse("lessons:learn", args=[CAFE.slug])
    assert CRISIS not in client.get(url).content.decode()


def test_a_talk_that_goes_on_beside_it_is_left_alone(page, learner, attempt):
    learn(page, learner, GRAVE)
    attempt.session.refresh_from_db()
    assert attempt.session.ended_at is None
    assert attempt.session.floor == "coach"
    assert Escalation.objects.get().session != attempt.session


def test_what_was_written_is_no_scene_and_has_no_report(page, learner):
    learn(page, learner, GRAVE)
    session = Session.objects.get()
    shown = page.get(reverse("talk:live", args=[session.pk])).content.decode()
    assert "What you wrote in a lesson" in shown
    assert GRAVE in shown
    assert CRISIS in shown
    assert reverse("lessons:of_session", args=[session.pk]) not in shown
    assert not Attempt.objects.exists()


def test_what_was_said_on_a_page_is_screened_as_well(page, learner, rf):
    request = rf.post("/")
    request.user = learner
    assert CRISIS in learn_views._called(request, GRAVE, "en")
    assert learn_views._called(request, "a black coffee", "en") == ""
    assert Escalation.objects.count() == 1


def test_a_teachers_own_sentences_call_nobody_where_their_lesson_is_learned(learner, rf):
    text = (FOLDER / f"{CAFE.slug}.toml").read_text()
    text = text.replace("[phrases]", f'[phrases]\n"{GRAVE}!" = {{ es = "…" }}')
    lesson = begin_lesson(expert("Tara", "language"), text)
    version = lesson.versions.get()
    OwnLesson.objects.update(published=version, everybody=version)
    LessonVersion.objects.update(lacks=[])

    def say(slug):
        request = rf.post("/", {"lesson": slug})
        request.user = learner
        return learn_views._called(request, GRAVE, "en")

    assert say(lesson.slug) == ""
    assert CRISIS in say("no-such-lesson")


@pytest.mark.parametrize("text", ["I want a refund please", "Can I speak to a real person?"])
@pytest.mark.parametrize("write", EVERYWHERE)
def test_a_request_that_belongs_to_an_exercise_calls_nobody(page, learner, write, text):
    write(page, learner, text)
    assert not Session.objects.exists()


def test_what_calls_nobody_in_a_talk_but_shows_help_does_so_here(page, learner, monkeypatch):
    """Nor does a request in the same breath."""
    unsure = Scored("ED-H", 1, 0.7, False, "I binge every night")
    monkeypatch.setattr("handoff.hooks.learned.score", lambda turns, found, bounds: [unsure])
    said = "I binge every night, can I speak to a real person?"
    with override_settings(SCREENING_SCORE=True):
        answer = learn(page, learner, said).content.decode()
    assert 'data-card="support"' in answer
    assert not Escalation.objects.exists()
    turn = Turn.objects.get()
    assert (turn.text, turn.session.ended_at is not None) == (said, True)
    assert {(flag.code, flag.severity) for flag in FlagRecord.objects.all()} == {
        ("ED-H", 4),
        ("ASK", 3),
    }


def test_the_score_takes_the_figures_that_an_administrator_has_set(page, learner, monkeypatch):
    asked = []

    def score(turns, found, bounds):
        asked.append(bounds.page)
        return []

    monkeypatch.setattr("handoff.hooks.learned.score", score)
    with override_settings(SCREENING_SCORE=True):
        thresholds.forget()
        ScreeningThresholds.objects.update_or_create(pk=ONLY, defaults={"card": 0.9, "page": 0.95})
        learn(page, learner, "nothing of the lesson")
    thresholds.forget()
    assert asked == [0.95]


def test_the_long_briefs_of_old_talks_are_not_opened(page, learner, django_assert_num_queries):
    with django_assert_num_queries(2) as queries:  # the first asks for the time
        assert written_lately(learner) is None
    sql = queries[1]["sql"]
    assert sql.index('"kind" =') < sql.index('"ended_at" >') < sql.index("JSON_TYPE")
