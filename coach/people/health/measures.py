# ruff: noqa: E501  a pattern is read best in one piece
"""Weights, heights, blood sugars and blood pressures of the speaker, in one clause."""

import re
from collections.abc import Iterator

from coach.people.health.clauses import is_others
from coach.people.health.sizes import CM_PER_INCH, N, number, read_sizes
from coach.people.health.spoken import with_digits
from coach.people.health.told import Measured

KG_PER_POUND = 0.45359237
POUNDS_PER_STONE = 14
ABOUT = r"(?:(?:about|around|roughly|exactly|almost|nearly|just|now|at|only|like|is|was|of|over|under|a)\s+)*"
KG = r"(?:kgs?|kilos?|kilograms?|kilogrammes?)\b"
LB = r"(?:lbs?|pounds?)\b"
N_BEFORE = rf"\d{{1,3}}(?:[.,]\d{{1,2}})?(?:\s*(?:{KG}|{LB}))?"
STONE = r"(?P<n>\d{1,2}(?:[.,]\d)?)\s*(?:st|stones?)\b(?:\s*(?:and\s+)?(?P<more>\d{1,2}(?:\.\d)?)\s*(?:lbs?|pounds?)?)?"
# What may follow a number that nothing names: anything else makes it one of something else.
ALONE = r"even|flat|exactly|today|now|this morning|on the (?:dot|nose)"
DESPITE = r"(?:,? (?:despite|in spite of) [^\d,]+)?"
# What is said of a figure behind it: «81.6 kg this morning, same as last week».
AFTERTHOUGHT = re.compile(
    r",\s*(?:(?:about |exactly |the )*same as|like|and that is|that is|after|thank|phew|ugh|not bad|there i said)\b.*$"
)
# What was weighed is the body: then a number without a unit may be its weight.
WEIGHED = (
    rf"(?:\bi (?:\w+ )?weigh(?:ed)?(?: myself)?(?: in)?(?: at)?(?: and (?:it|i) (?:was|is|am|got))?|\bmy (?:\w+ )?weight(?: this morning| today| now)?"
    rf"|(?:\b(?:the|my) |^)(?:bathroom )?scales?(?: this morning| today)? (?:says?|said|shows?|showed|reads?)"
    rf"|\b(?:stepped|got|stood|hopped|jumped|hopping|went) on (?:the|my) (?:bathroom )?scales?(?: this morning| today)?(?: and (?:it|i) (?:was|said|saw|am|got))?,?"
    rf"|(?:^|, )(?:(?:my |current |today'?s )*weight)|^weigh(?:ed|ing)?[- ]?in(?: at)?|^weighed(?: at)?|^weigh"
    rf"|\bi (?:come|came)(?: out| in)? (?:to|at))\s*[:=]?\s+{ABOUT}"
)
# What else may be so much: cigarettes, units of insulin.
MOVED = (
    r"(?:\bi am (?:down to|up to|back to|at)|\bi (?:got|went) (?:down|up|back) to"
    rf"|\bi have (?:got|come) down to)\s+{ABOUT}"
)
WEIGHTS = (
    re.compile(rf"(?:{WEIGHED}|{MOVED}){STONE}"),
    re.compile(rf"\bi am\s+{ABOUT}{STONE}"),
    re.compile(rf"{MOVED}{N}\s*(?P<unit>{KG}|{LB})"),
    re.compile(rf"{WEIGHED}{N}\s*(?P<unit>{KG}|{LB})?(?!\s*(?:g|grams?|cm|%|percent|/)\b)"),
    re.compile(rf"\bi am\s+{ABOUT}{N}\s*(?P<unit>{KG}|{LB})"),
    re.compile(rf"^{ABOUT}{N}\s*(?P<unit>{KG}|{LB})?\s+on the scales?\b"),
)
# What is said alone is likely the body's weight, where health is told.
LONE_WEIGHTS = (
    re.compile(rf"^{ABOUT}{STONE}(?:\s+on (?:the|my) (?:bathroom )?scales?)?$"),
    # «79.4, and that's after the party»: asked about.
    re.compile(rf"^{ABOUT}(?P<n>(?:[4-9]\d|1\d\d)[.,]\d)$"),
    # In the morning, before anything was eaten, a number with a comma is what the scale showed.
    re.compile(
        rf"^{ABOUT}(?P<n>\d{{2,3}}[.,]\d)\s*(?P<unit>{KG}|{LB})?\s+(?:this morning|today)"
        r"(?: before (?:coffee|breakfast|food|eating|tea))?$"
    ),
    re.compile(rf"^{ABOUT}{N}\s*(?P<unit>{KG}|{LB})(?:\s+(?:{ALONE}))*{DESPITE}$"),
)
# By how much, and since when. Nothing else may be lost: «dropped the kids at 8 this morning».
CHANGE = rf"(?:(?:a|an|another|about|around|almost|nearly|over|half|few|couple|of|some|more|\d+(?:[.,]\d+)?)\s*)*(?P<by>{KG}|{LB}|weight\b|(?:bit|little|touch)\b)"
SINCE = (
    r"(?:\s+(?:more|again|already|overnight|of|fat|water|weight|since|this|last|the|in|over|a|week|month|weekend"
    r"|yesterday|\w+day|christmas|the holidays|\d+ (?:days|weeks|months|years)))*"
)
# What a change led to: «lost another pound, 201 now».
CHANGED_TO = re.compile(
    rf"^(?:i |i have )?(?:lost|gained|dropped|shed|put on|down|up|minus|plus)\b(?:\s+{CHANGE}{SINCE})?"
    rf"(?:\s+from {N_BEFORE})?(?:,\s*|\s+)(?P<led>(?:(?:so|and|now|i am|that is|it is|makes?|down|up|to|at)\s+)*)"
    rf"{N}\s*(?P<unit>{KG}|{LB})?(?P<now>(?:\s+(?:now|today|this morning|even|flat))*)$"
)
# Where a lift is told of, a lone weight is that of the bar.
LIFTING = re.compile(
    r"\b(?:deadlift\w*|squat\w*|bench(?:ed|ing| press\w*)|lift(?:s|ed|ing)?|curls?|barbells?|dumbbells?|kettlebells?"
    r"|\d+ sets|reps?|(?:overhead|leg|shoulder) press\w*|clean and jerk|rep max|1rm|lunges?)\b"
)
NOT_NOW = re.compile(
    r"\b(?:used to|last (?:year|month|summer|spring|autumn|winter|week|christmas)|(?:years?|months?|weeks?|[3-9] days|few days) ago"
    r"|in the past|back then|want|would like|goal|target|aim|aiming|hope|should|if|when (?:i|they|the doctors?) (?:was|were|got|first|found|diagnosed)"
    r"|before(?! (?:coffee|breakfast|lunch|dinner|supper|meals?|bed|food|eating|tea)\b)|ideal|dream|by (?:christmas"
    r"|summer|june|july|may|march|april|august|september|october|november|december|january|february)"
    r"|need to|to lose|to gain|lost|gained|in \d{4}|not|never)\b"
)
TALL = (
    rf"(?:\bi am|\bmy height(?: is)?|^(?:height|my height)|\bi measure|\bi stand)\s*[:=]?\s*{ABOUT}"
)
HEIGHTS = (
    re.compile(
        rf"{TALL}(?P<feet>[3-7])\s*(?:'|ft|feet|foot)\s*(?:(?P<inch>\d{{1,2}}(?:\.\d)?)\s*(?:\"|''|in|inch|inches)?)?(?!\d)"
    ),
    re.compile(rf"{TALL}(?P<m>[12][.,]\d{{1,2}})\s*(?:m|metres?|meters?)?(?:\s+tall)?$"),
    re.compile(rf"{TALL}(?P<m>[12])\s*(?:m|metres?|meters?)\s*(?P<rest>\d{{2}})\b"),
    re.compile(rf"{TALL}(?P<cm>\d{{2,3}}(?:[.,]\d)?)\s*(?:cm|centimet\w+)\b"),
    re.compile(rf"\bi am\s+{ABOUT}(?P<cm>1\d\d|2[0-4]\d)\s+tall\b"),
    re.compile(rf"(?:\bmy height|^height)\s*(?:is|:)?\s+{ABOUT}(?P<cm>1\d\d|2[0-4]\d)\b"),
)
# What is added to a reading of now: «what should I do», «not feeling well».
AFTERTHOUGHT = re.compile(
    r"[, ]+(?:and )?(?:(?:what )?(?:should|do) i|(?:i am )?not (?:sure|feeling|well|good|ok))\b.*$"
)
# Of a time, and not what a meter shows: «blood sugar at 3 in the morning», «2 hour reading».
CLOCK = r"(?::\d\d)?(?:\s*(?:a\.?m|p\.?m|o'?clock|in the (?:morning|afternoon|evening|night)|at night)\b\.?|[\s-]*(?:hours?|hrs?|h)\b)"
SUGAR = re.compile(
    r"\b(?:blood (?:sugar|glucose)s?|my (?:morning |fasting )?(?:sugars?|glucose|bg|levels?|meter|cgm)|fasting (?:sugar|glucose)|^sugar|^glucose)"
    r"(?:\s+(?:level|levels|reading|was|is|at|came|out|of|this|morning|today|now|just|about|around|fasting|before|after"
    rf"|lunch|breakfast|dinner|says?|said|reads?|shows?|tested|measured|and|it|i|a|got|around|in|the|evening|yesterday|:|=|\d{{1,2}}{CLOCK}))*"
    r"[:=]?\s+(?P<n>\d{1,3}(?:[.,]\d)?)(?!\d|[.,]\d)\s*(?P<unit>mg|milligrams?|mmol|millimol\w*)?"
    rf"(?!{CLOCK}|\s*(?:g|grams?|%|percent|(?:tea|table)?spoons?(?:ful)?|tsp|tbsp|cubes?|lumps?|points?|times|calories|kcal|min(?:ute)?s?"
    r"|hours?|hrs?|days?|weeks?|months?|years?|(?:higher|lower|more|less|above|below|over|under))\b|\s*(?:-|–|to |or )\s*\d)"
)
# So blood sugar is called: «my sugar» may be that of the tea, or of the day's food.
OF_BLOOD = re.compile(r"\b(?:blood sugars?|glucose|bg|cgm|fasting sugar)\b")
PRESSURE = re.compile(
    r"(?P<named>\bblood pressure\b[^\d]{0,60}|\bbp\b[^\d]{0,30}|^)"
    r"(?P<high>[6-9]\d|1\d\d|2[0-4]\d)\s*(?:/|over|on|to)\s*(?P<low>[3-9]\d|1[0-4]\d)\b(?P<after>.*)$"
)
NAMED_AFTER = re.compile(r"^\s*(?:mm ?hg|(?:(?:is|was|for|on) )*(?:my )?(?:bp|blood pressure))\b")
BARE_AFTER = re.compile(
    rf"(?:,?\s*(?:{ALONE}|yesterday|last night|tonight|(?:after|before|with|at|this)\b.*))*"
)
LIMITS = {"weight": (25, 350), "height": (90, 250), "sugar": (1, 900)}
LEAST_WEIGHT = 40  # a lone number from here on is a weight, where one is spoken of
MGDL_FROM = 35  # a blood sugar from here on is in mg/dL, below in mmol/L
LIVED_WITH = {"mg/dL": (10, 900), "mmol/L": (0.5, 50)}  # blood sugars: of others a word is wrong
WORDS_OF_DAYS = (
    (r"\byesterday\b|\blast night\b", 1),
    (r"\bday before yesterday\b|\b2 days ago\b", 2),
)


