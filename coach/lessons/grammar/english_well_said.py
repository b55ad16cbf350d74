"""English clauses that are right as they are: nobody needs another way to say them.

`_` is a thing with its article. Only what is surely right at its start stands here: a wish up to
its thing, or a question up to its verb. What follows is left to the learner. «I want a tea» is not
among them: it is right, but hardly polite.
"""

import re
from typing import Final

from coach.lessons.grammar.english_start import START

_GO = r"(?:go to|get to|travel to|visit|be in|stay(?: for)?)"
_DO = rf"(?:have|get|order|try|take|eat|drink|buy|book|go for|add|{_GO})"
_WISH = (
    r"(?:could|can|may|might) (?:i|we) (?:please |just |also )?(?:trouble you for|"
    rf"{_DO})"
    r"|(?:i|we) would (?:really |also |just )?(?:like|love|prefer|rather have|go for)"
    rf"(?: to {_DO})?(?: your| the)?"
    r"|(?:i think )?(?:i|we) (?:will|might|could|am going to|are going to) (?:just |also )?"
    rf"(?:{_DO}|go with|stick with)(?: your| the| some)?"
    r"|(?:(?:can|could|would) you )?(?:please )?(?:bring|give|get|make|sell|add) (?:me|us)"
    rf"|(?:i|we) (?:really )?(?:need|have)(?: to {_DO})?|(?:i|we) want to {_GO}"
    r"|i am (?:going|heading|bound|planning to go|hoping to (?:go|get)|trying to get) (?:to|for)"
    r"|i (?:fancy|could do with)|i would not mind|would it be possible to (?:have|get)"
    r"|(?:what|how) about|for me|just|only|and|yes"
)
_POLITE = (
    r"(?: (?:for me|please|too|as well|today|now|then|thanks?"
    r"|this (?:morning|afternoon|evening)))*"
)
_IT = r"(?:it|that|this|everything|the (?:next )?\w+|my \w+|breakfast)"
_WHEN = r"(?:(?:at |from |until )?what time|(?:until )?when)"
_QUESTION = (
    rf"{_WHEN} is {_IT}{_POLITE}$|{_WHEN} (?:does|do|will|can) (?:i|we|you|{_IT}) \w+"
    rf"|how much (?:is {_IT}{_POLITE}$|does {_IT} cost|do i (?:owe you|have to pay|need to pay)"
    r"|should i pay)"
    r"|(?:(?:could|can) you tell me |do you know )"
    rf"(?:{_WHEN}|how much) {_IT} (?:is|\w+s)\b"
    r"|(?:could|can|may) i have the (?:bill|check)"
)
WELL_SAID: Final = re.compile(rf"{START}(?:_{_POLITE}$|(?:{_WISH}) _(?! (?:i|we) )|{_QUESTION})")
