"""How a member can be reached, for the expert who has their case. Each look is written down."""

from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ObjectDoesNotExist

from coach.people.models import Profile
from handoff.models import Escalation, Expert, Tier


@dataclass(frozen=True)
class Contact:
    """What the member gave. Empty texts were not given, or are not for this case."""

    name: str
    email: str
    phone: str = ""
    by: str = ""
    when: str = ""
    address: str = ""
    emergency: str = ""

    @classmethod
    def of(cls, case: Escalation) -> Self:
        """A number that was given for this case goes before that of the profile.

        Address and emergency contact are for an emergency alone.
        """
        try:
            profile = case.member.profile
        except ObjectDoesNotExist:
            profile = Profile(user=case.member)
        grave = case.tier == Tier.P0
        said = Profile.Reach(case.reach_by or profile.reach_by or Profile.Reach.WRITE)
        return cls(
            case.member.name,
            case.member.email,
            phone=case.reach_phone or (profile.phone if profile.may_call else ""),
            by=str(said.label),
            when=case.reach_when or profile.reach_when,
            address=profile.address if grave else "",
            emergency=profile.emergency_contact if grave else "",
        )


def may_see(expert: Expert, case: Escalation) -> bool:
    """Whether this expert is shown how to reach the member of `case`.

    It is for whoever has the case, and for supervisors: of an emergency at once, of the others when
    the talk is over, or when the member asked to be called.
    """
    if not case.is_open or not (expert.supervisor or case.owner_id == expert.pk):
        return False
    asked = case.reach_by == Profile.Reach.CALL
    return case.tier == Tier.P0 or case.session.ended_at is not None or asked