def measured(clause: str, *, lifts: bool = False) -> Iterator[Measured]:
    """What the speaker measured; wishes, changes and other times are no measurement.

    `lifts`: a lift is told of, be it in another clause.
    """
    words = with_digits(clause)
    days = max((days for said, days in WORDS_OF_DAYS if re.search(said, words)), default=0)
    not_now = bool(NOT_NOW.search(words))
    if not not_now or not NOT_NOW.search(AFTERTHOUGHT.sub("", words)):
        yield from _pressure(words, days)
        yield from _sugar(words, days)
    if (changed := CHANGED_TO.match(words)) and _tells_weight(changed):
        by = changed["by"] or ""
        yield from _weight_of(changed, days, by if re.match(rf"{KG}|{LB}", by) else "", sure=False)
        return
    words = AFTERTHOUGHT.sub("", words)
    if not_now:
        return
    yield from read_sizes(words, days)
    yield from _weight(words, days, lifts)
    yield from _height(words)


def _pressure(words: str, days: int) -> Iterator[Measured]:
    """Two numbers that nothing names may be a bus route: they are sure where it is named."""
    found = PRESSURE.search(words)
    if not found or is_others(words, found.start("high"), found.end("low")):
        return
    named = bool(found["named"]) or bool(NAMED_AFTER.search(found["after"]))
    if not named and not BARE_AFTER.fullmatch(found["after"]):
        return
    high, low = float(found["high"]), float(found["low"])
    if high > low:
        yield Measured("pressure", high, "mmHg", low, days, sure=named)


