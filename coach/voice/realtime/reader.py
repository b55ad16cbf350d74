"""An engine's events in our words, whatever dialect of the protocol it speaks.

The protocol's own order and fields need no memory. But servers that claim it leave out ids, never
say that a response began, transcribe before they commit, or tell of a tool call only at the end of
a response. A `Reader` follows one connection and fills in what was left out, so that the rules of a
talk see one order of events only.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from coach.voice import limits
from coach.voice.engine_commands import (
    CancelResponse,
    CreateResponse,
    DeleteItem,
    EngineCommand,
    Truncate,
)
from coach.voice.engine_events import (
    EngineEvent,
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.realtime.upstream_names import Names
from coach.voice.realtime.wire import (
    AUDIO,
    Json,
    decode_audio,
    fault,
    inner,
    items,
    number,
    parse,
    place,
    sound,
    text,
)
from coach.voice.recent_ids import RecentIds

Events = tuple[EngineEvent, ...]
Handler = Callable[[Json], Events]

OPEN_RESPONSES = 8  # that are followed at a time; servers have one, or one and a stray
_SOUND = "input_audio"
_ENDS = ("cancelled", "incomplete", "failed")
_heard = "conversation.item.input_audio_transcription"


class _Call(msgspec.Struct):
    """A tool call as far as it is known. `whole`: all its arguments have come."""

    item_id: str = ""
    call_id: str = ""
    name: str = ""
    arguments: str = ""
    streamed: str = ""
    whole: bool = False
    told: bool = False


class _Response(msgspec.Struct):
    """What a response has brought so far, while it is under way."""

    id: str
    item: str = ""  # the last one, while servers say nothing
    worded: set[str] = set()
    voiced: set[str] = set()
    calls: list[_Call] = []
    stopped: bool = False  # we have cancelled it


class Reader:
    """Frames of one connection in, our events out. `mark`: of the ids of this connection.

    `confirmed` is called with each answer to settings.
    """

    def __init__(self, mark: str = "", confirmed: Callable[[Json], None] | None = None) -> None:
        self._confirmed = confirmed
        self._responses = Names(mark)
        self._items = Names(mark)
        self._last: _Response | None = None  # the one that began last, until it is over
        self._open: dict[str, _Response] = {}
        self._over = RecentIds()
        self._speech = ""
        self._ways: set[str] = set()  # in which the last utterance has ended, where it has no id
        self._ended = ""  # the utterance that has stopped
        self._committed = RecentIds()
        self._answered = RecentIds()  # what was committed before a response began
        self._calls = 0
        self._handlers = self._table()

    def read(self, data: bytes) -> Events:
        """The events in one frame; none when it does not concern us. Raises Malformed."""
        audio = decode_audio(data)
        if audio is None:
            event = parse(data)
            handler = self._handlers.get(event["type"])
            return handler(event) if handler else ()
        ids = {"response_id": audio.response_id, "item_id": audio.item_id}
        return self._sounded(ids, audio.pcm, audio.content_index)

    def theirs(self, command: EngineCommand) -> EngineCommand | None:
        """The command in the server's own ids; None if it concerns what it has no id for."""
        match command:
            case CreateResponse():
                self._asked()
            case CancelResponse(response_id=ours):
                if self._last and ours in ("", self._last.id):
                    self._last.stopped = True
                return msgspec.structs.replace(command, response_id=self._responses.theirs(ours))
            case Truncate(item_id=ours) | DeleteItem(item_id=ours):
                item_id = self._items.theirs(ours)
                return msgspec.structs.replace(command, item_id=item_id) if item_id else None
        return command

    def _asked(self) -> None:
        """Another response is asked for: the last one is over, though nobody told its end.

        Of one that was stopped, more may still come.
        """
        if self._last and not self._last.stopped:
            self._over.add(self._last.id)
            self._open.pop(self._last.id, None)
            self._last = None

    def _table(self) -> dict[str, Handler]:
        return {
            AUDIO: self._audio,
            "error": lambda event: (fault(event),),
            "session.updated": self._updated,
            "input_audio_buffer.speech_started": self._speech_started,
            "input_audio_buffer.speech_stopped": self._speech_stopped,
            "input_audio_buffer.committed": self._input_committed,
            "conversation.item.created": self._item_of_member,
            "conversation.item.added": self._item_of_member,
            "conversation.item.done": self._item_of_member,
            f"{_heard}.delta": self._heard_more,
            f"{_heard}.completed": self._heard_all,
            f"{_heard}.failed": self._not_heard,
            "response.created": self._created,
            "response.done": self._done,
            "response.cancelled": self._cancelled,
            "response.output_item.added": self._item_added,
            "response.output_item.done": self._item_done,
            "response.output_audio_transcript.delta": self._words,
            "response.output_audio_transcript.done": self._all_words,
            "response.output_text.delta": self._words,
            "response.output_text.done": self._all_words,
            "response.function_call_arguments.delta": self._arguments,
            "response.function_call_arguments.done": self._all_arguments,
        }

    def _updated(self, event: Json) -> Events:
        if self._confirmed is not None:
            self._confirmed(event)
        return ()

    # --- the member -----------------------------------------------------------------------------

    def _speech_started(self, event: Json) -> Events:
        self._speech = self._input(event) or self._items.invented("input")
        self._ways.clear()
        if self._speech in self._answered:  # another utterance of the same name
            self._speech = self._items.again(text(event, "item_id"))
        # The client replaces the start by how much of the speech has been heard.
        return (SpeechStarted(self._speech, number(event, "audio_start_ms")),)

    def _speech_stopped(self, event: Json) -> Events:
        self._another(event)
        self._ended = self._heard_item(event)
        return (SpeechStopped(self._ended),)

    def _input_committed(self, event: Json) -> Events:
        self._another(event)
        return self._commit(self._heard_item(event))

    def _another(self, event: Json) -> None:
        """Without an id, what ends as the last one has ended already is another utterance.

        Servers tell the stop, the commitment and the words in any order, and each of them once.
        """
        if text(event, "item_id"):
            return
        if event["type"] in self._ways:
            self._speech = self._items.invented("input")
            self._ways.clear()
        self._ways.add(event["type"])

    def _heard_more(self, event: Json) -> Events:
        item_id = self._input(event) or self._speech
        return (InputDelta(item_id, text(event, "delta")),) if item_id else ()

    def _heard_all(self, event: Json) -> Events:
        self._another(event)
        item_id = self._heard_item(event)
        usage = inner(event, "usage") or None
        words = text(event, "transcript", "text")
        return (*self._commit(item_id), InputTranscript(item_id, words, usage))

    def _item_of_member(self, event: Json) -> Events:
        """Some tell an utterance, and even its words, by its item and nowhere else."""
        item = inner(event, "item")
        said = [text(p, "transcript") for p in items(item, "content") if p.get("type") == _SOUND]
        theirs = text(item, "id")
        if item.get("role") != "user":
            return ()
        if any(said):
            words = {"type": event["type"], "item_id": theirs, "transcript": "".join(said)}
            return self._heard_all(words)
        # That of an utterance which has ended is its commitment.
        ended = self._ended and self._items.knows(theirs) and self._items.of(theirs) == self._ended
        return self._commit(self._ended) if ended else ()

    def _not_heard(self, event: Json) -> Events:
        item_id = self._heard_item(event)
        return (*self._commit(item_id), InputFailed(item_id, fault(event).code))

    def _heard_item(self, event: Json) -> str:
        item_id = self._input(event)
        if not (item_id or self._speech):
            self._speech = self._items.invented("input")
        return item_id or self._speech

    def _input(self, event: Json) -> str:
        """Our id of the utterance that this names; empty if it names none."""
        theirs = text(event, "item_id")
        return self._items.of(theirs) if theirs else ""

    def _commit(self, item_id: str) -> Events:
        """An utterance is committed once, at the latest by its transcript."""
        if item_id in self._committed:
            return ()
        self._committed.add(item_id)
        return (InputCommitted(item_id),)

    # --- responses ------------------------------------------------------------------------------

    def _created(self, event: Json) -> Events:
        theirs = _response_in(event)
        response_id = self._response_id(theirs)
        if theirs and response_id in self._over:  # another response of the same name
            response_id = self._responses.again(theirs)
        self._begin(response_id)
        return (ResponseCreated(response_id, _tag(inner(event, "response"))),)

    def _response_id(self, theirs: str) -> str:
        return self._responses.of(theirs) if theirs else self._responses.invented("response")

    def _named(self, event: Json) -> str:
        """Our id of the response that this names; that of the last one if it names none."""
        theirs = _response_in(event)
        if self._last and (not theirs or self._responses.adopt(self._last.id, theirs)):
            return self._last.id
        return self._response_id(theirs)

    def _begin(self, response_id: str) -> _Response:
        self._answered.take(self._committed)
        self._last = _Response(response_id)
        if response_id not in self._over:
            self._open[response_id] = self._last
        while len(self._open) > OPEN_RESPONSES:
            del self._open[next(iter(self._open))]
        return self._last

    def _response_of(self, event: Json) -> tuple[_Response, Events]:
        """The response that an output belongs to, and its beginning if nobody has told of it."""
        response_id = self._named(event)
        known = self._open.get(response_id)
        if known is not None:
            return known, ()
        if response_id in self._over:
            return _Response(response_id), ()  # a straggler
        response = self._begin(response_id)
        return response, (ResponseCreated(response.id),)

    def _audio(self, event: Json) -> Events:
        return self._sounded(event, sound(event), place(event))

    def _sounded(self, event: Json, pcm: bytes, part: int) -> Events:
        response, begun = self._response_of(event)
        item_id = self._item_of(event, response)
        response.voiced.add(item_id)
        return (*begun, SpokenAudio(response.id, item_id, pcm, part))

    def _words(self, event: Json) -> Events:
        response, begun = self._response_of(event)
        item_id = self._item_of(event, response)
        more = text(event, "delta")
        if more:
            response.worded.add(item_id)
        spoken, part = "transcript" in event["type"], place(event)
        return (*begun, SpokenDelta(response.id, item_id, more, spoken, part))

    def _all_words(self, event: Json) -> Events:
        response, begun = self._response_of(event)
        item_id = self._item_of(event, response)
        words = text(event, "transcript", "text")
        if words:
            response.worded.add(item_id)
        spoken, part = "transcript" in event["type"], place(event)
        return (*begun, SpokenText(response.id, item_id, words, spoken, part))

    def _item_added(self, event: Json) -> Events:
        response, begun = self._response_of(event)
        item = inner(event, "item")
        if item.get("type") == "function_call":
            _call_of(response, item)
        else:
            self._item_of({"item_id": item.get("id")}, response)
        return begun

    def _item_done(self, event: Json) -> Events:
        response, begun = self._response_of(event)
        item = inner(event, "item")
        if item.get("type") == "function_call":
            call = _call_of(response, item)
            return (*begun, self._tell(response, call, text(item, "status") != "incomplete"))
        if item.get("type") != "message":
            return begun
        item_id = self._item_of({"item_id": item.get("id")}, response)
        complete = text(item, "status") != "incomplete"
        return (*begun, *_unsaid(response, item, item_id), ItemDone(response.id, item_id, complete))

    def _done(self, event: Json) -> Events:
        told = inner(event, "response")
        usage = inner(told, "usage") or inner(event, "usage")
        return self._end(self._named(event), told | {"usage": usage})

    def _end(self, response_id: str, told: Json) -> Events:
        """The response is over, as its last event tells."""
        known = self._open.pop(response_id, None)
        response = known or _Response(response_id)
        if self._last and self._last.id == response_id:
            self._last = None
        self._over.add(response_id)
        said = text(told, "status")
        status: Any = said if said in _ENDS else "completed"  # whatever else it says, it is over
        words, calls = self._told_at_the_end(response, told, status == "completed")
        begun: Events = ()
        if words and known is None:
            begun = (ResponseCreated(response_id, _tag(told)),)
        details = inner(told, "status_details")
        failure = details.get("error") or told.get("error")
        end = ResponseDone(
            response_id,
            status,
            text(details, "reason"),
            fault({"error": failure}).code if failure else "",
            tuple(calls),
            inner(told, "usage") or None,
            _tag(told),
        )
        return (*begun, *words, end)

    def _cancelled(self, event: Json) -> Events:
        """A name that only clones use; those that say `response.done` as well say it again."""
        response_id = self._named(event)
        if response_id not in self._open:
            return ()
        return self._end(response_id, {"status": "cancelled"})

    def _told_at_the_end(
        self, response: _Response, told: Json, completed: bool
    ) -> tuple[list[EngineEvent], list[ToolCalled]]:
        """Words and calls of a response's last event; calls that are known are told again."""
        words: list[EngineEvent] = []
        calls: list[ToolCalled] = []
        silent = not response.worded
        for item in items(told, "output"):
            if item.get("type") == "function_call":
                call = _call_of(response, item)
                status = text(item, "status")
                whole = status == "completed" or (completed and status != "incomplete")
                calls.append(self._tell(response, call, whole))
            elif completed and silent and item.get("type") == "message":
                item_id = self._item_of({"item_id": item.get("id")}, response)
                words += _unsaid(response, item, item_id)
        # Of what no item told, the arguments are all there: the response is complete.
        left = [call for call in response.calls if not call.told]
        return words, calls + [self._tell(response, call, completed) for call in left]

    # --- tools ----------------------------------------------------------------------------------

    def _arguments(self, event: Json) -> Events:
        response, begun = self._response_of(event)
        call = _call_of(response, {"id": event.get("item_id"), "call_id": event.get("call_id")})
        if len(call.streamed) <= limits.TOOL_ARGUMENTS_MAX_CHARS:  # longer ones are refused
            call.streamed += text(event, "delta")
        return begun

    def _all_arguments(self, event: Json) -> Events:
        """All arguments are there. Of the call its item's end tells, else that of the response."""
        response, begun = self._response_of(event)
        _call_of(response, {**event, "id": event.get("item_id")}).whole = True
        return begun

    def _tell(self, response: _Response, call: _Call, complete: bool) -> ToolCalled:
        call.told = True
        if not (call.call_id or call.item_id):
            self._calls += 1
        call.call_id = call.call_id or call.item_id or f"call-without-id-{self._calls}"
        arguments = call.arguments or call.streamed or "{}"
        return ToolCalled(response.id, call.call_id, call.name, arguments, complete)

    def _item_of(self, event: Json, response: _Response) -> str:
        """The item that this belongs to; without an id, the one that came last."""
        theirs = text(event, "item_id")
        if theirs and not self._items.adopt(response.item, theirs, response.id):
            response.item = self._items.of(theirs, response.id)
        elif not response.item:
            response.item = self._items.invented("item")
        return response.item


