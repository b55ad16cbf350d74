"""Chat Completions with audio in and out, the only place that knows its field names."""

from coach.voice.notes.chat.carrier import ChatCarrier as ChatCarrier
from coach.voice.notes.chat.client import ChatClient as ChatClient
from coach.voice.notes.chat.client import ChatTarget as ChatTarget
