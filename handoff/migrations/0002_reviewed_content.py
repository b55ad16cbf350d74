"""Seed the reviewed safety content; rows that are there already are left alone."""

from django.db import migrations

from handoff.safety.reviewed import SCRIPTS, resources


def seed(apps, schema_editor):
    resource = apps.get_model("handoff", "CrisisResource")
    script = apps.get_model("handoff", "Script")
    for order, values in enumerate(resources()):
        key = {name: values.pop(name) for name in ("country", "topic", "name")}
        resource.objects.get_or_create(**key, defaults={**values, "order": order})
    for order, (code, moment, text) in enumerate(SCRIPTS):
        script.objects.get_or_create(
            code=code, moment=moment, language="en", text=text, defaults={"order": order}
        )


class Migration(migrations.Migration):
    dependencies = [("handoff", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
