"""The routing algorithm, without a database."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.assignment import Candidate, Case, Ring, fan_out, last_ring, plan, widened

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def case(tier=3, **fields):
    values = {"code": "ASK", "domain": "nutrition", "language": "en"} | fields
    return Case(1, tier, **values)


def who(pk, domains=("nutrition",), languages=("en",), capacity=3, load=0, **fields):
    return Candidate(pk, frozenset(domains), frozenset(languages), capacity, load, **fields)


def test_least_loaded_then_longest_idle():
    busy = who(1, load=1)
    fresh = who(2, idle_since=NOW)
    rested = who(3, idle_since=NOW - timedelta(hours=1))
    assert plan(case(), [busy, fresh, rested], 1).experts == [3]


def test_the_nearest_ring_comes_first():
    general = who(1)
    trained = who(2, domains=("nutrition", "eating_disorders"), load=1)
    assert plan(case(1, code="ED-H"), [general, trained], 2).experts == [2, 1]


def test_who_knows_the_member_is_asked_first_but_not_in_an_emergency():
    known, other = who(7, load=1), who(1)
    assert plan(case(3, preferred=7), [known, other], 0).experts == [7]
    assert plan(case(0, preferred=7), [known, other], 1).experts == [1, 7]


def test_empty_rings_are_passed_at_once():
    teacher = who(1, domains=("language",))
    answer = plan(case(), [teacher], 1)
    assert (answer.ring, answer.experts) == (Ring.LANGUAGE, [1])


def test_a_busy_ring_is_waited_for():
    answer = plan(case(), [who(1, capacity=1, load=1), who(2, domains=("language",))], 1)
    assert (answer.ring, answer.experts) == (1, [])


def test_other_languages_only_in_an_emergency():
    german = who(1, languages=("de",))
    assert plan(case(1, code="MED-U"), [german], 1).experts == []
    assert plan(case(0, code="SI-3"), [german], 1).experts == [1]


def test_supervisors_have_room_in_an_emergency():
    boss = who(1, supervisor=True, capacity=1, load=1)
    assert plan(case(0, code="SI-3"), [boss], Ring.SUPERVISORS).experts == [1]
    assert plan(case(3), [boss], Ring.LANGUAGE).experts == []


@pytest.mark.parametrize(("tier", "many"), [(0, 5), (1, 2), (2, 1), (3, 1)])
def test_how_many_are_rung_at_once(tier, many):
    crowd = [who(pk) for pk in range(1, 9)]
    assert len(plan(case(tier), crowd, 1).experts) == many == fan_out(tier)


def test_no_more_are_rung_while_enough_ring():
    assert plan(case(3), [who(1, asked=True), who(2)], 1).experts == []
    assert plan(case(1), [who(1, asked=True), who(2), who(3)], 1).experts == [2]


def test_who_declined_is_asked_last():
    said_no, other = who(1, declined=True), who(2, load=1)
    assert plan(case(), [said_no, other], 3).experts == [2]
    assert plan(case(), [said_no], 3).experts == []
    assert plan(case(), [said_no], 3, again=True).experts == [1]


def test_rings_widen_with_time_and_stop():
    assert widened(1, NOW, 2, NOW + timedelta(seconds=59)) == 1
    assert widened(1, NOW, 2, NOW + timedelta(seconds=60)) == 2
    assert widened(1, NOW, 2, NOW + timedelta(days=1)) == last_ring(2) == Ring.LANGUAGE
    assert widened(1, NOW, 0, NOW + timedelta(seconds=10)) == 2
    assert widened(1, NOW, 0, NOW + timedelta(days=1)) == Ring.ANYBODY
    assert widened(2, NOW, 0, NOW - timedelta(hours=1)) == 2  # a clock that went back


experts = st.builds(
    Candidate,
    pk=st.integers(1, 30),
    domains=st.frozensets(st.sampled_from(["nutrition", "language", "crisis", "clinical"])),
    languages=st.frozensets(st.sampled_from(["en", "de", "es"])),
    capacity=st.integers(1, 4),
    load=st.integers(0, 4),
    available=st.booleans(),
    ringing=st.integers(0, 2),
    supervisor=st.booleans(),
    asked=st.booleans(),
    declined=st.booleans(),
)


@given(
    st.lists(experts, max_size=12, unique_by=lambda e: e.pk),
    st.integers(0, 3),
    st.sampled_from(["ASK", "SI-3", "ED-H", "MED-E"]),
    st.integers(0, 5),
    st.booleans(),
)
def test_no_offer_to_who_is_not_eligible(crowd, tier, code, ring, again):
    """I11: whatever the crowd, nobody is rung who may not be."""
    answer = plan(case(tier, code=code), crowd, min(ring, last_ring(tier)), again=again)
    by_pk = {e.pk: e for e in crowd}
    assert len(answer.experts) <= fan_out(tier)
    assert len(set(answer.experts)) == len(answer.experts)
    assert answer.ring <= last_ring(tier)
    for pk in answer.experts:
        expert = by_pk[pk]
        assert expert.available
        assert not expert.asked
        assert "en" in expert.languages or (tier == 0 and answer.ring == Ring.ANYBODY)
        extra = expert.supervisor and answer.ring >= Ring.SUPERVISORS
        assert extra or expert.load + expert.ringing < expert.capacity
        if tier > 1 and expert.capacity > 1:
            assert expert.load + expert.ringing < expert.capacity - 1


def test_nobody_starves():
    """I12: with constant staff, each tier is served in the order of its deadlines."""
    chance = random.Random(7)
    waiting, served, clock = [], [], 0.0
    for number in range(2000):
        clock += chance.expovariate(1.0)
        tier = chance.choice([1, 2, 3])
        waiting.append((tier, clock + {1: 2, 2: 15, 3: 240}[tier], number))
        if chance.random() < 0.9:
            waiting.sort()
            served.append(waiting.pop(0))
    for tier in (1, 2, 3):
        deadlines = [due for t, due, _ in served if t == tier]
        assert deadlines == sorted(deadlines)
