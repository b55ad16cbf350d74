"""What a member reads about their call once the talk has ended: nobody joins, somebody writes."""

from django.utils.translation import gettext as _

from handoff.models import OWNED_STATES, Escalation

State = Escalation.State


def words_after_talk(escalation: Escalation, who: str, profession: str) -> tuple[str, str, int]:
    """Title, text and stage (1 asked, 2 somebody has it, 4 done) of a call that is not cancelled.

    `who` is its expert with a comma behind, or "Our expert"; `profession` is who is asked.
    """
    state = escalation.state
    if state in (State.QUEUED, State.OFFERED):
        title = _("We are asking a %(title)s to get back to you") % {"title": profession}
        text = _("You need not stay. What they write waits for you here, and a mail tells you.")
        return title, text, 1
    if state in OWNED_STATES:
        text = _("They write to you here, or call you if you asked for it.")
        return _("%(who)s has your case") % {"who": who}, text, 2
    if state in (State.FOLLOW_UP, State.PARKED):
        text = _("You need not stay. What they write waits for you here, and a mail tells you.")
        if escalation.owner is None:
            return _("We will get back to you"), text, 1
        return _("%(who)s gets back to you") % {"who": who}, text, 2
    text = _("Ask again whenever you like.")
    return _("%(who)s has closed this") % {"who": who}, text, 4
