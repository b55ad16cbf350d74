"""What supervisors do at the wall: choose an expert, raise and lower, pull, pause the intake."""

from datetime import timedelta

import pytest

from coach.errors import CoachError, Conflict, Refused
from coach.talk.actions import end_session
from coach.talk.models import Floor
from handoff import actions, sweeper
from handoff.actions.capacity import load_of
from handoff.estimates import wait_of
from handoff.models import Escalation, Expert, IntakePause, Offer, ServiceClock
from handoff.safety.status import wait_words
from handoff.timeouts import OFFER_LIFE, PAUSE_MAX
from handoff.wall.candidates import choices

pytestmark = pytest.mark.django_db
State = Escalation.State
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def boss(make_expert):
    return make_expert("Boss", supervisor=True, languages={"en": "fluent", "de": "fluent"})


@pytest.fixture
def bea(make_expert):
    return make_expert("Bea")


@pytest.fixture
def case(session):
    return actions.raise_escalation(session, "ASK", 3, "please")


def pending(case):
    return {offer.expert for offer in case.offers.filter(state=Offer.State.PENDING)}


# --- choose ---------------------------------------------------------------------------------------


def test_a_chosen_expert_is_asked_and_has_the_case_once_they_say_yes(case, boss, bea):
    offer = actions.choose(case, boss, bea, "You know Mina.")
    case.refresh_from_db()
    assert (case.state, case.owner) == (State.OFFERED, None)
    assert (offer.kind, offer.passed_by, offer.note) == ("chosen", boss, "You know Mina.")
    assert offer.expires_at == offer.created_at + OFFER_LIFE[3]
    event = case.events.get(kind="chosen")
    assert (event.actor, event.note) == (boss.user, "Bea: You know Mina.")
    assert actions.accept(offer, bea).owner == bea


def test_nobody_else_is_asked_meanwhile_unless_there_is_danger(make_session, asha, boss, bea):
    calm = actions.raise_escalation(make_session(), "ASK", 3, "x")
    actions.dispatch(calm)
    assert len(pending(calm)) == 1
    other = bea if pending(calm) == {asha} else asha
    actions.choose(calm, boss, other)
    sweeper.sweep_once()
    assert pending(calm) == {other}
    grave = actions.raise_escalation(make_session(), "MED-U", 1, "x")
    actions.dispatch(grave)
    rung = pending(grave)
    missing = ({asha, bea, boss} - rung).pop()
    actions.choose(grave, boss, missing)
    assert pending(grave) == rung | {missing}


def test_whoever_does_not_answer_leaves_it_in_the_line(case, boss, bea, time):
    actions.choose(case, boss, bea)
    time.advance(seconds=61)
    for expert in (boss, bea):
        actions.touch_presence(expert)
    sweeper.sweep_once()
    case.refresh_from_db()
    assert case.owner is None
    assert case.state in (State.QUEUED, State.OFFERED)


def make_unfit(why, case, expert, make_session, boss):
    if why == "full":
        for _ in range(expert.capacity):
            actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), expert)
    elif why == "away":
        actions.go_away(expert, "break")
    elif why == "draining":
        actions.drain(expert)
    elif why == "offline":
        Expert.objects.filter(pk=expert.pk).update(lease_until=None)
    elif why == "language":
        Expert.objects.filter(pk=expert.pk).update(languages={"de": "fluent"})
    elif why == "unresponsive":
        Expert.objects.filter(pk=expert.pk).update(status="unresponsive")
    elif why == "asked":
        actions.choose(case, boss, expert)
    elif why == "declined":
        actions.decline(actions.choose(case, boss, expert), expert)
    elif why == "graver":
        Expert.objects.exclude(pk=expert.pk).update(status="away")
        actions.dispatch(actions.raise_escalation(make_session(), "MED-U", 1, "x"))
        Expert.objects.filter(pk=boss.pk).update(status="available")


WHY = ("full", "away", "draining", "offline", "language", "unresponsive", "asked", "declined")


@pytest.mark.parametrize("why", [*WHY, "graver"])
def test_who_cannot_be_chosen_is_refused_with_the_reason(why, case, boss, bea, make_session, time):
    make_unfit(why, case, bea, make_session, boss)
    before = case.offers.count()
    bea.refresh_from_db()
    case.refresh_from_db()
    shown = {one.expert.pk: one.why_not for one in choices(case, time.now())}
    with pytest.raises(Refused) as refused:
        actions.choose(case, boss, bea)
    assert refused.value.code == why
    assert "Bea" in str(refused.value)
    assert case.offers.count() == before
    assert shown.get(bea.pk, str(refused.value)) == str(refused.value)  # the dialog says the same


def test_a_person_may_use_the_place_that_routing_keeps_free(case, boss, bea, make_session):
    for _ in range(bea.capacity - 1):
        actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), bea)
    Expert.objects.filter(pk=boss.pk).update(status="away")
    assert actions.dispatch(case) == []
    actions.accept(actions.choose(case, boss, bea), bea)
    assert load_of(bea) == bea.capacity


