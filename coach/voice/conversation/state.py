"""What the parts of a conversation share: time, effects, floor, and what is under way."""

from collections.abc import Callable, Iterable

import msgspec

from coach.voice import limits
from coach.voice.conversation.pace import Pace
from coach.voice.conversation.playback import Playback
from coach.voice.conversation.questions import Questions
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.sequencer import Sequencer
from coach.voice.conversation.transcript import Transcript
from coach.voice.conversation.unasked import UnaskedAnswers
from coach.voice.effects import (
    DirectiveDelivered,
    DropCaption,
    Effect,
    RecordTurn,
    ShowError,
    Void,
)
from coach.voice.engine_commands import AddMessage, AddPicture, Role, ToolOutput
from coach.voice.engine_events import ToolCalled
from coach.voice.inputs import GuidanceGiven
from coach.voice.types import Floor


class Asked(msgspec.Struct, frozen=True):
    """What the member asked: how many questions that makes, and the item of its words."""

    number: int = 0
    item_id: str = ""


class ResponseProgress:
    """What has come of the response under way."""

    def __init__(self) -> None:
        self.started_at = 0.0
        self.asked = Asked()  # what it answers
        self.spoke = False
        self.script_said = False  # all of the reviewed words have come
        self.called = False  # a tool
        self.acted = False  # spoke, or called a tool
        self.item_ended = False  # one of its items is over
        self.guidance_ids: list[str] = []  # the guidance that it knows
        self.item_id = ""  # the last thing it said

    def reset(self) -> None:
        """A response was requested, or began: nothing of it has come."""
        self.acted = self.spoke = self.called = self.item_ended = self.script_said = False


class Guidance(msgspec.Struct, frozen=True):
    """An expert's private instruction, and when it is void."""

    given: GuidanceGiven
    until: float


class Word(msgspec.Struct, frozen=True):
    """An expert's sentence that is to be spoken, and when it is void."""

    request: ResponseRequest
    until: float


class Delivery(msgspec.Struct, frozen=True):
    """An item for the engine's conversation. `code`: what the member is told if the engine refuses
    it for good; empty: nothing. `question`: the key of what they asked by it. `as_text`: what can
    be sent in place of a tool's output or a picture. `repeated`: it was refused once. `on_refused`
    is called at the first refusal.
    """

    message: AddMessage | AddPicture | ToolOutput
    code: str = ""
    question: str = ""
    as_text: str = ""
    repeated: bool = False
    on_refused: Callable[[], None] | None = None


