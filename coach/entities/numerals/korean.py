"""Korean number words: a native row for counting things, and one from Chinese for all else."""

import re
from functools import lru_cache
from typing import Final

from coach.entities.numerals.words import NumberWords, Read
from coach.entities.text import word_set

NATIVE_TENS: Final = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
}  # fmt: skip
NATIVE_ONES: Final = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
DIGITS: Final = {
    "영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7,
    "팔": 8, "구": 9,
}  # fmt: skip
PLACES: Final = {"천": 1000, "백": 100, "십": 10}
NATIVE: Final = re.compile(rf"(?P<ten>{'|'.join(NATIVE_TENS)})?(?P<one>{'|'.join(NATIVE_ONES)})?")
BELOW_TEN_THOUSAND = "".join(rf"(?:(?P<{{0}}{place}>[일이삼사오육륙칠팔구]?){place}){'?'}"
                             for place in PLACES)  # fmt: skip
SINO: Final = re.compile(
    rf"(?:(?P<many>{BELOW_TEN_THOUSAND.format('m')}(?P<mlast>[일이삼사오육륙칠팔구])?)만)?"
    rf"{BELOW_TEN_THOUSAND.format('n')}(?P<nlast>[영공일이삼사오육륙칠팔구])?"
)
LONGEST: Final = 16
# Alone, before no counter, these are numbers; others may be any word ("이", "한", "세").
ALONE: Final = word_set(
    "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 스물 서른 마흔 쉰 예순 일흔 여든 아흔"
)
RANGES: Final[dict[str, tuple[float, float]]] = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "너댓": (4, 5),
    "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8),
}  # fmt: skip


@lru_cache(maxsize=4096)
def value_of(word: str) -> float | None:
    """ "이백오십", "스물두"; None for what is no number."""
    if not word or len(word) > LONGEST:
        return None
    native = NATIVE.fullmatch(word)
    if native:
        return float(NATIVE_TENS.get(native["ten"], 0) + NATIVE_ONES.get(native["one"], 0))
    sino = SINO.fullmatch(word)
    if sino is None:
        return None
    many = below_ten_thousand(sino, "m") if sino["many"] is not None else 0
    many = 1 if sino["many"] == "" else many
    return float(many * 10_000 + below_ten_thousand(sino, "n"))


def below_ten_thousand(found: re.Match[str], of: str) -> int:
    value = 0
    for place, worth in PLACES.items():
        digit = found[f"{of}{place}"]
        value += 0 if digit is None else DIGITS.get(digit, 1) * worth
    return value + DIGITS.get(found[f"{of}last"] or "", 0)


def cardinal_at(words: list[str], i: int) -> Read | None:
    """None: `korean_words.py` has written the number words of a sentence in figures."""
    return None


KOREAN: Final = NumberWords(
    cardinal=cardinal_at,
    fractions={"반": 0.5},
    fractions_plural={},
    fractions_counted={},
    articles=frozenset(),
    ones=frozenset(),
    joins=frozenset(),
    of=frozenset(),
    groups={"다스": 12.0, "천": 1000.0, "만": 10_000.0, "백": 100.0},
)
