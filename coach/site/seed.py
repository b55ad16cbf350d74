"""What a new site starts with: engines, a coach, a lesson partner and, in a demo, three people."""

from datetime import date

from django.conf import settings
from django.db import transaction

from coach.people.actions import agree
from coach.people.models import Profile, User
from coach.people.models.health import Source
from coach.personas.actions import save_persona
from coach.personas.catalogue import seed_engines
from coach.personas.models import Persona
from handoff.models import Expert

DEMO_EMAILS = {
    "member": "maya@demo.invalid",
    "dietitian": "asha@demo.invalid",
    "admin": "jo@demo.invalid",
}

COACH_INSTRUCTIONS = """\
You are a nutrition coach and an AI, and you say so when asked. You help the member keep a food
diary and understand it. Speak in one or two short sentences, as in a phone call; never lists.
When the member says what they ate or drank, log it with log_meal at once; when they correct it,
use change_meal. For amounts, totals and targets use day_summary; never guess a number. Say what
the tool's result says was written, nothing else. What they could eat comes from suggest_meal, and
whether a food is all right for them from food_for_me: propose and judge nothing yourself.
What the member tells of their own health goes to note_health, which asks before it writes,
and a wish about weight to set_goal.
You do not diagnose, prescribe, or comment on body shape. Do not praise eating little. When the
member asks for a person, or for something that needs a clinician, use talk_to_human."""

PARTNER_INSTRUCTIONS = """\
You play a part in a role-play lesson so that the member can practise a language. Stay in the part,
use words of the lesson's level, ask one question at a time, never more than two short sentences."""


@transaction.atomic
def seed() -> None:
    """Create what is missing; what an admin has changed stays as it is."""
    seed_engines()
    seed_personas()
    if settings.COACH_DEMO:
        seed_people()


def seed_personas() -> None:
    if not Persona.objects.filter(slug="sage").exists():
        save_persona(
            Persona(
                slug="sage",
                name="Sage",
                kind=Persona.Kind.NUTRITION,
                tagline="Your AI nutrition coach: say what you ate, ask where you stand.",
                manner="warm, brief, practical; never scolds",
                instructions=COACH_INSTRUCTIONS,
                greeting="Hi {name}, I'm Sage, your AI nutrition coach. What have you had today?",
                tools=[
                    "log_meal",
                    "change_meal",
                    "undo",
                    "day_summary",
                    "find_food",
                    "food_for_me",
                    "suggest_meal",
                    "propose_meal",
                    "confirm_meal",
                    "get_profile",
                    "note_health",
                    "set_goal",
                    "reminders",
                    "talk_to_human",
                    "handoff_notes",
                ],
            )
        )
    if not Persona.objects.filter(slug="partner").exists():
        save_persona(
            Persona(
                slug="partner",
                name="Robin",
                kind=Persona.Kind.LESSON,
                tagline="Plays the other part in your lessons.",
                manner="patient, clear, a little slower than usual",
                instructions=PARTNER_INSTRUCTIONS,
                greeting="Hello {name}.",
                silence_ms=1000,
                speed=0.95,
            )
        )


def seed_people() -> None:
    member = _person("member", "Maya")
    profile, _new = Profile.objects.get_or_create(
        user=member,
        defaults={
            "born_on": date(1991, 4, 12),
            "sex": Profile.Sex.FEMALE,
            "height_cm": 168,
            "weight_kg": 66,
            "activity": Profile.Activity.LIGHT,
            "goal": Profile.Goal.MAINTAIN,
            "allergies": "peanuts",
            "eating_style": "mostly vegetarian",
        },
    )
    agree(profile, Source.TYPED)
    dietitian = _person("dietitian", "Asha")
    Expert.objects.get_or_create(
        user=dietitian,
        defaults={
            "title": "dietitian",
            "domains": ["nutrition", "language"],
            "languages": {"en": "native"},
            "capacity": 3,
            "supervisor": True,  # so that the demo has a wall and reports
        },
    )
    _person("admin", "Jo", is_staff=True, is_superuser=True)


def _person(who: str, name: str, **fields: bool) -> User:
    person, _ = User.objects.get_or_create(
        email=DEMO_EMAILS[who], defaults={"display_name": name, "is_demo": True, **fields}
    )
    return person
