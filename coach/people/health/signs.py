# ruff: noqa: E501  a pattern is read best in one piece
"""Symptoms of the speaker, in one clause."""

import re
from collections.abc import Iterator

from coach.people.health.clauses import is_others
from coach.people.health.facts import LONE, NOT
from coach.people.health.tables import hits
from coach.people.health.told import Sign

FEELS = re.compile(
    r"\b(?:i (?:\w+ ){0,3}?(?:feel|feeling|felt|just|am|get|got|getting|have|had|having|keep|been|suffer|wake|woke)"
    r"|makes? me|made me|gives? me|gave me|leaves? me|left me|my \w+ (?:is|are|feels?|got))"
    r"(?:\s+(?:a|an|so|very|really|quite|a bit|bit|little|kind|sort|of|pretty|rather|extremely|always|often|terribly"
    r"|feeling|getting|having|been|bad|terrible|awful|horrible|some|slight|the|this|these|constant|with|from|up|all"
    r"|still|today|again|since|more|and|or|too|also|like|badly|my|mild|severe|had|got))*\s+$"
)
BODY = (
    r"(?:stomach|tummy|belly|head|back|knee|knees|chest|throat|ears?|teeth|tooth|legs?|arms?|feet|foot|hands?|hip|hips"
    r"|neck|shoulders?|joints?|muscles?|eyes?|gut|abdomen|side)"
)
ACHES = re.compile(
    rf"\bmy (?P<part>(?:lower |upper |left |right )?{BODY}) (?:really |still |always |often |is |are |feels? |has been |have been |just )*"
    r"(?:hurts?|hurting|aches?|aching|sore|in pain|killing me|painful|cramping|upset|swollen)\b"
)
# «tired of salad», «sick of it».
NO_SIGN = re.compile(r"^\s+(?:of|and tired of|for you|to death|about|with (?:you|it|the app))\b")
OVER = re.compile(r"\b(?:no longer|any ?more|used to|years ago|as a (?:child|kid))\b")


def signs(clause: str) -> Iterator[Sign]:
    """What the speaker feels, in a clause that neither asks nor supposes."""
    if OVER.search(clause):
        return
    for found in ACHES.finditer(clause):
        if not NOT.search(clause):
            yield Sign(f"{found['part']} pain", clause)
    last = -1
    for hit in hits("symptoms", clause):
        before, after = clause[: hit.start], clause[hit.end :]
        listed = last >= 0 and re.fullmatch(
            r"[\s,]*(?:and|or|,)(?: a| an| also| very| so)*\s*", clause[last : hit.start]
        )
        if not (listed or FEELS.search(before) or LONE.match(before + after)):
            continue
        if NO_SIGN.match(after) or NOT.search(before) or is_others(clause, hit.start, hit.end):
            continue
        last = hit.end
        yield Sign(hit.name, clause)
