"""Talks without a scene: what the tutor asks and admits, and how they begin and are told."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from coach.errors import Refused
from coach.lessons import actions
from coach.lessons.files import get_scenario
from coach.lessons.free import actions as free
from coach.lessons.free import mind, topics
from coach.lessons.free.checking import topic_lacks
from coach.lessons.free.talk import FreeTalk, instructions
from coach.lessons.free.topics import ANYTHING, topic_about
from coach.lessons.management.commands import check_lessons
from coach.lessons.models import Attempt
from coach.lessons.progress.page import languages_of
from coach.talk.actions import end_session, record_turn
from coach.talk.models import Session, Turn
from coach.voice.effects import SpeechTiming
from tests.lessons.posting import text_of

FOOD = FreeTalk("en", "A2", "food")
KNOWN = [topic for topic in topics.topics().values() if topic.slug != ANYTHING]


def talk(*said, chosen=FOOD):
    """The tutor's lines, its opening first."""
    line, state = mind.opening(chosen)
    lines = [line]
    for one in said:
        line, state = mind.reply(chosen, state, one)
        lines.append(line)
    return lines


# --- the topics -----------------------------------------------------------------------------------
def test_there_are_topics_with_questions_for_each_band():
    assert len(KNOWN) >= 8
    assert [lack for path in topics.FOLDER.glob("*.toml") for lack in topic_lacks(path)] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('A = "What food do you like best?"', 'A = "Food!"', "is not one question"),
        ("What food do you like best?", "What do you eat? And drink?", "is not one question"),
        ("What food do you like best?", f"What {'very ' * 9}good food?", "too many for band A"),
        ("What food do you like best?", "Where do you buy your food?", "the same question twice"),
        ('words = ["food"', 'words = ["Food"', "is written in small letters"),
        ('"Where do you buy your food?"]', "]", "at least 5 questions of band A"),
        ("[[follow]]", "[[followed]]", "unknown field"),
        ("[open]", "[open", "line 4"),
    ],
)
def test_what_a_topic_lacks_is_told(tmp_path, old, new, told):
    text = (topics.FOLDER / "food.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "food.toml"
    path.write_text(text.replace(old, new, 1) if old != "[[follow]]" else text.replace(old, new))
    assert told in " ".join(map(str, topic_lacks(path)))


def test_the_command_checks_and_counts_topics(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(check_lessons, "FOLDER", tmp_path / "none")  # scenes take their time
    call_command("check_lessons")
    assert f"free talk: {len(KNOWN) + 1} topics" in capsys.readouterr().out
    (tmp_path / "food.toml").write_text("title = 1")
    monkeypatch.setattr(topics, "FOLDER", tmp_path)
    with pytest.raises(CommandError, match="1 things to mend"):
        call_command("check_lessons")


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("football", "free_time"),
        ("My cat", "nature_and_weather"),
        ("I love cooking", "food"),
        ("moving to a new city", "home_and_town"),
        ("quantum physics", None),
    ],
)
def test_a_topic_is_known_by_its_words(said, slug):
    found = topic_about(said)
    assert (found.slug if found else None) == slug


# --- what the tutor says --------------------------------------------------------------------------
@pytest.mark.parametrize("level", ["A1", "B2", "C1"])
@pytest.mark.parametrize("slug", [topic.slug for topic in KNOWN])
def test_a_long_talk_asks_one_question_a_turn_and_none_twice(slug, level):
    said = ["I like it because it is good for me."] * 30
    lines = talk(*said, chosen=FreeTalk("en", level, slug))
    assert all(line.count("?") == 1 for line in lines)
    asked = [re.split(r"(?<=[.!]) ", line)[-1] for line in lines]
    assert len(set(asked)) == len(asked)


def test_what_was_mentioned_is_followed_up():
    assert talk("My mother cooks rice every Sunday.")[1].endswith("What can you cook well?")


def test_a_word_that_is_not_known_is_asked_about_once():
    told = "I don't know the word “injera”. What is it?"
    lines = talk("I like injera with meat.", "Injera is a bread from my country.")
    assert lines[1] == told
    assert told not in lines[2]


