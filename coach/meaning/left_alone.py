"""Whether words of a change ask that nothing is changed: «don't delete it», «did you delete it?».

A negation has to govern the change itself. `I didn't have the toast, delete it` is an order.
Five languages. Pure, and linear in the text's length.
"""

import re
from typing import Final

_READ = 1_000  # characters; what is said after them does not turn an order round
_BETWEEN = (
    r"(?:(?:you|to|please|ever|just|go|want|need|dare|have|let|us|me|even|actually|anyone) ){0,4}"
)
_CHANGE = (
    r"(?:delet\w+|remov\w+|eras\w+|undo\w*|revert\w*|restor\w+|redo|cancel\w*|cross|strike|scrap|"
    r"scratch|ditch|clear|wipe|drop|get rid|chang\w+|mov(?:e|ing)|swap\w*|replac\w+|edit\w*|"
    r"take (?:\w+ ){0,4}(?:out|off|away|back))\b"
)
_ES = r"(?:borr|quit|elimin|saqu|saca|deshag|deshac|anul|cambi|muev|corrij|corrig|toqu)\w*"
_FR = (
    r"(?:supprim|enlèv|enlev|efface|effacer|retir|annul|défai|défass|chang|déplac|corrig|touch)\w*"
)
_DE = (
    r"(?:lösch|entfern|streich|änder|verschieb|korrigier|ersetz)\w*|nimm"
    r"|mach\w*(?=[^,.;!?]{0,40}rückgängig)"
)
_DE_DONE = r"(?:(?:zu )?(?:lösch|entfern|streich|änder|verschieb|korrigier|ersetz)\w*|rückgängig)"
_FORBIDDEN: Final = re.compile(
    rf"\b(?:(?:do|does|did|must|should|would|will)(?: not|n't)|dont|wont|never|not) "
    rf"{_BETWEEN}{_CHANGE}"
    r"|\b(?:do not|don't|dont) touch\b"
    rf"|\b(?:no need|without|rather not|instead of) (?:to |having )?{_CHANGE}"
    rf"|\b(?:no|nunca|jamás)(?: (?:me|te|se|l[oa]s?|quiero|que|hace|falta|debes)){{0,4}} {_ES}"
    rf"|\b(?:ne |n')(?:(?:me|te|le|la|les|l'|pas|jamais|rien) ?){{0,3}}{_FR}"
    r"|\b(?:supprime|enlève|efface|retire|annule|change|déplace)[sz]?\b"
    r"(?:(?! que | qui |n')[^,.;!?]){0,40}\bpas\b"
    rf"|\b(?:{_DE})\b(?:(?! ich | was )[^,.;!?]){{0,40}}\b(?:nicht|nie|niemals|nichts)\b"
    rf"|\b(?:nicht|nie|niemals|nichts) {_DE_DONE}"
    r"|(?:지우|삭제하|빼|취소하|바꾸|되돌리|고치|옮기|건드리)지 ?(?:마|말|않)"
    r"|(?:삭제|취소|수정) ?(?:하지 ?)?(?:마|말)",
    re.IGNORECASE,
)
_OPENS = r"^(?:(?:and|but|so|ok|okay|well|um|uh|oh|hey|hi|hello|wait|no|then|now|y|et|und|coach) )*"
_ASKED: Final = re.compile(
    rf"{_OPENS}(?:"
    r"did (?:you|it|we|i|someone|somebody|anyone|that|the|my) |(?:have|had) (?:you|we) "
    r"|has (?:it|that|the|my|someone|somebody|anyone) "
    r"|(?:was|were|is|are) (?:it|that|the|my|they) (?!not |possible|ok|fine|alright)"
    r"|(?:why|how come|when|where|who|what|which)\b"
    r"(?! i (?:mean|meant|said|want|had|ate|drank|actually|really)\b)(?: \w+){0,2}? "
    r"(?:did|do|does|is|are|was|were|has|have|had|would|will|can|could|should|don't|didn't|"
    r"deleted|removed|erased|undid|changed|moved)\b"
    r"|how (?:did|was|were|has|have|could you|is|are)\b|how come\b"
    r"|(?:should|shall) (?:i|we) |(?:can|could|may) (?:i|we) (?:\w+ )?(?:have|eat|drink|get) "
    r"|(?:por qué|quién|cuándo|qué) |(?:pourquoi|qui a|quand as|as-tu|est-ce que tu as) "
    r"|(?:warum|wieso|wer|wann|hast du) "
    r")"
    r"|^왜 |(?:지웠|삭제했|뺐|바꿨|취소했)(?:어|나요|니|습니까)\?",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_PAUSE = re.compile(r"[¿¡]|(?<=\w)[,.:;!](?= )")


def left_alone(said: str) -> bool:
    """Whether `said` asks that a thing stays, or asks what was done, whatever verb it holds."""
    text = _SPACE.sub(" ", said[:_READ].replace("’", "'")).strip()
    return (
        _FORBIDDEN.search(text) is not None
        or _ASKED.search(_SPACE.sub(" ", _PAUSE.sub("", text)).strip()) is not None
    )
