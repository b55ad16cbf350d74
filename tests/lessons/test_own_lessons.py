"""A teacher's own lessons: written, checked, tried, published, seen, and played to their end."""

import re

import pytest
from django.urls import reverse

from coach.errors import NotFound, Refused
from coach.lessons import actions as lessons
from coach.lessons.checking import lacks_in
from coach.lessons.files import FOLDER, catalogue, read
from coach.lessons.library import find_lesson, lessons_for, text_of
from coach.lessons.models import Attempt, LessonVersion, OwnLesson
from coach.lessons.own import actions
from coach.lessons.own.limits import TEXT_MAX_CHARS
from coach.lessons.own.reading import read_version
from coach.lessons.school import actions as school
from coach.lessons.school.assigned import assigned_to
from coach.lessons.sizes import LINE_MAX_CHARS, SENTENCES_MAX
from coach.people.models import User
from coach.talk.actions import record_turn
from coach.talk.models import Turn
from tests.lessons.posting import text_of as shown_text
from tests.lessons.school import ALL_THREE, expert, join, person, play

pytestmark = pytest.mark.django_db
TEXT = (FOLDER / "at-the-cafe.toml").read_text()


def changed(**words: str) -> str:
    """The café's text with other words in some lines."""
    text = TEXT
    for old, new in words.values():
        assert old in text
        text = text.replace(old, new, 1)
    return text


BISTRO = changed(title=('title = "At the café"', 'title = "At the bistro"'))
QUESTION = '"What is a {drink}?",'
BROKEN = changed(mood=('"Just {a drink} for me.",', QUESTION))


@pytest.fixture
def tara(db):
    return expert("Tara", "language")


@pytest.fixture
def lesson(tara):
    return actions.begin_lesson(tara, BISTRO)


@pytest.fixture
def editor(client, tara, lesson):
    """The address of the lesson's text, and a client that is signed in as its teacher."""
    client.force_login(tara)
    client.url = reverse("lessons:edit_lesson_text", args=[lesson.slug])
    return client


def sound(lesson: OwnLesson) -> OwnLesson:
    """Its newest version was checked: what the check itself finds is tested apart."""
    LessonVersion.objects.filter(pk=lesson.versions.first().pk).update(lacks=[])
    return lesson


@pytest.fixture
def published(lesson):
    actions.publish(sound(lesson))
    return lesson


# --- writing --------------------------------------------------------------------------------------
@pytest.mark.parametrize("slug", ["at-the-cafe", "ko-kapeeseo"])
def test_a_lesson_begins_as_a_copy_of_a_shipped_one(client, tara, slug):
    client.force_login(tara)
    url = reverse("lessons:begin_lesson")
    answer = client.post(url, {"source": slug})
    lesson = OwnLesson.objects.get()
    assert answer.url == reverse("lessons:edit_lesson", args=[lesson.slug])
    assert lesson.versions.get().text == (FOLDER / f"{slug}.toml").read_text().strip()
    assert lesson.title == catalogue()[slug].title
    assert client.post(url, {"source": "no-such"}).status_code == 422


def test_what_is_saved_is_a_version_and_the_same_text_is_none(editor, lesson):
    for text in (TEXT, TEXT.replace("\n", "\r\n"), TEXT, BISTRO):
        assert editor.post(editor.url, {"text": text}).url == editor.url
    assert [one.number for one in lesson.versions.all()] == [3, 2, 1]
    assert "\r" not in lesson.versions.first().text


def test_an_older_version_is_restored_as_the_newest(editor, lesson):
    first = lesson.versions.get()
    editor.post(editor.url, {"text": TEXT})
    editor.post(reverse("lessons:restore_lesson", args=[lesson.slug, first.pk]))
    assert [one.text == BISTRO.strip() for one in lesson.versions.all()] == [True, False, True]


def test_old_drafts_go_and_what_is_played_or_shown_stays(published, learner, partner, monkeypatch):
    monkeypatch.setattr(actions, "VERSIONS_KEPT", 2)
    lessons.start_attempt(published.teacher, find_lesson(published.teacher, published.slug))
    for n in range(5):
        actions.save_text(published, BISTRO + f"# {n}\n")
    assert [one.number for one in published.versions.all()] == [6, 5, 1]


