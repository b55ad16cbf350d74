"""Numbers and days out of all bounds, at every address and for all: never an error of ours."""

import logging
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from hypothesis import given
from hypothesis import strategies as st

from coach.bounds import FIRST_DAY, LAST_DAY, DayConverter, DayField, read_number
from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.people.models import User
from tests.support.world import World

NUMBERS = ["-1", str(10**20), "9" * 5000]
DAYS = ["0001-01-01", "9999-12-31", "2026-02-30"]
# What is tried for a parameter of an address, by its converter.
TRIED = {"number": NUMBERS, "day": DAYS, "slug": NUMBERS[1:], "path": NUMBERS[1:], "": NUMBERS[1:]}
ASKED = ("since", "days", "case", "day", "p", "id__exact", "session__id__exact", "date__year", "e")
POSTED = ("grams", "since", "line", "seq", "height_cm", "weight_kg", "day_starts_hour", "number")
LEAVE = {"accounts/logout/", "admin/logout/"}  # those who have left try nothing more


def routes(resolver=None, before=""):
    """Every address of the site, as it is written in the URL conf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif route not in LEAVE:
            yield route


PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def address(route, world, wrong=None, value=""):
    """`route` with parameters of rows that exist, but for the parameter `wrong`."""
    rows = {
        "diary/items/": world.meal.items.first(), "diary/meals/": world.meal,
        "diary/changes/": world.change, "diary/drafts/": world.draft, "desk/cases/": world.case,
    }  # fmt: skip
    row = next((row.pk for start, row in rows.items() if route.startswith(start)), 1)
    right = {"number": row, "uuid": world.session.pk, "day": "2026-03-10", "slug": "lunch"}
    return "/" + PARAMETER.sub(
        lambda found: value if found[2] == wrong else str(right.get(found[1], 1)), route
    )


def requests(route, world):
    """The ways in which somebody may ask for `route`: method, address, what is sent, headers."""
    plain = re.sub(r"\^|\$|\(\?P<\w+>(\[[^]]*\]\+?|[^()]*)\)", "x", route)
    methods = ["get"] if route.startswith("admin/") else ["get", "post"]
    for converter, name in PARAMETER.findall(plain):
        for value in TRIED.get(converter, ()):
            for method in methods:
                yield method, address(plain, world, name, value), {}, {}
    right = address(plain, world)
    for number in NUMBERS:
        if not (route.startswith("admin/") and "<" in route):
            ranged = {"Range": f"bytes={number}-{number}"}
            yield "get", right, dict.fromkeys(ASKED, number), ranged
        if "post" in methods:
            said = f"an egg {number[:400]} days ago at {number[:20]}"
            yield "post", right, {**dict.fromkeys(POSTED, number), "said": said}, {}
    for day in DAYS if "post" in methods else ():
        form = {"day": day, "born_on": day, "time": "23:59", "slot": "dinner", "said": "two eggs"}
        yield "post", right, form, {"X-Requested-With": "fetch"}


@pytest.fixture
def world(db, settings, monkeypatch):
    monkeypatch.setattr(store, "load_index", index_from_files)
    # An asynchronous view would close the connection that the whole test stands on.
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    settings.ENGINE_IMAGES = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = World()
    made.eat()
    made.propose()
    made.join()
    return made


@pytest.mark.parametrize("role", ["guest", "member", "expert", "administrator"])
def test_no_number_and_no_day_at_any_address_is_an_error_of_ours(world, role, caplog):
    user = {
        "guest": None,
        "member": world.member,
        "expert": world.asha.user,
        "administrator": User.objects.create_superuser("jo@example.org"),
    }[role]
    page = Client(raise_request_exception=False)
    caplog.set_level(logging.CRITICAL, "django.request")
    failed, kept = [], []
    for route in routes():
        # The console is the administrator's, who has seen enough of the rest.
        if route.startswith("admin/") != (role == "administrator"):
            continue
        for method, asked, data, headers in requests(route, world):
            with transaction.atomic():  # what a request has done is undone for the next
                if user and "_auth_user_id" not in page.session:
                    page.force_login(user)
                answer = getattr(page, method)(asked, data, headers=headers)
                transaction.set_rollback(True)
            if answer.status_code >= 500 and asked != "/healthz":
                failed.append((answer.status_code, method, asked[:80], str(data)[:80]))
            if user and answer.get("Cache-Control") != "private, no-store":
                kept.append(asked[:80])
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
