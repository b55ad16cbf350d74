"""The kinds of request that the machine tells apart."""

from typing import Final

# What changes rows, or calls somebody: to do it wrongly does harm.
LOG: Final = "log"
CHANGES: Final = frozenset({LOG, "correct", "remove", "undo"})
TOLD: Final = frozenset({"health_told", "allergy_told", "weight_told", "goal_told"})
PERSON: Final = "person"
DEEDS: Final = CHANGES | TOLD | {PERSON, "reminder"}

# What only reads. To answer beside the question is the worst that it can do.
OF_DIARY: Final = frozenset({"figures", "trend", "recall"})
READS: Final = OF_DIARY | {
    "propose", "food_fact", "suits_me", "advice", "profile", "notes", "memory", "about_people",
}  # fmt: skip

# What is answered with a sentence of our own.
TALK: Final = frozenset(
    {
        "greeting", "thanks", "farewell", "how_are_you", "who_are_you", "ability", "language",
        "manner", "stop", "mood", "praise", "complaint", "sorry", "yes", "no", "not_eaten",
        "out_of_scope", "app", "photo", "lesson", "distress",
    }
)  # fmt: skip

KINDS: Final = tuple(sorted(DEEDS | READS | TALK))

# Where no tool is for a kind, the tool for the next of these is taken.
NEAREST: Final = {
    "trend": ("figures", "recall"),
    "recall": ("figures", "trend"),
    "figures": ("trend", "recall"),
    "remove": ("correct",),
    "correct": ("remove",),
    "allergy_told": ("health_told",),
    "health_told": ("allergy_told",),
    "goal_told": ("weight_told",),
}
