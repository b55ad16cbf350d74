# ruff: noqa: E501  a pattern is read best in one piece
"""A clinician should know today (MED-U)."""

from handoff.screening.patterns import HISTORY, any_of, rule
from handoff.screening.rules.medical.phrases import EXERTION


def high_fever(value: float) -> bool:
    return 39.5 <= value <= 43 or 103 <= value <= 110


RULES = (
    rule(
        "MED-U",
        1,
        r"cannot (keep|hold) (anything|any (food|fluids?|water|liquids?)|water|fluids?|food|liquids?|it"
        r"|my (food|medicine|tablets|meals?)) down",
        r"not keeping (anything|any (food|fluids?|water)|water|fluids?|food) down",
        r"not felt (the |my )?baby (move|kick)|baby (is not|has not been|stopped) (moving|kicking)",
        r"pregnan\w+ ~8 (bleeding|vomiting all|throwing up (everything|all)|cannot stop (vomiting"
        r"|throwing up)|no movement|not moving)|(bleeding|vomiting all day|throwing up everything)"
        r" ~6 pregnan\w+",
        r"(vomiting|throwing up|been sick) (for |all |nonstop |non stop |since ){1,2}(# )?(days|day"
        r"|night|yesterday|hours|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
        unless=r"(lost|lose|losing|keep) weight|weight down|prices?|noise|dog|cat|puppy",
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    rule(
        "MED-U",
        1,
        r"blood (in|on) (my|his|her|the) (stools?|poop?|urine|pee|wee|toilet|bowel movements?|feces"
        r"|faeces|toilet paper|number two)",
        r"blood when i (poop|poo|pee|wipe|go|urinate)|diarrhea ~2 blood|bloody diarrhea",
        r"(cannot|hard to|trouble|difficult to) swallow(ing)?(?! (pills|tablets|my pride|the fact|capsules"
        r"|medicine|that|vitamins|meat))",
        r"(pee|peeing|pooping|pooing|passing|urinat\w+|poop|poo) (out )?blood",
        r"(stools?|poop?|bowel movements?) (is|are|was|looks?|turned) (\w+ )?(black( and tarry)?|bloody"
        r"|tarry)|(black|bloody) (and )?(tarry )?(stools?|poop?|diarrhea)|rectal bleeding",
        r"(eyes|skin) (are|is|have|has|turned|look|looks|gone|went|going) (\w+ )?yellow|jaundiced?",
        r"(have|has) not (peed|urinated|passed (any )?urine) ~3 (day|days|hours|yesterday)",
        r"(severe|unbearable|terrible|excruciating|worst) (stomach|abdominal|belly|tummy|abdomen|side"
        r"|back) (pains?|ache)",
        r"(my |the )?(stomach|abdominal|belly|tummy) pain (is|was|so) (\w+ )?(unbearable|severe"
        r"|excruciating|bad i cannot)",
        unless=r"iron|beet(s|root)?|blackcurrant|liquorice|licorice|black (pudding|bean)|gym|skin of"
        r"|bananas?|egg|gave birth|labou?r|highlight|jaundiced (newborn|view)",
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    rule(
        "MED-U",
        1,
        r"(i|just|have|also|keep|almost|nearly|then|she|he) (fainted|blacked out|collapsed|fainting"
        r"|passing out|blacking out|faint)(?! (on|hope|line|smell|taste|of heart|at the))",
        r"(going to|about to|might|will|could) (faint|pass out|black out|collapse)",
        r"i (just )?passed out(?! (on|flyers|in bed|early|at|asleep|from laughing|after|samples))",
        r"heart (is|has been|keeps|was) (racing|pounding|skipping|fluttering|beating) ~6 (dizzy|faint"
        r"|chest|breath|cannot|lightheaded)",
        r"(fever|temperature) (is|of|at|was|hit|over|reached) (\w+ )?#",
        number=high_fever,
        unless=any_of(
            EXERTION,
            r"oven|set|cook|roast|bake|internal|meat|chicken|water|sofa|couch|laughing|tired|years ago|sleep\w*|bed"
            r"|price|when i saw|as a (kid|child)|coffee|caffeine",
        ),
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
)
