# ruff: noqa: E501  a pattern is read best in one piece
"""Preparing to die, told without the word, and questions about methods (SI-5, SI-3)."""

from handoff.screening.patterns import any_of, rule

STUDY = (
    r"novel|story|character|documentary|movie|film|book|essay|thesis|lecture|course|class|podcast|article|report"
    r"|rats?|mice|mouse|ants?|weeds?|bacteria|germs|yeast|dogs?|cats?|plants?|volcano|history|romans?|statistics"
)
LEAVING = (
    r"moving|moved|move|new (job|flat|house|apartment|school|city|phone|start|app)|holiday|vacation|trip|abroad|retire\w*|retirement"
    r"|emigrat\w+|uni|university|shift|exam|exams|race|term|semester|course|class|contract|sabbatical|leave from work"
)

RULES = (
    rule(
        "SI-5",
        1,
        r"(last|final) (meal|supper|dinner|breakfast)",
        near=r"actual(ly)? (last|final)|an actual|(last|final) one ever|before i (go|die|do it|end)|(not|never) be (another|here)|after (that|it) i (am|will be) gone|pills|tablets|goodbye",
        unless=r"death row|prison\w*|game|film|movie|fast|fasting|ramadan|lent|trip|exam|jesus|painting|leonardo|milan|holiday|flight|race|surgery|operation|diet|test|astronauts?|role ?play",
        past=None,
    ),
    rule(
        "SI-5",
        1,
        r"one way ticket|(ticket|drive|driving|train|bus|ferry) (\w+ ){0,4}(no|without a|not planning (a|any)) (return|way back)",
        near=r"not packing|no (bags?|luggage|suitcase)|nothing packed|without (bags?|luggage)|not coming back|(will|do) not need (anything|clothes|it)|pack(ing|ed)? nothing|nobody knows",
        unless=r"job|moving|move|emigrat\w*|university|uni|study|studying|student|holiday|weekend|visa|work",
        past=None,
    ),
    rule(
        "SI-5",
        1,
        r"(my|the) (affairs|papers|things) (\w+ ){0,2}in order",
        near=r"funeral|doing (of )?it|nothing left (to|but)|left is|goodbyes?|note is|notes? (are )?(written|finished)|(when|after) i am gone|then i (can|will) go|just the doing",
        unless=r"tax\w*|surgery|operation|trip|insurance|divorce|moving|house sale|visa|my (mother|father|mom|dad|gran\w*|aunt|uncle)s?",
        past=None,
    ),
    rule(
        "SI-5",
        0,
        r"(will not|do not|shall not|not going to) (be )?(need(ing)?|needed) (it|them|that|this|these|any of (it|this)|my \w+|money|food|clothes) "
        r"(after (tonight|today|tomorrow|this week|friday|sunday|i am gone)|where i am going|when i am (gone|dead))",
        r"(will not|not going to) (be )?(here|around|alive|on this earth) (after (tonight|today|this|tomorrow|friday)|tomorrow|next (week|month)|"
        r"by (then|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|new year)|to see (it|that))",
        r"(picked|chosen|chose|set|decided on|settled on|marked) (a|the|my) (date|day|time|place|spot|bridge|tree|method|way) (to (die|do it|end it|go)|for (it|my death)|when i (will )?(die|do it|end it))",
        r"know (exactly )?(when|where|how) (i am going to|i will|i would|i want to) (die|end it|end my life|kill myself|hang|jump)",
        r"(wrote|written|writing|finished|left|leaving|recorded|recording) (a |my |the |some |all my |all the )?(last|final|goodbye|farewell|suicide) (letters?|notes?|messages?|videos?|words|goodbyes)",
        r"(tied|tying|made|making|practi[sc]ed) ~2 noose|noose (is|in|around)|(garage|car) ~3 (engine|exhaust|hose) ~4 (running|pipe|window)",
        r"(dog|cat|pets?|kids|children|plants?) ~6 (after|when|once) i am (dead|gone for good|not here anymore)",
        r"(passwords?|pin|bank (details|card)|keys) ~8 (for (after|when) i (am gone|die|am dead)|so (they|he|she|you|my \w+) can ~3 (after|when) i am (gone|dead))",
        r"(on|up on|at|climbed|over) the (bridge|ledge|rooftop|railing|railings|top of the (car park|multistorey|parking garage)) (\w+ ){0,9}(jump|last|goodbye|one more|before i go|do not stop me|let go|look down)",
        unless=any_of(LEAVING, STUDY, r"game|level|photo|view|selfie|bungee|sunset"),
        anyone=True,
        negated=None,
    ),
    rule(
        "SI-3",
        0,
        r"(search\w*|googl\w+|looked up|looking up|look up|research\w*|reading (about|up on)|asked the internet) ~4 (ways? (to|of) (die|dying|kill\w*|end\w*)|how to (die|kill (myself|yourself)|end (it|my life|your life)"
        r"|overdose|hang|disappear for good)|painless|lethal|suicide|overdos\w+|suicide methods?)",
        r"(what|which|is there|tell me|know) ~5 (painless|painlessly|quickest|least painful|easiest|fastest|peaceful|gentlest|surest) ~3 (die|death|suicide|kill (myself|yourself)|end (it|my life))",
        r"(would|will|does|do) (it|that|this|you) (hurt|suffer|be (quick|painless|fast|over quickly)|feel (it|anything)) (to|if|when) (i |you |a person )?(die|died|jump|jumped|hang\w*|drown\w*|overdose\w*|bleed|bled|do it)",
        r"how (long|high|deep|far|fast) ~7 (to (die|kill (me|myself|you|yourself))|before (you|i|it) (die|kills)|(bleed|bleeding) out|be (fatal|lethal|dead)|survive (a|the|that) (fall|jump|drop))",
        r"(how many|how much|enough|number of) ~3 ({PILLS}|insulin|sleeping \w+) ~6 (to|would|will|that|it takes?|until|before) ~3 (die|kill\w*|fatal|lethal|not wake up|never wake up|stop (my|your) heart|be gone|do the job|end it)",
        r"(can|could|do|would) (you|one|people|i|a person) (die|kill yourself|kill myself) (from|by|with) (taking|swallowing|drinking|too many|an? overdose|cutting|not eating|starving|\d+ {PILLS}|{PILLS})",
        unless=any_of(
            STUDY,
            r"(my|the) (son|daughter|baby|toddler|child|mom|dad)|safe(ly|ty)?|(too much|much) (water|salt|sugar|coffee|caffeine)|shark|lightning",
        ),
        negated=None,
    ),
)
