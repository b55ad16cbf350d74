"""Classes: who joins, what is assigned, what the learner and their teacher see of it."""

from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse

from coach import clock
from coach.errors import NotFound, Refused
from coach.lessons import actions as lessons
from coach.lessons.files import get_scenario
from coach.lessons.models import Assignment, Attempt, ClassInvitation, TurnComment
from coach.lessons.school import actions, limits, reported
from coach.lessons.school.access import attempts_of
from coach.lessons.school.assigned import assigned_to, still_to_do, unread_comments
from coach.lessons.school.models import Membership
from coach.lessons.school.progress import common_slips, learners, progress_of
from coach.talk.actions import record_turn
from coach.talk.models import Turn
from tests.lessons.posting import text_of
from tests.lessons.school import ALL_THREE, CAFE, expert, join, person, play
from tests.support.moved_clock import MovedClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def tara(db):
    return expert("Tara", "language")


@pytest.fixture
def evening(tara):
    return actions.begin_class(tara, "Evening class")


@pytest.fixture
def assigned(evening):
    return actions.assign(evening, CAFE, words=["please", "croissant"], note="Speak slowly.")


@pytest.fixture
def as_teacher(client, tara):
    client.force_login(tara)
    return client


# --- joining --------------------------------------------------------------------------------------
def test_a_link_leads_to_a_page_that_says_what_the_teacher_will_see(page, evening, learner):
    url = reverse("lessons:join", args=[actions.invite(evening).token])
    shown = text_of(page.get(url))
    assert "Tara invites you to the class Evening class" in shown
    assert "what you said" in shown
    assert not Membership.objects.exists()
    assert page.post(url).url == reverse("lessons:my_classes")
    assert [one.member for one in learners(evening)] == [learner]


def test_who_is_a_guest_signs_in_first_and_comes_back(client, evening):
    url = reverse("lessons:join", args=[actions.invite(evening).token])
    answer = client.get(url)
    assert answer.status_code == 302
    assert f"next={url}" in answer.url


def test_the_link_can_be_copied_by_a_button(as_teacher, evening, tara):
    url = reverse("lessons:class", args=[evening.pk])
    assert "data-copy" not in as_teacher.get(url).content.decode()
    token = actions.invite(evening).token
    shown = as_teacher.get(url).content.decode()
    assert 'data-copy="class-link"' in shown
    assert reverse("lessons:join", args=[token]) in shown


def test_joining_twice_is_one_membership(evening, learner):
    assert join(learner, evening) == join(learner, evening)


@pytest.mark.parametrize("how", ["taken back", "replaced", "too old", "class closed", "guessed"])
def test_a_link_that_is_no_longer_good_lets_nobody_in(page, evening, learner, how):
    link = actions.invite(evening)
    token = link.token
    if how == "taken back":
        actions.end_invitation(evening)
    elif how == "replaced":
        actions.invite(evening)
    elif how == "too old":
        ClassInvitation.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    elif how == "class closed":
        actions.close_class(evening)
    else:
        token = f"{link.pk}.{'x' * 43}"
    url = reverse("lessons:join", args=[token])
    assert page.get(url).status_code == 404
    assert page.post(url).status_code == 404
    with pytest.raises(NotFound):
        actions.join(learner, token)
    assert not Membership.objects.exists()


@pytest.mark.parametrize("end", [actions.end_invitation, actions.close_class])
def test_a_link_that_ends_while_somebody_joins_lets_nobody_in(evening, learner, monkeypatch, end):
    """It is looked at again once nobody else can change the class."""
    link, lock = actions.invite(evening), actions._lock
    waits = iter([end])

    def locked(school_class):
        for first in waits:
            first(school_class)
        lock(school_class)

    monkeypatch.setattr(actions, "_lock", locked)
    with pytest.raises(NotFound):
        actions.join(learner, link.token)
    assert not Membership.objects.exists()


def test_a_teacher_does_not_join_their_own_class(evening, tara):
    with pytest.raises(Refused):
        join(tara, evening)


