"""Korean words of units, days and parts of a day."""

from typing import Final

from coach.entities.numerals.korean import KOREAN as NUMBERS
from coach.entities.numerals.korean import RANGES
from coach.entities.phrases import Phrases
from coach.entities.text import word_set
from coach.entities.vocabulary.korean_words import cut
from coach.entities.vocabulary.shared import METRIC, units_with
from coach.entities.vocabulary.vocabulary import Vocabulary

UNITS: Final = units_with(METRIC, {
    "g": "그램|그람", "kg": "킬로|킬로그램|키로", "mg": "밀리그램", "lb": "파운드", "oz": "온스",
    "ml": "밀리리터|밀리|미리", "l": "리터", "cup": "컵", "tbsp": "큰술|스푼|숟갈|숟가락",
    "tsp": "작은술|티스푼", "inch": "인치", "foot": "피트", "mile": "마일", "gallon": "갤런",
    "cm": "센티|센티미터", "m": "미터", "km": "킬로미터",
    "kcal": "칼로리|킬로칼로리", "%": "퍼센트|프로", "piece": "개|알|덩이", "slice": "조각|쪽|장",
    "glass": "잔", "bowl": "공기|그릇", "bottle": "병", "can": "캔", "roll": "줄",
    "plate": "판|접시",
    "bag": "봉지|봉", "packet": "팩", "portion": "인분", "box": "박스", "scoop": "스쿱",
    "handful": "움큼|줌", "block": "모",
})  # fmt: skip
WEEKDAYS: Final = {
    "월요일": 0, "화요일": 1, "수요일": 2, "목요일": 3, "금요일": 4, "토요일": 5, "일요일": 6,
}  # fmt: skip
PHRASES: Final = [
    ("day", "오늘 <part>?", 0, ""), ("day", "어제 <part>?", -1, ""), ("day", "어젯밤", -1, "night"),
    ("day", "그저께|그제 <part>?", -2, ""), ("day", "내일 <part>?", 1, ""),
    ("day", "모레|내일모레 <part>?", 2, ""), ("day", "글피", 3, ""),
    ("weekday", "<weekday> <part>?", 0, ""), ("weekday_last", "지난 <weekday> <part>?", 0, ""),
    ("weekday_next", "다음 <weekday> <part>?", 0, ""), ("weekday_this",
    "이번 <weekday> <part>?", 0, ""),
    ("weekday_this", "이번 주? <weekday> <part>?", 0, ""), ("weekday_this", "이번주 <weekday>", 0,
    ""),
    ("weekday_next_week", "다음 주 <weekday>", 0, ""),
    ("weekday_last_week", "지난 주 <weekday>", 0, ""),
    ("weekday_last_week", "지난주 <weekday>", 0, ""), ("weekday_next_week",
    "다음주 <weekday>", 0, ""),
    ("dated", "<month> <ordinal> 일", 0, ""), ("dated", "<year> 년 <month> <ordinal> 일", 0, ""),
    ("date", "<date>", 0, ""),
    ("span_this", "이번 <period>", 0, ""), ("span_other", "지난 <period>", -1, ""),
    ("span_other", "다음 <period>", 1, ""),
    ("span_so_many", "지난|최근 <n> <period> 동안?", -1, ""),
    ("span_other", "지난주", -1, "week"), ("span_other", "다음주", 1, "week"),
    ("span_this", "이번주", 0, "week"), ("span_other", "지난달", -1, "month"),
    ("span_other", "다음달", 1, "month"), ("span_this", "이번달", 0, "month"),
    ("weekend", "이번 주말", 0, ""), ("weekend", "지난 주말", -1, ""), ("weekend", "다음 "
    "주말", 1, ""),
    ("every", "매일", 1, "day"), ("every", "매주", 1, "week"), ("every", "매달|매월", 1, "month"),
    ("every", "매시간", 1, "hour"), ("every", "<n> <period> 마다", 1, ""),
    ("every_weekday", "매주 <weekday>", 1, ""), ("every_weekday", "<weekday> 마다", 1, ""),
    ("every_part", "매일 <part>", 1, ""),
]  # fmt: skip
KOREAN: Final = Vocabulary(
    language="ko",
    numbers=NUMBERS,
    units=UNITS,
    units_as_written={},
    plus=word_set("하고 랑 이랑 과 와"),
    to=frozenset({"에서", "내지", "또는", "이나", "나"}),
    between=frozenset(),
    from_=frozenset(),
    and_=frozenset(),
    about=word_set("약 대략"),
    periods={
        "초": "second", "분": "minute", "시간": "hour", "일": "day", "주": "week",
        "주일": "week", "달": "month", "개월": "month", "년": "year",
    },
    weekdays=WEEKDAYS,
    weekdays_short=WEEKDAYS,
    weekdays_plural={},
    months={},
    parts={
        "아침": "morning", "새벽": "night", "낮": "noon", "점심": "noon", "오후": "afternoon",
        "오전": "morning", "저녁": "evening", "밤": "night",
    },
    meals={"아침": "morning", "점심": "noon", "저녁": "evening", "어젯밤": "night"},
    phrases=Phrases(PHRASES),
    ago_after=(("전",),),
    ahead_after=(("후",), ("뒤",), ("이후",)),
    since_after=frozenset({"부터"}),
    until=frozenset({"까지"}),
    ranges=RANGES,
    month_word="월",
    half_after="반",
    cut=cut,
)  # fmt: skip
