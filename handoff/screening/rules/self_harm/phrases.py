# ruff: noqa: E501  a pattern is read best in one piece
"""What the rules about self-harm share: ways to say it, and what it is not."""

from handoff.screening.patterns import any_of

KILL_SELF = any_of(
    r"kill(ing)? myself(?! (laughing|with laughter))",
    r"(end|ending) (my( own)?|this) life(?! as (a|an) (\w+ )?(smoker|drinker|bachelor|student|vegetarian|vegan|meat eater|carnivore|commuter)(?![a-z0-9]))",
    r"(end|ending) it all",
    r"(take|taking) my own life",
    r"take my life",
    r"(hang|hanging|shoot|shooting|drown|drowning|suffocate|electrocute|asphyxiate) myself(?! (a|an|up|some|the|out|in the foot) )",
    r"(commit|committing) suicide",
    r"overdose",
    r"(slit|slitting|slash|cut|cutting) (my|the) (wrists?|throat|veins?)",
)
NOT_MY_LIFE = r"tak(e|ing) my life (back|seriously|in|into|to|forward|for granted|on)|end (of )?my life insurance"
# Whom one leaves without leaving life: "a goodbye letter to the company".
NOT_PEOPLE = r"(?! to (the|my|our|this) (\w+ )?(company|office|firm|gym|club|bank|landlord|department|customers|clients|suppliers|cigarettes|sugar|carbs)(?![a-z0-9]))"
# Where one lives, as against that one lives: "no reason to live in that town".
IN_A_PLACE = r"(?! (in|near|by|at|on|next to) (a|an|the|this|that) (\w+ )?(town|city|village|country|countryside|suburbs?|area|neighbou?rhood|flat|house|street|coast|sea|seaside|beach|cent(re|er)|office|hotel|mountains|region)(?![a-z0-9]))"
OUT_OF_BOXES = r"(?! out of (a|my|the|these|this|two)? ?(suitcases?|boxes|box|bags?|tins|cans|freezer|rucksack|backpack)(?![a-z0-9]))"
WITHOUT_A_TREAT = r"(?! without (\w+ )?(cheese|coffee|tea|chocolate|bread|pasta|bacon|butter|garlic|wine|pizza|sugar|cake|ice cream|wifi|carbs|desserts?|crisps|salt|sushi|curry|potatoes|chips)(?![a-z0-9]))"
WITH_MEALS = any_of(
    r"as prescribed|prescri\w+|with (my )?(breakfast|lunch|dinner|food|meal|a meal|water|milk)",
    r"on time|this morning|for the day|vitamins?|supplements?|fish oil|probiotics?|morning",
    r"(the )?(doctor|nurse|gp|pharmacist) (told|said|gave)|like (the|my) (doctor|nurse)",
    r"course of|antibiotics?|finished|as usual|already today|daily|by mistake|iron",
)
KITCHEN = any_of(
    r"chop\w*|slic\w+|cook\w*|peel\w*|dic(e|ing)|carv\w+|shav\w+|accident\w*|by mistake",
    r"prepar\w+|opening|(can|tin) ?(opener|lid)?|grater?|grating|mandoline?|broken glass|paper",
    r"oven|stove|pan|kettle|grill\w*|iron|toaster|hot (water|oil|tray|plate)|baking|tray|air fryer",
    r"kitchen|onions?|carrots?|avocado|potato\w*|bread|vegetables|chicken|cucumber|garlic|salad",
    r"gym|workout|working out|lift\w*|running|football|squat\w*|deadlift\w*|training|exercis\w+",
    r"soup|coffee|tea|barbecue|bbq|fry\w*|boil\w*|steam|sun|sunburn\w*|glass|knife slipped|hair",
    r"fell|bike|spin class|stairs|tongue|mouth|garden\w*|razor blade shaving|fat|calories|acid",
)
