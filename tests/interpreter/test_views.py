"""The pages: what they offer, to whom, and what they say where nothing can be translated."""

import pytest
from django.test import Client
from django.urls import reverse

from coach.interpreter import actions, limits
from coach.interpreter.models import Line, Meeting
from coach.people.models import User
from tests.support import dom

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(maya):
    client = Client()
    client.force_login(maya)
    return client


def words(answer):
    return " ".join(answer.content.decode().split())


def begin(page, mine="en", theirs="ko", way="device"):
    form = {"mine": mine, "theirs": theirs, "way": way}
    return page.post(reverse("interpreter:begin"), form)


# --- what is missing ------------------------------------------------------------------------------


def test_with_the_built_in_engine_it_says_what_is_missing_and_begins_nothing(page, settings):
    answer = page.get(reverse("interpreter:start"))
    assert "is not set up here" in words(answer)
    assert "cannot translate" in words(answer)
    assert dom.find(dom.parse(answer.content), dom.with_data("meeting-form", "")) is None
    assert begin(page).status_code == 200
    assert not Meeting.objects.exists()


def test_who_runs_the_site_is_told_what_to_set(page, maya):
    assert "COACH_INTERPRETER_PROVIDER=openai" not in words(page.get(reverse("interpreter:start")))
    User.objects.filter(pk=maya.pk).update(is_staff=True)
    assert "COACH_INTERPRETER_PROVIDER=openai" in words(page.get(reverse("interpreter:start")))


def test_a_language_model_is_offered_as_what_it_is(page, settings):
    settings.ENGINE_GIVEN, settings.ENGINE_SCRIPTED = True, False
    said = words(page.get(reverse("interpreter:start")))
    assert "There is no live translation here" in said
    assert "Begin, sentence by sentence" in said
    begin(page)
    assert Meeting.objects.get().mode == Meeting.Mode.INSTRUCTIONS


def test_live_translation_is_offered_without_a_warning(page, translates):
    said = words(page.get(reverse("interpreter:start")))
    assert "There is no live translation here" not in said
    assert "It can be wrong" in said


# --- begin, and end -------------------------------------------------------------------------------


def test_a_meeting_begins_with_two_languages_and_ends_an_older_one(page, translates):
    first = begin(page)
    begin(page, "de", "vi", "links")
    older, newer = Meeting.objects.order_by("started_at")
    assert first.url == reverse("interpreter:meeting", args=[older.pk])
    assert (older.ended_at is None, newer.ended_at is None) == (False, True)
    assert (newer.language_a, newer.language_b, newer.way) == ("de", "vi", "links")


@pytest.mark.parametrize(("mine", "theirs"), [("en", "en"), ("en", "tlh"), ("", "ko")])
def test_what_is_no_pair_of_languages_is_refused_with_words(page, translates, mine, theirs):
    answer = begin(page, mine, theirs)
    assert answer.status_code == 200
    assert dom.find(dom.parse(answer.content), dom.with_class("errorlist"))
    assert not Meeting.objects.exists()


def test_no_meeting_begins_while_the_days_budget_is_used_up(page, translates, settings):
    settings.BUDGET_MEMBER_USD = 0
    assert "for today" in words(begin(page))
    assert not Meeting.objects.exists()


def test_the_live_page_has_a_pane_for_each_in_their_own_language(page, meeting):
    answer = page.get(reverse("interpreter:meeting", args=[meeting.pk]))
    tree = dom.parse(answer.content)
    for side, code in (("a", "en"), ("b", "ko")):
        pane = dom.find(tree, dom.with_data("pane", side))
        assert pane is not None
        assert dom.get(pane, "data-code") == code


