"""Whatever people and timers do, in whatever order: what always holds of cases and offers.

`MACHINE_EXAMPLES` and `MACHINE_STEPS` say how long it goes on: `make faults` has it run for long,
on SQLite and on PostgreSQL.
"""

import contextlib
import os
from datetime import timedelta

import pytest
from django.core import mail
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
from coach.talk.actions import answer_message, end_session, record_turn
from coach.talk.models import Floor, Session
from coach.talk.registries.screeners import Flag
from handoff import actions, sweeper, tasks
from handoff.actions import roster
from handoff.actions.flagging import act_on_flags
from handoff.assignment import in_ring
from handoff.models import OPEN_STATES, Escalation, EscalationEvent, Expert, Offer, OnCall, Outbox
from handoff.opening import on_call_now, today_at_desk
from handoff.outside import outbox
from tests.support.laws import broken_laws, left_lying

State = Escalation.State
CODES = ("SI-3", "MED-U", "MED-S", "ASK", "ASK")  # one for each tier
# Who speaks German and who knows of crises is one expert each; a teacher is of another field.
CREW = (
    {"capacity": 1},
    {
        "capacity": 2,
        "languages": {"en": "native", "de": "basic"},
        "domains": ["nutrition", "crisis"],
    },
    {"supervisor": True},
    {"capacity": 2, "domains": ["language"]},
)
number = st.integers(0, 7)
languages = st.sampled_from(["en", "en", "de"])
tiers = st.integers(0, 4)
SWEEPS_TO_REST = 4  # so many walks at most, until nothing is due any more


