"""The verbs of getting ready: what was done right is kept."""

from django.db import transaction

from coach import clock
from coach.lessons.learn.exercises import PLAN, Exercise
from coach.lessons.learn.judging import Verdict, judge
from coach.lessons.learn.models import Preparation
from coach.lessons.learn.phrases import TargetPhrase
from coach.lessons.scenario import Scenario
from coach.types import Member


def preparation(member: Member, scenario: Scenario) -> Preparation:
    """What the member has done so far; a row that is not saved where that is nothing."""
    found = Preparation.objects.for_member(member).filter(slug=scenario.slug).first()
    return found or Preparation(member=member, slug=scenario.slug, changed_at=clock.now())


@transaction.atomic
def type_phrase(member: Member, scenario: Scenario, phrase: TargetPhrase, typed: str) -> Verdict:
    """Judge a phrase that was typed, and keep that it was right."""
    verdict = judge(typed, phrase.text)
    if verdict == Verdict.OTHER and phrase.sentence != phrase.text:
        verdict = judge(typed, phrase.sentence)
    if verdict != Verdict.OTHER:
        row = _locked(member, scenario)
        row.typed = _with(row.typed, phrase.text)
        row.save(update_fields=["typed", "changed_at"])
    return verdict


@transaction.atomic
def do_exercise(member: Member, scenario: Scenario, exercise: Exercise, answer: str) -> Verdict:
    """Judge an answer to an exercise, and keep that it was right."""
    verdict = exercise.judged(answer)
    if verdict != Verdict.OTHER:
        row = _locked(member, scenario)
        row.exercised = _with(row.exercised, exercise.number)
        row.save(update_fields=["exercised", "changed_at"])
    return verdict


@transaction.atomic
def exercise_again(member: Member, scenario: Scenario) -> None:
    """Begin the exercises anew."""
    row = _locked(member, scenario)
    row.exercised = []
    row.save(update_fields=["exercised", "changed_at"])


def typed_of(row: Preparation, scenario: Scenario) -> int:
    """How many of the lesson's phrases were typed right; its file may have changed since."""
    return sum(phrase in row.typed for phrase in scenario.phrases)


def exercised_of(row: Preparation) -> int:
    """How many exercises were done right."""
    return sum(number in row.exercised for number in range(len(PLAN)))


def _locked(member: Member, scenario: Scenario) -> Preparation:
    now = clock.now()
    made, _ = Preparation.objects.get_or_create(
        member_id=member.pk, slug=scenario.slug, defaults={"changed_at": now}
    )
    row = Preparation.objects.select_for_update().get(pk=made.pk)
    row.changed_at = now
    return row


def _with(done: list[str | int], one: str | int) -> list[str | int]:
    return done if one in done else [*done, one]
