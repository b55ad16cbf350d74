"""The routing algorithm, without a database."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff import timeouts
from handoff.assignment import (
    Candidate,
    Case,
    Ring,
    fan_out,
    first_ring,
    has_room,
    in_ring,
    last_ring,
    plan,
    specialty,
    widened,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def case(tier=3, **fields):
    values = {"code": "ASK", "domain": "nutrition", "language": "en"} | fields
    return Case(1, tier, **values)


def who(pk, domains=("nutrition",), languages=("en",), capacity=3, load=0, **fields):
    if not isinstance(languages, dict):
        languages = dict.fromkeys(languages, "fluent")
    return Candidate(pk, frozenset(domains), languages, capacity, load, **fields)


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


BASIC = {"en": "basic"}


def test_who_speaks_it_a_little_is_asked_once_nobody_better_can_come_in_time():
    little, better = who(1, languages=BASIC), who(2, capacity=1)
    full = who(2, capacity=1, load=1)
    assert plan(case(), [little, better], Ring.RESERVES).experts == [2]
    for ring in range(Ring.SPECIALTY, Ring.RESERVES):
        assert plan(case(), [little, full], ring).experts == []
    assert plan(case(), [little, full], Ring.RESERVES).experts == [1]
    answer = plan(case(), [little], Ring.SPECIALTY)
    assert (answer.ring, answer.experts) == (Ring.RESERVES, [1])


def test_a_better_speaker_of_another_field_comes_before_one_of_the_field():
    little, teacher = who(1, languages=BASIC), who(2, domains=("language",))
    assert plan(case(), [little, teacher], Ring.RESERVES).experts == [2]


def test_whoever_knows_the_member_is_no_better_for_a_few_words():
    known, other = who(7, languages=BASIC), who(1)
    answer = plan(case(preferred=7), [known, other], Ring.KNOWN)
    assert (answer.ring, answer.experts) == (Ring.SPECIALTY, [1])


def test_in_an_emergency_the_mother_tongue_comes_first_and_a_few_words_before_none():
    german = {"de": "native"}
    crowd = [
        who(1, languages=german),
        who(2, languages=BASIC),
        who(3),
        who(4, languages={"en": "native"}, load=1),
    ]
    assert plan(case(0), crowd, Ring.ANYBODY).experts == [4, 3, 2, 1]


def test_who_speaks_it_well_shares_the_work_with_whom_it_is_the_mother_tongue():
    native, fluent = who(1, languages={"en": "native"}, load=1), who(2)
    assert plan(case(), [native, fluent], Ring.SPECIALTY).experts == [2]


def test_a_supervisor_who_is_full_is_not_called_for_what_is_no_danger():
    boss = who(1, supervisor=True, capacity=1, load=1)
    assert plan(case(3), [boss], Ring.RESERVES).experts == []
    assert plan(case(1), [boss], Ring.RESERVES).experts == [1]


def test_supervisors_have_room_in_an_emergency():
    boss = who(1, supervisor=True, capacity=1, load=1)
    assert plan(case(0, code="SI-3"), [boss], Ring.RESERVES).experts == [1]
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
    assert widened(1, NOW, 2, NOW + timedelta(days=1)) == last_ring(2) == Ring.RESERVES
    assert widened(1, NOW, 0, NOW + timedelta(seconds=10)) == 2
    assert widened(1, NOW, 0, NOW + timedelta(days=1)) == Ring.ANYBODY
    assert widened(2, NOW, 0, NOW - timedelta(hours=1)) == 2  # a clock that went back


experts = st.builds(
    Candidate,
    pk=st.integers(1, 30),
    domains=st.frozensets(st.sampled_from(["nutrition", "language", "crisis", "clinical"])),
    languages=st.dictionaries(
        st.sampled_from(["en", "de", "es"]), st.sampled_from(["native", "fluent", "basic"])
    ),
    capacity=st.integers(1, 4),
    load=st.integers(0, 4),
    available=st.booleans(),
    rung_for=st.lists(st.integers(0, 4), max_size=2).map(tuple),
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
        assert expert.languages.get("en") != "basic" or answer.ring >= Ring.RESERVES
        extra = expert.supervisor and tier <= 1 and answer.ring >= Ring.RESERVES
        # What rings for later tiers gives way; while a graver call rings, nothing else does.
        ringing = sum(rung <= tier for rung in expert.rung_for)
        assert extra or expert.load + ringing < expert.capacity
        if tier > 1 and expert.capacity > 1:
            assert expert.load + ringing < expert.capacity - 1
        assert min(expert.rung_for, default=tier) >= tier


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


# --- the rules as tables --------------------------------------------------------------------------

CRISIS = frozenset({"nutrition", "crisis"})
RINGS = (Ring.KNOWN, Ring.SPECIALTY, Ring.DOMAIN, Ring.LANGUAGE, Ring.RESERVES, Ring.ANYBODY)


@pytest.mark.parametrize(
    ("candidate", "rings"),
    [
        # Of a call for SI-3 in English, about nutrition, that expert 7 knows: the rings of each.
        (who(1, domains=CRISIS), {Ring.SPECIALTY, Ring.DOMAIN, Ring.LANGUAGE, Ring.ANYBODY}),
        (who(1), {Ring.DOMAIN, Ring.LANGUAGE, Ring.ANYBODY}),
        (who(1, domains=("crisis",)), {Ring.LANGUAGE, Ring.ANYBODY}),
        (who(1, domains=("language",)), {Ring.LANGUAGE, Ring.ANYBODY}),
        (who(7), {Ring.KNOWN, Ring.DOMAIN, Ring.LANGUAGE, Ring.ANYBODY}),
        (who(1, domains=CRISIS, languages=("de",)), {Ring.ANYBODY}),
        (who(7, languages=("de",)), {Ring.ANYBODY}),
        (who(7, domains=CRISIS, languages={"en": "basic"}), {Ring.RESERVES, Ring.ANYBODY}),
        (
            who(1, domains=("language",), supervisor=True),
            {Ring.LANGUAGE, Ring.RESERVES, Ring.ANYBODY},
        ),
    ],
)
def test_who_belongs_to_which_ring(candidate, rings):
    call = case(0, code="SI-3", preferred=7)
    assert {ring for ring in RINGS if in_ring(call, candidate, ring)} == rings


@pytest.mark.parametrize(
    ("tier", "preferred", "first", "last"),
    [
        (0, None, Ring.SPECIALTY, Ring.ANYBODY),
        (0, 7, Ring.SPECIALTY, Ring.ANYBODY),
        (1, 7, Ring.SPECIALTY, Ring.RESERVES),
        (2, 7, Ring.KNOWN, Ring.RESERVES),
        (3, 7, Ring.KNOWN, Ring.RESERVES),
        (3, None, Ring.SPECIALTY, Ring.RESERVES),
        (4, 7, Ring.KNOWN, Ring.RESERVES),
    ],
)
def test_where_a_tier_begins_and_ends(tier, preferred, first, last):
    assert (first_ring(tier, preferred), last_ring(tier)) == (first, last)


@pytest.mark.parametrize(
    ("tier", "capacity", "load", "ringing", "room"),
    [
        (3, 3, 0, 0, True),
        (3, 3, 1, 0, True),
        (3, 3, 2, 0, False),  # the last place is kept for an emergency
        (3, 3, 1, 1, False),
        (1, 3, 2, 0, True),
        (1, 3, 2, 1, False),
        (0, 3, 3, 0, False),
        (3, 1, 0, 0, True),  # with one place there is none to keep
        (3, 1, 0, 1, False),
        (2, 2, 1, 0, False),
        (1, 2, 1, 0, True),
    ],
)
def test_one_place_is_kept_for_emergencies(tier, capacity, load, ringing, room):
    candidate = who(1, capacity=capacity, load=load, rung_for=(tier,) * ringing)
    assert has_room(case(tier), candidate, Ring.DOMAIN) is room


@pytest.mark.parametrize("ring", RINGS)
def test_a_supervisor_has_room_only_when_called_as_such(ring):
    full = who(1, supervisor=True, capacity=1, load=1)
    assert has_room(case(0), full, ring) is (ring >= Ring.RESERVES)
    assert not has_room(case(2), full, ring)


@pytest.mark.parametrize(
    ("code", "skill"),
    [
        ("SI-5", "crisis"),
        ("SH", "crisis"),
        ("VIO", "crisis"),
        ("PSY", "crisis"),
        ("ED-H", "eating_disorders"),
        ("MED-W", "clinical"),
        ("SUP", "clinical"),
        ("SUB", "clinical"),
        ("ABU", "safeguarding"),
        ("AGE", "safeguarding"),
        ("ASK", ""),
        ("QLT", ""),
        ("EXP", ""),
    ],
)
def test_what_a_code_calls_for(code, skill):
    assert specialty(code) == skill


@pytest.mark.parametrize(
    ("tier", "seconds", "ring"),
    [
        (0, 9, 1),
        (0, 10, 2),
        (0, 39, 4),
        (0, 40, 5),
        (1, 30, 2),
        (1, 600, 4),
        (2, 60, 2),
        (3, 299, 1),
        (3, 300, 2),
        (4, 600, 2),
        (4, 86_400, 4),
    ],
)
def test_how_far_out_a_call_is_after_some_time(tier, seconds, ring):
    assert widened(Ring.SPECIALTY, NOW, tier, NOW + timedelta(seconds=seconds)) == ring


@pytest.mark.parametrize("tier", [2, 3, 4])
def test_a_member_who_waits_is_not_kept_for_an_expert_who_is_busy(tier):
    def ring_after(seconds, **how):
        return widened(Ring.KNOWN, NOW, tier, NOW + timedelta(seconds=seconds), **how)

    step = timeouts.RING_STEP[tier].total_seconds()
    assert [ring_after(19), ring_after(20)] == [Ring.KNOWN, Ring.SPECIALTY]
    assert [ring_after(19 + step), ring_after(20 + step)] == [Ring.SPECIALTY, Ring.DOMAIN]
    # After the talk nobody waits at a page: who knows the member has their whole step.
    after = [ring_after(step - 1, live=False), ring_after(step, live=False)]
    assert after == [Ring.KNOWN, Ring.SPECIALTY]


def test_every_tier_has_every_timeout():
    for table in (timeouts.TARGET, timeouts.RING_STEP, timeouts.OFFER_LIFE, timeouts.FIRST_WORD):
        assert len(table) == 5
        assert list(table) == sorted(table)  # nothing that is graver has more time


# --- properties -----------------------------------------------------------------------------------

cases = st.builds(
    case,
    st.integers(0, 4),
    code=st.sampled_from(["ASK", "SI-3", "ED-H", "MED-E", "ABU"]),
    domain=st.sampled_from(["nutrition", "language"]),
    language=st.sampled_from(["en", "de-AT"]),
    preferred=st.none() | st.integers(1, 30),
)
crowds = st.lists(experts, max_size=10, unique_by=lambda e: e.pk)


@given(cases, crowds, st.randoms(use_true_random=False))
def test_the_order_in_which_experts_are_read_changes_nothing(call, crowd, chance):
    ring = first_ring(call.tier, call.preferred)
    shuffled = list(crowd)
    chance.shuffle(shuffled)
    assert plan(call, crowd, ring) == plan(call, shuffled, ring)


@given(cases, crowds, st.integers(0, 5))
def test_a_plan_never_comes_nearer_again(call, crowd, ring):
    ring = min(ring, last_ring(call.tier))
    assert plan(call, crowd, ring).ring >= ring


@given(cases, crowds, st.integers(0, 5))
def test_whoever_is_passed_over_is_not_nearer_freer_or_longer_idle(call, crowd, ring):
    ring = min(ring, last_ring(call.tier))
    answer = plan(call, crowd, ring)
    by_pk = {e.pk: e for e in crowd}

    def place(expert):
        rings = range(first_ring(call.tier, call.preferred), answer.ring + 1)
        near = [r for r in rings if in_ring(call, expert, r) and has_room(call, expert, r)]
        return (near[0], expert.load / expert.capacity) if near else None

    left = [e for e in crowd if e.available and not e.asked and not e.declined]
    left = [e for e in left if min(e.rung_for, default=call.tier) >= call.tier]
    left = [e for e in left if e.pk not in answer.experts]
    for chosen in (by_pk[pk] for pk in answer.experts):
        for other in left:
            assert place(other) is None or place(chosen) <= place(other)


@given(cases, crowds)
def test_whoever_is_free_is_asked_when_the_last_ring_is_reached(call, crowd):
    rings = range(first_ring(call.tier, call.preferred), last_ring(call.tier) + 1)
    crowd = [e for e in crowd if not e.asked]
    free = [
        e
        for e in crowd
        if e.available
        and not e.declined
        and min(e.rung_for, default=call.tier) >= call.tier
        and any(in_ring(call, e, ring) and has_room(call, e, ring) for ring in rings)
    ]
    asked = plan(call, crowd, last_ring(call.tier)).experts
    assert len(asked) == min(len(free), fan_out(call.tier))
