# ruff: noqa: E501  a pattern is read best in one piece
"""Conditions, medicines, allergies, eating styles and pregnancy of the speaker, in one clause."""

import re
from collections.abc import Iterator

from coach.people.health.clauses import DOUBTS, Clause, is_others
from coach.people.health.tables import hits, named
from coach.people.health.told import Fact, Standing

# What may stand between the verb and the thing.
BETWEEN = (
    r"(?:\s+(?:a|an|the|my|some|any|also|both|very|quite|really|now|still|currently|recently|newly"
    r"|bad|severe|severely|mild|mildly|slight|slightly|chronic|serious|diagnosed|with|as|on|been"
    r"|bit|touch|of|case|history|form|this|these|good|old|known|all|always|never|no|not|more|longer"
    r"|strict|strictly|fully|completely|mostly|mainly|only|taking|using|daily|high|low|dose|doses"
    r"|to|being|for|years|ago|from|deadly|allergic|trying|got|had|have|\d+(?:[.,]\d+)?"
    r"|mg|mcg|units?|micrograms?|milligrams?|twice|once|day|tablets?|pills?|type|stage))*\s+"
)
LISTED = re.compile(
    r"\s*(?:,|/|&|\+|\band\b|\bor\b|\bplus\b|\bas well as\b|\bnor\b)+(?:\s+(?:a|an|my|also|or|type))*\s*"
)
VERBS = {
    "condition": r"have|had|am|was|got|suffer|suffered|struggle|live|living|deal|dealing"
    r"|developed|suffering|struggling|diagnosed|battle|battling|carry",
    "medicine": r"take|taking|am|use|using|inject|injecting|have|started|was|got|need|prescribed"
    r"|stopped|quit|came off|gave up|switched|dropped",
    "style": r"am|eat|eating|eaten|follow|keep|do|did|went|have gone|became|turned|been|live|stay|try to eat|stick",
}
FRAMES = {
    kind: re.compile(rf"(?:\bi\b(?:\s+\w+){{0,3}}?\s+(?:{verbs})\b)(?:{BETWEEN}|\s+)$")
    for kind, verbs in VERBS.items()
}
MINE = re.compile(
    r"(?:\bmy\s+(?:\w+\s+)?|\bbecause of my |\bfor my |\bas a |\bbeing (?:a )?"
    r"|\b(?:put|started|have|has|got) me on (?:a |some |the )?|\bprescribed (?:me )?(?:a |some )?"
    r"|\bgave me )$"
)
# «delete the anaemia», «the gout is gone»: it is in the profile no longer.
STRUCK = re.compile(
    r"\b(?:delete|remove|strike|cross out|take (?:off|out)|get rid of) (?:the |my |that )*$"
)
GONE = re.compile(r"\s+(?:of mine )?(?:is|has)(?: now)? (?:gone|sorted|cured|over|cleared up)\b")
# «acid reflux is killing me»
COMPLAINED = re.compile(
    r"\s+(?:is|are|has been|have been|keeps?|gets?|got)\b.*"
    r"\b(?:me|again|bad|worse|terrible|(?:act|flar|play)ing up|these days|lately)\b"
)
NOT = re.compile(r"\b(?:not|no|never|without|neither|nor|n't)\b")
OVER = re.compile(
    r"\b(?:used to|no longer|any ?more|stopped|quit|came off|gave up|outgrew|got over|not since|years ago"
    r"|as a (?:child|kid|teenager)|any longer|(?:is|has) (?:now )?(?:gone|sorted|cured|over|cleared up)|last year|in the past|dropped|cured|recovered|was a|was (?!diagnosed|told))\b"
)
# Since when it holds tells of no end: «I am diabetic since I was nine».
SINCE = re.compile(
    r"(?<!not )\b(?:ever )?since\b.*$|\bfrom (?:when|the time|the day) i\b.*$|\bfrom (?:birth|childhood)\b.*$"
)
# «I was diagnosed with it last year» holds.
FOUND = re.compile(r"\b(?:diagnosed|found out|been told|told me|since)\b")
LONE = re.compile(
    r"^(?:\s|,|and|a|an|i|am|here|too|by|also|since|\d+|years?|for|type|yes|no|hi|hello|well|it is|still)*$"
)
TABLES = {"condition": "conditions", "medicine": "medicines", "style": "styles"}


