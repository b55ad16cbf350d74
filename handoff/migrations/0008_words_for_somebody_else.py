"""The reviewed words for somebody else in danger; a script that is there already is left alone."""

from django.db import migrations

from handoff.safety.reviewed import SCRIPTS


def seed(apps, schema_editor):
    script = apps.get_model("handoff", "Script")
    for order, (code, moment, text) in enumerate(SCRIPTS):
        if code == "OTH" and not script.objects.filter(code=code, moment=moment).exists():
            script.objects.create(code=code, moment=moment, language="en", text=text, order=order)


class Migration(migrations.Migration):
    dependencies = [("handoff", "0007_flag_source")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
