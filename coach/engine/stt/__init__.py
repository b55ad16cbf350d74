"""The ears: is someone speaking, and what was said. English, on the processor, offline."""

from coach.engine.stt.models import ModelMissing
from coach.engine.stt.recogniser import Frame, Recogniser, SpeechStream
from coach.engine.stt.workers import EarsBusy, EarsClosed

__all__ = ["EarsBusy", "EarsClosed", "Frame", "ModelMissing", "Recogniser", "SpeechStream"]
