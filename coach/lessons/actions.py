"""The verbs of lessons."""

from uuid import UUID

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Refused
from coach.lessons.free import mind
from coach.lessons.models import Attempt, ObjectiveMet
from coach.lessons.partner import LessonState, newly_met, reply
from coach.lessons.scenario import Scenario
from coach.lessons.wording import hints
from coach.personas.engines import engine_for
from coach.personas.models import Persona
from coach.talk.actions import end_session, start_session
from coach.talk.brief import Brief, make_brief
from coach.talk.models import Session, Turn
from coach.types import Member
from coach.voice import limits


@transaction.atomic
def start_attempt(member: Member, scenario: Scenario, *, preview: bool = False) -> Attempt:
    """Begin a lesson: a talk with the partner, briefed from the scenario.

    `preview`: its teacher tries it out, and it counts nowhere.
    """
    persona = partner_persona()
    wished = scenario.partner.voice
    brief = make_brief(
        persona,
        member_name=str(member),
        instructions=_instructions(scenario),
        greeting=scenario.partner.opening,
        tools=["partner_reply"] if engine_for(persona).scripted else ["objective_met"],
        silence_ms=scenario.silence_ms,
        data={"lesson": scenario.slug},
    )
    brief = msgspec.structs.replace(
        for_learner(brief, member, scenario),
        persona_name=scenario.partner.name,
        voice=wished if wished in voices() else brief.voice,
    )
    session = start_session(member, persona, brief, kind=Session.Kind.LESSON)
    attempt = Attempt(member=member, session=session, slug=scenario.slug, preview=preview)
    attempt.version_id = UUID(scenario.version) if scenario.version else None
    attempt.state = LessonState(last=scenario.partner.opening)
    attempt.save()
    return attempt


def partner_persona() -> Persona:
    """Who plays the other part, or is the tutor. Raises Refused."""
    persona = _player()
    if persona is None:
        raise Refused(_("Lessons are not available now. Please come back later."))
    return persona


def voices() -> tuple[str, ...]:
    """The voices in which a partner can speak; none where they are not known."""
    persona = _player()
    return engine_for(persona).voices if persona is not None else ()


def _player() -> Persona | None:
    """Who plays the partner of every lesson."""
    return Persona.objects.filter(kind=Persona.Kind.LESSON, active=True, slug="partner").first()


def for_learner(brief: Brief, member: Member, scenario: Scenario) -> Brief:
    """The brief in the language of a lesson, as slowly as its level and this learner need."""
    return msgspec.structs.replace(
        brief,
        speed=max(limits.SLOWEST_SPEED, round(brief.speed * scenario.pace, 2)),
        pace=_wished_pace(member),
        language=scenario.language,
    )


def _wished_pace(member: Member) -> int:
    """Who asked to go slower in their last lesson begins the next one a step slower."""
    last = Attempt.objects.for_member(member).first()
    return int(last is not None and last.state.slow)


@transaction.atomic
def check_turn(turn: Turn) -> list[str]:
    """Tick what the learner's `turn` proves; returns the ids of the new ticks."""
    attempt = Attempt.objects.filter(session_id=turn.session_id).first()
    if attempt is None or attempt.free or turn.speaker != Turn.Speaker.MEMBER:
        return []
    if (lesson := attempt.lesson) is None:  # what was said is written down all the same
        return []
    met = newly_met(lesson, attempt.standing_now(), turn.text)
    for objective in met:
        tick(attempt, objective.id, turn)
    return [objective.id for objective in met]


@transaction.atomic
def tick(attempt: Attempt, objective: str, turn: Turn) -> None:
    """Tick `objective` on the evidence of `turn`; a second time changes nothing."""
    ObjectiveMet.objects.get_or_create(
        attempt=attempt, objective=objective, defaults={"turn": turn}
    )
    publish(attempt.session.group, wire.DataChanged("objectives"))


@transaction.atomic
def answer(attempt: Attempt, said: str) -> str:
    """The offline partner's next line, or that of the tutor in a talk without a scene."""
    if (talk := attempt.free_talk) is not None:
        state = msgspec.convert(attempt.standing, mind.FreeState)
        line, state = mind.reply(talk, state, said)
        attempt.standing = msgspec.to_builtins(state)
        attempt.save(update_fields=["standing"])
        return line
    line, attempt.state = reply(attempt.scenario, attempt.state, said)
    attempt.save(update_fields=["standing"])
    return line


@transaction.atomic
def give_hint(attempt: Attempt) -> None:
    """Go one step up the open objective's ladder of three hints."""
    objective = attempt.open_objective()
    if objective is None:
        return
    step = min(attempt.hints.get(objective.id, 0) + 1, len(hints(attempt.scenario, objective)))
    attempt.hints = {**attempt.hints, objective.id: step}
    attempt.save(update_fields=["hints"])


def hint_now(attempt: Attempt) -> tuple[int, str] | None:
    """The step (1 to 3) and words of the hint to show: the last one of the open objective."""
    objective = attempt.open_objective()
    step = attempt.hints.get(objective.id, 0) if objective else 0
    return (step, hints(attempt.scenario, objective)[step - 1]) if objective and step else None


@transaction.atomic
def finish_attempt(attempt: Attempt) -> None:
    """End the lesson; its report can be read from now on."""
    if Attempt.objects.filter(pk=attempt.pk, finished_at=None).update(finished_at=clock.now()):
        end_session(attempt.session)


def _instructions(scenario: Scenario) -> str:
    partner = scenario.partner
    objectives = "\n".join(
        f"- {o.id}: {o.label}. Invite it with: {o.ask}" for o in scenario.objectives
    )
    return (
        f"Lesson “{scenario.title}”, level {scenario.level}. {scenario.setting}\n"
        f"You are {partner.name}, {partner.role}: {partner.manner}. You want {partner.wants}. "
        f"You refuse {partner.refuses}.\nThe member: {scenario.learner_role}\n"
        f"Open with: {partner.opening}\n"
        f"The member should, in their own words:\n{objectives}\n"
        "When one is reached call objective_met with its id and the member's exact words. "
        f"Do not correct them during the play. When all are reached, close with: {partner.closing}"
    )
