"""After a case with a human word the member is asked, once, whether it helped."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from coach.errors import Refused
from coach.talk.actions import end_session
from coach.talk.models import Card
from handoff import actions
from handoff.models import Escalation, Rating
from handoff.safety.asking_back import CRISES, is_crisis
from handoff.safety.checklists import name_of
from handoff.screening.rules import MEMBER_RULES
from handoff.timeouts import RATING_CHANGES, RATING_OPEN
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ended(with_expert, asha):
    """A case that Asha spoke in and handed back."""

    def make(tier=3, code="ASK", *, spoken=True):
        case = with_expert(tier, code)
        if spoken:
            actions.say(case, asha, "Hello", "c1")
        return actions.hand_back(case, asha, "All is well.", "advised")

    return make


def thread(session, who=None):
    """The member's thread as they read it."""
    url = reverse("talk:thread", args=[session.pk])
    return signed_in(who or session.member).get(url).content.decode()


def send(case, name, who=None, **sent):
    page = signed_in(who or case.member)
    fetch = {"X-Requested-With": "fetch"}
    return page.post(reverse(f"handoff:{name}", args=[case.pk]), sent, headers=fetch)


def desk(expert, case):
    answer = signed_in(expert.user).get(reverse("handoff:case", args=[case.pk]))
    return answer.content.decode() if answer.status_code == 200 else ""


# --- whether it is asked --------------------------------------------------------------------------


def test_the_member_is_asked_once_in_the_talk(session, ended):
    case = ended()
    assert "Did Asha help you?" in thread(session)
    assert Card.objects.filter(kind="rating").count() == 1
    assert Rating.objects.get().escalation == case


def test_nobody_is_asked_where_no_person_has_said_a_word(session, ended):
    ended(spoken=False)
    assert not Rating.objects.exists()
    assert "help you?" not in thread(session)


def test_what_is_being_written_up_is_asked_about_when_that_is_done(session, with_expert, asha):
    case = with_expert()
    actions.say(case, asha, "Hello", "c1")
    actions.hand_back(case, asha, "All is well.")
    assert not Rating.objects.exists()
    actions.complete(case, "advised")
    assert "Did Asha help you?" in thread(session)


def test_nobody_is_asked_after_a_crisis(session, ended):
    ended(1, "ED-H")
    assert not Rating.objects.exists()


@pytest.mark.parametrize("code", [*CRISES, *(f"{family}-1" for family in CRISES)])
def test_a_crisis_is_known_by_any_of_its_codes(code):
    assert is_crisis(Escalation(tier=3, code=code))
    assert is_crisis(Escalation(tier=3, code="ASK", codes=["ASK", code]))
    assert not is_crisis(Escalation(tier=1, code="MED-U", codes=["MED-U"]))


def test_nobody_is_asked_after_an_emergency_that_was_lowered(session, with_expert, asha):
    case = with_expert(0, "MED-E")
    actions.say(case, asha, "Hello", "c1")
    Escalation.objects.filter(pk=case.pk).update(tier=2)
    actions.hand_back(case, asha, "All is well.", "advised")
    assert not Rating.objects.exists()


def test_nobody_is_asked_after_a_crisis_that_came_before_in_the_same_talk(session, ended, asha):
    ended(1, "SH")
    case = actions.claim(actions.raise_escalation(session, "ASK", 3, "again"), asha)
    actions.take_floor(case, asha, "text")
    actions.say(case, asha, "Hello", "c2")
    actions.hand_back(case, asha, "All is well.", "advised")
    assert not Rating.objects.exists()


def test_every_grave_code_of_screening_is_a_crisis_or_is_of_the_body():
    """A new code is put into one of the two: nobody forgets to decide."""
    grave = {rule.code for rule in MEMBER_RULES if rule.severity <= 1}
    of_the_body = ("MED", "SUP", "SUB")
    families = {code.split("-")[0] for code in grave}
    assert families - set(CRISES) <= set(of_the_body)
    assert all(name_of(family) != family for family in CRISES)


def test_the_question_waits_while_a_person_is_called_again(session, ended):
    ended()
    actions.raise_escalation(session, "ASK", 3, "again")
    assert "help you?" not in thread(session)


def test_the_question_is_for_the_member_alone(session, ended, asha):
    assert "help you?" not in desk(asha, ended())


def test_a_question_is_not_open_for_ever(session, ended, time):
    ended()
    time.advance(seconds=RATING_OPEN.total_seconds() + 1)
    assert "help you?" not in thread(session)
    with pytest.raises(Refused):
        actions.rate(Escalation.objects.get(), 3)


