"""Talks of new members in the database of a running product, with what a browser would have."""

import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from tests.support.product import ROOT, Product


class Talk(NamedTuple):
    """A talk's id, and the value of its member's session cookie."""

    pk: str
    cookie: str


def make_talks(product: Product, count: int, tools: Sequence[str] = ()) -> list[Talk]:
    """`count` new members, each in a talk with Sage, who has `tools` beside her own."""
    return [Talk(*row) for row in _run(product, f"make_talks({count}, {list(tools)})")]


def sign_in_expert(product: Product) -> str:
    """The value of an expert's session cookie."""
    ((cookie,),) = _run(product, "sign_in_expert()")
    return cookie


def _run(product: Product, call: str) -> list[list[str]]:
    script = f"from tests.bench import talk_rows; talk_rows.{call}"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", script],
        cwd=ROOT,
        env=product.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("MADE ")]
