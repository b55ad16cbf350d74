"""Other people, the mind, age, and asking for a person (ABU, VIO, PSY, AGE, LNG-D, ASK, QLT)."""

from handoff.screening.rules.people import abuse, requests, threats, wellbeing

RULES = (
    *abuse.RULES,
    *threats.RULES,
    *wellbeing.RULES,
    *requests.RULES,
)
