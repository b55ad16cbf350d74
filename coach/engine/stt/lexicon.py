"""Words of nutrition that the recogniser does not know, as it transcribes them.

Every pattern matches what is no English word or phrase, or is one only in a place where it makes
no sense ("my insolent."), so that ordinary speech stays as it is: the tests run all patterns over
a dictionary of English. The forms were collected from synthetic voices of several makers.
"""

import re

_END = r"(?=[.,!?;]|$|\s(?:and|or|is|was|for|with)\b)"

_HEARD: tuple[tuple[str, str], ...] = (
    (
        r"dieticians?|diatit?ians?|diocesians?|dietisions?|bitations?|bi-tit[ai]{1,2}ns?",
        "dietitian",
    ),
    (r"diet(?:-| )it[ai]{1,2}ns?|diet[ -]tit[ai]{1,2}ns?", "dietitian"),
    (
        r"[ck]au?p{1,2}[uo][ -]?(?:cc?h?|g)i(?:n|ll|m)oe?|kaku[ -]?chino|cop chino|capucinno",
        "cappuccino",
    ),
    (r"(?:qua|cui|cua|cuis|quai)[sc][aou]{1,2}n[td]?|quas on", "croissant"),
    (r"cross(?: |-)(?:ont|sont|ant)", "croissant"),
    (r"et[iy]mam[ei]|edomam[ei]|edamam[iy]|eda mame", "edamame"),
    (r"musl[ei]y|mus[ei]?ly|mues?ley|mews?ley", "muesli"),
    (r"kimgy|kinchee|kimchee|kim chi|kin chee", "kimchi"),
    (r"penire|pinir|pan neer|paneir", "paneer"),
    (r"keen[ -]?wa(?:ff|h)?|quin+o|kinwa", "quinoa"),
    (r"toafu|toe fu|torfu", "tofu"),
    (r"chap(?:-| )atti|chaparty|chat potty", "chapati"),
    (r"chick peas|chit peas|checkpieces?", "chickpeas"),
    (r"car(?:go|va|bo)[ -]?hydrates|cuddle hydrates", "carbohydrates"),
    (r"call?isteral|cholestrol|callesterol", "cholesterol"),
    (r"pro[- ]?in|pro[- ](?:tean|teen|tein|tin)|protin|proteen", "protein"),
    (r"vagina(?= options?\b)", "vegan"),
    (r"vaginactions?", "vegan options"),
    (r"(?:(?<=large )|(?<=small )|(?<=medium ))(?:lat|lad|lott[iy])(?=[.,?!]|$)", "latte"),
    (r"tar get|(?<=what's my )argument|(?<=what is my )argument", "target"),
    (r"(?:call?e|col(?:o|l[eo]))ries|calorie(?:'s| sore)", "calories"),
    (r"(?:call?e|col(?:o|l[eo]))rie", "calorie"),
    (r"in zulin|insoline|insullin", "insulin"),
    (r"(?<=my )insolent" + _END + r"|(?<=of )insolent" + _END, "insulin"),
    (r"met formin|metforman|metverman|(?<=my )met for men|(?<=on )met for men", "metformin"),
    (r"an[ae]?ph[iy]l[iey]{0,2}x\w*|(?:an |in |un)?aff?ilix\w*|naffilix\w*", "anaphylaxis"),
    (r"hypo(?:thy|g|gl[iy]|d[yi]|)(?:ceemia|seemia|sysemia|cemia)|hypodysemia", "hypoglycemia"),
    (r"high po(?:cal|gl[iy]) ?i? ?(?:isemia|iseemia|see mia|semia)", "hypoglycemia"),
    (r"ann or axia|aneur exia|annor exia|anorexea", "anorexia"),
    (r"billimia|duelimia|dulymia|boolimia|guilamia|yolamia", "bulimia"),
)

_RULES = tuple((re.compile(rf"\b(?:{heard})\b", re.IGNORECASE), meant) for heard, meant in _HEARD)


def mend(text: str) -> str:
    """The text with misheard words of the domain put right; plural and capital are kept."""
    for pattern, meant in _RULES:
        text = pattern.sub(lambda match, meant=meant: _like(match[0], meant), text)  # type: ignore[misc]
    return text


def _like(heard: str, meant: str) -> str:
    plural = meant == "dietitian" and heard.lower().endswith("s")
    word = meant + "s" if plural else meant
    return word.capitalize() if heard[0].isupper() else word
