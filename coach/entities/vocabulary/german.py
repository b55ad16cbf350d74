"""German words of units, days, months and parts of a day."""

from typing import Final

from coach.entities.numerals.german import GERMAN as NUMBERS
from coach.entities.phrases import Phrases
from coach.entities.text import Token, word_set
from coach.entities.vocabulary.shared import METRIC, units_with
from coach.entities.vocabulary.vocabulary import Vocabulary

UNITS: Final = units_with(METRIC, {
    "g": "gr|gramm", "kg": "kilo|kilos|kilogramm", "mg": "milligramm", "pfund": "pfund",
    "oz": "unze|unzen", "ml": "milliliter", "cl": "zentiliter", "dl": "deziliter",
    "l": "liter|litern", "cup": "tasse|tassen",
    "tbsp": "el|essloffel|essloffeln|essloeffel", "tsp": "tl|teeloffel|teeloffeln|teeloeffel",
    "inch": "zoll", "mile": "meile|meilen", "gallon": "gallone|gallonen",
    "cm": "zentimeter", "m": "meter|metern", "km": "kilometer|kilometern",
    "kcal": "kalorie|kalorien|kilokalorie|kilokalorien", "%": "prozent",
    "slice": "scheibe|scheiben", "piece": "stuck|stucke|stuecke|stueck",
    "can": "dose|dosen|buchse|buchsen", "bottle": "flasche|flaschen",
    "glass": "glas|glaser|glasern",
    "bowl": "schussel|schusseln|schale|schalen", "plate": "teller|tellern", "mug": "becher|bechern",
    "handful": "handvoll", "bar": "riegel|riegeln", "packet": "packung|packungen|packchen|paket",
    "bag": "beutel|tute|tuten", "portion": "portion|portionen", "jar": "einmachglas",
    "clove": "zehe|zehen", "pinch": "prise|prisen", "scoop": "kugel|kugeln",
    "spoon": "loffel|loffeln",
})  # fmt: skip
WEEKDAYS: Final = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5,
    "sonnabend": 5, "sonntag": 6,
}  # fmt: skip
LAST: Final = "letzten|letzte|letztes|letzter|vergangenen|vergangene|vorigen|vorige"
NEXT: Final = "nachsten|nachste|nachstes|nachster|kommenden|kommende"
EVERY: Final = "jeden|jede|jedes"
PHRASES: Final = [
    ("day", "heute <part>?", 0, ""), ("day", "gestern <part>?", -1, ""),
    ("day", "vorgestern <part>?", -2, ""), ("day", "morgen <part>?", 1, ""),
    ("day", "ubermorgen <part>?", 2, ""), ("day", "letzte nacht", -1, "night"),
    ("day", "diesen <part>", 0, ""),
    ("part", "am <part>", 0, ""), ("part", "in der nacht", 0, "night"), ("part",
    "am mittag", 0, "noon"),
    ("weekday", "am <weekday> <part>?", 0, ""), ("weekday", "<weekday> <part>?", 0, ""),
    ("weekday_last", f"am? {LAST} <weekday> <part>?", 0, ""),
    ("weekday_next", f"am? {NEXT} <weekday> <part>?", 0, ""),
    ("weekday_this", "am? <weekday> diese|dieser woche", 0, ""),
    ("weekday_next_week", f"am? <weekday> {NEXT} woche", 0, ""),
    ("weekday_last_week", f"am? <weekday> {LAST} woche", 0, ""),
    ("weekday_last_week", f"{LAST} woche am? <weekday>", 0, ""),
    ("weekday_next_week", f"{NEXT} woche am? <weekday>", 0, ""),
    ("weekday_this", "diesen|dieser <weekday> <part>?", 0, ""),
    ("dated", "am <ordinal> <month> <year>?", 0, ""), ("dated",
    "der|den <ordinal> <month> <year>?", 0, ""),
    ("perhaps_dated", "<ordinal> <month> <year>?", 0, ""),
    ("date", "am|vom? <date>", 0, ""), ("day_of_month", "am <ordinal>", 0, ""),
    ("span_this", "diese|diesen|dieses|dieser <period>", 0, ""),
    ("span_other", f"{LAST} <period>", -1, ""), ("span_other", f"{NEXT} <period>", 1, ""),
    ("span_so_many", f"in? die|der|den {LAST} <n> <period>", -1, ""),
    ("span_so_many", f"in? die|der|den {NEXT} <n> <period>", 1, ""),
    ("weekend", "am|dieses wochenende", 0, ""), ("weekend", f"{LAST} wochenende", -1, ""),
    ("weekend", f"{NEXT} wochenende", 1, ""), ("span_month", "im <month>", 0, ""),
    ("every", f"{EVERY} <period>", 1, ""), ("every", "alle <n> <period>", 1, ""),
    ("every", "taglich", 1, "day"), ("every", "stundlich", 1, "hour"),
    ("every", "wochentlich", 1, "week"),
    ("every_weekday", f"{EVERY} <weekday>", 1, ""), ("every_weekday", "<weekdays>", 1, ""),
    ("every_part", f"{EVERY} <part>", 1, ""), ("workdays", "werktags|wochentags", 1, ""),
]  # fmt: skip
# Shares that are written as one word with what they are of.
JOINED: Final = ("dreiviertel", "viertel", "halb")
DAY_PARTS: Final = word_set("abend morgen nachmittag vormittag mittag nacht")
OF_SHARES: Final = word_set("liter litern stunde stunden pfund jahr kilo tasse")


