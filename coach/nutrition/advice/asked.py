"""What a question about a food for a member is about: the foods, and what else it tells. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from coach.meaning.in_english import in_english
from coach.nutrition.foods.avoided import NOT_AVOIDED, Avoided, allergies_in
from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.speech.lookup import foods_in

# What a question says around its food: "can I eat …", "is … okay for me", "with my diabetes".
AROUND: Final = re.compile(
    r"\b(?:can|could|may|might|should|shall|would|do|does|am|is|are|will)"
    r" (?:someone like me|i|we|it|that|this|there|diabetics?"
    r"|a (?:coeliac|celiac|diabetic|vegan|vegetarian))\b(?: still)?"
    r"|\b(?:allowed|supposed|able|permitted|possible|safe|suitable|okay|ok|fine|alright|all right"
    r"|good|bad|better|healthy|harmful|dangerous|a good idea|a bad idea|a problem|too much|right"
    r"|allergic)\b(?: (?:to|for|if))?(?: (?:me|us|my [\w ]+))?(?: to (?:eat|have|drink)\b)?"
    r"|\b(?:eat|have|drink|take|afford|avoid|stop eating|skip|fit|fits|suit|contains?|touch)\b"
    r"(?: to\b)?|\b(?:for|to) me\b|\bplease\b|\bagain\b|\btoday\b|\btonight\b|\bnow\b|\bstill\b"
    r"|\binto? my day\b|\bin my (?:day|calories|plan)\b|\bmy (?:day|calories|plan)\b"
    r"|\broom for\b|\bwhat about\b|\bhow about\b|\bput me over\b|\bevery ?day\b|\ba day\b|\bif i\b"
    r"|\bdo you think\b|\banything in\b|\bthat i(?:'m| am)?(?: allergic to)?\b|\bi can'?t have\b"
    r"|\bis there\b|\bdiabetics?\b|\bcoeliacs?\b|\bceliacs?\b|\banother\b|\bsome\b|\bany\b"
    r"|\bsafely\b|\bthese\b|\bgiven my goal\b|\bhow (?:bad|good|healthy)\b|\bthey say\b"
    r"|\b(?:with|after|before|for) (?:my )?(?:breakfast|lunch|dinner|supper)\b"
    r"|\b(?:what )?with wanting to [\w ]+|\bor (?:does|will|would|is) (?:that|it)\b.*"
    r"|\b(?:blow|ruin|wreck|break) (?:it|my [\w ]+)\b|\bi(?: have|'ve)? heard\b"
    r"|\b(?:avoiding|eating|having|drinking|wanting)\b",
    re.IGNORECASE,
)
# From here on a question tells of the member: "… with diabetes", "… while pregnant".
BESIDES: Final = re.compile(
    r"\b(?:with|on|while|when|during|in|despite|as|given|because of|being|if i'?m|if i am|taking)"
    r" (?:my |a |an |the |taking |i'?m |i am |being )*+(?P<what>"
    r"(?:type (?:1|2|one|two) )?diabet\w*|pregnan\w*|breast ?feeding|kidney\w*(?: disease)?"
    r"|dialysis|high blood pressure|blood pressure|hypertension|cholesterol\w*|high cholesterol"
    r"|gout|reflux"
    r"|heartburn|ibs|irritable bowel|coeliac\w*|celiac\w*|lactose intoleran\w*|warfarin|metformin"
    r"|statins?|simvastatin|atorvastatin|insulin|lithium|maois?|levothyroxine|thyroid \w+"
    r"|medicat\w*|medicines?|tablets?|pills?|meds|antibiotics?|antidepressants?|blood thinners?"
    r"|migraines?|gallstones?|an?aemia|heart \w+|liver \w+|cirrhosis|condition|illness"
    r"|(?:\w++ ){0,6}?\w*allerg\w+|crohn\S*|colitis|hepatitis|pku|epilepsy|transplant|chemo\w*)",
    re.IGNORECASE,
)
ALLERGY: Final = re.compile(r"(?P<what>(?:\w++ ){0,6})\w*allerg\w+", re.IGNORECASE)
PREGNANT: Final = re.compile(r"\bpregnan\w*", re.IGNORECASE)
FITS: Final = re.compile(
    r"\bfits?\b|\broom\b|\bput me over\b|\btoo much now\b|\bafford\b|\bin my (?:day|calories)\b"
    r"|\btoday\b|\btonight\b|\bblow\b|\bmy (?:goal|diet|target|limit)\b|\bstill have\b"
    r"|\b(?:slim|lose|losing)\b|\b(?:second|another|third|more)\b",
    re.IGNORECASE,
)
TELLS: Final = re.compile(
    r"diabet|kidney|dialysis|blood pressure|hypertens|cholesterol|\bgout|reflux|heartburn|\bibs\b"
    r"|bowel|coeliac|celiac|lactose|warfarin|metformin|statin|insulin|lithium|maoi|levothyrox"
    r"|thyroid|medic|tablet|pill\b|pills\b|meds\b|antibiotic|antidepress|thinner|migraine|gallstone|an?aemi"
    r"|heart|liver|cirrhosis|pregnan|breast ?feed|transplant|chemo|crohn|colitis|hepatitis|pku"
    r"|epilep|ibuprofen|paracetamol|aspirin|nursing",
    re.IGNORECASE,
)


# What is left over of a question and is no food.
LEFT: Final = words_of(
    "would will be i i'm im or like this that anything something it as well so then just really"
    " also second third more other one ones thing my me your in on to if because is are was am do"
    " does did can could should me kind cause since think know tell ask hi hello hey coach slice"
    " slices piece meal dinner lunch breakfast snack question"
)
MOST_WORDS: Final = 200  # of a question; what follows is not read
ARTICLES: Final = words_of("a an the two three four half")


@dataclass(frozen=True)
class AskedFor:
    """`foods` are the words of the food; `told` what the question itself tells of the member."""

    foods: str
    told: str = ""
    allergies: Avoided = NOT_AVOIDED
    fits: bool = False  # whether it is asked to fit into what is left of the day


def asked_for(said: str) -> AskedFor:
    """Read a question like "can I eat bananas with diabetes"."""
    words = " ".join(in_english(said.replace("’", "'")).split()[:MOST_WORDS])
    told = " ".join(match["what"] for match in BESIDES.finditer(words))
    told += " " + " ".join(TELLS.findall(words))
    allergies = NOT_AVOIDED
    for match in ALLERGY.finditer(" ".join(m["what"] for m in BESIDES.finditer(words))):
        allergies |= allergies_in(match["what"])
    bare = AROUND.sub(" ", BESIDES.sub(" ", words))
    # "salt" is a nutrient to other questions; where nothing else is named, it is the food.
    foods = _named(foods_in(bare)) or _named(bare)
    return AskedFor(foods, told.strip(), allergies, bool(FITS.search(words)))


def _named(words: str) -> str:
    """The words that can be a food's; "" for "this" and the like."""
    kept = [word for word in re.findall(r"[\w'-]+", words) if word.lower() not in LEFT]
    if kept[1:2] == ["of"] and kept[0].lower() in ARTICLES:
        del kept[:2]  # «a slice of cake»
    if kept and kept[-1].lower() in ARTICLES:
        kept.pop()  # «is granola a good breakfast»
    return "" if {word.lower() for word in kept} <= ARTICLES else " ".join(kept)
