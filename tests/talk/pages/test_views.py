"""The pages of a talk and their pieces: what they show, and to whom."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coach.people.models import User
from coach.personas.models import Persona
from coach.talk.actions import add_card, end_session, move_floor, record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Floor, Session
from coach.talk.registries import cards

pytestmark = pytest.mark.django_db


@pytest.fixture
def persona() -> Persona:
    return Persona.objects.create(
        slug="test-coach", name="Juniper", instructions="Help.", greeting="Hello {name}."
    )


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org", "x", display_name="Alice")


@pytest.fixture
def charlie() -> User:
    return User.objects.create_user("charlie@example.org", "x", display_name="Charlie")


@pytest.fixture
def session(alice: User, persona: Persona) -> Session:
    return start_session(alice, persona, make_brief(persona, member_name="Alice"))


@pytest.fixture
def page(alice: User, client: Client) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card kind of our own, so that this test needs no feature."""

    def render(cards: Any, request: Any = None) -> dict[int, str]:
        return {c.pk: f"<article>{c.kind} {c.ref}</article>" for c in cards if c.ref != "gone"}

    monkeypatch.setattr("coach.talk.thread.render_many", render)


def numbers(html: str) -> list[int]:
    return [int(seq) for seq in re.findall(r'data-seq="(\d+)"', html)]


def test_start_lists_coaches_but_no_lesson_partners(page: Client, persona: Persona) -> None:
    Persona.objects.create(
        slug="waiter", name="Marco", kind="lesson", instructions="x", greeting="x"
    )
    html = page.get(reverse("talk:start")).content.decode()
    assert "Talk with Juniper" in html
    assert "Marco" not in html
    assert "You talk with an AI." in html


def test_start_shows_past_talks_with_their_first_words_newest_first(
    page: Client, alice: User, persona: Persona
) -> None:
    for words in ("I had two eggs", "A bowl of soup"):
        talk = start_session(alice, persona, make_brief(persona, member_name="Alice"))
        record_turn(talk, "coach", "Hello Alice.", item_id=f"c{talk.pk.hex}")
        record_turn(talk, "member", words, item_id=f"m{talk.pk.hex}")
        end_session(talk)
    silent = start_session(alice, persona, make_brief(persona, member_name="Alice"))
    end_session(silent)
    html = page.get(reverse("talk:start")).content.decode()
    assert html.index("A bowl of soup") < html.index("I had two eggs")
    assert str(silent.pk) not in html


def test_begin_freezes_a_brief_and_opens_the_live_page(page: Client, persona: Persona) -> None:
    answer = page.post(reverse("talk:begin"), {"persona": persona.slug})
    session = Session.objects.get()
    assert answer["Location"] == reverse("talk:live", args=[session.pk])
    assert session.brief["greeting"] == "Hello Alice."


@pytest.mark.parametrize("slug", ["", "nobody", "retired"])
def test_begin_refuses_a_coach_that_is_not_there(page: Client, persona: Persona, slug: str) -> None:
    Persona.objects.create(slug="retired", name="Old", active=False, instructions="x", greeting="x")
    answer = page.post(reverse("talk:begin"), {"persona": slug})
    assert answer["Location"] == reverse("talk:start")
    assert not Session.objects.exists()


def test_live_page_has_all_the_script_needs_and_nothing_inline(
    page: Client, session: Session
) -> None:
    record_turn(session, "coach", "Hello <Alice>.", item_id="i1")
    html = page.get(reverse("talk:live", args=[session.pk])).content.decode()
    assert f'data-socket="/ws/talk/{session.pk}/"' in html
    assert 'data-page="talk"' in html
    assert 'data-last="1"' in html
    assert "Hello &lt;Alice&gt;." in html
    for speaker in ("member", "coach", "expert", "system"):
        assert f'<template data-turn="{speaker}">' in html
    assert not re.search(r"<script(?![^>]*(src=|application/json))", html)
    assert not re.search(r"\sstyle=|\son\w+=", html)


def test_live_page_knows_who_has_the_floor(page: Client, session: Session, charlie: User) -> None:
    move_floor(session, Floor.EXPERT, holder=charlie, name="Charlie (teacher)")
    html = page.get(reverse("talk:live", args=[session.pk])).content.decode()
    assert 'data-floor="expert" data-person="Charlie (teacher)"' in html


@pytest.mark.usefixtures("drawn")
def test_thread_is_turns_and_cards_in_one_order(page: Client, session: Session) -> None:
    record_turn(session, "member", "Two eggs", item_id="i1")
    add_card(session, "meal", "7")
    record_turn(session, "coach", "Noted.", item_id="i2")
    url = reverse("talk:thread", args=[session.pk])
    html = page.get(url).content.decode()
    assert numbers(html) == [1, 2, 3]
    assert "<article>meal 7</article>" in html
    assert numbers(page.get(url, {"since": 2}).content.decode()) == [3]
    assert page.get(url, {"since": "x"}).status_code == 400