def test_a_text_that_is_too_long_is_refused_and_stays_on_the_page(editor, lesson):
    answer = editor.post(editor.url, {"text": "# words\n" * (TEXT_MAX_CHARS // 8 + 1)})
    assert answer.status_code == 422
    assert lesson.versions.count() == 1
    assert answer.content.decode().count("# words") > 1_000


def test_half_a_text_is_kept_and_the_title_with_it(editor, lesson):
    editor.post(editor.url, {"text": 'title = "Half'})
    lesson.refresh_from_db()
    assert (lesson.title, lesson.versions.count()) == ("At the bistro", 2)


# --- the check ------------------------------------------------------------------------------------
def test_the_check_names_each_lack_with_its_line(editor, lesson):
    """The very lacks that `manage.py check_lessons` finds in a file of this text."""
    editor.post(editor.url, {"text": BROKEN, "check": "1"})
    page = editor.get(editor.url)
    lacks = [(lack.line, lack.reason) for lack in page.context["lacks"]]
    newest = lesson.versions.first()
    assert lacks == [(one.line, one.reason) for one in lacks_in(newest.text, lesson.slug, "")]
    line, reason = lacks[0]
    assert "does not reach drink" in reason
    assert newest.text.split("\n")[line - 1].strip() == QUESTION
    assert f'data-line="{line}"' in page.content.decode()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('title = "A"\nlanguage = ', 2, "Invalid value"),
        (TEXT.replace("minutes = 5", 'minutes = "five"'), 6, "Expected `int`"),
        (TEXT.replace('level = "A2"', 'level = "Z9"'), 3, "level must be"),
        (TEXT.replace('"cappuccino" = 3.5', '"cappuccino" = inf'), 1, "a price in slot drink"),
        (TEXT.replace("By the way", "By \\u0000 the way"), 1, "no database keeps"),
        ("a = " + "[\n" * 3_000 + "]" * 900, 1, "brackets"),
        (TEXT.replace("minutes = 5", "minutes = 0x" + "f" * 900), 6, "minutes must be"),
        (".".join("a" * 19_000) + " = 1", 1, f"more than {LINE_MAX_CHARS} characters"),
        ('title = "line 99999999"\n"line 999999" = 1', 2, "unknown field"),
    ],
)
def test_what_cannot_be_read_says_so_and_is_no_error_of_ours(editor, lesson, text, line, reason):
    editor.post(editor.url, {"text": text, "check": "1"})
    lacks = [(at, told) for at, told, _field in lesson.versions.first().lacks if reason in told]
    assert [at for at, _told in lacks] == [line]
    assert reason in editor.get(editor.url).content.decode().replace("&#x27;", "'")


def table(head: str, *lines: str) -> str:
    return TEXT + "\n".join(("", head, *lines, ""))


MANY = ",\n".join(f'"Sentence {n}?"' for n in range(150))
TOO_MUCH = {
    f"at most {SENTENCES_MAX} sentences": TEXT
    + f'\n[[asides]]\nwhen = [{MANY}]\nsay = "Yes."\n' * 3,
    "more than 200 entries": table("[[asides]]", f"when = [{MANY},{MANY}]", 'say = "Yes."'),
    "more than 500 characters": TEXT.replace("At the café", "x" * 501),
    "more than 60 characters": TEXT.replace('"cappuccino" =', f'"{"x" * 61}" ='),
    "more than 4 slots": TEXT.replace("Just {a drink}", "Just {a drink}" * 5),
    "more than 2 gaps": table("[phrases.'a…b…c…d']", 'es = "a"'),
    "more than 400 words": table(
        *(f"[slots.s{n}]\n" + "\n".join(f'"w{m}" = 1' for m in range(150)) for n in range(3))
    ),
    "more than 50 characters": TEXT.replace('id = "drink"', f'id = "{"d" * 51}"'),
    "in slot drink has a brace": TEXT.replace('"cappuccino" = 3.5', '"x" = {many = "{n} {evil}"}'),
    "currency has a brace": TEXT.replace('currency = "pound"', 'currency = "{evil}"'),
}


@pytest.mark.parametrize("reason", TOO_MUCH)
def test_a_lesson_that_is_too_large_or_could_break_off_in_a_talk_is_none(reason):
    assert any(reason in lack.reason for lack in lacks_in(TOO_MUCH[reason], "x", "x"))
    with pytest.raises(ValueError, match=re.escape(reason)):
        read(TOO_MUCH[reason], "x")


def test_the_check_of_a_shipped_lesson_finds_nothing(editor, lesson):
    editor.post(editor.url, {"text": BISTRO, "check": "1"})
    assert lesson.versions.first().is_sound
    assert "lacks nothing" in shown_text(editor.get(editor.url))


# --- publishing -----------------------------------------------------------------------------------
def test_only_what_was_checked_and_lacks_nothing_is_published(lesson):
    with pytest.raises(Refused, match="Check the lesson first"):
        actions.publish(lesson)
    LessonVersion.objects.update(lacks=[[1, "something"]])
    with pytest.raises(Refused, match="lacks something"):
        actions.publish(lesson)
    actions.publish(sound(lesson))
    assert lesson.published == lesson.versions.get()


def seen_by(member) -> bool:
    return any(slug.startswith("own-") for slug in lessons_for(member))


def test_a_draft_is_seen_by_nobody(lesson, tara, learner):
    join(learner, school.begin_class(tara, "Evening class"))
    assert not seen_by(learner)
    assert not seen_by(tara)
    with pytest.raises(NotFound):
        find_lesson(learner, lesson.slug)


def test_the_classes_of_its_teacher_see_it_and_nobody_else(page, published, tara, learner):
    url = reverse("lessons:lesson", args=[published.slug])
    join(learner, school.begin_class(expert("Otto", "language"), "Another class"))
    assert not seen_by(learner)
    assert page.get(url).status_code == 404
    assert page.post(reverse("lessons:start", args=[published.slug])).status_code == 404
    membership = join(learner, school.begin_class(tara, "Evening class"))
    assert "At the bistro" in shown_text(page.get(reverse("lessons:catalogue")))
    assert page.get(url).status_code == 200
    school.leave(membership)
    assert page.get(url).status_code == 404


def test_a_supervisor_shows_it_to_everybody(client, published, learner):
    client.force_login(expert("Vera", "nutrition", supervisor=True))
    assert "At the bistro" in shown_text(client.get(reverse("lessons:own_lessons")))
    page = client.get(reverse("lessons:read_lesson", args=[published.slug]))
    assert "Corner Café" in page.content.decode()
    version = published.published_id
    client.post(reverse("lessons:show_everybody", args=[published.slug, version]))
    assert seen_by(learner)
    client.post(reverse("lessons:hide_lesson", args=[published.slug]))
    assert not seen_by(learner)


def test_everybody_keeps_the_version_that_a_supervisor_has_read(published, tara, learner):
    actions.show_everybody(published, published.published_id)
    read_by_supervisor = published.published_id
    join(learner, school.begin_class(tara, "Evening class"))
    newer = actions.save_text(published, BISTRO.replace("bistro", "brasserie"))
    published.refresh_from_db()
    actions.publish(sound(published))
    assert find_lesson(learner, published.slug).version == str(newer.pk)
    assert find_lesson(person("Ben"), published.slug).title == "At the bistro"
    with pytest.raises(Refused):
        actions.show_everybody(published, read_by_supervisor)


def test_what_is_withdrawn_is_gone_for_all(editor, published, tara, learner):
    actions.show_everybody(published, published.published_id)
    editor.post(reverse("lessons:withdraw_lesson", args=[published.slug]))
    assert not seen_by(learner)
    assert not seen_by(tara)


def test_a_class_is_assigned_a_lesson_of_its_teacher(client, published, tara, learner):
    evening = school.begin_class(tara, "Evening class")
    join(learner, evening)
    client.force_login(tara)
    form = {"lesson": published.slug, "due_on": "", "words": "", "note": ""}
    client.post(reverse("lessons:assign", args=[evening.pk]), form)
    assert [one.scenario.title for one in assigned_to(learner)] == ["At the bistro"]
    actions.withdraw(published)
    assert assigned_to(learner) == []


def test_a_text_that_a_newer_release_refuses_takes_no_page_with_it(page, published, learner):
    actions.show_everybody(published, published.published_id)
    LessonVersion.objects.update(text='title = "Half')
    read_version.cache_clear()
    assert page.get(reverse("lessons:catalogue")).status_code == 200
    assert page.get(reverse("lessons:lesson", args=[published.slug])).status_code == 404


def test_a_lesson_that_a_teacher_learns_by_is_not_theirs_to_teach(client, published, tara):
    """Who learns in another's class plays their lessons, and neither copies nor assigns them."""
    otto = expert("Otto", "language")
    join(otto, school.begin_class(tara, "Evening class"))
    mine = school.begin_class(otto, "Morning class")
    assert find_lesson(otto, published.slug)
    client.force_login(otto)
    assert (
        client.post(reverse("lessons:begin_lesson"), {"source": published.slug}).status_code == 422
    )
    url = reverse("lessons:assign", args=[mine.pk])
    assert client.post(url, {"lesson": published.slug}).status_code == 422
    actions.show_everybody(published, published.published_id)
    assert client.post(url, {"lesson": published.slug}).status_code == 302


# --- playing --------------------------------------------------------------------------------------
def test_an_attempt_keeps_the_version_that_it_began_with(published, tara, partner, learner):
    join(learner, school.begin_class(tara, "Evening class"))
    attempt = lessons.start_attempt(learner, find_lesson(learner, published.slug))
    other = BISTRO.replace("bistro", "brasserie").replace('"coffee" =', '"mocha latte" =')
    actions.save_text(published, other)
    actions.publish(sound(published))
    again = Attempt.objects.get(pk=attempt.pk)
    assert again.scenario.title == "At the bistro"
    record_turn(again.session, Turn.Speaker.MEMBER, ALL_THREE[0])
    assert list(again.met()) == ["drink"]
    assert find_lesson(learner, published.slug).title == "At the brasserie"


def test_an_attempt_goes_on_when_its_lesson_is_withdrawn(page, published, tara, partner, learner):
    join(learner, school.begin_class(tara, "Evening class"))
    attempt = play(learner, *ALL_THREE, scenario=find_lesson(learner, published.slug))
    actions.withdraw(published)
    report = shown_text(page.get(reverse("lessons:report", args=[attempt.pk])))
    assert "All three done" in report


def test_a_shipped_lesson_has_no_version(learner, partner):
    attempt = lessons.start_attempt(learner, find_lesson(learner, "at-the-cafe"))
    assert attempt.version is None
    assert text_of(attempt.scenario) == TEXT


def test_trying_it_out_is_a_talk_that_counts_nowhere(editor, lesson, tara, partner):
    answer = editor.post(reverse("lessons:try_lesson", args=[lesson.slug]))
    attempt = Attempt.objects.get()
    assert answer.url == reverse("talk:live", args=[attempt.session_id])
    record_turn(attempt.session, Turn.Speaker.MEMBER, ALL_THREE[0])
    assert editor.get(reverse("lessons:objectives", args=[attempt.session_id])).status_code == 200
    editor.post(reverse("lessons:finish", args=[attempt.pk]))
    report = shown_text(editor.get(reverse("lessons:report", args=[attempt.pk])))
    assert "this counts nowhere" in report
    assert "1 of 3" not in shown_text(editor.get(reverse("lessons:own_lessons")))
    assert Attempt.objects.for_member(tara).best() == {}


def test_a_text_that_is_no_lesson_cannot_be_tried(editor, lesson, partner):
    editor.post(editor.url, {"text": 'title = "Half'})
    answer = editor.post(reverse("lessons:try_lesson", args=[lesson.slug]))
    assert answer.url == reverse("lessons:edit_lesson", args=[lesson.slug])
    assert not Attempt.objects.exists()


def test_a_lesson_is_deleted_unless_members_have_played_it(
    editor, published, tara, learner, partner
):
    actions.try_out(tara, published.versions.get())
    play(learner, scenario=read(BISTRO, published.slug, str(published.published_id)))
    url = reverse("lessons:delete_lesson", args=[published.slug])
    editor.post(url)
    assert OwnLesson.objects.exists()
    Attempt.objects.for_member(learner).delete()
    editor.post(url)
    assert not OwnLesson.objects.exists()


def test_a_lesson_outlives_the_account_of_its_teacher(published, tara, learner, partner):
    actions.show_everybody(published, published.published_id)
    tara.delete()
    assert find_lesson(learner, published.slug).title == "At the bistro"


# --- the console ----------------------------------------------------------------------------------
def test_the_console_lists_all_lessons_and_counts_them(client, published, lesson):
    draft = actions.begin_lesson(published.teacher, changed(title=("At the café", "A mere draft")))
    client.force_login(User.objects.create_superuser("jo@school.test"))
    url = reverse("admin:lessons_ownlesson_changelist")
    page = client.get(url)
    shown = shown_text(page)
    assert "At the bistro English A2 Food and drink Tara classes of its teacher" in shown
    assert "at-the-cafe.toml" in shown
    assert draft.title not in shown
    assert sum(row.total for row in page.context["counts"]) == len(catalogue()) + 1
    assert page.context["counts"][0].language == "English"
    assert url in client.get(reverse("admin:index")).content.decode()


def test_the_console_of_who_may_not_look_lists_none(client, published):
    client.force_login(User.objects.create_user("aide@school.test", is_staff=True))
    assert client.get(reverse("admin:lessons_ownlesson_changelist")).status_code == 403