# --- the answer -----------------------------------------------------------------------------------


def test_a_tap_is_kept_and_can_be_changed_and_taken_back(session, ended, time):
    case = ended()
    answer = send(case, "rate", answer="3")
    assert answer.json()["message"] == "Thank you."
    assert 'aria-pressed="true"' in thread(session)
    send(case, "rate", answer="1", words="It was short.")
    row = Rating.objects.get()
    assert (row.answer, row.words) == (1, "It was short.")
    send(case, "rate", answer="2")
    assert Rating.objects.get().words == "It was short."
    signed_in(session.member).post(answer.json()["undo"])
    row = Rating.objects.get()
    assert (row.answer, row.words, row.answered_at) == (None, "", None)
    assert "Did Asha help you?" in thread(session)


def test_the_same_form_sent_twice_is_one_answer(session, ended):
    case = ended()
    page, url = signed_in(session.member), reverse("handoff:rate", args=[case.pk])
    first = page.post(url, {"answer": "3", "key": "k1"})
    assert first.status_code == 302
    actions.take_back_rating(case)
    assert page.post(url, {"answer": "3", "key": "k1"}).url == first.url
    assert Rating.objects.get().answer is None


def test_a_change_is_possible_for_a_day(session, ended, time):
    case = ended()
    send(case, "rate", answer="3")
    time.advance(seconds=RATING_CHANGES.total_seconds() + 1)
    refused = send(case, "rate", answer="1")
    assert (refused.status_code, refused.json()["code"]) == (422, "closed")
    assert Rating.objects.get().answer == 3
    assert "help you?" not in thread(session)


def test_the_question_can_be_closed_and_that_undone(session, ended):
    case = ended()
    undo = send(case, "rating_close").json()["undo"]
    assert "help you?" not in thread(session)
    signed_in(session.member).post(undo)
    assert "help you?" in thread(session)


def test_an_answer_is_one_of_the_taps(ended):
    case = ended()
    wrong = ["", "0", "4", "yes", "9" * 30]
    assert {send(case, "rate", answer=one).status_code for one in wrong} == {422}
    assert Rating.objects.get().answer is None


def test_too_long_a_line_is_refused_whole(ended):
    case = ended()
    assert send(case, "rate", answer="3", words="x" * 301).status_code == 422
    assert Rating.objects.get().answer is None


def test_nobody_answers_for_another(session, ended, make_session, asha):
    case = ended()
    for name in ("rate", "rating_close", "rating_undo"):
        for other in (make_session().member, asha.user):
            assert send(case, name, other, answer="3").status_code == 404
        url = reverse(f"handoff:{name}", args=[case.pk])
        assert signed_in(session.member).get(url).status_code == 405
    assert Rating.objects.get().answer is None


def test_a_line_that_sounds_like_danger_calls_a_person(session, ended):
    case = ended()
    end_session(session)
    send(case, "rate", answer="1", words="I want to kill myself")
    called = Escalation.objects.open().get()
    assert called.tier == 0
    assert called.pk != case.pk
    assert "help you?" not in thread(session)


def test_the_page_and_the_desk_hear_of_it(
    session, ended, asha, pushes, django_capture_on_commit_callbacks
):
    case = ended()
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.rate(case, 3)
    assert {group for group, _event in pushes} == {session.group, asha.group}


# --- who reads it ---------------------------------------------------------------------------------


def test_who_had_the_case_reads_the_answer_and_nobody_else(session, ended, asha, make_expert):
    case = ended()
    send(case, "rate", answer="2", words="Only a little.")
    chief = make_expert("Chief", supervisor=True)
    assert "Only a little." in desk(asha, case)
    shown = desk(chief, case)
    assert shown
    assert "Only a little." not in shown
    assert "Did it help?" not in shown


def test_it_goes_with_the_member(session, ended):
    send(ended(), "rate", answer="2", words="Only a little.")
    member = session.member
    Escalation.objects.update(owner=None)
    member.delete()
    assert not Rating.objects.exists()


def test_the_database_keeps_no_half_an_answer(ended):
    case = ended()
    at = case.resolved_at
    whole = {"answer": 3, "answered_at": at, "words": "x", "closed_at": None}
    rows = Rating.objects.filter(escalation=case)
    rows.update(**whole)
    for wrong in (
        {"answer": 4},
        {"answered_at": None},
        {"answer": None, "words": ""},
        {"answer": None, "answered_at": None},
        {"closed_at": at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**whole | wrong)