def test_slips_of_the_keyboard_are_understood():
    assert "don't know" not in talk("I like bred becouse it is heathly")[1]


@pytest.mark.parametrize("said", ["me gusta mucho dormir con el gato", "asdf qwer zxcv", "..."])
def test_what_is_no_english_is_not_pretended_to_be_understood(said):
    assert "didn't understand" in talk(said)[1]


def test_the_tutor_has_no_life_of_its_own_and_knows_no_answers():
    assert mind.NOBODY in talk("And what do you like to eat?")[1]
    assert mind.NO_ANSWER in talk("What is the capital of France?")[1]


def test_one_word_is_asked_to_be_more_and_once():
    lines = talk("Pizza.", "Yes.")
    assert lines[1].endswith(mind.MORE["A"])
    assert mind.MORE["A"] not in lines[2]


def test_sad_news_is_not_followed_by_a_cheerful_question():
    assert talk("My grandmother died last year.")[1] == mind.SORRY
    assert mind.SORRY not in talk("Nobody died, it was only a bad soup.")[1]


def test_another_topic_is_taken_when_it_is_wished():
    assert "play" in talk("I do not eat much, but we can talk about football")[1]
    assert "play" in talk("Why not talk about football, please?")[1]
    assert "brother" not in talk("Can we talk about football?")[1]
    assert talk("Can we talk about football?")[1].endswith("Where do you play?")
    assert mind.OWN_TOPIC in talk("I want to talk about quantum physics")[1]
    assert talk("Something else, please.")[1] == "All right. Who is in your family?"


@pytest.mark.parametrize(
    "said",
    [
        "I am a nurse in a hospital",
        "My brother works at the hospital as a doctor",
        "Yesterday I broke up the chocolate",
        "I lost my keys at the market",
    ],
)
def test_what_only_has_a_word_of_sad_news_gets_no_condolences(said):
    assert mind.SORRY not in talk(said)[1]


@pytest.mark.parametrize(
    "said", ["My father is in hospital", "We broke up last week", "I lost my job"]
)
def test_sad_news_is_heard_in_other_words(said):
    assert talk(said)[1] == mind.SORRY


@pytest.mark.parametrize(
    "said",
    [
        "I don't want to talk about food",
        "Can we stop talking about food, please?",
        "I would like to not talk about this",
    ],
)
def test_a_topic_that_is_not_wanted_is_left(said):
    assert talk(said)[1] == "All right. Who is in your family?"


@pytest.mark.parametrize(
    "said", ["We can talk about it", "We can talk about that now.", "Let's talk about it later"]
)
def test_it_and_that_are_no_topic(said):
    assert mind.OWN_TOPIC not in talk(said)[1]
    assert "family" not in talk(said)[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Can you repeat, please?", "What food do you like best?"),
        ("Slower, please.", "more slowly. What food do you like best?"),
        ("I don't know what to say", mind.STARTERS["A"]),
        ("How do you say queso?", "“queso”"),
        ("I don't understand", "No problem."),
    ],
)
def test_help_is_there_at_any_time(said, told):
    assert told in talk(said)[1]


@pytest.mark.parametrize("level", ["A1", "B1", "C2"])
def test_a_language_model_is_told_length_level_and_topic(level):
    told = instructions(FreeTalk("fr", level, "food"), "French", "Food and cooking")
    assert level in told
    assert "French only" in told
    assert "Food and cooking" in told


# --- rows and pages -------------------------------------------------------------------------------
@pytest.fixture
def free_talk(learner, partner):
    return free.start_free_talk(learner, FOOD)


@pytest.mark.django_db
def test_a_free_talk_begins_with_the_question_of_its_topic(free_talk):
    session = free_talk.session
    assert session.kind == Session.Kind.LESSON
    assert session.brief["greeting"] == "What food do you like best?"
    assert [tool["name"] for tool in session.tools] == ["partner_reply"]
    assert session.brief["silence_ms"] == 1500
    record_turn(session, Turn.Speaker.MEMBER, "A coffee, please.")
    assert not free_talk.ticks.exists()


