"""What a person has seen stays in no cache; what is the same for all may."""

import pytest

from coach.people.models import User

pytestmark = pytest.mark.django_db
NOWHERE = "private, no-store"


@pytest.fixture
def maya():
    return User.objects.create_user("maya@example.org", "right-1-maya")


@pytest.mark.parametrize(
    "address",
    [
        "/profile/",
        "/diary/",
        "/diary/today/",
        "/talk/",
        "/lessons/",
        "/interpreter/",
        "/nothing/here/",
    ],
)
def test_pages_fragments_and_errors_of_a_person_are_kept_nowhere(client, maya, address):
    client.force_login(maya)
    assert client.get(address).headers["Cache-Control"] == NOWHERE


def test_coming_and_going_are_kept_nowhere(client, maya):
    form = {"login": maya.email, "password": "right-1-maya"}
    answer = client.post("/accounts/login/", form)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, NOWHERE)
    answer = client.post("/accounts/logout/")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, NOWHERE)


def test_static_files_may_be_kept(client, maya):
    client.force_login(maya)
    assert "no-store" not in client.get("/static/icons/sprite.svg").headers["Cache-Control"]


def test_the_landing_page_of_guests_may_be_kept(client):
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")


def test_how_the_product_fares_is_kept_nowhere(client, monkeypatch):
    monkeypatch.setattr("coach.site.pages.health.answers", lambda: {"database": {"ok": True}})
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"
