"""A whole turn with servers of the protocol that people run, each in its own dialect.

The member speaks, the coach calls a tool and answers; the member types, the coach answers. With
each server the member must hear and read all of it, and the tool must run once.
"""

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from coach.voice import limits
from coach.voice.conversation import Conversation
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.sequencer import Sequencer
from coach.voice.inputs import PlaybackProgress, TextTyped
from coach.voice.realtime import EngineSettings, EngineTarget, connect, quirks
from coach.voice.relay import Relay
from tests.support import dialects
from tests.support.dialects import NO_ITEM_DONE, OLD_NAMES, Dialect, chain, lacking, without
from tests.support.relay_stage import LOUD, Host, Page, until
from tests.support.scripted_engine import Step

FULL = EngineSettings(
    "Be kind.",
    voice="marin",
    noise_reduction="near_field",
    reasoning_effort="low",
    turn_detection="semantic_vad",
    eagerness="low",
    retention_ratio=0.8,
)
ARGUMENTS = '{"said": "a banana"}'
FIRST, SECOND = bytes(range(256)) * 60, bytes(range(255, -1, -1)) * 45


@pytest.fixture(autouse=True)
def new_process(monkeypatch):
    monkeypatch.setattr(quirks, "_by_address", {})
    monkeypatch.setattr(limits, "CONFIGURE_ACTIVE_S", 0.1)
    monkeypatch.setattr(limits, "CONFIGURE_REFUSED_S", 0.1)


class Ears(Page):
    """A page that keeps the sound itself."""

    def __init__(self) -> None:
        super().__init__()
        self.pcm = b""

    def keep_audio(self, frame: bytes) -> None:
        super().keep_audio(frame)
        self.pcm += frame[8:]


# --- the dialects -------------------------------------------------------------------------------


def null_everywhere(event):
    """Azure writes fields it does not use as null, and a phase beside each output item."""
    if "item" in event:
        event = event | {"item": event["item"] | {"phase": "final_answer", "name_hint": None}}
    nothing = {"obfuscation": None, "logprobs": None, "content_index": event.get("content_index")}
    return [event | nothing]


def of_huggingface(event):
    """speech-to-speech: no items but function calls, no transcript before the end of a response."""
    item = event.get("item", {})
    if event["type"].startswith("response.output_item") and item.get("type") == "message":
        return []
    return [event]


def of_localai(event):
    """LocalAI: empty event ids, no transcript deltas, no usage on what was heard."""
    return [{k: v for k, v in event.items() if k not in ("event_id", "usage")}]


def of_speaches(event):
    """speaches complains of metadata without saying of which command, and answers all the same."""
    grumble = {"type": "invalid_request_error", "message": "Specifying `response.metadata` is not"}
    if event["type"] == "response.created":
        return [{"type": "error", "error": grumble}, event]
    return [event]


def transcript_first(event):
    """The words of the member come before their commitment, which then comes as well."""
    if event["type"] == "input_audio_buffer.speech_stopped":
        said = {"type": f"{dialects.HEARD}.completed", "transcript": "I had a banana"}
        return [event, said | {"item_id": event["item_id"]}]
    return [] if event["type"].startswith(dialects.HEARD) else [event]


def only_at_the_end(event):
    """Tool calls stand in the last event of a response and nowhere else."""
    kind = event["type"]
    item = event.get("item", {})
    gone = kind.startswith("response.function_call") or (
        item.get("type") == "function_call" and kind.startswith("response.output_item")
    )
    return [] if gone else [event]


def no_item_tells(event):
    """Tool calls are told by their arguments' end and nowhere else."""
    if event.get("item", {}).get("type") == "function_call" and event["type"].endswith("item.done"):
        return []
    if event["type"] == "response.done":
        return [event | {"response": event["response"] | {"output": []}}]
    return [event]


def words_in_the_wrong_type(event):
    """Numbers as text, arguments as an object."""
    event = {k: str(v) if isinstance(v, int) else v for k, v in event.items()}
    item = event.get("item", {})
    if item.get("arguments"):
        event["item"] = item | {"arguments": json.loads(item["arguments"])}
    if event["type"].endswith("arguments.done"):
        event["arguments"] = json.loads(event["arguments"])
    if event["type"] == "response.done":
        event["response"] = event["response"] | {"output": None, "status": None}
    return [event]


def spaced_and_sorted(event):
    """Another JSON writer: keys in order of the alphabet, white space between them."""
    return [json.dumps(event, sort_keys=True, indent=1)]


def in_binary(event):
    return [json.dumps(event).encode()]


