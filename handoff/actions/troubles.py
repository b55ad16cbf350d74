"""A talk goes wrong without danger: a person is asked, once in a talk, and told why."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coach.talk.models import Session, Turn
from handoff import trouble
from handoff.actions.raising import raise_escalation
from handoff.models import ScreeningThresholds, Tier
from handoff.models.screening import ONLY
from handoff.trouble.weigh import ANNOYED, MISUNDERSTOOD, UNHELPED

READ = 3 * trouble.MEMBER_TURNS  # turns: answers may come in parts
REASONS: dict[str, Promise] = {
    ANNOYED: _("The member is annoyed with the coach, or says again and again that it is wrong."),
    MISUNDERSTOOD: _("The coach did not understand several times in a row."),
    UNHELPED: _("The coach could not help, or only guessed what was meant, several times."),
}


def call_for_trouble(session: Session, turn: Turn) -> None:
    """Ask a person where `turn` makes it too often. Reads nothing while all goes well."""
    if not trouble.is_sign(turn.speaker, turn.text) or session.ended_at is not None:
        return
    if session.escalations.exists():
        return
    both = (Turn.Speaker.MEMBER, Turn.Speaker.COACH)
    rows = session.turns.filter(speaker__in=both).order_by("-seq")[:READ]
    said = [trouble.Said(row.speaker, row.text, row.item_id or row.client_id) for row in rows]
    code = trouble.trouble_in(said, limits(), role_play=session.is_role_play)
    if code:
        last = next((each for each in said if each.speaker == Turn.Speaker.MEMBER), None)
        quote, item = (last.text, last.item) if last else ("", "")
        raise_escalation(session, code, int(Tier.P3), quote, str(REASONS[code]), item)


def limits() -> trouble.Limits:
    """As administrators have set them; the usual figure where none is set."""
    row = ScreeningThresholds.objects.filter(pk=ONLY).first()
    given = {name: getattr(row, name, None) for name in trouble.Limits._fields}
    return trouble.USUAL._replace(**{name: n for name, n in given.items() if n is not None})
