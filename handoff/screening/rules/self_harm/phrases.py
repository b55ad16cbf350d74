# ruff: noqa: E501  a pattern is read best in one piece
"""What the rules about self-harm share: ways to say it, and what it is not."""

from handoff.screening.patterns import any_of

KILL_SELF = any_of(
    r"kill(ing)? myself(?! (laughing|with laughter))",
    r"(end|ending) (my( own)?|this) life",
    r"(end|ending) it all",
    r"(take|taking) my own life",
    r"take my life",
    r"(hang|hanging|shoot|shooting|drown|drowning|suffocate|electrocute|asphyxiate) myself(?! (a|an|up|some|the|out|in the foot) )",
    r"(commit|committing) suicide",
    r"overdose",
    r"(slit|slitting|slash|cut|cutting) (my|the) (wrists?|throat|veins?)",
)
NOT_MY_LIFE = r"tak(e|ing) my life (back|seriously|in|into|to|forward|for granted|on)|end (of )?my life insurance"
# Things, with nothing said after them: a place, a person or a role is never exempt.
OUT_OF_BOXES = r"(?! out of (a |my |these |two )?(suitcases?|cardboard boxes|boxes|box|tins|cans|rucksack|backpack)(?= \.|$))"
WITHOUT_A_TREAT = r"(?! without (my |good |real |hot |fresh |dark |garlic )?(cheese|coffee|tea|chocolate|bread|pasta|bacon|butter|garlic|pizza|cake|ice cream|crisps|salt|sushi|curry|potatoes)(?= \.|$))"
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
