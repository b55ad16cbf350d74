"""A switch that is written wrong is told, and does not silently mean off."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from coach.environment import flag


@pytest.mark.parametrize(("written", "means"), [("1", True), ("Yes", True), ("off", False)])
def test_what_is_written_counts(monkeypatch, written, means):
    monkeypatch.setenv("COACH_DEMO", written)
    assert flag("COACH_DEMO", not means) is means


@pytest.mark.parametrize("default", [True, False])
def test_what_is_not_written_is_the_default(monkeypatch, default):
    monkeypatch.setenv("COACH_DEMO", "")
    assert flag("COACH_DEMO", default) is default


def test_a_word_that_is_neither_is_told_with_its_variable(monkeypatch):
    monkeypatch.setenv("COACH_DEMO", "ture")
    with pytest.raises(ImproperlyConfigured, match="COACH_DEMO is 1 or 0, and not “ture”"):
        flag("COACH_DEMO", True)