def test_what_was_said_is_read_saved_and_deleted(page, meeting):
    languages = ("en", "ko")
    actions.add_line(meeting, "a", "Take 15 mg", "5 mg 드세요", languages=languages)
    actions.add_line(meeting, "b", "네", "Yes", languages=languages[::-1])
    page.post(reverse("interpreter:end", args=[meeting.pk]))
    said = words(page.get(reverse("interpreter:meeting", args=[meeting.pk])))
    assert all(one in said for one in ("Take 15 mg", "5 mg 드세요", "네", "Yes"))
    saved = page.get(reverse("interpreter:export", args=[meeting.pk]))
    assert saved["Content-Disposition"].startswith("attachment")
    text = saved.content.decode()
    assert "I, English: Take 15 mg" in text
    assert "The other person, Korean (한국어): 네" in text
    assert text.count("numbers differ") == 1
    page.post(reverse("interpreter:erase", args=[meeting.pk]))
    assert not Meeting.objects.exists()
    assert not Line.objects.exists()


def test_the_oldest_conversation_can_be_reached(page, maya, translates, monkeypatch):
    monkeypatch.setattr(limits, "MEETINGS_SHOWN", 2)
    oldest = actions.start_meeting(maya, "en", "ko", "device")
    for _ in range(3):
        actions.start_meeting(maya, "en", "es", "device")
    address = reverse("interpreter:meeting", args=[oldest.pk])
    start = reverse("interpreter:start")
    assert address not in words(page.get(start))
    assert "?page=2" in words(page.get(start))
    assert address in words(page.get(start, {"page": "2"}))
    assert page.get(start, {"page": "-1"}).status_code == 200


# --- nobody else ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["meeting", "end", "swap", "invite", "show_out", "export", "erase"]
)
def test_nobody_else_has_a_page_or_a_verb_of_it(meeting, name):
    other = Client()
    other.force_login(User.objects.create_user("other@example.org", "right-1-other"))
    address = reverse(f"interpreter:{name}", args=[meeting.pk])
    assert other.get(address).status_code in (404, 405)
    assert other.post(address).status_code in (404, 405)
    assert Client().post(address).status_code in (302, 405)
    assert Meeting.objects.get().ended_at is None


def test_a_guest_joins_by_the_link_sees_this_meeting_alone_and_leaves(page, translates):
    begin(page, way="links")
    meeting = Meeting.objects.get()
    link = page.post(reverse("interpreter:invite", args=[meeting.pk])).json()["url"]
    path = "/" + link.split("/", 3)[3]
    guest = Client()
    assert "wants to speak with you" in words(guest.get(path))
    told = words(guest.get(path))
    assert "written down for Maya" in told, "to look takes no seat"
    assert "It goes to " in told
    assert "not watched for signs of danger" in told
    assert page.get(path).url == reverse("interpreter:meeting", args=[meeting.pk])
    assert page.post(path, {"name": "Me"}).url == page.get(path).url, "the link is not used up"
    joined = guest.post(path, {"name": "Minjun"})
    live = guest.get(joined.url)
    tree = dom.parse(live.content)
    assert dom.find(tree, dom.with_data("pane", "b"))
    assert dom.find(tree, dom.with_data("pane", "a")) is None
    assert "data-swap-url" not in words(live)
    for closed in ("meeting", "export"):
        assert guest.get(reverse(f"interpreter:{closed}", args=[meeting.pk])).status_code == 302
    assert Client().get(path).status_code == 404, "the link was for one person"
    guest.post(reverse("interpreter:leave"))
    assert guest.get(reverse("interpreter:guest")).url == reverse("interpreter:left")


def test_pages_of_guests_are_kept_nowhere(page, translates):
    begin(page, way="links")
    secret = actions.invite(Meeting.objects.get())
    answer = Client().get(reverse("interpreter:join", args=[secret]))
    assert "no-store" in answer["Cache-Control"]


def test_a_link_that_is_no_good_says_what_to_do(client):
    answer = client.get(reverse("interpreter:join", args=["guessed"]))
    assert answer.status_code == 404
    assert "Ask the person who sent it" in words(answer)
