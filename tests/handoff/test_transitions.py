"""The one way to change an escalation: guarded, counted, and written down."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import DateTimeField

from coach import wire
from handoff import actions
from handoff.actions import locks, queue, transitions
from handoff.actions.transitions import EscalationChanges
from handoff.models import OPEN_STATES, Escalation, EscalationEvent, Offer

State = Escalation.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(session):
    return actions.raise_escalation(session, "ASK", 3, "x")


def test_another_state_or_owner_changes_nothing_and_writes_nothing(waiting, asha):
    events = EscalationEvent.objects.count()
    assert not transitions.move(waiting, "x", from_states=(State.ACTIVE,), state=State.RESOLVED)
    assert not transitions.move(waiting, "x", owner=asha, state=State.RESOLVED)
    waiting.refresh_from_db()
    assert waiting.state == State.QUEUED
    assert EscalationEvent.objects.count() == events


def test_a_change_is_one_event_with_the_next_number(waiting, asha, time):
    before = waiting.last_event
    at = time.now()
    assert transitions.move(waiting, "tried", actor=asha.user, at=at, at_head=True, wrap_at=at)
    event = waiting.events.get(kind="tried")
    assert (event.seq, event.actor, event.at) == (before + 1, asha.user, at)
    assert event.changes == {"at_head": True, "wrap_at": at.isoformat()}
    assert (waiting.last_event, waiting.at_head, waiting.wrap_at) == (before + 1, True, at)


def test_a_row_that_another_one_points_at_is_read_anew(waiting, asha):
    transitions.move(waiting, "given", owner_id=asha.pk, state=State.ASSIGNED)
    assert waiting.owner == asha
    assert waiting.events.last().changes == {"owner_id": asha.pk, "state": "assigned"}


@pytest.mark.parametrize("state", [State.RESOLVED, State.CANCELLED])
def test_what_ends_rings_no_more(waiting, asha, state, pushes):
    actions.dispatch(waiting)
    transitions.move(waiting, "ended", state=state, note_for_coach="done")
    assert Offer.objects.get().state == Offer.State.CANCELED
    assert not Escalation.objects.open().exists()


@pytest.mark.parametrize(("tier", "state"), [(0, State.RESOLVED), (3, State.CANCELLED)])
def test_a_call_of_a_state_that_is_no_more_is_over(session, tier, state):
    escalation = actions.raise_escalation(session, "SI-3" if tier == 0 else "ASK", tier, "x")
    Escalation.objects.filter(pk=escalation.pk).update(state="merged")
    import_module("handoff.migrations.0006_no_merged").end(apps, None)
    escalation.refresh_from_db()
    assert escalation.state == state


def test_an_event_is_never_changed(waiting):
    event = waiting.events.first()
    event.kind = "other"
    with pytest.raises(TypeError):
        event.save()


def test_every_column_a_verb_may_write_is_one_of_the_table():
    columns = {field.attname for field in Escalation._meta.concrete_fields}
    assert set(EscalationChanges.__annotations__) <= columns
    beside = columns - set(EscalationChanges.__annotations__)
    # Made once, counted by the sweeper, or written with a script: no transition.
    assert beside == {
        "id",
        "session_id",
        "member_id",
        "attempts",
        "retry_at",
        "wait_told",
        "held_item",
        "scripts_said",
        "last_event",
    }


def test_each_time_of_a_column_is_a_time_of_the_changes():
    times = {
        field.attname for field in Escalation._meta.concrete_fields if type(field) is DateTimeField
    }
    for column in times & set(EscalationChanges.__annotations__):
        assert "datetime" in str(EscalationChanges.__annotations__[column])


# --- the queue ------------------------------------------------------------------------------------


def test_somebody_has_room_has_a_worker_look_and_writes_no_row(
    session, nudges, django_assert_num_queries, django_capture_on_commit_callbacks
):
    actions.ask_for_person(session)
    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(0):
        queue.wake_queue()
    assert nudges[-1] == (queue.SWEEP_NOW, ())


def test_a_verb_tells_the_desk_and_the_members_card(
    session, pushes, nudges, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.raise_escalation(session, "ASK", 3, "x")
    assert nudges[-1] == (queue.DISPATCH_NOW, ())
    told = {(group, type(event).__name__) for group, event in pushes}
    assert ("desk", "QueueChanged") in told
    assert (session.group, "DataChanged") in told


def told_of_the_queue(pushes):
    return {group for group, event in pushes if isinstance(event, wire.QueueChanged)}


def test_all_desks_hear_who_waits_and_of_a_case_in_hands_only_its_readers_do(
    session, asha, make_expert, pushes, django_capture_on_commit_callbacks
):
    """What fifty desks fetch for a case that only one of them shows, each talk waits for."""
    make_expert("Bea")  # who only looks at the queue
    case = actions.raise_escalation(session, "ASK", 3, "x")
    mine = {asha.group, "wall"}
    steps = [
        (lambda: actions.claim(case, asha), {"desk"}),
        (lambda: actions.take_floor(case, asha, "text"), mine),
        (lambda: actions.say(case, asha, "Hello.", "e1"), mine),
        (lambda: actions.take_floor(case, asha, "guide"), mine),
        (lambda: actions.hand_back(case, asha, "All is well.", "advised"), mine),
    ]
    for step, told in steps:
        pushes.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step()
        case.refresh_from_db()
        assert told_of_the_queue(pushes) == told
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.raise_escalation(session, "ASK", 3, "again")
    assert told_of_the_queue(pushes) == {"desk"}


def test_who_is_called_in_by_a_note_hears_of_the_case(
    with_expert, asha, make_expert, pushes, django_capture_on_commit_callbacks
):
    bea = make_expert("Bea")
    case = with_expert()
    actions.write_note(case, asha, f"@{bea.user.name} please look", "n1")
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_floor(case, asha, "guide")
    assert told_of_the_queue(pushes) == {asha.group, bea.group, "wall"}


def test_a_lost_transaction_nudges_nobody(session, nudges, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as kept:
        actions.raise_escalation(session, "ASK", 3, "x")
    assert kept
    assert nudges == []


# --- locks and the order of the queue -------------------------------------------------------------


def test_a_lock_returns_the_row_as_it_is_now(waiting):
    Escalation.objects.filter(pk=waiting.pk).update(reason="changed meanwhile")
    session, fresh = locks.lock_escalation(waiting)
    assert fresh.reason == "changed meanwhile"
    assert fresh.session is session


def test_who_is_served_first(make_session, time):
    rows = {}
    for name, code, tier in (
        ("today", "ASK", 3),
        ("soon", "MED-S", 2),
        ("urgent", "MED-U", 1),
        ("lost", "MED-U", 1),
        ("emergency", "SI-3", 0),
    ):
        rows[name] = actions.raise_escalation(make_session(), code, tier, "x")
        time.advance(seconds=1)
    Escalation.objects.filter(pk=rows["lost"].pk).update(at_head=True)
    order = list(Escalation.objects.in_order())
    names = ("emergency", "lost", "urgent", "soon", "today")
    assert order == [rows[name] for name in names]


@pytest.mark.parametrize("state", State.values)
def test_open_is_what_is_neither_resolved_nor_cancelled(state):
    assert Escalation(state=state).is_open == (state in OPEN_STATES)
