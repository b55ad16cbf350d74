"""Who may reach what of classes and own lessons, even with every number guessed right."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from coach.lessons.files import FOLDER
from coach.lessons.models import Assignment, Attempt, TurnComment
from coach.lessons.own import actions as own
from coach.lessons.school import actions
from coach.lessons.school.access import attempts_of
from coach.lessons.school.urls import urlpatterns as of_classes
from coach.people.models import User
from handoff.models import AuditRead
from tests.lessons.school import CAFE, expert, join, person, play

pytestmark = pytest.mark.django_db
SECRET = "only my teacher reads this"

PAGES = ("classes", "own_lessons")
READS = ("class", "learner", "class_attempt")
OWN_READS = ("assign", "edit_lesson")
ACTS = ("class_link", "end_class_link", "withdraw", "comment", "delete_comment", "show_out")
OF_LESSON = ("restore_lesson", "publish_lesson", "withdraw_lesson", "delete_lesson", "try_lesson")
SUPERVISES = ("show_everybody", "hide_lesson")
GET = (*PAGES, *READS, *OWN_READS, "begin_lesson", "read_lesson")
TEACHES = ("begin_class", "begin_lesson")
EVERYTHING = (
    *PAGES, *TEACHES, *READS, *OWN_READS, *ACTS, *OF_LESSON, "close_class", "read_lesson",
    *SUPERVISES,
)  # fmt: skip


@pytest.fixture
def rows(learner, partner):
    """Tara's class, in which Maya has played, with a comment; and a lesson that Tara wrote."""
    tara = expert("Tara", "language")
    school_class = actions.begin_class(tara, "Evening class")
    membership = join(learner, school_class)
    assignment = actions.assign(school_class, CAFE)
    attempt = play(learner, SECRET)
    turn = attempt.session.turns.get(speaker="member")
    comment = actions.comment(school_class, attempt, tara, turn, "Good.")
    lesson = own.begin_lesson(tara, (FOLDER / "at-the-cafe.toml").read_text())
    version = lesson.versions.get()
    version.lacks = []
    version.save()
    own.publish(lesson)
    return {
        "class": school_class.pk,
        "membership": membership.pk,
        "assignment": assignment.pk,
        "attempt": attempt.pk,
        "turn": turn.seq,
        "comment": comment.pk,
        "slug": lesson.slug,
        "version": version.pk,
        "teacher": tara,
    }


@pytest.fixture
def people(rows, learner):
    left = person("Lea")
    school_class = rows["teacher"].school_classes.get()
    actions.leave(join(left, school_class))
    other = expert("Otto", "language")
    actions.begin_class(other, "Morning class")
    return {
        "anonymous": None,
        "member": learner,
        "left": left,
        "dietitian": expert("Dora", "nutrition"),
        "closed": expert("Cleo", "language", active=False),
        "other": other,
        "supervisor": expert("Vera", "nutrition", supervisor=True),
        "staff": User.objects.create_superuser("jo@school.test"),
        "teacher": rows["teacher"],
    }


def address(name, rows):
    of = {
        "class": ("class",),
        "close_class": ("class",),
        "class_link": ("class",),
        "end_class_link": ("class",),
        "assign": ("class",),
        "withdraw": ("class", "assignment"),
        "learner": ("class", "membership"),
        "show_out": ("class", "membership"),
        "class_attempt": ("class", "attempt"),
        "comment": ("class", "attempt", "turn"),
        "delete_comment": ("class", "comment"),
        "restore_lesson": ("slug", "version"),
        "show_everybody": ("slug", "version"),
    }
    slugs = ("edit_lesson", "read_lesson", "hide_lesson", *OF_LESSON)
    names = of.get(name, ("slug",) if name in slugs else ())
    return reverse(f"lessons:{name}", args=[rows[key] for key in names])


def ask(client, person, name, rows):
    client.logout()
    if person is not None:
        client.force_login(person)
    return send(client, name, rows)


def send(client, name, rows):
    url = address(name, rows)
    if name in GET:
        return client.get(url)
    return client.post(url, {"text": "hi", "name": "New class"})


NOTHING = dict.fromkeys(EVERYTHING, 403)
EXPECTED = {
    "anonymous": dict.fromkeys(EVERYTHING, 302),
    **dict.fromkeys(("member", "left", "dietitian", "closed"), NOTHING),
    # Another teacher has pages of their own, and finds nothing of Tara's.
    "other": dict.fromkeys((*READS, *OWN_READS, *ACTS, *OF_LESSON, "close_class"), 404)
    | dict.fromkeys((*PAGES, "begin_lesson"), 200)
    | {"begin_class": 302, "read_lesson": 403}
    | dict.fromkeys(SUPERVISES, 403),
    # Staff look, and change nothing.
    "staff": NOTHING | dict.fromkeys((*PAGES, *READS), 200),
    # A supervisor who does not teach reads what is published, and no class.
    "supervisor": NOTHING
    | dict.fromkeys(PAGES, 200)
    | dict.fromkeys(READS, 404)
    | {"read_lesson": 200}
    | dict.fromkeys(SUPERVISES, 302),
}