def test_a_class_has_no_more_learners_than_it_may(evening, learner, monkeypatch):
    monkeypatch.setattr(limits, "MEMBERS_MAX", 1)
    join(person("Ben"), evening)
    with pytest.raises(Refused):
        join(learner, evening)


def test_a_learner_leaves_at_any_time(page, evening, learner):
    membership = join(learner, evening)
    assert "Evening class" in text_of(page.get(reverse("lessons:my_classes")))
    page.post(reverse("lessons:leave_class", args=[membership.pk]))
    assert "You are in no class" in text_of(page.get(reverse("lessons:my_classes")))


# --- what is assigned -----------------------------------------------------------------------------
def test_a_teacher_assigns_a_lesson_by_the_form(as_teacher, evening):
    url = reverse("lessons:assign", args=[evening.pk])
    form = {
        "lesson": CAFE.slug,
        "due_on": "2030-05-06",
        "words": "tea, tea; a slice",
        "note": "Go!",
    }
    assert as_teacher.post(url, form).url == reverse("lessons:class", args=[evening.pk])
    row = Assignment.objects.get()
    assert (row.slug, row.words, row.note) == (CAFE.slug, ["tea", "a slice"], "Go!")
    assert "is assigned to the class already" in text_of(as_teacher.post(url, form))


@pytest.mark.parametrize(
    "wrong",
    [
        {"lesson": "no-such"},
        {"lesson": ""},
        {"due_on": "never"},
        {"words": ",".join(f"w{n}" for n in range(30))},
        {"words": "w" * 61},
        {"words": "a … b … c … d"},
    ],
)
def test_a_form_that_is_wrong_assigns_nothing(as_teacher, evening, wrong):
    form = {"lesson": CAFE.slug, "due_on": "", "words": "", "note": ""} | wrong
    answer = as_teacher.post(reverse("lessons:assign", args=[evening.pk]), form)
    assert answer.status_code == 422
    assert not Assignment.objects.exists()


def test_an_assignment_comes_first_among_lessons_and_on_the_start_page(page, evening, learner):
    join(learner, evening)
    due = (clock.now() + timedelta(days=5)).date()
    actions.assign(evening, CAFE, due_on=due)
    for name in ("lessons:catalogue", "talk:start"):
        shown = text_of(page.get(reverse(name)))
        assert f"Assigned by Tara, due {due.day} {due:%b}" in shown
    shown = text_of(page.get(reverse("lessons:catalogue")))
    assert shown.index("Assigned by Tara") < shown.index("Food and drink")


def test_a_lesson_tells_its_note_and_the_words_to_use(page, evening, assigned, learner):
    join(learner, evening)
    shown = text_of(page.get(reverse("lessons:lesson", args=[CAFE.slug])))
    assert "Speak slowly." in shown
    assert "croissant" in shown
    assert "Tara can read what you say in this lesson." in shown


def test_what_is_due_first_comes_first_and_what_is_late_says_so(evening, learner, partner):
    join(learner, evening)
    today = learner.local(clock.now()).date()
    slugs = ["asking-the-way", "at-the-bakers", "at-the-doctor"]
    for slug, due in zip(slugs, (None, today, today - timedelta(days=3)), strict=True):
        Assignment.objects.create(school_class=evening, slug=slug, due_on=due)
    found = assigned_to(learner)
    assert [one.assignment.slug for one in found] == ["at-the-doctor", *reversed(slugs[:2])]
    assert [one.is_late for one in found] == [True, False, False]


def test_what_is_done_is_no_longer_to_do(page, evening, assigned, learner, partner):
    join(learner, evening)
    play(learner, ALL_THREE[0])
    assert [one.reached for one in still_to_do(learner)] == [1]
    play(learner, *ALL_THREE)
    assert still_to_do(learner) == []
    assert [one.is_done for one in assigned_to(learner)] == [True]
    assert "Done" in text_of(page.get(reverse("lessons:my_classes")))
    assert "From your teacher" not in text_of(page.get(reverse("lessons:catalogue")))


