"""A month of cases that are over, for the reports to tell of. Run within the product."""

from datetime import date, timedelta
from random import Random

from coach import clock
from coach.people.models import User
from coach.personas.models import Persona
from coach.talk.actions import end_session, start_session
from coach.talk.brief import make_brief
from handoff.models import CrisisReferral, Escalation, Expert, FlagRecord, Offer

DAYS, CASES = 30, 140
MINUTE = timedelta(minutes=1)
# Tier, code and how often, and the most minutes until somebody took it.
KINDS = ((1, "ED-H", 2, 2.5), (2, "MED-S", 4, 18), (3, "ASK", 8, 40), (3, "MIS", 3, 40))
JUDGED = ("right", "right", "right", "right", "too_high", "wrong", "")


def fill() -> None:
    """Write the rows; the same ones each time but for the day on which it is run."""
    chance, now = Random(7), clock.now()
    member = User.objects.create_user("past@example.org", display_name="Ana")
    persona = Persona.objects.filter(active=True, kind=Persona.Kind.NUTRITION).first()
    assert persona is not None
    talk = start_session(member, persona, make_brief(persona, member_name="Ana"))
    end_session(talk)
    experts = list(Expert.objects.all())
    for _ in range(CASES):
        tier, code, _often, most = chance.choices(KINDS, [often for _, _, often, _ in KINDS])[0]
        raised = now - timedelta(days=chance.random() * DAYS, hours=1)
        taken = raised + chance.betavariate(1, 4) * most * MINUTE
        word = taken + chance.uniform(0.1, 1.5) * MINUTE
        over = word + chance.uniform(3, 25) * MINUTE
        expert = chance.choice(experts)
        case = Escalation.objects.create(
            session=talk,
            member=member,
            tier=tier,
            code=code,
            codes=[code],
            state=Escalation.State.RESOLVED,
            owner=expert,
            note_for_coach="Done.",
            flag_right=chance.choice(JUDGED) if code in ("ED-H", "MED-S") else "",
            created_at=raised,
            ring_since=raised,
            accepted_at=taken,
            first_human_at=word,
            wrap_at=over,
            resolved_at=over,
        )
        Offer.objects.create(
            escalation=case,
            expert=expert,
            state=Offer.State.COMPLETED,
            created_at=raised,
            expires_at=raised + MINUTE,
            answered_at=taken,
            ended_at=over,
        )
        if case.flag_right:
            FlagRecord.objects.create(
                session=talk,
                escalation=case,
                code=code,
                severity=tier,
                quote="…",
                speaker="member",
                created_at=raised,
            )
    _refer(chance, now.date().replace(month=1, day=1), now.month)


def _refer(chance: Random, january: date, months: int) -> None:
    help_of = {
        "SI-3": ("crisis", ["Samaritans", "Emergency services", "SHOUT"]),
        "SH": ("safety", ["Samaritans", "SHOUT"]),
        "ED-H": ("safety", ["Beat", "Samaritans"]),
        "SI-1": ("support", ["Samaritans", "SHOUT"]),
    }
    CrisisReferral.objects.bulk_create(
        CrisisReferral(
            month=january.replace(month=month),
            shown=help_of[code][0],
            code=code,
            country="GB",
            resources=help_of[code][1],
        )
        for month in range(1, months + 1)
        for code in chance.choices(list(help_of), [2, 2, 5, 4], k=chance.randint(2, 9))
    )
