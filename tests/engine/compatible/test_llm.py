"""A language model behind a Chat Completions endpoint, with all that real ones do."""

import asyncio
import json
import socket
from typing import Any

import httpx
import pytest

from coach.engine.compatible import CompatibleLlm, Endpoints, LlmEndpoint, client
from coach.engine.llm.types import AnswerPiece, Context, Message, Sentence
from coach.engine.server.run import serve
from coach.engine.tts.synthesiser import Synthesiser
from tests.support.endpoint_talk import (
    OTHER,
    TOOL,
    LocalStt,
    ToneTts,
    calls,
    failed,
    llm_endpoint,
    talking,
    words,
)
from tests.support.http_endpoint import (
    BREAK,
    DONE,
    HANG,
    Play,
    Request,
    ScriptedEndpoint,
    chat,
    openai,
    refuses,
    says,
    usage,
)

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="
STOP = openai({}, "stop")


def tool_call(index: int | None, call_id: str | None, name: str | None, arguments: Any) -> Any:
    function = {"arguments": arguments, **({"name": name} if name is not None else {})}
    call: dict[str, Any] = {"type": "function", "function": function}
    if index is not None:
        call["index"] = index
    if call_id is not None:
        call["id"] = call_id
    return call


def takes(*fragments: Any, finish: str | None = None) -> dict[str, Any]:
    return openai({"role": "assistant", "content": None, "tool_calls": list(fragments)}, finish)


async def test_the_first_sentence_is_heard_while_the_rest_is_still_to_come() -> None:
    heard = asyncio.Event()
    first = [openai({"role": "assistant", "content": ""}), openai({"content": "Good morning to"})]
    play = chat(
        *first,
        openai({"content": " you, Ada. How"}),
        heard,  # the rest comes only when the first sentence has been heard
        openai({"content": " are you today?"}),
        STOP,
        usage(20, 9, 16),
        DONE,
    )
    voice = Synthesiser()
    await voice.start()
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server), tts=voice) as talk:
        await talk.user("Hello.")
        await talk.send("response.create")
        await talk.until("response.output_audio.delta")
        heard.set()
        done = await talk.until("response.done")
        server.assert_complete()
    await voice.close()
    assert words(done["response"]) == "Good morning to you, Ada. How are you today?"
    assert done["response"]["status"] == "completed"
    assert talk.sound().size > 24_000


async def test_a_long_first_sentence_is_begun_at_its_first_clause() -> None:
    heard = asyncio.Event()
    play = chat(
        openai({"content": "After a breakfast like that, you have plenty left for"}),
        heard,
        openai({"content": " the rest of the day."}),
        STOP,
        DONE,
    )
    tone = ToneTts()
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server), tts=tone) as talk:
        await talk.user("Hello.")
        await talk.send("response.create")
        await talk.until("response.output_audio.delta")
        heard.set()
        await talk.until("response.done")
        server.assert_complete()
    assert [text for text, *_ in tone.said] == [
        "After a breakfast like that,",
        "you have plenty left for the rest of the day.",
    ]


async def test_the_endpoint_counts_the_tokens() -> None:
    async with ScriptedEndpoint([chat(*says("Hi there."))]) as server:
        async with talking(llm_endpoint(server)) as talk:
            response = await talk.ask()
        server.assert_complete()
    assert response["usage"] == {
        "total_tokens": 29,
        "input_tokens": 20,
        "output_tokens": 9,
        "input_token_details": {
            "text_tokens": 20,
            "audio_tokens": 0,
            "image_tokens": 0,
            "cached_tokens": 16,
            "cached_tokens_details": {"text_tokens": 16, "audio_tokens": 0, "image_tokens": 0},
        },
        "output_token_details": {"text_tokens": 9, "audio_tokens": 0},
    }


async def test_without_a_count_the_engine_estimates() -> None:
    play = chat(openai({"content": "Hi."}), STOP, DONE)
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server)) as talk:
        response = await talk.ask()
    assert response["usage"]["output_token_details"]["audio_tokens"] > 0


