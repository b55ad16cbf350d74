import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.engine.tts import numbers
from coach.engine.tts.normalise import normalise

CASES = {
    "quantities": {
        "62 g": "sixty-two grams",
        "62g of oats": "sixty-two grams of oats",
        "1 tbsp peanut butter and 2 tsp honey": "one tablespoon peanut butter and two teaspoons "
        "honey",
        "1 g": "one gram",
        "250 kcal": "two hundred and fifty kilocalories",
        "1,250 kcal/day": "one thousand two hundred and fifty kilocalories per day",
        "how many kcal": "how many kilocalories",
        "500 ml of water": "five hundred milliliters of water",
        "8 oz. of cheese": "eight ounces of cheese",
        "150 lb": "one hundred and fifty pounds",
        "11 st 4 lb": "eleven stone four pounds",
        "50mg, 2.5 kg, 5 km": "fifty milligrams, two point five kilograms, five kilometers",
        "1.6 g/kg": "one point six grams per kilogram",
        "5 mmol/L": "five millimoles per liter",
        "between 1 and 2 g.": "between one and two grams.",
        "1 h 30 min": "one hour thirty minutes",
        "30 s": "thirty seconds",
        "180 °C": "one hundred and eighty degrees Celsius",
        "it was -3 °C": "it was minus three degrees Celsius",
        "350°F": "three hundred and fifty degrees Fahrenheit",
        "80 %": "eighty percent",
        "120/80": "one hundred and twenty over eighty",
    },
    "fractions": {
        "1/2": "a half",
        "1½ cups": "one and a half cups",
        "1½ tsp": "one and a half teaspoons",
        "1/2 cup oats": "half a cup oats",
        "3/4 tsp": "three quarters of a teaspoon",
        "½ avocado": "a half avocado",
        "7/10": "seven out of ten",
        "24/7": "twenty-four seven",
    },
    "numbers": {
        "2.5": "two point five",
        "1,250": "one thousand two hundred and fifty",
        "-5": "minus five",
        "2 + 2 = 4": "two plus two equals four",
        "007": "zero zero seven",
        "1st, 2nd, 3rd, 22nd": "first, second, third, twenty-second",
        "in your 30s": "in your thirties",
        "the 1990s": "the nineteen nineties",
        "10k steps": "ten thousand steps",
        "3x a week": "three times a week",
        "a 2:1 ratio": "a two to one ratio",
        "#1": "number one",
        "You ate 2000 kcal": "You ate two thousand kilocalories",
    },
    "ranges": {
        "20-30": "twenty to thirty",
        "20–30 g": "twenty to thirty grams",
        "10 g–15 g": "ten grams to fifteen grams",
        "20–30%": "twenty to thirty percent",
        "8-9 am": "eight to nine A.M",
        "7:30-8:15": "seven thirty to eight fifteen",
        "£3-£5": "three to five pounds",
        "a 3-2-1 tempo": "a three-two-one tempo",
    },
    "times and dates": {
        "at 7:30": "at seven thirty",
        "7:05 pm": "seven oh five P.M",
        "7:00": "seven o'clock",
        "at 7 am. Then eat.": "at seven A.M. Then eat.",
        "at 6 p.m. today": "at six P.M today",
        "2026-11-22": "November twenty-second, twenty twenty-six",
        "22 Nov": "the twenty-second of November",
        "on the 22nd of November 2026": "on the twenty-second of November, twenty twenty-six",
        "Mon 22 Nov": "Monday the twenty-second of November",
        "Nov 22, 2026": "November twenty-second, twenty twenty-six",
        "31/12/2026": "December thirty-first, twenty twenty-six",
        "in 2026": "in twenty twenty-six",
        "2026-13-45": None,
    },
    "money": {
        "£3.50": "three pounds fifty",
        "$4": "four dollars",
        "€2": "two euros",
        "$1": "one dollar",
        "£0.50": "fifty pence",
        "$1,250": "one thousand two hundred and fifty dollars",
        "$2.5 million": "two point five million dollars",
        "It costs $4.": "It costs four dollars.",
    },
    "telephone": {
        "Call 116 123 or 988.": "Call one one six, one two three or nine eight eight.",
        "Call 911": "Call nine one one",
        "dial 112 now": "dial one one two now",
        "988 kcal": "nine hundred and eighty-eight kilocalories",
        "112 grams": "one hundred and twelve grams",
        "0800 123 4567": "zero eight zero zero, one two three, four five six seven",
        "(555) 123-4567": "five five five, one two three, four five six seven",
        "+44 20 7946 0018": "plus four four, two zero, seven nine four six, zero zero one eight",
    },
    "letters": {
        "vitamin B12 and D3": "vitamin B twelve and D three",
        "vitamin D": "vitamin D",
        "omega-3": "omega three",
        "GLP-1": "G L P one",
        "HbA1c": "H B A one C",
        "The WHO and NHS": "The W.H.O and N.H.S",
        "tell us who": "tell us who",
        "STOP it": "STOP it",
    },
    "abbreviations": {
        "e.g. eggs": "for example, eggs",
        "(i.e. tofu)": "(that is, tofu)",
        "approx. 5": "approximately five",
        "tea vs. coffee": "tea versus coffee",
        "rice & beans, etc.": "rice and beans, et cetera.",
        "w/ milk": "with milk",
        "tea/coffee and/or milk": "tea or coffee and or milk",
        "~300 kcal": "about three hundred kilocalories",
        "≥ 30 g": "at least thirty grams",
    },
    "markup": {
        "Great job! 🎉💪🏽": "Great job!",
        "**Bold** and *it* and `code`": "Bold and it and code",
        "[the plan](https://x.org/a)": "the plan",
        "# Plan\n\n1. Eat *more*\n2. Sleep 8 h": "Plan. Eat more. Sleep eight hours",
        "- eggs\n- toast": "eggs. toast.",
        "See https://www.example.com/foo-bar?x=1.": "See example dot com slash foo dash bar.",
        "asha.k@example.co.uk, ok?": "asha dot k at example dot co dot uk, ok?",
        "🙂": "",
        " … ": "",
        "": "",
    },
    "left alone": {
        "Siobhan's plan, isn't it?": "Siobhan's plan, isn't it?",
        "Mr. Smith and Dr. Patel": "Mr. Smith and Dr. Patel",
        'She said "hi".': 'She said "hi".',
        "Well done — keep going!": "Well done — keep going!",
        "I may march in May.": "I may march in May.",
    },
}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(written, said, id=f"{kind}: {written[:30]}")
        for kind, cases in CASES.items()
        for written, said in cases.items()
        if said is not None
    ],
)
def test_said(written: str, said: str) -> None:
    assert normalise(written).removesuffix(".") == said.removesuffix(".")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "62 g",
                    "1/2",
                    "½",
                    "£3.50",
                    "$",
                    "7:30",
                    "am",
                    "2026-11-22",
                    "22 Nov",
                    "-",
                    "–",
                    "/",
                    ".",
                    ",",
                    "B12",
                    "e.g.",
                    "116 123",
                    "*",
                    "#",
                    "[x](y)",
                    "https://a.com",
                    "🎉",
                    "%",
                    "°C",
                    "x",
                    "1,250",
                    "\n",
                    "(",
                    ")",
                    "&",
                    "0800 123 4567",
                    "0/0",
                    "99/00/00",
                ]
            ),
            st.text(max_size=4),
        ),
        max_size=12,
    ),
    st.sampled_from(["", " "]),
)
def test_any_text_becomes_words(parts: list[str], joint: str) -> None:
    said = normalise(joint.join(parts))
    assert not re.search(r"[0-9*#£$€%°=<>|\\]", said)
    assert said == said.strip()
    assert normalise(said) is not None


