# ruff: noqa: E501  a pattern is read best in one piece
"""What the medical rules share: exertion, and chests that nobody needs to worry about."""

from handoff.screening.patterns import any_of

EXERTION = any_of(
    r"(after|during|when|while|from|when i) (the |a |my |i )?(run|running|sprint\w*|workout\w*"
    r"|exercis\w*|stairs|hiit|burpees|cardio|jog\w*|swim\w*|spin\w*|treadmill|bench\w*|push ?ups?"
    r"|deadlift\w*|press\w*|lift\w*|crossfit|rowing)",
    r"jeans|corset|dress|face mask|blocked nose|nose|laugh\w*|so full|stuffed|full i|trousers"
    r"|waistband|bra|belt",
)
CHEST_NOT = any_of(
    EXERTION,
    r"chicken|turkey|duck|goose|chest (press|fly|flies|day|freezer|workout|infection last)"
    r"|causes?|causing|freezer|sore from|doms|of drawers|treasure|heartburn|acid reflux|coughing so much|muscle"
    r"|(can|does|do|could|would) \w+( \w+){0,4} (cause|give)|off my chest|bench|push ?ups?"
    r"|(last|years?|months?|weeks?) (year|month|week|ago)|close to my chest|hair|rash",
)