def test_what_was_played_before_it_was_assigned_does_not_count(evening, learner, partner):
    join(learner, evening)
    play(learner, *ALL_THREE)
    actions.assign(evening, CAFE)
    assert [one.reached for one in assigned_to(learner)] == [-1]


def test_a_withdrawn_assignment_is_gone_for_learners(as_teacher, evening, assigned, learner):
    join(learner, evening)
    as_teacher.post(reverse("lessons:withdraw", args=[evening.pk, assigned.pk]))
    assert assigned_to(learner) == []


# --- what the teacher sees ------------------------------------------------------------------------
def test_a_class_page_tells_who_has_done_what(as_teacher, evening, assigned, learner, partner):
    join(learner, evening)
    join(person("Ben"), evening)
    play(learner, *ALL_THREE)
    play(learner, ALL_THREE[0])
    shown = text_of(as_teacher.get(reverse("lessons:class", args=[evening.pk])))
    assert "1 of 2 done" in shown
    assert "Maya 3 of 3 2 2" in shown
    assert "Ben not yet" in shown


def test_slips_are_counted_by_learner_without_their_words(
    as_teacher, evening, assigned, learner, partner
):
    ben = person("Ben")
    for member in (learner, ben):
        join(member, evening)
        play(member, "I am agree with you.", "I am agree again.")
    play(person("Cleo"), "I am agree too.")  # in no class
    (slip,) = common_slips(evening)
    assert slip.learners == 2
    shown = text_of(as_teacher.get(reverse("lessons:class", args=[evening.pk])))
    assert "I am agree" not in shown.replace(slip.why, "")


def test_a_class_page_asks_no_more_for_more_learners(
    as_teacher, evening, assigned, learner, partner, django_assert_max_num_queries
):
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        member = person(name)
        join(member, evening)
        play(member, *ALL_THREE)
    with django_assert_max_num_queries(25):
        as_teacher.get(reverse("lessons:class", args=[evening.pk]))


def test_a_lesson_that_was_withdrawn_says_so(as_teacher, evening):
    Assignment.objects.create(school_class=evening, slug="own-gone")
    shown = text_of(as_teacher.get(reverse("lessons:class", args=[evening.pk])))
    assert "The lesson was withdrawn" in shown


@pytest.fixture
def time(monkeypatch):
    """The database's clock, which a test moves by hand."""
    moved = MovedClock(clock.now())
    monkeypatch.setattr(clock, "now", moved.now)
    return moved


def test_what_belongs_to_a_class_is_a_lesson_of_its_time(evening, learner, partner, time):
    def later(played):
        time.advance(minutes=1)
        return played

    later(play(learner, "Before joining."))
    membership = later(join(learner, evening))
    later(play(learner, "Not assigned yet."))
    row = later(actions.assign(evening, CAFE))
    mine = later(play(learner, "In the class."))
    later(play(learner, "Another lesson.", scenario=get_scenario("at-the-doctor")))
    later(actions.withdraw_assignment(row))
    later(play(learner, "Withdrawn."))
    assert list(attempts_of(evening)) == [mine]
    later(actions.leave(membership))
    assert list(attempts_of(evening)) == []
    join(learner, evening)
    assert list(attempts_of(evening)) == []


STEPS = ("join", "leave", "assign", "withdraw", "play", "play", "play other", "preview")


