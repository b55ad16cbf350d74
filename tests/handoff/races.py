"""Many at once. Run by test_races_postgres.py, where rows are really locked.

`RACE_ROUNDS` is how often each race is run: a few times in `make test`, many in `make faults`.
"""

import json
import os
import random
import threading
import time as wall
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections
from django.urls import reverse

from coach import clock
from coach.errors import CoachError
from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.nutrition.models import Meal
from coach.talk.actions import record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Card, Floor, Session
from handoff import actions, sweeper, tasks
from handoff.actions.capacity import load_of
from handoff.models import (
    OWNED_STATES,
    Escalation,
    Expert,
    IntakePause,
    Offer,
    Outbox,
    PushSubscription,
    WebHook,
)
from handoff.outside import outbox, push_key
from handoff.timeouts import OFFER_LIFE
from handoff.views import access
from tests.support.push_device import PushDevice
from tests.support.receiver import receiver
from tests.support.world import signed_in

State = Escalation.State
ROUNDS = int(os.environ.get("RACE_ROUNDS") or 3)
FETCH = {"X-Requested-With": "fetch"}
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks"),
]


def together(*jobs):
    """Run all at the same moment; returns what each returned or the error it raised."""
    answers = [None] * len(jobs)
    gate = threading.Barrier(len(jobs))

    def run(number, job):
        try:
            gate.wait(timeout=20)
            answers[number] = job()
        except Exception as error:  # noqa: BLE001  every outcome is looked at by the test
            answers[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "deadlock"
    return answers


def only_refusals(answers):
    """Losing a race is a CoachError; anything else is a defect."""
    unexpected = [a for a in answers if isinstance(a, Exception) and not isinstance(a, CoachError)]
    assert unexpected == []


def test_one_owner(make_session, make_expert):
    """I1, F10: eight accept at once, one has it, seven are told so."""
    experts = [make_expert(f"E{n}", capacity=12) for n in range(8)]
    for _ in range(ROUNDS):
        escalation = actions.raise_escalation(make_session(), "SI-3", 0, "x")
        actions.dispatch(escalation)
        for expert in experts:  # beyond the fan-out, so that all eight compete
            if not escalation.offers.filter(expert=expert).exists():
                Offer.objects.create(
                    escalation=escalation,
                    expert=expert,
                    created_at=escalation.created_at,
                    expires_at=escalation.created_at + OFFER_LIFE[0],
                )
        offers = list(escalation.offers.filter(state="pending").select_related("expert"))
        answers = together(*(lambda o=o: actions.accept(o, o.expert) for o in offers))
        only_refusals(answers)
        assert sum(isinstance(a, Escalation) for a in answers) == 1
        states = list(escalation.offers.values_list("state", flat=True))
        assert sorted(states) == ["accepted"] + ["rescinded"] * 7
        Escalation.objects.filter(pk=escalation.pk).update(state="active")
        Offer.objects.filter(escalation=escalation).update(ended_at=escalation.created_at)
        Escalation.objects.filter(pk=escalation.pk).update(state="resolved", note_for_coach="done")


def test_one_open_escalation_of_the_highest_severity(make_session):
    """I2: twenty triggers at once make one row, and nothing is lost of them."""
    for _ in range(ROUNDS):
        session = make_session()
        triggers = [("ASK", 3), ("ED-S", 2), ("ED-H", 1), ("SI-3", 0)] * 5
        answers = together(
            *(
                lambda c=code, t=tier, pk=session.pk: actions.raise_escalation(
                    Session.objects.get(pk=pk), c, t, "x"
                )
                for code, tier in triggers
            )
        )
        only_refusals(answers)
        assert not [a for a in answers if isinstance(a, Exception)]
        escalation = Escalation.objects.get(session=session)
        assert (escalation.tier, set(escalation.codes)) == (0, {"ASK", "ED-S", "ED-H", "SI-3"})
        assert Card.objects.filter(session=session, kind="crisis").count() == 1
        session.refresh_from_db()
        assert session.floor == Floor.SAFETY_HOLD
        seqs = list(escalation.events.values_list("seq", flat=True))
        assert seqs == list(range(1, len(seqs) + 1))


def test_capacity_holds(make_session, make_expert):
    """I4: nobody owns more than they can take, however fast they click."""
    for _ in range(ROUNDS):
        expert = make_expert(capacity=1)
        waiting = [actions.raise_escalation(make_session(), "ASK", 3, "x") for _ in range(6)]
        answers = together(*(lambda e=e, who=expert: actions.claim(e, who) for e in waiting))
        only_refusals(answers)
        assert load_of(expert) == 1
        Escalation.objects.filter(state="queued").delete()
        Expert.objects.update(active=False)


def test_dispatchers_offer_within_capacity(make_session, make_expert):
    """I4 and I14: five dispatchers over a full queue ring nobody beyond their capacity."""
    experts = [make_expert(f"E{n}", capacity=2) for n in range(3)]
    for _ in range(8):
        actions.raise_escalation(make_session(), "MED-U", 1, "x")
    for _ in range(ROUNDS):
        only_refusals(together(*[actions.dispatch_queue] * 5))
    for expert in experts:
        ringing = expert.offers.filter(state="pending").count()
        owned = expert.escalations.filter(state__in=OWNED_STATES).count()
        assert ringing + owned <= expert.capacity


def test_sweepers_and_tasks_do_not_double(make_session, make_expert):
    """I14, F7: three sweepers and two beats ring each waiting member's expert once."""
    for number in range(4):
        make_expert(f"E{number}", capacity=3)
    rows = [actions.raise_escalation(make_session(), "ASK", 3, "x") for _ in range(5)]
    for _ in range(ROUNDS):
        answers = together(
            *[sweeper.sweep_once] * 3,
            tasks.sweep_now,
            tasks.dispatch_now,
        )
        only_refusals(answers)
        assert not [a for a in answers if isinstance(a, Exception)]
    for row in rows:
        assert row.offers.filter(state="pending").count() <= 1
        row.refresh_from_db()
        assert [e.seq for e in row.events.all()] == list(range(1, row.last_event + 1))


def test_accept_around_the_deadline(make_session, make_expert):
    """I13: an offer is either accepted or timed out, never both and never neither."""
    for _ in range(ROUNDS):
        expert = make_expert(capacity=12)
        escalation = actions.raise_escalation(make_session(), "ASK", 3, "x")
        (offer,) = actions.dispatch(escalation)
        Offer.objects.filter(pk=offer.pk).update(
            expires_at=clock.now() + timedelta(milliseconds=40)
        )
        offer.refresh_from_db()

        def late(action, *args):
            wall.sleep(random.uniform(0.02, 0.06))
            return action(*args)

        only_refusals(
            together(
                lambda o=offer, e=expert: late(actions.accept, o, e),
                lambda o=offer: late(actions.expire, o),
            )
        )
        actions.expire(offer)
        offer.refresh_from_db()
        escalation.refresh_from_db()
        if offer.state == Offer.State.ACCEPTED:
            assert (escalation.state, escalation.owner) == (State.ASSIGNED, expert)
        elif offer.state == Offer.State.TIMED_OUT:
            assert (escalation.state, escalation.owner) == (State.QUEUED, None)
        else:  # refused by both, just before its end: a later walk ends it
            wall.sleep(0.06)
            assert actions.expire(offer)
        Expert.objects.update(active=False)
        # Nobody stands in the line before the next one.
        Escalation.objects.filter(state=State.QUEUED).update(state=State.CANCELLED)


def test_a_whole_talk_at_once_neither_deadlocks_nor_loses(make_session, make_expert):
    """F18: member, expert, colleague, sweepers and the lease all at the same row."""
    asha, bea = make_expert("Asha", capacity=6), make_expert("Bea", capacity=6)
    for turn in range(ROUNDS):
        session = make_session()
        escalation = actions.raise_escalation(session, "ASK", 3, "x")
        actions.claim(escalation, asha)
        pk = session.pk

        def fresh(pk=pk):
            return Session.objects.get(pk=pk)

        answers = together(
            lambda: record_turn(fresh(), "member", "I want to die", item_id="m1"),
            lambda: record_turn(fresh(), "coach", "Here is what I think", item_id="k1"),
            lambda e=escalation: actions.take_floor(e, asha, "text"),
            lambda e=escalation: actions.say(e, asha, "hello", "c1"),
            lambda e=escalation: actions.release(e, asha),
            lambda e=escalation: actions.claim(e, bea),
            lambda e=escalation: actions.hand_back(e, asha, "note", "advised"),
            lambda e=escalation: actions.cancel(e),
            sweeper.sweep_once,
            lambda: actions.go_available(asha),
        )
        only_refusals(answers)
        row = Escalation.objects.filter(session=session).open().first()
        assert row is None or row.next_action_at or row.owner
        session.refresh_from_db()
        seqs = sorted(
            [
                *session.turns.values_list("seq", flat=True),
                *session.cards.values_list("seq", flat=True),
            ]
        )
        assert seqs == list(range(1, session.last_seq + 1)), turn


def test_two_who_take_over_from_each_other_do_not_wait_for_each_other(make_session, make_expert):
    asha, bea = make_expert("Asha", capacity=12), make_expert("Bea", capacity=12)
    for _ in range(ROUNDS):
        pairs = ((asha, bea), (bea, asha))
        offers = []
        for owner, colleague in pairs:
            escalation = actions.raise_escalation(make_session(), "ASK", 3, "x")
            actions.claim(escalation, owner)
            offers.append(actions.transfer(escalation, owner, colleague))
        answers = together(*(lambda o=o: actions.accept(o, o.expert) for o in offers))
        assert not [a for a in answers if isinstance(a, Exception)]
        for offer in offers:
            actions.release(offer.escalation, offer.expert)
            Escalation.objects.filter(pk=offer.escalation_id).delete()


def test_supervisors_at_once_pause_once_and_ring_at_one_desk(make_session, make_expert):
    chiefs = [make_expert(f"C{n}", supervisor=True) for n in range(4)]
    experts = [make_expert(f"E{n}") for n in range(4)]
    for _ in range(5):
        answers = together(
            *(
                lambda c=chief: actions.pause_intake(c, timedelta(minutes=5), "why")
                for chief in chiefs
            )
        )
        only_refusals(answers)
        assert sum(isinstance(a, IntakePause) for a in answers) == 1
        actions.resume_intake(chiefs[0])
        case = actions.raise_escalation(make_session(), "ASK", 3, "x")
        answers = together(
            *(
                lambda c=chief, e=expert, row=case: actions.choose(row, c, e)
                for chief, expert in zip(chiefs, experts, strict=True)
            )
        )
        only_refusals(answers)
        assert case.offers.filter(state="pending").count() == 1
        actions.accept(case.offers.get(state="pending"), case.offers.get(state="pending").expert)
        Escalation.objects.filter(pk=case.pk).update(state="resolved", note_for_coach="done")


def test_one_mail_however_many_send(make_session, make_expert, mailoutbox):
    make_expert("Boss", supervisor=True)
    escalation = actions.raise_escalation(make_session(), "ASK", 3, "x")
    outbox.post(Outbox.Kind.OVERDUE, escalation, clock.now())
    row = Outbox.objects.get()
    assert sorted(together(*[lambda: outbox.send(row.pk)] * 6)) == [False] * 5 + [True]
    assert len(mailoutbox) == 1


def test_one_delivery_however_many_sweep_and_send(make_session, make_expert, settings):
    """F7: three sweepers and two workers tell each event once, those of a case in their order."""
    settings.PRIVATE_RECEIVERS = True
    asha = make_expert(capacity=12)
    with receiver() as there:
        WebHook.objects.create(name="Pager", url=there.url, events=WebHook.Event.values)
        cases = [actions.raise_escalation(make_session(), "ASK", 3, "x") for _ in range(4)]
        for case in cases:
            actions.claim(case, asha)

        def work():
            end = wall.monotonic() + 20
            while Outbox.objects.filter(channel="hook", sent_at=None).exists():
                assert wall.monotonic() < end
                for pk in outbox.waiting("hook"):
                    outbox.send(pk)

        answers = together(*[lambda: outbox.ring(clock.now())] * 3, work, work)
    assert not [a for a in answers if isinstance(a, Exception)]
    told = [json.loads(got.body) for got in there.got]
    assert len({body["id"] for body in told}) == len(told) == 8
    for case in cases:
        mine = [body["type"] for body in told if body["data"]["case"] == case.pk]
        assert mine == ["case.opened", "case.taken"]


def test_a_device_that_is_gone_is_forgotten_however_many_find_it(make_session, settings):
    settings.PRIVATE_RECEIVERS, settings.PUSH_SERVICES = True, ["127.0.0.1"]
    member = make_session().member
    with receiver() as service:
        keys = PushDevice(service, push_key.public_key()).keys
        service.answers = lambda _got: 410
        for _ in range(ROUNDS):
            told = actions.remember_device(
                member, keys["endpoint"], keys["key_of_device"], keys["auth"]
            )
            for _row in range(4):
                outbox.post_test_push(told, "/")
            sends = [partial(outbox.send, row.pk) for row in told.outbox.all()]
            assert together(*sends) == [False] * 4
            assert not PushSubscription.objects.exists()
            assert not Outbox.objects.filter(channel="push").exists()


def test_one_read_however_many_tabs(make_session, make_expert):
    asha = make_expert()
    for _ in range(ROUNDS):
        case = actions.raise_escalation(make_session(), "ASK", 3, "x")
        answers = together(*[lambda c=case: access.note_read(asha, c, "case")] * 4)
        answers += together(
            *[lambda c=case: access.note_console_read(asha.user, c.member_id, c.session_id)] * 4
        )
        assert answers == [None] * 8
        reads = case.session.reads.values_list("what", flat=True)
        assert sorted(reads) == ["case", "console"]


def test_one_change_however_often_its_form_is_sent(make_session, monkeypatch):
    """All who send the same key and words get the answer of the one that was first."""
    monkeypatch.setattr(store, "load_index", index_from_files)
    member, url = make_session().member, reverse("nutrition:log")
    for number in range(ROUNDS):
        pages = [signed_in(member) for _ in range(6)]
        form = {"said": "two eggs for breakfast", "key": f"key-{number}"}
        other = {"said": "a pear for lunch", "key": f"key-{number}"}
        answers = together(
            *(partial(page.post, url, form, headers=FETCH) for page in pages[1:]),
            partial(pages[0].post, url, other, headers=FETCH),
        )
        assert not [a for a in answers if isinstance(a, Exception)]
        assert Meal.objects.for_member(member).count() == number + 1
        said = Meal.objects.latest("pk").said
        equal = answers[:-1] if said == form["said"] else answers[-1:]
        refused = answers[-1:] if said == form["said"] else answers[:-1]
        assert {(a.status_code, a.content) for a in equal} == {(200, equal[0].content)}
        assert {(a.status_code, a.json()["code"]) for a in refused} == {(409, "other_content")}


def test_one_live_talk_however_many_pages_begin_one(make_session, persona):
    for _ in range(ROUNDS):
        member = make_session().member
        brief = make_brief(persona, member_name="Mina")
        answers = together(*[lambda m=member, b=brief: start_session(m, persona, b)] * 4)
        assert not [a for a in answers if isinstance(a, Exception)]
        assert Session.objects.for_member(member).live().count() == 1


def test_human_text_arrives_once_and_in_order(make_session, make_expert):
    """I6: the same message sent again by a nervous page is one turn."""
    asha = make_expert()
    escalation = actions.raise_escalation(make_session(), "ASK", 3, "x")
    actions.claim(escalation, asha)
    actions.take_floor(escalation, asha, "text")
    answers = together(
        *(
            lambda n=n: actions.say(escalation, asha, f"line {n % 4}", f"c{n % 4}")
            for n in range(12)
        )
    )
    assert not [a for a in answers if isinstance(a, Exception)]
    turns = escalation.session.turns.filter(speaker="expert")
    assert sorted(turns.values_list("client_id", flat=True)) == ["c0", "c1", "c2", "c3"]


def test_coach_is_silent_from_the_moment_the_expert_has_the_floor(make_session, make_expert):
    """I5: whatever the coach was about to say under the old epoch is refused."""
    asha = make_expert(capacity=12)
    for _ in range(ROUNDS):
        session = make_session()
        epoch = session.floor_epoch
        escalation = actions.raise_escalation(session, "ASK", 3, "x")
        actions.claim(escalation, asha)
        together(
            lambda e=escalation: actions.take_floor(e, asha, "text"),
            *(
                lambda n=n, pk=session.pk, old=epoch: record_turn(
                    Session.objects.get(pk=pk), "coach", "late", item_id=f"k{n}", epoch=old + 1
                )
                for n in range(4)
            ),
        )
        joined = session.turns.get(speaker="system").seq
        assert not session.turns.filter(speaker="coach", seq__gt=joined).exists()
        actions.hand_back(escalation, asha, "ok", "advised")