class Desk(RuleBasedStateMachine):
    """Some experts and the talks of some members. What is refused changes nothing.

    Not everybody may take everything: languages, fields, places and rights differ.
    """

    make_session = make_expert = time = None  # given by the test

    def __init__(self):
        super().__init__()
        self.stack = contextlib.ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        mail.outbox.clear()
        self.experts = [self.make_expert(f"E{n}", **fields) for n, fields in enumerate(CREW)]
        self.chief = next(expert for expert in self.experts if expert.supervisor)
        self.away = set()
        self.key = 0
        self.offers_seen = 0

    def teardown(self):
        self.stack.close()

    def pick(self, rows, n):
        rows = list(rows.order_by("pk"))
        return rows[n % len(rows)] if rows else None

    def on(self, row, verb, *args, **fields):
        """Do it, unless there is nothing to do it to or it is refused; whether it was done."""
        if row is not None:
            with contextlib.suppress(CoachError):
                verb(row, *args, **fields)
                return True
        return False

    def somebody(self, who):
        return self.experts[who % len(self.experts)]

    def owned(self, n):
        return self.pick(Escalation.objects.filter(state__in=OPEN_STATES, owner__isnull=False), n)

    def waiting(self, n):
        return self.pick(Escalation.objects.filter(state__in=OPEN_STATES), n)

    def new_key(self):
        self.key += 1
        return f"k{self.key}"

    # --- what members do --------------------------------------------------------------------------

    @initialize(first=tiers, second=tiers, language=languages)
    def some_call(self, first, second, language):
        self.somebody_calls(first, "en")
        self.somebody_calls(second, language)

    @rule(tier=tiers, language=languages)
    def somebody_calls(self, tier, language):
        session = self.make_session(language=language)
        actions.raise_escalation(session, CODES[tier], tier, "x")
        self.sweep()

    @rule(n=number)
    def member_asks_by_the_button(self, n):
        """Also once more, and in a talk whose case was closed."""
        if session := self.pick(Session.objects.live(), n):
            assert actions.ask_for_person(session).is_open

    @rule(n=number, by=st.sampled_from(["write", "call"]))
    def member_says_how_to_be_reached(self, n, by):
        self.on(self.waiting(n), actions.ask_to_be_reached, by)

    @rule(n=number, tier=tiers, times=st.integers(1, 2))
    def flagged_again(self, n, tier, times):
        """From a partial text and from the whole one, as a rule: the same turn counts once."""
        if case := self.waiting(n):
            item = self.new_key()
            for _ in range(times):
                session = Session.objects.get(pk=case.session_id)
                act_on_flags(session, [Flag(CODES[tier], tier, "y")], item, "member")
            assert case.session.flags.filter(item_id=item).count() == 1

    @rule(n=number, again=st.booleans())
    def member_speaks(self, n, again):
        if case := self.waiting(n):
            item = self.new_key()
            for _ in range(1 + again):
                record_turn(case.session, "member", "hello", item_id=item)

    @rule(n=number, late=st.booleans())
    def coach_speaks(self, n, late):
        """Of an epoch before the last move of the floor, or of this one."""
        if case := self.waiting(n):
            session = Session.objects.get(pk=case.session_id)
            epoch = session.floor_epoch - late
            turn = record_turn(session, "coach", "well", item_id=self.new_key(), epoch=epoch)
            assert turn is None or not (late or session.floor == Floor.EXPERT)

    @rule(n=number)
    def member_leaves(self, n):
        if case := self.waiting(n):
            end_session(case.session)

    @rule(n=number)
    def member_answers_after_the_talk(self, n):
        if case := self.waiting(n):
            self.on(case.session, answer_message, "I am here", self.new_key())

    @rule(n=number)
    def member_cancels(self, n):
        self.on(self.waiting(n), actions.cancel)

    # --- what experts do --------------------------------------------------------------------------

    @rule(n=number, yes=st.booleans())
    def answer(self, n, yes):
        offer = self.pick(Offer.objects.filter(state=Offer.State.PENDING), n)
        if offer is not None:
            in_time = offer.expires_at > self.time.now()
            done = self.on(offer, actions.accept if yes else actions.decline, offer.expert)
            assert in_time or not (done and yes)

    @rule(n=number, yes=st.booleans())
    def answer_what_has_ended(self, n, yes):
        offer = self.pick(Offer.objects.exclude(state=Offer.State.PENDING), n)
        if offer is not None:
            before = self.marks()
            verb = actions.accept if yes else actions.decline
            assert not self.on(offer, verb, offer.expert)
            assert self.marks() == before

    @rule(n=number, who=number)
    def claim(self, n, who):
        self.on(self.waiting(n), actions.claim, self.somebody(who))

    @rule()
    def pull(self):
        self.on(self.make_session(), actions.pull, self.chief, "it sounds odd")

    @rule(n=number, mode=st.sampled_from(["monitor", "guide", "text", "voice"]))
    def choose_a_mode(self, n, mode):
        if case := self.owned(n):
            self.on(case, actions.take_floor, case.owner, mode)

    @rule(n=number, leaves=st.booleans())
    def voice_line(self, n, leaves):
        """The socket of an expert's voice opens, and may close again."""
        if (case := self.owned(n)) and (line := actions.open_line(case, case.owner)) and leaves:
            actions.leave_line(line)

    @rule(n=number, again=st.booleans())
    def say(self, n, again):
        if case := self.owned(n):
            client_id = self.new_key()
            for _ in range(1 + again):
                self.on(case, actions.say, case.owner, "hello", client_id)

    @rule(n=number)
    def guide(self, n):
        if case := self.owned(n):
            self.on(case, actions.guide, case.owner, "no numbers, please", self.new_key())

    @rule(n=number)
    def stop_the_coach(self, n):
        """What it was saying is of an old epoch then."""
        if case := self.owned(n):
            before = Session.objects.get(pk=case.session_id).floor_epoch
            if self.on(case, actions.stop_coach, case.owner):
                assert record_turn(case.session, "coach", "well", epoch=before) is None

    @rule(n=number, result=st.sampled_from(["wrote", "reached", "no_answer"]))
    def follow_up(self, n, result):
        if case := self.owned(n):
            if result == "wrote":
                self.on(case, actions.write, case.owner, "how are you?", self.new_key())
            else:
                self.on(case, actions.note_call, case.owner, result)

    @rule(n=number, verb=st.sampled_from(["release", "park"]))
    def give_up(self, n, verb):
        if case := self.owned(n):
            self.on(case, getattr(actions, verb), case.owner)

    @rule(n=number, outcome=st.sampled_from(["", "advised"]), again=st.booleans())
    def hand_back(self, n, outcome, again):
        """And perhaps somebody gets back to the member on the next day."""
        if case := self.owned(n):
            day = today_at_desk(self.time.now()) + timedelta(days=1) if again else None
            self.on(case, actions.hand_back, case.owner, "ok", outcome, again_on=day)

    @rule(n=number, who=number)
    def call_in_a_colleague(self, n, who):
        if case := self.owned(n):
            note = f"@{self.somebody(who).user.name} what do you think?"
            self.on(case, actions.write_note, case.owner, note, self.new_key())

    @rule(n=number)
    def write_up(self, n):
        self.on(self.waiting(n), actions.complete, "advised")

    @rule(n=number, who=number, warm=st.booleans())
    def transfer(self, n, who, warm):
        if case := self.owned(n):
            self.on(case, actions.transfer, case.owner, self.somebody(who), warm=warm)

    @rule(n=number, tier=tiers)
    def lower(self, n, tier):
        self.on(self.waiting(n), actions.lower, self.chief, tier, "it was a quotation")

    @rule(who=number, chosen=st.sampled_from([actions.go_away, actions.drain, actions.go_offline]))
    def choose_not_to_be_asked(self, who, chosen):
        chosen(self.somebody(who))

    @rule(who=number)
    def come_and_go(self, who):
        """The page's socket drops, and its lease runs out; or its expert is back."""
        expert = self.somebody(who)
        self.away ^= {expert.pk}
        if expert.pk not in self.away:
            actions.go_available(expert)

    # --- what supervisors do ----------------------------------------------------------------------

    @rule(n=number)
    def join(self, n):
        if case := self.owned(n):
            self.on(case.session, actions.pull, self.chief, "why", owner=case.owner_id)

    @rule(n=number, who=number)
    def choose(self, n, who):
        if case := self.waiting(n):
            self.on(case, actions.choose, self.chief, self.somebody(who))

    @rule(n=number, tier=tiers)
    def regrade(self, n, tier):
        if case := self.waiting(n):
            change = actions.raise_tier if tier < case.tier else actions.lower
            self.on(case, change, self.chief, tier, "why")

    @rule(minutes=st.sampled_from([0, 1, 30]))
    def pause(self, minutes):
        if minutes:
            self.on(self.chief, actions.pause_intake, timedelta(minutes=minutes), "why")
        else:
            self.on(self.chief, actions.resume_intake)

    @rule(who=number)
    def begin_a_turn_on_call(self, who):
        at = self.time.now()
        OnCall.objects.create(
            expert=self.somebody(who), starts_at=at, ends_at=at + timedelta(hours=1)
        )

    # --- what time and processes do ---------------------------------------------------------------

    @rule(seconds=st.sampled_from([5, 16, 31, 61, 130, 1000, 4000, 90_000]), swept=st.booleans())
    def time_passes(self, seconds, swept):
        """With a sweeper, or while it is away."""
        self.time.advance(seconds=seconds)
        for expert in self.experts:
            if expert.pk not in self.away:
                actions.touch_presence(expert)
        if swept:
            self.sweep()

    @rule()
    def sweep(self):
        """Sweeping comes to rest soon, and then nothing that was due is left lying."""
        for _ in range(SWEEPS_TO_REST):
            before = self.marks()
            sweeper.sweep_once()
            if self.marks() == before:
                break
        else:
            raise AssertionError("the sweeper goes on although no time passes")
        assert left_lying(timedelta(seconds=1)) == []

    @rule(times=st.integers(1, 3))
    def messages_come_again(self, times):
        """A broker delivers late, out of order and several times."""
        mails = list(Outbox.objects.order_by("-pk").values_list("pk", flat=True)[:3])
        for _ in range(times):
            tasks.dispatch_now()
            for pk in mails:
                outbox.send(pk)
            tasks.sweep_now()
        sent = [message.extra_headers["Message-ID"] for message in mail.outbox]
        assert len(sent) == len(set(sent))

    def marks(self):
        """What any change of a case or an offer changes."""
        offers = Offer.objects.order_by("pk").values_list("pk", "state")
        return EscalationEvent.objects.count(), list(offers)

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def the_laws_hold(self):
        """I1 to I15 but two: I12 has a simulation, and I9 is told by I8."""
        assert broken_laws() == []

    @invariant()
    def no_step_failed(self):
        """What a timer cannot do is put off, and hides a fault of ours."""
        assert not Escalation.objects.filter(attempts__gt=0).exists()

    @invariant()
    def only_who_is_there_and_fits_is_asked(self):
        """I11: at the moment of the offer."""
        fresh = Offer.objects.filter(pk__gt=self.offers_seen, kind=Offer.Kind.ROUTED)
        on_call = on_call_now(self.time.now())
        for offer in fresh.select_related("expert", "escalation"):
            expert, case = offer.expert, roster.case_of(offer.escalation)
            assert expert.lease_until > offer.created_at
            assert expert.status in (Expert.Status.AVAILABLE, Expert.Status.UNRESPONSIVE)
            any_hour = expert.supervisor or expert.pk in on_call
            asked = roster.candidate(expert, owned=0, spoken=False, rung_for=(), any_hour=any_hour)
            assert any(in_ring(case, asked, ring) for ring in range(offer.ring + 1))
            self.offers_seen = max(self.offers_seen, offer.pk)


@pytest.mark.django_db
def test_whatever_happens_what_must_hold_does(make_session, make_expert, time):
    examples = int(os.environ.get("MACHINE_EXAMPLES") or 4)
    given = {
        "make_session": staticmethod(make_session),
        "make_expert": staticmethod(make_expert),
        "time": time,
    }
    machine = type("GivenDesk", (Desk,), given)
    long = (Phase.reuse, Phase.generate, Phase.shrink)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=int(os.environ.get("MACHINE_STEPS") or 20),
            # Each step is many statements: a short run does not shrink.
            phases=long if examples > 20 else long[:2],
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
