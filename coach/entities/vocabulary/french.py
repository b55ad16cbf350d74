"""French words of units, days, months and parts of a day."""

from typing import Final

from coach.entities.numerals.romance import FRENCH as NUMBERS
from coach.entities.phrases import Phrases
from coach.entities.text import word_set
from coach.entities.vocabulary.shared import METRIC, units_with
from coach.entities.vocabulary.vocabulary import Vocabulary

UNITS: Final = units_with(METRIC, {
    "g": "gr|gramme|grammes", "kg": "kilo|kilos|kilogramme|kilogrammes",
    "mg": "milligramme|milligrammes", "lb": "livre|livres", "oz": "once|onces",
    "ml": "millilitre|millilitres", "cl": "centilitre|centilitres", "dl": "decilitre|decilitres",
    "l": "litre|litres", "cup": "tasse|tasses",
    "tbsp": "cuillere a soupe|cuilleres a soupe|cuilleree a soupe|cuillerees a soupe|c a soupe"
            "|c a s|cs|cas",
    "tsp": "cuillere a cafe|cuilleres a cafe|cuilleree a cafe|cuillerees a cafe|c a cafe|c a c|cc"
           "|cac|cuillere a the|cuilleres a the",
    "inch": "pouce|pouces", "mile": "mile|miles", "gallon": "gallon|gallons",
    "cm": "centimetre|centimetres", "m": "metre|metres", "km": "kilometre|kilometres",
    "kcal": "calorie|calories|kilocalorie|kilocalories", "%": "pour cent|pourcent",
    "slice": "tranche|tranches", "piece": "morceau|morceaux|part|parts|piece|pieces",
    "can": "boite|boites|canette|canettes", "bottle": "bouteille|bouteilles",
    "glass": "verre|verres", "bowl": "bol|bols", "plate": "assiette|assiettes",
    "handful": "poignee|poignees", "bar": "barre|barres", "packet": "paquet|paquets|sachet|sachets",
    "bag": "sac|sacs", "portion": "portion|portions", "jar": "bocal|bocaux",
    "pot": "pot|pots", "clove": "gousse|gousses", "pinch": "pincee|pincees",
    "spoon": "cuillere|cuilleres|cuilleree|cuillerees",
})  # fmt: skip
WEEKDAYS: Final = {
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
}  # fmt: skip
PHRASES: Final = [
    ("day", "aujourd hui", 0, ""), ("day", "hier <part>?", -1, ""),
    ("day", "hier apres midi", -1, "afternoon"), ("day", "avant hier <part>?", -2, ""),
    ("day", "demain <part>?", 1, ""), ("day", "demain apres midi", 1, "afternoon"),
    ("day", "apres demain", 2, ""), ("day", "ce|cette <part>", 0, ""),
    ("day", "cet apres midi", 0, "afternoon"), ("day", "la nuit derniere", -1, "night"),
    ("part", "le|du|au <part>", 0, ""), ("part", "l|de|dans l? apres midi", 0, "afternoon"),
    ("part", "de l apres midi", 0, "afternoon"), ("part", "la|de|pendant la? nuit", 0, "night"),
    ("weekday", "le? <weekday> <part>?", 0, ""),
    ("weekday_last", "<weekday> dernier|passe <part>?", 0, ""),
    ("weekday_next", "<weekday> prochain <part>?", 0, ""),
    ("weekday_this", "ce|cette <weekday> <part>?", 0, ""),
    ("weekday_this", "<weekday> de? cette semaine", 0, ""),
    ("weekday_next_week", "<weekday> de? la semaine prochaine", 0, ""),
    ("weekday_last_week", "<weekday> de? la semaine derniere|passee", 0, ""),
    ("dated", "le <weekday>? <ordinal> <month> <year>?", 0, ""),
    ("perhaps_dated", "<ordinal> <month> <year>?", 0, ""),
    ("date", "le? <date>", 0, ""), ("day_of_month", "le <ordinal>", 0, ""),
    ("span_this", "cette|ce|cet <period>", 0, ""), ("span_this", "ce mois ci", 0, ""),
    ("span_this", "cette <period> ci", 0, ""),
    ("span_other", "la|le|l <period> derniere|dernier|passee|passe", -1, ""),
    ("span_other", "la|le|l <period> prochaine|prochain", 1, ""),
    ("span_so_many", "ces|les|des <n> derniers|dernieres <period>", -1, ""),
    ("span_so_many", "pendant|sur|dans les <n> derniers|dernieres <period>", -1, ""),
    ("span_so_many", "les <n> prochains|prochaines <period>", 1, ""),
    ("weekend", "ce|le week? end|weekend", 0, ""), ("weekend",
    "le week? end|weekend dernier", -1, ""),
    ("weekend", "le week? end|weekend prochain", 1, ""), ("span_month", "en <month>", 0, ""),
    ("every", "tous|toutes les <period>", 1, ""), ("every", "chaque <period>", 1, ""),
    ("every", "tous|toutes les <n> <period>", 1, ""), ("every", "quotidiennement", 1, "day"),
    ("every_weekday", "tous les <weekdays>", 1, ""), ("every_weekday", "chaque <weekday>", 1, ""),
    ("every_weekday", "le <weekdays>", 1, ""), ("every_part", "chaque <part>", 1, ""),
    ("every_part", "tous les <part>", 1, ""), ("workdays", "en semaine", 1, ""),
]  # fmt: skip

FRENCH: Final = Vocabulary(
    language="fr",
    numbers=NUMBERS,
    units=UNITS,
    units_as_written={},
    plus=frozenset({"et", "plus", "+"}),
    to=frozenset({"a", "ou"}),
    between=frozenset({"entre"}),
    from_=frozenset({"de", "du"}),
    and_=frozenset({"et"}),
    about=word_set("environ presque vers quelque quelques"),
    periods={
        "seconde": "second", "secondes": "second", "minute": "minute", "minutes": "minute",
        "min": "minute", "mn": "minute", "heure": "hour", "heures": "hour", "h": "hour",
        "jour": "day", "jours": "day", "semaine": "week", "semaines": "week", "mois": "month",
        "an": "year", "ans": "year", "annee": "year", "annees": "year",
    },
    weekdays=WEEKDAYS,
    weekdays_short=WEEKDAYS,
    weekdays_plural={f"{day}s": number for day, number in WEEKDAYS.items()},
    months={
        "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7,
        "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
    },
    parts={
        "matin": "morning", "matins": "morning", "matinee": "morning", "soir": "evening",
        "soirs": "evening", "soiree": "evening", "nuit": "night",
    },
    meals={
        "dejeuner": "noon", "diner": "evening", "souper": "evening", "dejeune": "noon",
        "dine": "evening", "petit": "morning",
    },
    phrases=Phrases(PHRASES),
    ago_before=(("il", "y", "a"), ("y", "a")),
    ahead_before=(("dans",), ("d", "ici")),
    future=word_set("vais va allons mangerai prendrai rappelle demain"),
    since_before=frozenset({"depuis"}),
    until=frozenset({"a", "au", "jusqu"}),
    before_weekday=frozenset({"le"}),
    parts_at_apostrophes=True,
)  # fmt: skip
