"""What is not scored in a lesson: the learner's sentences as they were written, and no others."""

import pytest

from coach.lessons.files import catalogue
from coach.lessons.rehearsed_lines import is_for_the_learner
from coach.lessons.understanding.text import even
from coach.lessons.wording import fill

LESSONS = sorted(catalogue())


def learner_lines(scenario):
    return {
        *scenario.phrases,
        *(line for objective in scenario.objectives for line in objective.said),
        *(line for aside in scenario.asides for line in aside.when),
    }


@pytest.mark.parametrize("slug", LESSONS)
def test_what_a_learner_is_to_say_is_known_with_a_word_in_each_slot(slug):
    scenario = catalogue()[slug]
    said = [fill(scenario, line, {}) for line in learner_lines(scenario)]
    assert [line for line in said if not is_for_the_learner(slug, line)] == []


@pytest.mark.parametrize("slug", LESSONS)
def test_a_word_more_or_another_order_is_the_learners_own(slug):
    scenario = catalogue()[slug]
    said = [fill(scenario, line, {}) for line in learner_lines(scenario) if line.count(" ") > 2]
    own = [f"{line} tonight forever" for line in said]
    turned = [" ".join(reversed(line.split())) for line in said]
    assert [line for line in own + turned if is_for_the_learner(slug, line)] == []


@pytest.mark.parametrize("slug", LESSONS)
def test_lines_of_the_partner_and_lookalikes_are_not_the_learners(slug):
    scenario = catalogue()[slug]

    def said(line):
        return even(fill(scenario, line, {}), scenario.language)

    learner = {said(line) for line in learner_lines(scenario)}
    others = [
        scenario.partner.opening,
        scenario.partner.closing,
        *(objective.answer for objective in scenario.objectives),
        *(line for objective in scenario.objectives for line in objective.not_said),
        *(aside.say for aside in scenario.asides),
    ]
    own = {said(line) for line in others} - learner
    assert [line for line in own if is_for_the_learner(slug, line)] == []
