"""A Realtime server on loopback that answers whatever comes, with one fault at any moment.

Unlike its base it follows no script, but it is as strict about the protocol: a second response
while one is active, or the output of a call that it never made, is a fault of the client.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from websockets.asyncio.server import ServerConnection

from tests.support.scripted_engine import (
    Message,
    ScriptedEngine,
    Step,
    _send,
    done,
    fault,
    member_says,
)

Sent = Sequence[Message | str]
Reply = Callable[[str], Sequence[Message]]


def _taken_back(message: Message, active: str) -> Sent:
    return [done(active, "cancelled", reason="turn_detected")] if active else [message]


def _failed(message: Message, active: str) -> Sent:
    error = {"type": "server_error", "code": "server_error", "message": "no"}
    return [done(active, "failed", error=error)] if active else [message]


# What comes in place of a message; `active` is the response under way.
FAULTS: dict[str, Callable[[Message, str], Sent]] = {
    "dies": lambda message, active: [],  # and the connection is dropped
    "stops": lambda message, active: [],  # and whatever should have followed it
    "omits": lambda message, active: [],
    "doubles": lambda message, active: [message, message],
    "mumbles": lambda message, active: ["{", '{"type": 7}', "[]"],
    "complains": lambda message, active: [fault("server_error"), message],
    "takes back": _taken_back,
    "fails": _failed,
}


@dataclass
class ObligingEngine(ScriptedEngine):
    """`replies` make the answers from their response's id, the last one for all that follow.

    In place of message number `fault_at` (from 0; -1: never) comes what `FAULTS` says of `fault`.
    `said` is how many messages there were.
    """

    scripts: Sequence[Sequence[Step]] = ()
    replies: Sequence[Reply] = ()
    fault: str = "dies"
    fault_at: int = -1
    said: int = 0
    creates: int = 0
    active: str = ""
    known_calls: set[str] = field(default_factory=set)

    async def hears(self, *messages: Message) -> None:
        """The member says something."""
        for socket in list(self.sockets):
            await self._say(socket, messages)

    def assert_complete(self) -> None:
        """The client has kept to the protocol."""
        assert not self.problems, self.problems

    async def _expected(
        self, socket: ServerConnection, script: list[Step], message: Message
    ) -> None:
        match message["type"]:
            case "response.create":
                await self._answer(socket)
            case "response.cancel" if self.active:
                await self._say(socket, [done(self.active, "cancelled")])
            case "input_audio_buffer.commit":
                await self._say(socket, member_says(f"pressed{self.said}", "Pressed")[2:])
            case "conversation.item.create":
                item = message["item"]
                is_output = item["type"] == "function_call_output"
                if is_output and item["call_id"] not in self.known_calls:
                    self.problems.append(f"an output of no call: {item['call_id']}")

    async def _answer(self, socket: ServerConnection) -> None:
        if self.active:
            self.problems.append("a response is active")
        reply = self.replies[min(self.creates, len(self.replies) - 1)]
        self.creates += 1
        await self._say(socket, reply(f"r{self.creates}"))

    async def _say(self, socket: ServerConnection, messages: Sequence[Message]) -> None:
        for message in messages:
            self.said += 1
            if self.said - 1 != self.fault_at:
                self._note(message)
                await _send(socket, [message])
                continue
            active = self.active
            if self.fault == "dies":
                self.active = ""
                self.known_calls.clear()
                socket.transport.abort()
                return
            self._note(message)  # so it believes
            for sent in FAULTS[self.fault](message, active):
                if isinstance(sent, dict):
                    self._note(sent)
                await _send(socket, [sent])
            if self.fault == "stops":
                self.active = ""
                return

    def _note(self, message: Message) -> None:
        match message["type"]:
            case "response.created":
                self.active = message["response"]["id"]
            case "response.done":
                self.active = ""
            case "response.output_item.done" if message["item"]["type"] == "function_call":
                self.known_calls.add(message["item"]["call_id"])
