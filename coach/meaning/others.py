"""Clauses that tell what somebody else ate: `my son ate the eggs and I had tea` leaves the tea.

Five languages. Pure, and linear in the text's length. `my son and I had pizza` is the speaker's.
"""

import re
from typing import Final

from coach.meaning.people import KIN

# What may stand before the verb where the speaker is left out: `just had an egg`.
_NO_NAME = (
    r"(?:i|we|just|also|only|then|today|yesterday|tonight|already|finally|actually|first|later|"
    r"breakfast|brunch|lunch|dinner|supper|snack|tea|morning|afternoon|evening|night|noon|earlier|"
    r"and|but|so|or|ok|okay|well|um|uh|oh|hey|hi|hello|please|yes|no|that|which|what|this|it|not|"
    r"never|always|still|again|once|twice|mostly|instead|who|coach|i've|i'd|have|has|ve|\w+day|\w+ly|"
    r"lowkey|highkey|legit|kinda|sorta|tbh|ngl|lol|haha|dear|love|mate|bro|dude|man|sis|girl|guys|"
    r"straight|basically|apparently|somehow|proper|cheeky)"
)
_SPOKEN = r"(?: (?:also|just|already|then|only|both|all))?"
_ATE = (
    r"(?:ate|drank|eats|drinks|ordered|chose|picked|went for|went with"
    r"|polished off|demolished|scoffed|devoured|nibbled|sipped"
    r"|finished (?:off )?(?=(?:the|his|her|their|an?|all|half|most|two|three)\b"
    r"(?! (?:day|shift|work|cooking|race|dishes|washing)))"
    r"|did (?:himself|herself|themselves)"
    r"|(?:got|took|is having|are having|was having)(?! (?:me|us|back|home|up|out|off|care)\b)"
    r"|(?:had|has) (?:eaten|drunk|had)"
    r"|(?:had|has) (?!made|cooked|brought|bought|given|said|told|ordered|to\b|been|got))"
)
_HE = r"(?:he|she|they|every(?:one|body)(?: else)?|some(?:one|body)(?: else)?|the (?:others|rest))"
_KIND_OF = (
    r"(?:fils|fille|mari|femme|frère|sœur|soeur|père|mère|amie?|enfants?|copain|copine|collègue)"
)
_KIND_DE = r"(?:sohn|tochter|mann|frau|bruder|schwester|vater|mutter|freund\w*|kind\w*|kolleg\w*)"
_KO = (
    r"(?:아들|딸|남편|아내|엄마|아빠|동생|누나|언니|오빠|친구|아이|애들?|동료)(?:들)?"
    r"(?:이|가|은|는) "
)
_MY = rf"(?:my|the) (?:{KIN})"
_START = r"^|(?<=[.!?,;] )|(?<=\band )|(?<=\bbut )"
_SUBJECT: Final = (
    rf"(?:\b(?:my|our|his|her|their|the) (?:\w+ )?|^(?:the )?)(?:{KIN})"
    rf"(?: (?!and\b|i\b|we\b|but\b|so\b|then\b)\w+)?{_SPOKEN} {_ATE}"
    rf"|\b{_HE}{_SPOKEN} {_ATE}"
    rf"|(?:{_START})(?!{_NO_NAME}\b)(?:gf|bf|hubby|wifey|missus|mum|mom|dad|kiddo|bestie|{KIN})"
    rf"{_SPOKEN} {_ATE}"
    r"|(?:(?<=for me, )|(?<=for me and ))[^,.;!?]+ for "
    rf"(?:the (?:rest|others)|him|her|them|{_MY})\b"
    rf"|\b(?:feeding|fed) (?:my|our|the|his|her) (?:\w+ )?(?:{KIN})\b"
    rf"|(?:{_START})(?!{_NO_NAME}\b)[^\W\d_]{{2,}}{_SPOKEN} (?:ate|drank) "
    rf"|\b(?:mon|ma|mes|notre|nos|son|sa|ses) {_KIND_OF}(?: \w+)? (?:a|ont) (?:mangé|bu|pris|eu)\b"
    r"|\b(?:il|elle|ils|elles) (?:a|ont) (?:mangé|bu|pris|eu)\b"
    rf"|\b(?:mein|meine|unsere?) {_KIND_DE}(?: \w+)? (?:hat|haben|hatte|aß|trank)\b"
    r"|\b(?:mi|mis|su|sus|nuestr[oa]s?) \w+ (?:se )?(?:ha|han|comió|comieron|bebió|tomó|cenó)\b"
    rf"|{_KO}(?=.{{0,40}}(?:먹|마[시셨]))"
)
# A name by its capital: `Anna had soup`. Of a text in capitals, or in none, it says nothing.
_NAMED: Final = (
    rf"(?-i:(?:{_START}|(?<=\bwhat )|(?<=\bthat ))(?!(?i:{_NO_NAME})\b)[A-Z][^\W\d_]+)"
    rf"(?:{_SPOKEN} {_ATE}|(?:'s| is) (?:having|eating|drinking|getting|ordering) )"
)
_REST: Final = (
    r"[^.!?;]*?"
    r"(?=,? ?\b(?:and|but|while|then|so|y|et|und|pero|mais|aber) (?:i|we|yo|je|j'\w+|ich|wir)\b"
    r"|, (?:i|we|yo|je|j'\w+|ich|for me|mine)\b|[.!?;]|$)"
)
_IN_ANY_CASE: Final = re.compile(rf"(?:{_SUBJECT}){_REST}", re.IGNORECASE)
_OTHERS: Final = re.compile(rf"(?:{_SUBJECT}|{_NAMED}){_REST}", re.IGNORECASE)


def without_others(said: str, *, by_case: bool = True) -> str:
    """`said` without the clauses of others; as it is where there are none.

    Without `by_case` the same words are read in the same way, however they are written.
    """
    others = _OTHERS if by_case else _IN_ANY_CASE
    return others.sub(" ", said.replace("’", "'")).strip()


def tells_of_others(said: str) -> bool:
    """Whether a clause of `said` tells what somebody else ate."""
    return _OTHERS.search(said.replace("’", "'")) is not None
