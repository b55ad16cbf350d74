"""Every page of the product, found in the URL conf, and whose it is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.bench.practice.known import Known

# Whose page it is, by how its address begins; the first that fits.
OWNERS = (
    ("accounts/login/", "guest"),
    ("accounts/signup/", "guest"),
    ("accounts/password/reset", "guest"),
    ("accounts/confirm-email/", "guest"),
    ("admin/login/", "guest"),
    ("admin/", "administrator"),
    ("desk/reports/", "supervisor"),
    ("desk/review/", "supervisor"),
    ("desk/wall/", "supervisor"),
    ("desk/", "expert"),
    ("accounts/2fa/", "administrator"),
    *(
        (f"lessons/teach/lessons/<slug:slug>/{verb}/", "supervisor")
        for verb in ("read", "everybody", "hide")
    ),
    ("lessons/teach/", "expert"),
    ("", "member"),
)
# Not measured: they ask other systems, or whoever asks has left.
LEFT_OUT = {
    "healthz": "asks Redis, the engine and all processes",
    "lessons:sound": "is spoken by the engine",
    "lessons:review_sound": "is spoken by the engine",
    "account_reauthenticate": "is only for who has signed in by a password",
    "mfa_reauthenticate": "is only for who has signed in by a password",
    "mfa_deactivate_totp": "needs an app that shows codes",
    "look": "is there in debug alone",
    "admin:view_on_site": "no row has a page of its own",
    "account_logout": "ends the sign-in",
    "admin:logout": "ends the sign-in",
    "interpreter:guest": "needs a browser that has joined",
    "interpreter:left": "needs a browser that has joined",
}
NOT_BY_GET, CLOSED = 405, 403
UNFILLED = (
    "tests/bench/practice: say in known.py which row its address names, make such a row if there "
    "is none, or say in LEFT_OUT of pages.py why it is not measured"
)


@dataclass(frozen=True)
class Page:
    """A page, named as in the URL conf."""

    view: str
    owner: str
    address: str


@dataclass
class Seen:
    """How a page answered: status, milliseconds, statements."""

    status: int
    ms: float
    queries: int
    slowest: str = ""  # of its statements, and how long that took
    slowest_ms: float = 0.0


class Statements:
    """Counts what is asked of the database, and remembers what took longest."""

    def __init__(self) -> None:
        self.number, self.ms, self.sql = 0, 0.0, ""

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            ms = 1000 * (time.perf_counter() - begun)
            if ms > self.ms:
                self.ms, self.sql = ms, sql


@contextmanager
def counted() -> Iterator[Statements]:
    found = Statements()
    with connection.execute_wrapper(found):
        yield found


def pages(known: Known) -> tuple[list[Page], list[str]]:
    """All pages with an address, and what stands in the way of the others."""
    found, faults = [], []
    for route, room, name, wanted in _routes(get_resolver()):
        view = f"{room}:{name}" if room else name
        if view in LEFT_OUT:
            continue
        owner = next(who for start, who in OWNERS if route.startswith(start))
        try:
            arguments = known.arguments(room, name, wanted)
        except Exception as error:  # noqa: BLE001  whatever it lacks is told
            faults.append(f"{view} ({route}): {type(error).__name__} {error}. {UNFILLED}")
            continue
        found.append(Page(view, owner, reverse(view, kwargs=arguments)))
    return found, faults


def _routes(
    resolver: URLResolver, before: str = "", room: str = ""
) -> Iterator[tuple[str, str, str, set[str]]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route, pattern.namespace or room)
        elif isinstance(pattern, URLPattern) and pattern.name:
            names = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
            yield route, room, pattern.name, names


def ask(page: Client, of: Page) -> Seen:
    """Get it once. On SQLite milliseconds are of the processor, which others' work does not change;
    a server works beside us, and is waited for.
    """
    now = time.perf_counter if connection.vendor == "postgresql" else time.thread_time
    with counted() as statements:
        begun = now()
        answer = page.get(of.address)
        if answer.streaming:
            b"".join(answer)  # type: ignore[arg-type]
        ms = 1000 * (now() - begun)
    return Seen(answer.status_code, ms, statements.number, statements.sql, statements.ms)


def fault_of(page: Page, seen: Seen) -> str:
    """What is wrong with the answer as such; "" if nothing is."""
    closed_to_all = seen.status == CLOSED and page.owner == "administrator"
    if seen.status < 400 or seen.status == NOT_BY_GET or closed_to_all:
        return ""
    return f"{page.view} ({page.address}, as {page.owner}): {seen.status}. {UNFILLED}"


def signed_in(known: Known, role: str) -> Client:
    """A browser of whoever has this role."""
    page = Client(headers={"host": "localhost"})
    person = known.people[role]
    if person is not None:
        page.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return page
