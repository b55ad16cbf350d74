"""Whoever has handed a case back reads what stood there then, and nothing that came after."""

import pytest
from django.urls import reverse

from coach.talk.actions import add_card, end_session, record_turn
from coach.talk.models import Picture
from handoff import actions
from handoff.desk_consumer import DeskConsumer
from handoff.models import Escalation
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "said while Asha was there", "said to the coach alone"


def say(session, text):
    session.refresh_from_db()
    return record_turn(session, "member", text)


@pytest.fixture
def closed(session, with_expert, asha, time):
    """Asha has handed the talk back, and the member goes on."""
    case = with_expert()
    say(session, BEFORE)
    time.advance(seconds=1)
    actions.hand_back(case, asha, "All is well.", outcome="advised")
    time.advance(seconds=1)
    say(session, AFTER)
    return Escalation.objects.get()


def seen(expert, case):
    """Everything that the desk shows of a case."""
    page = signed_in(expert.user)
    urls = [reverse(f"handoff:{name}", args=[case.pk]) for name in ("case", "thread", "earlier")]
    urls += [urls[1] + "?since=0", urls[2] + "?before=1000"]
    return " ".join(page.get(url).content.decode() for url in urls)


def reads_live(expert, case):
    page = DeskConsumer()
    page.expert = expert
    return page._group_of(case.pk) is not None


def test_the_last_expert_reads_no_further_than_the_hand_back(closed, asha):
    shown = seen(asha, closed)
    assert BEFORE in shown
    assert "has handed back to" in shown
    assert AFTER not in shown
    assert not reads_live(asha, closed)


def test_nor_what_the_coach_shows_then(closed, asha, session, time):
    talk = [closed.session_id]
    card = add_card(session, "person", str(closed.pk))
    picture = Picture.objects.create(session=session, client_id="p", data=b"x", width=1, height=1)
    early = session.cards.order_by("seq").first()
    page = signed_in(asha.user)
    assert page.get(reverse("handoff:card", args=[*talk, early.seq])).status_code == 200
    assert page.get(reverse("handoff:card", args=[*talk, card.seq])).status_code == 404
    assert page.get(reverse("handoff:picture", args=[*talk, picture.pk])).status_code == 404


def test_nor_what_is_known_of_the_member_today(closed, asha):
    shown = seen(asha, closed)
    assert "what came after it is not shown" in shown
    assert "Today" not in shown
    assert "Local time" not in shown


def test_a_supervisor_reads_every_talk(closed, make_expert):
    chief = make_expert("Chief", supervisor=True)
    assert AFTER in seen(chief, closed)
    assert reads_live(chief, closed)


def test_a_write_up_that_is_left_open_reads_no_further_either(session, with_expert, asha, time):
    case = with_expert()
    time.advance(seconds=1)
    actions.hand_back(case, asha, "All is well.")  # the outcome comes later
    time.advance(seconds=1)
    say(session, AFTER)
    assert AFTER not in seen(asha, case)


def test_while_the_case_is_theirs_they_read_on(session, with_expert, asha):
    case = with_expert()
    say(session, BEFORE)
    assert BEFORE in seen(asha, case)
    assert reads_live(asha, case)


def test_a_new_call_of_the_same_talk_opens_it_again(closed, asha, session, make_expert):
    again = actions.raise_escalation(session, "ASK", 3, "please")
    (offer,) = actions.dispatch(again)
    assert offer.expert == asha
    assert AFTER in seen(asha, again)  # it rings
    assert AFTER not in seen(asha, closed)
    actions.accept(offer, asha)
    assert AFTER in seen(asha, again)


def test_who_takes_what_was_handed_back_reads_alone(session, asha, make_expert, time):
    """The case went back to the queue: for who had it, it ended there."""
    case = actions.claim(actions.raise_escalation(session, "ASK", 3, "please"), asha)
    end_session(session)
    time.advance(hours=2)
    say(session, "an answer that wakes it")  # Asha is gone: it rings
    bea = make_expert("Bea")
    case = actions.claim(Escalation.objects.get(), bea)
    time.advance(seconds=1)
    say(session, AFTER)
    assert AFTER in seen(bea, case)
    assert AFTER not in seen(asha, case)