def facts(clause: Clause) -> Iterator[Fact]:
    """The speaker's own facts in `clause`, which neither asks nor supposes."""
    yield from _pregnancy(clause.words)
    yield from _allergies(clause.words, clause.allergic)
    yield from _avoided(clause.words)
    for kind in TABLES:
        yield from _of_table(kind, clause.words)


def _of_table(kind: str, clause: str) -> Iterator[Fact]:
    last = -1  # where the last accepted word ended
    for hit in hits(TABLES[kind], clause):
        before = clause[: hit.start]
        listed = last >= 0 and LISTED.fullmatch(clause[last : hit.start])
        rest = before + clause[hit.end :]
        framed = FRAMES[kind].search(before) or (kind != "style" and MINE.search(before))
        alone = bool(LONE.match(rest)) or (
            kind == "condition" and not before.strip() and COMPLAINED.match(clause[hit.end :])
        )
        struck = STRUCK.search(before)
        alone = alone or bool(struck or GONE.match(clause[hit.end :]))
        if not struck and is_others(clause, hit.start, hit.end):
            continue
        if not (listed or framed or alone):
            continue
        if kind == "style" and not _ends(clause[hit.end :]):
            continue  # «a vegan burger» is food
        last = hit.end
        yield Fact(kind, hit.name, Standing.DENIED if struck else standing(clause, hit.start))


def _ends(after: str) -> bool:
    """Whether nothing is named after an eating style."""
    return bool(
        re.match(
            r"(?:\s*$|\s*,|\s+(?:and|or|but|now|since|for|at|these|most|too|again|diet|food only"
            r"|person|eater|days|any|by|because|only|eating|from|as|this|lifestyle|except)\b)",
            after,
        )
    )


def standing(clause: str, at: int) -> Standing:
    """How what stands at `at` stands: nearest comes denial, then doubt."""
    before = clause[:at]
    if NOT.search(before) and not re.search(r"\bnot (?:only|just)\b", before):
        return Standing.DENIED
    if OVER.search(SINCE.sub("", clause)) and not FOUND.search(before):
        return Standing.DENIED
    return Standing.UNSURE if DOUBTS.search(before) else Standing.HOLDS


PREGNANT = re.compile(
    r"\b(?:i am|i have been|i was|i got|i fell)(?:\s+(?!allergic)\w+){0,4}?\s+"
    r"(?P<what>pregnant|expecting|breast ?-?feeding|nursing)\b(?!\s+(?:a|an|my|the|to|some|results?|home|school)\s+(?!baby|child|twins))"
    r"|^(?P<alone>pregnant|breast ?-?feeding|expecting(?= (?:a baby|twins|our|my|in)\b))\b"
    r"|\bi am (?:having a baby|with child|in my (?:first|second|third) trimester)\b"
)


def _pregnancy(clause: str) -> Iterator[Fact]:
    for found in PREGNANT.finditer(clause):
        if re.search(r"\b(?:get|getting|become|trying)\b", clause[: found.end()]):
            continue
        said = found["what"] or found["alone"] or "pregnant"
        nursing = said.startswith(("breast", "nurs"))
        yield Fact(
            "pregnancy",
            "breastfeeding" if nursing else "pregnant",
            standing(clause, found.end()),
        )


