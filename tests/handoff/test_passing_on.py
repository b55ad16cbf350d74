"""A case is passed on to a colleague: warm, where the member is never alone, or cold."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coach.errors import Conflict, Refused
from coach.talk.models import Floor
from handoff import actions, sweeper
from handoff.actions.stays import staying
from handoff.models import Escalation, Offer
from handoff.timeouts import LEASE

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(make_expert):
    return make_expert("Bea")


def page(client, expert, case):
    client.force_login(expert.user)
    return client.get(reverse("handoff:case", args=[case.pk]))


def say(client, expert, case, text):
    client.force_login(expert.user)
    form = {"to": "text", "text": text, "client_id": f"c-{text}"}
    return client.post(reverse("handoff:say", args=[case.pk]), form).status_code


def test_warm_the_old_owner_stays_until_the_colleague_takes_the_floor(
    client, session, with_expert, asha, bea
):
    case = with_expert()
    offer = actions.transfer(case, asha, bea, "She is upset.", warm=True)
    client.force_login(bea.user)
    assert "Asha: She is upset." in client.get(reverse("handoff:offers")).content.decode()
    case = actions.accept(offer, bea)
    session.refresh_from_db()
    assert (case.owner, session.floor, session.floor_holder) == (bea, Floor.EXPERT, asha.user)

    assert say(client, asha, case, "Bea will be with you.") == 200
    assert "Bea has this case now. You stay" in page(client, asha, case).content.decode()
    shown = page(client, bea, case).content.decode()
    assert "Passed on by Asha." in shown
    assert "They stay until you take over" in shown

    actions.take_floor(case, bea, "text")
    session.refresh_from_db()
    assert session.floor_holder == bea.user
    assert say(client, asha, case, "One more thing") == 404
    assert page(client, asha, case).status_code == 404


def test_warm_the_coach_is_back_when_the_one_who_stayed_is_gone(
    session, with_expert, asha, bea, time
):
    case = actions.accept(actions.transfer(with_expert(), asha, bea, warm=True), bea)
    sweeper.sweep_once()
    session.refresh_from_db()
    assert session.floor_holder == asha.user
    time.advance(seconds=LEASE.total_seconds() + 1)
    actions.touch_presence(bea)
    sweeper.sweep_once()
    case.refresh_from_db()
    session.refresh_from_db()
    assert (case.owner, session.floor) == (bea, Floor.COACH_WAITING)
    assert session.turns.filter(speaker="system", text__contains="was lost").count() == 1


def test_cold_the_coach_is_there_until_the_colleague_takes_over(session, with_expert, asha, bea):
    case = with_expert()
    case = actions.accept(actions.transfer(case, asha, bea), bea)
    session.refresh_from_db()
    assert (case.owner, session.floor) == (bea, Floor.COACH_WAITING)
    with pytest.raises(Refused):
        actions.say(case, asha, "Hello", "c1")


def test_warm_a_member_who_listened_to_a_voice_hears_the_coach_meanwhile(session, asha, bea):
    case = actions.claim(actions.raise_escalation(session, "ASK", 2, "x"), asha)
    actions.take_floor(case, asha, "voice")
    case = actions.accept(actions.transfer(case, asha, bea, warm=True), bea)
    session.refresh_from_db()
    assert (case.owner, case.mode) == (bea, Escalation.Mode.NONE)
    assert (session.floor, session.expert_speaks) == (Floor.COACH_WAITING, False)


@pytest.mark.parametrize("other", [False, True])
def test_what_is_passed_on_already_is_passed_on_to_nobody_else(
    with_expert, asha, bea, make_expert, other
):
    case = with_expert()
    offer = actions.transfer(case, asha, bea)
    with pytest.raises(Conflict):
        actions.transfer(case, asha, make_expert("Cleo") if other else bea)
    assert list(Offer.objects.filter(kind=Offer.Kind.TRANSFER)) == [offer]


def test_who_declines_leaves_it_with_the_one_who_asked(session, with_expert, asha, bea):
    case = with_expert()
    actions.decline(actions.transfer(case, asha, bea, warm=True), bea)
    case.refresh_from_db()
    session.refresh_from_db()
    assert (case.owner, case.state, session.floor_holder) == (asha, "active", asha.user)


def test_a_colleague_who_never_comes_leaves_the_member_with_the_coach(
    session, with_expert, asha, bea
):
    case = actions.accept(actions.transfer(with_expert(), asha, bea, warm=True), bea)
    actions.release(case, bea)
    session.refresh_from_db()
    assert session.floor == Floor.COACH_WAITING
    assert not actions.staying(asha).exists()


def test_the_desk_offers_who_is_there_and_asks_them(client, with_expert, asha, bea, make_expert):
    make_expert("Away", here=False)
    case = with_expert()
    shown = page(client, asha, case).content.decode()
    shown = shown[shown.index('data-part="colleagues"') :]
    assert "<strong>Bea</strong>" in shown
    assert "<strong>Away</strong>" not in shown
    url = reverse("handoff:transfer", args=[case.pk])
    assert client.post(url, {"to": "0"}).status_code == 400
    asked = client.post(url, {"to": bea.pk, "how": "warm", "note": "Kidneys."})
    assert asked.json()["message"].startswith("Bea is asked.")
    offer = Offer.objects.get(kind=Offer.Kind.TRANSFER)
    assert (offer.passed_by, offer.note, offer.warm) == (asha, "Kidneys.", True)
    assert Escalation.objects.get().owner == asha


def test_who_has_passed_nothing_on_costs_each_look_at_the_queue_one_table(with_expert, asha, bea):
    with_expert()
    with CaptureQueriesContext(connection) as caught:
        assert not staying(asha)
    [query] = caught.captured_queries
    assert "JOIN" not in query["sql"]
