"""Every rule of a talk, in parts; `Conversation.handle` is the one door."""

from coach.voice.conversation.core import Conversation as Conversation