CUT = re.compile(
    r"\s+(?:because|since|when|where|that|if|and i|and it|and they|it|they|can|please|too|as well|you"
    r"|in any form|of any kind|at all|as far as|so|very|badly|in case|any ?more|now|remember|or i|or it)\b.*$"
)
THINGS = r"(?P<things>[^.!?;]+)$"
HEAD = r"(?:\bi (?:am|have been|was)\s+(?:\w+\s+){0,3}?|^(?:and\s+)?)"
# «peanuts could literally kill me», «walnuts nearly finished me once»: as is said of exams, too.
DEADLY = re.compile(
    r"^(?:eating |because )?(?P<things>(?!it\b|that\b|this\b|they\b)[\w' -]+?) (?:could|can|would|will|might|nearly|almost|have nearly|has nearly) "
    r"(?:\w+ )?(?:(?:kill(?:ed)?|finish(?:ed)?|choked?|be the end of|hospitali[sz]e) me\b|put me in (?:the )?hospital)"
)
# «never offer me prawns», «keep peanuts out»: an allergy where the sentence says what they do.
BARRED = (
    re.compile(
        r"\b(?:never|do not)(?: ever)? (?:suggest|recommend|offer|propose|give|serve)(?: me)?(?: anything with| any)? (?P<things>[\w' -]+?)"
        r"(?: to me| again| ever)*(?:,|$)"
    ),
    re.compile(r"\b(?:keep|leave) (?P<things>[\w' -]+?) (?:out|away|off)\b"),
    re.compile(
        r"^(?P<things>(?!it\b|that\b|this\b|they\b)[\w' -]+?) (?:is|are) (?:a (?:firm |strict )?no(?:-go)?|out|off limits)\b"
    ),
)
ALLERGIC = (
    re.compile(rf"{HEAD}(?:allergic|anaphylactic|hypersensitive) (?:to|against)\s+{THINGS}"),
    re.compile(
        rf"\bi (?:\w+ )*?(?:have|had|got|suffer from) (?:\w+ ){{0,3}}?allerg(?:y|ies) (?:to|against)\s+{THINGS}"
    ),
    re.compile(
        r"\b(?:i have got|i have|i had|my) (?:(?:a|an|the|bad|severe|mild|serious|known|only) )*(?P<things>[\w' -]+?)[ -]allerg(?:y|ies)\b"
    ),
    re.compile(r"\bi am \w+(?: \w+)? with (?:the|a|an) (?P<things>\w[\w' -]*?)[ -]allergy\b"),
    re.compile(
        r"^(?:a |bad |severe )*(?P<things>\w[\w' -]*?)[ -]allergy(?: here)?(?:, (?:a |quite |pretty |really |very )*(?:bad|severe|serious|strong)(?: one)?)?$"
    ),
    # «no shellfish ever for me, last time was hospital»
    re.compile(
        r"^(?:no|never) (?P<things>[\w' -]+?) (?:ever |again )?(?:for me|ever again)\b"
        r"(?=.*\b(?:hospital|ambulance|epi ?-?pen|anaphyla\w+|reaction|swell\w*|swollen)\b)"
    ),
    DEADLY,
    *BARRED,
    re.compile(r"^(?P<things>[\w' -]+?) (?:is|are) (?:deadly|lethal|poison) (?:for|to) me\b"),
    re.compile(
        r"^(?P<things>(?!it\b|that\b|this\b|they\b|stress)[\w' -]+?) (?:always )?brings? me out in (?:an? )?(?:\w+ )?(?:hives|rash(?:es)?|spots|welts|lumps)\b"
    ),
    re.compile(
        r"^(?P<things>(?!it\b|that\b|this\b|they\b)[\w' -]+?) (?:closes?|shuts?|swells?)(?: up)? my (?:throat|lips?|tongue|airways?)\b"
    ),
    re.compile(
        r"^i (?:always )?(?:swell up|come (?:up|out) in (?:hives|a rash|lumps|spots))(?:(?: like)? an? \w+)? (?:from|with|after) (?P<things>[\w' -]+)"
    ),
    # Told by what happens: «eggs give me hives».
    re.compile(
        r"^(?:i think |eating |having )?(?P<things>(?!it\b|that\b|this\b|they\b|stress)[\w' -]+?) (?:always )?(?:makes?|gives?|causes?) (?:me|my (?:throat|lips?|tongue|mouth|face|eyes?|skin))"
        r" (?:\w+ ){0,3}?(?:hives|a rash|rash(?:es)?|swell(?: up)?|puff(?: up)?|swollen|itch(?:y|ing)?|anaphyla\w+|wheez\w+|tingle|welts)\b"
    ),
)
INTOLERANT = (
    re.compile(rf"{HEAD}(?:intolerant|sensitive) (?:to|of)\s+{THINGS}"),
    re.compile(r"(?:\bi (?:am|was)\s+(?:\w+\s+){0,2}?|^)(?P<things>\w+)[ -]intolerant\b"),
    re.compile(
        r"\b(?:i have|my|i have got) (?:\w+ ){0,2}?(?P<things>\w+)[ -](?:intolerance|sensitivity)\b"
    ),
    re.compile(rf"\bi (?:do not|can not|never could) (?:tolerate|digest)\s+{THINGS}"),
    # «lactose and me don't get along», «garlic does not agree with me»
    re.compile(
        r"^(?P<things>[\w' -]+?) (?:and|&) (?:me|i|my stomach|my gut) (?:do not|does not|never) "
        r"(?:get (?:along|on)|mix|agree)\b"
    ),
    re.compile(
        r"^(?P<things>(?!it\b|that\b|this\b)[\w' -]+?) (?:do|does|did)(?: not|n't) "
        r"(?:agree with|sit well with) me\b"
    ),
    re.compile(
        rf"\bmy (?:stomach|gut|belly) (?:can not|does not) (?:handle|tolerate|take)\s+{THINGS}"
    ),
)
NONE_AT_ALL = re.compile(
    r"\b(?:i have (?:got )?|i do not have |there are )?(?:no|any|not any) (?:known |food )?allerg(?:y|ies)\b"
    r"|\bnot allergic to (?:anything|any \w+|a thing)\b|\ballergic to nothing\b"
)
# Said in jest, or no thing at all.
NO_THINGS = frozenset(
    [
        "mornings",
        "monday",
        "mondays",
        "work",
        "exercise",
        "sport",
        "sports",
        "running",
        "people",
        "you",
        "him",
        "her",
        "it",
        "them",
        "that",
        "this",
        "everything",
        "cooking",
        "housework",
        "stress",
        "bullshit",
        "nonsense",
        "my",
        "the",
        "a",
        "any",
        "food",
        "bad",
        "severe",
        "known",
        "diets",
        "dieting",
        "gym",
        "cardio",
        "maths",
        "math",
        "drama",
        "boss",
        "traffic",
        "stairs",
        "heat",
        "kids",
        "workout",
        "diet",
    ]
)
MAX_WORDS, MAX_CHARS = 4, 60  # of one allergen


