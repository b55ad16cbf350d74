"""A change that is sent twice is made once, and a key stands for one content."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse

from coach import clock
from coach.nutrition.models import Meal
from coach.people.models import Profile, User
from coach.site import once, pruning
from coach.site.models import AnsweredForm
from coach.site.once import forget_old
from coach.site.tasks import forget_answered_forms
from coach.talk.models import Session, Turn
from tests.support.world import World, signed_in

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}
LOG = {"said": "two eggs for breakfast", "key": "k" * 32}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def page(world: World) -> Client:
    return signed_in(world.member)


def test_the_same_key_and_words_write_one_meal_and_say_the_same(page):
    url = reverse("nutrition:log")
    first = page.post(url, LOG, headers=FETCH)
    again = page.post(url, LOG, headers=FETCH)
    assert Meal.objects.count() == 1
    assert first.json() == again.json()
    assert first.json()["message"]


def test_the_same_key_with_other_words_is_refused_and_says_why(page):
    url = reverse("nutrition:log")
    page.post(url, LOG, headers=FETCH)
    other = page.post(url, {**LOG, "said": "an apple"}, headers=FETCH)
    assert other.status_code == 409
    assert other.json()["code"] == "other_content"
    assert "something else" in other.json()["message"]
    plain = page.post(url, {**LOG, "said": "an apple"})
    assert plain.status_code == 409
    assert "sent before" in plain.content.decode()
    assert Meal.objects.count() == 1


def test_a_meal_is_copied_once_by_two_clicks(world, page):
    world.eat("two eggs for breakfast yesterday")
    day = Meal.objects.get().day + timedelta(days=1)
    url = reverse("nutrition:copy", args=[day, "breakfast"])
    answers = [page.post(url, {"key": "c" * 32}, headers=FETCH).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Meal.objects.count() == 2
    plain = [page.post(url, {"key": "d" * 32}) for _ in range(2)]
    assert [answer.status_code for answer in plain] == [302, 302]
    assert plain[0].url == plain[1].url
    assert Meal.objects.count() == 3


def test_what_was_refused_may_be_tried_again_under_its_key(world, page):
    world.eat()
    item = world.meal.items.get()
    url = reverse("nutrition:item", args=[item.pk])
    for sent in ({"headers": FETCH}, {}):
        page.post(url, {"grams": "no number", "key": "i" * 32}, **sent)
        assert not AnsweredForm.objects.exists()
    assert page.post(url, {"grams": "80", "key": "i" * 32}, headers=FETCH).status_code == 200
    item.refresh_from_db()
    assert item.grams == 80


def test_what_fails_leaves_neither_the_change_nor_its_key(page, monkeypatch):
    page.raise_request_exception = False
    monkeypatch.setattr("coach.nutrition.pages.views.log.say_logged", None)
    assert page.post(reverse("nutrition:log"), LOG, headers=FETCH).status_code == 500
    assert not Meal.objects.exists()
    assert not AnsweredForm.objects.exists()


class NoMail(BaseEmailBackend):
    """A mail server that is away; it looks whether a key is held while it is waited for."""

    def send_messages(self, _messages):
        assert not AnsweredForm.objects.exists()
        raise ConnectionRefusedError


def test_no_key_holds_up_others_while_a_mail_is_sent(page, settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoMail"
    more = {"action_add": "", "email": "more@x.test", "key": "m" * 32}
    assert page.post(reverse("account_email"), more).status_code == 503


def test_keys_are_each_members_own(page):
    page.post(reverse("nutrition:log"), LOG, headers=FETCH)
    stranger = signed_in(User.objects.create_user("other@x.test"))
    stranger.post(reverse("nutrition:log"), LOG, headers=FETCH)
    assert Meal.objects.count() == 2


def test_a_key_is_kept_for_a_day(page):
    page.post(reverse("nutrition:log"), LOG, headers=FETCH)
    old = AnsweredForm.objects.get()
    AnsweredForm.objects.update(created_at=old.created_at - timedelta(days=2))
    page.post(reverse("nutrition:log"), {**LOG, "key": "n" * 32}, headers=FETCH)
    assert forget_old() == 1
    assert AnsweredForm.objects.get().pk != old.pk


def test_the_profile_and_the_desk_keep_to_it_too(world, page):
    url = reverse("people:profile")
    fields = {"display_name": "Maya", "time_zone": "UTC", "day_starts_hour": "4", "key": "p" * 32}
    fields |= {"listening_mode": "open", "goal": "maintain", "weight_kg": "70"}
    assert page.post(url, fields).status_code == 302
    assert page.post(url, fields).status_code == 302
    assert page.post(url, {**fields, "weight_kg": "71"}).status_code == 409
    assert Profile.objects.get(user=world.member).weight_kg == 70

    world.join()
    desk = signed_in(world.asha.user)
    say = reverse("handoff:say", args=[world.case.pk])
    words = {"to": "text", "text": "Hello Maya", "client_id": "m1", "key": "s" * 32}
    first, again = desk.post(say, words, headers=FETCH), desk.post(say, words, headers=FETCH)
    assert first.json() == again.json()
    other = desk.post(say, {**words, "text": "Stop the pills"}, headers=FETCH)
    assert other.status_code == 409
    assert Turn.objects.filter(speaker="expert").count() == 1


def test_each_form_that_changes_something_carries_a_key_of_its_own(world, page):
    world.eat("two eggs for breakfast")
    html = page.get(reverse("nutrition:diary")).content.decode()
    main = html[html.index("<main") :]
    keys = [part.split('"')[0] for part in main.split('name="key" value="')[1:]]
    assert len(keys) == len(set(keys)) == main.count('method="post"') > 4
    begin = page.get(reverse("talk:start")).content.decode()
    key = begin.split('name="key" value="')[1].split('"')[0]
    slug = world.persona.slug
    twice = [page.post(reverse("talk:begin"), {"persona": slug, "key": key}) for _ in range(2)]
    assert twice[0].url == twice[1].url
    assert Session.objects.count() == 2  # that of the world, and one more


def test_forms_of_all_members_are_forgotten_after_a_day(world, page, monkeypatch):
    url = reverse("nutrition:log")
    keys = [letter * 32 for letter in "abcde"]
    for key in keys:
        page.post(url, {**LOG, "key": key}, headers=FETCH)
    old = AnsweredForm.objects.filter(key__in=keys[:4])
    old.update(created_at=clock.now() - once.KEPT - timedelta(seconds=1))
    monkeypatch.setattr(pruning, "AT_ONCE", 3)  # rows: it goes on until none is left
    forget_answered_forms()
    assert [form.key for form in AnsweredForm.objects.all()] == keys[4:]
    scheduled = {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()}
    assert forget_answered_forms.name in scheduled
