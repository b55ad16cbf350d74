"""English clauses that are right as they are: nobody needs another way to say them.

`_` is a thing with its article. Only frames that are surely right stand here.
"""

import re
from typing import Final

from coach.lessons.grammar.english_start import START

_WISH = (
    r"(?:could|can|may|might) (?:i|we) (?:please |just |also )?"
    r"(?:have|get|order|try|take|trouble you for)"
    r"|(?:i|we) would (?:really |also |just )?(?:like|love|prefer|rather have)"
    r"(?: to (?:have|eat|drink|try|order|buy|go to|get to|travel to|visit))?"
    r"|(?:i think )?(?:i|we) (?:will|am going to|are going to) (?:just |also )?"
    r"(?:have|take|try|go for|stick with)"
    r"|(?:can|could|would) you (?:please )?(?:bring|give|get|make|sell) (?:me|us)"
    r"|i (?:need|have|want) to (?:go|get|travel) to|i am (?:going|heading|trying to get) (?:to|for)"
    r"|i (?:fancy|could do with)|i would not mind|would it be possible to (?:have|get)"
    r"|just|only|and|yes"
)
_AFTER = (
    r"(?: (?:for me|please|too|as well|today|now|then|thanks?"
    r"|this (?:morning|afternoon|evening)))*"
)
_IT = r"(?:it|that|this|everything|the (?:next )?\w+|my \w+|breakfast)"
_QUESTION = (
    rf"(?:what time|when) (?:is {_IT}|does {_IT} (?:leave|go|depart|start))(?: one)?"
    rf"|how much (?:is {_IT}|does {_IT} cost|do i (?:owe you|have to pay|need to pay)"
    r"|should i pay)(?: altogether)?"
    r"|(?:could|can|may) i have the (?:bill|check)"
)
WELL_SAID: Final = re.compile(rf"{START}(?:(?:(?:{_WISH}) )?_|{_QUESTION}){_AFTER}$")
