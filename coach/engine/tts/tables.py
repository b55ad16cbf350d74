"""Months, abbreviations, symbols and numbers that are dialled, with the words said for them."""

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

DAYS: dict[str, str] = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Tues": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}

# With the dot where it needs one to be told from a word. Matched without regard to case.
ABBREVIATIONS: dict[str, str] = {
    "e.g.": "for example,",
    "e.g": "for example,",
    "eg.": "for example,",
    "i.e.": "that is,",
    "i.e": "that is,",
    "ie.": "that is,",
    "etc.": "et cetera",
    "etc": "et cetera",
    "approx.": "approximately",
    "approx": "approximately",
    "vs.": "versus",
    "vs": "versus",
    "incl.": "including",
    "excl.": "excluding",
    "avg.": "average",
    "avg": "average",
    "max.": "maximum",
    "w/o": "without",
    "w/": "with",
    "a.m.": "A.M",
    "p.m.": "P.M",
    "dept.": "department",
    "wt.": "weight",
    "vit.": "vitamin",
}

# Of these a stop may also be the end of the sentence.
MAY_END = frozenset(["a.m.", "p.m.", "etc."])

# Capitals that spell a word too, and yet are said letter by letter.
SPELT = frozenset(
    [
        "WHO",
        "US",
        "EU",
        "UK",
        "GP",
        "BP",
        "ED",
        "IT",
        "AI",
        "PCOS",
        "NHS",
        "RDA",
        "RDI",
        "TDEE",
        "BMR",
        "BMI",
        "IBS",
        "IBD",
        "LDL",
        "HDL",
    ]
)

SYMBOLS: dict[str, str] = {
    "&": " and ",
    "≈": " about ",
    "≥": " at least ",
    "≤": " at most ",
    "±": " plus or minus ",
    "×": " times ",
    "÷": " divided by ",
    "=": " equals ",
    "→": ", ",
    "•": ", ",
    "·": ", ",
    "™": "",
    "®": "",
    "©": "",
    "§": " section ",
    "@": " at ",
    "%": " percent ",
    "°": " degrees ",
    "|": ", ",
    "\\": " ",
    "^": " ",
    "*": " ",
    "_": " ",
    "`": " ",
    "#": " ",
    "~": " ",
    "<": " less than ",
    ">": " more than ",
    "{": ", ",
    "}": ", ",
    "[": ", ",
    "]": ", ",
}

# Short numbers that are dialled. The second group needs a word such as "call" before it.
DIALLED = ("116 123", "116123", "116 117", "116117", "741741", "988", "911", "999")
DIALLED_AFTER_CALL = ("112", "111", "101", "000", "85258")
