"""What of a text tells of a meal: without questions, plans and hearsay, in plain words.

    told("Tofu and rice. Can I swap it for beans?") → "Tofu and rice."

A list with a question mark is no question: recognisers write them where a voice goes up.
"""

import re
from typing import Final

from coach.nutrition.meals.batches import shared

_SENTENCE: Final = re.compile(r"(?<=[.!?\n;])\s+")
_ASKS: Final = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|also|hey|hi|hello|btw|pls|please|quick question)\W+)*"
    r"(?:(?:can|could|should|may|might|shall|did|do|would|must) (?:i|we|you|it|they|that)\b"
    r"|(?:does|is|are|isn't|wouldn't|would|will|was (?=it\b|that\b|the\b|this\b)) ?(?!it was\b)"
    r"(?:\S+ ){1,12}?"
    r"(?:count|ok|okay|good|bad|fine|better|worse|allowed|healthy|healthier|enough|too|have|any)\b"
    r"|(?:is|are) there\b|how (?:many|much|about|long|do|does|can|should|(?:bad|good) (?:is|are))\b"
    r"|what (?:about|if|is|are|should|can|could|would|do|does|counts)\b|what's\b"
    r"|which (?:is|one|has|are|of)\b|why (?:is|are|do|does|did|should|am|can't)\b"
    r"|any (?:ideas|tips|chance)\b)",
    re.IGNORECASE,
)
# What asks to have it written is told as a meal, however it is asked.
_WRITES: Final = re.compile(
    r"\b(?:i|we)(?:'ve| have)? (?:just |only |also )?(?:had|ate|drank)\b"
    r"|^\W*(?:\w+ )?(?:can|could|would) you (?:please )?(?:\w+ )?"
    r"(?:log|write|put|add|note|track|record|enter|jot|mark|save|pop|stick)\b"
    r"|^(?!\W*did ).*\b(?:log|record|write down|note down|jot down|tell you"
    r"|(?:i|we) track(?! carbs| cal| macros))\b",
    re.IGNORECASE,
)
# What is planned, or bought for later: its list goes on until the sentence turns to what was had.
_PLANS: Final = re.compile(
    r"\b(?:shopping list|groceries|grocery (?:list|run|shop)|back from (?:the )?(?:shop|store|"
    r"supermarket)(?:ping)?|did the shop)\s*(?::|(?:is|are|for)\b)|\bthe shopping is\b"
    r"|^\W*(?:my |the |this |our )*meal plan\s*(?::|(?:is|for)\b)"
    r"|^\W*for (?:the week ahead|next week)\b"
    r"|^\W*(?:for )?tomorrow(?:'s|’s)? (?:is|i plan)\b"
    r"|\bmenu for (?:the week|next|tomorrow|tonight)\b"
    r"|\b(?:gonna|going to) (?:make(?! it\b)|cook|bake|prep)\b|\bhad to throw (?:away|out)\b"
    r"|\b(?:'s|’s|is|are) cooking\b.*\btonight\b|\b(?:they|it|was|were|got) (?:got )?cancell?ed\b"
    r"|\bi(?:'ve|’ve| have)? (?:planned|been planning)\b",
    re.IGNORECASE,
)
# What is said of food in general.
_HEARSAY: Final = re.compile(
    r"\bi(?:'ve|’ve| have)? (?:keep reading|read somewhere|read that|"
    r"heard|keep hearing|wonder|was wondering|am wondering|'m wondering)\b"
    r"|\b(?:people|they|doctors|experts) (?:always )?(?:say|claim|recommend)\b"
    r"|^\W*(?:\w+ ){1,3}(?:are|is) (?:good|bad|great|terrible|healthy|unhealthy) for "
    r"(?:the|your|you|my)(?: \w+)?\W*$",
    re.IGNORECASE,
)
_TMRW: Final = re.compile(r"[^,;:.]*\b(?:for|4) tmrw\b", re.IGNORECASE)
_TURNS: Final = (
    r"\bso\b|\bbut (?!(?:they|it)(?: got| was| were)? cancell?ed)|\binstead\b"
    r"|, (?=i\b|it was\b|today\b|in the end\b)"
)
_TURN: Final = re.compile(rf"(?:{_TURNS})", re.IGNORECASE)
_TURN_OF_HEARSAY: Final = re.compile(
    rf"(?:{_TURNS}|:|, (?=an?\b|one\b|two\b|three\b|\d))", re.IGNORECASE
)
_ATE: Final = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )\b(?:had(?! to\b)|ate|drank|logged?|finished|grabbed|ended up"
    r"|(?:breakfast|brunch|lunch|dinner|supper|snack)(?: was\b|:))",
    re.IGNORECASE,
)
# "Half a burrito, the other half is in the fridge"; but "steak, the rest is fries".
_LEFT_OVER: Final = re.compile(
    r"(?:,|;|\.| and| while| but)? (?:so )?the (?:other (?:half|one|two|three|slice|piece)|rest|"
    r"remainder|leftovers|remaining \w+)(?: of (?:it|them))? "
    r"(?:(?:is|are|was|were|went|goes|will|stays?) (?:be |go |stay |still |now |all |straight )*"
    r"(?:for (?!me\b|us\b)|left|saved|kept|frozen|waiting|packed|wrapped|stored|untouched|home\b"
    r"|back (?!to me)|to (?!me\b)|in(?:to)? (?:the|my|a|our) (?:fridge|freezer|bin|box|tupperware"
    r"|container|lunch ?box|car|kitchen|doggy|office|pan|pot|bag|oven|trash|garbage))"
    r"|i(?:'ve|’ve)? (?:left|saved|froze|kept|gave|put)\b)"
    r"(?:(?! (?:so|but|and) (?:i|we)\b)[^.;,])*",
    re.IGNORECASE,
)
_SMALL: Final = (
    r"(?:baby|babies|toddlers?|kids?|child|children|sons?|daughters?|twins|dogs?|cats?|grandkids)"
)
_OF_IT: Final = re.compile(
    r"\b(?:of|had|having|have|ate|drank|tried|did) (?:it|that|them|one|some)\b", re.IGNORECASE
)
# Where it turns to the speaker's own.
_OWN: Final = (
    r"(?=,? (?:and |but |so )?(?:i|mine|for me|me)\b|, (?:an?|one|two|\d+)\b|,? (?:but|so)\b"
    r"|[.;]|$)"
)
# "Breakfast for the baby was porridge.", "my trainer says 150 g of chicken; I had …"
_OF_OTHERS: Final = re.compile(
    rf"\b(?:breakfast|lunch|dinner|supper|tea) for (?:the|my|our) {_SMALL} (?:was|were|is) "
    rf"[^.;]*?(?=,? (?:and |but |so )?(?:i|mine|for me|me)\b|[.;]|$)"
    r"|\b(?:my|the|our) (?:trainer|doctor|coach|dietitian|dietician|nutritionist|gp|nurse) "
    r"(?![^.;]*(?:\bso (?:i|we)\b|\b(?:of|had|ate|drank|tried|did) (?:it|that|them|one|some)\b))"
    r"(?:(?:says|said) (?:to (?:have|eat|try)\b|i should\b|\d)|recommends?|recommended|suggests?"
    rf"|suggested)[^.;]*?{_OWN}",
    re.IGNORECASE,
)
# "There were cakes and a fruit platter; I only had a few berries": it says what was chosen.
_WAS_THERE: Final = re.compile(
    r"\bthere (?:was|were) (?:[^.;]*(?:,| and )[^.;]*)[.;] "
    r"(?![^.;]*\b(?:as well|too|also|lot|everything|with (?:it|that|them))\b)"
    r"(i (?:(?:just|only) (?:had|took|ate)|(?:had|took|ate) (?:just|only)|picked|chose|went for"
    r"|stuck to) (?:(?:the|an?|some|one|two|three|few) ){1,3}"
    r"(?!slices?\b|pieces?\b|plates?\b|bowls?\b|portions?\b|half\b|of\b|glass|cups?\b|bits?\b))",
    re.IGNORECASE,
)
# "A glass of red", and nothing that could be a food after it: "… of red bull".
_RED_OR_WHITE: Final = re.compile(
    r"\b(glass(?:es)? of (?:red|white|rose|rosé))\b(?=\s*(?:$|[.,;:!?)]|(?:and|with|at|for|after|"
    r"before|over|in|on|this|last|tonight|yesterday|then|plus|as|from|but|while|when)\b))",
    re.IGNORECASE,
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
    """What of `text` tells a meal of the speaker's own, in words that the reader of meals knows.

    Questions, plans, hearsay, what was left over, and what others had or advise are left out; ""
    where there is nothing else.
    """
    text = _LEFT_OVER.sub("", _OF_OTHERS.sub("", shared(text)))
    text = _WAS_THERE.sub(r"\1", text)
    sentences = [without_plans(one) for one in _SENTENCE.split(text) if not is_question(one)]
    plain = _LIKENED.sub("", " ".join(one for one in sentences if one))
    plain = _RED_OR_WHITE.sub(r"\1 wine", plain)
    plain = _SWAPPED.sub(r"instead of \1 I had", plain)
    plain = _INCHES.sub(r"\1 inch", plain)  # "a 6in sub"
    plain = _SHARED_BY.sub(r"\1 between", plain)
    plain = _STATED.sub(r", \1 kcal", _NUTRIENT.sub("", plain))
    return _OF_SUBWAY.sub(r"\1 inch \2 sub", plain)


def is_question(sentence: str) -> bool:
    """Whether it asks, and neither tells a meal nor asks to write it."""
    return _ASKS.search(sentence) is not None and _WRITES.search(sentence) is None


def without_plans(sentence: str) -> str:
    """`sentence` without its clauses of plans and hearsay, unless it tells what was had, too."""
    if _ATE.search(sentence) or _WRITES.search(sentence):
        return sentence
    left = without_clause(_TMRW.sub("", sentence), _PLANS, _TURN)
    return without_clause(left, _HEARSAY, _TURN_OF_HEARSAY)


def without_clause(sentence: str, says: re.Pattern[str], turns: re.Pattern[str]) -> str:
    """`sentence` without the clause in which `says` is found, from one turn to the next."""
    found = says.search(sentence)
    if found is None:
        return sentence
    before = [one.start() for one in turns.finditer(sentence) if one.start() < found.start()]
    after = turns.search(sentence, found.end())
    if after and _OF_IT.search(sentence, after.start()):
        return sentence  # "I heard kefir is good, so I'm having a glass of it"
    return sentence[: before[-1] if before else 0] + (sentence[after.start() :] if after else "")
