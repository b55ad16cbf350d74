"""Nobody who speaks first waits until what reads their words is in memory."""

import pytest

from coach.site.warming import warm_up
from handoff.screening.score import machine

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_score_of_the_first_sentence_finds_its_machine_there(settings):
    settings.SCREENING_SCORE = True
    machine.machine.cache_clear()
    warm_up()
    assert machine.machine.cache_info().currsize == 1


def test_a_process_without_the_score_reads_no_machine(settings):
    settings.SCREENING_SCORE = False
    machine.machine.cache_clear()
    warm_up()
    assert machine.machine.cache_info().currsize == 0
