"""The order of the line, as laws: tiers are strict, and an emergency never stops ringing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.assignment import P0, Candidate, Case, Ring, fan_out, has_room, in_ring, last_ring
from handoff.line import Waiting, place, walk

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def scene(seed: int) -> tuple[list[Waiting], list[Candidate]]:
    """A line in order and a crowd, drawn so that the calls compete for the same few experts."""
    chance = Random(seed)

    def often() -> bool:
        return chance.random() < 0.8

    def some() -> frozenset[int]:
        return frozenset() if often() else frozenset(chance.sample(range(1, 6), 2))

    crowd = [
        Candidate(
            pk,
            frozenset({"nutrition", "crisis"} if often() else {"language"}),
            {"en" if often() else "de": "fluent" if often() else "basic"},
            capacity=chance.randint(1, 4),
            load=chance.randint(0, 2),
            available=often(),
            rung_for=() if often() else (chance.randint(0, 4),),
            supervisor=not often(),
            unresponsive=not often(),
        )
        for pk in range(1, chance.randint(2, 6))
    ]
    line = [
        Waiting(
            Case(
                pk,
                tier,
                chance.choice(["ASK", "SI-3"]),
                "nutrition" if often() else "language",
                "en" if often() else "de-AT",
            ),
            chance.randint(Ring.SPECIALTY, last_ring(tier)),
            some(),
            some(),
            some(),
            chance.random() < 0.5,
        )
        for pk, tier in enumerate(sorted(chance.randint(0, 4) for _ in range(4)), 1)
    ]
    return line, crowd


scenes = st.integers(0, 2**32).map(scene)
many = settings(max_examples=300)


def willing(call: Waiting, expert: Candidate) -> bool:
    missed = expert.pk in call.missed and call.case.tier != P0
    refused = expert.pk in call.declined or missed
    return expert.available and not expert.unresponsive and not refused


def could_take(call: Waiting, expert: Candidate, ring: int) -> bool:
    """Written from the words of the rule, beside the code that obeys it."""
    return willing(call, expert) and any(
        in_ring(call.case, expert, near) and has_room(call.case, expert, near)
        for near in range(Ring.SPECIALTY, ring + 1)
    )


@many
@given(scenes)
def test_no_lower_tier_is_offered_to_who_could_take_a_graver_call(drawn):
    line, crowd = drawn
    by_pk = {expert.pk: expert for expert in crowd}
    for call, plan in walk(line, crowd):
        for graver in (other for other in line if other.case.tier < call.case.tier):
            ring = last_ring(P0) if graver.case.tier == P0 else graver.ring
            for pk in plan.experts:
                assert pk not in graver.asked
                assert not could_take(graver, by_pk[pk], ring)


@many
@given(scenes)
def test_the_first_of_the_line_rings_at_as_many_as_it_may(drawn):
    line, crowd = drawn
    first = line[0]
    free = [e for e in crowd if could_take(first, e, first.ring) and e.pk not in first.asked]
    free = [e for e in free if not any(tier < first.case.tier for tier in e.rung_for)]
    plans = {call.case.pk: plan.experts for call, plan in walk(line, crowd)}
    places = max(0, fan_out(first.case.tier) - len(first.asked))
    assert len(plans.get(first.case.pk, [])) >= min(len(free), places)


@many
@given(scenes)
def test_an_emergency_never_stops_ringing(drawn):
    """It rings at somebody, unless nobody is there who has room and has not said no."""
    line, crowd = drawn
    emergency = replace(line[0], case=replace(line[0].case, tier=P0), ring=Ring.ANYBODY)
    rung = dict((call.case.pk, plan) for call, plan in walk([emergency], crowd))
    reachable = [
        expert
        for expert in crowd
        if expert.available
        and expert.pk not in emergency.declined
        and has_room(emergency.case, expert, Ring.ANYBODY)
    ]
    if reachable and not emergency.asked:
        assert rung[emergency.case.pk].experts


@many
@given(scenes)
def test_who_no_longer_answers_is_asked_for_an_emergency_alone_and_last(drawn):
    line, crowd = drawn
    by_pk = {expert.pk: expert for expert in crowd}
    for call, plan in walk(line, crowd):
        last = [pk for pk in plan.experts if by_pk[pk].unresponsive]
        if last:
            assert call.case.tier == P0
            assert not call.asked
            # Those before it in the line may have taken the places of the others.
            assert call != line[0] or not any(could_take(call, e, plan.ring) for e in crowd)


def test_calls_are_sorted_by_tier_then_who_lost_an_expert_then_the_deadline():
    hour = timedelta(hours=1)
    rows = [
        place(0, False, NOW + hour, NOW, 5),
        place(2, True, NOW + 9 * hour, NOW, 4),
        place(2, False, NOW - hour, NOW, 3),
        place(2, False, NOW, NOW - hour, 2),
        place(2, False, NOW, NOW, 1),
    ]
    assert sorted(rows) == rows
