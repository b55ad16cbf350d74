"""Words and field types that messages share."""

from typing import Annotated, Literal

from msgspec import Meta

Speaker = Literal["member", "coach", "expert", "system"]
Floor = Literal["coach", "coach_waiting", "guided", "expert", "safety_hold"]
PageState = Literal[
    "connecting",
    "unreachable",
    "listening",
    "thinking",
    "speaking",
    "person",
    "held",
    "reconnecting",
    "ended",
]
Side = Literal["a", "b"]
InterpreterStage = Literal["connecting", "interpreting", "reconnecting", "alone"]
Region = Literal["day", "objectives", "person", "messages"]

# What each of these words means, by the name of the field that carries it.
MEANINGS: dict[str, dict[str, str]] = {
    "speaker": {
        "member": "the person who is coached",
        "coach": "the AI",
        "expert": "a human expert",
        "system": "a notice in the thread",
    },
    "floor": {
        "coach": "the coach may speak",
        "coach_waiting": "the coach may speak, and a person is being called",
        "guided": "the coach may speak, guided by an expert",
        "expert": "an expert speaks, the coach is silent",
        "safety_hold": "only reviewed words are spoken, until a person comes",
    },
    "state": {
        "connecting": "the engine is being reached for the first time",
        "unreachable": "the engine is not reached, for the first time or again, and it takes long",
        "listening": "the member may speak",
        "thinking": "an answer was asked for, and no sound of it has come",
        "speaking": "the coach's voice is on its way to the loudspeaker",
        "person": "an expert has the floor",
        "held": "the talk is on safety hold",
        "reconnecting": "the engine was lost, and another connection is sought",
        "ended": "the talk is over",
    },
    "side": {
        "a": "the member",
        "b": "the person they speak with",
    },
    "stage": {
        "connecting": "the engine is being reached",
        "interpreting": "what is said now is translated",
        "reconnecting": "the engine was lost: what is said now may have to be said again",
        "alone": "nobody is there to speak to yet, so nothing is translated",
    },
    "what": {
        "day": "the diary's day",
        "objectives": "the objectives of a lesson",
        "person": "the card that says how a call for a person stands",
        "messages": "what a person wrote to the member after a talk",
    },
}

Seq = Annotated[int, Meta(description="number in the thread: turns and cards count 1, 2, 3 …")]
Item = Annotated[str, Meta(description="id of the utterance: of its captions, and of its turn")]
PersonName = Annotated[str, Meta(description="name of the expert, as colleagues read it")]
CaptionText = Annotated[str, Meta(description="all words of the utterance so far")]
Generation = Annotated[
    int, Meta(description="playback generation: one more after each stop of the sound")
]
CasePk = Annotated[int, Meta(description="key of the escalation")]
