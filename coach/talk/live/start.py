"""What a live talk needs to know of its rows before it begins."""

import msgspec

from coach.meaning.pace import pace_wish
from coach.talk.brief import Brief, thaw
from coach.talk.live.engine import places
from coach.talk.live.history import is_answer_pending
from coach.talk.models import Session, Turn
from coach.talk.usage.budgets import has_budget
from coach.voice.conversation.pace import step_after

KNOWN_TEXTS = 100  # typed texts whose repetition by the page is recognised
PACE_TURNS = 200  # of the member, in which a wish for another pace is looked for


class TalkStart(msgspec.Struct, frozen=True):
    """How a talk stands when a page connects to it.

    `begun`: somebody has spoken. `typed_ids`: the page's ids of texts that are in the thread.
    `answer_pending`: the last of them is still to be answered. `budgeted`: its cost is limited.
    `pace`: the step at which the coach speaks, as the member has wished so far.
    `engine`: the slug of its engine, which takes `places` live talks at a time (0: no limit).
    """

    brief: Brief
    begun: bool
    typed_ids: list[str]
    answer_pending: bool
    budgeted: bool
    engine: str
    places: int
    pace: int


def look_up_start(session: Session) -> TalkStart:
    brief = thaw(session)
    speakers = (Turn.Speaker.MEMBER, Turn.Speaker.COACH, Turn.Speaker.EXPERT)
    said = session.turns.filter(speaker__in=speakers)
    typed = said.exclude(client_id="").order_by("-seq").values_list("client_id", flat=True)
    engine, limit = places(brief)
    return TalkStart(
        brief=brief,
        begun=said.exists(),
        typed_ids=list(typed[:KNOWN_TEXTS]),
        answer_pending=is_answer_pending(session),
        budgeted=has_budget(session.member),
        engine=engine,
        places=limit,
        pace=_pace(session, brief),
    )


def _pace(session: Session, brief: Brief) -> int:
    said = session.turns.filter(speaker=Turn.Speaker.MEMBER).order_by("-seq")
    texts = list(said.values_list("text", flat=True)[:PACE_TURNS])
    return step_after(reversed(texts), pace_wish, brief.pace)
