"""The processes of one machine, and supervisord's configuration for them."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    name: str
    command: str  # as supervisord reads it: %(ENV_X)s is the variable X
    priority: int = 50  # lower starts first and stops last
    stop_seconds: int = 8


# A page's longest text has 32,768 characters; of up to four bytes each, and escaped.
SOCKET_MAX_BYTES = 256 * 1024

# Web hooks and web push wait and do not work, so threads of one process do. There are more of them
# than there may be web hooks, of which each has one at a time.
OUTWARD = "--pool=threads --concurrency=8 --loglevel=WARNING -Q outward -n outward@%%h"


def web_command(server: str, host: str, port: int) -> list[str]:
    """How the web process is started: by daphne, or by uvicorn, which carries more talks."""
    serves = "coach.asgi:application"
    if server == "daphne":
        return [sys.executable, "-m", "coach.site.run.daphne", "-b", host, "-p", str(port), serves]
    return [
        *(
            sys.executable,
            "-m",
            "uvicorn",
            serves,
            "--loop",
            "uvloop",
            "--host",
            host,
            "--port",
            str(port),
        ),
        *("--ws", "coach.websocket_protocol:WebSocketProtocol"),
        *("--ws-max-size", str(SOCKET_MAX_BYTES)),
        # Compressing sound costs 45 % more processor time and saves nothing.
        *("--ws-per-message-deflate", "false"),
        *("--lifespan", "off", "--no-proxy-headers", "--no-access-log", "--log-level", "warning"),
        *("--timeout-graceful-shutdown", "6"),  # each socket has five seconds to close
    ]


def processes(host: str, port: int, own: list[str], server: str = "daphne") -> list[Process]:
    """What runs; `own` names which of "redis" and "engine" are ours to run."""
    python = _written([sys.executable])
    manage = f"{python} manage.py"
    celery = f"{python} -m celery -A coach.celery:app"
    worker = f"{celery} worker --concurrency=2 --loglevel=WARNING"
    gives_way = "nice -n 5"  # to sound, and to whoever calls for a person
    everything = [
        Process(
            "redis",
            # The password is in the file: a command line is read by everybody on the machine.
            "'%(ENV_COACH_REDIS_SERVER)s' '%(ENV_COACH_REDIS_DIR)s/redis.conf' "
            "--bind 127.0.0.1 --port %(ENV_COACH_REDIS_PORT)s "
            "--appendonly yes --appendfsync everysec --maxmemory-policy noeviction --save '' "
            "--dir '%(ENV_COACH_REDIS_DIR)s'",
            priority=10,
        ),
        Process("engine", f"{manage} engine", priority=20),
        Process("web", _written(web_command(server, host, port)), 30),
        Process("sweeper", f"{manage} sweeper", 40),
        # Beat lives in the worker here (many workers have one of its own). It rings for people in
        # danger: a few hundredths of a second each time, for which nobody else is preferred.
        Process("worker", f"{worker} -Q routing -n routing@%%h -B", 40, 20),
        Process("mail", f"{gives_way} {worker} -Q mail -n mail@%%h", 40, 20),
        Process("outward", f"{gives_way} {celery} worker {OUTWARD}", 40, 20),
    ]
    optional = {"redis", "engine"}
    return [p for p in everything if p.name not in optional or p.name in own]


def seconds_to_stop(parts: Sequence[Process]) -> int:
    """How long they may take to end: those of one priority together, one after the other else."""
    longest: dict[int, int] = {}
    for part in parts:
        longest[part.priority] = max(part.stop_seconds, longest.get(part.priority, 0))
    return sum(longest.values())


def _written(command: Sequence[str]) -> str:
    """A command as supervisord splits it, whatever is in the path of this installation."""
    return shlex.join(command).replace("%", "%%")


def supervisor_config(parts: list[Process], logs: Path, var: Path) -> str:
    """The text of supervisord.conf; each process is restarted when it dies, logs rotate."""
    head = (
        "[supervisord]\n"
        f"logfile={logs}/supervisord.log\n"
        f"pidfile={var}/supervisord.pid\n"
        "nodaemon=true\n"
        "umask=077\n"  # what they write is the health of people
    )
    return head + "".join(
        f"\n[program:{part.name}]\n"
        f"command={part.command}\n"
        f"priority={part.priority}\n"
        f"stopwaitsecs={part.stop_seconds}\n"
        "autorestart=true\n"
        "startsecs=1\n"
        "startretries=1000000\n"
        "stopasgroup=true\n"
        "killasgroup=true\n"
        "redirect_stderr=true\n"
        f"stdout_logfile={logs}/{part.name}.log\n"
        "stdout_logfile_maxbytes=5MB\n"
        "stdout_logfile_backups=2\n"
        for part in parts
    )
