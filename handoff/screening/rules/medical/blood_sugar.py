# ruff: noqa: E501  a pattern is read best in one piece
"""Blood sugar: an emergency (MED-E) or urgent (MED-U), in mg/dL or mmol/L."""

from handoff.screening.patterns import HISTORY, any_of, rule


def emergency_glucose(value: float) -> bool:
    """Far too low or far too high, in mg/dL or mmol/L."""
    return 0.5 <= value < 3.0 or 20 <= value < 54 or 400 <= value < 1000


def urgent_glucose(value: float) -> bool:
    """Low or high enough that a clinician should know today, in mg/dL or mmol/L."""
    return 3.0 <= value < 3.9 or 15 <= value < 20 or 54 <= value < 70 or 300 <= value < 400


SUGAR_IS = (
    # A meter or a sensor may be that of the electricity: with them the sugar is named nearby.
    r"((my|his|her|the|moms?|dads?|son|daughter|kids?|blood|bg) )(blood )?"
    r"(sugars?|glucose|bg|bgl|glucose level|cgm|libre|dexcom|glucometer|(glucose|sugar|blood sugar) (meter|monitor|sensor))"
    r"( (level|levels|reading|reads|is|was|at|of|has|dropped|to|went|down|just|about|now|only|are"
    r"|measured|tested|came|back|says|said|showing|shows|reading|hit|around|fell|up|up to|gone"
    r"|jumped|currently|test|monitor|meter|still|and|it|a)){0,6} #"
)
METER_SAYS = r"(my|his|her|the) (meter|sensor|monitor|reading) ((is|was|at|of|reads|says|said|just|shows|showing|now|still|only|reading|about) ){0,4}#"
DIABETES = r"blood|glucose|sugars?|hypo|insulin|diabet\w*|libre|dexcom|mmol|finger ?prick|shak(y|ing)|sweating|dizzy|confused"
FOOD_SUGAR = any_of(
    r"(\d+|\d+\.\d) ?(g|grams?|gram|percent|teaspoons?|tsp|calories|cubes?|spoons?|mg of|minutes"
    r"|hours?|days?|weeks?|years?|points?|times|a day)",
    r"per serving|label|added sugar|sugar (intake|limit)|carbs a day",
)
SYMPTOMS = (
    r"(shak(y|ing)|confus(ed|ion|ing)|trembling|sweating|cannot (see|think|stand|focus|talk)"
    r"|blurr(y|ed)|dizzy|seizure|pass(ing|ed)? out|faint\w*|unconscious|slurr\w+|disoriented"
    r"|not making sense|vision)"
)

RULES = (
    rule(
        "MED-E",
        0,
        SUGAR_IS,
        number=emergency_glucose,
        unless=FOOD_SUGAR,
        anyone=True,
        negated=None,
        past=None,
    ),
    # A meter alone may be that of the electricity.
    rule(
        "MED-E",
        0,
        METER_SAYS,
        near=DIABETES,
        number=emergency_glucose,
        unless=FOOD_SUGAR,
        anyone=True,
        negated=None,
        past=None,
    ),
    rule(
        "MED-E",
        0,
        r"(blood )?(sugars?|glucose|bg) (is|are|feels|must be|has|keeps|went) (\w+ )?(low|crashing"
        r"|dropping|dropped|falling|high|plummet\w*)",
        r"(having|am|think i am|going|is having|severe|bad) (a |an |in |having |going )?(bad |severe )?"
        r"(hypo|low|hypoglycemi[ac]\w*)",
        near=SYMPTOMS,
        reach=70,
        unless=r"afternoon|coffee|hangry|before lunch|snack|skip(ped)? (lunch|breakfast)|low (fat"
        r"|carb|sugar|in|on|mood|energy|calorie)",
        anyone=True,
        negated=None,
    ),
    rule(
        "MED-E",
        0,
        r"breath (is|smells|smelling|smelt|smelled)? ?(\w+ )?(fruity|like (acetone|nail polish"
        r"|pear drops|nail varnish|fruit))|fruity (smelling )?breath|ketones? (is|are|at|of)? ?"
        r"(\w+ )?(high|very high|large|[3-9](\.\d)?)|diabetic ketoacidosis|dka",
        near=r"(vomit\w*|throw(ing)? up|threw up|confus\w+|type (1|one)|diabet\w+|insulin|stomach pain"
        r"|breathing|thirsty|again|in hospital|dka|sick)",
        unless=r"keto diet|keto breath|had dka|years ago|history|last year|risk of|prevent",
        anyone=True,
        negated=None,
    ),
    rule(
        "MED-U",
        1,
        SUGAR_IS,
        number=urgent_glucose,
        unless=FOOD_SUGAR,
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    rule(
        "MED-U",
        1,
        r"blood (sugars?|glucose) (is|are|keeps|went|has been|keep) (\w+ )?(low|too low|dropping"
        r"|crashing|too high|really high|very high|through the roof)",
        r"(having|am|think i am|keep having|had) (a |another |going |having )?(bad |severe )?"
        r"(hypo|hypos|hypoglycemia|hypoglycemic episode)(?! allerg)",
        r"(ran|run|running) out of (my )?insulin|(stopped|stop|quit|skipped|skipping|not) (taking |taken |had )?"
        r"(my |the )?insulin",
        r"(took|taken|take) (double|twice|two|2|the wrong|too much|too many) ~2 (dose|doses)? ?of (my )?"
        r"(metformin|medication|meds|warfarin|blood thinners?|pills|tablets|heart|blood pressure)",
        unless=r"pregnan\w+ test|low (in|fat|carb)|resist\w*|instead of|blueberr\w*|food label",
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
)
