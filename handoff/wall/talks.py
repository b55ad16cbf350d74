"""The talks that are live, those in which somebody may be in danger first. Not a word of them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from coach.talk.models import Session, Turn
from handoff.models import OWNED_STATES, Escalation, FlagRecord
from handoff.wall.risk import Picture, picture

TALKS_SHOWN = 50
FLAGS_READ = 1_000  # of all these talks together, the newest


@dataclass
class LiveTalk:
    """A live talk as the wall shows it."""

    session: Session
    last_at: datetime | None = None  # when something was said last
    case: Escalation | None = None
    found: list[tuple[int, int]] = field(default_factory=list)  # line and tier of each flag

    @property
    def held(self) -> bool:
        """An expert has it now."""
        return self.case is not None and self.case.state in OWNED_STATES

    @property
    def risk(self) -> Picture:
        return picture(self.session.last_seq, self.found)

    @property
    def gravest(self) -> int | None:
        return min((tier for _line, tier in self.found), default=None)


def live_talks() -> tuple[list[LiveTalk], int]:
    """The talks that are shown, and how many there are."""
    case = Escalation.objects.filter(session=OuterRef("pk")).open().values("tier")
    flagged = FlagRecord.objects.filter(session=OuterRef("pk")).order_by("severity")
    live = Session.objects.live()
    rows = (
        live.alias(tier=Subquery(case[:1]), gravest=Subquery(flagged.values("severity")[:1]))
        .select_related("member", "persona")
        .defer("brief", "persona__instructions")
        .order_by(F("tier").asc(nulls_last=True), F("gravest").asc(nulls_last=True), "-started_at")
    )
    shown = {row.pk: LiveTalk(row) for row in rows[:TALKS_SHOWN]}
    if shown:
        _add_last_words(shown)
        _add_cases(shown)
        _add_flags(shown)
    return list(shown.values()), live.count()


def _add_last_words(talks: dict[UUID, LiveTalk]) -> None:
    newest = Turn.objects.filter(session=OuterRef("pk")).order_by("-seq").values("created_at")
    times = Session.objects.filter(pk__in=talks).order_by().values_list("pk", Subquery(newest[:1]))
    for pk, last_at in times:
        talks[pk].last_at = last_at


def _add_cases(talks: dict[UUID, LiveTalk]) -> None:
    cases = Escalation.objects.filter(session__in=talks).open().select_related("owner__user")
    for case in cases:
        talks[case.session_id].case = case


def _add_flags(talks: dict[UUID, LiveTalk]) -> None:
    """Put each flag at the line in which it was found; one that stands in no line is the newest."""
    flags = FlagRecord.objects.filter(session__in=talks).order_by("-pk")
    rows = list(flags.values_list("session", "item_id", "severity")[:FLAGS_READ])
    if not rows:
        return
    ids = {item for _session, item, _tier in rows if item}
    turns = Turn.objects.filter(Q(item_id__in=ids) | Q(client_id__in=ids), session__in=talks)
    lines: dict[tuple[UUID, str], int] = {}
    for session, item, client, seq in turns.values_list("session", "item_id", "client_id", "seq"):
        lines[session, item or client] = seq
    for session, item, tier in rows:
        talk = talks[session]
        talk.found.append((lines.get((session, item), talk.session.last_seq), tier))
