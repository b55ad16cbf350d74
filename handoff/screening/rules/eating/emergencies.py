# ruff: noqa: E501  a pattern is read best in one piece
"""An eating disorder with a body in danger (ED-E)."""

from handoff.screening.patterns import rule


def several(days: float) -> bool:
    return 2 <= days <= 60


FAINT = (
    r"(faint(ed|ing)?|pass(ed|ing) out|black(ed|ing) out|collaps(ed|ing)|keep fainting"
    r"|too weak to (stand|walk|get up|get out of bed|move)|heart (is )?(racing|skipping|pounding"
    r"|fluttering|stopping)|palpitations|chest (pains?|hurts|is tight)|cannot stand up)"
)
RESTRICT = (
    r"((have|had|did|do) not (been eating|(really |properly |barely )?(eaten|eat|ate))(?! (meat|dairy|gluten|sugar|bread|carbs|nuts|pork))"
    r"|not eating|stopped eating|starv(e|ed|ing) myself|restricting|restricted|fasting|no food"
    r"|laxatives?|purg(e|ed|ing)|making myself (sick|throw up|vomit)|throw(ing)? up (after|every|my)"
    r"|anorexi[ac]|bulimi[ac]|skipping (all )?(my )?meals|dry fast\w*|water fast\w*|barely eat\w*"
    r"|(eat|ate|eating) (almost )?nothing|eating disorder|binge and purge|without food)"
)

RULES = (
    rule("ED-E", 0, FAINT, near=RESTRICT, negated=None, unless=r"blood test|ramadan last year"),
    rule(
        "ED-E",
        0,
        r"(throw|throwing|threw|thrown|vomit|vomiting|vomited|puke|puking|puked|bring|bringing"
        r"|brought|retch\w*|cough|coughing|coughed|spit|spitting) (up )?(some |a lot of |bright red "
        r"|fresh |a little |up )?blood",
        r"blood in (my|the|his|her) (vomit|sick)",
        r"(throw|threw|throwing|vomit|vomiting|vomited|puking) ~6 blood",
        r"blood (in it |there )?(when|after|while) (i|he|she) (threw|throw|vomit|was vomiting|puke)\w*",
        unless=r"blood orange|nose ?bleed|(giving|gave|donat\w+) blood|blood (test|pressure|sugar|type"
        r"|draw|work|glucose|donation)",
        anyone=True,
        negated=None,
    ),
    rule(
        "ED-E",
        0,
        r"(no|without|any|without any) (food|eating|food or (water|drink)|food and water"
        r"|water|water or food|fluids?|anything to (eat|drink)|eating or drinking) "
        r"(at all )?(for|in|since|over) (about |almost |nearly |over |more than |the last |the past )?"
        r"# (whole |full |straight )?days",
        r"(not|never) (eaten|had anything to eat( or drink)?|had food|had any food|touched food|eaten anything"
        r"|eaten or drunk( anything)?|drunk( anything)?|had (any )?water|had anything to drink"
        r"|eaten at all|eaten a thing|eaten food|eaten or drank( anything)?|had a meal) "
        r"(at all |anything |properly )?(for|in|over) (about |almost |nearly |over |more than |the "
        r"last |the past )?# (whole |full |straight )?days",
        number=several,
        unless=r"hospital|surgery|before my (surgery|operation)|ramadan|the dog|the cat",
        negated=None,
    ),
    rule(
        "ED-E",
        0,
        r"(not|without|no|never) ~2 (eaten|eating|food) (anything |at all )?(for|in) (over |about |"
        r"almost )?(a (whole )?week|weeks|a few days|several days|days)",
        unless=r"out|meat|dairy|gluten|sugar|bread|together|properly|fast food|junk",
        negated=None,
    ),
)