def cut(tokens: list[Token]) -> list[Token]:
    """ "Viertelliter", "Viertelstunde" and "Samstagabend" in two."""
    found: list[Token] = []
    for token in tokens:
        share = next((s for s in (*JOINED, *WEEKDAYS) if token.text.startswith(s)), "")
        if (
            not share
            or token.text[len(share) :] not in (DAY_PARTS if share in WEEKDAYS else OF_SHARES)
            or len(token.raw) != len(token.text)
        ):
            found.append(token)
            continue
        middle = token.start + len(share)
        found.append(
            Token(share, token.raw[: len(share)], token.start, middle, "word", token.glued)
        )
        found.append(
            Token(
                token.text[len(share) :], token.raw[len(share) :], middle, token.end, "word", True
            )
        )
    return found


GERMAN: Final = Vocabulary(
    language="de",
    numbers=NUMBERS,
    units=UNITS,
    units_as_written={},
    plus=frozenset({"und", "plus", "+"}),
    to=frozenset({"bis", "oder"}),
    between=frozenset({"zwischen"}),
    from_=frozenset({"von"}),
    and_=frozenset({"und"}),
    about=word_set("etwa ungefahr circa ca rund fast knapp gegen"),
    periods={
        "sekunde": "second", "sekunden": "second", "minute": "minute", "minuten": "minute",
        "min": "minute", "stunde": "hour", "stunden": "hour", "std": "hour", "h": "hour",
        "tag": "day", "tage": "day", "tagen": "day", "woche": "week", "wochen": "week",
        "monat": "month", "monate": "month", "monaten": "month", "jahr": "year", "jahre": "year",
        "jahren": "year",
    },
    weekdays=WEEKDAYS,
    weekdays_short=WEEKDAYS,
    weekdays_plural={f"{day}s": number for day, number in WEEKDAYS.items()},
    months={
        "januar": 1, "janner": 1, "februar": 2, "marz": 3, "april": 4, "mai": 5, "juni": 6,
        "juli": 7, "august": 8, "september": 9, "oktober": 10, "november": 11, "dezember": 12,
    },
    parts={
        "morgen": "morning", "fruh": "morning", "vormittag": "morning", "mittag": "noon",
        "nachmittag": "afternoon", "abend": "evening", "nacht": "night", "morgens": "morning",
        "vormittags": "morning", "mittags": "noon", "nachmittags": "afternoon",
        "abends": "evening", "nachts": "night",
    },
    meals={
        "fruhstuck": "morning", "mittagessen": "noon", "abendessen": "evening",
        "abendbrot": "evening", "gefruhstuckt": "morning",
    },
    phrases=Phrases(PHRASES),
    ago_before=(("vor",),),
    ahead_before=(("in",),),
    future=word_set("werde wird werden erinnere morgen esse"),
    since_before=frozenset({"seit"}),
    until=frozenset({"bis"}),
    before_weekday=frozenset({"am"}),
    cut=cut,
)  # fmt: skip
