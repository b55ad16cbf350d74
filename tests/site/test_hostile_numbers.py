"""Numbers and days out of all bounds, at every address and for all: never an error of ours."""

import logging
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http.request import HttpHeaders
from django.test import Client
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from coach.bounds import FIRST_DAY, LAST_DAY, DayConverter, DayField, read_number
from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.people.models import User
from tests.support.addresses import PARAMETER, FullWorld, address, routes

NUMBERS = ["-1", str(10**20), "9" * 5000]
DAYS = ["0001-01-01", "9999-12-31", "2026-02-30"]
# What is tried for a parameter of an address, by its converter.
TRIED = {"number": NUMBERS, "day": DAYS, "slug": NUMBERS[1:], "path": NUMBERS[1:], "": NUMBERS[1:]}
ASKED = ("since", "days", "case", "day", "p", "id__exact", "session__id__exact", "date__year", "e")
POSTED = ("grams", "since", "line", "seq", "height_cm", "weight_kg", "day_starts_hour", "number")


def groups(route, world):
    """The ways in which somebody may ask for `route`: method, address, what is sent, headers.

    Of each group the first is tried; the others only where the first had read what was sent.
    """
    plain = re.sub(r"\^|\$|\(\?P<\w+>(\[[^]]*\]\+?|[^()]*)\)", "x", route)
    methods = ["get"] if route.startswith("admin/") else ["get", "post"]
    for converter, name in PARAMETER.findall(plain):
        for value in TRIED.get(converter, ()):
            for method in methods:
                yield [(method, address(plain, world, name, value), {}, {})]
    right = address(plain, world)
    if not (route.startswith("admin/") and "<" in route):
        yield [
            ("get", right, dict.fromkeys(ASKED, n), {"Range": f"bytes={n}-{n}"}) for n in NUMBERS
        ]
    if "post" in methods:
        yield [
            (
                "post",
                right,
                {**dict.fromkeys(POSTED, n), "said": f"an egg {n[:400]} days ago at {n[:20]}"},
                {},
            )
            for n in NUMBERS
        ]
        forms = [
            {"day": d, "born_on": d, "time": "23:59", "slot": "dinner", "said": "two eggs"}
            for d in DAYS
        ]
        yield [("post", right, form, {"X-Requested-With": "fetch"}) for form in forms]


@pytest.fixture
def read(monkeypatch):
    """What the last request has read of a form, a query or the headers, by its names."""
    names = set()

    def note(kind, method):
        original = getattr(kind, method)

        def noted(self, key, *rest, **more):
            names.add(str(key))
            return original(self, key, *rest, **more)

        monkeypatch.setattr(kind, method, noted)

    note(MultiValueDict, "__getitem__")
    note(MultiValueDict, "_getlist")
    note(HttpHeaders, "__getitem__")
    return names


@pytest.fixture
def world(db, settings, monkeypatch):
    monkeypatch.setattr(store, "load_index", index_from_files)
    # An asynchronous view would close the connection that the whole test stands on.
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    settings.ENGINE_IMAGES = True
    return FullWorld()


# The console is the administrator's, who has seen enough of the rest, and the desk the expert's.
ROUTES = {
    "guest": lambda route: not route.startswith("admin/"),
    "member": lambda route: not route.startswith("admin/"),
    "expert": lambda route: route.startswith(("desk/", "handoff/", "talk/")),
    "administrator": lambda route: route.startswith("admin/"),
}


@pytest.mark.parametrize("role", ROUTES)
def test_no_number_and_no_day_at_any_address_is_an_error_of_ours(world, role, caplog, read):
    user = {
        "guest": None,
        "member": world.member,
        "expert": world.asha.user,
        "administrator": User.objects.create_superuser("jo@example.org"),
    }[role]
    page = Client(raise_request_exception=False)
    caplog.set_level(logging.CRITICAL, "django.request")
    failed, kept = [], []

    def ask(method, asked, data, headers):
        if user and "_auth_user_id" not in page.session:
            page.force_login(user)
        with transaction.atomic():  # what a request has done is undone for the next
            read.clear()
            answer = getattr(page, method)(asked, data, headers=headers)
            transaction.set_rollback(True)
        if answer.status_code >= 500 and asked != "/healthz":
            failed.append((answer.status_code, method, asked[:80], str(data)[:80]))
        if user and answer.get("Cache-Control") != "private, no-store":
            kept.append(asked[:80])

    for route in filter(ROUTES[role], routes()):
        for first, *others in groups(route, world):
            ask(*first)
            if read & {*first[2], *first[3]} - {"X-Requested-With"}:
                for other in others:
                    ask(*other)
        cache.clear()
    assert failed == []
    assert kept == []


def test_no_address_takes_a_number_without_a_bound():
    assert [route for route in routes() if "<int:" in route] == []


@given(st.text(max_size=30) | st.integers().map(str))
def test_a_number_is_read_or_is_none(text):
    number = read_number(text)
    assert number is None or 0 <= number < 2**63
    if text.isascii() and text.isdigit() and len(text) <= 18:
        assert number == int(text)


@given(st.dates())
def test_a_day_is_of_the_years_that_a_diary_may_have(day):
    said = DayField().clean if FIRST_DAY <= day <= LAST_DAY else None
    if said:
        assert said(day.isoformat()) == day
    else:
        with pytest.raises(Exception, match="Choose a day from"):
            DayField().clean(day)


def test_the_bounds_of_the_address_and_the_form_are_one():
    for day in (FIRST_DAY, LAST_DAY):
        assert DayConverter().to_python(day.isoformat()) == day
    for day in (date(1999, 12, 31), date(2100, 1, 1)):
        with pytest.raises(ValueError):  # noqa: PT011  what Django takes for "not found"
            DayConverter().to_python(day.isoformat())
