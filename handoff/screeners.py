"""Bring the screening rules into the talk."""

from collections.abc import Sequence
from uuid import UUID

from coach.talk.models import Session
from coach.talk.registries.screeners import Flag, Screener, register_screener
from handoff import screening
from handoff.actions.flagging import act_on_flags


def screen(text: str, speaker: str, language: str) -> list[Flag]:
    """What the rules find in `text`: pure, and fast enough for every partial transcript."""
    return [
        Flag(found.code, found.severity, found.quote)
        for found in screening.screen(text, speaker, language)
    ]


def act(session_id: UUID, flags: Sequence[Flag], item_id: str, speaker: str) -> None:
    """Write the flags down and call a person where they ask for one."""
    session = Session.objects.select_related("member", "persona").get(pk=session_id)
    act_on_flags(session, flags, item_id, speaker)


register_screener(Screener("handoff", screen, act))
