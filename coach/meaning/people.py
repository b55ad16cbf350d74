"""The words for people, and for pets, that somebody else is spoken of by. English."""

from typing import Final

# Matches a whole word, in the singular or the plural, where a pattern bounds it.
KIN: Final = (
    r"(?:(?:step|god)-?)?"
    r"(?:sisters?|brothers?|mothers?|mums?|moms?|dads?|fathers?|sons?|daughters?|parents?"
    r"|child|children|kids?)(?:-in-law)?"
    r"|husbands?|wife|wives|spouses?|partners?|boyfriends?|girlfriends?|fianc\w+"
    r"|baby|babies|toddlers?|twins?|siblings?|in-laws?|family|families"
    r"|grand\w+|gran|grans|grann(?:y|ie|ies)|nana|aunts?|uncles?|cousins?|nieces?|nephews?"
    r"|friends?|mates?|roommates?|flatmates?|neighbou?rs?|guests?"
    r"|colleagues?|co-?workers?|boss|bosses|teachers?|students?|patients?"
    r"|guys?|woman|man|girls?|boys?|dogs?|cats?"
)