def _sugar(words: str, days: int) -> Iterator[Measured]:
    """Sure is what was said with its unit, or is called blood sugar and is of one unit only."""
    found = SUGAR.search(words)
    if not found or is_others(words, found.start("n"), found.end()):
        return
    value, said = number(found["n"]), found["unit"] or ""
    if not _within("sugar", value):
        return
    in_mg = said.startswith(("mg", "milli")) and "mol" not in said
    unit = "mg/dL" if in_mg or (not said and value >= MGDL_FROM) else "mmol/L"
    whole = value == int(value) and not re.search("[.,]", found["n"])
    of_blood = bool(OF_BLOOD.search(words))
    per_volume = bool(re.match(r"\s*(?:/|per\b|dl\b|a dec)", words[found.end() :]))
    least, most = LIVED_WITH[unit]
    sure = least <= value <= most and (
        (bool(said) and (of_blood or not in_mg or per_volume))
        or (not said and of_blood and whole == (value >= MGDL_FROM))
    )
    yield Measured("sugar", value, unit, days_ago=days, sure=sure)


def _weight(words: str, days: int, lifts: bool) -> Iterator[Measured]:
    for sure, patterns in ((True, WEIGHTS), (False, () if lifts else LONE_WEIGHTS)):
        for pattern in patterns:
            found = pattern.search(words)
            if found is None or is_others(words, found.start("n"), found.end("n")):
                continue
            yield from _weight_of(found, days, sure=sure)
            return