async def test_what_is_asked_of_the_endpoint() -> None:
    def check(request: Request) -> None:
        assert request.headers["authorization"] == "Bearer sk-llm"
        body = request.json
        assert list(body["messages"][0]) == ["role", "content"]
        assert body["messages"] == [
            {"role": "system", "content": "You are Sage."},
            {"role": "user", "content": "Hello."},
            {"role": "system", "content": "Be brief."},
        ]
        assert body["model"] == "small"
        assert body["stream"] is True
        assert body["stream_options"] == {"include_usage": True}
        assert body["max_tokens"] == 400
        assert body["parallel_tool_calls"] is False
        assert body["tool_choice"] == "auto"
        assert body["tools"] == [
            {
                "type": "function",
                "function": {
                    "name": "log_meal",
                    "description": TOOL["description"],
                    "parameters": TOOL["parameters"],
                },
            }
        ]
        assert not {"temperature", "reasoning_effort"} & set(body)

    async with ScriptedEndpoint([chat(*says("Hi."), check=check)]) as server:
        async with talking(llm_endpoint(server)) as talk:
            await talk.update(
                instructions="You are Sage.",
                tools=[TOOL],
                max_output_tokens=400,
                parallel_tool_calls=False,
            )
            assert words(await talk.ask(instructions="Be brief.")) == "Hi."
        server.assert_complete()


async def test_the_beginning_of_the_prompt_never_changes() -> None:
    async with ScriptedEndpoint([chat(*says("One.")), chat(*says("Two."))]) as server:
        async with talking(llm_endpoint(server)) as talk:
            await talk.update(instructions="You are Sage.", tools=[TOOL])
            await talk.ask("First.", instructions="Be brief.")
            await talk.ask("Second.")
        server.assert_complete()
    first, second = (request.json["messages"] for request in server.requests)
    assert first[-1] == {"role": "system", "content": "Be brief."}
    assert second[: len(first) - 1] == first[:-1]
    assert server.requests[0].json["tools"] == server.requests[1].json["tools"]
    assert server.connections == 1  # the connection was used again


async def test_instructions_that_a_response_repeats_are_said_once() -> None:
    plays = [chat(*says("One.")), chat(*says("Two."))]
    async with ScriptedEndpoint(plays) as server, talking(llm_endpoint(server)) as talk:
        await talk.update(instructions="You are Sage.")
        await talk.ask("First.", instructions="You are Sage.\n\nBe brief.")
        await talk.ask("Second.", instructions="You are Sage.")
    first, second = (request.json["messages"] for request in server.requests)
    assert [one["content"] for one in first] == ["You are Sage.", "First.", "Be brief."]
    assert second[-1] == {"role": "user", "content": "Second."}


@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        ("auto", "auto"),
        ("none", "none"),
        ("required", "required"),
        (
            {"type": "function", "name": "log_meal"},
            {"type": "function", "function": {"name": "log_meal"}},
        ),
    ],
)
async def test_tool_choice(choice: Any, sent: Any) -> None:
    async with (
        ScriptedEndpoint([chat(*says("Hi."))]) as server,
        talking(llm_endpoint(server)) as talk,
    ):
        await talk.ask(tools=[TOOL, OTHER], tool_choice=choice)
    body = server.requests[0].json
    assert body["tool_choice"] == sent
    assert len(body["tools"]) == 2