def _unsaid(response: _Response, item: Json, item_id: str) -> Events:
    """The words of an item that came in no delta."""
    words = "".join(text(part, "transcript", "text") for part in items(item, "content"))
    if not words or item_id in response.worded:
        return ()
    response.worded.add(item_id)
    return (SpokenText(response.id, item_id, words, item_id in response.voiced),)


def _call_of(response: _Response, told: Json) -> _Call:
    """The call that this is about, with what it says of it. Ids may be missing, even both."""
    item_id, call_id = text(told, "id"), text(told, "call_id")
    name, arguments = text(told, "name"), text(told, "arguments")
    for call in response.calls:
        if (item_id and call.item_id == item_id) or (call_id and call.call_id == call_id):
            break
        if not (item_id or call_id) and (call.name, call.arguments) == (name, arguments):
            break
    else:
        call = _Call()
        response.calls.append(call)
    call.item_id = call.item_id or item_id
    call.call_id = call.call_id or call_id
    call.name = name or call.name
    call.arguments = arguments or call.arguments
    return call


def _response_in(event: Json) -> str:
    return text(inner(event, "response"), "id") or text(event, "response_id")


def _tag(response: Json) -> str:
    tag = inner(response, "metadata").get("tag")
    return tag if isinstance(tag, str) else ""
