"""Before a scene: phrases that are heard, said and typed, and five exercises."""

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.lessons.files import catalogue, get_scenario
from coach.lessons.learn import sound
from coach.lessons.learn.exercises import PLAN, Kind, exercises, first_letters
from coach.lessons.learn.judging import Verdict, judge
from coach.lessons.learn.models import Preparation
from coach.lessons.learn.phrases import target_phrases
from coach.lessons.review.actions import Keepsake, keep
from coach.lessons.understanding.text import even
from coach.people.models import User
from coach.personas.engines import EMBEDDED
from coach.personas.providers import Provider
from tests.lessons.posting import text_of

CAFE = get_scenario("at-the-cafe")
LESSONS = sorted(catalogue())


# --- what is wanted, and what was answered --------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "wanted", "verdict"),
    [
        ("how much is that", "How much is that?", Verdict.RIGHT),
        ("Cuanto es", "¿Cuánto es?", Verdict.RIGHT),
        ("How mach is that?", "How much is that?", Verdict.CLOSE),
        ("How are you?", "How much is that?", Verdict.OTHER),
        ("Could I have a green tea, please?", "Could I have …, please?", Verdict.RIGHT),
        ("Could I have, please?", "Could I have …, please?", Verdict.CLOSE),
        ("Could I have ..., please?", "Could I have …, please?", Verdict.RIGHT),
        ("", "How much is that?", Verdict.OTHER),
        ("?!", "…?", Verdict.OTHER),
        ("이거 얼마예요", "이거 얼마예요?", Verdict.RIGHT),
    ],
)
def test_letters_are_compared_and_a_gap_takes_any_words(answer, wanted, verdict):
    assert judge(answer, wanted) == verdict


@settings(max_examples=30)
@given(st.text(st.sampled_from("aÁß …?'é한 1"), max_size=12))
def test_what_is_wanted_is_always_right(text):
    assert judge(text, text) == (Verdict.RIGHT if even(text) else Verdict.OTHER)


def test_a_gap_is_filled_from_the_teachers_own_sentences():
    first = target_phrases(CAFE, "es")[0]
    assert first.text == "Could I have …, please?"
    assert first.sentence == "Could I have a coffee, please?"
    assert first.translation == "¿Me pone …, por favor?"


@pytest.mark.parametrize("slug", LESSONS)
def test_every_lesson_has_five_exercises_whose_own_answers_are_right(slug):
    scenario = get_scenario(slug)
    for language in ("en", "es"):
        made = exercises(scenario, language)
        assert [one.kind for one in made] == list(PLAN)
        assert made == exercises(scenario, language)
        for one in made:
            assert one.judged(one.wanted) == Verdict.RIGHT
            if one.kind == Kind.ORDER:
                assert sorted(one.shown) == sorted(one.wanted.split())
                assert list(one.shown) != one.wanted.split()
            if one.kind == Kind.CHOOSE:
                assert len(set(one.shown)) == 3
                assert one.wanted in one.shown
            if one.kind == Kind.TYPE:
                assert one.prompt != one.wanted


def test_words_in_another_order_are_not_right():
    order = next(one for one in exercises(CAFE, "en") if one.kind == Kind.ORDER)
    assert order.judged(" ".join(order.shown)) == Verdict.OTHER


def test_first_letters_stand_for_a_translation_that_is_missing():
    assert first_letters("How much is that?") == "H__ m___ i_ t___?"
    assert first_letters("I'd like …, please.") == "I'_ l___ …, p_____."


# --- the pages ------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def _silent(monkeypatch):
    """No engine runs in these tests."""
    monkeypatch.setattr(httpx, "post", _unreachable)


@pytest.fixture
def own_engine(db):
    """Our own engine's row, as the site is seeded: it hears English."""
    return Provider.objects.update_or_create(
        slug=EMBEDDED, defaults={"name": "Coachline", "languages": ["en"]}
    )