@given(st.integers(0, 10**12))
def test_cardinals_read_back(number: int) -> None:
    assert read(numbers.cardinal(number)) == number


def read(words: str) -> int:
    small = {numbers.cardinal(each): each for each in range(100)}
    scales = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    total = part = 0
    for word in words.split():
        if word in scales:
            total, part = total + part * scales[word], 0
        elif word == "hundred":
            part *= 100
        elif word != "and":
            part += small[word]
    return total + part


@pytest.mark.parametrize(
    ("number", "year", "ordinal"),
    [
        (1900, "nineteen hundred", "one thousand nine hundredth"),
        (1905, "nineteen oh five", "one thousand nine hundred and fifth"),
        (2000, "two thousand", "two thousandth"),
        (2005, "two thousand and five", "two thousand and fifth"),
        (2026, "twenty twenty-six", "two thousand and twenty-sixth"),
        (1940, "nineteen forty", "one thousand nine hundred and fortieth"),
    ],
)
def test_years_and_ordinals(number: int, year: str, ordinal: str) -> None:
    assert numbers.year(number) == year
    assert numbers.ordinal(number) == ordinal


def test_huge_numbers_are_read_digit_by_digit() -> None:
    assert numbers.number("1" * 16) == " ".join(["one"] * 16)
    assert normalise("9" * 5000).startswith("nine nine nine")
