"""A person at the desk chooses their own keys; two keys never have the same letter."""

import pytest
from django.urls import reverse

from coach.errors import Refused
from handoff import actions
from handoff.keys import KEYS, checked, keys_of
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def choose(asha):
    def post(**letters):
        usual = {f"key_{name}": name for name in KEYS}
        wanted = usual | {f"key_{name}": letter for name, letter in letters.items()}
        return signed_in(asha.user).post(reverse("handoff:keys"), wanted, follow=True)

    return post


def desk(asha):
    return signed_in(asha.user).get(reverse("handoff:desk")).content.decode()


def test_only_what_is_another_letter_than_usual_is_kept():
    assert checked({"s": "X", "t": "t"}) == {"s": "x"}
    assert keys_of({"s": "x"})["s"] == "x"
    assert keys_of({})["s"] == "s"


def test_two_keys_may_swap_their_letters():
    assert checked({"j": "k", "k": "j"}) == {"j": "k", "k": "j"}


@pytest.mark.parametrize("letter", ["t", "?", "é", "ab", " t"])
def test_a_letter_that_is_taken_or_cannot_be_pressed_is_refused(letter):
    with pytest.raises(Refused):
        checked({"s": letter})


def test_the_desk_and_its_help_have_the_letters_of_the_person(choose, asha):
    assert "Your keys are kept" in choose(s="x").content.decode()
    page = desk(asha)
    assert "x:s" in page
    assert "<kbd>X</kbd>" in page
    assert "<kbd>S</kbd>" not in page


def test_a_conflict_is_said_and_nothing_is_kept(choose, asha):
    answer = choose(s="t")
    assert answer.status_code == 422
    assert "T is chosen twice" in answer.content.decode()
    asha.refresh_from_db()
    assert asha.keys == {}


def test_the_usual_ones_come_back_at_once(choose, asha):
    choose(s="x")
    signed_in(asha.user).post(reverse("handoff:keys"), {"usual": "1"})
    asha.refresh_from_db()
    assert asha.keys == {}


def test_they_are_kept_for_each_person(choose, asha, make_expert):
    choose(s="x")
    assert "s:s" in desk(make_expert("Bea"))


def test_the_buttons_of_a_case_and_an_offer_show_them(choose, asha, session):
    choose(m="1", a="2")
    case = actions.raise_escalation(session, "ASK", 3, "please")
    actions.dispatch(case)
    client = signed_in(asha.user)
    assert "<kbd>2</kbd>" in client.get(reverse("handoff:offers")).content.decode()
    actions.claim(case, asha)
    page = client.get(reverse("handoff:case", args=[case.pk])).content.decode()
    assert '<kbd aria-hidden="true">1</kbd>' in page


def test_a_member_has_no_keys(session):
    assert signed_in(session.member).get(reverse("handoff:keys")).status_code == 403
