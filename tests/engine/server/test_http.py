"""What the engine answers to plain HTTP, beside its WebSocket."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from openai import APIStatusError, AsyncOpenAI, AuthenticationError
from openai.types.realtime import ClientSecretCreateResponse
from websockets.asyncio.client import connect

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.server.client_secrets import ClientSecrets
from coach.engine.server.run import serve
from tests.engine.server.test_app import BrokenTts, NoStt

KEY = "a key"


@pytest.fixture
async def base() -> AsyncIterator[str]:
    async with serve(key=KEY, stt=NoStt(), tts=BrokenTts()) as port:
        yield f"http://127.0.0.1:{port}"


def api(base: str, key: str = KEY) -> AsyncOpenAI:
    return AsyncOpenAI(api_key=key, base_url=f"{base}/v1", max_retries=0)


async def raw(base: str, request: bytes) -> tuple[int, dict[str, Any]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(base.rsplit(":", 1)[1]))
    writer.write(request)
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/json" in head
    return int(head.split()[1]), json.loads(body)


async def ask(
    base: str, method: str, path: str, body: bytes = b"", key: str = KEY
) -> tuple[int, dict[str, Any]]:
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
    if body:
        head += f"Content-Length: {len(body)}\r\n"
    return await raw(base, head.encode() + b"\r\n" + body)


async def test_a_client_secret_opens_sessions_with_its_configuration(base: str) -> None:
    session: Any = {"type": "realtime", "model": "m", "instructions": "Be kind."}
    before = int(time.time())
    secret = await api(base).realtime.client_secrets.create(session=session)
    assert ClientSecretCreateResponse.model_validate(secret.to_dict())
    assert secret.value.startswith("ek_")
    assert before + 600 <= secret.expires_at <= time.time() + 600
    for _ in range(2):
        async with api(base, secret.value).realtime.connect(model="m") as connection:
            created: Any = await connection.recv()
            assert created.session.instructions == "Be kind."
            assert created.session.id != secret.session.id  # type: ignore[union-attr]


async def test_a_browser_brings_its_client_secret_as_a_subprotocol(base: str) -> None:
    secret = await api(base).realtime.client_secrets.create()
    names: list[Any] = ["realtime", f"openai-insecure-api-key.{secret.value}"]
    url = f"{base.replace('http', 'ws')}/v1/realtime?model=m"
    async with connect(url, subprotocols=names) as socket:
        assert socket.subprotocol == "realtime"
        assert json.loads(await socket.recv())["type"] == "session.created"


async def test_a_client_secret_holds_to_its_model(base: str) -> None:
    session: Any = {"type": "realtime", "model": "m"}
    secret = await api(base).realtime.client_secrets.create(session=session)
    async with api(base, secret.value).realtime.connect(model="other") as connection:
        refused: Any = await connection.recv()
        assert refused.error.code == "invalid_model"


async def test_a_client_secret_may_leave_the_model_open_or_only_listen(base: str) -> None:
    secret = await api(base).realtime.client_secrets.create()
    async with api(base, secret.value).realtime.connect(model="any") as connection:
        created: Any = await connection.recv()
        assert created.session.model == "any"
    secret = await api(base).realtime.client_secrets.create(session={"type": "transcription"})
    query = {"intent": "transcription"}
    async with api(base, secret.value).realtime.connect(extra_query=query) as connection:
        created = await connection.recv()
        assert created.session.type == "transcription"


async def test_a_client_secret_is_no_key_for_more(base: str) -> None:
    secret = await api(base).realtime.client_secrets.create()
    with pytest.raises(AuthenticationError):
        await api(base, secret.value).realtime.client_secrets.create()


def test_client_secrets_expire_and_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ClientSecrets()
    after = {"anchor": "created_at", "seconds": 10}
    value = secrets.issue({"expires_after": after}, 1_000.5)["value"]
    assert secrets.find(value, 1_009.9) is not None
    assert secrets.find(value, 1_010.0) is None
    assert secrets.find("ek_other", 1_000.5) is None
    monkeypatch.setattr(limits, "SECRETS", 1)
    with pytest.raises(BadRequest, match="too many"):
        secrets.issue({}, 1_005)
    assert secrets.issue({}, 1_010)["value"] != value


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"session": {"type": "realtime", "colour": 1}}, "session.colour"),
        ({"session": {"type": "other"}}, "session.type"),
        ({"session": {"model": 3}}, "session.model"),
        ({"session": []}, "session"),
        ({"expires_after": {"seconds": 9}}, "expires_after.seconds"),
        ({"expires_after": {"seconds": 7201}}, "expires_after.seconds"),
        ({"expires_after": {"anchor": "now"}}, "expires_after.anchor"),
        ({"more": 1}, "more"),
    ],
)
async def test_bad_requests_for_client_secrets(base: str, body: object, param: str) -> None:
    status, answer = await ask(
        base, "POST", "/v1/realtime/client_secrets", json.dumps(body).encode()
    )
    assert (status, answer["error"]["param"]) == (400, param)
    assert answer["error"]["type"] == "invalid_request_error"


async def test_models(base: str) -> None:
    models = await api(base).models.list()
    assert [model.id for model in models.data] == ["coachline"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/v1/realtime/calls", 404, "unsupported_endpoint"),
        ("POST", "/v1/realtime/calls/rtc_1/accept", 404, "unsupported_endpoint"),
        ("GET", "/v1/realtime/translations?model=gpt-realtime-translate", 404, None),
        ("POST", "/v1/realtime/sessions", 404, "unsupported_endpoint"),
        ("POST", "/v1/realtime/transcription_sessions", 404, "unsupported_endpoint"),
        ("GET", "/v1/realtime/client_secrets", 405, "method_not_allowed"),
        ("POST", "/v1/realtime", 405, "method_not_allowed"),
        ("GET", "/v1/realtime?model=m", 426, "upgrade_required"),
        ("PUT", "/v1/models", 405, "method_not_allowed"),
        ("POST", "/v1/chat/completions", 404, "unknown_url"),
        ("DELETE", "/", 404, "not_found"),
    ],
)
async def test_refused_endpoints(
    base: str, method: str, path: str, status: int, code: str | None
) -> None:
    got, answer = await ask(base, method, path, b"{}" if method == "POST" else b"")
    assert got == status
    assert set(answer["error"]) == {"message", "type", "param", "code"}
    assert code is None or answer["error"]["code"] == code


async def test_plain_requests_need_the_key(base: str) -> None:
    for path in ("/v1/models", "/v1/realtime/client_secrets", "/v1/elsewhere"):
        status, answer = await ask(base, "POST", path, b"{}", key="wrong")
        assert (status, answer["error"]["code"]) == (401, "invalid_api_key")
    with pytest.raises(APIStatusError):
        await api(base, "wrong").models.list()


@pytest.mark.parametrize("body", [b"{bad", b"[]", b'"\xff"', b"[" * 9_999])
async def test_bodies_that_are_no_object(base: str, body: bytes) -> None:
    status, answer = await ask(base, "POST", "/v1/realtime/client_secrets", body)
    assert (status, answer["error"]["code"]) == (400, "invalid_json")


async def test_bodies_that_are_too_long_or_of_unknown_length(base: str) -> None:
    path = "/v1/realtime/client_secrets"
    status, answer = await ask(base, "POST", path, b" " * (limits.BODY_BYTES + 1))
    assert (status, answer["error"]["code"]) == (413, "body_too_large")
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked = head + "2\r\n{}\r\n0\r\n\r\n"
    assert (await raw(base, chunked.encode()))[0] == 413
    assert (await ask(base, "POST", path, b" " * limits.BODY_BYTES))[0] == 200


async def test_a_request_may_come_in_pieces(base: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(base.rsplit(":", 1)[1]))
    body = b'{"expires_after": {"seconds": 10}}'
    head = (
        f"POST /v1/realtime/client_secrets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\n"
    )
    whole = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    for start in range(0, len(whole), 20):
        writer.write(whole[start : start + 20])
        await writer.drain()
        await asyncio.sleep(0.002)
    assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"HTTP/1.1 200 ")
    writer.close()


async def test_what_is_no_http_gets_no_session(base: str) -> None:
    for junk in (b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\r\n\r\n", b"G" * 70_000):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(base.rsplit(":", 1)[1]))
        writer.write(junk)
        assert b"101" not in await asyncio.wait_for(reader.read(), 10)
        writer.close()
    assert (await ask(base, "GET", "/healthz"))[1].items() >= {"ok": True, "sessions": 0}.items()


UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)


@pytest.mark.parametrize(
    ("path", "key", "status", "code"),
    [
        ("/elsewhere", KEY, 404, "not_found"),
        ("/v1/elsewhere", KEY, 404, "unknown_url"),
        ("/v1/elsewhere", "wrong", 401, "invalid_api_key"),
        ("/v1/realtime/translations?model=m", KEY, 404, "unsupported_endpoint"),
    ],
)
async def test_an_upgrade_elsewhere_gets_the_answer_of_a_plain_request(
    base: str, path: str, key: str, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    head = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n{UPGRADE}\r\n"
    got, answer = await raw(base, head.encode())
    assert (got, answer["error"]["code"]) == (status, code)
    assert (got, answer) == await ask(base, "GET", path, key=key)
    assert [one for one in caplog.records if one.levelname in ("WARNING", "ERROR")] == []


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (UPGRADE.replace("13", "8"), 400),
        (UPGRADE.replace("AAAAAAAAAAAAAAAAAAAAAA==", "AA"), 400),
        (f"{UPGRADE}X: {'y' * 9_000}\r\n", 431),
        (UPGRADE + "".join(f"X{number}: y\r\n" for number in range(200)), 431),
    ],
)
async def test_a_handshake_that_cannot_be_read_is_refused_at_once(
    base: str, wrong: str, status: int
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(base.rsplit(":", 1)[1]))
    writer.write(f"GET /v1/realtime?model=m HTTP/1.1\r\nHost: x\r\n{wrong}\r\n".encode())
    answer = await asyncio.wait_for(reader.read(), limits.OPEN_SECONDS / 2)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Failed to open a WebSocket connection" in answer
    writer.close()


async def test_a_slash_at_the_end_changes_nothing(base: str) -> None:
    assert await ask(base, "GET", "/v1/models/") == await ask(base, "GET", "/v1/models")
    async with connect(
        f"{base.replace('http', 'ws')}/v1/realtime/?model=m",
        additional_headers={"Authorization": f"Bearer {KEY}"},
    ) as socket:
        assert json.loads(await socket.recv())["type"] == "session.created"


async def test_a_fault_of_ours_is_told_as_one_and_logged_without_words(
    base: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def issue(*_: object) -> None:
        raise RuntimeError("Gustav ate an egg")

    monkeypatch.setattr(ClientSecrets, "issue", issue)
    status, answer = await ask(base, "POST", "/v1/realtime/client_secrets", b"{}")
    assert (status, answer["error"]["code"]) == (500, "internal_error")
    assert answer["error"]["type"] == "server_error"
    assert [one for one in caplog.messages if one.startswith("request failed: RuntimeError at")]
    assert "Gustav" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_client_that_leaves_within_its_request_is_no_fault(
    base: str, caplog: pytest.LogCaptureFixture
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", int(base.rsplit(":", 1)[1]))
    head = f"POST /v1/realtime/client_secrets HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\nHost: x"
    writer.write(f"{head}\r\nContent-Length: 100\r\n\r\n{{".encode())
    await asyncio.sleep(0.1)
    writer.close()
    await writer.wait_closed()
    assert (await ask(base, "GET", "/healthz"))[0] == 200
    await asyncio.sleep(0.1)
    assert [one for one in caplog.records if one.levelname in ("WARNING", "ERROR")] == []
