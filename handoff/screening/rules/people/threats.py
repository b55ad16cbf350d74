# ruff: noqa: E501  a pattern is read best in one piece
"""Violence that somebody threatens (VIO)."""

from handoff.screening.patterns import any_of, rule

FAMILY = (
    r"(boss|husband|wife|brother|sister|mom|mother|dad|father|partner|boyfriend|girlfriend|teacher"
    r"|neighbou?rs?|colleagues?|coworkers?|ex|kids?|children|baby|son|daughter|family|parents"
    r"|roommate|flatmate|classmates?|coach|landlord|stepdad|uncle|aunt|manager|stepfather)"
)

RULES = (
    rule(
        "VIO",
        0,
        rf"i (am going to|will|want to|am about to|plan to|have decided to|am ready to) (just |really )?"
        rf"(kill|stab|shoot|murder|strangle|poison|bomb|attack) (my {FAMILY}|him|her|them|everyone"
        rf"|somebody|someone|people|the {FAMILY}|you all|those people) ~4 (tonight|tomorrow|now|today"
        r"|with (a|my|this|the) (knife|gun|axe|hammer)|this (morning|afternoon|evening)|at (work|school))",
        r"(bring|bringing|take|taking|have|got) (a|my|the) (gun|knife) to (school|work|class|the office)"
        r" (to|and) (kill|shoot|hurt|stab)",
        r"(shoot|blow|bomb) up (the|my) (school|office|church|mosque|synagogue|place|gym)",
        unless=r"e ?mail|text|message|in the (game|movie)|playing|paintball|photo\w*|chess|squash",
        negated=2,
    ),
    rule(
        "VIO",
        1,
        rf"i (am going to|will|want to|would like to|am about to|plan to|have to|feel like|could|need "
        rf"to|keep thinking about|am thinking (of|about)) (just |really |actually )?(kill|kill"
        rf"ing|stab|stabbing|shoot|shooting|murder|murdering|strangle|strangling|poison|poisoning"
        rf"|beat up|hurt|hurting) (my {FAMILY}|him|her|them|everyone|somebody|someone|people"
        r"|those people)(?! (feelings|chances|e ?mail|an|with kindness))",
        unless=any_of(
            r"e ?mail|text|message|appetite|cravings|bacteria|germs|weeds|ants|flies|mold|mould|yeast"
            r"|in the (game|movie)|playing|paintball|photo\w*|chess|hurt (him|her|them|people|someone)"
            r" (feelings|by|if|when)|(do not|never|not) (want|mean|mean to|going) (to )?hurt",
            r"(at|in) (ping|golf|bowling|darts|poker|pool|cards|mario|tennis|soccer|football|basketball)|lobsters?|crabs?|mussels|chickens?|fish|squash|monopoly|feelings|slugs|wasps|mosquitoes",
        ),
    ),
)