@pytest.mark.parametrize("seed", range(4))
def test_a_teacher_reads_what_was_played_while_both_stood(evening, learner, partner, time, seed):
    """The law of reading, after any order of joining, leaving, assigning, withdrawing, playing."""
    random = Random(seed)
    joined = assigned = None
    readable: set[int] = set()
    for _ in range(30):
        time.advance(minutes=1)
        step = random.choice(STEPS)
        if step == "join" and joined is None:
            joined = join(learner, evening)
        elif step == "leave" and joined is not None:
            actions.leave(joined)
            joined, readable = None, set()
        elif step == "assign" and assigned is None:
            assigned = actions.assign(evening, CAFE)
        elif step == "withdraw" and assigned is not None:
            actions.withdraw_assignment(assigned)
            assigned = None
        elif step.startswith(("play", "pre")):
            scenario = get_scenario("at-the-doctor") if step == "play other" else CAFE
            attempt = lessons.start_attempt(learner, scenario, preview=step == "preview")
            if step == "play" and joined and assigned:
                readable.add(attempt.pk)
        assert set(attempts_of(evening).values_list("pk", flat=True)) == readable


def test_progress_is_of_standing_assignments(evening, assigned, learner, partner):
    join(learner, evening)
    play(learner, *ALL_THREE)
    (row,) = progress_of(evening, learners(evening))
    assert (row.done, row.rows[0].reached, row.rows[0].tries) == (1, 3, 1)
    actions.withdraw_assignment(assigned)
    assert progress_of(evening, learners(evening)) == []


def test_closing_a_class_ends_every_membership(as_teacher, evening, assigned, learner, partner):
    join(learner, evening)
    play(learner, "Hello.")
    as_teacher.post(reverse("lessons:close_class", args=[evening.pk]))
    assert not evening.memberships.standing().exists()
    assert not attempts_of(evening).exists()
    assert assigned_to(learner) == []
    assert "No class yet" in text_of(as_teacher.get(reverse("lessons:classes")))


# --- comments -------------------------------------------------------------------------------------
@pytest.fixture
def attempt_in_class(evening, assigned, learner, partner):
    join(learner, evening)
    return play(learner, "I want a coffee")


def say_of(client, evening, attempt, text="Say “I'd like”."):
    turn = attempt.session.turns.get(speaker="member")
    url = reverse("lessons:comment", args=[evening.pk, attempt.pk, turn.seq])
    return client.post(url, {"text": text})


def test_a_comment_is_told_to_the_learner_until_they_read_it(
    client, tara, learner, evening, attempt_in_class
):
    client.force_login(tara)
    answer = say_of(client, evening, attempt_in_class)
    assert answer.url.startswith(
        reverse("lessons:class_attempt", args=[evening.pk, attempt_in_class.pk])
    )
    assert "not read yet" in text_of(client.get(answer.url))
    client.force_login(learner)
    assert unread_comments(learner) == 1
    shown = client.get(reverse("lessons:catalogue")).content.decode()
    assert "Unread comments of your teacher" in shown
    assert "Your teacher commented on what you said in “At the café”." in shown
    report = client.get(reverse("lessons:report", args=[attempt_in_class.pk])).content.decode()
    assert "Tara:" in report
    assert "Say “I&#x27;d like”." in report
    assert "Unread comments" not in report
    assert unread_comments(learner) == 0


def test_what_comes_while_a_report_is_opened_is_not_read(
    tara, learner, evening, attempt_in_class, monkeypatch
):
    turn = attempt_in_class.session.turns.get(speaker="member")
    actions.comment(evening, attempt_in_class, tara, turn, "First.")
    read = reported.read_comments

    def meanwhile(comments):
        shown = list(comments)
        actions.comment(evening, attempt_in_class, tara, turn, "Second.")
        read(shown)

    monkeypatch.setattr(reported, "read_comments", meanwhile)
    reported.from_teachers(attempt_in_class)
    assert unread_comments(learner) == 1


def test_only_turns_that_are_shown_are_commented(client, tara, learner, evening, attempt_in_class):
    """The learner could read it nowhere, and would be told of it for ever."""
    notice = record_turn(attempt_in_class.session, Turn.Speaker.SYSTEM, "The line was lost.")
    client.force_login(tara)
    url = reverse("lessons:comment", args=[evening.pk, attempt_in_class.pk, notice.seq])
    client.post(url, {"text": "hi"})
    assert unread_comments(learner) == 0


