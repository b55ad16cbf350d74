"""Words and sentences that are kept: what is due, how it is answered, and what is taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coach import clock
from coach.errors import Conflict, NotFound, Refused
from coach.lessons import actions as lessons
from coach.lessons.report import make_report
from coach.lessons.review import actions
from coach.lessons.review.actions import Keepsake, answer_item, forget, keep, undo_answer
from coach.lessons.review.keeping import offers
from coach.lessons.review.models import ReviewAnswer, ReviewItem
from coach.lessons.review.scheduling import Answer
from coach.people.models import User
from tests.lessons.posting import text_of

pytestmark = pytest.mark.django_db
Kind = ReviewItem.Kind


def word(back: str, front: str = "what it means") -> Keepsake:
    return Keepsake(Kind.WORD, "en", front, back)


@pytest.fixture
def coffee(learner):
    return keep(learner, word("coffee", "a hot brown drink"))[0]


# --- the verbs ------------------------------------------------------------------------------------
def test_what_is_kept_twice_is_kept_once(learner, coffee):
    again, new = keep(learner, word("coffee", "otherwise"))
    assert (again.pk, new) == (coffee.pk, False)
    assert keep(learner, Keepsake(Kind.WORD, "de", "coffee", "Kaffee"))[1]


def test_more_than_can_be_kept_is_refused_in_words(learner, coffee, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    with pytest.raises(Refused, match="Delete some"):
        keep(learner, word("tea"))
    assert not keep(learner, word("coffee"))[1]


def test_an_answer_puts_an_item_off_and_only_once(learner, coffee):
    item = answer_item(learner, coffee.pk, Answer.EASY)
    assert item.due > clock.now() + timedelta(days=5)
    with pytest.raises(Conflict):
        answer_item(learner, coffee.pk, Answer.EASY)
    assert ReviewAnswer.objects.count() == 1


def test_an_old_answer_cannot_be_taken_back(learner, coffee):
    answer_item(learner, coffee.pk, Answer.GOOD)
    ReviewAnswer.objects.update(answered_at=clock.now() - timedelta(days=2))
    with pytest.raises(NotFound):
        undo_answer(learner)


def test_of_two_who_take_back_the_same_answer_one_does(learner, coffee, monkeypatch):
    """The second has looked before the first is done, and waits at the item."""
    answer_item(learner, coffee.pk, Answer.GOOD)
    before = actions.undoable(learner)
    undo_answer(learner)
    kept = _row(answer_item(learner, coffee.pk, Answer.EASY))
    looks = iter([before, actions.undoable(learner)])
    monkeypatch.setattr(actions, "undoable", lambda member: next(looks))
    with pytest.raises(NotFound):
        undo_answer(learner)
    assert _row(coffee) == kept


def test_nobody_answers_or_forgets_what_another_keeps(coffee):
    other = User.objects.create_user("other@example.org")
    for verb in (
        lambda: answer_item(other, coffee.pk, Answer.GOOD),
        lambda: forget(other, coffee.pk),
    ):
        with pytest.raises(NotFound):
            verb()


# --- laws -----------------------------------------------------------------------------------------
class Laws(TestCase):
    """Over any run of keeping, answering, undoing, forgetting and waiting."""

    @settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.one_of(
                st.tuples(st.just("keep"), st.integers(0, 5)),
                st.tuples(st.just("answer"), st.sampled_from(Answer)),
                st.tuples(st.just("undo"), st.none()),
                st.tuples(st.just("forget"), st.none()),
                st.tuples(st.just("wait"), st.integers(1, 60)),
            ),
            max_size=10,
        )
    )
    def test_what_is_counted_as_due_is_what_review_shows(self, steps):
        member = User.objects.create_user("maya@example.org")
        self.client.force_login(member)
        for act, value in steps:
            self._do(member, act, value)
        due = list(ReviewItem.objects.for_member(member).due())
        for left in range(len(due), -1, -1):
            page = self.client.get(reverse("lessons:review"))
            assert page.context["due"] == left
            assert page.context.get("item") == (due[-left] if left else None)
            if left:
                answer_item(member, due[-left].pk, Answer.EASY)

    @settings(max_examples=8)
    @given(st.lists(st.sampled_from(Answer), min_size=1, max_size=4), st.integers(1, 400))
    def test_what_is_undone_is_as_it_was(self, answers, days):
        member = User.objects.create_user("maya@example.org")
        item = keep(member, word("coffee"))[0]
        before = [_row(item)]
        for answer in answers:
            back = timedelta(days=days)
            ReviewItem.objects.filter(pk=item.pk).update(due=clock.now() - back)
            before.append(_row(item))
            answer_item(member, item.pk, answer)
        while len(before) > 1:
            undo_answer(member)
            assert _row(item) == before.pop()
            if len(before) > 1:  # as it was answered, before the days went by
                ReviewItem.objects.filter(pk=item.pk).update(due=clock.now())

    def _do(self, member, act, value):
        own = ReviewItem.objects.for_member(member)
        if act == "keep":
            keep(member, word(f"word {value}"))
        elif act == "wait":
            for item in own:
                ReviewItem.objects.filter(pk=item.pk).update(due=item.due - timedelta(days=value))
        elif act == "undo" and actions.undoable(member):
            undo_answer(member)
        elif act == "answer" and (item := own.due().first()):
            answer_item(member, item.pk, value)
        elif act == "forget" and (item := own.first()):
            forget(member, item.pk)


def _row(item):
    return ReviewItem.objects.values().get(pk=item.pk)


# --- the page -------------------------------------------------------------------------------------
def test_an_answer_is_compared_before_it_is_rated(page, coffee):
    url = reverse("lessons:review")
    asked = page.get(url)
    assert "a hot brown drink" in text_of(asked)
    assert "coffee" not in text_of(asked)
    compared = page.post(url, {"item": coffee.pk, "answer": "cofee"})
    assert "Nearly" in text_of(compared)
    assert [name for _, name, _, _ in compared.context["answers"]] == [
        "Again",
        "Hard",
        "Good",
        "Easy",
    ]
    suggested = [value for value, _, _, chosen in compared.context["answers"] if chosen]
    assert suggested == [Answer.HARD]
    assert page.get(url).context["due"] == 1  # to compare changes nothing


def test_the_end_tells_what_was_done_and_when_the_next_comes(page, coffee):
    page.post(reverse("lessons:review_answer", args=[coffee.pk]), {"answer": "3"})
    shown = text_of(page.get(reverse("lessons:review")))
    assert "All done for now" in shown
    assert "One answer today. The next one is due in 10 minutes." in shown
    page.post(reverse("lessons:review_undo"))
    assert page.get(reverse("lessons:review")).context["item"] == coffee


@pytest.mark.parametrize("answer", ["", "0", "5", "x"])
def test_there_are_four_answers(page, coffee, answer):
    page.post(reverse("lessons:review_answer", args=[coffee.pk]), {"answer": answer})
    assert page.get(reverse("lessons:review")).context["due"] == 1


def test_an_item_that_was_answered_elsewhere_gives_way_to_the_next(page, learner, coffee):
    tea = keep(learner, word("tea"))[0]
    answer_item(learner, coffee.pk, Answer.GOOD)
    shown = page.post(reverse("lessons:review"), {"item": coffee.pk, "answer": "x"})
    assert shown.context["item"] == tea
    assert "revealed" not in shown.context


def test_with_nothing_kept_the_page_says_how_to_begin(page):
    for name in ("review", "kept"):
        assert "Nothing kept yet" in text_of(page.get(reverse(f"lessons:{name}")))


def test_what_is_kept_can_be_seen_and_deleted(page, coffee):
    assert "coffee" in text_of(page.get(reverse("lessons:kept")))
    page.post(reverse("lessons:review_forget", args=[coffee.pk]))
    assert not ReviewItem.objects.exists()


def test_the_catalogue_tells_what_is_due(page, learner, coffee):
    assert "1 due" in text_of(page.get(reverse("lessons:catalogue")))
    answer_item(learner, coffee.pk, Answer.GOOD)
    assert "due" not in text_of(page.get(reverse("lessons:catalogue")))


# --- from a report --------------------------------------------------------------------------------
def test_a_report_offers_natural_ways_and_the_words_of_the_scene(page, attempt, say):
    say("I want a coffee")
    lessons.finish_attempt(attempt)
    found = offers(attempt, make_report(attempt), "es")
    natural = next(offer for offer in found if not offer.is_word)
    assert natural.keepsake.front == "I want a coffee"
    assert natural.keepsake.back == "I'd like a coffee, please."
    (coffee,) = [offer for offer in found if offer.is_word]
    assert (coffee.keepsake.back, coffee.translation) == ("coffee", "café")
    assert (coffee.level, natural.level) == ("A1", None)
    page.post(reverse("lessons:keep", args=[attempt.pk]), {"what": natural.keepsake.back})
    page.post(reverse("lessons:keep", args=[attempt.pk]), {"words": "1"})
    kinds = ReviewItem.objects.order_by("pk").values_list("kind", "back")
    assert list(kinds) == [("mistake", "I'd like a coffee, please."), ("word", "coffee")]
    shown = page.get(reverse("lessons:report", args=[attempt.pk]))
    assert all(offer.kept for offer in shown.context["offers"])
    assert "by level: A1 1" in text_of(shown)


def test_only_what_a_report_offers_can_be_kept(page, attempt):
    url = reverse("lessons:keep", args=[attempt.pk])
    answer = page.post(url, {"what": "anything"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 404
    assert not ReviewItem.objects.exists()


@pytest.mark.parametrize("name", ["keep", "keepable"])
def test_a_report_offers_nothing_to_others(client, attempt, name):
    client.force_login(User.objects.create_user("other@example.org"))
    url = reverse(f"lessons:{name}", args=[attempt.pk])
    answer = client.post(url, {"words": "1"}) if name == "keep" else client.get(url)
    assert answer.status_code == 404
