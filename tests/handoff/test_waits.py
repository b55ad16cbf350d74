"""Estimates: as laws of the pure part, and as members read them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import clock
from coach.talk.actions import end_session
from handoff import actions
from handoff.estimates import _lengths, tell_waits, wait_of
from handoff.models import Escalation
from handoff.safety.status import wait_words
from handoff.waits import PRIOR_WEIGHT, RANGES, USUAL, Standing, expected, range_of, usual_length

spans = st.integers(0, 600).map(lambda minutes: timedelta(minutes=minutes))
standings = st.builds(Standing, st.integers(0, 50), st.integers(0, 9), st.integers(0, 30), spans)


@given(standings, spans)
def test_nobody_is_told_less_than_somebody_before_them_has_waited(standing, usual):
    wait = expected(standing, usual)
    low, high = range_of(wait)
    assert wait >= standing.oldest
    assert high is None or timedelta(minutes=high) > standing.oldest
    assert timedelta(minutes=low) <= wait


@given(standings, spans, st.integers(1, 5))
def test_more_before_is_never_sooner_and_more_experts_never_later(standing, usual, more):
    wait = expected(standing, usual)
    behind = Standing(standing.before + more, standing.free, standing.places, standing.oldest)
    staffed = Standing(
        standing.before, standing.free + more, standing.places + more, standing.oldest
    )
    assert expected(behind, usual) >= wait >= expected(staffed, usual)


def test_ranges_follow_each_other_and_have_no_end():
    assert [low for low, _ in RANGES[1:]] == [high for _, high in RANGES[:-1]]
    assert (RANGES[0][0], RANGES[-1][1]) == (0, None)


def test_few_conversations_change_the_usual_length_little():
    hour = timedelta(hours=1)
    assert usual_length([]) == USUAL
    assert usual_length([hour] * (PRIOR_WEIGHT - 1)) == USUAL
    assert usual_length([hour] * (PRIOR_WEIGHT + 1)) == hour


# --- rows -----------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(make_session, make_expert):
    """An expert whose only place is taken."""
    expert = make_expert(capacity=1)
    actions.claim(actions.ask_for_person(make_session()), expert)
    return expert


def test_beside_somebody_who_waits_an_hour_nobody_is_told_five_minutes(make_session, full, time):
    actions.ask_for_person(make_session())
    time.advance(minutes=65)
    actions.touch_presence(full)
    asked = actions.ask_for_person(make_session())
    assert wait_of(asked).range == (60, 120)
    assert "About 1 to 2 hours. 1 person is before you." in wait_words(asked)


def test_the_line_of_others_is_not_theirs(make_session, make_expert, full):
    """Who is served in another language waits for other people."""
    make_expert("Berta", languages={"de": "fluent"}, capacity=1)
    for _ in range(4):
        actions.ask_for_person(make_session())
    german = actions.ask_for_person(make_session(language="de"))
    assert (wait_of(german).range, wait_of(german).before) == ((0, 5), 0)


def test_a_member_is_told_again_when_their_estimate_changes_and_only_then(
    make_session, make_expert, full, pushes, django_capture_on_commit_callbacks
):
    first, second = (actions.ask_for_person(make_session()) for _ in range(2))

    def told():
        pushes.clear()
        with django_capture_on_commit_callbacks(execute=True):
            tell_waits(clock.now())
        return {group for group, _event in pushes}

    assert told() == {first.session.group, second.session.group}
    assert told() == set()
    actions.cancel(first)
    assert told() == {second.session.group}


def test_far_back_in_a_line_a_departure_is_told_when_what_is_shown_changes(
    make_session, make_expert, monkeypatch
):
    monkeypatch.setattr("handoff.estimates.NEAR", 1)
    monkeypatch.setattr("handoff.safety.status.NEAR", 1)
    make_expert(capacity=1)
    line = [actions.ask_for_person(make_session()) for _ in range(5)]
    tell_waits(clock.now())
    assert "More than 1 people are before you." in wait_words(line[4])
    actions.cancel(line[0])
    assert tell_waits(clock.now()) == 3  # the last one reads the same as before
    assert wait_of(line[4]).before == 3


def test_a_long_line_that_is_told_the_same_is_written_by_few_statements(
    make_session, full, django_assert_max_num_queries
):
    for _ in range(20):
        actions.raise_escalation(make_session(), "ASK", 3, "x")
    Escalation.objects.update(wait_told="")
    with django_assert_max_num_queries(20):
        assert tell_waits(clock.now()) >= 20
    assert not Escalation.objects.filter(wait_told="", owner=None).exists()


def test_who_has_left_makes_nobodys_estimate_longer(make_session, full, time):
    gone = make_session()
    actions.ask_for_person(gone)
    end_session(gone)
    time.advance(hours=5)
    actions.touch_presence(full)
    assert wait_of(actions.ask_for_person(make_session())).range == (10, 20)


def test_a_case_that_was_followed_up_is_no_usual_conversation(make_session, asha, time):
    live, followed = (actions.claim(actions.ask_for_person(make_session()), asha) for _ in range(2))
    time.advance(minutes=12)
    end_session(followed.session)
    Escalation.objects.filter(pk=live.pk).update(wrap_at=time.now())
    time.advance(hours=24)
    Escalation.objects.filter(pk=followed.pk).update(wrap_at=time.now())
    (length,) = _lengths(live.domain, time.now())
    assert length < timedelta(hours=1)


def test_an_emergency_has_no_estimate_and_is_before_all(make_session, full):
    asked = actions.ask_for_person(make_session())
    before = wait_of(asked).before
    grave = actions.raise_escalation(make_session(), "SI-3", 0, "x")
    assert wait_of(grave).range is None
    assert "minute" not in wait_words(grave)
    assert wait_of(asked).before == before + 1
    assert Escalation.objects.in_order().exclude(owner=full).first() == grave
