"""A case at the desk, from the offer to the hand-back, by the addresses that the page uses."""

import pytest
from django.urls import reverse

from coach.people.actions import measure, save_profile, undo_measurement
from coach.people.health import Measured
from coach.talk.actions import end_session, record_turn
from coach.talk.models import Directive, Floor, Turn
from handoff import actions
from handoff.models import Escalation, Offer

pytestmark = pytest.mark.django_db
State = Escalation.State


@pytest.fixture
def desk(client, asha):
    """Posts and gets as Asha does; `desk("say", pk, text=…)`."""
    client.force_login(asha.user)

    def do(name, *args, since=None, **data):
        url = reverse(f"handoff:{name}", args=args)
        if name in ("desk", "queue", "offers", "case", "thread"):
            return client.get(url, {} if since is None else {"since": since})
        return client.post(url, data)

    return do


@pytest.fixture
def rung(session, asha):
    """An offer that rings for Asha."""
    record_turn(session, "member", "May I speak to a dietitian?", client_id="c1")
    escalation = actions.raise_escalation(session, "ASK", 3, "a dietitian?", "Asked.", "c1")
    (offer,) = actions.dispatch(escalation)
    return offer


def test_from_offer_to_hand_back(asha, desk, rung, session):
    offers = desk("offers").content.decode()
    assert f'data-offer="{rung.pk}"' in offers
    assert "a dietitian?" in offers
    pk = desk("accept", rung.pk).json()["case"]
    assert "a dietitian?" not in desk("offers").content.decode()
    case = desk("case", pk).content.decode()
    assert "May I speak to a dietitian?" in case
    assert 'data-evidence="c1"' in case
    assert 'data-composer-mode="watch"' in case

    assert desk("mode", pk, mode="text").json() == {"case": pk}
    session.refresh_from_db()
    assert session.floor == Floor.EXPERT
    assert 'data-composer-mode="text"' in desk("case", pk).content.decode()

    first = desk("say", pk, to="text", text="Hello, I am Asha.", client_id="m1").json()
    again = desk("say", pk, to="text", text="Hello, I am Asha.", client_id="m1").json()
    assert first == again
    assert Turn.objects.filter(speaker="expert").count() == 1
    thread = desk("thread", pk, since=first["seq"] - 1).content.decode()
    assert "Hello, I am Asha." in thread
    assert "May I speak" not in thread

    refused = desk("hand_back", pk, note="   ", outcome="advised")
    assert (refused.status_code, refused.json()["code"]) == (400, "note_required")
    session.refresh_from_db()
    assert session.floor == Floor.EXPERT
    done = desk(
        "hand_back",
        pk,
        note="No dairy for two weeks.",
        outcome="advised",
        flag_right="right",
        constraints=["no_weight", "something made up"],
    )
    assert done.status_code == 200
    row = Escalation.objects.get(pk=pk)
    assert (row.state, row.outcome, row.flag_right) == (State.RESOLVED, "advised", "right")
    assert row.constraints == ["no_weight"]
    session.refresh_from_db()
    assert session.floor == Floor.COACH
    told = Directive.objects.get(session=session, kind=Directive.Kind.HAND_BACK)
    assert "No dairy for two weeks." in told.text
    assert 'data-composer-mode="closed"' in desk("case", pk).content.decode()


def test_a_hand_back_says_how_it_ended(desk, with_expert):
    pk = with_expert().pk
    answer = desk("hand_back", pk, note="Be kind.", outcome="nonsense")
    assert (answer.status_code, answer.json()["code"]) == (400, "outcome_required")
    assert Escalation.objects.get(pk=pk).state == State.ACTIVE


def test_a_message_needs_the_floor_and_a_number(desk, with_expert, session):
    pk = with_expert().pk
    assert desk("say", pk, to="text", text="Hi").status_code == 400
    desk("mode", pk, mode="monitor")
    answer = desk("say", pk, to="text", text="Hi", client_id="m1")
    assert (answer.status_code, answer.json()["code"]) == (400, "no_floor")
    assert not session.turns.filter(speaker="expert").exists()


def test_guidance_goes_to_the_coach_and_not_into_the_thread(desk, with_expert, session):
    pk = with_expert().pk
    desk("mode", pk, mode="guide")
    assert 'data-composer-mode="guide"' in desk("case", pk).content.decode()
    before = session.turns.count()
    seen = desk("foresee", pk, text="Half is fine.").json()["message"]
    for _again in range(2):
        sent = desk("say", pk, to="guide", text="Half is fine.", client_id="g1", foreseen=seen)
        assert sent.status_code == 200
    assert session.turns.count() == before
    assert Directive.objects.get(session=session, kind="word").text == "Half is fine."


def test_modes_that_are_not_offered_are_refused(desk, with_expert):
    pk = with_expert().pk
    for mode in ("sing", "none", ""):
        assert desk("mode", pk, mode=mode).status_code == 400


def test_who_speaks_has_a_panel_for_it_and_may_write(desk, with_expert):
    pk = with_expert().pk
    assert "data-voice-panel" not in desk("case", pk).content.decode()
    assert desk("mode", pk, mode="voice").status_code == 200
    page = desk("case", pk).content.decode()
    assert 'data-composer-mode="voice"' in page
    assert "data-voice-panel" in page
    assert 'data-name-expert="Asha, dietitian"' in page
    assert desk("say", pk, to="text", text="And this link.", client_id="c1").status_code == 200


def test_decline_asks_others_and_stops_the_ringing(asha, desk, rung):
    assert desk("decline", rung.pk).status_code == 200
    assert "data-offer=" not in desk("offers").content.decode()
    rung.refresh_from_db()
    assert rung.state == Offer.State.DECLINED
    assert desk("accept", rung.pk).status_code == 409