@pytest.mark.parametrize("who", EXPECTED)
def test_who_reaches_what(client, people, rows, who):
    before = (TurnComment.objects.count(), Assignment.objects.standing().count())
    if people[who] is not None:
        client.force_login(people[who])
    found = {name: send(client, name, rows) for name in EVERYTHING}
    assert {name: answer.status_code for name, answer in found.items()} == EXPECTED[who]
    if who != "staff":
        assert not any(SECRET in answer.content.decode() for answer in found.values())
    assert before == (TurnComment.objects.count(), Assignment.objects.standing().count())


def test_the_teacher_reaches_what_is_theirs(client, people, rows):
    names = (*PAGES, *READS, *OWN_READS, "begin_lesson")
    client.force_login(people["teacher"])
    found = {name: send(client, name, rows).status_code for name in names}
    assert found == dict.fromkeys(names, 200)


def test_the_teacher_changes_what_is_theirs(client, rows):
    for name in (*ACTS, *OF_LESSON, "close_class"):
        with transaction.atomic():
            assert ask(client, rows["teacher"], name, rows).status_code == 302, name
            transaction.set_rollback(True)  # each finds all as it was


def test_every_address_of_a_class_is_in_the_matrix():
    of_members = {"my_classes", "leave_class", "join"}
    assert {pattern.name for pattern in of_classes} - of_members <= set(EVERYTHING)


def test_words_are_not_read_by_way_of_another_class(client, people, rows):
    """The attempt is right, the class is the other teacher's own."""
    client.force_login(people["other"])
    theirs = people["other"].school_classes.get()
    for name, args in (
        ("class_attempt", [theirs.pk, rows["attempt"]]),
        ("learner", [theirs.pk, rows["membership"]]),
    ):
        assert client.get(reverse(f"lessons:{name}", args=args)).status_code == 404
    url = reverse("lessons:comment", args=[theirs.pk, rows["attempt"], rows["turn"]])
    assert client.post(url, {"text": "hi"}).status_code == 404


def test_who_has_left_is_read_no_more(client, people, rows, learner):
    client.force_login(people["teacher"])
    actions.leave(learner.memberships.get())
    for name in ("learner", "class_attempt"):
        assert client.get(address(name, rows)).status_code == 404
    assert client.post(address("comment", rows), {"text": "hi"}).status_code == 404
    assert TurnComment.objects.count() == 1


def test_each_look_at_words_is_written_down_and_numbers_are_none(client, people, rows):
    client.force_login(people["teacher"])
    for name in ("class", "learner", "classes"):
        client.get(address(name, rows))
    assert not AuditRead.objects.exists()
    assert SECRET in client.get(address("class_attempt", rows)).content.decode()
    read = AuditRead.objects.get()
    attempt = Attempt.objects.get(pk=rows["attempt"])
    assert (read.reader, read.session_id, read.what) == (
        people["teacher"], attempt.session_id, "lesson",
    )  # fmt: skip
    client.get(address("class_attempt", rows))
    assert AuditRead.objects.count() == 1  # an open page is one read


def test_a_look_of_staff_is_written_down_too(client, people, rows):
    client.force_login(people["staff"])
    client.get(address("class_attempt", rows))
    assert AuditRead.objects.get().reader == people["staff"]


def test_a_refused_look_is_no_read(client, people, rows):
    client.force_login(people["other"])
    client.get(address("class_attempt", rows))
    assert not AuditRead.objects.exists()


def test_who_loses_the_skill_reads_nothing_any_more(client, people, rows):
    tara = people["teacher"]
    tara.expert.domains = ["nutrition"]
    tara.expert.save()
    assert ask(client, tara, "class_attempt", rows).status_code == 403


def test_a_preview_of_a_teacher_belongs_to_no_class(rows, learner):
    Attempt.objects.filter(pk=rows["attempt"]).update(preview=True)
    assert not attempts_of(rows["teacher"].school_classes.get()).exists()


def test_somebody_elses_membership_is_not_found(client, people, rows):
    client.force_login(people["left"])
    url = reverse("lessons:leave_class", args=[rows["membership"]])
    assert client.post(url).status_code == 404


def test_what_changes_something_wants_a_post(client, people, rows):
    client.force_login(people["teacher"])
    for name in (*ACTS, *OF_LESSON, "close_class", "begin_class"):
        assert client.get(address(name, rows)).status_code == 405


def test_no_address_holds_a_word_of_a_member(rows, client, people):
    client.force_login(people["teacher"])
    page = client.get(address("class_attempt", rows)).content.decode()
    assert not any(SECRET[:8] in link for link in re.findall(r'(?:href|action)="([^"]*)"', page))
