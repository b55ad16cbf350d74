"""Ask a member once, after a case, whether the expert helped; and keep what they answer.

The expert who had the case sees the answer to it, and nobody else: it is for them to learn from.
Reports have sums alone.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Refused
from coach.talk.actions import add_card
from coach.talk.models import Turn
from coach.talk.registries.screeners import score_turns, screen
from handoff.actions import locks, queue
from handoff.limits import RATING_MAX_CHARS
from handoff.models import Escalation, Rating
from handoff.safety import thresholds
from handoff.safety.asking_back import may_ask, stands

CARD = "rating"


def ask_member(case: Escalation, at: datetime) -> None:
    """Put the question into the talk of a case that has just ended, if it may be asked at all.

    Within the transaction that ends the case, under the lock of its talk.
    """
    if not may_ask(case):
        return
    _question, is_new = Rating.objects.get_or_create(escalation=case, defaults={"asked_at": at})
    if is_new:
        add_card(case.session, CARD, str(case.pk))


@transaction.atomic
def rate(case: Escalation, answer: int, words: str | None = None) -> None:
    """Keep what the member answered, in place of what they answered before. Raises Refused.

    Without `words` those that are there stay: a tap may come from a page that does not know them.
    """
    new = whole_text(words or "", RATING_MAX_CHARS)
    if answer not in Rating.Answer.values:
        raise Refused(_("Choose one of the answers."))
    case, question, at = _standing(case)
    question.answer, question.closed_at = answer, None
    question.words = question.words if words is None else new
    question.answered_at = question.answered_at or at
    _keep(case, question)
    if new:
        _screen(case, new)


@transaction.atomic
def close_question(case: Escalation) -> None:
    """The member does not want to answer. Raises Refused."""
    case, question, at = _standing(case)
    if question.answer is None:
        question.closed_at = at
    _keep(case, question)


@transaction.atomic
def take_back_rating(case: Escalation) -> None:
    """As if it had not been answered, nor closed: the member is asked again. Raises Refused."""
    case, question, _at = _standing(case)
    question.answer, question.words = None, ""
    question.answered_at = question.closed_at = None
    _keep(case, question)


def _standing(case: Escalation) -> tuple[Escalation, Rating, datetime]:
    """The case, locked, and its question while it can be answered; and now. Raises Refused."""
    _session, case = locks.lock_escalation(case)
    question, at = Rating.objects.filter(escalation=case).first(), clock.now()
    if question is None or not stands(question, at):
        raise Refused(_("This can no longer be changed."), code="closed")
    return case, question, at


def _keep(case: Escalation, question: Rating) -> None:
    """Write it; the member's pages and the desk of the expert draw it again."""
    question.save()
    publish(case.session.group, wire.DataChanged("person"))
    queue.tell_owner(case)


def _screen(case: Escalation, words: str) -> None:
    """What a member writes is screened wherever they write it."""
    language = str(case.session.brief.get("language", "en"))
    hits = screen(words, Turn.Speaker.MEMBER, language)
    if settings.SCREENING_SCORE:
        thresholds.refresh()
        hits += score_turns([words], hits)
    for screener, flags in hits:
        screener.act(case.session_id, flags, f"rating-{case.pk}", Turn.Speaker.MEMBER)
