from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('handoff', '0009_screening_thresholds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='offer',
            name='state',
            field=models.CharField(choices=[('pending', 'ringing'), ('accepted', 'accepted'), ('declined', 'declined'), ('timed_out', 'not answered'), ('rescinded', 'somebody else took it'), ('canceled', 'no longer needed'), ('completed', 'done'), ('released', 'given back'), ('withdrawn', 'made room for a graver call'), ('lost', "expert's connection lost")], default='pending', max_length=10),
        ),
    ]