def _unreachable(*_args, **_options):
    raise httpx.ConnectError("nobody there")


@pytest.mark.django_db
def test_a_phrase_that_was_typed_right_stays_done(page, learner):
    url = reverse("lessons:learn", args=["at-the-cafe"])
    assert "0 of 6 phrases" in text_of(page.get(url))
    typed = reverse("lessons:type_phrase", args=["at-the-cafe", 3])
    assert "Not yet" in text_of(page.post(typed, {"typed": "where is it"}))
    assert "0 of 6 phrases" in text_of(page.get(url))
    for _ in range(2):
        assert "Right." in text_of(page.post(typed, {"typed": "how much is that"}))
    assert "1 of 6 phrases" in text_of(page.get(url))
    assert "1 of 6 phrases" in text_of(page.get(reverse("lessons:lesson", args=["at-the-cafe"])))
    assert Preparation.objects.get().typed == ["How much is that?"]


@pytest.mark.django_db
def test_the_script_gets_the_card_of_the_phrase_alone(page):
    typed = reverse("lessons:type_phrase", args=["at-the-cafe", 0])
    answer = page.post(
        typed, {"typed": "Could I have a tea, please?"}, headers={"X-Requested-With": "fetch"}
    )
    assert "<html" not in answer.content.decode()
    assert "Right." in text_of(answer)


@pytest.mark.django_db
def test_a_text_that_is_too_long_is_refused_in_words(page):
    typed = reverse("lessons:type_phrase", args=["at-the-cafe", 0])
    assert "characters too many" in text_of(page.post(typed, {"typed": "a" * 5_000}))
    assert not Preparation.objects.exists()


@pytest.mark.usefixtures("own_engine")
def test_a_language_without_a_voice_offers_text_and_says_why(page):
    shown = page.get(reverse("lessons:learn", args=["es-en-la-panaderia"]))
    assert "does not speak the language of this lesson" in text_of(shown)
    assert b"data-hear" not in shown.content
    assert b"data-say" not in shown.content
    english = page.get(reverse("lessons:learn", args=["at-the-cafe"])).content
    assert b"data-hear" in english
    assert b"data-say" in english


@pytest.mark.django_db
def test_the_five_exercises_are_done_one_after_the_other(page):
    url = reverse("lessons:practise", args=["at-the-cafe"])
    wrong = page.post(url, {"item": 0, "answer": "nothing like it"})
    assert wrong.context["verdict"] == Verdict.OTHER
    for one in exercises(CAFE, "en"):
        assert page.get(url).context["item"] == one
        right = page.post(url, {"item": one.number, "answer": one.wanted})
        assert "Right." in text_of(right)
    assert "All five done" in text_of(page.get(url))
    assert "5 of 5 exercises" in text_of(page.get(url))
    page.post(reverse("lessons:practise_again", args=["at-the-cafe"]))
    assert page.get(url).context["item"].number == 0


@pytest.mark.django_db
def test_any_exercise_can_be_skipped(page):
    url = reverse("lessons:practise", args=["at-the-cafe"])
    assert 'href="?item=1"' in page.get(url).content.decode()
    assert page.get(url, {"item": "4"}).context["item"].number == 4
    assert page.get(url, {"item": "99"}).context["item"].number == 0
    assert page.get(url, {"item": "x"}).context["item"].number == 0


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["learn", "practise"])
def test_what_a_member_has_done_is_theirs_alone(page, client, name):
    page.post(
        reverse("lessons:type_phrase", args=["at-the-cafe", 3]), {"typed": "how much is that"}
    )
    client.force_login(User.objects.create_user("other@example.org"))
    shown = text_of(client.get(reverse(f"lessons:{name}", args=["at-the-cafe"])))
    assert "0 of 6 phrases" in shown


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "number"), [("no-such", 0), ("at-the-cafe", 99)])
def test_a_phrase_that_there_is_not(page, slug, number):
    for name in ("type_phrase", "sound"):
        url = reverse(f"lessons:{name}", args=[slug, number])
        answer = page.get(url) if name == "sound" else page.post(url, {"typed": "a"})
        assert answer.status_code == 404


