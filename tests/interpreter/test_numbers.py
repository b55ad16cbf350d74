"""Numbers that a translation has changed are marked; what may be right is not."""

import pytest

from coach.interpreter.numbers import numbers_differ


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("Take 15 mg a day.", "하루에 5 mg 드세요."),
        ("Room 512", "521호"),
        ("1,200 euros", "120 Euro"),
        ("My number is 030 1234567.", "제 번호는 030 1234576입니다."),
        ("At 2:30 pm", "15:30에"),
    ],
)
def test_numbers_that_are_not_the_same(original, translation):
    assert numbers_differ(original, translation)


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("Take 15 mg a day.", "하루에 15 mg 드세요."),
        ("1,200 euros", "1.200 Euro"),
        ("1.5 kg", "1,5 kg"),
        ("At 2:30 pm", "14:30에"),
        ("Three people", "3명"),
        ("3 people, two rooms", "3명, 방 2개"),
        ("Room 512, please", "방 하나요"),
        ("No numbers", "숫자 없음"),
        ("５ mg", "5 mg"),
    ],
)
def test_numbers_that_may_be_right(original, translation):
    assert not numbers_differ(original, translation)