async def test_tools_there_and_back() -> None:
    fragments = [
        takes(tool_call(0, "call_a1", "log_meal", "")),
        *[takes({"index": 0, "function": {"arguments": part}}) for part in ('{"said"', ':"eggs"}')],
    ]
    plays = [
        chat(openai({"content": "One moment."}), *fragments, openai({}, "tool_calls"), DONE),
        chat(*says("Written down.")),
    ]
    async with ScriptedEndpoint(plays) as server, talking(llm_endpoint(server)) as talk:
        await talk.update(tools=[TOOL])
        first = await talk.ask("I had eggs.")
        assert words(first).strip() == "One moment."
        assert calls(first) == [("log_meal", {"said": "eggs"})]
        call_id = first["output"][1]["call_id"]
        await talk.user("And milk.")  # the member goes on while the tool runs
        await talk.item(type="function_call_output", call_id=call_id, output='{"ok":true}')
        assert words(await talk.respond()) == "Written down."
        server.assert_complete()
    taken = {
        "id": call_id,
        "type": "function",
        "function": {"name": "log_meal", "arguments": '{"said":"eggs"}'},
    }
    assert server.requests[1].json["messages"] == [
        {"role": "user", "content": "I had eggs."},
        {"role": "assistant", "content": "One moment.", "tool_calls": [taken]},
        {"role": "tool", "tool_call_id": call_id, "content": '{"ok":true}'},
        {"role": "user", "content": "And milk."},
    ]


TWO = [("log_meal", {"said": "eggs"}), ("show_day", {})]
EGGS = '{"said":"eggs"}'


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(
            [
                takes(tool_call(0, "call_1", "log_meal", "")),
                takes({"index": 0, "function": {"arguments": '{"said":'}}),
                takes({"index": 0, "function": {"arguments": '"eggs"}'}}),
                takes(tool_call(1, "call_2", "show_day", "")),
                takes({"index": 1, "function": {"arguments": "{}"}}),
                openai({}, "tool_calls"),
            ],
            id="OpenAI: fragments by index",
        ),
        pytest.param(
            [
                takes(
                    tool_call(0, "call_lbcjwr0u", "log_meal", EGGS),
                    tool_call(1, "call_p", "show_day", "{}"),
                ),
                openai({"content": ""}, "stop"),
            ],
            id="Ollama: whole calls at once, finished by stop",
        ),
        pytest.param(
            [
                takes(tool_call(0, "call_a", "log_meal", EGGS)),
                takes(tool_call(0, "call_b", "show_day", "{}")),
                openai({"content": ""}, "tool_calls"),
            ],
            id="Ollama: index 0 for all",
        ),
        pytest.param(
            [
                takes(tool_call(None, "", "log_meal", {"said": "eggs"})),
                takes(tool_call(None, "", "show_day", {}), finish="stop"),
            ],
            id="no index, empty ids, arguments as objects",
        ),
        pytest.param(
            [
                takes(tool_call(None, "", "log_meal", '{"said":')),
                takes(tool_call(None, None, None, '"eggs"}')),
                takes(tool_call(None, "", "show_day", None)),
                openai({}, "tool_calls"),
            ],
            id="fragments without index, no arguments",
        ),
        pytest.param(
            [
                takes(tool_call(0, "chatcmpl-tool-1", "log_meal", "")),
                takes(tool_call(0, "chatcmpl-tool-2", None, '{"said":"eggs"}')),
                takes(tool_call(1, "chatcmpl-tool-3", "show_day", None)),
                takes(tool_call(1, "chatcmpl-tool-4", None, "{}")),
                openai({}, "tool_calls"),
            ],
            id="vLLM: another id in every fragment",
        ),
        pytest.param(
            [
                takes(tool_call(0, "365174485", "log_meal", "")),
                takes(tool_call(0, "365174485", "log_meal", '{"said":"eggs"}')),
                takes(tool_call(1, "365174486", "functions.show_day", "{}")),
                openai({}, "tool_calls"),
            ],
            id="name in every fragment, namespace before a name",
        ),
        pytest.param(
            [
                takes(tool_call(0, "call_1", None, None)),
                takes(tool_call(0, None, "log_meal", EGGS)),
                takes(tool_call(1, "call_2", "", "")),
                takes(tool_call(1, "call_2", "show_day", "{}")),
                openai({}, "tool_calls"),
            ],
            id="ids before names",
        ),
        pytest.param(
            [
                openai({"content": '<tool_call>\n{"name": "log_meal", "argu'}),
                openai({"content": 'ments": {"said": "eggs"}}\n</tool_'}),
                openai({"content": 'call>\n<tool_call>{"name":"show_day"}</tool_call>'}),
                STOP,
            ],
            id="calls left in the text",
        ),
    ],
)
async def test_several_calls_as_servers_send_them(stream: list[Any]) -> None:
    async with ScriptedEndpoint([chat(*stream, DONE)]) as server:
        async with talking(llm_endpoint(server)) as talk:
            response = await talk.ask(tools=[TOOL, OTHER])
        server.assert_complete()
    assert calls(response) == TWO
    assert len({item["call_id"] for item in response["output"]}) == 2
    assert response["status"] == "completed"
    assert talk.sound().size == 0


