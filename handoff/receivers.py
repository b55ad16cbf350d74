"""What the desk does when a turn is recorded or a talk ends: in the same transaction."""

from typing import Any

from django.dispatch import receiver

from coach.talk.models import Floor, Session, Turn
from coach.talk.registries.screeners import Flag
from coach.talk.signals import person_wanted, session_ended, turn_recorded
from handoff import actions, screening
from handoff.actions.flagging import act_on_flags
from handoff.actions.raising import say_script
from handoff.models import Escalation, Script


@receiver(turn_recorded, sender=Turn, dispatch_uid="handoff.screen_turn")
def screen_turn(turn: Turn, **_kwargs: Any) -> None:
    """Screen what was said, whatever the socket did before; keep the member company in a hold."""
    if turn.speaker not in (Turn.Speaker.MEMBER, Turn.Speaker.COACH):
        return
    session = turn.session
    language = str(session.brief.get("language", "en"))
    found = screening.screen(turn.text, turn.speaker, language)
    if found:
        flags = [Flag(f.code, f.severity, f.quote) for f in found]
        act_on_flags(session, flags, turn.item_id or turn.client_id, turn.speaker)
        session.refresh_from_db(fields=["floor", "floor_epoch", "last_seq"])
    if turn.speaker == Turn.Speaker.MEMBER:
        _keep_company(session, turn)


def _keep_company(session: Session, turn: Turn) -> None:
    """While the coach is held, each turn of the member gets a reviewed answer, never silence."""
    key = turn.item_id or turn.client_id or f"turn-{turn.seq}"
    escalation = Escalation.objects.filter(session=session).open().first()
    if escalation is None:
        return
    if escalation.state == Escalation.State.PARKED:
        actions.unpark(escalation)
    elif session.floor == Floor.SAFETY_HOLD and escalation.held_item != key:
        say_script(session, escalation, Script.Moment.STAY, key)


@receiver(session_ended, sender=Session, dispatch_uid="handoff.member_left")
def member_left(session: Session, **_kwargs: Any) -> None:
    """The talk ended: a person who was wanted is still wanted."""
    actions.member_left(session)


@receiver(person_wanted, sender=Session, dispatch_uid="handoff.call_person")
def call_person(session: Session, **_kwargs: Any) -> None:
    """The talk was begun for a person: one is called before the coach has said a word."""
    actions.ask_for_person(session)
