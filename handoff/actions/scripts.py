"""Reviewed lines that the coach says word for word."""

from django.utils.translation import gettext as _

from coach.talk.actions import add_directive
from coach.talk.models import Directive, Session
from handoff.models import Escalation, Script, Tier
from handoff.safety.crisis import MAX_SPOKEN, scripts_for, spoken_numbers


def say_script(
    session: Session, escalation: Escalation, moment: str, item_id: str, *, code: str = ""
) -> bool:
    """Have the coach say the next reviewed line of `moment`; False when there is none."""
    code = code or escalation.code
    lines = scripts_for(code, moment, str(session.brief.get("language", "en")))
    if not lines:
        return False
    line = lines[escalation.scripts_said % len(lines)] if moment == Script.Moment.STAY else lines[0]
    numbers = ""
    if moment == Script.Moment.FIRST and escalation.tier <= Tier.P1:
        numbers = spoken_numbers(code, session.member.time_zone)
    spoken = line.text.replace("{numbers}", numbers).replace("{name}", session.member.name)
    spoken = _whole_sentences(" ".join(spoken.split()), MAX_SPOKEN)
    add_directive(
        session,
        Directive.Kind.SCRIPT,
        _("Say exactly these reviewed words and nothing else."),
        spoken=spoken,
    )
    said = escalation.scripts_said + (moment == Script.Moment.STAY)
    Escalation.objects.filter(pk=escalation.pk).update(held_item=item_id, scripts_said=said)
    escalation.held_item, escalation.scripts_said = item_id, said
    return True


def _whole_sentences(text: str, limit: int) -> str:
    """As many sentences as fit. The console refuses longer lines, but a number is never halved."""
    if len(text) <= limit:
        return text
    cut = text[: limit + 1]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else text[:limit].rsplit(" ", 1)[0]
