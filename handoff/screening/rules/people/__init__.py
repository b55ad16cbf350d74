"""Other people, the mind, age, asking for a person (ABU, OTH, VIO, PSY, AGE, LNG-D, ASK, QLT)."""

from handoff.screening.rules.people import abuse, others, requests, threats, wellbeing

RULES = (
    *abuse.RULES,
    *others.RULES,
    *threats.RULES,
    *wellbeing.RULES,
    *requests.RULES,
)
