"""A read names the member whose data were read, and a talk only where it was read in one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_members(apps, schema_editor):
    """Each read so far was of a talk, which has a member."""
    reads = apps.get_model('handoff', 'AuditRead').objects.filter(member=None)
    talks = apps.get_model('talk', 'Session').objects.filter(pk=OuterRef('session'))
    reads.update(member=Subquery(talks.values('member')))


class Migration(migrations.Migration):
    dependencies = [
        ('handoff', '0035_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='auditread',
            name='member',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reads', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='auditread',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads_of_others', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='auditread',
            name='session',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='talk.session'),
        ),
        migrations.RunPython(name_members, migrations.RunPython.noop),
    ]
