"""Ask for every page of a practice, and tell how each answered."""

from collections.abc import Callable, Iterator

from django.test import Client

from tests.bench.practice.known import Known
from tests.bench.practice.pages import Page, Seen, ask, fault_of, pages, signed_in

Kept = Callable[[Page], bool]


def survey(
    faults: list[str], again: int = 0, only: Kept = lambda _page: True
) -> Iterator[tuple[Page, Seen]]:
    """Each page that can be opened by GET, asked for once, and `again`: the quickest counts.

    What stands in the way of a page is told in `faults`.
    """
    known = Known()
    found, missing = pages(known)
    faults.extend(missing)
    browsers: dict[str, Client] = {}
    for page in filter(only, found):
        if page.owner not in browsers:
            browsers[page.owner] = signed_in(known, page.owner)
        seen = ask(browsers[page.owner], page)
        for _time in range(again if seen.status == 200 else 0):
            seen = min(seen, ask(browsers[page.owner], page), key=lambda one: one.ms)
        if fault := fault_of(page, seen):
            faults.append(fault)
        elif seen.status == 200:
            yield page, seen