async def test_calls_without_arguments_are_told_apart_by_their_names() -> None:
    both = (tool_call(None, None, "show_day", ""), tool_call(None, None, "log_meal", EGGS))
    play = chat(*[takes(one) for one in both], openai({}, "tool_calls"), DONE)
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server)) as talk:
        response = await talk.ask(tools=[TOOL, OTHER])
    assert calls(response) == [TWO[1], TWO[0]]


async def test_calls_that_were_not_asked_for_are_not_taken() -> None:
    play = chat(takes(tool_call(0, "a", "log_meal", EGGS)), openai({}, "tool_calls"), DONE)
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server)) as talk:
        response = await talk.ask(tools=[TOOL], tool_choice="none")
    assert response["output"] == []


async def test_a_call_that_breaks_off_at_the_limit_is_not_taken() -> None:
    play = chat(takes(tool_call(0, "a", "log_meal", '{"said":"eg')), openai({}, "length"), DONE)
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server)) as talk:
        response = await talk.ask(tools=[TOOL])
    assert response["status"] == "incomplete"
    assert response["status_details"]["reason"] == "max_output_tokens"
    assert calls(response) == []


THOUGHT = "Okay, the member wants eggs."
HELLO = "Hello there. All is well."
SEPARATED = openai({"content": HELLO.replace(". ", ".\u2028")})
SPLIT = f"data: {json.dumps(SEPARATED, ensure_ascii=False)}\n\n".encode()
PRETTY = json.dumps(openai({"content": HELLO}), indent=1).replace("\n", "\ndata: ")


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(
            [
                openai({"content": "", "reasoning": THOUGHT}),  # Ollama
                openai({"content": None, "reasoning_content": THOUGHT}),  # vLLM, llama.cpp
                *says("Hello there.", " All is", " well."),
            ],
            id="thoughts in fields of their own",
        ),
        pytest.param(
            says("<thi", "nk>", THOUGHT, " </thi", "nk>\n\nHello there.", " All is well."),
            id="thoughts in the text",
        ),
        pytest.param(
            says(f"{THOUGHT}\n</think>\n\nHello there. All is well."),
            id="thoughts that the template began",
        ),
        pytest.param(
            [
                ": OPENROUTER PROCESSING\r\n\r\n",
                "data:" + json.dumps(openai({"content": "Hello there. "})) + "\r\n\r\n",
                "event: message\r\nid: 7\r\nretry: 10\r\n",
                "data:" + json.dumps(openai({"content": "All is well."})) + "\r\n\r\n",
                "data:" + json.dumps(STOP) + "\r\n\r\ndata:[DONE]\r\n\r\n",
            ],
            id="CRLF, comments, other fields, no space",
        ),
        pytest.param(
            [openai({"content": "Hello there. All is well."}), STOP, usage(4, 5)], id="no [DONE]"
        ),
        pytest.param(
            [openai({"content": "Hello there. All is well."}), STOP, HANG],
            id="neither [DONE] nor an end",
        ),
        pytest.param(
            [openai({"content": "Hello there. All is well."}), DONE], id="no finish reason"
        ),
        pytest.param(
            [openai({"content": "Hello there. All is well."}), STOP, BREAK],
            id="cut when all was said",
        ),
        pytest.param(
            ["".join(f"data: {json.dumps(one)}\n" for one in says(HELLO)[:-1]) + "data: [DONE]"],
            id="no empty lines",
        ),
        pytest.param(
            [f"data: {PRETTY}\n\n", STOP, DONE],
            id="data over several lines",
        ),
        pytest.param(
            [*SPLIT.partition(b"\x80"), STOP, DONE],
            id="a line separator within the JSON, cut in the middle of the letter",
        ),
        pytest.param(
            says("**Hello** ", "there. ", "`All` is _well_."),
            id="Markdown",
        ),
        pytest.param(
            [openai({"content": [{"type": "text", "text": HELLO}]}), STOP, DONE],
            id="content in parts",
        ),
        pytest.param([openai({"refusal": HELLO}), STOP, DONE], id="a refusal"),
        pytest.param(["\ufeff", *says(HELLO)], id="a byte order mark"),
        pytest.param(
            [{"choices": [{"delta": "secret"}]}, {"choices": [{"delta": [1]}]}, *says(HELLO)],
            id="deltas that are none",
        ),
        pytest.param(
            says("<thought>Secret.</thought><reasoning>", "Secret.</reasoning>", HELLO),
            id="thoughts by other names",
        ),
    ],
)
async def test_streams_of_real_servers(stream: list[Any]) -> None:
    async with ScriptedEndpoint([chat(*stream)]) as server:
        async with talking(llm_endpoint(server)) as talk:
            response = await talk.ask()
        server.assert_complete()
    assert " ".join(words(response).split()) == HELLO
    assert response["status"] == "completed"