def test_release_puts_it_back_into_the_queue(desk, with_expert):
    pk = with_expert().pk
    assert desk("release", pk).status_code == 200
    assert Escalation.objects.get(pk=pk).state == State.QUEUED
    assert desk("case", pk).status_code == 404


def test_who_missed_a_talk_that_ended_can_still_close_the_case(desk, with_expert, session):
    pk = with_expert().pk
    end_session(session)
    case = desk("case", pk).content.decode()
    assert 'data-composer-mode="message"' in case
    assert "Close the case" in case
    queue = desk("queue").content.decode()
    assert f'data-open-case="{pk}"' in queue
    early = desk("hand_back", pk, note="Called back.", outcome="advised")
    assert (early.status_code, early.json()["code"]) == (400, "not_contacted")
    sent = desk("say", pk, to="message", text="How are you?", client_id="m1")
    assert sent.json()["seq"] == session.turns.get(speaker="expert").seq
    assert desk("hand_back", pk, note="Written to.", outcome="advised").status_code == 200
    assert Escalation.objects.get(pk=pk).state == State.RESOLVED


def test_presence_is_chosen(desk, asha):
    for status in ("away", "draining", "offline", "available"):
        assert desk("presence", status=status, reason="lunch").status_code == 200
        asha.refresh_from_db()
        assert asha.status == status
    assert desk("presence", status="asleep").status_code == 400
    desk("presence", status="away", reason="lunch")
    assert "lunch" in desk("queue").content.decode()


def test_alive_runs_the_lease_on(desk, asha):
    type(asha).objects.filter(pk=asha.pk).update(lease_until=None)
    desk("alive")
    asha.refresh_from_db()
    assert asha.lease_until is not None


def test_the_desk_is_one_page_without_inline_style_or_script(desk, with_expert):
    pk = with_expert().pk
    for page in (desk("desk"), desk("case", pk), desk("queue")):
        html = page.content.decode()
        assert " style=" not in html
        assert "onclick" not in html


def test_a_member_asks_and_takes_it_back(client, session):
    client.force_login(session.member)
    asked = client.post(
        reverse("handoff:ask", args=[session.pk]),
        {"reason": "My stomach hurts."},
        headers={"X-Requested-With": "fetch"},
    )
    assert "dietitian" in asked.json()["message"]
    row = Escalation.objects.get(session=session)
    assert (row.quote, row.code) == ("My stomach hurts.", "ASK")
    client.post(reverse("handoff:cancel", args=[session.pk]))
    row.refresh_from_db()
    assert row.state == State.CANCELLED


def test_a_dietitian_sees_what_was_measured_whatever_numbers_the_member_hears(desk, rung, session):
    save_profile(session.member, {"eating_concern": True})
    found = [Measured("sugar", 110, "mg/dL"), Measured("weight", 51, "kg")]
    measure(session.member, found, session=session)
    case = desk("case", desk("accept", rung.pk).json()["case"]).content.decode()
    assert "110 mg/dL" in case
    assert "<summary>show</summary>" in case


def test_many_girths_hide_no_weight_sugar_or_pressure(desk, rung, session):
    girths = ["waist", "hips", "thigh", "chest", "arm", "calf", "neck"]
    found = [
        Measured("weight", 84, "kg", days_ago=3),
        Measured("weight", 83, "kg", days_ago=2),
        Measured("sugar", 110, "mg/dL", days_ago=2),
        Measured("pressure", 135, "mmHg", 85, days_ago=2),
        *(Measured(kind, 61, "cm") for kind in girths),
    ]
    rows = measure(session.member, found, session=session)
    undone = measure(session.member, [Measured("sugar", 333, "mg/dL")], session=session)
    undo_measurement(session.member, undone[0].pk)
    case = desk("case", desk("accept", rung.pk).json()["case"]).content.decode()
    assert all(row.amount in case for row in rows[1:])
    assert case.count("61 cm") == len(girths)
    assert "333" not in case
    assert f'<strong class="number">{rows[0].amount}' not in case


def test_a_desk_knows_how_many_are_open_so_that_not_all_ask_at_once(desk, make_expert):
    assert 'data-desks="1"' in desk("queue").content.decode()
    make_expert("Bea")
    assert 'data-desks="2"' in desk("desk").content.decode()


def test_who_is_asked_reads_how_well_they_speak_the_members_language(
    client, make_session, make_expert
):
    asha = make_expert(languages={"en": "native", "de": "basic"})
    client.force_login(asha.user)
    told = "which you speak a little"
    for language, level, little in (("en", "native", False), ("de-AT", "basic", True)):
        case = actions.raise_escalation(make_session(language=language), "ED-H", 1, "x")
        actions.dispatch(case)
        offers = client.get(reverse("handoff:offers")).content.decode()
        assert f"your level: {level}" in offers
        assert (told in offers) == little
        actions.accept(case.offers.get(), asha)
        page = client.get(reverse("handoff:case", args=[case.pk])).content.decode()
        assert (told in page) == little


def test_who_is_asked_in_a_language_of_others_reads_that_they_are(
    client, make_session, make_expert
):
    """An emergency rings at anybody in the end; whoever takes it knows what awaits them."""
    asha = make_expert(languages={"en": "fluent", "fr": "fluent"})
    client.force_login(asha.user)
    told = "which is not among your languages"
    for language, foreign in (("de-AT", True), ("fr-CA", False)):
        case = actions.raise_escalation(make_session(language=language), "SI-3", 0, "x")
        actions.dispatch(case)
        offer = case.offers.get(state="pending")
        assert (told in client.get(reverse("handoff:offers")).content.decode()) == foreign
        actions.accept(offer, asha)
        page = client.get(reverse("handoff:case", args=[case.pk])).content.decode()
        assert (told in page) == foreign
