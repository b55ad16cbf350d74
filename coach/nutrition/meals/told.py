"""What of a text tells of a meal: without questions, plans and hearsay, in plain words.

    told("Tofu and rice. Can I swap it for beans?") → "Tofu and rice."

A list with a question mark is no question: recognisers write them where a voice goes up.
"""

import re
from typing import Final

from coach.meaning.people import KIN
from coach.nutrition.meals.batches import shared

_SENTENCE: Final = re.compile(r"(?<=[.!?\n;])\s+")
_ASKS: Final = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|also|hey|hi|hello|btw|pls|please|quick question)\W+)*"
    r"(?:(?:can|could|should|may|might|shall|did|do|would|must) (?:i|we|you|it|they|that)\b"
    r"|(?:does|is|are|was|isn't|wouldn't|would|will) (?!it was\b)(?:\S+ ){1,12}?"
    r"(?:count|ok|okay|good|bad|fine|better|worse|allowed|healthy|healthier|enough|too|have|any)\b"
    r"|(?:is|are) there\b|how (?:many|much|about|bad|good|long|do|does|can|should)\b"
    r"|what (?:about|if|is|are|should|can|could|would|do|does|counts)\b|what's\b"
    r"|which (?:is|one|has|are|of)\b|why\b|any (?:ideas|tips|chance)\b)",
    re.IGNORECASE,
)
_WRITES: Final = re.compile(
    r"\b(?:i|we)(?:'ve| have)? (?:just |only |also )?(?:had|ate|drank)\b"
    r"|^\W*(?:\w+ )?(?:can|could|would) you (?:please )?(?:\w+ )?"
    r"(?:log|write|put|add|note|track|record|enter|jot|mark|save|pop|stick)\b",
    re.IGNORECASE,
)
# What is planned, bought for later, or said of food in general.
_AHEAD: Final = re.compile(
    r"\b(?:shopping list|the shopping is|groceries|grocery (?:list|run|shop)"
    r"|meal[- ]?prep(?:ping|ped)?|meal plan|week ahead|for the week\b"
    r"|(?:for|of) next week|the freezer for)"
    r"|^\W*(?:for )?tomorrow(?:'s|’s)? (?:is|i plan)\b"
    r"|\b(?:menu for|putting together|back from (?:the )?(?:shop|store|supermarket)|did the shop)"
    r"|\b(?:gonna|going to) (?:make|cook|bake|prep)\b|\b(?:for|4) tmrw\b|\bthrow (?:away|out)\b"
    r"|\b(?:'s|’s|is|are) cooking\b.*\btonight\b|\b(?:they|it|was|were|got) (?:got )?cancell?ed\b"
    r"|\bi(?:'ve|’ve| have)? (?:planned|been planning|keep reading|read somewhere|read that|"
    r"heard|keep hearing|wonder|was wondering|am wondering|'m wondering)\b"
    r"|\b(?:people|they|doctors|experts) (?:always )?(?:say|claim|recommend)\b"
    r"|\bnot sure (?:whether|if)\b|\bi(?:'m| am) (?:allergic|intolerant)\b"
    r"|\b(?:are|is) (?:good|bad|great|terrible|healthy|unhealthy) for (?:the|your|you|my)\b",
    re.IGNORECASE,
)
_ATE: Final = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )\b(?:had(?! to\b)|ate|drank|logged?)\b", re.IGNORECASE
)
# "Half a burrito, the other half is in the fridge"
_LEFT_OVER: Final = re.compile(
    r"(?:,|;|\.| and| while| but)? (?:so )?the (?:other (?:half|one|two|three|slice|piece)|rest|"
    r"remainder|leftovers|remaining \w+)(?: of (?:it|them))? (?:is|are|was|were|went|goes|"
    r"will|stays?|i(?:'ve|’ve)? (?:left|saved|froze|kept|gave|put))\b[^.;,]*",
    re.IGNORECASE,
)
# "Breakfast for the baby was porridge.", "my trainer says 150 g of chicken; I had …"
_OF_OTHERS: Final = re.compile(
    rf"\b(?:breakfast|lunch|dinner|supper|tea) for (?:the|my|our) (?:{KIN})\b[^.;]*"
    rf"|\b(?:my|the|our) (?:trainer|doctor|coach|dietitian|dietician|nutritionist|gp|nurse|{KIN}) "
    r"(?:says|said|recommends?|recommended|suggests?|suggested|wants|thinks)\b[^.;]*",
    re.IGNORECASE,
)
# "There were cakes and a fruit platter; I had a few berries": what was there was not had.
_WAS_THERE: Final = re.compile(
    r"\bthere (?:was|were) (?:[^.;]*(?:,| and )[^.;]*)[.;] "
    r"(i (?:just |only )?(?:had|took|ate|picked|chose|went for|stuck to) (?:just |only )?"
    r"(?:(?:the|an?|some|one|two|three|few) ){1,3}"
    r"(?!slices?\b|pieces?\b|plates?\b|bowls?\b|portions?\b|half\b|of\b|glass|cups?\b|bits?\b))",
    re.IGNORECASE,
)
_RED_OR_WHITE: Final = re.compile(
    r"\b(glass(?:es)? of (?:red|white|rose|rosé))\b(?! wine)", re.IGNORECASE
)
_SWAPPED: Final = re.compile(
    r"\b(?:i )?(?:swapped|traded|switched) (?:out )?((?:\S+ ){1,6}?)(?:for|to)\b", re.IGNORECASE
)
# "Heinz-ish baked beans"
_LIKENED: Final = re.compile(r"\b[^\W\d_]+-ish\b ?", re.IGNORECASE)
_INCHES: Final = re.compile(r"\b(\d{1,2})(?:in\b|\"|″)", re.IGNORECASE)

