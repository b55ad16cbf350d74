"""The engine as the process that an installation runs."""

import asyncio
import json
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from coach.engine import limits
from coach.engine.server.run import _run, serve
from tests.support.endpoint_talk import LocalStt, ToneTts

ROOT = Path(__file__).resolve().parents[3]


async def test_it_serves_until_it_is_told_to_stop_and_then_says_goodbye() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "manage.py", "engine", "--port", "0"),
        cwd=ROOT,
        env=os.environ | {"COACH_ENGINE_KEY": "k"},
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    logged = ""
    try:
        while not (found := re.search(r"engine listens host=\S+ port=(\d+)", logged)):
            line = await asyncio.wait_for(process.stderr.readline(), 120)
            assert line, logged
            logged += line.decode()
        url = f"ws://127.0.0.1:{found[1]}/v1/realtime?model=m"
        async with connect(url, additional_headers={"Authorization": "Bearer k"}) as socket:
            assert json.loads(await socket.recv())["type"] == "session.created"
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                await asyncio.wait_for(socket.recv(), 10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == limits.CLOSE_GOING_AWAY
        rest = (await asyncio.wait_for(process.stderr.read(), 30)).decode()
        assert await asyncio.wait_for(process.wait(), 30) == 0
        assert time.monotonic() - begun < 2 * limits.STOP_SECONDS
        assert "Traceback" not in rest
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _fail(*_: object, **__: object) -> None:
    raise RuntimeError("no sockets left")


async def test_a_server_that_cannot_start_serves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uvicorn.Server, "startup", _fail)
    served = False
    with pytest.raises(RuntimeError, match="no sockets left"):
        async with serve(key="", stt=LocalStt(), tts=ToneTts()):
            served = True
    assert not served


async def test_a_server_that_fails_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uvicorn.Server, "main_loop", _fail)
    async with asyncio.timeout(30) as limit:
        with pytest.raises(RuntimeError, match="no sockets left"):
            await _run("127.0.0.1", 0, "k", None, 1)
    assert not limit.expired()
