"""A member who leaves says how to reach them; who has the case sees it, and each look is noted."""

import pytest
from django.urls import reverse

from coach.people.models import Profile
from coach.talk.actions import end_session
from handoff import actions
from handoff.models import AuditRead, Escalation
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
NUMBER = "+442079460000"


@pytest.fixture
def profile(session):
    return Profile.objects.create(
        user=session.member,
        phone=NUMBER,
        may_call=True,
        reach_when="after five",
        address="1 Mill Lane",
        emergency_contact="Ann, 020 7946 0001",
    )


def called(session, tier=3, *, ended=False):
    actions.raise_escalation(session, "ASK" if tier else "SI-3", tier, "please")
    if ended:
        end_session(session)
    return Escalation.objects.get()


def case_page(expert, case):
    answer = signed_in(expert.user).get(reverse("handoff:case", args=[case.pk]))
    return answer.content.decode() if answer.status_code == 200 else ""


def looks(expert):
    return AuditRead.objects.filter(reader=expert.user, what="contact").count()


def reach(session, who=None, **sent):
    url = reverse("handoff:reach", args=[session.pk])
    return signed_in(who or session.member).post(url, sent)


def test_the_owner_of_a_follow_up_sees_how_to_reach_the_member(session, asha, profile):
    case = actions.claim(called(session, ended=True), asha)
    shown = case_page(asha, case)
    assert f'href="tel:{NUMBER}"' in shown
    assert f'href="mailto:{session.member.email}"' in shown
    assert "after five" in shown
    assert "Europe/London" in shown
    assert "Mill Lane" not in shown  # no emergency
    assert "Ann" not in shown
    assert looks(asha) == 1


def test_of_an_emergency_it_is_shown_at_once_with_the_address(session, asha, profile):
    case = actions.claim(called(session, tier=0), asha)
    shown = case_page(asha, case)
    assert NUMBER in shown
    assert "1 Mill Lane" in shown
    assert "Ann, 020 7946 0001" in shown


def test_otherwise_it_is_shown_when_the_member_asked_for_a_call(session, asha, profile):
    case = actions.claim(called(session), asha)
    assert NUMBER not in case_page(asha, case)
    assert looks(asha) == 0
    actions.ask_to_be_reached(case, "call", "+15550100200")
    shown = case_page(asha, case)
    assert "+15550100200" in shown  # that of this case before that of the profile
    assert NUMBER not in shown
    assert looks(asha) == 1


def test_a_number_without_leave_is_shown_to_nobody(session, asha, profile):
    Profile.objects.update(may_call=False)
    case = actions.claim(called(session, tier=0), asha)
    assert NUMBER not in case_page(asha, case)


def test_it_is_shown_to_nobody_who_has_not_the_case(session, asha, profile, make_expert):
    case = called(session, tier=0)
    (offer,) = actions.dispatch(case)  # it rings at Asha's desk, and she reads along
    assert "please" in case_page(asha, case)
    assert NUMBER not in case_page(asha, case)
    chief = make_expert("Chief", supervisor=True)
    assert NUMBER in case_page(chief, case)
    actions.accept(offer, asha)
    assert NUMBER in case_page(asha, case)
    actions.hand_back(case, asha, "All is well.", outcome="advised")
    assert NUMBER not in case_page(asha, case)


def test_who_reads_the_thread_does_not_read_the_number_in_a_card(session, asha, profile):
    case = actions.ask_for_person(session)
    actions.ask_to_be_reached(case, "call", NUMBER)
    actions.dispatch(case)
    shown = case_page(asha, case)
    assert "We call you" in shown
    assert NUMBER not in shown
    assert looks(asha) == 0


def test_a_member_who_cannot_wait_says_how_to_reach_them_and_keeps_their_place(session):
    case = called(session)
    page = signed_in(session.member)
    assert (
        "Call me or write to me"
        in page.get(reverse("talk:live", args=[session.pk])).content.decode()
    )
    assert reach(session, by="call", phone="+44 20 7946 0000", when="mornings").status_code == 302
    after = Escalation.objects.get()
    assert (after.reach_by, after.reach_phone, after.reach_when) == ("call", NUMBER, "mornings")
    due = case.clocks.get(kind="accept").due_at
    assert (after.state, after.created_at) == (case.state, case.created_at)
    end_session(session)
    shown = page.get(reverse("talk:live", args=[session.pk])).content.decode()
    assert "We call you" in shown
    assert NUMBER not in shown  # experts read the same thread
    assert NUMBER in page.get(reverse("handoff:reach", args=[session.pk])).content.decode()
    assert case.clocks.get(kind="accept", stopped_at=None).due_at == due


@pytest.mark.parametrize("sent", [{"by": "call"}, {"by": "shout"}, {"by": "call", "phone": "soon"}])
def test_what_cannot_be_is_said_in_the_form(session, sent):
    called(session)
    assert reach(session, **sent).status_code == 422
    assert Escalation.objects.get().reach_by == ""


def test_nobody_says_it_for_somebody_else_or_for_nothing(session, make_session):
    called(session)
    stranger = make_session("Sven")
    assert reach(session, stranger.member, by="write").status_code == 404
    assert reach(stranger, by="write").status_code == 404


def test_calls_are_noted_at_the_desk(session, asha, profile):
    case = actions.claim(called(session, tier=0, ended=True), asha)
    page = signed_in(asha.user)
    url = reverse("handoff:call", args=[case.pk])
    assert page.post(url, {"result": "sang"}).status_code == 400
    for _twice in range(2):
        sent = {"result": "no_answer", "note": "Rang twice.", "key": "k1"}
        assert page.post(url, sent).status_code == 200
    assert case.events.filter(kind="no_answer").count() == 1
    shown = case_page(asha, case)
    assert "No answer" in shown
    assert "Rang twice." in shown
    assert "Look again by" in shown
    assert 'data-composer-mode="message"' in shown


def test_a_call_beside_a_live_talk_is_noted_and_changes_nothing_else(session, asha):
    case = actions.claim(called(session, tier=0), asha)
    actions.note_call(case, asha, "no_answer")
    after = Escalation.objects.get()
    assert (after.state, after.last_event) == ("assigned", case.last_event + 1)
