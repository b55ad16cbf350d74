"""A level from objectives that were tried, a streak from days, and what a placement asks next."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.lessons.progress.actions import taught
from coach.lessons.progress.level import PRIOR, Observation, estimate
from coach.lessons.progress.placement import LEAST_STEPS, MOST_STEPS, is_over, next_step
from coach.lessons.progress.streak import streak
from coach.lessons.scenario import LEVELS

observed = st.lists(st.builds(Observation, st.sampled_from(LEVELS), st.booleans()), max_size=12)
TODAY = date(2026, 3, 10)
days = st.sets(st.integers(0, 40).map(lambda ago: TODAY - timedelta(days=ago)))


# --- the level ------------------------------------------------------------------------------------
def test_without_evidence_no_level_is_named():
    nothing = estimate([])
    assert not nothing.known
    assert nothing.weights == PRIOR
    low, high = nothing.range
    assert LEVELS.index(high) - LEVELS.index(low) >= 3


@pytest.mark.parametrize("level", LEVELS[:5])
def test_who_does_all_of_a_level_and_nothing_above_is_of_that_level(level):
    above = LEVELS[LEVELS.index(level) + 1]
    seen = [Observation(level, True)] * 9 + [Observation(above, False)] * 9
    found = estimate(seen)
    assert found.level == level
    assert found.certain


@settings(max_examples=40)
@given(observed)
def test_the_weights_are_a_distribution_in_whose_range_the_level_lies(seen):
    found = estimate(seen)
    assert sum(found.weights) == pytest.approx(1)
    low, high = found.range
    assert low <= found.level <= high
    inside = sum(w for level, w in zip(LEVELS, found.weights, strict=True) if low <= level <= high)
    assert inside >= 0.8 - 1e-9


@settings(max_examples=40)
@given(observed, st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(seen, random):
    mixed = seen[:]
    random.shuffle(mixed)
    assert estimate(mixed).weights == pytest.approx(estimate(seen).weights)


@settings(max_examples=40)
@given(observed, st.sampled_from(LEVELS))
def test_to_reach_an_objective_never_lowers_the_level(seen, level):
    before, reached = estimate(seen), estimate([*seen, Observation(level, True)])
    missed = estimate([*seen, Observation(level, False)])
    assert missed.level <= before.level <= reached.level


# --- a placement ----------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "ko"])
@pytest.mark.parametrize("can", [0, 1, 2, 3])
def test_a_placement_finds_who_can_do_all_up_to_a_level_in_six_to_eight_steps(language, can):
    seen, asked = [], set()
    lessons = taught(language)
    while not is_over(seen):
        step = next_step(lessons, asked, seen, 7)
        assert step is not None
        assert step.key not in asked
        asked.add(step.key)
        level = step.scenario.level
        seen.append(Observation(level, LEVELS.index(level) <= can))
    assert LEAST_STEPS <= len(seen) <= MOST_STEPS
    assert abs(LEVELS.index(estimate(seen).level) - can) <= 1


def test_openings_of_scenes_are_asked_first():
    step = next_step(taught("en"), set(), [], 1)
    assert step is not None
    assert step.objective is step.scenario.objectives[0]
    assert step.line == step.scenario.partner.opening


# --- the streak -----------------------------------------------------------------------------------
def ago(*days_ago):
    return {TODAY - timedelta(days=n) for n in days_ago}


@pytest.mark.parametrize(
    ("practised", "length", "forgiven"),
    [
        (ago(), 0, 0),
        (ago(0), 1, 0),
        (ago(1), 1, 0),  # today is not over
        (ago(2), 1, 1),  # yesterday was off
        (ago(3), 0, 0),
        (ago(0, 2), 2, 1),
        (ago(0, 2, 4), 2, 1),  # a second day off within the week
        (ago(0, 1, 2, 3, 5, 6), 6, 1),
        (ago(*range(1, 15), *range(16, 20)), 18, 1),
        (ago(0, 2, 3, 4, 5, 6, 7, 9), 8, 2),
    ],
)
def test_one_day_off_in_seven_is_forgiven(practised, length, forgiven):
    found = streak(practised, TODAY)
    assert (found.days, found.forgiven) == (length, forgiven)
    assert found.today == (TODAY in practised)


@settings(max_examples=40)
@given(days, st.integers(0, 40))
def test_to_practise_on_a_further_day_never_shortens_a_streak(practised, n):
    more = practised | ago(n)
    assert streak(more, TODAY).days >= streak(practised, TODAY).days


@settings(max_examples=40)
@given(days)
def test_a_streak_counts_only_days_of_practice(practised):
    found = streak(practised, TODAY)
    assert found.days <= len(practised)
    assert found.forgiven <= found.days


def test_one_scene_raises_nobody_by_two_levels():
    found = estimate([Observation("A2", True)] * 3)
    assert found.level == "B1"
    assert not found.certain
