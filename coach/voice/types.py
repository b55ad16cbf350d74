"""Words that both what happens in a talk and what is to be done about it are told in."""

from typing import Literal

Speaker = Literal["member", "coach", "expert", "system"]
Floor = Literal["coach", "coach_waiting", "guided", "expert", "safety_hold"]
PageState = Literal[
    "connecting",
    "unreachable",  # not reached, for the first time or again, and it takes long
    "listening",
    "thinking",
    "speaking",
    "person",
    "held",
    "reconnecting",
    "ended",
]
ResponseStatus = Literal["completed", "cancelled", "incomplete", "failed"]
Source = Literal["voice", "text", "script"]
