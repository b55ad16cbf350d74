"""Every rule of a talk, in parts; `Conversation.handle` is the one door."""

from coach.voice.conversation.conversation import Conversation as Conversation
