# ruff: noqa: E501  a pattern is read best in one piece
"""Dangerous behaviour around food, or a disclosure (ED-H)."""

from handoff.screening.patterns import any_of, rule


def tiny(calories: float) -> bool:
    """A day's energy that nobody should live on without a clinic."""
    return 50 <= calories <= 800


REMEDY = (
    r"constipat\w+|doctor|prescri\w+|gp|colonoscopy|ibs|nurse|hospital|natural laxative"
    r"|laxative effect|bowel prep|fibre|fiber|prunes?|for my (dog|cat|mother|father)"
)
ILL = (
    r"(bad|off|spoiled|raw|dodgy) (\w+ )?(shrimp|prawns?|oysters?|seafood|sushi|chicken|fish|eggs?"
    r"|milk)|stomach (bug|flu)|flu|virus|norovirus|pregnan\w*|morning sickness|chemo\w*"
    r"|food poison\w*|migraine|roller ?coaster|motion|sea ?sick|car ?sick|drinking|hangover|hungover"
    r"|baby|toddler|dog|cat|bug|gastro\w*|reflux|{DRUG_GLP}"
)

RULES = (
    rule(
        "ED-H",
        1,
        r"(make|making|made|force|forcing|forced|get|getting) (myself|me) (to )?(throw up|vomit|sick(?! of)"
        r"|puke|be sick|purge|gag|throwing up)",
        r"(throw|throwing|threw) (it |everything |it all |food )?up (again )?(after (meals?|eating"
        r"|i eat|every|each|my|dinner|lunch|breakfast|food|a binge|binging|i have eaten|i ate)"
        r"|every (meal|time i eat|night|day after)|on purpose|when(ever)? i eat|what i (eat|ate)"
        r"|my (food|meals|dinner|lunch|breakfast)|to (lose|stay|be|keep)|everything i eat"
        r"|most (meals|days|of my))",
        r"(vomit|vomiting|puke|puking|sick) (after (meals|eating|every|each|i eat|binging|dinner"
        r"|lunch)|on purpose|what i eat|my (food|meals)|to lose)",
        r"purg(e|ed|ing) (after|again|my (food|meals|dinner|lunch)|every|everything i|when|today"
        r"|tonight|to|because|so|and|it|yesterday|twice|daily)",
        r"(i|been|started|keep|am|still) purg(e|ed|ing)(?= \.|$)",
        r"bing(e|ed|eing|ing) (and|then|or) (then )?purg(e|ed|ing)",
        r"(eat|ate|eating|meals?|dinner|lunch) ~8 (go|going|went|run|ran|rush) ~2 (bathroom|toilet) ~2 "
        r"(throw up|vomit|purge|be sick|get rid|threw up|make myself)",
        r"(cannot|not|without|never) eat(ing)? ~3 without (throwing (it |everything )?up|vomiting|purging"
        r"|making myself|bringing it)",
        r"(back to|back into) (purging|binging and purging|restricting|starving)",
        r"(stick|sticking|stuck|put|putting|shove|shoving) ~2 (fingers?|toothbrush|spoon) ~2 throat",
        r"(bring|bringing|brought) (it|it all|my food|everything|food|dinner|lunch) back up "
        r"(on purpose|after|every|myself)",
        r"(get|getting|got) rid of (the|my|what i|everything i|all the|it) ?(food|meals?|calories"
        r"|ate|eat|dinner|lunch)? ?(after|ate|i ate|in the (toilet|bathroom))",
        r"chew(ing|ed)? and spit(ting)?|chew(ing)? (my )?food and spit(ting)?",
        unless=any_of(
            ILL,
            r"purg(e|ed|ing) (the|my) (fridge|pantry|closet|kitchen|cupboards?|wardrobe|inbox|list)",
            r"made me sick|makes me sick of",
        ),
    ),
    rule(
        "ED-H",
        1,
        r"(laxatives?|diuretics|water pills|enemas?) ~6 (every|each|after|lose|daily|get rid|thin"
        r"|skinny|all the time|nightly|too many|purge|empty|flat|calories|weight|binge|twice|instead"
        r"|eat|ate|overeat|a day)",
        r"(tak(e|ing|en)|took|us(e|ing|ed)|abus(e|ing|ed)|hooked on|addicted to|liv(e|ing) on"
        r"|swallow\w*|overus\w+) ~3 (laxatives?|diuretics|water pills) ~6 (weight|lose|after|every"
        r"|calories|night|day|thin|skinny|food|meals?|binge|so i)",
        r"(addicted to|abus\w+|hooked on|overdos\w+ on|misus\w+) (the )?laxatives",
        unless=REMEDY,
    ),
    rule(
        "ED-H",
        1,
        r"# calories (a day |per day |in a day )?(is|are|feels|feel|feels like|seems|was|still "
        r"feels|still is) (way |far |still |already |just )?(too (much|many)|a lot|disgusting)",
        r"(eat|eating|live|living|survive|surviving|surviving on|existing) (on |only |just |under "
        r"|less than |about |around |below |maybe |at most |barely |like ){0,3}# calories (a|per"
        r"|each|every|in a|for the whole) day",
        r"(limit|limiting|restrict|restricting|allow|allowing|keep|keeping|cap|capping) (myself )?"
        r"(to |at |it |under |below |only |just |myself |about |around ){0,4}# calories"
        r"( (a|per|each|every) day)?",
        r"(staying|stay|stayed|keep|keeping|kept) (it |myself )?(under|below|at) # calories( (a"
        r"|per|each|every) day)?",
        r"(only|just) (eat|eating|allow myself|have|had|let myself have) (about |around |like |max |"
        r"maybe )?# calories (a|per|each|every) (whole )?day",
        r"(am|been|get by) (on|at|down to) (only |just |about |around |roughly |maybe |like ){0,3}"
        r"# calories (a|per|each|every|most) days?",
        number=tiny,
        unless=any_of(
            r"more|extra|additional|less|fewer|deficit|burn\w*|surplus|above|over my|below my"
            r"|under my|per meal|for (a|one|an|my|the) (snack|cookie|drink|slice|muffin|coffee|latte"
            r"|breakfast|lunch|dinner|salad|sauce|dressing|side|bar|dessert|meal|sandwich|burger)",
            r"snacks?|per serving|a serving|each meal|my (cat|dog)",
            r"(doctor|dietitian|gp|clinic|nurse|hospital) ~1 (put|started|prescribed|supervis\w+)",
        ),
    ),
    rule(
        "ED-H",
        1,
        r"starv(e|ing|ed) (myself|me)",
        r"restricting (really|so|very|heavily|hard|again|my (food|eating|intake)|everything|and)",
        r"not eaten (anything |a thing |at all )?since (monday|tuesday|wednesday|thursday|friday|saturday"
        r"|sunday|last week|the weekend)",
        r"stop eating (completely|altogether|entirely|at all|for good|anything)",
        r"(i )?(have|had|has|got|having|think i have|diagnosed with|struggl\w+ with|suffer\w* from"
        r"|relaps\w+ (into|with|in)|fighting|battling|living with|dealing with|my|in recovery from"
        r"|recovering from|recovered from|treated for) (severe |bad |a history of |restrictive |atypical )?{ED}",
        r"i am (an? )?(still )?(anorexic|bulimic)|(being|became|becoming|become) (anorexic|bulimic)",
        r"(my )?(anorexia|bulimia|eating disorder) (is|has|voice|came back|got|keeps|tells)",
        r"relaps(ed|ing) (into|with|in) (my )?(anorexia|bulimia|eating disorder|restricting"
        r"|purging|ed)",
        r"(do not|did not) deserve (to eat|food|dinner|lunch|breakfast|a meal|meals|any food)",
        r"punish(ing)? myself (for|with|by) (eating|what i ate|food|not eating|exercise|running"
        r"|skipping|fasting|starving|hunger)",
        r"(skip|skipping|skipped) (all )?(my )?meals ~3 (to lose|punish|all day|every day|for days"
        r"|because i (am fat|hate|do not deserve))",
        r"(want|wish|trying|going|how) (to|i was|i were|to be|to become|to get) (be |become |get )?"
        r"(anorexic|bulimic|anorexia|skin and bones|nothing but bones|underweight|skeletal)",
        r"thinspo\w*|thinspiration|pro ?ana|pro ?mia|bonespo",
        r"how (do|can|to|should|would) (i |you )?(make myself )?(throw up|purge|vomit|puke) "
        r"(after|my|without|quietly|so|food|meals|better|on purpose)",
        r"(tips|tricks|ways|how|help me) (on |for )?(to )?(starve|stop eating (completely|anything"
        r"|altogether|at all|food)|not eat (anything|at all)|suppress my hunger completely|purge)",
        r"(skip|skipping|skipped|cut|cutting|stop|stopped|reduce|not taking) (my )?insulin (doses? )?"
        r"(to|so i|so that i) (lose|drop|stay|be|get|do not gain)",
        r"(hide|hiding) ~3 (purging|vomiting|not eating|starving|laxatives|weight loss)",
        unless=any_of(
            r"(documentary|article|essay|book|movie|film|podcast|lecture|class|course|talk) (about|on)",
            r"(work|volunteer|study|studying|training|research) ~3 (eating disorder|anorexia|bulimia)",
            r"starv(e|ing) me (of|to)",
            r"(anorexia|bulimia|eating disorder) (is|has) (been )?(now )?(rising|growing|increasing|spreading"
            r"|on the rise|(more |very |so |quite )?common|more (frequent|widespread))",
        ),
    ),
)