@dataclass
class Server:
    """One server. `alone`: it answers speech by itself. `options` of the Dialect."""

    options: dict
    alone: bool = False


SERVERS = {
    "openai": Server({}),
    "azure": Server({"translate": null_everywhere}),
    "xai": Server(
        {
            "hello": [
                {"type": "conversation.created", "conversation": {"id": "conv_1"}},
                {"type": "session.created", "session": {"voice": "human_Ara"}},
            ],
            "confirm": lambda m: [{"type": "ping"}, {"type": "session.updated", "session": {}}],
            "translate": chain(
                without("conversation.item.done", f"{dialects.HEARD}.delta"),
                lacking("usage"),
                dialects.before_each({"type": "ping", "event_id": "p", "timestamp": 1}),
            ),
        }
    ),
    "xai, as it began": Server(
        {
            "hello": [{"type": "conversation.created", "conversation": {"id": "conv_1"}}],
            "echoes": False,
        }
    ),
    "huggingface speech-to-speech": Server(
        {
            "translate": chain(
                of_huggingface,
                NO_ITEM_DONE,
                dialects.renamed({"conversation.item.added": "conversation.item.created"}),
                without("response.content_part.added", "response.content_part.done"),
            )
        },
        alone=True,
    ),
    "localai": Server(
        {
            "translate": chain(of_localai, without("response.output_audio_transcript.delta")),
            "echoes": False,
        },
        alone=True,
    ),
    "speaches": Server(
        {
            "translate": chain(OLD_NAMES, NO_ITEM_DONE, lacking("usage", "metadata"), of_speaches),
            "echoes": False,
            "confirm": lambda m: [
                {"type": "session.updated", "session": {"modalities": ["text", "audio"]}}
            ],
        },
        alone=True,
    ),
    "tools at the end of a response only": Server(
        {"translate": chain(only_at_the_end, without("rate_limits.updated")), "echoes": False}
    ),
    "old names, words before they are committed, heartbeats": Server(
        {
            "translate": chain(
                OLD_NAMES, transcript_first, dialects.before_each({"type": "heartbeat"})
            ),
            "echoes": False,
        }
    ),
    "old names, numbers as text": Server(
        {"translate": chain(OLD_NAMES, words_in_the_wrong_type), "echoes": False},
    ),
    "one that numbers nothing": Server(
        {
            "translate": lacking("event_id", "response_id", "item_id", "content_index", "metadata"),
            "echoes": False,
        }
    ),
    "a mock that begins nothing": Server(
        {
            "hello": [{"type": "session.created"}],
            "confirm": lambda m: [],
            "translate": chain(
                without(
                    "response.created", "input_audio_buffer.committed", "response.output_item.added"
                ),
                no_item_tells,
                lacking("usage", "status", "status_details"),
            ),
            "echoes": False,
        }
    ),
    "another writer": Server({"translate": spaced_and_sorted}),
    "binary frames": Server({"translate": in_binary}),
}


def script_of(server: Server) -> list[Step]:
    said = dialects.hears("m1", "I had a banana")
    called = dialects.calls("r1", "call_1", "log_meal", ARGUMENTS)
    asked = [Step(None, said), Step("response.create", called)]
    return [
        *([Step(None, [*said, *called])] if server.alone else asked),
        Step("conversation.item.create", dialects.takes("o1"), check=output_of_the_call),
        Step("response.create", dialects.speaks("r2", "c2", "A banana, logged.", FIRST)),
        Step("conversation.item.create", dialects.takes("t1")),
        Step("response.create", dialects.speaks("r3", "c3", "You are welcome.", SECOND)),
    ]


def output_of_the_call(message):
    assert message["item"]["type"] == "function_call_output"
    assert message["item"]["call_id"] in ("call_1", "item_call_1")


@asynccontextmanager
async def talk_with(engine: Dialect, host: Host, **options):
    page = Ears()
    relay = Relay(
        conversation=Conversation(**options),
        page=page,
        host=host,
        connect=lambda: connect(EngineTarget(engine.url, "key", "m")),
        settings=FULL,
    )
    task = asyncio.create_task(relay.run())
    try:
        await until(lambda: {"type": "state", "state": "listening"} in page.messages)
        yield relay, page
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def hear_out(relay: Relay, page: Ears, upto: int) -> None:
    """The page has played all it got once that is all."""
    await until(lambda: len(page.pcm) == upto)
    generation, index, _ = page.frames[-1]
    ms = sum(size for g, i, size in page.frames if (g, i) == (generation, index)) // 48
    await relay.dispatch(PlaybackProgress(generation, index, ms))