@pytest.mark.parametrize("kind", ["application/json", "text/plain; charset=utf-8", ""])
async def test_a_stream_is_known_whatever_it_is_called(kind: str) -> None:
    play = Play("/v1/chat/completions", [" ", "\r\n", *says("Hello.")], kind=kind)
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server)) as talk:
        assert words(await talk.ask()) == "Hello."


@pytest.mark.parametrize("kind", ["application/json", "text/event-stream"])
@pytest.mark.parametrize("reason", ["stop", None])
async def test_an_answer_that_does_not_stream(reason: str | None, kind: str) -> None:
    message = {"role": "assistant", "content": "Hello.", "tool_calls": None}
    whole = {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 2},
    }
    play = Play("/v1/chat/completions", ["\n", json.dumps(whole, indent=1)], kind=kind)
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server)) as talk:
        response = await talk.ask()
    assert words(response) == "Hello."
    assert response["usage"]["total_tokens"] == 9


async def test_written_answers_keep_their_marks() -> None:
    play = chat(*says("**Hello** there.", " Eat:\n- oats\n", "- an", " egg\n\nBye."))
    async with ScriptedEndpoint([play]) as server, talking(llm_endpoint(server)) as talk:
        response = await talk.ask(output_modalities=["text"])
    assert words(response) == "**Hello** there. Eat:\n- oats\n- an egg\nBye."


def error(message: str = "No.", code: Any = None, kind: str = "invalid_request_error") -> Any:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


