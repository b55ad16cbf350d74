"""However long a practice has been running, no page asks more of the database: all are tried."""

import re

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.people.models import User
from coach.talk.actions import end_session, start_session
from coach.talk.actions.turns import add_card
from coach.talk.brief import make_brief
from handoff import actions
from handoff.models import Expert
from tests.support.addresses import FullWorld, address, routes

MOST = 40  # queries of one page
ROUNDS = (3, 20, 200)  # three: one case of each kind
# Not a page, or one that counts what would be deleted.
NOT_PAGES = re.compile("^healthz|^admin/.*/delete/")


@pytest.fixture
def world(db, settings, monkeypatch):
    monkeypatch.setattr(store, "load_index", index_from_files)
    # An asynchronous view would close the connection that the whole test stands on.
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    settings.ENGINE_IMAGES = True
    return FullWorld()


def live_on(world, rounds):
    """`rounds` more of all that a practice gathers."""
    talk, brief = world.session, make_brief(world.persona, member_name="Maya")
    for number in range(rounds):
        world.say("member", "I had two eggs")
        world.eat()
        add_card(world.session, "meal", str(world.meal.pk))
        world.say("coach", "Written down.")
        other = User.objects.create_user(f"other{User.objects.count()}@x.test", display_name="O")
        theirs = start_session(other, world.persona, brief)
        case = actions.raise_escalation(theirs, "ASK", 3, "please")
        if number % 3 == 0:
            Expert.objects.update(capacity=12)
            actions.claim(case, world.asha)
            actions.take_floor(case, world.asha, "text")
            actions.complete(actions.hand_back(case, world.asha, "All is well."), "advised")
            end_session(theirs)
        elif number % 3 == 1:
            end_session(theirs)
    past = start_session(world.member, world.persona, brief)
    end_session(past)
    type(talk).objects.filter(pk=talk.pk).update(ended_at=None)


def counts(world, page, role):
    """Queries of each page that this person may open, by its address in the URL conf."""
    found = {}
    for route in routes():
        if route.startswith("admin/") != (role == "administrator") or NOT_PAGES.search(route):
            continue
        plain = re.sub(r"\^|\$|\(\?P<\w+>(\[[^]]*\]\+?|[^()]*)\)", "x", route)
        asked = address(plain, world)
        reset_queries()  # the log is full after some thousands, and then counts none
        with CaptureQueriesContext(connection) as captured:
            answer = page.get(asked)
        if answer.status_code == 200:
            found[route] = len(captured)
    return found


@pytest.mark.timeout(900)  # 200 cases by their verbs are half a minute of a core
def test_pages_ask_as_much_after_two_hundred_rounds_as_after_one_of_each(world):
    people = {
        "member": world.member,
        "expert": world.asha.user,
        "administrator": User.objects.create_superuser("jo@example.org"),
    }
    asked, lived = {}, 0
    for rounds in ROUNDS:
        live_on(world, rounds - lived)
        lived = rounds
        for role, user in people.items():
            page = Client()
            page.force_login(user)
            if rounds == ROUNDS[0]:
                counts(world, page, role)  # what is asked once a process, or once a day
            for route, number in counts(world, page, role).items():
                asked.setdefault((role, route), []).append(number)
    asked = {page: numbers for page, numbers in asked.items() if len(numbers) == len(ROUNDS)}
    assert len(asked) > 24
    assert {page: numbers for page, numbers in asked.items() if numbers[-1] > numbers[0]} == {}
    assert {page: numbers for page, numbers in asked.items() if numbers[-1] > MOST} == {}
