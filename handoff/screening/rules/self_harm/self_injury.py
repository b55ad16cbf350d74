# ruff: noqa: E501  a pattern is read best in one piece
"""Injury without the wish to die (SH)."""

from handoff.screening.patterns import any_of, rule
from handoff.screening.rules.self_harm.phrases import KITCHEN

RULES = (
    rule(
        "SH",
        1,
        r"self ?harm(ing|ed|s)?|self ?injur(y|ing|ed)|self ?mutilat\w+",
        r"(cut|cutting|cuts) (myself|my (arms?|legs?|thighs?|skin|forearms?|stomach|body|hips?))",
        r"(burn|burning|burned|burnt|scratch|scratching|scratched|carve|carving|carved|slice"
        r"|slicing|sliced|punch|punching|bruise|bruising|stab|stabbing|scald|scalding) "
        r"(myself|my (own )?(arms?|legs?|thighs?|skin|forearms?|body|flesh))",
        r"(hurt|hurting|harm|harming|injure|injuring|punish|punishing|hit|hitting) myself "
        r"(on purpose|again|deliberately|to|when|because|every|so|tonight|now|until|with)",
        r"(want|wanted|urge|urges|need|like|going|started|been|keep|kept|thinking about|thoughts of"
        r"|feel like|stop|tempted|about|resist) (to )?(hurt|hurting|harm|harming|injure|injuring"
        r"|cut|cutting|burn|burning|punish|punishing) (myself|me)",
        r"(i|started|started to|been|am|have been|keep|went back to|back to|relapsed and|relapsed"
        r"|relapsed with) (cut|cutting) again",
        r"used (a|the|my) (razor|blade|knife|lighter|scissors) on (my (arms?|legs?|skin|thighs?|wrists?"
        r"|stomach|body)|myself)|(back to|back into) (cutting|self harm\w*|hurting myself)(?! (carbs|calories"
        r"|sugar|weight))",
        r"relapsed (with|into|on|and started) (cutting|self harm\w*|burning)",
        r"(cutting|burning|hurting|blade|razor|pain|bleeding) (my skin |myself )?(helps|calms|makes "
        r"me feel (better|something|alive|calm)|is the only thing|relieves)",
        r"(urge|urges|need|desperate|itching) to cut(?= \.|$| again| so| tonight| and)",
        unless=any_of(
            KITCHEN,
            r"bulk\w*|deficit|carbs|weight|sugar|phase|macros|protein|summer|slack|a (slice|piece"
            r"|break)|off (from|carbs|sugar)|down on|out|burn\w* myself out|mosquito|itch\w* rash"
            r"|eczema|allerg\w*|rash|muscle|back pain|tax\w*|football|cat|dog|nettle|day",
            r"(on|against) (the|a|some|my|our) ~1 (rose ?bush(es)?|roses|brambles?|thorns?|hedge|fence"
            r"|branch(es)?|blackberr(y|ies)|holly|cactus|gate)",
        ),
    ),
    rule(
        "SH",
        1,
        r"(stitches|cuts?|burns?|burn marks|marks?|scars?|wounds?|lines) (\w+ ){0,7}(i did (it|them|that|those|this) (to )?myself|it was me (that|who) (did|made) (it|that|them)|self inflicted|i gave (it |them |that )?(to )?myself)",
        unless=r"by mistake|accident\w*|oven|stove|kitchen|cook\w*|kettle|surgery|fell|bike|iron|peel\w*|chop\w*",
        negated=None,
    ),
    rule(
        "SH",
        1,
        r"(am|been|started|still|back to) (\w+ )?cutting(?= \.|$| again| so| and)",
        near=r"not eating|starv\w+|purg\w+|throwing up|cry(ing)?|hate (me|myself)|not sleeping|razor|blade|sleeves?|bleed\w*|relaps\w+",
        unless=r"(carbs?|sugar|fat|calories|bulk\w*|weight|hair|grass|wood|fabric|vegetables|meat|down|out|back)",
    ),
    rule(
        "SH",
        0,
        r"(cut|cuts|wound|it|wrist|arm|leg|thigh) ~3 (will not stop bleeding|bleeding a lot"
        r"|keeps bleeding|bleeding badly|will not stop|is (really|so|very|too) deep)",
        r"(cut|went|gone) (too|really|so|very) deep",
        near=r"(cut|cutting|slit|slashed) (myself|my (arms?|legs?|thighs?|wrists?|skin|forearms?))"
        r"|self harm\w*|i cut",
        unless=KITCHEN,
        negated=None,
        past=None,
    ),
)
