"""The verbs of personas."""

from django.db import transaction

from coach.personas.models import Persona, PersonaVersion


@transaction.atomic
def save_persona(persona: Persona) -> Persona:
    """Store `persona` as a new version. Talks that run keep the brief they began with."""
    last = persona.versions.first() if persona.pk else None
    persona.version = last.version + 1 if last else 1
    persona.save()
    PersonaVersion.objects.create(
        persona=persona, version=persona.version, content=persona.snapshot()
    )
    return persona
