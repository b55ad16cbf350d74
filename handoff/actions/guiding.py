"""Guidance: what an expert tells the coach in the middle of a talk, and what becomes of it.

A language model is given it as a private instruction. A coach that follows rules keeps the orders
in it and says the rest to the member as the expert's own sentence; what is neither is refused.
With every coach, orders that the product knows hold by construction.
"""

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Refused
from coach.talk.actions import add_directive
from coach.talk.language import in_language_of
from coach.talk.models import Directive, Floor, Session
from coach.talk.registries.orders import names_of
from coach.talk.registries.screeners import is_grave, screen
from handoff.actions import locks, transitions
from handoff.actions.floor import check_live, take_floor, text_of
from handoff.guidance import read_guidance, read_orders_in
from handoff.limits import GUIDANCE_MAX_CHARS
from handoff.models import Escalation, Expert
from handoff.timeouts import GUIDANCE_LIFE

Mode = Escalation.Mode
Became = Directive.Became


class Foreseen(msgspec.Struct, frozen=True):
    """What becomes of a text: `use` is "instruct", "order", "word" or "refused".

    `orders` are codes that hold; `spoken` is what the member hears; `why` it is refused.
    """

    use: str
    orders: tuple[str, ...] = ()
    spoken: str = ""
    why: str = ""

    @property
    def message(self) -> str:
        """The same as the expert reads it."""
        parts = []
        if self.use == "refused":
            parts.append(_("%(why)s Say it yourself.") % {"why": self.why})
        if self.use == "instruct":
            parts.append(_("It goes to the coach, for its next answer."))
        if self.spoken:
            parts.append(_("The coach says: “%(spoken)s”") % {"spoken": self.spoken})
        if self.orders:
            parts.append(
                _("Holds for %(minutes)d minutes: %(orders)s.")
                % {
                    "minutes": GUIDANCE_LIFE.total_seconds() // 60,
                    "orders": ", ".join(names_of(self.orders)),
                }
            )
        return " ".join(parts)


def takes_advice(session: Session) -> bool:
    """Whether the coach of this talk understands an instruction in free words."""
    return not session.brief.get("scripted", True)


def foresee(session: Session, expert: Expert, text: str) -> Foreseen:
    """What would become of `text` as guidance. Writes nothing."""
    if takes_advice(session):
        return Foreseen("instruct", read_orders_in(text))
    reading = read_guidance(text, session.member.name)
    if not reading.words:
        return Foreseen(reading.use, reading.orders, why=reading.why)
    spoken = in_language_of(session.member, _as_theirs)(expert, reading.words)
    if is_grave(screen(spoken, "coach", str(session.brief.get("language", "en"))), "coach"):
        return Foreseen("refused", why=_("The coach may not say this: it would be stopped."))
    return Foreseen("word", reading.orders, spoken)


def guide(escalation: Escalation, expert: Expert, text: str, client_id: str = "") -> Directive:
    """Tell the coach what to do in its next answer; `foresee` says what becomes of it.

    The same `client_id` again returns the guidance that is there. Raises Refused for what the coach
    cannot use, and writes down that it was.
    """
    directive = _guide(escalation, expert, text_of(text, client_id, GUIDANCE_MAX_CHARS), client_id)
    if directive.became == Became.REFUSED:
        foreseen = foresee(directive.session, expert, directive.text)
        raise Refused(foreseen.message, code="not_usable")
    return directive


@transaction.atomic
def _guide(escalation: Escalation, expert: Expert, text: str, client_id: str) -> Directive:
    session, escalation = locks.lock_escalation(escalation)
    if client_id and (again := session.directives.filter(client_id=client_id).first()):
        return again
    check_live(session)
    if session.floor in (Floor.EXPERT, Floor.SAFETY_HOLD):
        raise Refused(_("The coach is silent now, so it cannot be guided."), code="coach_silent")
    if escalation.owner_id != expert.pk:
        raise transitions.taken()
    foreseen = foresee(session, expert, text)
    if foreseen.use == "refused":
        transitions.move(escalation, "guide_refused", actor=expert.user)
    else:
        if escalation.mode != Mode.GUIDE:
            escalation = take_floor(escalation, expert, Mode.GUIDE)
        transitions.move(escalation, "guided", actor=expert.user)
    publish(expert.group, wire.OwnershipChanged(escalation.pk))
    return _written(session, expert, text, client_id, foreseen)


def _written(
    session: Session, expert: Expert, text: str, client_id: str, foreseen: Foreseen
) -> Directive:
    kind = Directive.Kind.WORD if foreseen.use == "word" else Directive.Kind.GUIDE
    return add_directive(
        session,
        kind,
        text,
        spoken=foreseen.spoken,
        author=expert.user,
        expires_at=clock.now() + GUIDANCE_LIFE,
        client_id=client_id,
        verbatim=kind == Directive.Kind.WORD,
        orders=foreseen.orders,
        told=foreseen.use in ("word", "instruct"),
        became=Became.REFUSED if foreseen.use == "refused" else "",
    )


def note_outcome(directive: Directive) -> None:
    """Guidance was used, spoken or cut off: the case knows, and the desk of its owner is told."""
    rows = Escalation.objects.filter(session=directive.session).select_related("owner")
    escalation = rows.order_by("-pk").first()
    if escalation is None:
        return
    transitions.move(escalation, f"guide_{directive.became}")
    if escalation.owner is not None:
        publish(escalation.owner.group, wire.OwnershipChanged(escalation.pk))


def _as_theirs(expert: Expert, words: str) -> str:
    """The expert's sentence as the coach says it, so that nobody takes it for the coach's own."""
    said = {"name": expert.user.name, "title": expert.title, "words": words}
    if expert.title:
        return _("%(name)s, your %(title)s, says: %(words)s") % said
    return _("%(name)s says: %(words)s") % said
