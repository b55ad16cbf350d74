"""A short day of the simulation: tiers are strict, and nobody starves within one."""

from collections import defaultdict
from statistics import mean

import pytest

from tests.bench.routing import simulation
from tests.bench.routing.policies import ChatwootV2, FirstCome, Ours, TaskRouter, place, speaks
from tests.bench.routing.world import make_world

HOUR = 3600


@pytest.fixture(scope="module", params=[1, 2])
def short_day(request):
    """The calls of an hour, what was rung for in which order, and who was overtaken."""
    calls, crew = make_world(request.param, HOUR)
    by_pk = {worker.pk: worker for worker in crew}
    first_rung: dict[tuple[object, ...], list[tuple[object, ...]]] = defaultdict(list)
    rung, overtaken = set(), []

    def watch(chosen, waiting, asked, crew, at):
        for call, experts in chosen:
            if experts and call.pk not in rung:
                rung.add(call.pk)
                same = (call.tier, call.domain, call.language, call.code)
                first_rung[same].append(place(call))
            for pk in experts:
                overtaken.extend(
                    (call, graver)
                    for graver in waiting
                    if graver.tier <= 1 < call.tier
                    and speaks(graver, by_pk[pk])
                    and graver.domain in by_pk[pk].domains
                    and len(by_pk[pk].has) < by_pk[pk].capacity
                    and pk not in asked[graver.pk].declined
                    and pk not in asked[graver.pk].missed
                    and asked[graver.pk].ring >= 2  # the ring of the domain
                )

    simulation.Simulation(calls, crew, Ours(), watch).run()
    return calls, first_rung, overtaken


def test_danger_never_waits_behind_a_lower_tier(short_day):
    calls, _, overtaken = short_day
    assert overtaken == []
    waits = defaultdict(list)
    for call in calls:
        waits[call.tier <= 1].append(call.begun - call.created)
    assert mean(waits[True]) < mean(waits[False])


def test_nobody_starves_and_each_kind_of_call_is_rung_in_the_order_of_its_deadlines(short_day):
    calls, first_rung, _ = short_day
    assert all(call.begun is not None for call in calls)
    for order in first_rung.values():
        assert order == sorted(order)


@pytest.mark.parametrize("policy", [FirstCome, ChatwootV2, TaskRouter])
def test_the_other_rules_serve_everybody_too(policy):
    calls, crew = make_world(3, HOUR / 4)
    simulation.Simulation(calls, crew, policy()).run()
    assert all(call.begun is not None for call in calls)


def german_calls(*, little):
    """Half an hour in which three of six who speak German speak it well: share of the others."""
    calls, crew = make_world(4, HOUR / 2)
    weak = [worker for worker in crew if worker.pk in (0, 4, 8)]
    for worker in weak:
        if little:
            worker.languages, worker.little = frozenset({"en"}), frozenset({"de"})
    simulation.Simulation(calls, crew, Ours()).run()
    german = [call for call in calls if call.language == "de"]
    assert all(call.begun is not None for call in german)
    return mean(call.expert in {worker.pk for worker in weak} for call in german)


def test_who_speaks_a_little_of_it_has_fewer_of_those_calls():
    assert german_calls(little=True) < german_calls(little=False) / 2