CONTEXT = "This model's maximum context length is 8192 tokens. However, you requested 9001 tokens."


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, error("Incorrect API key provided: sk-***", "invalid_api_key"), "invalid_api_key"),
        (403, error("Country not supported"), "invalid_api_key"),
        (404, error('model "small" not found, try pulling it first'), "model_not_found"),
        (400, error("No such model", "model_not_found"), "model_not_found"),
        (429, error("Rate limit reached", "rate_limit_exceeded"), "rate_limit_exceeded"),
        (429, "<html>slow down</html>", "rate_limit_exceeded"),
        (
            429,
            error("You exceeded your current quota", "insufficient_quota", "insufficient_quota"),
            "insufficient_quota",
        ),
        (500, error("The server had an error", kind="server_error"), "server_error"),
        (503, error("Loading model", 503, "unavailable_error"), "server_error"),  # llama.cpp
        (502, "<html>bad gateway</html>", "server_error"),
        (504, "", "timeout"),
        (400, error("Too long", "context_length_exceeded"), "context_length_exceeded"),
        (
            400,  # llama.cpp
            error("the request exceeds", 400, "exceed_context_size_error"),
            "context_length_exceeded",
        ),
        (
            400,  # vLLM
            {"object": "error", "message": CONTEXT, "type": "BadRequestError", "code": 400},
            "context_length_exceeded",
        ),
        (500, error("Context size has been exceeded.", 500), "context_length_exceeded"),
        (400, {"error": "small does not support tools"}, "endpoint_refused"),
        (302, "", "endpoint_refused"),
    ],
)
async def test_refusals_have_codes(status: int, body: Any, code: str) -> None:
    async with ScriptedEndpoint([refuses(status, body)]) as server:
        async with talking(llm_endpoint(server)) as talk:
            response = await talk.ask()
            assert failed(response) == code
            assert "sk-" not in response["status_details"]["error"]["message"]
        server.assert_complete()


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ([openai({"content": "One is. Two"}), BREAK], "bad_stream"),
        ([openai({"content": "One is. Two"})], "bad_stream"),
        ([openai({"content": "One is. Two"}), "data: {nonsense}\n\n"], "bad_stream"),
        ([openai({"content": "One is. Two"}), f"data: {'[' * 9_000}\n\n"], "bad_stream"),
        ([openai({"content": "One is. Two"}), b"data: \xff\xfe{}\n\n"], "bad_stream"),
        ([openai({"content": "One is. Two"}), takes({"index": 0})], "bad_stream"),
        ([openai({"content": "One is. Two"}), error("Overloaded", 503)], "server_error"),
        (
            [openai({"content": "One is. Two"}), 'event: error\ndata: {"message":"crash"}\n\n'],
            "server_error",
        ),
        (
            [
                openai({"content": "One is. Two"}),
                'error: {"code":400,"message":"x","type":"exceed_context_size_error"}\n\n',
            ],
            "context_length_exceeded",
        ),
        (
            [
                openai({"content": "One is. Two"}),
                {"object": "error", "message": CONTEXT, "code": 400},
            ],
            "context_length_exceeded",
        ),
    ],
)
async def test_what_was_said_before_a_stream_broke_stays(stream: list[Any], code: str) -> None:
    async with ScriptedEndpoint([chat(*stream), chat(*says("Better."))]) as server:
        async with talking(llm_endpoint(server)) as talk:
            response = await talk.ask()
            assert failed(response) == code
            assert words(response) == "One is."
            assert response["output"][0]["status"] == "incomplete"
            assert words(await talk.ask("Again?")) == "Better."
        server.assert_complete()
    assert server.requests[1].json["messages"][1] == {"role": "assistant", "content": "One is."}


async def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    async with talking(Endpoints(llm=LlmEndpoint(url=url, model="m"))) as talk:
        assert failed(await talk.ask()) == "endpoint_unreachable"


async def test_silence_ends_in_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.engine.limits.LLM_PIECE_SECONDS", 0.2)
    async with ScriptedEndpoint([chat(HANG)]) as server, talking(llm_endpoint(server)) as talk:
        assert failed(await talk.ask()) == "timeout"
        await asyncio.wait_for(server.left.wait(), 5)
        server.assert_complete()


async def test_cancel_closes_the_stream_at_once() -> None:
    play = chat(openai({"content": "One is. Two"}), HANG)
    async with ScriptedEndpoint([play, chat(*says("Yes?"))]) as server:
        async with talking(llm_endpoint(server)) as talk:
            await talk.user("Hello.")
            await talk.send("response.create")
            await talk.until("response.output_audio.delta")
            assert not server.left.is_set()
            await talk.send("response.cancel")
            done = await talk.until("response.done")
            await asyncio.wait_for(server.left.wait(), 5)
            assert done["response"]["status"] == "cancelled"
            assert words(await talk.respond()) == "Yes?"
        server.assert_complete()