def _tells_weight(changed: re.Match[str]) -> bool:
    """Whether the number after a change is a weight: by a unit, and by a word of where it led.

    «Up a pound, 194» has no such word: so much is nothing else.
    """
    by = changed["by"] or ""
    if changed["unit"]:
        return bool(by) or "to " in changed["led"]
    much = re.match(rf"{KG}|{LB}", by) is not None and number(changed["n"]) >= LEAST_WEIGHT
    led = changed["now"] or set(changed["led"].split()) - {"at", "and"}
    return bool(by and (led or much))


def _weight_of(
    found: re.Match[str], days: int, usual: str = "", *, sure: bool = True
) -> Iterator[Measured]:
    """`usual`: the unit where none was said."""
    value, unit = number(found["n"]), "kg"
    groups = found.groupdict()
    if "more" in groups:
        pounds = value * POUNDS_PER_STONE + number(groups["more"] or "0")
        value = round(pounds * KG_PER_POUND, 1)
    elif not (said := groups.get("unit") or usual):
        unit = ""
    elif re.match(LB, said):
        value = round(value * KG_PER_POUND, 1)
    if _within("weight", value) or not unit:
        yield Measured("weight", value, unit, days_ago=days, sure=sure)


def _height(words: str) -> Iterator[Measured]:
    for pattern in HEIGHTS:
        found = pattern.search(words)
        if found is None or is_others(words, found.start(), found.end()):
            continue
        groups = found.groupdict()
        if groups.get("feet"):
            value = (12 * int(groups["feet"]) + number(groups["inch"] or "0")) * CM_PER_INCH
        elif groups.get("m"):
            value = 100 * number(groups["m"]) + number(groups.get("rest") or "0")
        else:
            value = number(groups["cm"])
        if _within("height", round(value, 1)):
            yield Measured("height", round(value, 1), "cm")
        return


def _within(kind: str, value: float) -> bool:
    low, high = LIMITS[kind]
    return low <= value <= high
