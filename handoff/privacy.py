"""What the desk keeps of a member: what is not handed out, and when an account cannot end."""

from django.utils.translation import gettext as _

from coach.privacy.erasing import register_guard
from coach.privacy.kept import leave_out
from coach.types import Member
from handoff.models import Escalation, Expert

for _label, _why in {
    "handoff.Expert": "a place at the desk: work, not what is known of a member",
    "handoff.OnCall": "work at the desk",
    "handoff.Offer": "which of the experts was asked",
    "handoff.Debrief": "how an expert is after a hard case: theirs alone",
    "handoff.NoteMention": "which of the experts was called in",
    "handoff.ServiceClock": "clocks of the queue",
    "handoff.EscalationEvent": "steps of the queue; what came of them stands in the case",
    "handoff.CaseNote": "what experts write to each other; it may name a third person",
    "handoff.TalkSummary": "what a program made of the talk for the expert",
    "handoff.FlagRecord": "what a program took a sentence for; the sentence stands in the talk",
    "handoff.ReviewItem": "what a reviewer took a sentence for",
    "talk.Directive": "what an expert asked of the coach, for the coach alone",
    "handoff.VoiceLine": "a line between two microphones",
    "handoff.PushSubscription": "keys of devices",
    "handoff.Outbox": "the queue of mails, without contents",
    "handoff.DeliveryTry": "the queue of mails",
}.items():
    leave_out(_label, _why)


@register_guard
def still_needed(member: Member) -> str:
    """Nobody vanishes while a person is with them, or has promised to come."""
    if Expert.objects.filter(user_id=member.pk).exists():
        return _("You have a place at the desk. Ask an administrator to delete your account.")
    if Escalation.objects.filter(member_id=member.pk).open().exists():
        return _(
            "A person of our team is with you, or will be. Delete your account when that is over."
        )
    return ""