async def test_what_was_cut_off_is_known_as_it_was_heard() -> None:
    plays = [chat(*says("One two three four five six.")), chat(*says("Yes."))]
    async with ScriptedEndpoint(plays) as server, talking(llm_endpoint(server)) as talk:
        response = await talk.ask()
        item = response["output"][0]["id"]
        cut = {"item_id": item, "content_index": 0, "audio_end_ms": 140}
        await talk.send("conversation.item.truncate", **cut)
        await talk.until("conversation.item.truncated")
        await talk.ask("Wait.")
        server.assert_complete()
    assert server.requests[1].json["messages"][1] == {
        "role": "assistant",
        "content": "One two three",
    }


async def test_the_answer_ends_at_the_limit_or_the_filter() -> None:
    plays = [
        chat(openai({"content": "One is. Two"}), openai({}, "length"), DONE),
        chat(openai({"content": "One is. "}), openai({}, "content_filter"), DONE),
    ]
    async with ScriptedEndpoint(plays) as server, talking(llm_endpoint(server)) as talk:
        for reason in ("max_output_tokens", "content_filter"):
            response = await talk.ask()
            assert response["status"] == "incomplete"
            assert response["status_details"]["reason"] == reason
        server.assert_complete()


async def test_pictures_reach_a_mind_that_sees() -> None:
    shown = {"type": "input_image", "image_url": PIXEL, "detail": "low"}
    async with ScriptedEndpoint([chat(*says("Eggs."))]) as server:
        async with talking(llm_endpoint(server, images=True)) as talk:
            assert talk.events[0]["session"]["capabilities"]["images"] is True
            await talk.user("What is this?", shown)
            added = await talk.until("conversation.item.added")
            assert added["item"]["content"][1] == {"type": "input_image"}
            assert words(await talk.respond()) == "Eggs."
            await talk.send("conversation.item.retrieve", item_id=added["item"]["id"])
            found = await talk.until("conversation.item.retrieved")
            assert found["item"]["content"][1] == shown
        server.assert_complete()
    assert server.requests[0].json["messages"][0]["content"] == [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": PIXEL, "detail": "low"}},
    ]


@pytest.mark.parametrize(
    ("images", "picture", "code", "param"),
    [
        (False, {"image_url": PIXEL}, "unsupported_content_type", "item.content[0].type"),
        (True, {}, "missing_required_parameter", "item.content[0].image_url"),
        (True, {"image_url": "https://a.b/c.png"}, "invalid_value", "item.content[0].image_url"),
        (
            True,
            {"image_url": "data:image/svg+xml;base64,AAAA"},
            "invalid_value",
            "item.content[0].image_url",
        ),
    ],
)
async def test_pictures_that_are_refused(
    images: bool, picture: dict[str, str], code: str, param: str
) -> None:
    async with ScriptedEndpoint([]) as server, talking(llm_endpoint(server, images=images)) as talk:
        await talk.user({"type": "input_image", **picture})
        refused = (await talk.until("error"))["error"]
        assert (refused["code"], refused["param"]) == (code, param)


async def test_only_the_newest_pictures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.engine.limits.PICTURES_KEPT", 1)
    shown = {"type": "input_image", "image_url": PIXEL}
    async with ScriptedEndpoint([chat(*says("Two."))]) as server:
        async with talking(llm_endpoint(server, images=True)) as talk:
            await talk.user("First.", shown)
            await talk.user("Second.", shown)
            await talk.respond()
        server.assert_complete()
    first, second = server.requests[0].json["messages"]
    assert first["content"] == "First."
    assert second["content"][1]["type"] == "image_url"


