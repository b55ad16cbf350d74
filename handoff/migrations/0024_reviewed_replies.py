import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def forget_unsigned(apps, schema_editor):
    """Of a date that was typed nobody knows who has read what: the text may be another since."""
    replies = apps.get_model("handoff", "CannedReply").objects
    replies.filter(reviewed_by=None).exclude(reviewed_on=None).update(reviewed_on=None)


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('handoff', '0023_wall'),
    ]

    operations = [
        migrations.AddField(
            model_name='cannedreply',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewed by'),
        ),
        migrations.AlterField(
            model_name='cannedreply',
            name='reviewed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='reviewed on'),
        ),
        migrations.RunPython(forget_unsigned, migrations.RunPython.noop),
    ]
