"""Telephone numbers are taken as people type them, or refused with an example."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from coach.people.models import Profile
from coach.people.phone import read_phone
from tests.support.diary import make_member
from tests.support.world import signed_in


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("+44 20 7946 0000", "+442079460000"),
        ("+44 (0)20 7946-0000", "+442079460000"),
        ("0049 (0)30 123456", "+4930123456"),
        ("(020) 7946.0000", "02079460000"),
        ("07700 900123", "07700900123"),
    ],
)
def test_a_number_is_kept_in_one_piece(typed, kept):
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["call me", "12345", "+44", "1" * 16, "0800-FLOWERS", "+٤٤٢٠٧٩٤٦٠"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        read_phone(typed)


@given(st.text(alphabet="+0123456789 ()-./x", max_size=40))
def test_what_is_kept_can_be_dialled_and_fits_its_column(typed):
    try:
        kept = read_phone(typed)
    except ValidationError:
        return
    assert kept == "" or (kept.removeprefix("+").isdecimal() and len(kept) <= 16)
    assert read_phone(kept) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "saved"),
    [
        ({"phone": "020 7946 0000", "may_call": "on"}, True),
        ({"phone": "020 7946 0000"}, False),  # without leave
        ({"may_call": "on"}, False),  # leave for nothing
        ({"phone": "soon", "may_call": "on"}, False),
        ({}, True),
    ],
)
def test_a_number_is_kept_only_with_leave_to_call_it(sent, saved):
    member = make_member()
    form = {
        "display_name": "Maya",
        "time_zone": "UTC",
        "listening_mode": "open",
        "goal": "maintain",
    }
    form |= {"day_starts_hour": "0", "reach_by": "call", **sent}
    answer = signed_in(member).post(reverse("people:profile"), form)
    assert answer.status_code == (302 if saved else 422)
    kept = Profile.objects.filter(user=member).values_list("phone", "may_call").first()
    expected = ("02079460000", True) if saved and sent else ("", False)
    assert (kept or ("", False)) == expected
