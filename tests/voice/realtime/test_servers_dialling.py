"""How servers are dialled: addresses, keys, refusals and redirects."""

from http import HTTPStatus

import pytest
from websockets.asyncio.server import serve

from coach.voice import limits
from coach.voice.engine_commands import CreateResponse
from coach.voice.engine_events import ResponseCreated
from coach.voice.realtime import EngineError, EngineSettings, EngineTarget, connect, quirks
from tests.support import dialects
from tests.support.dialects import Dialect
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
FIRST, SECOND = bytes(range(256)) * 60, bytes(range(255, -1, -1)) * 45


@pytest.fixture(autouse=True)
def new_process(monkeypatch):
    monkeypatch.setattr(quirks, "_by_address", {})
    monkeypatch.setattr(limits, "CONFIGURE_ACTIVE_S", 0.1)
    monkeypatch.setattr(limits, "CONFIGURE_REFUSED_S", 0.1)


# --- dialling -----------------------------------------------------------------------------------


async def test_azure_gets_its_own_header_and_the_pseudonym():
    async with Dialect([[]]) as engine:
        target = EngineTarget(f"{engine.url}?api-version=1", "key", "our model", "azure", "abc")
        await (await connect(target)).close()
    headers = engine.headers[0]
    assert headers["api-key"] == "key"
    assert headers["OpenAI-Safety-Identifier"] == "abc"
    assert "Authorization" not in headers
    assert engine.requests[0][0] == "/v1/realtime?api-version=1&model=our%20model"


async def test_a_plain_server_gets_a_bearer_and_nothing_about_the_member():
    async with Dialect([[]]) as engine:
        await (await connect(EngineTarget(engine.url, "key", "m"))).close()
    headers = engine.headers[0]
    assert headers["Authorization"] == "Bearer key"
    assert not {"OpenAI-Safety-Identifier", "OpenAI-Beta", "api-key"} & set(headers)


@pytest.mark.parametrize(
    ("status", "retryable"), [(404, False), (401, False), (429, True), (503, True), (302, False)]
)
async def test_an_answer_in_http_is_an_error_with_its_status(status, retryable):
    asked = []

    def refuse(socket, request):
        asked.append(request.path)
        answer = socket.respond(HTTPStatus(status), "no")
        answer.headers["Location"] = "/elsewhere"
        return answer

    async with serve(lambda _: None, "127.0.0.1", 0, process_request=refuse) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        with pytest.raises(EngineError) as caught:
            await connect(EngineTarget(f"ws://127.0.0.1:{port}/v1/realtime", "key", "m"))
    assert (caught.value.code, caught.value.retryable) == (f"http_{status}", retryable)
    assert asked == ["/v1/realtime?model=m"]  # a redirect is not followed: it would get the key


async def test_an_address_that_is_none():
    with pytest.raises(EngineError) as caught:
        await connect(EngineTarget("https://api.openai.com/v1", "key", "m"))
    assert (caught.value.code, caught.value.retryable) == ("bad_url", False)


async def test_a_first_error_that_is_only_a_text():
    async with Dialect([[]], hello=[{"error": "out of memory"}]) as engine:
        with pytest.raises(EngineError) as caught:
            await connect(EngineTarget(engine.url, "key", "m"))
    assert str(caught.value) == "out of memory"
    assert caught.value.retryable


async def test_a_close_without_a_code_is_a_loss_like_any_other():
    async with Dialect([[]]) as engine:
        connection = await connect(EngineTarget(engine.url, "key", "m"))
        await connection.configure(FULL)
        for socket in engine._server.connections:
            async with socket.send_context():
                socket.protocol.send_close()
        with pytest.raises(EngineError) as caught:
            await anext(connection.events())
    assert (caught.value.code, caught.value.retryable) == ("closed_1005", True)


async def test_a_stream_of_rubbish_does_not_hide_what_follows():
    def rubbish(event):
        return [b"\x00\xff", "[1]", "{", '{"type": null}', "", event]

    script = [Step("response.create", dialects.speaks("r1", "c1", "Hi", FIRST))]
    async with Dialect([script], translate=rubbish) as engine:
        connection = await connect(EngineTarget(engine.url, "key", "m"))
        await connection.configure(FULL)
        await connection.send(CreateResponse("create-1"))
        begun = await anext(connection.events())
        assert isinstance(begun, ResponseCreated)
        assert begun.tag == "create-1"
        await connection.close()