# --- sound ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_voice_that_cannot_be_reached_is_told_in_words(page):
    answer = page.get(reverse("lessons:sound", args=["at-the-cafe", 0]))
    assert answer.status_code == 503
    assert "cannot be reached" in answer.json()["message"]
    answer = page.get(reverse("lessons:sound", args=["es-en-la-panaderia", 0]))
    assert "no voice for this language" in answer.json()["message"]


@pytest.fixture
def asked(monkeypatch, settings, tmp_path):
    """What the engine's voice was asked for; it answers with some bytes."""
    settings.VAR = tmp_path
    bodies: list[dict[str, object]] = []

    def post(url, *, json, **_options):
        bodies.append({"url": url, **json})
        return httpx.Response(200, content=b"RIFF", request=httpx.Request("POST", url))

    monkeypatch.setattr(httpx, "post", post)
    return bodies


@pytest.mark.django_db
def test_a_sentence_is_spoken_at_the_pace_of_its_level_and_slower(page, asked):
    url = reverse("lessons:sound", args=["at-the-cafe", 0])
    answer = page.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/wav")
    assert asked[0]["input"] == "Could I have a coffee, please?"
    assert str(asked[0]["url"]).endswith("/v1/audio/speech")
    assert asked[0]["speed"] == CAFE.pace
    page.get(url, {"slow": "1"})
    assert asked[1]["speed"] < CAFE.pace


@pytest.mark.django_db
def test_a_sentence_is_made_once(page, asked):
    for _ in range(3):
        page.get(reverse("lessons:sound", args=["at-the-cafe", 0]))
    assert len(asked) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "files"), [("word", 1), ("mistake", 0)])
def test_no_sound_of_what_a_member_said_stays_behind(page, learner, asked, tmp_path, kind, files):
    """A natural way to say it may have their own words in it."""
    item, _ = keep(learner, Keepsake(kind, "en", "I am Maya Beispiel", "My name is Maya Beispiel."))
    for _ in range(2):
        answer = page.get(reverse("lessons:review_sound", args=[item.pk]))
        assert answer["Content-Type"] == "audio/wav"
    assert len(list((tmp_path / "sounds").glob("*"))) == files
    assert len(asked) == 2 - files


@pytest.mark.usefixtures("own_engine")
def test_sound_is_offered_only_where_it_costs_nothing(settings):
    assert sound.speaks("en")
    assert sound.hears("en")
    assert not sound.speaks("es")
    assert not sound.hears("es")
    settings.TTS_URL, settings.TTS_LANGUAGES = "http://127.0.0.1:9/v1", ["es"]
    assert sound.speaks("es")
    assert not sound.speaks("en")
    settings.TTS_URL = settings.STT_URL = "https://voices.example.com/v1"
    assert not sound.speaks("es")
    assert not sound.hears("en")


# --- what is said ---------------------------------------------------------------------------------
def recording(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("said.wav", data, "audio/wav")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("language", "sent", "said"),
    [
        ("en", b"", "too short"),
        ("en", b"no sound", "too short"),
        ("es", b"no sound", "writes down this language"),
        ("xx", b"", "writes down this language"),
    ],
)
def test_what_is_no_recording_of_a_language_we_hear_is_refused_in_words(
    page, own_engine, language, sent, said
):
    form = {"language": language} | ({"audio": recording(sent)} if sent else {})
    answer = page.post(reverse("lessons:heard"), form)
    assert answer.status_code == 422
    assert said in answer.json()["message"]


@pytest.mark.django_db(transaction=True)
def test_only_who_is_signed_in_is_heard(client):
    assert client.post(reverse("lessons:heard"), {"language": "en"}).status_code == 401
