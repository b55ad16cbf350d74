"""What stands in the environment is read by type, or its name is told with what is wanted."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from coach.environment import number


@pytest.mark.parametrize(("value", "expected"), [("", 587), (" 25 ", 25), ("0", 0), ("-1", -1)])
def test_a_number_is_read_or_the_usual_one(monkeypatch, value, expected):
    monkeypatch.setenv("COACH_EMAIL_PORT", value)
    assert number("COACH_EMAIL_PORT", 587) == expected


@pytest.mark.parametrize("value", ["mail", "25.0", "25 587", "1e3"])
def test_what_is_no_number_is_refused_by_the_name_of_its_variable(monkeypatch, value):
    monkeypatch.setenv("COACH_EMAIL_PORT", value)
    wanted = f"COACH_EMAIL_PORT is a whole number such as 587, not “{value}”."
    with pytest.raises(ImproperlyConfigured, match=wanted):
        number("COACH_EMAIL_PORT", 587)
