"""The voice: text to speech, English, on the processor, offline."""

from coach.engine.tts.normalise import normalise
from coach.engine.tts.speaker import Spoken, Synthesiser, VoiceClosed

__all__ = ["Spoken", "Synthesiser", "VoiceClosed", "normalise"]