def test_the_note_is_taken_whole_or_not_at_all(case, boss, bea):
    with pytest.raises(Refused, match="too many"):
        actions.choose(case, boss, bea, "x" * 201)
    assert actions.choose(case, boss, bea, "x" * 200).note == "x" * 200


def test_what_somebody_has_is_not_assigned(case, asha, boss, bea):
    actions.claim(case, asha)
    with pytest.raises(actions.AlreadyTaken):
        actions.choose(case, boss, bea)


def test_what_is_to_be_followed_up_rings_too(case, boss, bea):
    end_session(case.session)
    case.refresh_from_db()
    assert case.state == State.FOLLOW_UP
    actions.accept(actions.choose(case, boss, bea), bea)
    case.refresh_from_db()
    assert case.owner == bea


def accept_clock(case):
    return ServiceClock.objects.get(escalation=case, kind="accept", stopped_at=None)


def accepted_by(case):
    return accept_clock(case).due_at


# --- raise, lower ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "card", "floor"),
    [(0, "crisis", Floor.SAFETY_HOLD), (1, "safety", Floor.COACH_WAITING)],
)
def test_what_is_raised_is_what_a_flag_would_have_raised(case, boss, tier, card, floor):
    before = accepted_by(case)
    raised = actions.raise_tier(case, boss, tier, "She sounds worse than it reads.")
    session = raised.session
    session.refresh_from_db()
    assert (raised.tier, session.floor) == (tier, floor)
    assert session.cards.filter(kind=card).exists()
    assert session.directives.filter(kind="script").exists()
    event = raised.events.get(kind="raised")
    assert (event.actor, event.changes["reason"]) == (boss.user, "She sounds worse than it reads.")
    assert accepted_by(raised) < before


def test_raising_and_lowering_say_why_and_go_their_own_way(case, boss, asha):
    with pytest.raises(Refused, match="Say why"):
        actions.raise_tier(case, boss, 2, " ")
    with pytest.raises(Refused, match="not higher"):
        actions.raise_tier(case, boss, 3, "why")
    with pytest.raises(Refused, match="not lower"):
        actions.lower(case, boss, 3, "why")
    with pytest.raises(Refused, match="supervisor"):
        actions.raise_tier(case, asha, 2, "why")
    assert case.events.count() == 1


def test_nobody_lowers_a_danger_that_they_have_not_seen(case, boss):
    """Screening raises it while the dialog of a supervisor is open."""
    actions.raise_escalation(case.session, "MED-U", 1, "my sugar is 60")
    with pytest.raises(Conflict, match="P1 by now"):
        actions.lower(case, boss, 4, "she only wants a recipe", seen=3)
    case.refresh_from_db()
    assert case.tier == 1
    assert actions.lower(case, boss, 4, "seen", seen=1).tier == 4


def test_a_closed_case_keeps_its_tier(session, with_expert, asha, boss):
    done = actions.hand_back(with_expert(), asha, "ok", "advised")
    for change, tier in ((actions.raise_tier, 0), (actions.lower, 4)):
        with pytest.raises(Refused, match="closed"):
            change(done, boss, tier, "why")


def test_what_is_lowered_is_in_time_by_its_new_tier(session, boss, time):
    case = actions.raise_escalation(session, "MED-U", 1, "x")
    time.advance(minutes=5)
    sweeper.sweep_once()
    assert accepted_by(case) < time.now()
    actions.lower(case, boss, 3, "it was a film")
    clock = accept_clock(case)
    assert (clock.due_at > time.now(), clock.stage) == (True, ServiceClock.Stage.RUNNING)


# --- pull -----------------------------------------------------------------------------------------


def test_whoever_looks_in_where_nobody_called_says_why(session, boss):
    with pytest.raises(Refused, match="Say why"):
        actions.pull(session, boss)
    assert not Escalation.objects.exists()
    case = actions.pull(session, boss, "the coach sounds odd")
    assert (case.owner, case.reason) == (boss, "Boss looked in on the talk: the coach sounds odd")


def test_a_call_that_is_over_before_it_is_taken_makes_no_new_one(session, boss):
    actions.cancel(actions.raise_escalation(session, "ASK", 3, "x"))
    with pytest.raises(Refused, match="The call is over") as refused:
        actions.pull(session, boss, called=True)
    assert refused.value.code == "over"
    assert not Escalation.objects.open().exists()


def test_a_call_whose_talk_ended_meanwhile_is_taken_to_follow_it_up(session, boss):
    case = actions.raise_escalation(session, "ASK", 3, "x")
    end_session(session)
    taken = actions.pull(session, boss, called=True)
    assert (taken, taken.owner, taken.state) == (case, boss, State.ASSIGNED)