class ConversationState:
    """The state of one talk. `at` is the time of the event being handled, in seconds."""

    def __init__(self, *, epoch: int, floor: Floor, greeting: str, silence_ms: int) -> None:
        self.at = 0.0
        self.effects: list[Effect] = []
        self.sequencer = Sequencer()
        self.playback = Playback()
        self.transcript = Transcript()
        self.progress = ResponseProgress()
        self.floor: Floor = floor
        self.epoch = epoch
        self.greeting = greeting
        self.silence_s = silence_ms / 1000
        self.connected = False
        self.unasked = UnaskedAnswers(expected=False)
        self.pace = Pace()
        self.ended = False
        self.closing = False  # no new answer is begun
        self.push_to_talk = False
        self.picture_instructions = ""  # for the next answer, about what the member showed
        self.answered_until = float("-inf")  # what was said before then has been reacted to
        self.questions = Questions()
        self.pending_calls: dict[str, ToolCalled] = {}  # tools that run, by our id of the call
        self.deliveries: dict[str, Delivery] = {}  # the last ones, by event id
        self.unanswered = False  # no response has begun since the member said something
        self.tool_rounds = 0  # responses to tool results since the member's last word
        self.silent_rounds = 0  # in so many of the last of them the coach said nothing
        self.asked = Asked()  # the newest
        self._asked: dict[str, Asked] = {}  # response -> what it answers; the last ones
        # A screener found something: say nothing more until what it asks for was done.
        self.held_since: float | None = None
        self.member_speaking = False
        self.coach_ended_at: float | None = None  # its sound, if the member heard all of it
        self.guidance: dict[str, Guidance] = {}  # by item, until it has shaped an answer
        self.words: dict[int, Word] = {}  # by the host's number, until it was said or is void

    def emit(self, *effects: Effect) -> None:
        """Add effects to those of the event being handled."""
        self.effects.extend(effects)

    def show_error(self, code: str) -> None:
        """Tell the member that something went wrong. The talk goes on: nothing here is fatal."""
        self.emit(ShowError(code))

    def tell(self, code: str) -> None:
        """Tell the member that no answer comes, or not all of it: nothing is open after that."""
        self.questions.close()
        self.show_error(code)

    def deliver(self, delivery: Delivery) -> None:
        """Send an item that the engine may refuse. The picture itself is not kept."""
        message = delivery.message
        self.emit(message)
        if isinstance(message, AddPicture):
            blank = msgspec.structs.replace(message, data_uri="")
            delivery = msgspec.structs.replace(delivery, message=blank)
        self.deliveries[message.event_id] = delivery
        if len(self.deliveries) > limits.PENDING_MESSAGES:
            del self.deliveries[next(iter(self.deliveries))]

    def add_message(self, role: Role, text: str, item_id: str = "") -> None:
        """Have the engine know of a text that nobody waits for an answer to."""
        event_id = self.sequencer.event_id("item")
        self.deliver(Delivery(AddMessage(event_id, item_id, role, text)))

    def response_began(self, response_id: str) -> None:
        """The response under way has an id: what it calls later is done for what it answers."""
        if self.sequencer.unsolicited:
            self.progress.asked = self.asked
        self._asked[response_id] = self.progress.asked
        if len(self._asked) > limits.RECENT_IDS:
            del self._asked[next(iter(self._asked))]

    def asked_of(self, response_id: str) -> Asked:
        """What this response answers; the newest question if it never began."""
        return self._asked.get(response_id, self.asked)

    def write_notice(self, code: str, instead_of: str = "") -> None:
        """Tell the member in the thread: in place of an utterance, or below what is there."""
        key = instead_of or self.sequencer.event_id("notice")
        self.transcript.reserve(key, self.at)
        turn = RecordTurn("system", "", "", "text", self.epoch, notice=code)
        self.emit(*self.transcript.settle(key, None if self.ended else turn))

    def drop_captions(self, item_ids: Iterable[str]) -> None:
        """These utterances have no words: their captions and their places in the thread go."""
        for item_id in list(item_ids):
            self.emit(DropCaption(item_id), *self.transcript.settle(item_id, None))

    def directive_delivered(self, ref: int, item_id: str = "", *, void: Void = "") -> None:
        """Tell the host that this need not be said again; after the talk's end nothing is."""
        self.words.pop(ref, None)
        if ref and not self.ended:
            self.emit(DirectiveDelivered(ref, item_id, void))

    @property
    def fenced(self) -> bool:
        """Nothing of the engine's own may be heard."""
        return self.floor in ("expert", "safety_hold")

    @property
    def interruptible(self) -> bool:
        """The coach is speaking, or about to."""
        return self.sequencer.busy or self.playback.playing

    @property
    def at_rest(self) -> bool:
        """Nothing is under way from which an answer may come, and nobody else speaks."""
        under_way = self.sequencer.state != "free" or not self.sequencer.queue.only_words
        waiting = bool(self.playback.items or self.pending_calls) or self.member_speaking
        held = self.held_since is not None or self.closing
        silenced = self.fenced or held or not self.connected
        return not (under_way or waiting or silenced)

    @property
    def script_protected(self) -> bool:
        """Reviewed words for a danger are being spoken: neither a tap nor a voice cuts them."""
        if self.floor != "safety_hold":
            return False
        current = self.sequencer.current
        requested = self.sequencer.busy and current is not None and bool(current.script)
        return requested or any(item.script for item in self.playback.items.values())

    def floor_allows(self, request: ResponseRequest) -> bool:
        """Whether the floor lets the coach speak this."""
        if self.floor == "expert":
            return False
        return self.floor != "safety_hold" or request.kind == "script"
