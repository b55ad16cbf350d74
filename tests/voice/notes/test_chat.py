"""A voice note through Chat Completions with audio, against a strict server."""

import asyncio

import pytest

from coach.voice import limits
from coach.voice.engine_commands import AddMessage
from coach.voice.notes.chat import ChatApi, ChatNoteClient, ChatTarget
from coach.voice.notes.exchange import Note, NoteError, Reply, exchange
from coach.voice.realtime import EngineSettings
from tests.support.chat_server import Answer, ChatServer, calls, completion, heard, refused, spoken

TOOL = {
    "type": "function",
    "name": "log_meal",
    "description": "Write down what was eaten.",
    "parameters": {"type": "object", "properties": {}},
}
SETTINGS = EngineSettings("Be kind.", tools=(TOOL,))
SPEECH = bytes(800 * limits.BYTES_PER_MS)
USED = {
    "prompt_tokens": 30,
    "completion_tokens": 40,
    "prompt_tokens_details": {"audio_tokens": 12, "cached_tokens": 0},
    "completion_tokens_details": {"audio_tokens": 33},
}


class Host:
    def __init__(self):
        self.said_words, self.ran = [], []

    async def accept_words(self, text):
        self.said_words.append(text)
        return True

    async def guidance(self):
        return [AddMessage("g", "", "system", "Be brief.")]

    async def run_tool(self, call, number):
        self.ran.append((call.name, call.arguments, number))
        return '{"say": "I wrote down two eggs."}'

    async def may_continue(self):
        return True

    def tool_timeout_message(self):
        return "Too slow."


class Talk:
    def __init__(self, *answers):
        self.server = ChatServer(list(answers))
        self.counted, self.host = [], Host()

    async def __aenter__(self):
        await self.server.__aenter__()
        target = ChatTarget(self.server.url, "k", "gpt-audio", "gpt-transcribe", "alloy", "en-GB")
        api = ChatApi(target)
        self.client = ChatNoteClient(api, SETTINGS, self.counted.append, ref="note-1")
        return self

    async def __aexit__(self, *error):
        await self.client.close()
        await self.server.__aexit__(*error)

    async def dial(self):
        return self.client

    async def note(self, note=None):
        history = [AddMessage("h", "", "assistant", "Hi Maya.")]
        return await exchange(self.dial, self.host, note or Note(pcm=SPEECH), history)

    async def fails(self):
        with pytest.raises(NoteError) as error:
            await self.note()
        return error.value.code, error.value.retryable


async def test_a_note_goes_in_as_sound_and_comes_back_as_words_and_sound():
    async with Talk(heard("I had two eggs."), spoken("Well done.", usage=USED)) as talk:
        assert await talk.note() == Reply("Well done.", bytes(400 * 48))
        talk.server.assert_complete()
        request = talk.server.requests[0]
        roles = [m["role"] for m in request["messages"]]
        assert roles == ["system", "assistant", "user", "system"]
        assert request["model"] == "gpt-audio"
        assert talk.server.uploads[0]["language"] == b"en"
        assert talk.host.said_words == ["I had two eggs."]
        assert [(c.kind, c.ref, c.usage) for c in talk.counted] == [("note", "chatcmpl-1", USED)]


async def test_a_server_in_the_house_is_reached_without_the_proxy(monkeypatch):
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with Talk(heard("I had two eggs."), spoken("Well done.")) as talk:
        assert (await talk.note()).text == "Well done."


async def test_what_the_transcription_costs_is_counted_too():
    used = {"type": "tokens", "input_tokens": 14, "output_tokens": 5}
    async with Talk(heard("Hello.", usage=used), spoken("Hi.")) as talk:
        await talk.note()
        assert [(c.kind, c.ref) for c in talk.counted] == [("transcription", "note-1-said")]


async def test_each_answer_of_a_server_that_gives_no_id_is_counted():
    answers = [spoken(text, usage=USED, id="") for text in ("", "Done.")]
    async with Talk(heard("I had two eggs."), *answers) as talk:
        await talk.note()
        assert [c.ref for c in talk.counted] == ["note-1-1", "note-1-2"]


async def test_tools_run_between_two_requests():
    wanted = calls(("c1", "log_meal", '{"said": "two eggs"}'))
    async with Talk(heard("I had two eggs."), wanted, spoken("I wrote it down.")) as talk:
        assert (await talk.note()).text == "I wrote it down."
        talk.server.assert_complete()
        assert talk.host.ran == [("log_meal", '{"said": "two eggs"}', 0)]
        last = talk.server.requests[1]["messages"][-2:]
        assert last[0]["tool_calls"][0]["id"] == "c1"
        assert last[1]["content"] == '{"say": "I wrote down two eggs."}'


