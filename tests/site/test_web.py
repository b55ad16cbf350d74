"""One web process, by each server: pages, limits and sockets answer alike."""

import contextlib
import http.client
import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from coach.site.body import MAX_BYTES
from coach.site.run.processes import processes, web_command
from coach.websocket_protocol import WebSocketProtocol

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=["daphne", "uvicorn"])
def web(request, tmp_path_factory) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "web", "--port", str(port)],
        cwd=ROOT,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "DJANGO_"))},
            "COACH_SERVER": request.param,
            "COACH_VAR": str(tmp_path_factory.mktemp("web")),
            "COACH_URL": f"http://127.0.0.1:{port}",
        },
    )
    address = f"127.0.0.1:{port}"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://{address}/", timeout=5).close()
            break
        except OSError:
            time.sleep(0.2)
    yield address
    process.terminate()
    assert process.wait(15) in (0, -15, 143)


def test_the_first_page_is_served(web):
    with urllib.request.urlopen(f"http://{web}/", timeout=60) as answer:
        assert answer.status == 200
        assert b"<h1" in answer.read()


def test_a_body_that_is_too_large_is_refused(web):
    connection = http.client.HTTPConnection(web, timeout=30)
    connection.putrequest("POST", "/accounts/login/")
    connection.putheader("Content-Length", str(MAX_BYTES + 1))
    connection.endheaders()
    with contextlib.suppress(OSError):  # a server may answer before it has read everything
        connection.send(bytes(MAX_BYTES + 1))
    assert connection.getresponse().status == 413


def test_a_socket_without_a_person_is_closed_with_its_code(web):
    address = f"ws://{web}/ws/talk/{uuid.uuid4()}/"
    with (
        connect(address, origin=f"http://{web}", open_timeout=60) as page,
        pytest.raises(ConnectionClosed) as end,
    ):
        page.recv(timeout=60)
    assert end.value.rcvd is not None
    assert end.value.rcvd.code == 4401


def test_no_socket_is_open_elsewhere(web):
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://{web}/ws/nothing/", origin=f"http://{web}", open_timeout=60)
    assert refused.value.response.status_code == 403


def test_sound_is_never_compressed(web):
    address = f"ws://{web}/ws/talk/{uuid.uuid4()}/"
    with connect(address, origin=f"http://{web}", compression="deflate", open_timeout=60) as page:
        assert page.protocol.extensions == []


def test_each_server_is_told_where_to_listen():
    for server, module in (("daphne", "coach.site.run.daphne"), ("uvicorn", "uvicorn")):
        command = web_command(server, "0.0.0.0", 8123)
        assert command[1:3] == ["-m", module]
        assert "0.0.0.0" in command
        assert "8123" in command
        started = {part.name: part.command for part in processes("0.0.0.0", 8123, [], server)}
        assert shlex.split(started["web"]) == command


def test_a_path_with_a_space_is_one_word_of_every_command(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/home/an expert/100%/python")
    assert web_command("uvicorn", "127.0.0.1", 8000)[0] == sys.executable
    told = {"COACH_REDIS_SERVER": "/a b/redis", "COACH_REDIS_DIR": "/a b", "COACH_REDIS_PORT": "1"}
    expansions = {f"ENV_{name}": value for name, value in told.items()}
    for part in processes("127.0.0.1", 8000, ["redis", "engine"], "uvicorn"):
        words = shlex.split(part.command % expansions)  # as supervisord does
        wanted = "/a b/redis" if part.name == "redis" else sys.executable
        assert wanted in words
        assert "/a b" in words or part.name != "redis"


def test_uvicorn_takes_our_protocol_for_its_sockets():
    command = web_command("uvicorn", "127.0.0.1", 8000)
    named = command[command.index("--ws") + 1]
    config = uvicorn.Config(print, ws=named)
    config.load()
    assert config.ws_protocol_class is WebSocketProtocol


def test_loading_the_application_sets_django_up_once(tmp_path):
    counted = (
        "import django\n"
        "calls, set_up = [], django.setup\n"
        "django.setup = lambda *given, **named: (calls.append(1), set_up(*given, **named))\n"
        "import coach.asgi\n"
        "print(f'set up {len(calls)} time(s)')\n"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", counted],
        cwd=ROOT,
        env={**clean, "COACH_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "set up 1 time(s)" in done.stdout
