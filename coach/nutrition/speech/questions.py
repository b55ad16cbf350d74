"""What a question about a day of the diary asks for: which meal, which nutrients."""

import re
from dataclasses import dataclass
from datetime import time

from coach.entities import Amount, ClockTime, read_entities
from coach.nutrition.day import MACROS
from coach.nutrition.models.diary import Slot

# In English, and in Spanish, French, German and Korean.
NUTRIENT_WORDS = (
    ("saturated_fat_g", r"saturated|saturad|satur[ée]s?\b|gesättigt|포화"),
    ("protein_g", r"protein|prote[íi]na|prot[ée]ine|eiwei[ßs]|단백질"),
    ("carbohydrate_g", r"\bcarb|carbohidrato|hidratos|glucides|kohlenhydrat|탄수화물"),
    ("fibre_g", r"fib(?:re|er)|roughage|\bfibra|ballaststoff|식이섬유|섬유질"),
    ("sugar_g", r"sugar|az[úu]car|\bsucres?\b|zucker|설탕|당류"),
    ("sodium_mg", r"sodium|\bsalt|\bsal\b|\bsel\b|\bsalz|sodio|natrium|나트륨|소금"),
    ("fat_g", r"\bfats?\b|\bgrasas?\b|lipides|mati[èe]res grasses|\bfette?[sn]?\b|지방"),
    ("kcal", r"calor|\bk?cals?\b|energy|kilocal|kalorie|[ée]nergie|energ[íi]a|칼로리|열량"),
)
# What was eaten beside the meals counts as a snack.
BETWEEN_MEALS = r"\b(?:in )?between (?:my |the )?meals\b|\bbetween (?:breakfast|lunch|dinner) and\b"
SLOT_WORDS = (
    (Slot.SNACK, BETWEEN_MEALS),
    (Slot.BREAKFAST, r"breakfast|desayuno|petit[- ]d[ée]jeuner|fr[üu]hst[üu]ck|아침"),
    (Slot.LUNCH, r"lunch|almuerzo|d[ée]jeuner|mittagessen|점심"),
    (Slot.DINNER, r"dinner|supper|\bcenar?\b|\bd[îi]ner\b|abendessen|abendbrot|저녁"),
    (Slot.SNACK, r"snack|merienda|tentempi[ée]|go[ûu]ter|collation|zwischenmahlzeit|간식"),
)
REMAINING = (
    r"\bleft\b|\bhow far (?:am i|i am|are we)? ?(?:from|off)\b|remain"
    r"|still (?:eat|have|need)|to go\b"
    r"|\bmore\b.*\b(?:can|should|need)|(?:can|should|need).*\bmore\b"
)
TARGET = r"target|goal|\blimit|\baim\b|supposed|should i (?:eat|have|get)|allowance|\bbudget"
LISTING = (
    r"what (?:did|have|had|was|is|all)\b|\blist\b|\bshow\b|\bin (?:my|the) diary\b"
    r"|\bread (?:me )?(?:\w+ ){0,3}(?:back|out|aloud|again)\b"
    r"|what(?:.s|s| is| have you got) (?:on|in|down|written)\b"
    r"|what i(?:'ve|ve| have)? (?:just )?(?:ate|had|eaten|drank|eat)\b"
    r"|\bwhat (?:\w+ ){0,3}i (?:had|ate|drank)\b"
)
# Whether a target was met is told by what was eaten, and not by the target alone.
MET = r"\b(?:hit|reach(?:ed)?|met|meet|over|under|within|close|far|percent(?:age)?)\b"
LIMIT = r"\b(?:limit|target|goal|budget|allowance|max(?:imum)?|cap) (?:is|of|was|to|at)\b"
LIMITS = range(800, 6001)  # kcal a day that somebody may have as a limit
NOON = 12  # the hour in which a meal is meant, and not the middle of the night
AMOUNT = r"how (?:much|many)|\btotal|\bsum\b|count"


@dataclass(frozen=True)
class Question:
    """What a question is about."""

    slot: Slot | None
    nutrients: tuple[str, ...]
    remaining: bool
    target: bool
    listing: bool
    at: time | None = None  # what was eaten then is asked for
    own_limit: float | None = None  # kcal: «if my limit is 1,800»


def understand(said: str) -> Question:
    """Read a question about a day."""
    words = said.lower()
    nutrients = nutrients_in(words)
    slot = next((slot for slot, pattern in SLOT_WORDS if re.search(pattern, words)), None)
    return Question(
        slot=slot,
        nutrients=nutrients,
        remaining=bool(re.search(REMAINING, words)),
        target=bool(re.search(TARGET, words)) and not re.search(MET, words),
        listing=bool(re.search(LISTING, words)) and not re.search(AMOUNT, words) and not nutrients,
        at=_time_in(said),
        own_limit=_limit_in(words),
    )


def _time_in(said: str) -> time | None:
    """`at 12:30`, `at 3 pm`. Of a bare `at 3` nobody knows which half of the day is meant."""
    found = [one for one in read_entities(said) if isinstance(one, ClockTime)]
    if len(found) != 1 or not (found[0].sure or found[0].time.hour == NOON):
        return None
    return found[0].time


def _limit_in(words: str) -> float | None:
    """The limit of a day that is told with the question, in kcal."""
    told = re.search(LIMIT, words)
    return kcal_of_a_day(words) if told else None


def kcal_of_a_day(words: str) -> float | None:
    """The first number that can be the energy of a day, with a unit or without; no year is one."""
    amounts = [one for one in read_entities(words) if isinstance(one, Amount)]
    energies = (one.value for one in amounts if one.unit in {"", "kcal"})
    return next((value for value in energies if value in LIMITS), None)


def nutrients_in(said: str) -> tuple[str, ...]:
    """The nutrients that `said` names, by the diary's names for them."""
    words = said.lower()
    if re.search(r"macros?\b|macronutrient", words):
        return ("kcal", *MACROS)
    found = [name for name, pattern in NUTRIENT_WORDS if re.search(pattern, words)]
    if "saturated_fat_g" in found and len(re.findall(r"\bfats?\b", words)) == 1:
        found.remove("fat_g")
    return tuple(found)