def test_a_teacher_sees_the_words_of_their_own_class_alone(
    client, tara, learner, evening, attempt_in_class
):
    other = actions.begin_class(expert("Otto", "language"), "Morning class")
    joined = join(learner, other)
    row = actions.assign(other, CAFE, words=["cappuccino"])
    early = attempt_in_class.started_at - timedelta(minutes=1)
    Membership.objects.filter(pk=joined.pk).update(joined_at=early)
    Assignment.objects.filter(pk=row.pk).update(created_at=early)
    client.force_login(tara)
    url = reverse("lessons:class_attempt", args=[evening.pk, attempt_in_class.pk])
    assert [word for word, _ in client.get(url).context["words"]] == ["please", "croissant"]
    client.force_login(learner)
    report = client.get(reverse("lessons:report", args=[attempt_in_class.pk]))
    assert "cappuccino" in [word for word, _ in report.context["teachers"].words]


def test_a_lesson_whose_file_is_gone_leaves_what_was_said(
    client, tara, learner, evening, attempt_in_class
):
    """Its report says so; the teacher reads and comments on; the talk goes on."""
    turn = attempt_in_class.session.turns.get(speaker="member")
    actions.comment(evening, attempt_in_class, tara, turn, "Good.")
    for table in (Attempt, Assignment):
        table.objects.update(slug="no-longer-shipped")
    client.force_login(learner)
    assert "said in a lesson" in text_of(client.get(reverse("lessons:catalogue")))
    report = text_of(client.get(reverse("lessons:report", args=[attempt_in_class.pk])))
    assert "This lesson is no longer there" in report
    assert "Good." in report
    session = attempt_in_class.session
    panel = text_of(client.get(reverse("lessons:objectives", args=[session.pk])))
    assert "no longer there" in panel
    assert client.post(reverse("lessons:hint", args=[session.pk])).status_code == 200
    assert record_turn(session, Turn.Speaker.MEMBER, "A coffee, please.").pk
    assert client.get(reverse("lessons:progress")).status_code == 200
    keepable = reverse("lessons:keepable", args=[attempt_in_class.pk])
    assert client.get(keepable).status_code == 404
    client.force_login(tara)
    for name, pk in (
        ("class_attempt", attempt_in_class.pk),
        ("learner", Membership.objects.get().pk),
    ):
        page = client.get(reverse(f"lessons:{name}", args=[evening.pk, pk]))
        assert page.status_code == 200
    url = reverse("lessons:comment", args=[evening.pk, attempt_in_class.pk, turn.seq])
    client.post(url, {"text": "Say please."})
    assert TurnComment.objects.count() == 2


def test_a_report_tells_which_of_the_words_were_used(page, attempt_in_class, evening):
    shown = text_of(page.get(reverse("lessons:report", args=[attempt_in_class.pk])))
    assert "Words to use" in shown
    assert "please" in shown


@pytest.mark.parametrize("text", ["", "   ", "x" * (limits.COMMENT_MAX_CHARS + 1)])
def test_a_comment_without_words_or_with_too_many_is_refused(
    client, tara, evening, attempt_in_class, text
):
    client.force_login(tara)
    say_of(client, evening, attempt_in_class, text)
    assert not TurnComment.objects.exists()


def test_who_wrote_a_comment_deletes_it(client, tara, evening, attempt_in_class):
    client.force_login(tara)
    say_of(client, evening, attempt_in_class)
    url = reverse("lessons:delete_comment", args=[evening.pk, TurnComment.objects.get().pk])
    client.post(url)
    assert not TurnComment.objects.exists()


def test_a_comment_stays_with_the_learner_who_has_left(
    client, tara, learner, evening, attempt_in_class
):
    client.force_login(tara)
    say_of(client, evening, attempt_in_class)
    actions.leave(Membership.objects.get())
    client.force_login(learner)
    shown = text_of(client.get(reverse("lessons:report", args=[attempt_in_class.pk])))
    assert "Say “I&#x27;d like”." in shown