# --- join ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["text", "voice", "guide"])
def test_a_supervisor_joins_and_who_writes_stays_until_they_take_the_floor(
    session, asha, boss, mode
):
    case = actions.claim(actions.raise_escalation(session, "ASK", 3, "x"), asha)
    actions.take_floor(case, asha, mode)
    joined = actions.pull(session, boss, "the advice is wrong", owner=asha.pk)
    session.refresh_from_db()
    assert (joined, joined.owner, joined.state) == (case, boss, State.ASSIGNED)
    told = case.events.get(kind="taken_over")
    assert (told.actor, told.note) == (boss.user, "the advice is wrong")
    stays = mode == "text"
    assert session.floor == (Floor.EXPERT if stays else Floor.COACH_WAITING)
    if stays:
        actions.say(case, asha, "Boss will be with you.", "c1")
    actions.take_floor(joined, boss, "text")
    with pytest.raises(CoachError):
        actions.say(case, asha, "One more thing.", "c2")
    assert (load_of(asha), load_of(boss)) == (0, 1)


def test_whoever_joins_says_why_is_a_supervisor_and_saw_whose_case_it_is(
    session, with_expert, asha, bea, boss
):
    case = with_expert()
    for who, reason, owner, refused in (
        (boss, "", asha, Refused),
        (bea, "why", asha, Refused),
        (boss, "why", bea, actions.AlreadyTaken),
    ):
        with pytest.raises(refused):
            actions.pull(session, who, reason, owner=owner.pk)
    case.refresh_from_db()
    assert case.owner == asha


def test_a_colleague_who_is_asked_to_take_it_over_is_asked_no_more(with_expert, asha, bea, boss):
    case = with_expert()
    offer = actions.transfer(case, asha, bea)
    actions.pull(case.session, boss, "why", owner=asha.pk)
    assert pending(case) == set()
    with pytest.raises(actions.AlreadyTaken):
        actions.accept(offer, bea)


# --- pause ----------------------------------------------------------------------------------------


def rung(case):
    case.refresh_from_db()
    return case.offers.filter(state=Offer.State.PENDING).exists()


@pytest.mark.parametrize("tier", range(5))
def test_in_a_pause_new_calls_wait_for_its_end_but_never_danger(
    tier, make_session, asha, boss, time
):
    before = actions.raise_escalation(make_session(), "ASK", 3, "x")
    time.advance(seconds=1)
    pause = actions.pause_intake(boss, HALF_HOUR, "team meeting")
    case = actions.raise_escalation(make_session(), "MED-U" if tier < 2 else "ASK", tier, "x")
    sweeper.sweep_once()
    assert rung(case) == (tier < 2)
    if tier >= 2:
        assert rung(before)  # whoever waits already is served
    actions.claim(before, asha)
    Expert.objects.update(lease_until=pause.until + HALF_HOUR, status="available")
    Offer.objects.filter(state="pending").update(expires_at=pause.until + HALF_HOUR)
    time.advance(minutes=29, seconds=58)
    sweeper.sweep_once()
    assert rung(case) == (tier < 2)
    time.advance(seconds=2)
    sweeper.sweep_once()
    assert rung(case)  # it has ended by itself


def test_members_are_told_until_when_they_wait(make_session, asha, boss, time):
    pause = actions.pause_intake(boss, HALF_HOUR, "team meeting")
    case = actions.ask_for_person(make_session())
    words = wait_words(case)
    assert wait_of(case).opens_at == pause.until
    assert f"No new requests are taken up before {pause.until:%A %H:%M}" in words
    assert "team meeting" not in words
    time.advance(minutes=30)
    actions.touch_presence(asha)
    assert "Usually under 5 minutes" in wait_words(case)


def test_whoever_waited_before_is_told_nothing_else(make_session, asha, boss, time):
    case = actions.ask_for_person(make_session())
    time.advance(seconds=1)
    words = wait_words(case)
    actions.pause_intake(boss, HALF_HOUR, "team meeting")
    assert wait_words(case) == words


def test_two_supervisors_do_not_pause_twice(boss, make_expert, time):
    other = make_expert("Vera", supervisor=True)
    actions.pause_intake(boss, HALF_HOUR, "team meeting")
    with pytest.raises(Conflict, match="already"):
        actions.pause_intake(other, HALF_HOUR, "too many")
    actions.resume_intake(other)
    with pytest.raises(Conflict, match="not paused"):
        actions.resume_intake(boss)
    actions.pause_intake(other, HALF_HOUR, "too many")
    time.advance(minutes=31)
    actions.pause_intake(boss, HALF_HOUR, "again")
    told = IntakePause.objects.order_by("starts_at").values_list("by__user__display_name", "reason")
    assert list(told) == [("Boss", "team meeting"), ("Vera", "too many"), ("Boss", "again")]
    ended = IntakePause.objects.filter(ended_at=None)
    assert [pause.reason for pause in ended] == ["again"]


@pytest.mark.parametrize("span", [timedelta(0), -HALF_HOUR, PAUSE_MAX + timedelta(seconds=1)])
def test_a_pause_has_an_end_and_a_reason(span, boss, asha):
    with pytest.raises(Refused, match="at most 4 hours"):
        actions.pause_intake(boss, span, "why")
    for expert, reason in ((boss, ""), (asha, "why")):
        with pytest.raises(CoachError):
            actions.pause_intake(expert, HALF_HOUR, reason)
    assert not IntakePause.objects.exists()
