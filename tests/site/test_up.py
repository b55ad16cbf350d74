"""Starting everything: what stands in the way is said in a line that tells what to do."""

import os
import shlex
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
import redis
from django.core.management.base import CommandError

from coach.environment import own_redis
from coach.site.run.probes import held, page_of, taken, unhealthy
from coach.site.run.processes import Process, processes, seconds_to_stop, supervisor_config
from coach.site.run.up import Family
from tests.support.product import Product

ROOT = Path(__file__).resolve().parents[2]


def up(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env={**clean, "COACH_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_port_is_looked_at_by_name_and_by_either_kind_of_address(taken_port, free_port):
    for host in ("127.0.0.1", "localhost"):
        assert taken(host, taken_port)
        assert not taken(host, free_port)
    assert page_of("::1", 8000) == "http://[::1]:8000/"
    with socket.socket(socket.AF_INET6) as listener:
        try:
            listener.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        listener.listen()
        assert taken("::1", listener.getsockname()[1])
    assert not taken("::1", free_port)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_of_another_machine_is_no_port_in_use(host, free_port):
    with pytest.raises(CommandError, match=f"no address {host}"):
        taken(host, free_port)


ANSWERS = [
    (b"HTTP/1.1 200 OK", b'{"parts": {"web": {"ok": true}}}', []),
    (b"HTTP/1.1 503 No", b'{"parts": {"redis": {"ok": false}, "x": {"ok": true}}}', ["redis"]),
    (b"HTTP/1.1 200 OK", b"<html>another program</html>", ["web"]),
    (b"HTTP/1.1 503 No", b"<html>a proxy</html>", ["web"]),
    (b"HTTP/1.1 503 No", b'{"parts": [1]}', ["web"]),
    (b"HTTP/1.1 503 No", b"\xff", ["web"]),
    (b"HTTP/1.1 404 No", b"", ["web"]),
    (b"220 mail.example.org", b"", ["web"]),
]


@pytest.mark.parametrize(("head", "body", "parts"), ANSWERS)
def test_only_our_own_report_tells_how_the_parts_are(head, body, parts):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            asked, _from = server.accept()
            with asked:
                asked.recv(4096)
                asked.sendall(head + b"\r\n\r\n" + body)

        thread = threading.Thread(target=answer)
        thread.start()
        assert unhealthy(page_of(*server.getsockname())) == parts
        thread.join()


def test_where_nobody_answers_the_web_is_missing(free_port):
    assert unhealthy(page_of("127.0.0.1", free_port)) == ["web"]


def test_a_port_in_use_names_the_next_one_to_try(tmp_path, taken_port):
    result = up(tmp_path, COACH_PORT=str(taken_port))
    assert result.returncode == 1
    assert f"COACH_PORT={taken_port + 1} make run" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_damaged_database_says_so_and_is_left_alone(tmp_path, free_port):
    damaged = tmp_path / "coachline.sqlite3"
    damaged.write_bytes(b"this is no database " * 500)
    before = damaged.read_bytes()
    result = up(tmp_path, COACH_PORT=str(free_port))
    assert result.returncode == 1
    assert str(damaged) in result.stderr
    assert "move the file" in result.stderr
    assert "Traceback" not in result.stderr
    assert damaged.read_bytes() == before


def test_a_given_redis_that_is_not_there(tmp_path, free_port):
    result = up(tmp_path, COACH_PORT=str(free_port), COACH_REDIS_URL="redis://127.0.0.1:1")
    assert result.returncode == 1
    assert "COACH_REDIS_URL" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_that_is_no_number(tmp_path):
    result = up(tmp_path, COACH_PORT="web")
    assert "COACH_PORT must be a port number" in result.stderr


def test_mail_and_web_hooks_give_way_and_who_rings_for_people_in_danger_does_not():
    nice = {p.name for p in processes("127.0.0.1", 8000, []) if p.command.startswith("nice ")}
    assert nice == {"mail", "outward"}


def test_given_parts_are_not_started_again():
    names = [p.name for p in processes("127.0.0.1", 8000, [])]
    assert names == ["web", "sweeper", "worker", "mail", "outward"]
    assert [p.name for p in processes("127.0.0.1", 8000, ["redis", "engine"])][:2] == [
        "redis",
        "engine",
    ]


def test_no_other_account_of_the_machine_reads_the_data(tmp_path):
    """Neither the files nor the Redis, whose port every account reaches."""
    var = tmp_path / "var"
    var.mkdir(mode=0o755)
    product = Product(var).open()
    try:
        port = int(product.environment["COACH_REDIS_PORT"])
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=port).ping()
        url = own_redis(var / "redis", port)
        assert redis.Redis.from_url(url).ping()
        password = urlsplit(url).password
        assert password
        commands = [part.info["cmdline"] or () for part in psutil.process_iter(["cmdline"])]
        assert not any(password in " ".join(command) for command in commands)
        written = [var, *(var / "redis").iterdir(), *(var / "log").iterdir()]
        assert [path for path in written if path.stat().st_mode & 0o077] == []
    finally:
        product.close()


def test_what_dies_is_started_again(tmp_path):
    text = supervisor_config(processes("127.0.0.1", 8000, ["engine"]), tmp_path, tmp_path)
    assert text.count("[program:") == text.count("autorestart=true") == 6


@pytest.fixture
def stubborn(tmp_path):
    """A supervisor whose one part, and its child, end for nobody; and their process ids."""
    script = (
        "trap '' TERM; (trap '' TERM; while :; do sleep 0.1; done) & echo $$ $! > pids; wait; wait"
    )
    part = Process("stubborn", shlex.join(["sh", "-c", script.replace("%", "%%")]), stop_seconds=60)
    config = tmp_path / "supervisord.conf"
    config.write_text(supervisor_config([part], tmp_path, tmp_path))
    run = [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(config)]
    supervisor = subprocess.Popen(run, cwd=tmp_path, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while not (tmp_path / "pids").exists() or len((tmp_path / "pids").read_text().split()) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    yield supervisor, [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    supervisor.kill()
    supervisor.wait()


def runs(pid):
    """Whether it does; what has ended may wait for the machine's first process to take it away."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


# In a chroot with the /proc of the machine around it, no process finds its own children.
@pytest.mark.skipif(
    os.readlink("/proc/self") != str(os.getpid()), reason="/proc numbers processes otherwise"
)
@pytest.mark.parametrize("killed", [False, True])
def test_what_does_not_end_is_told_and_ended_with_all_its_children(stubborn, killed, monkeypatch):
    supervisor, pids = stubborn
    family, said = Family(supervisor), []
    if killed:  # by the kernel, for memory
        monkeypatch.setattr("coach.site.run.up.LOOK_EVERY_S", 0.1)
        threading.Timer(0.5, supervisor.kill).start()
        family.wait()
    family.stop(0.5, said.append)
    assert supervisor.wait(5) is not None
    assert [pid for pid in pids if runs(pid)] == []
    assert str(pids[0]) in said[0]


def test_the_parts_have_the_time_to_stop_that_they_were_promised():
    parts = processes("127.0.0.1", 8000, ["redis", "engine"])
    assert seconds_to_stop(parts) == 20 + 3 * 8
    assert seconds_to_stop([Process("one", "x", 1, 3), Process("two", "x", 1, 5)]) == 5


def test_a_second_start_on_the_same_folder_is_refused(tmp_path, free_port):
    with held(tmp_path):
        result = up(tmp_path, COACH_PORT=str(free_port))
    assert result.returncode == 1
    assert f"Coachline runs already on the data in {tmp_path}" in result.stderr
    assert "Traceback" not in result.stderr
    with held(tmp_path):  # whoever has ended holds nothing
        pass


def test_a_folder_that_cannot_be_written_says_so(tmp_path, free_port):
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    result = up(nowhere / "var", COACH_PORT=str(free_port))
    assert result.returncode == 1
    assert f"The folder {nowhere / 'var'} cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