@pytest.mark.parametrize(
    ("refusal", "before", "after"),
    [
        (
            error("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
            {"max_tokens": 99},
            {"max_completion_tokens": 99},
        ),
        (error("Unrecognized request argument supplied: stream_options"), "stream_options", {}),
        (
            {"error": "Invalid tool_choice type: 'object'. Supported string values: none, auto"},
            {"tool_choice": {"type": "function", "function": {"name": "log_meal"}}},
            {"tool_choice": "required"},
        ),
    ],
)
async def test_what_an_endpoint_refuses_is_put_differently(
    refusal: Any, before: Any, after: Any
) -> None:
    plays = [refuses(400, refusal), chat(*says("Hi.")), chat(*says("Hi again."))]
    async with ScriptedEndpoint(plays) as server, talking(llm_endpoint(server)) as talk:
        ask: dict[str, Any] = {
            "max_output_tokens": 99,
            "tools": [TOOL, OTHER],
            "tool_choice": {"type": "function", "name": "log_meal"},
        }
        assert words(await talk.ask(**ask)) == "Hi."
        assert words(await talk.ask(**ask)) == "Hi again."  # learned: at the first try
        server.assert_complete()
    refused, *taken = (request.json for request in server.requests)
    assert before in refused if isinstance(before, str) else before.items() <= refused.items()
    for body in taken:
        assert after.items() <= body.items()
        assert before not in body if isinstance(before, str) else not before.items() <= body.items()


async def test_templates_that_take_one_system_message() -> None:
    refusal = error("System message must be at the beginning.", 500, "server_error")
    plays = [refuses(500, refusal), chat(*says("Hi."))]
    async with ScriptedEndpoint(plays) as server, talking(llm_endpoint(server)) as talk:
        await talk.update(instructions="You are Sage.")
        content = [{"type": "input_text", "text": "An expert says: rest."}]
        await talk.item(type="message", role="system", content=content)
        assert words(await talk.ask("Hello.", instructions="Be brief.")) == "Hi."
        server.assert_complete()
    directions = "[Directions: An expert says: rest.]\n\nHello.\n\n[Directions: Be brief.]"
    assert server.requests[1].json["messages"] == [
        {"role": "system", "content": "You are Sage."},
        {"role": "user", "content": directions},
    ]


async def test_two_talks_that_are_refused_at_once_both_put_it_differently() -> None:
    said = error("System message must be at the beginning.", 500, "server_error")
    first, second = refuses(500, said), refuses(500, said)
    both = asyncio.Event()
    first.sends = [both, *first.sends]  # until the second talk has asked in the old words, too
    second.check = lambda request: both.set()
    plays = [first, second, chat(*says("Hi.")), chat(*says("Hi."))]
    context = Context("You are Sage.", "Be brief.", [Message("user", "Hello.")], [])
    async with ScriptedEndpoint(plays) as server, client() as http:
        endpoint = llm_endpoint(server).llm
        assert endpoint is not None
        one = CompatibleLlm(http, endpoint)

        async def answer() -> list[AnswerPiece]:
            return [piece async for piece in one.answer(context)]

        answers = await asyncio.gather(answer(), answer())
        server.assert_complete()
    assert [pieces[0] for pieces in answers] == [Sentence("Hi."), Sentence("Hi.")]


async def test_every_session_has_its_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    pools: list[httpx.Limits] = []
    limits = httpx.Limits

    def limited(**given: Any) -> httpx.Limits:
        pools.append(limits(**given))
        return pools[-1]

    monkeypatch.setattr(httpx, "Limits", limited)
    for sessions in (1, 700):
        async with serve(key="", sessions=sessions, stt=LocalStt(), tts=ToneTts()):
            pass
    assert [one.max_connections for one in pools] == [3, 2_100]


async def test_the_log_holds_codes_only(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    plays = [refuses(400, error("You said: secret eggs")), chat(*says("Secret milk."))]
    async with ScriptedEndpoint(plays) as server, talking(llm_endpoint(server)) as talk:
        await talk.ask("secret eggs")
        await talk.ask("secret milk")
    assert "code=endpoint_refused" in caplog.text
    assert "secret" not in caplog.text.lower()
    assert "sk-llm" not in caplog.text