def _allergies(clause: str, allergic: bool) -> Iterator[Fact]:
    """`allergic`: the sentence of the clause names an allergy."""
    if NONE_AT_ALL.search(clause):
        yield Fact("allergy", "", Standing.DENIED)
        return
    for patterns, form in ((ALLERGIC, "{}"), (INTOLERANT, "{} (intolerance)")):
        for pattern in patterns:
            found = pattern.search(clause)
            if found is None or is_others(clause, *found.span("things")):
                continue
            # «I can't tolerate it» and «no prawns for me» deny nothing.
            barred = pattern in BARRED
            denies = barred or found[0].startswith(("no ", "never "))
            at = found.start() if "not" in found[0] else found.start("things")
            how = Standing.HOLDS if denies else standing(clause, at)
            for thing in _things(found["things"]):
                known = pattern is DEADLY and any(hits("allergens", thing))
                if allergic or known or not (barred or pattern is DEADLY):
                    yield Fact("allergy", form.format(thing), how)
            break


def _things(clause: str) -> Iterator[str]:
    """«all nuts, sesame and milk» as its three things."""
    for part in re.split(r",|/|&|\band\b|\bor\b|\bplus\b|\bas well as\b", CUT.sub("", clause)):
        thing = re.sub(
            r"^(?:(?:a|an|the|all|most|any|some|my|bad|severe|mild|raw|also|possibly|to|certain|both|other)\s+)+",
            "",
            part.strip() + " ",
        ).strip(" ,'")
        if (
            thing
            and thing not in NO_THINGS
            and len(thing.split()) <= MAX_WORDS
            and len(thing) <= MAX_CHARS
        ):
            yield thing


AVOIDS = re.compile(
    r"\bi (?:\w+ )?(?:(?:do not|never|can not(?: really| quite)?|will not|must not|am not allowed to|may not|have not) "
    r"(?:eat|drink|have|touch|do|eaten|drunk)|avoid|stay away from|gave up|have given up|cut out"
    r"|have cut out|quit|am off|stopped eating|stopped drinking)(?: any| all)?\s+(?P<things>[^.!?;]+)$"
)
# «I can't eat meat tonight» is about tonight.
ONCE = re.compile(
    r"\b(?:today|tonight|now|yet|until|before|after|much|many|more|enough|yesterday|this|last|breakfast"
    r"|lunch|dinner|left|at (?:night|lunch|work)|too|for (?:breakfast|lunch|dinner))\b"
)


def _avoided(clause: str) -> Iterator[Fact]:
    found = AVOIDS.search(clause)
    if found is None or ONCE.search(clause[found.start("things") :]):
        return
    whole = named("avoided", re.sub(r"\s+(?:at all|ever|or drink)$", "", found["things"]))
    for name in [whole] if whole else [named("avoided", one) for one in _things(found["things"])]:
        if name:
            yield Fact("style", name, Standing.HOLDS)
