"""The form of a lesson: the same data as its text, errors at their fields, nothing typed lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.lessons import actions as lesson_actions
from coach.lessons.files import FOLDER, catalogue, read, read_draft
from coach.lessons.models import Attempt, LessonVersion, OwnLesson
from coach.lessons.own import actions
from coach.lessons.own.lesson_form import LessonForm
from coach.lessons.own.shown import posted, same
from coach.lessons.own.writing import EMPTY, write
from coach.lessons.scenario import Aside, Objective, Partner, Scenario, SlotWord
from tests.lessons.posting import fields_of
from tests.lessons.posting import text_of as shown_text
from tests.lessons.school import expert

TEXT = (FOLDER / "at-the-cafe.toml").read_text()
CAFE = read_draft(TEXT)


@pytest.fixture
def tara(db):
    return expert("Tara", "language")


@pytest.fixture
def lesson(tara):
    return actions.begin_lesson(tara, TEXT)


@pytest.fixture
def editor(client, tara, lesson):
    """A client that is signed in as the teacher, and the address of the form."""
    client.force_login(tara)
    client.url = reverse("lessons:edit_lesson", args=[lesson.slug])
    return client


def post(editor, _button="check", **changed):
    """Press a button of the form, in which some fields were changed; `__` stands for «-»."""
    fields = fields_of(editor.get(editor.url), "lesson-form")
    fields |= {name.replace("__", "-"): value for name, value in changed.items()}
    name, _, value = _button.partition("=")
    return editor.post(editor.url, fields | ({name: value or "1"} if name else {}))


def error_at(answer, name: str) -> str:
    """What the page says beneath the field with this name."""
    found = re.search(
        rf'<ul class="errorlist"[^>]*id="id_{name}_error"[^>]*>(.*?)</ul>',
        answer.content.decode(),
        re.DOTALL,
    )
    return re.sub(r"<[^>]+>|\s+", " ", found[1]).strip() if found else ""


# --- the same data both ways ----------------------------------------------------------------------
@pytest.mark.parametrize("slug", catalogue())
def test_every_shipped_lesson_goes_from_form_to_text_to_form_and_is_the_same(slug):
    shipped = catalogue()[slug]
    form = LessonForm(posted(shipped))
    assert form.is_valid()
    text = write(form.scenario())
    assert same(read(text, slug), shipped)
    assert posted(read_draft(text)) == posted(shipped)


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)
lists = st.lists(words, max_size=4).map(tuple)
translated = st.dictionaries(names, st.dictionaries(names, words, max_size=4), max_size=4)
prices = st.floats(0, 1e9, allow_nan=False)
things = st.builds(SlotWord, price=prices, one=words, many=words, also=lists)
lessons = st.builds(
    Scenario,
    **dict.fromkeys(("title", "language", "level", "theme", "icon", "setting", "can_do"), words),
    minutes=st.integers(0, 99),
    learner_role=words,
    partner=st.builds(Partner, *[words] * 9),
    phrases=translated,
    words=translated,
    objectives=st.lists(
        st.builds(Objective, *[words] * 2, lists, lists, *[words] * 3, st.tuples(words, words)),
        max_size=3,
    ).map(tuple),
    slots=st.dictionaries(names, st.dictionaries(names, things, max_size=3), max_size=3),
    open_slots=lists,
    asides=st.lists(st.builds(Aside, when=lists, say=words), max_size=3).map(tuple),
    familiar=st.booleans(),
    twist=words,
    currency=words,
)


@settings(deadline=None, max_examples=150)
@given(lessons)
def test_whatever_a_lesson_says_its_text_reads_back_as_the_same(lesson):
    assert same(read_draft(write(lesson)), lesson)


@pytest.mark.parametrize("slug", ["at-the-cafe", "es-clase-de-baile", "ko-kapeeseo"])
def test_a_form_that_was_not_changed_makes_no_version_and_leads_to_the_text(editor, lesson, slug):
    shipped = (FOLDER / f"{slug}.toml").read_text()
    actions.save_text(lesson, shipped)
    count = lesson.versions.count()
    answer = post(editor, "show=text")
    assert answer.url == reverse("lessons:edit_lesson_text", args=[lesson.slug])
    assert lesson.versions.count() == count
    assert editor.get(answer.url).context["form"].initial["text"] == shipped.strip()


def test_what_is_typed_in_the_form_stands_in_the_text_and_back(editor, lesson):
    answer = post(editor, "show=text", scene__title="At the bistro", partner__manner="slow; sad")
    assert 'title = "At the bistro"' in editor.get(answer.url).context["form"].initial["text"]
    text = lesson.versions.first().text.replace("slow; sad", "slow and glad")
    editor.post(answer.url, {"text": text, "show": "form"})
    fields = fields_of(editor.get(editor.url), "lesson-form")
    assert (fields["scene-title"], fields["partner-manner"]) == ("At the bistro", "slow and glad")
    lesson.refresh_from_db()
    assert lesson.title == "At the bistro"


def test_rows_are_taken_in_the_order_in_which_they_are_posted(editor, lesson):
    fields = fields_of(editor.get(editor.url), "lesson-form")
    first, second = fields["phrases-0-phrase"], fields["phrases-1-phrase"]
    for name in list(fields):
        if name.startswith("phrases-0-"):
            other = name.replace("-0-", "-1-")
            fields[name], fields[other] = fields[other], fields[name]
    n = int(fields["phrases-TOTAL_FORMS"])
    fields |= {"phrases-TOTAL_FORMS": str(n + 2), f"phrases-{n + 1}-phrase": "One more, please."}
    editor.post(editor.url, fields)
    phrases = list(read_draft(lesson.versions.first().text).phrases)
    assert (phrases[:2], phrases[-1]) == ([second, first], "One more, please.")
    assert len(phrases) == n + 1  # the row with nothing in it is none


def test_comments_of_a_text_are_told_before_a_form_leaves_them_out(editor, lesson):
    assert "has comments" not in shown_text(editor.get(editor.url))
    actions.save_text(lesson, f"# mine\n{TEXT}")
    assert "has comments" in shown_text(editor.get(editor.url))


@pytest.mark.parametrize("text", ['title = "Half', TEXT.replace("minutes = 5", 'minutes = "x"')])
def test_a_text_that_is_no_form_says_why_and_leads_to_the_text(editor, lesson, text):
    actions.save_text(lesson, text)
    page = editor.get(editor.url)
    assert "cannot be shown as a form" in shown_text(page)
    assert reverse("lessons:edit_lesson_text", args=[lesson.slug]) in page.content.decode()


# --- errors ---------------------------------------------------------------------------------------
WRONG = {
    "scene-title": ("", "empty"),
    "scene-minutes": ("50", "minutes must be 3 to 15"),
    "scene-twist": ("Our {cake} is warm.", "takes no slot"),
    "scene-currency": ("", "no `currency`"),
    "partner-refuses": ("", "empty"),
    "partner-opening": ("Good morning.", "must end with the first question"),
    "objectives-0-label": ("", "empty"),
    "objectives-1-key_words": ("", "empty"),
    "objectives-1-answer": ("{a beverage}!", "not there: beverage"),
    "objectives-2-said": ("How much?", "6 to 12 sentences"),
    "objectives-0-not_said": ("I'd like {a drink}, please.", "at least 4"),
    "slots-0-words-1-price": ("", "has no price"),
    "phrases-0-de": ("", "no translation into de"),
    "words-2-means": ("", "no `means`"),
}


def test_all_that_the_check_finds_stands_at_its_fields_at_once(editor, lesson):
    answer = post(editor, "check", **{name: value for name, (value, _) in WRONG.items()})
    assert answer.url == editor.url
    page = editor.get(editor.url)
    fields = fields_of(page, "lesson-form")
    for name, (value, reason) in WRONG.items():
        assert reason in error_at(page, name), name
        assert fields[name] == value
    assert "things to mend" in shown_text(page)


def test_a_sentence_that_does_not_reach_its_objective_is_told_at_its_list(editor, lesson):
    said = "\n".join((*CAFE.objectives[0].said[:6], "What is a {drink}?"))
    post(editor, "check", **{"objectives-0-said": said})
    assert "does not reach drink" in error_at(editor.get(editor.url), "objectives-0-said")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("scene-setting", "x" * 501, "shorten it"),
        ("scene-minutes", "five", "whole number"),
        ("scene-level", "Z9", "valid choice"),
        ("slots-0-words-0-price", "three", "as a number"),
        ("slots-0-words-1-word", CAFE.slots and next(iter(CAFE.slots["drink"])), "already"),
        ("slots-0-name", "a drink", "without spaces"),
        ("slots-0-name", "x" * 61, "shorten it"),
        ("phrases-1-phrase", next(iter(CAFE.phrases)), "already"),
        ("words-0-word", "", "remove the row"),
        ("objectives-0-said", "x" * 501, "Shorten"),
    ],
)
def test_what_no_text_can_hold_is_refused_at_its_field_and_stays_typed(
    editor, lesson, name, value, reason
):
    answer = post(editor, "", **{name: value, "partner-name": "Someone new"})
    assert answer.status_code == 422
    assert reason in error_at(answer, name)
    fields = fields_of(answer, "lesson-form")
    assert (fields["partner-name"], fields.get(name, "")) == (
        "Someone new",
        "" if name == "scene-level" else value,
    )
    assert lesson.versions.count() == 1


def test_what_could_not_be_read_back_is_refused_above_the_form_and_stays_typed(editor, lesson):
    quotes = '"' * 500  # each is two characters in the text
    answer = post(editor, "", **{"scene-setting": quotes})
    assert answer.status_code == 422
    assert "could not be read again" in shown_text(answer)
    assert lesson.versions.count() == 1
    assert answer.context["form"].scene.data["scene-setting"] == quotes


def test_two_hundred_short_words_for_one_thing_are_kept(editor, lesson):
    words = [f"{n:03}" for n in range(200)]
    post(editor, "", **{"slots-0-words-0-also": "\n".join(words)})
    drinks = read_draft(lesson.versions.first().text).slots["drink"]
    assert list(next(iter(drinks.values())).also) == words


def test_sixty_open_slots_are_kept_until_the_check(editor, lesson):
    fields = posted(CAFE) | {"slots-TOTAL_FORMS": "60"}
    for n in range(60):
        fields |= {f"slots-{n}-name": f"n{n:_<50}", f"slots-{n}-any_word": "on"}
        fields |= {f"slots-{n}-words-TOTAL_FORMS": "0", f"slots-{n}-words-INITIAL_FORMS": "0"}
    editor.post(editor.url, fields)
    assert len(read_draft(lesson.versions.first().text).open_slots) == 60


def test_a_lesson_that_is_too_long_in_all_is_refused_and_stays_typed(editor, lesson, monkeypatch):
    monkeypatch.setattr(actions, "TEXT_MAX_CHARS", 500)
    answer = post(editor, "", **{"partner-name": "Someone new"})
    assert answer.status_code == 422
    assert "too many" in shown_text(answer)
    assert fields_of(answer, "lesson-form")["partner-name"] == "Someone new"


def test_a_half_written_lesson_is_kept_and_the_check_finds_it_sound_once_it_is_whole(
    editor, lesson, tara
):
    editor.post(reverse("lessons:begin_lesson"), {"source": "empty"})
    own = OwnLesson.objects.exclude(pk=lesson.pk).get()
    editor.url = reverse("lessons:edit_lesson", args=[own.slug])
    post(editor, "", **{"scene-title": "Half a lesson"})
    assert own.versions.first().lacks is None
    post(editor)
    page = editor.get(editor.url)
    assert "empty" in error_at(page, "objectives-2-ask")
    assert editor.post(reverse("lessons:try_lesson", args=[own.slug])).url == editor.url
    editor.post(editor.url, posted(CAFE) | {"check": "1"})
    assert own.versions.first().is_sound
    assert "lacks nothing" in shown_text(editor.get(editor.url))


def test_prices_are_read_with_a_point_or_a_comma(editor, lesson):
    post(editor, "", **{"slots-0-words-0-price": "3,25"})
    of = read_draft(lesson.versions.first().text).slots["drink"]
    assert next(iter(of.values())).price == 3.25


def test_a_translation_into_a_further_language_is_shown_and_kept(editor, lesson):
    post(editor, "", **{"scene-language": "ko"})
    fields = fields_of(editor.get(editor.url), "lesson-form")
    assert {"phrases-0-en", "phrases-0-de"} <= set(fields)


# --- drafts, undo, files --------------------------------------------------------------------------
def test_the_last_save_is_undone_once_and_its_words_stay_among_the_versions(editor, lesson):
    post(editor, "", **{"scene-title": "At the bistro"})
    newest = lesson.versions.first()
    url = reverse("lessons:undo_lesson", args=[lesson.slug, newest.pk])
    assert url in editor.get(editor.url).content.decode()
    editor.post(url)
    assert [one.text == TEXT.strip() for one in lesson.versions.all()] == [True, False, True]
    editor.post(url)  # of a page that knew another version
    assert lesson.versions.count() == 3


def test_a_first_version_has_nothing_to_undo(editor, lesson):
    first = lesson.versions.get()
    assert "Undo the last save" not in shown_text(editor.get(editor.url))
    editor.post(reverse("lessons:undo_lesson", args=[lesson.slug, first.pk]))
    assert lesson.versions.count() == 1


def test_a_save_over_a_version_that_the_page_did_not_know_says_so(editor, lesson):
    fields = fields_of(editor.get(editor.url), "lesson-form")
    actions.save_text(lesson, TEXT.replace("At the café", "Elsewhere"))
    answer = editor.post(editor.url, fields, follow=True)
    assert "saved meanwhile" in shown_text(answer)
    assert [one.number for one in lesson.versions.all()] == [3, 2, 1]


def test_a_refused_page_still_knows_the_version_that_it_began_from(editor, lesson):
    fields = fields_of(editor.get(editor.url), "lesson-form")
    actions.save_text(lesson, TEXT.replace("At the café", "Elsewhere"))
    refused = editor.post(editor.url, fields | {"scene-minutes": "five"})
    again = fields_of(refused, "lesson-form")
    assert again["base"] == fields["base"]
    answer = editor.post(editor.url, again | {"scene-minutes": "5"}, follow=True)
    assert "saved meanwhile" in shown_text(answer)


def test_what_is_typed_is_kept_under_the_lesson_and_asked_for_before_an_undo(editor, lesson):
    post(editor, "", **{"scene-title": "At the bistro"})
    page = editor.get(editor.url).content.decode()
    assert f'data-editor="lesson-form-{lesson.slug}"' in page
    assert page.count("data-drops-typed") == 2  # undo, and restore
    assert 'id="drop-typed"' in page


def test_a_draft_changes_nothing_of_what_is_published(editor, lesson):
    LessonVersion.objects.update(lacks=[])
    actions.publish(lesson)
    post(editor, "", **{"scene-title": "Not yet"})
    lesson.refresh_from_db()
    assert read_draft(lesson.published.text).title == "At the café"
    assert "Your classes see version 1" in shown_text(editor.get(editor.url))


def test_an_exported_lesson_is_begun_again_from_its_file(editor, lesson, tara):
    answer = editor.get(reverse("lessons:export_lesson", args=[lesson.slug]))
    assert 'filename="at-the-cafe.toml"' in answer["Content-Disposition"]
    file = SimpleUploadedFile("any.toml", answer.content)
    editor.post(reverse("lessons:begin_lesson"), {"source": "", "file": file})
    other = OwnLesson.objects.exclude(pk=lesson.pk).get()
    assert other.versions.get().text == lesson.versions.get().text


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe\0", "This is no text"), (b"x" * 200_000, "too many"), (b"", "Choose what")],
)
def test_a_file_that_is_no_lesson_begins_none(editor, lesson, content, reason):
    file = SimpleUploadedFile("any.toml", content)
    answer = editor.post(reverse("lessons:begin_lesson"), {"source": "", "file": file})
    assert answer.status_code == 422
    assert reason in shown_text(answer)
    assert OwnLesson.objects.count() == 1


# --- looking and trying ---------------------------------------------------------------------------
def test_the_preview_shows_what_is_typed_as_learners_will_see_it(editor, lesson):
    answer = post(editor, "show=preview", **{"scene-setting": "It is dark and late."})
    page = shown_text(editor.get(answer.url))
    assert "It is dark and late." in page
    assert CAFE.objectives[1].label in page
    assert next(iter(CAFE.phrases)) in page
    assert "counts in no history" in page


def test_a_text_that_is_no_lesson_has_no_preview(editor, lesson):
    actions.save_text(lesson, 'title = "Half')
    answer = editor.get(reverse("lessons:preview_lesson", args=[lesson.slug]))
    assert answer.url == reverse("lessons:edit_lesson_text", args=[lesson.slug])


def test_what_is_typed_is_saved_and_tried_in_one_and_counts_nowhere(editor, lesson, tara, partner):
    answer = post(editor, "try", **{"partner-opening": "Yes? What is it?"})
    attempt = Attempt.objects.get()
    assert answer.url == reverse("talk:live", args=[attempt.session_id])
    assert attempt.scenario.partner.opening == "Yes? What is it?"
    assert not Attempt.objects.for_member(tara).exists()


def test_the_partner_speaks_with_the_voice_of_the_lesson_where_the_site_has_it(
    editor, lesson, partner, monkeypatch
):
    monkeypatch.setattr(lesson_actions, "voices", lambda: ("gruff",))
    for voice, spoken in (("gruff", "gruff"), ("nobody", partner.voice), ("", partner.voice)):
        post(editor, "try", **{"partner-voice": voice})
        brief = Attempt.objects.latest("pk").session.brief
        assert brief["voice"] == spoken


@pytest.mark.parametrize(
    "name", ["edit_lesson", "edit_lesson_text", "export_lesson", "preview_lesson"]
)
def test_nobody_looks_into_the_lesson_of_another_teacher(client, lesson, learner, name):
    url = reverse(f"lessons:{name}", args=[lesson.slug])
    for who, status in ((expert("Otto", "language"), 404), (learner, 403)):
        client.force_login(who)
        assert client.get(url).status_code == status


def test_an_empty_lesson_has_three_objectives_to_write():
    assert len(read_draft(EMPTY).objectives) == 3
