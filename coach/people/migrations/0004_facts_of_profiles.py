"""What profiles hold already gets its rows: typed, on the day of the profile's last change."""

from django.db import migrations

FIELDS = {
    "allergy": "allergies",
    "condition": "conditions",
    "medicine": "medicines",
    "style": "eating_style",
}


def fill(apps, schema_editor):
    fact = apps.get_model("people", "HealthFact")
    for profile in apps.get_model("people", "Profile").objects.iterator():
        told = [
            (kind, value.strip())
            for kind, field in FIELDS.items()
            for value in getattr(profile, field).replace(";", ",").split(",")
            if value.strip()
        ]
        told += [("pregnancy", "pregnant")] if profile.pregnant else []
        fact.objects.bulk_create(
            fact(
                member_id=profile.user_id,
                kind=kind,
                value=value,
                source="typed",
                noted_at=profile.updated_at,
                created_at=profile.updated_at,
            )
            for kind, value in told
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0003_health")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
