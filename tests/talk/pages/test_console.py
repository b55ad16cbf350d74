"""A talk in the console: a page for each part of it, however much stands there."""

import pytest
from django.urls import reverse

from coach.people.models import User
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import start_session
from coach.talk.admin.parts import PARTS, ROWS
from coach.talk.brief import make_brief
from coach.talk.models import Turn


@pytest.fixture
def session(db):
    member = User.objects.create_user("maya@example.org")
    persona = save_persona(Persona(slug="sage", name="Sage", instructions="Coach."))
    return start_session(member, persona, make_brief(persona, member_name="Maya"))


@pytest.fixture
def console(client, db):
    client.force_login(User.objects.create_superuser("root@example.org", "x"))
    return client


def part(session, name="turns", page=0):
    address = reverse("admin:talk_session_part", args=[session.pk, name])
    return f"{address}?page={page}"


def say_often(session, times):
    turns = range(1, times + 1)
    Turn.objects.bulk_create(
        Turn(session=session, seq=seq, speaker="member", text=f"word {seq}.", floor_epoch=1)
        for seq in turns
    )


def test_a_long_talk_is_read_page_by_page(console, session):
    say_often(session, ROWS + 1)
    first = console.get(part(session)).content.decode()
    assert f"word {ROWS}." in first
    assert f"word {ROWS + 1}." not in first
    assert 'href="?page=1"' in first
    assert 'href="?page=-1"' not in first
    last = console.get(part(session, page=1)).content.decode()
    assert f"word {ROWS + 1}." in last
    assert 'href="?page=0"' in last
    assert 'href="?page=2"' not in last


def test_a_page_that_no_database_counts_to_is_not_found(console, session):
    assert console.get(part(session, page=10**18 - 1)).status_code == 404


def test_a_page_of_a_long_talk_asks_a_few_times(console, session, django_assert_max_num_queries):
    say_often(session, ROWS)
    with django_assert_max_num_queries(20):
        assert console.get(part(session)).status_code == 200


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_a_talk_can_be_opened(console, session, name):
    assert console.get(part(session, name)).status_code == 200


def test_the_links_of_a_talk_look_like_links_and_mark_the_part_that_is_open(console, session):
    html = console.get(part(session, "tools")).content.decode()
    links = html[html.index('class="talk-part__links"') :].split("</nav>")[0].split("<a")[1:]
    assert all("text-primary-600" in link for link in links)
    marked = [link for link in links if 'aria-current="page"' in link]
    assert [
        reverse("admin:talk_session_part", args=[session.pk, "tools"]) in m for m in marked
    ] == [True]
    page = console.get(reverse("admin:talk_session_change", args=[session.pk])).content.decode()
    for name in PARTS:
        address = reverse("admin:talk_session_part", args=[session.pk, name])
        assert f'<a class="text-primary-600 dark:text-primary-500" href="{address}">' in page


def test_a_part_that_there_is_not_is_not_found(console, session):
    assert console.get(part(session, "sounds")).status_code == 404


def test_who_may_not_see_talks_sees_no_part_of_one(client, session):
    client.force_login(User.objects.create_user("staff@example.org", is_staff=True))
    assert client.get(part(session)).status_code == 403


def test_a_turn_is_looked_for_by_its_names_in_their_indexes(session):
    turns = Turn.objects.filter(session=session)
    assert "turn_item" in turns.of_item("item-1").explain()
    assert "turn_client_id" in turns.of_page("page-1").explain()
