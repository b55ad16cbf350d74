"""What a question about a day of the diary asks for: which meal, which nutrients."""

import re
from dataclasses import dataclass

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
SLOT_WORDS = (
    (Slot.BREAKFAST, r"breakfast|desayuno|petit[- ]d[ée]jeuner|fr[üu]hst[üu]ck|아침"),
    (Slot.LUNCH, r"lunch|almuerzo|d[ée]jeuner|mittagessen|점심"),
    (Slot.DINNER, r"dinner|supper|\bcenar?\b|\bd[îi]ner\b|abendessen|abendbrot|저녁"),
    (Slot.SNACK, r"snack|merienda|tentempi[ée]|go[ûu]ter|collation|zwischenmahlzeit|간식"),
)
REMAINING = (
    r"\bleft\b|remain|still (?:eat|have|need)|to go\b"
    r"|\bmore\b.*\b(?:can|should|need)|(?:can|should|need).*\bmore\b"
)
TARGET = r"target|goal|\blimit|\baim\b|supposed|should i (?:eat|have|get)|allowance|\bbudget"
LISTING = (
    r"what (?:did|have|had|was|is|all)\b|\blist\b|\bshow\b|in my diary"
    r"|read (?:me )?(?:back|out)|what.s (?:on|in)\b|what i(?:'ve| have)? (?:ate|had|eaten|drank)"
)
# Whether a target was met is told by what was eaten, and not by the target alone.
MET = r"\b(?:hit|reach(?:ed)?|met|meet|over|under|within|close|far|percent(?:age)?)\b"
AMOUNT = r"how (?:much|many)|\btotal|\bsum\b|count"


@dataclass(frozen=True)
class Question:
    """What a question is about."""

    slot: Slot | None
    nutrients: tuple[str, ...]
    remaining: bool
    target: bool
    listing: bool


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
    )


def nutrients_in(said: str) -> tuple[str, ...]:
    """The nutrients that `said` names, by the diary's names for them."""
    words = said.lower()
    if re.search(r"macros?\b|macronutrient", words):
        return ("kcal", *MACROS)
    found = [name for name, pattern in NUTRIENT_WORDS if re.search(pattern, words)]
    if "saturated_fat_g" in found and len(re.findall(r"\bfats?\b", words)) == 1:
        found.remove("fat_g")
    return tuple(found)
