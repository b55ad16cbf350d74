"""The verbs about oneself."""

from coach.people.actions.health import (
    FACTS,
    GOALS,
    Change,
    ask,
    ask_goal,
    body_of,
    confirm,
    erase_fact,
    forget_asked,
    note_signs,
    undo_told,
    waiting,
)
from coach.people.actions.measuring import erase_measurement, measure, undo_measurement
from coach.people.actions.memory import erase_memory, remember
from coach.people.actions.profile import (
    OF_LISTENING,
    OF_USER,
    save_listening,
    save_profile,
    set_targets,
)
from coach.people.actions.rows import agree
from coach.people.actions.tidying import forget_asked_in, tidy

__all__ = [
    "FACTS",
    "GOALS",
    "OF_LISTENING",
    "OF_USER",
    "Change",
    "agree",
    "ask",
    "ask_goal",
    "body_of",
    "confirm",
    "erase_fact",
    "erase_measurement",
    "erase_memory",
    "forget_asked",
    "forget_asked_in",
    "measure",
    "note_signs",
    "remember",
    "save_listening",
    "save_profile",
    "set_targets",
    "tidy",
    "undo_measurement",
    "undo_told",
    "waiting",
]
