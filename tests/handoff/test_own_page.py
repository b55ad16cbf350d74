"""An expert's own page: the icon with a number, and words that hide while they look away."""

import pytest
from django.urls import reverse

from handoff import actions
from handoff.models import Expert

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "shown", "red"),
    [("?n=3", ">3<", False), ("?n=10&rings=1", ">9+<", True)],
)
def test_the_icon_has_the_number(client, asha, asked, shown, red):
    client.force_login(asha.user)
    answer = client.get(reverse("handoff:tab_icon") + asked)
    assert answer["Content-Type"] == "image/svg+xml"
    drawn = answer.content.decode()
    assert shown in drawn
    assert ("#c62828" in drawn) is red


def test_an_expert_chooses_whether_words_hide_and_finds_it_so(client, asha):
    client.force_login(asha.user)
    assert "data-veils checked" in client.get(reverse("handoff:desk")).content.decode()
    assert client.post(reverse("handoff:privacy"), {"veils": ""}).status_code == 200
    asha.refresh_from_db()
    assert asha.veils is False
    assert "data-veils checked" not in client.get(reverse("handoff:desk")).content.decode()
    client.post(reverse("handoff:privacy"), {"veils": "1"})
    asha.refresh_from_db()
    assert asha.veils is True


def test_others_choose_nothing_at_the_desk(client, session):
    client.force_login(session.member)
    assert client.post(reverse("handoff:privacy"), {"veils": ""}).status_code == 403


@pytest.mark.parametrize("veils", [True, False])
def test_what_is_read_beside_the_desk_hides_as_the_desk_does(client, session, asha, veils):
    case = actions.claim(actions.raise_escalation(session, "ASK", 3, "x"), asha)
    Expert.objects.filter(pk=asha.pk).update(veils=veils)
    client.force_login(asha.user)
    page = client.get(reverse("handoff:earlier", args=[case.pk])).content.decode()
    main = page[page.index("<main") :]
    assert ("data-veils" in main[: main.index(">")]) is veils
    assert "data-veil\n" in main
    assert "js/pages/earlier" in page
    assert "css/pages/desk_veil" in page
