"""Whatever people and timers do, in whatever order: what always holds of cases and offers."""

import contextlib
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from coach.errors import CoachError
from coach.talk.actions import end_session, record_turn
from handoff import actions, sweeper
from handoff.models import (
    OPEN_STATES,
    OWNED_STATES,
    TERMINAL_STATES,
    Escalation,
    Expert,
    Offer,
    ServiceClock,
)

State = Escalation.State
CODES = ("SI-3", "MED-U", "MED-S", "ASK", "ASK")  # one for each tier
number = st.integers(0, 7)
tiers = st.integers(0, 4)


class Desk(RuleBasedStateMachine):
    """Three experts and the talks of some members. What is refused changes nothing."""

    make_session = make_expert = time = None  # given by the test

    def __init__(self):
        super().__init__()
        self.stack = contextlib.ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        crew = ({"capacity": 1}, {"capacity": 2}, {"supervisor": True})
        self.experts = [self.make_expert(f"E{n}", **fields) for n, fields in enumerate(crew)]
        self.away = set()
        self.key = 0

    def teardown(self):
        self.stack.close()

    def pick(self, rows, n):
        rows = list(rows.order_by("pk"))
        return rows[n % len(rows)] if rows else None

    def on(self, row, verb, *args, **fields):
        """Do it, unless there is nothing to do it to or it is refused."""
        if row is not None:
            with contextlib.suppress(CoachError):
                verb(row, *args, **fields)

    def owned(self, n):
        return self.pick(Escalation.objects.filter(state__in=OPEN_STATES, owner__isnull=False), n)

    def waiting(self, n):
        return self.pick(Escalation.objects.filter(state__in=OPEN_STATES), n)

    # --- what members do --------------------------------------------------------------------------

    @initialize(first=tiers, second=tiers)
    def some_call(self, first, second):
        self.somebody_calls(first)
        self.somebody_calls(second)

    @rule(tier=tiers)
    def somebody_calls(self, tier):
        actions.raise_escalation(self.make_session(), CODES[tier], tier, "x")
        sweeper.sweep_once()

    @rule(n=number, tier=tiers)
    def flagged_again(self, n, tier):
        if case := self.waiting(n):
            actions.raise_escalation(case.session, CODES[tier], tier, "y", item_id=f"f{self.key}")

    @rule(n=number)
    def member_speaks(self, n):
        if case := self.waiting(n):
            self.key += 1
            record_turn(case.session, "member", "hello", item_id=f"m{self.key}")

    @rule(n=number)
    def member_leaves(self, n):
        if case := self.waiting(n):
            end_session(case.session)

    @rule(n=number)
    def member_cancels(self, n):
        self.on(self.waiting(n), actions.cancel)

    # --- what experts do --------------------------------------------------------------------------

    @rule(n=number, yes=st.booleans())
    def answer(self, n, yes):
        offer = self.pick(Offer.objects.filter(state=Offer.State.PENDING), n)
        if offer is not None:
            self.on(offer, actions.accept if yes else actions.decline, offer.expert)

    @rule(n=number, who=number)
    def claim(self, n, who):
        self.on(self.waiting(n), actions.claim, self.experts[who % 3])

    @rule(n=number, mode=st.sampled_from(["monitor", "guide", "text"]))
    def join(self, n, mode):
        if case := self.owned(n):
            self.on(case, actions.take_floor, case.owner, mode)

    @rule(n=number)
    def say(self, n):
        if case := self.owned(n):
            self.key += 1
            self.on(case, actions.say, case.owner, "hello", f"c{self.key}")

    @rule(n=number, verb=st.sampled_from(["release", "park"]))
    def give_up(self, n, verb):
        if case := self.owned(n):
            self.on(case, getattr(actions, verb), case.owner)

    @rule(n=number, outcome=st.sampled_from(["", "advised"]))
    def hand_back(self, n, outcome):
        if case := self.owned(n):
            self.on(case, actions.hand_back, case.owner, "ok", outcome)

    @rule(n=number, who=number)
    def transfer(self, n, who):
        if case := self.owned(n):
            self.on(case, actions.transfer, case.owner, self.experts[who % 3])

    @rule(who=number)
    def come_and_go(self, who):
        expert = self.experts[who % 3]
        self.away ^= {expert.pk}
        if expert.pk not in self.away:
            actions.go_available(expert)

    # --- what supervisors do ----------------------------------------------------------------------

    @rule(n=number, who=number)
    def choose(self, n, who):
        if case := self.waiting(n):
            self.on(case, actions.choose, self.experts[2], self.experts[who % 3])

    @rule(n=number, tier=tiers)
    def regrade(self, n, tier):
        if case := self.waiting(n):
            change = actions.raise_tier if tier < case.tier else actions.lower
            self.on(case, change, self.experts[2], tier, "why")

    @rule(minutes=st.sampled_from([0, 1, 30]))
    def pause(self, minutes):
        chief = self.experts[2]
        if minutes:
            self.on(chief, actions.pause_intake, timedelta(minutes=minutes), "why")
        else:
            self.on(chief, actions.resume_intake)

    # --- what time does ---------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([5, 16, 31, 61, 130, 1000, 4000]))
    def time_passes(self, seconds):
        self.time.advance(seconds=seconds)
        for expert in self.experts:
            if expert.pk not in self.away:
                actions.touch_presence(expert)
        sweeper.sweep_once()

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def nobody_is_forgotten(self):
        for case in Escalation.objects.filter(state__in=OPEN_STATES):
            assert case.next_action_at is not None or case.owner is not None

    @invariant()
    def one_owner_by_one_offer(self):
        for case in Escalation.objects.filter(state__in=OWNED_STATES):
            accepted = Offer.objects.filter(
                escalation=case, state=Offer.State.ACCEPTED, ended_at=None
            )
            assert [offer.expert_id for offer in accepted] == [case.owner_id]

    @invariant()
    def nobody_has_more_than_they_can(self):
        for expert in Expert.objects.filter(supervisor=False):
            load = Escalation.objects.filter(owner=expert, state__in=OWNED_STATES).count()
            assert load <= expert.capacity

    @invariant()
    def what_rings_may_ring(self):
        rings = {State.OFFERED, State.FOLLOW_UP, State.TRANSFERRING}
        ringing = Offer.objects.filter(state=Offer.State.PENDING).select_related("escalation")
        assert {offer.escalation.state for offer in ringing} <= rings

    @invariant()
    def danger_has_its_card_and_a_hand_back_its_note(self):
        for case in Escalation.objects.all():
            assert case.tier != 0 or case.crisis_card_id
            assert case.state not in (State.WRAP_UP, State.RESOLVED) or case.note_for_coach

    @invariant()
    def events_tell_the_row(self):
        for case in Escalation.objects.all():
            events = list(case.events.order_by("seq"))
            assert [event.seq for event in events] == list(range(1, case.last_event + 1))
            told, tier = {}, 4
            for event in events:
                lowered = event.changes.get("tier", tier) > tier
                assert not lowered or event.actor_id  # only a person lowers it
                tier = event.changes.get("tier", tier)
                told |= event.changes
            for column, value in told.items():
                row = getattr(case, column)
                assert (row.isoformat() if isinstance(row, datetime) else row) == value, column

    @invariant()
    def clocks_run_as_long_as_a_case_is_open(self):
        running = ServiceClock.objects.filter(stopped_at=None)
        kinds = {case: kind for case, kind in running.values_list("escalation", "kind")}
        for case in Escalation.objects.all():
            assert (case.pk in kinds) == (case.state not in TERMINAL_STATES)


@pytest.mark.django_db
def test_whatever_happens_what_must_hold_does(make_session, make_expert, time):
    given = {
        "make_session": staticmethod(make_session),
        "make_expert": staticmethod(make_expert),
        "time": time,
    }
    machine = type("GivenDesk", (Desk,), given)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=2,
            stateful_step_count=16,
            phases=(Phase.reuse, Phase.generate),  # each step is many statements: nothing shrinks
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
