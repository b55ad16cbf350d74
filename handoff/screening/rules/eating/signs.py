# ruff: noqa: E501  a pattern is read best in one piece
"""Soft signs of an eating disorder (ED-S), and weight (MED-W)."""

from handoff.screening.patterns import any_of, rule
from handoff.screening.rules.eating.behaviours import tiny

RULES = (
    # --- ED-S: soft signs ------------------------------------------------------------------------
    rule(
        "ED-S",
        2,
        r"(hate|hating|cannot|scared of|afraid of|ashamed of|anxious about|avoid) (eat|eating) "
        r"(in front of|around|near) (people|others|anyone|other people|my family|anybody)",
        r"(have|need|got|must|had) (to )?earn (my|the|every|a|any) (food|meals?|dinner|lunch"
        r"|breakfast|calories|treats?|dessert)",
        r"(terrified|scared|afraid|petrified|frightened) (of|to) (eat|eating|food|gain\w*|carbs"
        r"|gain(ing)? weight|eating anything)",
        r"(hate|disgusted by|disgusted with|cannot stand|loathe|sick of) (my (body|stomach|thighs"
        r"|reflection|fat body)|how (fat|big) i (am|look)|looking at my(self| body))",
        r"i am (so |such |just )?(a )?(fat (pig|cow)|disgusting|a pig|repulsive|fat and disgusting"
        r"|fat and ugly)",
        r"(eat|eating|binge|binging) (in secret|secretly|until (it hurts|i am sick|i feel sick"
        r"|i cannot move))",
        r"(cannot|could not|unable to) stop (binging|binge eating|bing\w+)",
        r"(weigh|weighing|weighed) myself (\d+|several|many|ten|a dozen|multiple) times (a|every) day",
        r"(have|need) to (burn|run|work|exercise) (off )?(every (calorie|thing|bite)|everything i "
        r"(eat|ate)|it all off)",
        r"(lost|missed|stopped getting|no longer (get|have)) my periods?(?! (app|tracker|products))",
        unless=r"pregnan\w*|menopause|pill|iud|birth control|bark|documentary|article",
        negated=None,
    ),
    # --- MED-W: weight ---------------------------------------------------------------------------
    rule(
        "MED-W",
        2,
        r"(lost|losing|lose|dropped) ~4 (kg|kilos?|kilograms?|pounds?|lbs?|stone|weight) ~4 without "
        r"(trying|wanting|dieting|meaning|changing|doing|any reason|effort)",
        r"(unexplained|unintended|unintentional|unplanned) weight loss",
        r"losing weight (for no reason|without trying|and i do not know why)",
        r"dry fast(s|ing)?",
        anyone=True,
        negated=None,
    ),
    rule(
        "MED-W",
        2,
        r"(plan|diet|menu|meal plan|eat|do|make|give|design|start|follow|want|want to eat|put me on"
        r"|write) (me |us |for |a |an |on |the |only |just |only eat |plan for |diet of |diet with "
        r"|meal plan (for|of|with|at) |at |of |with ){0,4}# calories? (a|per|each|every|meal|diet"
        r"|menu|plan)( day| plan)?",
        number=tiny,
        unless=any_of(
            r"breakfast|lunch|dinner|snacks?|meal (idea|prep)|deficit|surplus|burn|less|more|fewer"
            r"|under my|below my|recipe|dessert|smoothie|salad|sandwich|each meal|per meal|a meal"
        ),
        negated=None,
    ),
)
