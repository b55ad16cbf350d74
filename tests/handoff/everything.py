"""A member of whom there is something of every kind, all with the same word and number in it."""

from datetime import time

from django.utils import timezone

from coach.lessons.models import Attempt
from coach.nutrition.models import DiaryChange, Meal, MealItem
from coach.people.models import HealthFact, Measurement, MemoryItem, Profile
from coach.reminders.models import Reminder
from coach.talk.actions import record_turn, run_tool
from handoff import actions
from handoff.models import Escalation

SAID = "quokka"
VALUE = "123.75"


def fill(session):
    """The member of the talk, with a row of every kind that anybody could read."""
    member, now = session.member, timezone.now()
    Profile.objects.update_or_create(user=member, defaults={"height_cm": float(VALUE)})
    record_turn(session, "member", f"I ate a {SAID}", item_id="i1")
    run_tool(session.pk, "k1", "log_meal", f'{{"food": "{SAID}"}}')
    actions.raise_escalation(session, "ASK", 3, f"I ate a {SAID}")
    Escalation.objects.update(quote=SAID)
    fields = {"member": member, "slot": "lunch", "day": now.date(), "eaten_at": now}
    meal = Meal.objects.create(**fields, said=SAID)
    parts = {"protein_g": 1, "carbohydrate_g": 1, "fat_g": 1}
    MealItem.objects.create(meal=meal, name=SAID, amount="1", grams=100, kcal=VALUE, **parts)
    DiaryChange.objects.create(
        member=member, meal=meal, verb="log", before={"name": SAID}, after={}
    )
    HealthFact.objects.create(member=member, kind="goal", value=SAID, said=SAID)
    Measurement.objects.create(member=member, kind="weight", value=VALUE, measured_at=now)
    MemoryItem.objects.create(member=member, text=SAID, by="Asha")
    Reminder.objects.create(
        member=member, text=SAID, first=now.date(), at=time(8), zone="UTC", next_at=now
    )
    Attempt.objects.create(member=member, session=session, slug="cafe", standing={"said": SAID})
    return member
