"""Chat Completions with audio in and out, the only place that knows its field names."""

from coach.voice.notes.chat.api import ChatApi as ChatApi
from coach.voice.notes.chat.api import ChatTarget as ChatTarget
from coach.voice.notes.chat.note_client import ChatNoteClient as ChatNoteClient