@pytest.mark.usefixtures("drawn")
def test_a_card_whose_row_is_gone_leaves_no_hole(page: Client, session: Session) -> None:
    add_card(session, "meal", "gone")
    record_turn(session, "coach", "Noted.", item_id="i2")
    html = page.get(reverse("talk:thread", args=[session.pk])).content.decode()
    assert numbers(html) == [2]
    assert 'data-last="2"' in html


@pytest.mark.usefixtures("drawn")
def test_a_long_thread_shows_its_end_and_leads_to_the_rest(
    page: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.talk.thread.SHOWN", 4)
    for number in range(1, 6):
        record_turn(session, "member", "Two eggs", item_id=f"i{number}")
        add_card(session, "meal", "7")
    html = page.get(reverse("talk:live", args=[session.pk])).content.decode()
    assert numbers(html) == [6, 7, 8, 9, 10]  # the link stands where the line before would
    earlier = reverse("talk:earlier", args=[session.pk])
    assert f'href="{earlier}?before=7" target="_blank"' in html
    html = page.get(earlier, {"before": 7}).content.decode()
    assert numbers(html) == [2, 3, 4, 5, 6]
    html = page.get(earlier, {"before": 3}).content.decode()
    assert numbers(html) == [1, 2]
    assert "before=" not in html
    assert numbers(page.get(earlier, {"before": 1}).content.decode()) == []
    assert page.get(earlier, {"before": "x"}).status_code == 400
    # A page that has missed more than is shown at once is led to the rest as well.
    thread = page.get(reverse("talk:thread", args=[session.pk]), {"since": 2}).content.decode()
    assert numbers(thread) == [6, 7, 8, 9, 10]
    assert "before=7" in thread
    thread = page.get(reverse("talk:thread", args=[session.pk]), {"since": 6}).content.decode()
    assert numbers(thread) == [7, 8, 9, 10]


@pytest.mark.usefixtures("drawn")
def test_a_card_comes_alone_with_its_place(page: Client, session: Session) -> None:
    card = add_card(session, "meal", "7")
    url = reverse("talk:card", args=[session.pk, card.seq])
    html = page.get(url).content.decode()
    assert numbers(html) == [card.seq]
    assert f'data-card-url="{url}"' in html
    assert page.get(reverse("talk:card", args=[session.pk, 99])).status_code == 404


def test_an_unknown_kind_of_card_is_nothing_not_an_error(session: Session) -> None:
    assert cards.render(add_card(session, "of-no-feature", "1")) == ""


def test_end_ends_and_what_is_left_can_be_read(page: Client, session: Session) -> None:
    record_turn(session, "coach", "Hello.", item_id="i1", interrupted=True)
    url = reverse("talk:live", args=[session.pk])
    answer = page.post(reverse("talk:end", args=[session.pk]))
    assert answer["Location"] == url
    html = page.get(url).content.decode()
    assert 'data-page="talk-ended"' in html
    assert "Hello." in html
    assert "data-socket" not in html
    session.refresh_from_db()
    assert session.ended_at is not None


PLACES = [
    ("get", "talk:live", ()),
    ("get", "talk:thread", ()),
    ("get", "talk:earlier", ()),
    ("get", "talk:card", (1,)),
    ("post", "talk:end", ()),
]


@pytest.mark.parametrize(("method", "name", "more"), PLACES)
def test_a_stranger_finds_nothing_and_changes_nothing(
    client: Client, session: Session, charlie: User, method: str, name: str, more: tuple[int, ...]
) -> None:
    add_card(session, "meal", "7")
    client.force_login(charlie)
    answer = getattr(client, method)(reverse(name, args=[session.pk, *more]))
    assert answer.status_code == 404
    session.refresh_from_db()
    assert session.ended_at is None


@pytest.mark.parametrize(("method", "name", "more"), PLACES)
def test_who_is_not_signed_in_is_asked_to(
    client: Client, session: Session, method: str, name: str, more: tuple[int, ...]
) -> None:
    answer = getattr(client, method)(reverse(name, args=[session.pk, *more]))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_what_changes_something_is_not_a_link(page: Client, session: Session) -> None:
    assert page.get(reverse("talk:end", args=[session.pk])).status_code == 405
    assert page.get(reverse("talk:begin")).status_code == 405


def test_the_console_shows_talks_and_lets_nobody_change_them(
    client: Client, session: Session
) -> None:
    record_turn(session, "member", "Two eggs", item_id="i1")
    client.force_login(User.objects.create_superuser("root@example.org", "x"))
    url = reverse("admin:talk_session_change", args=[session.pk])
    html = client.get(url).content.decode()
    assert 'name="_save"' not in html
    part = reverse("admin:talk_session_part", args=[session.pk, "turns"])
    assert part in html
    assert "Two eggs" in client.get(part).content.decode()
    assert client.post(url, {"floor": "expert"}).status_code == 403
