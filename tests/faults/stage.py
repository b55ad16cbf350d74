"""The machines of a course: the product, its Redis, its database and its mail server."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import psutil

from tests.support.postgres_server import PostgresServer
from tests.support.product import ROOT, Product
from tests.support.redis_server import RedisServer
from tests.support.smtp import mail_server


@dataclass
class Stage:
    """What is there to be broken."""

    product: Product
    redis: RedisServer
    mails: list[Message]
    postgres: PostgresServer | None

    def signal(self, part: str, number: int) -> None:
        """To the part and its children; supervisord starts again what ends."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.product.pids()[part], number)

    def kill_one(self, part: str, chance: random.Random) -> None:
        """The main process alone, or one of its children."""
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess, IndexError):
            main = psutil.Process(self.product.pids()[part])
            children = main.children(recursive=True)
            chance.choice([main, *children[:1]]).kill()

    @contextlib.contextmanager
    def stopped(self, *parts: str) -> Iterator[None]:
        """These stand still meanwhile; then they are killed, and so begin anew."""
        for part in parts:
            self.signal(part, signal.SIGSTOP)
        try:
            yield
        finally:
            for part in parts:
                self.signal(part, signal.SIGKILL)

    @contextlib.contextmanager
    def beside(self, *commands: list[str]) -> Iterator[None]:
        """More processes of the product, as another host would run them."""
        environment = self.product.environment
        started = [
            subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            for command in commands
        ]
        try:
            yield
        finally:
            for process in started:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextlib.contextmanager
def opened(database: str) -> Iterator[Stage]:
    """The whole product on ports and data of its own; `database`: «sqlite» or «postgres»."""
    with ExitStack() as stack:
        redis = RedisServer()
        redis.start()
        stack.callback(redis.stop)
        mail_port, mails = stack.enter_context(mail_server())
        settings = {
            "COACH_SERVER": "uvicorn",
            "COACH_ENGINE_SESSIONS": "200",
            "COACH_REDIS_URL": redis.url.removesuffix("/0"),
            "COACH_EMAIL_HOST": "127.0.0.1",
            "COACH_EMAIL_PORT": str(mail_port),
            "COACH_EMAIL_TLS": "0",
        }
        postgres = None
        if database == "postgres":
            postgres = stack.enter_context(PostgresServer(connections=200))
            settings["COACH_DATABASE_URL"] = postgres.url
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        product = Product(var, settings=settings)
        product.open()
        stack.callback(_close, product)
        yield Stage(product, redis, mails, postgres)


def _close(product: Product) -> None:
    """Faults leave tracebacks in the log: they are no fault of the product that ends well."""
    assert product.process
    product.process.send_signal(signal.SIGINT)
    product.process.communicate(timeout=60)