@pytest.mark.django_db
def test_the_tutor_keeps_its_place(free_talk):
    first = actions.answer(free_talk, "I like rice with vegetables.")
    again = Attempt.objects.get(pk=free_talk.pk)
    assert actions.answer(again, "I like rice with vegetables.") != first


@pytest.mark.django_db
def test_an_own_topic_is_the_learners_first_turn(learner, partner):
    attempt = free.start_free_talk(learner, FreeTalk("en", "B1"), "My cat")
    (turn,) = attempt.session.turns.all()
    assert (turn.speaker, turn.text, turn.source) == ("member", "My cat", Turn.Source.TEXT)
    assert "animal" in actions.answer(attempt, turn.text)


@pytest.mark.django_db
def test_the_page_begins_a_talk(page, partner):
    assert "Free talk" in text_of(page.get(reverse("lessons:catalogue")))
    shown = text_of(page.get(reverse("lessons:free")))
    assert "No language model is set up here" in shown
    answer = page.post(reverse("lessons:free"), {"language": "en", "level": "B1", "topic": "work"})
    attempt = Attempt.objects.get()
    assert answer.url == reverse("talk:live", args=[attempt.session_id])
    assert attempt.free_talk == FreeTalk("en", "B1", "work")
    panel = page.get(reverse("lessons:objectives", args=[attempt.session_id]))
    assert "Finish and see the report" in text_of(panel)
    assert page.get(answer.url).status_code == 200


@pytest.mark.django_db
def test_a_refusal_loses_nothing_of_what_was_chosen(page, partner):
    chosen = {"language": "en", "level": "C1", "topic": "work", "own": ""}

    def refuse(*_given):
        raise Refused("Not just now.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coach.lessons.free.views.start_free_talk", refuse)
        answer = page.post(reverse("lessons:free"), chosen)
    assert "Not just now." in text_of(answer)
    assert answer.context["form"]["level"].value() == "C1"
    assert answer.context["form"]["topic"].value() == "work"


@pytest.mark.django_db
def test_after_a_free_talk_progress_begins_with_its_language(learner, free_talk):
    Attempt.objects.update(free={"language": "ko", "level": "A2", "topic": ""})
    assert languages_of(learner)[0] == "ko"


@pytest.mark.django_db
def test_nobody_plays_a_part_in_a_free_talk_but_in_a_scene(free_talk, learner):
    assert not free_talk.session.is_role_play
    end_session(free_talk.session)
    assert actions.start_attempt(learner, get_scenario("at-the-cafe")).session.is_role_play


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"language": "fr"}, {"level": "D1"}, {"own": "x" * 81}])
def test_what_cannot_be_chosen_is_refused(page, partner, wrong):
    chosen = {"language": "en", "level": "A1", "topic": ""} | wrong
    assert page.post(reverse("lessons:free"), chosen).status_code == 200
    assert not Attempt.objects.exists()


@pytest.mark.django_db
def test_the_report_has_no_objectives_and_tells_speech_and_slips(page, free_talk):
    for _ in range(3):
        timing = SpeechTiming(3000, response_ms=900)
        record_turn(free_talk.session, Turn.Speaker.MEMBER, "I am agree with you.", timing=timing)
    page.post(reverse("lessons:finish", args=[free_talk.pk]))
    shown = text_of(page.get(reverse("lessons:report", args=[free_talk.pk])))
    assert "Talk again" in shown
    assert "Objectives" not in shown
    assert "All three done" not in shown
    assert "I agree" in shown
    assert "0.9 s" in shown
    assert "English, A2" in text_of(page.get(reverse("lessons:free")))
    weeks = page.get(reverse("lessons:progress")).context["progress"].responses
    assert weeks.rows[0].value == "0.9 s"
    assert page.get(reverse("talk:start")).status_code == 200


@pytest.mark.django_db
def test_a_free_talk_of_somebody_else_is_not_seen(client, django_user_model, free_talk):
    client.force_login(django_user_model.objects.create_user("other@example.org"))
    assert client.get(reverse("lessons:report", args=[free_talk.pk])).status_code == 404
    url = reverse("lessons:objectives", args=[free_talk.session_id])
    assert client.get(url).status_code == 404
