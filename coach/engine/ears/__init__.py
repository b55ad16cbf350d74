"""The ears: is someone speaking, and what was said. English, on the processor, offline."""

from coach.engine.ears.ears import Ears, Frame, SpeechStream
from coach.engine.ears.models import ModelMissing
from coach.engine.ears.work import EarsBusy, EarsClosed

__all__ = ["Ears", "EarsBusy", "EarsClosed", "Frame", "ModelMissing", "SpeechStream"]
