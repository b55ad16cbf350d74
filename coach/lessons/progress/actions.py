"""The verbs of a placement: begin, answer a step, leave."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import NotFound
from coach.lessons.files import catalogue
from coach.lessons.progress.level import Observation, estimate
from coach.lessons.progress.models import Placement, PlacementStep
from coach.lessons.progress.placement import Step, is_over, next_step
from coach.lessons.scenario import Scenario
from coach.types import Member


def taught(language: str) -> list[Scenario]:
    return [scenario for scenario in catalogue().values() if scenario.language == language]


def observed(placement: Placement) -> list[Observation]:
    """What its steps say."""
    return [Observation(step.level, step.reached) for step in placement.steps.all()]


def step_now(placement: Placement) -> Step | None:
    """What is asked next; None where it is over."""
    if placement.finished_at is not None:
        return None
    so_far = observed(placement)
    if is_over(so_far):
        return None
    asked = {(step.slug, step.objective) for step in placement.steps.all()}
    return next_step(taught(placement.language), asked, so_far, placement.pk)


@transaction.atomic
def begin_placement(member: Member, language: str) -> Placement:
    """The member's open placement in this language, or a new one. Raises NotFound."""
    if not taught(language):
        raise NotFound(_("There are no lessons in this language."))
    placement = _open(member, language)
    if step_now(placement) is None:  # its lessons, or what is enough, have changed since
        _finish(placement)
        placement = _open(member, language)
    return placement


@transaction.atomic
def answer_step(member: Member, pk: int, number: int, said: str) -> Placement:
    """Take the answer to step `number`, counted from 0; empty: the member cannot say it.

    An answer to any other step changes nothing: it was sent twice. Raises NotFound.
    """
    placement = _own(member, pk)
    step = step_now(placement)
    if step is None or placement.steps.count() != number:
        return placement
    PlacementStep.objects.create(
        placement=placement,
        slug=step.scenario.slug,
        objective=step.objective.id,
        level=step.scenario.level,
        reached=bool(said) and step.is_reached_by(said),
    )
    if step_now(placement) is None:
        placement.level = estimate(observed(placement)).level
        _finish(placement)
    return placement


@transaction.atomic
def leave_placement(member: Member, pk: int) -> None:
    """End it without a level. Raises NotFound."""
    placement = _own(member, pk)
    if placement.finished_at is None:
        _finish(placement)


def _open(member: Member, language: str) -> Placement:
    row, _made = Placement.objects.get_or_create(
        member_id=member.pk, language=language, finished_at=None
    )
    return row


def _finish(placement: Placement) -> None:
    placement.finished_at = clock.now()
    placement.save(update_fields=["level", "finished_at"])


def _own(member: Member, pk: int) -> Placement:
    own = Placement.objects.for_member(member).select_for_update()
    placement = own.filter(pk=pk).first()
    if placement is None:
        raise NotFound(_("There is no such placement."))
    return placement
