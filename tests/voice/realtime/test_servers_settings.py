"""Servers that do not know a setting, or never confirm any."""

import json
from collections.abc import Sequence

import pytest

from coach.voice import limits
from coach.voice.engine_commands import CreateResponse
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


# --- settings that a server does not know -------------------------------------------------------


def refusing(*paths: str, named: bool = True):
    """Refuses an update while it has any of these settings, as OpenAI does: nothing is applied."""

    def confirm(message) -> Sequence[dialects.Frame]:
        for path in paths:
            if has(message["session"], path):
                param = f"session.{path}" if named else None
                error = {"type": "invalid_request_error", "code": "unknown_parameter"}
                return [{"type": "error", "error": error | {"message": "no", "param": param}}]
        return dialects.taken(message)

    return confirm


def has(session, path):
    for name in path.split("."):
        if not isinstance(session, dict) or name not in session:
            return False
        session = session[name]
    return session != "semantic_vad" and session is not None


async def configured(engine: Dialect) -> dict:
    """The last session that the server was asked for, by a connection that was configured."""
    connection = await connect(EngineTarget(engine.url, "key", "m"))
    await connection.configure(FULL)
    await connection.close()
    return json.loads(engine.updates[-1])["session"]


async def test_a_setting_that_is_not_known_is_left_out_and_that_is_remembered():
    confirm = refusing("audio.input.noise_reduction", "truncation")
    async with Dialect([[], []], confirm=confirm) as engine:
        session = await configured(engine)
        assert len(engine.updates) == 3
        assert not has(session, "audio.input.noise_reduction")
        assert not has(session, "truncation")
        assert session["reasoning"] == {"effort": "low"}
        assert session["audio"]["output"]["voice"] == "marin"
        again = await configured(engine)
        assert len(engine.updates) == 4
        assert again == session


async def test_one_that_does_not_say_what_it_dislikes_gets_the_least_there_is():
    async with Dialect([[]], confirm=refusing("reasoning", named=False)) as engine:
        session = await configured(engine)
    assert len(engine.updates) == 2
    assert set(session) == {
        *("type", "instructions", "output_modalities", "tools", "tool_choice", "audio")
    }
    assert session["audio"]["input"]["turn_detection"]["type"] == "server_vad"
    assert set(session["audio"]["output"]) == {"format"}
    assert session["audio"]["input"]["transcription"]["model"] == "gpt-transcribe"


async def test_where_not_even_the_transcription_model_is_known_its_own_is_used():
    confirm = refusing("audio.input.transcription.model", named=False)
    async with Dialect([[]], confirm=confirm) as engine:
        session = await configured(engine)
    assert session["audio"]["input"]["transcription"] == {}


async def test_one_that_grumbles_and_takes_the_rest_is_taken_at_its_word():
    def confirm(message):
        return [{"type": "error", "error": {"message": "not supported"}}, *dialects.taken(message)]

    async with Dialect([[]], confirm=confirm) as engine:
        await configured(engine)


async def test_one_that_takes_nothing_is_given_up():
    refusal = {"type": "error", "error": {"type": "x", "code": "invalid_value", "message": "no"}}
    async with Dialect([[]], confirm=lambda m: [refusal]) as engine:
        with pytest.raises(EngineError) as caught:
            await configured(engine)
    assert (caught.value.code, caught.value.retryable) == ("invalid_value", False)
    assert len(engine.updates) <= limits.CONFIGURE_TRIES


@pytest.mark.parametrize("code", ["server_error", "rate_limit_exceeded"])
async def test_an_error_of_the_moment_teaches_nothing_about_settings(code):
    failing = [{"type": "error", "error": {"type": code, "code": None, "message": "later"}}]
    answers = [lambda m: failing, dialects.taken]
    async with Dialect([[], []], confirm=lambda m: answers.pop(0)(m)) as engine:
        with pytest.raises(EngineError) as caught:
            await configured(engine)
        assert (caught.value.code, caught.value.retryable) == (code, True)
        session = await configured(engine)
    assert len(engine.updates) == 2
    assert session["audio"]["output"]["voice"] == "marin"


async def test_what_did_not_help_is_not_remembered():
    refusal = {"type": "error", "error": {"code": "invalid_value", "message": "no"}}
    tries = []

    def confirm(message):
        tries.append(message)
        return [refusal] if len(tries) <= 3 else dialects.taken(message)

    async with Dialect([[], []], confirm=confirm) as engine:
        with pytest.raises(EngineError):
            await configured(engine)
        assert (await configured(engine))["audio"]["output"]["voice"] == "marin"


async def test_one_that_confirms_nothing_is_believed_and_the_next_talk_waits_less(monkeypatch):
    monkeypatch.setattr(limits, "CONFIGURE_S", 0.3)
    monkeypatch.setattr(limits, "CONFIGURE_UNCONFIRMED_S", 0.01)
    async with Dialect([[], []], confirm=lambda m: []) as engine:
        await configured(engine)
        monkeypatch.setattr(limits, "CONFIGURE_S", 60.0)
        await configured(engine)
    assert len(engine.updates) == 2


async def test_a_refusal_that_comes_late_ends_the_connection_and_is_learnt(monkeypatch):
    monkeypatch.setattr(limits, "CONFIGURE_S", 0.05)
    error = {"message": "no", "param": "session.truncation", "event_id": "configure"}
    script = [Step("response.create", [{"type": "error", "error": error}])]
    async with Dialect([script, []], confirm=lambda m: []) as engine:
        connection = await connect(EngineTarget(engine.url, "key", "m"))
        await connection.configure(FULL)
        await connection.send(CreateResponse("create-1"))
        with pytest.raises(EngineError) as caught:
            await anext(connection.events())
        assert caught.value.retryable
        await connection.close()
        assert "truncation" not in await configured(engine)
