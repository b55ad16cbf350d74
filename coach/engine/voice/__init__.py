"""The voice: text to speech, English, on the processor, offline."""

from coach.engine.voice.normalise import normalise
from coach.engine.voice.speaker import Spoken, Voice, VoiceClosed

__all__ = ["Spoken", "Voice", "VoiceClosed", "normalise"]
