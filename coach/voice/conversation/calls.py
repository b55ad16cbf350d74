"""Tool calls: every call id gets exactly one output, and one response follows the last."""

import json

from coach.voice import limits
from coach.voice.conversation.sequencer import Wish
from coach.voice.conversation.talk import Talk
from coach.voice.events import AddMessage, RunTool, ToolCalled, ToolFinished, ToolOutput
from coach.voice.known import Known


class Calls:
    """The calls under way. A cancelled response's calls are answered too."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.pending: dict[str, str] = {}  # call id -> tool name
        self._seen = Known()
        self._orphans: set[str] = set()  # the engine that asked is gone
        self._hushed: set[str] = set()  # the member asked for quiet meanwhile

    def called(self, event: ToolCalled) -> None:
        if event.call_id in self._seen:
            return
        self._seen.add(event.call_id)
        if not event.complete:
            self._refuse(event.call_id, "interrupted")
        elif self.talk.floor == "expert":
            self._refuse(event.call_id, "floor_taken")
        elif len(self.pending) >= limits.TOOLS_AT_ONCE:
            self._refuse(event.call_id, "too_many_calls")
        else:
            self.pending[event.call_id] = event.name
            self.talk.emit(RunTool(event.call_id, event.name, event.arguments))

    def finished(self, event: ToolFinished) -> None:
        talk = self.talk
        name = self.pending.pop(event.call_id, None)
        if name is None:
            return
        if event.call_id in self._orphans:
            self._orphans.discard(event.call_id)
            text = f"Result of {name}: {event.output}"
            talk.emit(AddMessage(talk.sequencer.event_id("item"), "", "system", text))
        else:
            event_id = talk.sequencer.event_id("output")
            talk.emit(ToolOutput(event_id, event.call_id, event.output))
        hushed = event.call_id in self._hushed
        self._hushed.discard(event.call_id)
        if not self.pending and not hushed and not talk.fenced:
            talk.sequencer.want(Wish())

    def hush(self) -> None:
        """The coach shall not speak of what the calls under way bring."""
        self._hushed.update(self.pending)

    def lost(self) -> None:
        """The engine is gone; the tools still run, their results become part of the history."""
        self._orphans.update(self.pending)

    def _refuse(self, call_id: str, code: str) -> None:
        output = json.dumps({"error": code, "say": ""})
        self.talk.emit(ToolOutput(self.talk.sequencer.event_id("output"), call_id, output))