# "By four" alone is a time of day.
_SHARED_BY: Final = re.compile(r"\b(shared|split|divided) (?:by|amongst?)\b", re.IGNORECASE)
# What a label says: the energy weighs the food, and a nutrient is no food of its own.
_STATED: Final = re.compile(
    r",? (?:with|has|it has|at|that(?:'s| is)) (?:about )?(\d{2,4}) (?:k?cals?|calories)\b",
    re.IGNORECASE,
)
_NUTRIENT: Final = re.compile(
    r",?(?: and| with)? \d+(?:\.\d+)? ?(?:g|grams?) (?:of )?"
    r"(?:carbs?|carbohydrates?|protein|fib(?:re|er))"
    r"\b(?! (?:bar|shake|powder|bread|yog))(?: printed| on the (?:back|label|front|pack(?:et)?))*",
    re.IGNORECASE,
)
# "Subway 6 inch turkey": the shop says what it is
_OF_SUBWAY: Final = re.compile(
    r"\bsubway (6|12|six|twelve|foot) ?(?:-? ?inch|long) ([a-z]+)\b(?! sub)", re.IGNORECASE
)


def told(text: str) -> str:
    """`text` without its questions; "" where there is nothing else."""
    text = _LEFT_OVER.sub("", _OF_OTHERS.sub("", shared(text)))
    text = _WAS_THERE.sub(r"\1", text)
    sentences = [one for one in _SENTENCE.split(text) if one and not is_no_meal(one)]
    plain = _LIKENED.sub("", " ".join(sentences))
    plain = _RED_OR_WHITE.sub(r"\1 wine", plain)
    plain = _SWAPPED.sub(r"instead of \1 I had", plain)
    inches = _INCHES.sub(r"\1 inch", plain)  # "a 6in sub"
    inches = _SHARED_BY.sub(r"\1 between", inches)
    inches = _STATED.sub(r", \1 kcal", _NUTRIENT.sub("", inches))
    return _OF_SUBWAY.sub(r"\1 inch \2 sub", inches)


def is_no_meal(sentence: str) -> bool:
    """Whether it asks, plans or tells hearsay, and neither tells a meal nor asks to write it."""
    if _AHEAD.search(sentence) and not _ATE.search(sentence):
        return True
    return _ASKS.search(sentence) is not None and _WRITES.search(sentence) is None
