# ruff: noqa: E501  a pattern is read best in one piece
"""The mind (PSY), age (AGE) and being laughed at (LNG-D)."""

from handoff.screening.patterns import rule


def school_age(years: float) -> bool:
    return 6 <= years <= 17


RULES = (
    # --- PSY -------------------------------------------------------------------------------------
    rule(
        "PSY",
        1,
        r"voices? (are |keep |keeps |is )?(tell|tells|telling|told|say|says|saying|said|command\w*"
        r"|whisper\w*|scream\w*) (me|not to|to|that i|i|in my head)",
        r"hear(ing)? voices(?! (from|of|in the (street|restaurant|kitchen|background|next)))",
        r"(they|someone|somebody|the government|my \w+|people|neighbou?rs) (is|are) (secretly )?"
        r"(poisoning (me|my food)|putting (poison|something|chips?|drugs) in(to)? my (food|drink|water"
        r"|brain))",
        r"(people|they|cameras|someone) (are|is) (watching|following|spying on) me (through|all the"
        r"|everywhere|from)",
        r"(have not|not) slept (for|in) # days (and|but) (i )?(am |feel |have |still ){0,2}(amazing"
        r"|energy|so much|great|unstoppable|god|invincible|fantastic)",
        anyone=True,
        unless=r"gps|sat ?nav|podcast|radio|choir|audiobook|chip shop|potato chips|instagram",
    ),
    rule(
        "PSY",
        2,
        r"you are (the )?only (one|person|friend|thing) (i|who|that) (talk|have|understands|trust|can"
        r"|listens|cares)",
        r"(i am|i think i am|i have fallen) in love with you",
        negated=None,
    ),
    # --- AGE -------------------------------------------------------------------------------------
    rule(
        "AGE",
        2,
        r"i am (only |just |actually |turning )?# (years old|year old|yrs old|yo|and (i am )?(in|at) "
        r"(school|middle|high|year|grade)|years of age)",
        r"i am (only |just |actually )?#(?= \.|$| and (i|my)| but (i|my)| so (i|my))",
        number=school_age,
        unless=r"weeks|months|pounds|lbs|kg|stone|minutes|hours|days|kilos|years (ago|clean|sober"
        r"|vegan|vegetarian|married|into)|clean|sober|how do i say|under target|over",
        negated=None,
        past=None,
    ),
    # --- LNG-D -----------------------------------------------------------------------------------
    rule(
        "LNG-D",
        2,
        r"(laugh|laughs|laughing|laughed|mock|mocks|mocking|make fun|makes fun|made fun) (at|of)? ?(me"
        r"|my accent|my english|how i (talk|speak)) ~8 (school|class|cannot|do not want|every day|cry"
        r"|hate|work|scared|stop)",
        r"(i am|being|been|getting|get|got) (being )?bullied|(they|kids|classmates|colleagues) bully(ing)?"
        r" me",
        unless=r"(book|film|movie|story|article|essay) (about|on)",
    ),
)
