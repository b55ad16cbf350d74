"""What a connection asks for is read from its query, headers and subprotocols, without a server."""

from typing import Any

import pytest
from starlette.requests import HTTPConnection

from coach.engine import limits
from coach.engine.protocol.config import SessionConfig, TranscriptionConfig
from coach.engine.server.handshake import (
    Refused,
    check_interface,
    key_of,
    offered_subprotocols,
    requested_config,
)


def asking(query: str = "", *headers: tuple[str, str]) -> HTTPConnection:
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": limits.PATH,
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
        "server": ("127.0.0.1", 80),
    }
    return HTTPConnection(scope)


def code(query: str, kept: SessionConfig | TranscriptionConfig | None = None) -> str:
    with pytest.raises(Refused) as refused:
        requested_config(asking(query), kept)
    assert refused.value.close == limits.CLOSE_REFUSED
    return refused.value.code


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        ([("Authorization", "Bearer sk-1")], "sk-1"),
        ([("Authorization", "bearer  sk-1 ")], "sk-1"),
        ([("Authorization", "Basic sk-1")], ""),
        ([("Authorization", "sk-1")], ""),
        ([("Authorization", "Bearer \xff")], "\xff"),
        ([], ""),
        ([("Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key.sk-2")], "sk-2"),
        (
            [
                ("Sec-WebSocket-Protocol", "realtime"),
                ("Sec-WebSocket-Protocol", "openai-insecure-api-key.sk-3"),
            ],
            "sk-3",
        ),
        (
            [
                ("Authorization", "Bearer sk-1"),
                ("Sec-WebSocket-Protocol", "openai-insecure-api-key.sk-2"),
            ],
            "sk-1",
        ),
    ],
)
def test_the_key_is_in_the_header_or_else_in_a_subprotocol(
    headers: list[tuple[str, str]], key: str
) -> None:
    assert key_of(asking("", *headers)) == key


def test_subprotocols_may_stand_in_several_lines() -> None:
    lines = [("Sec-WebSocket-Protocol", "a,b"), ("Sec-WebSocket-Protocol", " c ")]
    assert offered_subprotocols(asking("", *lines)) == ["a", "b", "c"]
    assert offered_subprotocols(asking()) == []


@pytest.mark.parametrize(
    "header",
    [
        ("OpenAI-Beta", "realtime=v1"),
        ("OpenAI-Beta", "assistants=v2, realtime=v1"),
        ("Sec-WebSocket-Protocol", "realtime, openai-beta.realtime-v1"),
    ],
)
def test_the_beta_is_refused_by_header_and_by_subprotocol(header: tuple[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        check_interface(asking("model=m", header))
    assert refused.value.code == "beta_api_shape_disabled"
    check_interface(asking("model=m", ("OpenAI-Beta", "assistants=v2")))


def test_the_query_names_a_model_or_the_intent_to_transcribe() -> None:
    assert requested_config(asking("model=m"), None) == SessionConfig(type="realtime", model="m")
    found = requested_config(asking("intent=transcription"), None)
    assert found == TranscriptionConfig(type="transcription")
    assert requested_config(asking("model=a%20b%C3%BC&x=1"), None) == SessionConfig(
        type="realtime", model="a bü"
    )


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("", "invalid_model"),
        ("model=", "invalid_model"),
        ("intent=conversation&model=m", "invalid_model"),
        (f"model={'m' * (limits.MODEL_CHARS + 1)}", "invalid_model"),
        ("call_id=rtc_1", "unsupported_parameter"),
    ],
)
def test_what_the_query_may_not_ask_for(query: str, refusal: str) -> None:
    assert code(query) == refusal


def test_a_client_secret_brings_its_configuration_and_may_leave_the_model_open() -> None:
    kept = SessionConfig(type="realtime", model="m", instructions="Be kind.")
    for query in ("", "model=m"):
        assert requested_config(asking(query), kept) == kept
    anything = SessionConfig(type="realtime", model="", instructions="Be kind.")
    assert requested_config(asking("model=m"), anything) == kept


def test_a_client_secret_is_held_to_what_it_was_made_for() -> None:
    kept = SessionConfig(type="realtime", model="m")
    listening = TranscriptionConfig(type="transcription")
    assert code("model=other", kept) == "invalid_model"
    assert code("intent=transcription", kept) == "invalid_model"
    assert code("", SessionConfig(type="realtime", model="")) == "invalid_model"
    assert code("model=m", listening) == "invalid_model"
    assert requested_config(asking("intent=transcription"), listening) == listening
    assert requested_config(asking(), listening) == listening