@pytest.mark.parametrize("name", SERVERS)
async def test_the_member_hears_and_reads_the_whole_turn(name, monkeypatch):
    server, host = SERVERS[name], Host()
    monkeypatch.setattr(limits, "CONFIGURE_S", 0.3)
    async with (
        Dialect([script_of(server)], **server.options) as engine,
        talk_with(engine, host, answers_itself=server.alone) as (relay, page),
    ):
        relay.page_audio(LOUD)
        await hear_out(relay, page, len(FIRST))
        await until(lambda: len(host.turns) == 2)
        await relay.dispatch(TextTyped("t1", "Thanks!"))
        await hear_out(relay, page, len(FIRST) + len(SECOND))
        await until(lambda: len(host.turns) == 4)
        engine.assert_complete()
        assert engine.connections == 1
    assert [(turn.speaker, turn.text, turn.interrupted) for turn in host.turns] == [
        ("member", "I had a banana", False),
        ("coach", "A banana, logged.", False),
        ("member", "Thanks!", False),
        ("coach", "You are welcome.", False),
    ]
    assert [(called, json.loads(said)) for _, called, said in host.calls] == [
        ("log_meal", {"said": "a banana"})
    ]
    assert page.pcm == FIRST + SECOND
    assert page.of("error") == []
    read = [caption["text"] for caption in page.of("caption")]
    assert "A banana, logged." in read
    assert read[-1] == "You are welcome."


# --- who answers by themselves ------------------------------------------------------------------


async def test_one_that_was_asked_and_answers_by_itself_too_is_heard_once():
    """The create crosses the server's own answer: refused without a word of which command."""
    refusal = {"type": "conversation_already_has_active_response", "message": "busy"}
    own = dialects.speaks("r1", "c1", "A banana, logged.", FIRST)
    script = [
        Step(None, dialects.hears("m1", "I had a banana")),
        Step("response.create", [{"type": "error", "error": refusal}, *own]),
    ]
    host = Host()
    async with (
        Dialect([script], echoes=False) as engine,
        talk_with(engine, host) as (relay, page),
    ):
        relay.page_audio(LOUD)
        await hear_out(relay, page, len(FIRST))
        await until(lambda: len(host.turns) == 2)
        await asyncio.sleep(2 * limits.TICK_S)
        engine.assert_complete()
    assert page.pcm == FIRST


async def test_the_late_answer_to_a_create_that_was_answered_unasked_does_not_speak():
    own = dialects.speaks("r1", "c1", "A banana, logged.", FIRST)
    late = dialects.speaks("r2", "c2", "Again: a banana.", SECOND)
    script = [
        Step(None, dialects.hears("m1", "I had a banana")),
        Step("response.create", own),
        Step("response.cancel"),
    ]
    host = Host()
    async with (
        Dialect([script], echoes=False) as engine,
        talk_with(engine, host) as (relay, page),
    ):
        relay.page_audio(LOUD)
        await hear_out(relay, page, len(FIRST))
        await until(lambda: len(host.turns) == 2)
        for event in late:
            if "response" in event:
                event["response"]["metadata"] = {"tag": engine.tag}
            await push(engine, event)
        await engine.until("response.cancel")
        engine.assert_complete()
    assert page.pcm == FIRST


async def test_one_that_should_answer_by_itself_and_does_not_is_asked(monkeypatch):
    monkeypatch.setattr(limits, "RESPONSE_CREATED_S", 0.2)
    script = [
        Step(None, dialects.hears("m1", "I had a banana")),
        Step("response.create", dialects.speaks("r1", "c1", "A banana, logged.", FIRST)),
    ]
    async with (
        Dialect([script]) as engine,
        talk_with(engine, Host(), answers_itself=True) as (relay, page),
    ):
        relay.page_audio(LOUD)
        await hear_out(relay, page, len(FIRST))
        engine.assert_complete()


def test_a_refusal_that_names_no_command_is_that_of_the_create_where_it_can_be_no_other():
    sequencer = Sequencer()
    sequencer.request(ResponseRequest())
    sequencer.send(0)
    assert sequencer.command_failed("", "invalid_value", 0) is None
    assert sequencer.state == "requested"
    assert sequencer.command_failed("", "conversation_already_has_active_response", 0) is None
    assert [request.attempt for request in sequencer.queue.pending] == [1]
    assert sequencer.peek(0) is None  # the other response is under way


async def push(engine: Dialect, event) -> None:
    for socket in list(engine._server.connections):
        await socket.send(json.dumps(event))
