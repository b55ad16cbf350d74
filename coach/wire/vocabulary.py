"""Words and field types that messages share."""

from typing import Annotated, Literal

from msgspec import Meta

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
Region = Literal["day", "objectives", "person"]  # what a page fetches again when it has changed

Seq = Annotated[int, Meta(description="number in the thread: turns and cards count 1, 2, 3 …")]
Item = Annotated[str, Meta(description="id of the utterance: of its captions, and of its turn")]
CaptionText = Annotated[str, Meta(description="all words of the utterance so far")]
Generation = Annotated[
    int, Meta(description="playback generation: one more after each stop of the sound")
]
CasePk = Annotated[int, Meta(description="key of the escalation")]
