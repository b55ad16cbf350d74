from django.db import migrations, models

import handoff.fluency


def spoken_fluently(apps, schema_editor):
    """Until now a language was spoken or not: routing goes on as it did."""
    for expert in apps.get_model('handoff', 'Expert').objects.all():
        expert.languages = {code: 'fluent' for code in expert.languages}
        expert.save(update_fields=['languages'])


def spoken(apps, schema_editor):
    for expert in apps.get_model('handoff', 'Expert').objects.all():
        expert.languages = list(expert.languages)
        expert.save(update_fields=['languages'])


class Migration(migrations.Migration):

    dependencies = [
        ('handoff', '0029_veils'),
    ]

    operations = [
        migrations.AlterField(
            model_name='expert',
            name='languages',
            field=models.JSONField(blank=True, default=dict, validators=[handoff.fluency.check_languages], verbose_name='languages'),
        ),
        migrations.RunPython(spoken_fluently, spoken),
    ]