async def test_a_model_that_only_calls_tools_is_ended():
    loop = [calls((f"c{n}", "log_meal", "{}")) for n in range(limits.NOTE_ROUNDS)]
    async with Talk(heard("Hm."), *loop, spoken("That is all.")) as talk:
        assert (await talk.note()).text == "That is all."
        talk.server.assert_complete()
        assert [r["tool_choice"] for r in talk.server.requests][-2:] == ["auto", "none"]
        assert len(talk.host.ran) == limits.NOTE_ROUNDS


async def test_a_model_that_calls_even_then_has_no_answer():
    loop = [calls((f"c{n}", "log_meal", "{}")) for n in range(limits.NOTE_ROUNDS + 1)]
    async with Talk(heard("Hm."), *loop, calls(("c", "log_meal", "{}"))) as talk:
        assert await talk.fails() == ("no_answer", False)
        assert len(talk.host.ran) == limits.NOTE_ROUNDS


async def test_an_answer_without_sound_is_read():
    async with Talk(heard("Hello."), completion({"content": "Only words."})) as talk:
        assert await talk.note() == Reply("Only words.")


async def test_an_answer_whose_sound_is_broken_is_read():
    audio = {"id": "a", "data": "bm90IGEgd2F2", "transcript": "Words.", "expires_at": 1}
    async with Talk(heard("Hello."), completion({"content": None, "audio": audio})) as talk:
        assert await talk.note() == Reply("Words.")


async def test_typed_words_go_as_text():
    async with Talk(spoken("Well done.")) as talk:
        await talk.note(Note(text="I had two eggs"))
        assert talk.server.requests[0]["messages"][2]["content"] == "I had two eggs"
        talk.server.assert_complete()


HEARING = "/v1/audio/transcriptions"
FAULTS = {
    "key": ([refused(401, path=HEARING)], ("invalid_api_key", False)),
    "key at the model": ([heard("Hi."), refused(401)], ("invalid_api_key", False)),
    "busy": ([heard("Hi."), refused(429)], ("rate_limited", True)),
    "quota": ([heard("Hi."), refused(429, "insufficient_quota")], ("insufficient_quota", False)),
    "model": ([heard("Hi."), refused(404)], ("model_not_found", False)),
    "their fault": ([heard("Hi."), refused(503)], ("http_503", True)),
    "a proxy's page": (
        [heard("Hi."), Answer("/v1/chat/completions", b"<html>", 502)],
        ("http_502", True),
    ),
    "no JSON": ([heard("Hi."), Answer("/v1/chat/completions", b"<html>")], ("malformed", False)),
    "brackets without an end": (
        [heard("Hi."), Answer("/v1/chat/completions", b'{"more": ' + b"[" * 9_000)],
        ("malformed", False),
    ),
    "brackets without an end in a refusal": (
        [heard("Hi."), Answer("/v1/chat/completions", b'{"more": ' + b"[" * 9_000, 503)],
        ("http_503", True),
    ),
    "no choice": (
        [heard("Hi."), Answer("/v1/chat/completions", {"choices": []})],
        ("malformed", False),
    ),
    "nothing said": ([heard("  ")], ("not_heard", False)),
    "a redirect": ([heard("Hi."), Answer("/v1/chat/completions", b"", 302)], ("http_302", False)),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_went_wrong_and_whether_to_try_again(fault):
    answers, expected = FAULTS[fault]
    async with Talk(*answers) as talk:
        assert await talk.fails() == expected
        assert talk.host.ran == []


async def test_a_server_that_is_slow_may_be_tried_again(monkeypatch):
    monkeypatch.setattr(limits, "NOTE_HTTP_READ_S", 0.1)
    async with Talk(Answer(HEARING, {"text": "Hi."}, delay_s=1.0)) as talk:
        assert await talk.fails() == ("timeout", True)


async def test_an_endless_body_is_given_up(monkeypatch):
    monkeypatch.setattr(limits, "NOTE_HTTP_MAX_BYTES", 1_000)
    async with Talk(heard("Hi."), spoken("Long.")) as talk:
        assert await talk.fails() == ("malformed", False)


async def test_nobody_there():
    async with Talk() as talk:
        talk.server._server.close()
        await asyncio.sleep(0)
        assert await talk.fails() == ("unreachable", True)
