"""Nutrition coaches that can log meals can propose them, and say whether a food is all right."""

from django.db import migrations
from django.utils import timezone

ADDED = ("food_for_me", "suggest_meal")


def snapshot(persona, content):
    """A version's content as it was saved last, with the tools of now."""
    return {**content, "tools": persona.tools, "version": persona.version}


def add_tools(apps, schema_editor):
    Persona = apps.get_model("personas", "Persona")
    PersonaVersion = apps.get_model("personas", "PersonaVersion")
    for persona in Persona.objects.filter(kind="nutrition"):
        missing = [name for name in ADDED if name not in persona.tools]
        if "log_meal" not in persona.tools or not missing:
            continue
        before = PersonaVersion.objects.filter(persona=persona).order_by("-version").first()
        place = persona.tools.index("log_meal") + 1
        persona.tools = [*persona.tools[:place], *missing, *persona.tools[place:]]
        persona.version += 1
        persona.save(update_fields=["tools", "version"])
        if before is not None:
            PersonaVersion.objects.create(
                persona=persona,
                version=persona.version,
                content=snapshot(persona, before.content),
                created_at=timezone.now(),
            )


class Migration(migrations.Migration):
    dependencies = [("personas", "0005_site_engine")]

    operations = [migrations.RunPython(add_tools, migrations.RunPython.noop)]
