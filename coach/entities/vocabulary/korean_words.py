"""Korean words cut into numbers, counters and endings, which are written without a space."""

import re
from functools import lru_cache
from typing import Final

from coach.entities.numerals.korean import ALONE, DIGITS, RANGES, value_of
from coach.entities.text import Token, word_set

COUNTERS: Final = word_set(
    "그램 그람 킬로그램 킬로 키로 밀리그램 밀리리터 밀리 미리 리터 컵 큰술 작은술 스푼 숟갈 숟가락 "
    "티스푼 개 알 조각 쪽 장 잔 공기 그릇 병 캔 줄 판 접시 봉지 봉 팩 마리 송이 포기 인분 모 덩이 "
    "인치 피트 마일 갤런 센티미터 센티 미터 킬로미터 칼로리 킬로칼로리 퍼센트 프로 파운드 온스 "
    "걸음 보 살 명 번 "
    "시간 시 분 초 일 주일 주 개월 달 월 년 박스 스쿱 움큼 줌 g kg ml l mg cm"
)
ENDINGS: Final = word_set(
    "이요 요 이네요 네요 이었어 였어 이었는데 이었고 인가 들 째 밖에 보다 라서 이라서 인 이며 며 "
    "에서 에는 에도 에 부터 까지 마다 동안 전 후 뒤 반 을 를 은 는 이 가 도 만 의 로 으로 와 과 랑 "
    "이랑 하고 정도 쯤 씩 짜리 예요 이에요 이예요 입니다 이었어요 였어요 이야 야 인데 이고 "
    "이나 나 지나서 넘게 이상 이하 후에 전에 뒤에"
)
# What is counted by the row from Chinese also below ten.
SINO_COUNTERS: Final = word_set(
    "그램 그람 킬로그램 킬로 키로 밀리그램 밀리리터 리터 분 초 일 주일 주 개월 월 년 인분 퍼센트 "
    "프로 "
    "미터 센티 칼로리 킬로미터"
)
HALF: Final = "반"
NAMED_DAYS: Final = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "열흘": 10}
HANGUL: Final = re.compile("[가-힣]+")
LONGEST: Final = 24


def cut(tokens: list[Token]) -> list[Token]:
    """All tokens, with numbers, counters and endings as tokens of their own."""
    found: list[Token] = []
    for place, token in enumerate(tokens):
        if token.kind != "word" or len(token.raw) > LONGEST or not HANGUL.match(token.text):
            found.append(token)
            continue
        counted = bool(found) and is_number(found[-1])
        following = tokens[place + 1].text if place + 1 < len(tokens) else ""
        found += [*cut_word(token, counted, following)]
    return found


def is_number(token: Token) -> bool:
    return token.kind == "number" or token.text in RANGES or token.text == HALF


def cut_word(token: Token, counted: bool, following: str) -> list[Token]:
    """One word; `counted`: a number stands before it."""
    named = next((day for day in NAMED_DAYS if token.text.startswith(day)), None)
    if named is not None and is_ending(token.text[len(named) :]):
        return [*named_days(token, named), *endings(token, len(named))]
    if counted and longest_counter(token.text):
        return after_number(token, 0)
    end = leading_number(token.text, following)
    if end == 0:
        return [token] if counted else with_ending(token)
    number = in_figures(token, end)
    return [number] if end == len(token.text) else [number, *after_number(token, end)]


def in_figures(token: Token, end: int) -> Token:
    """The number word that ends at letter `end`, in figures; halves and ranges stay words."""
    word = part(token, 0, end)
    value = value_of(word.text)
    if value is None:
        return word
    figures = str(int(value))
    return Token(figures, figures, word.start, word.end, "number", word.glued)


def named_days(token: Token, name: str) -> list[Token]:
    """ "이틀" as two and days."""
    number, unit = part(token, 0, len(name) - 1), part(token, len(name) - 1, len(name))
    figures = str(NAMED_DAYS[name])
    return [
        Token(figures, figures, number.start, number.end, "number", token.glued),
        Token("일", "일", unit.start, unit.end, "word", True),
    ]


@lru_cache(maxsize=4096)
def leading_number(word: str, following: str) -> int:
    """How long the number is that begins the word; 0: it begins with none.

    A number needs a counter behind it, in the word or after it: "한" and "이" are also other words.
    """
    if says_number(word):
        large = len(word) > 1 and word not in RANGES
        return len(word) if word in ALONE or large or longest_counter(following) else 0
    for end in range(len(word) - 1, 0, -1):
        counter = longest_counter(word[end:]) if says_number(word[:end]) else 0
        if not counter:
            continue
        if word[:end] in DIGITS and word[end : end + counter] not in SINO_COUNTERS:
            continue  # "이모" is an aunt
        return end
    return 0


def says_number(word: str) -> bool:
    return word == HALF or word in RANGES or value_of(word) is not None


@lru_cache(maxsize=4096)
def longest_counter(word: str) -> int:
    """How long the counter is that begins the word and is followed by endings alone; 0: none."""
    for end in range(len(word), 0, -1):
        if word[:end] in COUNTERS and is_ending(word[end:]):
            return end
    return 0


@lru_cache(maxsize=4096)
def is_ending(word: str) -> bool:
    """Whether the word is a row of endings, or nothing."""
    if not word:
        return True
    return any(word.startswith(end) and is_ending(word[len(end) :]) for end in ENDINGS)


def after_number(token: Token, start: int) -> list[Token]:
    """The counter and the endings from `start` on."""
    counter = longest_counter(token.text[start:])
    if not counter:
        return [part(token, start, len(token.text))]
    return [part(token, start, start + counter), *endings(token, start + counter)]


def with_ending(token: Token) -> list[Token]:
    """A word of days, meals and the like, and its ending."""
    word = token.text
    for end in range(len(word) - 1, 0, -1):
        if word[:end] in WORDS and is_ending(word[end:]):
            return [part(token, 0, end), *endings(token, end)]
    return [token]


def endings(token: Token, start: int) -> list[Token]:
    """Each ending as a token, the longest first."""
    found = []
    while start < len(token.text):
        rest = token.text[start:]
        fitting = [e for e in ENDINGS if rest.startswith(e) and is_ending(rest[len(e) :])]
        end = start + max(map(len, fitting), default=len(rest))
        found += split_particle(part(token, start, end))
        start = end
    return found


def split_particle(token: Token) -> list[Token]:
    """ "전에" as "전" and "에"."""
    if token.text in {"전에", "후에", "뒤에"}:
        return [part(token, 0, 1), part(token, 1, 2)]
    return [token]


def part(token: Token, start: int, end: int) -> Token:
    """Letters `start` to `end` of a word: each Hangul syllable is one character in the text."""
    text = token.text[start:end]
    glued = token.glued or start > 0
    if len(token.text) != len(token.raw):  # not composed: all parts stand where the word stands
        return Token(text, text, token.start, token.end, "word", glued)
    return Token(text, text, token.start + start, token.start + end, "word", glued)


WORDS: Final = word_set(
    "어제 그저께 그제 오늘 내일 모레 글피 어젯밤 오전 오후 아침 점심 저녁 밤 새벽 낮 정오 자정 "
    "이번 "
    "지난 다음 최근 매일 매주 매달 월요일 화요일 수요일 목요일 금요일 토요일 일요일 지난주 이번주 "
    "다음주 지난달 이번달 다음달 주말 시간 내일모레 주 달 전 후 뒤 반"
)
